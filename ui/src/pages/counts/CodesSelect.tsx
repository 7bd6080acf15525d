import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPlaces, listProducts } from '../../api/master';

const LIMIT = 30;
const FIND = { places: listPlaces, products: listProducts };

interface CodesSelectProps {
  of: keyof typeof FIND;
  id?: string;
  value?: string[];
  onChange?: (codes: string[]) => void;
  placeholder: string;
  label: string;
}

/** Several places or products, found by code and name. */
export function CodesSelect({ of, id, value, onChange, placeholder, label }: CodesSelectProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed);
  const { data = [], isFetching } = useQuery({
    queryKey: ['pick', of, q],
    queryFn: async ({ signal }) => {
      const { rows } = await FIND[of]({ q, active: true, limit: LIMIT }, signal);
      return rows.map((row) => ({ value: row.code, name: row.name }));
    },
    placeholderData: keepPreviousData,
    enabled: open,
  });
  return (
    <Select<string[]>
      {...(id !== undefined && { id })}
      mode="multiple"
      value={value ?? []}
      aria-label={label}
      placeholder={placeholder}
      loading={isFetching && open}
      notFoundContent={isFetching ? t('loading') : t('notFound')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onOpenChange={setOpen}
      onChange={(next: string[]) => {
        setTyped('');
        onChange?.(next);
      }}
      options={data.map((one) => ({ ...one, label: one.value }))}
      optionRender={({ value: code }) => (
        <span className="row">
          <b className="mono">{code}</b>
          <span className="muted">{data.find((one) => one.value === code)?.name}</span>
        </span>
      )}
    />
  );
}
