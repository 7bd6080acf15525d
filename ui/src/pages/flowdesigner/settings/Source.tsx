import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PartnerSelect, PlaceSelect, ProductSelect } from '../../../components/pickers';
import type { FlowNode } from '../../../flowdesigner/tree';
import { before } from '../../../flowdesigner/tree';
import type { FormField } from '../../../forms/model';
import { FormulaEditor } from '../../../formulaeditor/FormulaEditor';
import type { EditorField } from '../../../formulaeditor/fields';
import { useDesk } from '../desk';
import { FixedInput } from './FixedInput';
import { textOf } from './useOption';

/** Where a value comes from. */
export type Said = Record<string, unknown>;

interface SourceProps {
  node: FlowNode;
  /** What it is for; goods, places, products and partners have controls of their own. */
  name: string;
  label: string;
  value: Said;
  onChange: (value: Said | undefined) => void;
  /** What an assignment calls a field. */
  as?: 'field' | 'from';
  /** Of a row of that sub-table. */
  table?: string;
  ways?: readonly string[];
  /** The field that the value is for, whose own control enters what is fixed. */
  target?: FormField | undefined;
  /** What formulas may name; the fields of the form unless said otherwise. */
  formulaFields?: readonly EditorField[];
}

const GOODS = new Set(['items', 'goods', 'item']);

/** How a source says where its value comes from. */
export function wayOf(value: Said, as: 'field' | 'from' = 'field'): string {
  if (value['table'] !== undefined && value['column'] !== undefined) return 'field';
  const known = ['formula', 'template', 'step', 'this', 'value'];
  return value[as] === undefined ? (known.find((one) => value[one] !== undefined) ?? 'field') : 'field';
}

/** A value of an automatic step: of a field, fixed, worked out, or what an earlier step came to. */
export function Source(props: SourceProps) {
  const { node, name, label, value, onChange, as = 'field', table, ways, target } = props;
  const { t } = useTranslation();
  const desk = useDesk();
  const { board } = desk;
  const formulaFields = props.formulaFields ?? desk.formulaFields;
  const goods = GOODS.has(name);
  const offered = ways ?? (goods ? ['field', 'step', 'formula'] : ['field', 'value', 'formula']);
  const way = wayOf(value, as);
  const earlier = before(board.present, node.id).filter((one) => one.kind !== 'start');
  const begun: Partial<Record<string, Said>> = {
    field: {},
    value: { value: '' },
    formula: { formula: '' },
    template: { template: '' },
    step: { step: '' },
    this: { this: true },
  };
  return (
    <div className="fw-source" role="group" aria-label={label}>
      <Select<string>
        size="small"
        className="fw-source-way"
        aria-label={t('flowdesigner.sourceOf', { name: label })}
        value={way}
        options={offered.map((one) => ({ value: one, label: t(`flowdesigner.source.${one}`) }))}
        onChange={(next) => onChange(begun[next])}
      />
      {way === 'field' && <FieldOf {...{ label, value, onChange, as, table, goods }} />}
      {way === 'value' && target !== undefined && (
        <FixedInput
          field={target}
          label={label}
          value={value['value']}
          onChange={(next) => onChange({ value: next })}
        />
      )}
      {way === 'value' && target === undefined && (
        <Fixed
          name={name}
          label={label}
          value={value['value']}
          onChange={(next) => onChange({ value: next })}
        />
      )}
      {way === 'step' && (
        <Select<string>
          size="small"
          aria-label={label}
          placeholder={t('flowdesigner.whichStep')}
          {...(textOf(value['step']) !== '' && { value: textOf(value['step']) })}
          options={earlier.map((one) => ({ value: one.id, label: one.title }))}
          onChange={(step) => onChange({ step })}
        />
      )}
      {(way === 'formula' || way === 'template') && (
        <div className="fw-source-formula">
          <FormulaEditor
            label={label}
            value={textOf(value[way])}
            fields={formulaFields}
            rows={1}
            onChange={(next) => onChange({ [way]: next })}
          />
        </div>
      )}
    </div>
  );
}

interface FieldOfProps {
  label: string;
  value: Said;
  onChange: (value: Said | undefined) => void;
  as: 'field' | 'from';
  table: string | undefined;
  goods: boolean;
}

/** A field of the record, or a column of one of its sub-tables. */
function FieldOf({ label, value, onChange, as, table, goods }: FieldOfProps) {
  const { t } = useTranslation();
  const { form, fieldKinds } = useDesk();
  const holds = (one: FormField) => fieldKinds.get(one.kind)?.holds ?? 'value';
  const flat = (fields: readonly FormField[]): FormField[] =>
    fields.flatMap((one) => (holds(one) === 'layout' ? flat(one.fields ?? []) : [one]));
  const own = flat(form.fields);
  const rows = own.find((one) => one.code === table);
  const groups = [
    ...(rows === undefined ? [] : [{ title: rows.title, fields: flat(rows.fields ?? []), within: '' }]),
    { title: t('flowdesigner.ofForm'), fields: own.filter((one) => holds(one) !== 'rows'), within: '' },
    ...(goods && rows === undefined
      ? own
          .filter((one) => holds(one) === 'rows')
          .map((one) => ({ title: one.title, fields: flat(one.fields ?? []), within: one.code }))
      : []),
  ];
  const column = value['table'] === undefined ? '' : `${textOf(value['table'])}.${textOf(value['column'])}`;
  const chosen = column === '' ? textOf(value[as]) : column;
  return (
    <Select<string>
      size="small"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={t('flowdesigner.whichField')}
      {...(chosen !== '' && { value: chosen })}
      options={groups.map((group) => ({
        label: group.title,
        title: group.title,
        options: group.fields.map((one) => ({
          value: group.within === '' ? one.code : `${group.within}.${one.code}`,
          label: one.title,
        })),
      }))}
      popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => {
        if (next === undefined) onChange(undefined);
        else if (next.includes('.')) {
          const [of, code] = next.split('.');
          onChange({ table: of, column: code });
        } else onChange({ [as]: next });
      }}
    />
  );
}

interface FixedProps {
  name: string;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What is the same every time. */
function Fixed({ name, label, value, onChange }: FixedProps) {
  const given = { size: 'small' as const, 'aria-label': label, value: textOf(value) || null };
  const take = (next: string | null) => onChange(next ?? '');
  if (name.includes('place') || name === 'from') return <PlaceSelect {...given} onChange={take} />;
  if (name === 'product') return <ProductSelect {...given} onChange={take} />;
  if (name === 'partner') return <PartnerSelect {...given} onChange={take} />;
  return (
    <Input
      size="small"
      aria-label={label}
      value={typeof value === 'number' ? String(value) : textOf(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
