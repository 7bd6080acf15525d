import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useKinds } from '../../forms/calls';
import { choicesOf } from '../../forms/choices';
import type { Kinds } from '../../forms/controls';
import { askedShape } from '../../forms/controls';
import { FieldInput } from '../../forms/FieldInput';
import type { FormField } from '../../forms/model';
import { asText } from '../../forms/model';
import type { Compare } from './asking';

interface FilterValueProps {
  field: FormField;
  is: Compare;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What is worked out is not entered in records, but it is compared with something that is. */
function entered(field: FormField, kept: string, kinds: Kinds): FormField {
  const computed = kinds.get(field.kind)?.computed === true;
  const kind = kept === 'moment' ? 'datetime' : kept;
  return computed && kinds.has(kind) ? { ...field, kind, read_only: false, options: {} } : field;
}

/** What a field is compared with, typed as the field itself takes it. */
export function FilterValue({ field, is, value, onChange }: FilterValueProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const kept = askedShape(field, kinds);
  const label = t('records.filter.value', { field: field.title });
  const choices = choicesOf(field).map((one) => ({ value: one, label: one }));
  if (is === 'one_of') {
    return (
      <Select<string[]>
        mode={choices.length > 0 ? 'multiple' : 'tags'}
        aria-label={label}
        className="field-wide"
        tokenSeparators={[',', '，', '、', ' ', '\n', '\t']}
        value={Array.isArray(value) ? (value as string[]) : []}
        options={choices}
        onChange={onChange}
      />
    );
  }
  if (kept === 'boolean') {
    return (
      <Select<string>
        className="field-wide"
        aria-label={label}
        value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined}
        options={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
        onChange={(next) => onChange(next === 'yes')}
      />
    );
  }
  if (choices.length > 0) {
    return (
      <Select<string>
        className="field-wide"
        aria-label={label}
        showSearch
        value={typeof value === 'string' ? value : undefined}
        options={choices}
        onChange={onChange}
      />
    );
  }
  if (kept === 'text' || kept === 'json') {
    return (
      <Input aria-label={label} value={asText(value)} onChange={(event) => onChange(event.target.value)} />
    );
  }
  // Of a range its first day is compared.
  const one: FormField = kept === 'date_range' ? { ...field, kind: 'date' } : entered(field, kept, kinds);
  const input = (part: unknown, change: (next: unknown) => void, id: string) => (
    <>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <FieldInput field={one} id={id} value={part ?? null} onChange={change} dense />
    </>
  );
  if (is !== 'between') return input(value, onChange, `filter-${field.code}`);
  const pair: unknown[] = Array.isArray(value) ? value : [null, null];
  return (
    <span className="field-range">
      {input(pair[0], (next) => onChange([next, pair[1]]), `filter-${field.code}-from`)}
      <span className="muted">–</span>
      {input(pair[1], (next) => onChange([pair[0], next]), `filter-${field.code}-to`)}
    </span>
  );
}
