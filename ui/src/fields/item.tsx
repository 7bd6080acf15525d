import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AutoComplete, Input as TextInput } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listItems } from '../api/items';
import { Code } from '../components/Code';
import { Icon } from '../components/Icon';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'reference';
const FEW = 12;

/** One item by any of its codes (序列号): scanned, or typed with what begins so offered. */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  const { t } = useTranslation();
  const code = asText(value);
  const typed = useDeferredValue(code.trim());
  const [open, setOpen] = useState(false);
  const { data = [] } = useQuery({
    queryKey: ['pick', 'items', typed],
    queryFn: async ({ signal }) => (await listItems({ prefix: typed, limit: FEW }, signal)).rows,
    placeholderData: keepPreviousData,
    enabled: open && typed.length >= 2,
  });
  return (
    <AutoComplete
      id={id}
      className="field-wide mono"
      value={code}
      disabled={disabled ?? false}
      // Enter takes what was typed or scanned, never the first of a list.
      defaultActiveFirstOption={false}
      options={typed.length >= 2 ? data.map((one) => ({ value: one.code })) : []}
      onOpenChange={setOpen}
      onChange={(next: string) => onChange(next === '' ? null : next)}
      onBlur={() => onBlur?.()}
    >
      <TextInput
        prefix={<Icon name="scan" size={16} />}
        status={invalid ? 'error' : ''}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        placeholder={t('fields.scanOrType')}
        autoComplete="off"
      />
    </AutoComplete>
  );
}

export function Show({ value, short }: ShowProps) {
  const code = asText(value);
  if (short) return <Code value={code} copy={false} />;
  return (
    <Link to={`/items/${encodeURIComponent(code)}`}>
      <Code value={code} copy={false} />
    </Link>
  );
}
