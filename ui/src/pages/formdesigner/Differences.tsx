import { useTranslation } from 'react-i18next';
import type { Tone } from '../../components/Tags';
import { Tag } from '../../components/Tags';
import type { Difference } from '../../formdesigner/comparing';
import { say } from '../../formdesigner/declared';
import { asText } from '../../forms/model';
import { useDesk } from './desk';

const TONES: Record<Difference['what'], Tone> = {
  added: 'green',
  changed: 'amber',
  moved: 'grey',
  deleted: 'red',
};

/** What differs, field by field, each property as it was and as it is. */
export function Differences({ differences }: { differences: Difference[] }) {
  const { t } = useTranslation();
  if (differences.length === 0) return <p className="muted">{t('formdesigner.noDifferences')}</p>;
  return (
    <ul className="fd-differences">
      {differences.map((one) => (
        <li key={one.field}>
          <Tag tone={TONES[one.what]}>{t(`formdesigner.what.${one.what}`)}</Tag>
          <b>{one.title}</b>
          {one.what === 'changed' && <Changes difference={one} />}
          {one.what === 'added' && <KindName name={one.after['kind']} />}
          {one.what === 'deleted' && <span className="hint">{t('formdesigner.keptValues')}</span>}
        </li>
      ))}
    </ul>
  );
}

function KindName({ name }: { name: unknown }) {
  const { i18n } = useTranslation();
  const kind = useDesk().kinds.get(String(name));
  return <span className="hint">{kind && say(kind.title, i18n.language)}</span>;
}

function Changes({ difference }: { difference: Difference }) {
  const { before, after } = difference;
  const words = useWords();
  return (
    <dl>
      {[...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => (
        <div key={name}>
          <dt>{words.property(name)}</dt>
          <dd>
            <del>{words.value(name, before[name])}</del> → <ins>{words.value(name, after[name])}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function useWords() {
  const { t, i18n } = useTranslation();
  const { declaration, kinds } = useDesk();
  const common = (name: string) => declaration.common.find((one) => one.name === name);
  const value = (name: string, given: unknown): string => {
    if (given === undefined || given === null || given === '') return t('none');
    if (typeof given === 'boolean') return t(given ? 'yes' : 'no');
    if (name === 'kind') return say(kinds.get(asText(given))?.title ?? { zh: '', en: '' }, i18n.language);
    const choice = common(name)?.choices?.find((one) => one.value === given);
    if (choice !== undefined) return say(choice.title, i18n.language);
    if (Array.isArray(given)) return given.map((one) => value('', one)).join('、');
    if (typeof given === 'object') {
      return Object.entries(given)
        .map(([key, one]) => `${optionTitle(key)} ${value('', one)}`)
        .join('；');
    }
    return typeof given === 'string' ? given : JSON.stringify(given);
  };
  const optionTitle = (name: string): string => {
    const option = declaration.kinds.flatMap((kind) => kind.options).find((one) => one.name === name);
    return option === undefined ? name : say(option.title, i18n.language);
  };
  const property = (name: string): string => {
    const option = common(name);
    return option === undefined ? t(`formdesigner.property.${name}`, name) : say(option.title, i18n.language);
  };
  return { property, value };
}
