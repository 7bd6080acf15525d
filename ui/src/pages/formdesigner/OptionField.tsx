import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Option } from '../../formdesigner/declared';
import { say } from '../../formdesigner/declared';
import { walk } from '../../formdesigner/tree';
import { listApps, listForms, useForm } from '../../forms/calls';
import { controlOf } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';
import { ColumnOption, FormulaOption } from './FormulaOption';

interface OptionFieldProps {
  option: Option;
  /** The field that it is of; missing where several are selected. */
  field: FormField | undefined;
  /** Undefined where the selected fields differ. */
  value: unknown;
  onChange: (value: unknown) => void;
}

/** One thing that can be set, drawn from its declaration. */
export function OptionField(props: OptionFieldProps) {
  const { option, value, onChange } = props;
  const { i18n } = useTranslation();
  const label = say(option.title, i18n.language);
  const text = typeof value === 'string' ? value : '';
  switch (option.type) {
    case 'flag':
      return <Switch size="small" aria-label={label} checked={value === true} onChange={onChange} />;
    case 'whole':
    case 'number':
      return (
        <InputNumber<number>
          size="small"
          aria-label={label}
          value={typeof value === 'number' ? value : null}
          min={option.least ?? 0}
          max={option.most ?? 1000}
          suffix={option.unit}
          {...(option.type === 'whole' && { precision: 0 })}
          onChange={(next) => onChange(next ?? option.default)}
        />
      );
    case 'choice':
      return <Choice {...props} />;
    case 'texts':
      return option.choices === undefined ? <Texts {...props} /> : <Several {...props} />;
    case 'field':
      return <FieldChoice {...props} />;
    case 'form':
      return <FormChoice {...props} />;
    case 'form_field':
      return <FormFieldChoice {...props} />;
    case 'value':
      return <ValueField {...props} />;
    case 'formula':
      return <FormulaOption {...props} />;
    case 'column':
      return <ColumnOption {...props} />;
    case 'long_text':
    case 'template':
      return (
        <Input.TextArea
          className={option.type === 'long_text' ? '' : 'mono'}
          aria-label={label}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return <Input aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />;
  }
}

const SHORT = 12;

function Choice({ option, value, onChange }: OptionFieldProps) {
  const { i18n } = useTranslation();
  // Values may be numbers and the empty text: the place stands for them.
  const options = (option.choices ?? []).map((one, at) => ({
    value: at,
    label: say(one.title, i18n.language),
  }));
  const at = option.choices?.findIndex((one) => one.value === value) ?? -1;
  const take = (next: number) => onChange(option.choices?.[next]?.value);
  const chosen = at < 0 ? {} : { value: at };
  const label = say(option.title, i18n.language);
  if (options.reduce((sum, one) => sum + one.label.length, 0) <= SHORT) {
    return (
      <Segmented<number> size="small" aria-label={label} {...chosen} options={options} onChange={take} />
    );
  }
  return (
    <Select<number>
      size="small"
      aria-label={label}
      {...chosen}
      options={options}
      popupMatchSelectWidth={false}
      onChange={take}
    />
  );
}

/** Some of what can be chosen. */
function Several({ option, value, onChange }: OptionFieldProps) {
  const { i18n } = useTranslation();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  return (
    <Select<string[]>
      size="small"
      mode="multiple"
      aria-label={say(option.title, i18n.language)}
      value={chosen}
      options={(option.choices ?? []).map((one) => ({
        value: String(one.value),
        label: say(one.title, i18n.language),
      }))}
      onChange={(next) => {
        if (next.length >= (option.least ?? 0)) onChange(next);
      }}
    />
  );
}

function Texts({ option, value, onChange }: OptionFieldProps) {
  const { t, i18n } = useTranslation();
  const texts = Array.isArray(value) ? value.map(String) : [];
  const label = say(option.title, i18n.language);
  const change = (at: number, next: string[]) =>
    onChange([...texts.slice(0, at), ...next, ...texts.slice(at + 1)]);
  return (
    <div className="fd-texts" role="group" aria-label={label}>
      {texts.map((one, at) => (
        <div key={at}>
          <Input
            size="small"
            value={one}
            aria-label={`${label} ${at + 1}`}
            onChange={(event) => change(at, [event.target.value])}
            onPaste={(event) => {
              const lines = event.clipboardData.getData('text').split(/[\r\n\t]+/);
              if (lines.length < 2) return;
              event.preventDefault();
              change(
                at,
                lines.map((line) => line.trim()).filter((line) => line !== ''),
              );
            }}
          />
          <Button
            type="text"
            size="small"
            aria-label={t('formdesigner.removeText', { text: one })}
            icon={<Icon name="close" size={12} />}
            disabled={texts.length <= (option.least ?? 0)}
            onClick={() => change(at, [])}
          />
        </div>
      ))}
      <Button
        type="link"
        size="small"
        icon={<Icon name="plus" size={14} />}
        disabled={texts.length >= (option.most ?? 1000)}
        onClick={() => onChange([...texts, t('formdesigner.newText', { number: texts.length + 1 })])}
      >
        {t('formdesigner.addText')}
      </Button>
    </div>
  );
}

function Chooser({
  option,
  value,
  options,
  onChange,
}: OptionFieldProps & { options: { value: string; label: string }[] }) {
  const { i18n } = useTranslation();
  return (
    <Select<string>
      size="small"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={say(option.title, i18n.language)}
      {...(typeof value === 'string' && value !== '' && { value })}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => onChange(next ?? option.default)}
    />
  );
}

function FieldChoice(props: OptionFieldProps) {
  const { board } = useDesk();
  const { option, field } = props;
  const fit = walk(board.present).filter(
    (one) => one.id !== field?.id && (option.kinds === undefined || option.kinds.includes(one.kind)),
  );
  return <Chooser {...props} options={fit.map((one) => ({ value: one.code, label: one.title }))} />;
}

function FormChoice(props: OptionFieldProps) {
  const { data = [] } = useQuery({
    queryKey: ['apps', 'every form'],
    queryFn: async ({ signal }) => {
      const { apps } = await listApps(signal);
      const all = await Promise.all(
        apps.map(async (app) =>
          (await listForms(app.code, signal)).forms.map((form) => ({
            value: `${app.code}/${form.code}`,
            label: `${app.name} · ${form.name}`,
          })),
        ),
      );
      return all.flat();
    },
  });
  return <Chooser {...props} options={data} />;
}

function FormFieldChoice(props: OptionFieldProps) {
  const { board, kinds } = useDesk();
  const options = props.field?.options ?? {};
  const other = options['form'] ?? viaField(board.present, options);
  const [app = '', form = ''] = typeof other === 'string' ? other.split('/') : [];
  const { data } = useForm(app, form);
  const details = kinds.get(props.field?.kind ?? '') === undefined ? [] : (data?.fields ?? []);
  return <Chooser {...props} options={walk(details).map((one) => ({ value: one.code, label: one.title }))} />;
}

/** The form that another field of this form links to. */
function viaField(fields: readonly FormField[], options: Record<string, unknown>): unknown {
  const named = Object.values(options);
  return walk(fields).find((one) => named.includes(one.code))?.options?.['form'];
}

function ValueField({ field, value, onChange }: OptionFieldProps) {
  const { kinds } = useDesk();
  if (field === undefined) return null;
  const { Input: Control } = controlOf(field, kinds);
  return <Control field={field} id={`value-${field.id}`} value={value ?? null} onChange={onChange} />;
}
