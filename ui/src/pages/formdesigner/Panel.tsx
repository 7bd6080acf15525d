import { Select, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { compatible, kept, say } from '../../formdesigner/declared';
import { walk } from '../../formdesigner/tree';
import type { FormField } from '../../forms/model';
import { Counts } from './Canvas';
import { useDesk } from './desk';
import { FieldPanel } from './FieldPanel';
import { KeyList } from './KeyList';
import { kindIcon } from './kindIcon';
import { FieldRules } from './rules/FieldRules';

/** At the right: what is selected, or the form itself. */
export function Panel() {
  const { t } = useTranslation();
  const { board, form, app, name } = useDesk();
  const all = walk(board.present);
  const chosen = board.selected.flatMap((id) => all.find((one) => one.id === id) ?? []);
  const [first] = chosen;
  return (
    <aside className="fd-right" aria-label={t('formdesigner.properties')}>
      <Tabs
        className="fd-tabs"
        items={[
          {
            key: 'field',
            label: t('formdesigner.tabField'),
            children:
              first === undefined ? (
                <p className="muted fd-nothing">{t('formdesigner.chooseField')}</p>
              ) : (
                <>
                  {chosen.length === 1 ? (
                    <KindHead field={first} />
                  ) : (
                    <p className="fd-kind-head">{t('formdesigner.many', { count: chosen.length })}</p>
                  )}
                  <FieldPanel key={board.selected.join(' ')} chosen={chosen} />
                  {chosen.length === 1 && <FieldRules field={first} />}
                </>
              ),
          },
          {
            key: 'form',
            label: t('formdesigner.tabForm'),
            children: (
              <dl className="fd-form-facts">
                <dt>{t('name')}</dt>
                <dd>{name}</dd>
                <dt>{t('code')}</dt>
                <dd className="mono">
                  {app}/{form.code}
                </dd>
                <dt>{t('formdesigner.content')}</dt>
                <dd>
                  <Counts />
                </dd>
                <dt>{t('formdesigner.keys')}</dt>
                <dd>
                  <KeyList />
                </dd>
              </dl>
            ),
          },
        ]}
      />
    </aside>
  );
}

function KindHead({ field }: { field: FormField }) {
  const { t, i18n } = useTranslation();
  const { kinds, declaration, dispatch } = useDesk();
  const kind = kinds.get(field.kind);
  if (kind === undefined) return <p className="fd-kind-head">{field.kind}</p>;
  const others = compatible(kind, declaration.kinds);
  return (
    <div className="fd-kind-head">
      <span className="fd-badge">
        <Icon name={kindIcon(kind)} />
      </span>
      <span className="grow">
        <b>{say(kind.title, i18n.language)}</b>
        <span className="hint">
          {t('formdesigner.alias')} <span className="mono">{field.code}</span>
        </span>
      </span>
      {others.length > 1 && (
        <Select<string>
          size="small"
          aria-label={t('formdesigner.changeKind')}
          value={t('formdesigner.changeKind')}
          popupMatchSelectWidth={false}
          options={others
            .filter((one) => one.name !== kind.name)
            .map((one) => ({ value: one.name, label: say(one.title, i18n.language) }))}
          onChange={(name) => {
            const to = kinds.get(name);
            if (to !== undefined) dispatch({ do: 'set', ids: [field.id], values: kept(field, to) });
          }}
        />
      )}
    </div>
  );
}
