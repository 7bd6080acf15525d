import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listBatches, listProducts } from '../../api/master';
import { valuesOf } from './criteria';

interface SeveralProps {
  name: string;
  label: string;
  placeholder: string;
  codes: string[];
  onChange: (codes: string[]) => void;
  /** What begins with what was typed: code, and what it is. */
  find: (typed: string, signal: AbortSignal) => Promise<(readonly [string, string])[]>;
  /** What the list does not have may be typed. */
  free?: boolean;
}

/** Several codes: chosen from those that there are, typed, or pasted as a list. */
function Several({ name, label, placeholder, codes, onChange, find, free = false }: SeveralProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { data = [] } = useQuery({
    queryKey: ['pick', name, typed],
    queryFn: ({ signal }) => find(typed, signal),
    enabled: open,
  });
  const found = new Map(data);
  return (
    <Select<string[]>
      mode={free ? 'tags' : 'multiple'}
      className="criterion-wide recall-several"
      aria-label={label}
      placeholder={placeholder}
      value={codes}
      onChange={(next: string[]) => {
        setTyped('');
        onChange(next);
      }}
      onOpenChange={setOpen}
      showSearch={{ onSearch: setTyped, filterOption: !free ? false : true }}
      tokenSeparators={[',', '，', '、', ';', '；', '\n', '\t']}
      popupMatchSelectWidth={false}
      options={[...found].map(([code]) => ({ value: code, label: code }))}
      optionRender={({ value: code }) => (
        <span className="row">
          <b className="mono">{code}</b>
          <span className="muted">{found.get(String(code))}</span>
        </span>
      )}
    />
  );
}

const SHOWN = 50;

interface BatchTagsProps {
  /** Our batches, or those of suppliers. */
  field: string;
  label: string;
  /** One batch a line. */
  value: string;
  onChange: (value: string) => void;
}

/** Several batches in one row. */
export function BatchTags({ field, label, value, onChange }: BatchTagsProps) {
  const { t } = useTranslation();
  const ours = field === 'batch';
  return (
    <Several
      free
      name={`recall ${field}`}
      label={label}
      placeholder={t('recalls.severalBatches', { label })}
      codes={valuesOf(value)}
      onChange={(codes) => onChange(codes.join('\n'))}
      find={async (q, signal) => {
        const { rows } = await listBatches(ours ? { q, limit: SHOWN } : { limit: 1000 }, signal);
        if (ours) return rows.map((row) => [row.code, row.product] as const);
        return rows.flatMap((row) =>
          row.supplier_batch ? [[row.supplier_batch, `${row.code} · ${row.product}`] as const] : [],
        );
      }}
    />
  );
}

/** The products whose pieces count; none: every affected piece that is in nothing else. */
export function UnitTags({ value, onChange }: { value: string[]; onChange: (codes: string[]) => void }) {
  const { t } = useTranslation();
  return (
    <Several
      name="recall units"
      label={t('recalls.units')}
      placeholder={t('recalls.unitsAny')}
      codes={value}
      onChange={onChange}
      find={async (q, signal) => {
        const { rows } = await listProducts({ q, active: true, limit: SHOWN }, signal);
        return rows.map((row) => [row.code, row.name] as const);
      }}
    />
  );
}
