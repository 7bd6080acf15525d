import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDebounced } from '../components/useDebounced';
import { findRecords, getRecord } from './calls';
import type { InputProps } from './control';
import type { FormField } from './model';
import { asText, isEmpty } from './model';

const FEW = 30;
const TYPED_MS = 200;

/** The app and code of the form that a field links, and the field of that form that says what a record is called. */
export function linkOf(field: FormField): { app: string; form: string; title: string } {
  const [app = '', form = ''] = asText(field.options?.['form']).split('/', 2);
  return { app, form, title: asText(field.options?.['title']) };
}

/** What records are called, as far as the reader may see them; the number where they have no title. */
export function useTitles(field: FormField, numbers: readonly string[]): Map<string, string> {
  const { app, form, title } = linkOf(field);
  const found = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['records', app, form, 'one', number],
      queryFn: ({ signal }: { signal: AbortSignal }) => getRecord(app, form, Number(number), signal),
      enabled: title !== '' && form !== '',
      retry: false,
      staleTime: 60_000,
    })),
  });
  const told = new Map<string, string>();
  found.forEach(({ data }, place) => {
    const said = data === undefined ? null : data.values[title];
    const number = numbers[place];
    if (number !== undefined && !isEmpty(said)) told.set(number, asText(said));
  });
  return told;
}

/** Choose records of another form by what they are called, or by their numbers. */
export function RecordSelect({ many, ...props }: InputProps & { many: boolean }) {
  const { t } = useTranslation();
  const { field, id, value, onChange, invalid, describedBy } = props;
  const { app, form, title } = linkOf(field);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const text = useDebounced(typed.trim(), TYPED_MS);
  const chosen = (Array.isArray(value) ? value : [value]).filter((one) => !isEmpty(one)).map(asText);
  const titles = useTitles(field, chosen);
  const { data, isFetching } = useQuery({
    queryKey: ['records', app, form, 'pick', text],
    queryFn: ({ signal }) => {
      const filter =
        text === '' || title === '' ? null : JSON.stringify({ field: title, is: 'contains', value: text });
      return findRecords(app, form, { filter, limit: FEW }, signal);
    },
    placeholderData: keepPreviousData,
    enabled: open && form !== '',
    retry: false,
  });
  const name = (number: string, said: unknown) => (isEmpty(said) ? `#${number}` : asText(said));
  const offered = (data?.records ?? []).map((one) => ({
    value: String(one.id),
    label: name(String(one.id), one.values[title]),
  }));
  const known = new Set(offered.map((one) => one.value));
  const kept = chosen
    .filter((one) => !known.has(one))
    .map((one) => ({ value: one, label: name(one, titles.get(one)) }));
  return (
    <Select<string | string[]>
      id={id}
      className="field-wide"
      {...(many && { mode: 'multiple' })}
      allowClear
      loading={isFetching && open}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={many ? chosen : chosen[0]}
      disabled={props.disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      placeholder={t('fields.choose')}
      notFoundContent={isFetching ? t('loading') : t('notFound')}
      popupMatchSelectWidth={false}
      options={[...kept.filter(() => typed === ''), ...offered]}
      onOpenChange={setOpen}
      onChange={(next: string | string[] | undefined) => {
        setTyped('');
        onChange(next === undefined || next.length === 0 ? null : next);
      }}
    />
  );
}
