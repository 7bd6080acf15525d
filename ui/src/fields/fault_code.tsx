import { useQuery } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getItem } from '../api/items';
import { listProducts } from '../api/master';
import type { InputProps, ShowProps } from '../forms/control';
import { useEntryAround } from '../forms/entry';
import { asText } from '../forms/model';
import { faultsOf, familyFirst, treeOf } from '../pages/scanlists/faultTree';

export const shape = 'text';

/** The category of the product that the form is about, which comes first among the families. */
function useFamily(code: string): string {
  const { data = '' } = useQuery({
    queryKey: ['fault-family', code],
    queryFn: async ({ signal }) => {
      const products = await listProducts({ search: code, limit: 5 }, signal);
      const own = products.rows.find((one) => one.code === code);
      if (own !== undefined) return own.category;
      const item = await getItem(code, undefined, signal);
      if (item.product === null) return '';
      const of = await listProducts({ search: item.product, limit: 5 }, signal);
      return of.rows.find((one) => one.code === item.product)?.category ?? '';
    },
    retry: false,
    enabled: code !== '',
  });
  return data;
}

/** What is wrong with a thing (故障码): out of a tree, searched by code or name, or scanned. */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  const { t } = useTranslation();
  const around = useEntryAround();
  const [typed, setTyped] = useState('');
  const source = asText(field.options?.['product']);
  const family = useFamily(source === '' ? '' : asText(around?.values[source]));
  const faults = faultsOf(field.options?.['faults']);
  const exact = faults.find((one) => one.code.toLowerCase() === typed.trim().toLowerCase());
  return (
    <TreeSelect<string>
      id={id}
      className="field-wide"
      showSearch={{ treeNodeFilterProp: 'title', searchValue: typed, onSearch: setTyped }}
      allowClear
      treeLine
      treeExpandAction="click"
      treeDefaultExpandedKeys={family === '' ? [] : [family]}
      treeNodeLabelProp="label"
      placeholder={t('scanlists.fault.pick')}
      treeData={treeOf(familyFirst(faults, family))}
      value={value === null || value === undefined ? undefined : asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      onInputKeyDown={(event) => {
        // A scanner types the code and Enter: it means just that one, whatever else the list offers.
        if (event.key !== 'Enter' || exact === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onChange(exact.code);
        setTyped('');
      }}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  );
}

export function Show({ field, value }: ShowProps) {
  const code = asText(value);
  const known = faultsOf(field.options?.['faults']).find((one) => one.code === code);
  return (
    <span>
      <span className="mono">{code}</span> {known?.steps.join(' / ')}
    </span>
  );
}
