import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SelectProps } from 'antd';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listBatches, listPartners, listPlaces, listProducts } from '../api/master';
import { Tag } from './Tags';

interface Option {
  value: string;
  name: string;
  /** A word at the right: tracking, kind. */
  tag?: string;
}

interface PickerProps extends Omit<SelectProps<string>, 'options' | 'onChange'> {
  value?: string | null;
  onChange?: (value: string | null) => void;
}

interface RemoteProps extends PickerProps {
  name: string;
  find: (text: string, signal: AbortSignal) => Promise<Option[]>;
}

/** A choice among many, searched on the server by code and name; gives the code. */
function RemoteSelect({ name, find, value, onChange, ...rest }: RemoteProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const [open, setOpen] = useState(false);
  const { data = [], isFetching } = useQuery({
    queryKey: ['pick', name, text],
    queryFn: ({ signal }) => find(text, signal),
    placeholderData: keepPreviousData,
    enabled: open,
  });
  return (
    <Select<string>
      allowClear
      value={value ?? undefined}
      loading={isFetching && open}
      placeholder={t('pick')}
      popupMatchSelectWidth={false}
      notFoundContent={isFetching ? t('loading') : t('notFound')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onOpenChange={setOpen}
      onChange={(next: string | undefined) => {
        setTyped('');
        onChange?.(next ?? null);
      }}
      options={data.map((option) => ({ ...option, label: option.value }))}
      optionRender={({ value: code }) => {
        const option = data.find((one) => one.value === code);
        return (
          <span className="row">
            <b className="mono">{code}</b>
            <span className="muted grow">{option?.name}</span>
            {option?.tag !== undefined && <Tag>{option.tag}</Tag>}
          </span>
        );
      }}
      {...rest}
    />
  );
}

const LIMIT = 30;

/** Choose a product. */
export function ProductSelect(props: PickerProps) {
  const { t } = useTranslation();
  return (
    <RemoteSelect
      {...props}
      name="products"
      find={async (q, signal) => {
        const { rows } = await listProducts({ q, active: true, limit: LIMIT }, signal);
        return rows.map((row) => ({ value: row.code, name: row.name, tag: t(`tracking.${row.tracking}`) }));
      }}
    />
  );
}

/** Choose a place. */
export function PlaceSelect(props: PickerProps) {
  const { t } = useTranslation();
  return (
    <RemoteSelect
      {...props}
      name="places"
      find={async (q, signal) => {
        const { rows } = await listPlaces({ q, active: true, limit: LIMIT }, signal);
        return rows.map((row) => ({ value: row.code, name: row.name, tag: t(`placeKind.${row.kind}`) }));
      }}
    />
  );
}

/** Choose a partner, perhaps only of one kind. */
export function PartnerSelect({ kind, ...props }: PickerProps & { kind?: string }) {
  const { t } = useTranslation();
  return (
    <RemoteSelect
      {...props}
      name={`partners ${kind ?? ''}`}
      find={async (q, signal) => {
        const { rows } = await listPartners({ q, kind, active: true, limit: LIMIT }, signal);
        return rows.map((row) => ({ value: row.code, name: row.name, tag: t(`partnerKind.${row.kind}`) }));
      }}
    />
  );
}

/** Choose a batch of a product. */
export function BatchSelect({ product, ...props }: PickerProps & { product?: string | null }) {
  return (
    <RemoteSelect
      {...props}
      name={`batches ${product ?? ''}`}
      find={async (q, signal) => {
        const { rows } = await listBatches({ q, product, limit: LIMIT }, signal);
        return rows.map((row) => ({ value: row.code, name: row.expires_on ?? row.made_on ?? '' }));
      }}
    />
  );
}
