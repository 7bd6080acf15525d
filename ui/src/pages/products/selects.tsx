import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';

interface Named {
  code: string;
  name: string;
}

interface SelectProps {
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  placeholder?: string;
}

const options = (rows: Named[] | undefined) =>
  rows?.map((row) => ({ value: row.code, label: `${row.code} ${row.name}` })) ?? [];

/** Choose the code rule that makes a product's codes. */
export function RuleSelect({ id, value, onChange, placeholder }: SelectProps) {
  const { t } = useTranslation();
  const { data, isLoading } = useQuery({
    queryKey: ['codes', 'names'],
    queryFn: async ({ signal }) =>
      (await http.get<{ rules: Named[] }>('/code-rules', { limit: 1000 }, signal)).rules,
  });
  return (
    <Select<string>
      {...(id !== undefined && { id })}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isLoading}
      value={value ?? undefined}
      placeholder={placeholder ?? t('products.noRule')}
      options={options(data)}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
    />
  );
}

/** Choose a life cycle. */
export function LifeCycleSelect({ id, value, onChange }: SelectProps) {
  const { data, isLoading } = useQuery({
    queryKey: ['life_cycles', 'names'],
    queryFn: async ({ signal }) =>
      (await http.get<{ life_cycles: Named[] }>('/life-cycles', undefined, signal)).life_cycles,
  });
  return (
    <Select<string>
      {...(id !== undefined && { id })}
      loading={isLoading}
      value={value ?? undefined}
      options={options(data)}
      onChange={(next: string) => onChange?.(next)}
    />
  );
}
