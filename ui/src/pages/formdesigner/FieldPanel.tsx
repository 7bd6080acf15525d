import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Option } from '../../formdesigner/declared';
import { say } from '../../formdesigner/declared';
import { controlOf } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';
import { OptionField } from './OptionField';

/** Which of the common properties stand together, in the order of the panel. */
const GROUPS = [
  { name: 'check', properties: ['required', 'unique'] },
  { name: 'rights', properties: ['read_only', 'hidden', 'hidden_when_new'] },
  { name: 'scan', properties: ['scan_to_fill'] },
  { name: 'width', properties: ['width'] },
  { name: 'more', properties: ['indexed', 'mask'] },
] as const;

/** Everything that can be set for what is selected, drawn from its declaration. */
export function FieldPanel({ chosen }: { chosen: FormField[] }) {
  const { t, i18n } = useTranslation();
  const { kinds, declaration, dispatch, published } = useDesk();
  const ids = chosen.map((one) => one.id);
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const kind = only && kinds.get(only.kind);
  const has = (name: string) => chosen.every((one) => kinds.get(one.kind)?.common.includes(name) ?? false);
  const common = (name: string) => declaration.common.find((one) => one.name === name);
  const valueOf = (one: FormField, option: Option) =>
    (one as unknown as Record<string, unknown>)[option.name] ?? option.default;
  const shared = (option: Option) => {
    const [first, ...rest] = chosen.map((one) => valueOf(one, option));
    return rest.every((one) => one === first) ? first : undefined;
  };
  const set = (name: string, value: unknown) =>
    dispatch({ do: 'set', ids, values: { [name]: value }, step: `set ${name} ${ids.join()}` });
  const hint = common('hint');
  return (
    <div className="fd-properties">
      {only !== undefined && (
        <Row label={t('formdesigner.fieldTitle')} field={only} property="title" tall>
          <Input
            value={only.title}
            aria-label={t('formdesigner.fieldTitle')}
            maxLength={100}
            onChange={(event) =>
              dispatch({
                do: 'title',
                id: only.id,
                title: event.target.value,
                published: published.has(only.id),
                step: `title ${only.id}`,
              })
            }
          />
        </Row>
      )}
      {only !== undefined && hint !== undefined && has('hint') && (
        <Row label={say(hint.title, i18n.language)} field={only} property="hint" tall>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={only.hint ?? ''}
            aria-label={say(hint.title, i18n.language)}
            placeholder={say(hint.hint, i18n.language)}
            onChange={(event) => set('hint', event.target.value)}
          />
        </Row>
      )}
      {only !== undefined &&
        kind?.options.map((option) => (
          <Row
            key={option.name}
            label={say(option.title, i18n.language)}
            help={say(option.hint, i18n.language)}
            field={only}
            property={`options/${option.name}`}
            tall={TALL.has(option.type)}
          >
            <OptionField
              option={option}
              field={only}
              value={only.options?.[option.name] ?? option.default}
              onChange={(value) =>
                dispatch({
                  do: 'option',
                  ids,
                  values: { [option.name]: value },
                  step: `option ${option.name} ${only.id}`,
                })
              }
            />
          </Row>
        ))}
      {only !== undefined && has('default') && (
        <DefaultRow field={only} onChange={(value) => set('default', value)} />
      )}
      {GROUPS.map((group) => {
        const options = group.properties.filter(has).flatMap((name) => common(name) ?? []);
        if (options.length === 0 && !(group.name === 'more' && only !== undefined)) return null;
        const told = options.flatMap((one) => summary(one, shared(one), i18n.language));
        return (
          <Group key={group.name} name={group.name} told={told.join('，')}>
            {options.map((option) => (
              <Row
                key={option.name}
                label={say(option.title, i18n.language)}
                help={say(option.hint, i18n.language)}
                field={only}
                property={option.name}
              >
                <OptionField
                  option={option}
                  field={only}
                  value={shared(option)}
                  onChange={(value) => set(option.name, value)}
                />
              </Row>
            ))}
            {group.name === 'more' && only !== undefined && (
              <Row
                label={t('formdesigner.alias')}
                help={t('formdesigner.aliasHelp')}
                field={only}
                property="code"
              >
                <Input
                  className="mono"
                  size="small"
                  value={only.code}
                  aria-label={t('formdesigner.alias')}
                  maxLength={63}
                  onChange={(event) => set('code', event.target.value)}
                />
              </Row>
            )}
          </Group>
        );
      })}
    </div>
  );
}

const TALL = new Set([
  'text',
  'long_text',
  'texts',
  'formula',
  'template',
  'rule',
  'label',
  'url',
  'form',
  'value',
]);

function summary(option: Option, value: unknown, language: string): string[] {
  if (value === true) return [say(option.title, language)];
  const choice = option.choices?.find((one) => one.value === value);
  if (choice !== undefined && (value !== option.default || option.name === 'width')) {
    return [say(choice.title, language)];
  }
  return [];
}

const opened = new Set<string>(['check', 'width']);

function Group({ name, told, children }: { name: string; told: string; children: ReactNode }) {
  const { t } = useTranslation();
  // What was open for one field is open for the next.
  const [open, setOpen] = useState(opened.has(name));
  const turn = () => {
    if (open) opened.delete(name);
    else opened.add(name);
    setOpen(!open);
  };
  return (
    <section className={open ? 'fd-section fd-open' : 'fd-section'}>
      <button type="button" className="fd-section-head" aria-expanded={open} onClick={turn}>
        <Icon name={open ? 'down' : 'right'} size={12} />
        <span>{t(`formdesigner.group.${name}`)}</span>
        <small>{told}</small>
      </button>
      {open && <div className="fd-section-body">{children}</div>}
    </section>
  );
}

interface RowProps {
  label: string;
  help?: string;
  field: FormField | undefined;
  property: string;
  tall?: boolean;
  children: ReactNode;
}

function Row({ label, help = '', field, property, tall = false, children }: RowProps) {
  const { faults } = useDesk();
  const wrong = faults.filter(
    (one) =>
      one.field === field?.id && (one.property === property || one.property.startsWith(`${property}/`)),
  );
  return (
    <div className={tall ? 'fd-row fd-row-tall' : 'fd-row'}>
      <span className="fd-label" title={help}>
        {label}
      </span>
      {children}
      {wrong.map((one, at) => (
        <p key={at} className="fd-red" role="alert">
          {one.message}
        </p>
      ))}
    </div>
  );
}

function DefaultRow({ field, onChange }: { field: FormField; onChange: (value: unknown) => void }) {
  const { i18n } = useTranslation();
  const { declaration, kinds } = useDesk();
  const option = declaration.common.find((one) => one.name === 'default');
  const { Input: Control } = controlOf(field, kinds);
  const label = option === undefined ? 'default' : say(option.title, i18n.language);
  return (
    <Row label={label} field={field} property="default" tall>
      <div role="group" aria-label={label}>
        <Control field={field} id={`default-${field.id}`} value={field.default ?? null} onChange={onChange} />
      </div>
    </Row>
  );
}
