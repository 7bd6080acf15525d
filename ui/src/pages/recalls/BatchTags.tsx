import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listBatches } from '../../api/master';
import { valuesOf } from './criteria';

interface BatchTagsProps {
  /** Our batches, or those of suppliers. */
  field: string;
  label: string;
  /** One batch a line. */
  value: string;
  onChange: (value: string) => void;
}

const SHOWN = 50;

/** Several batches in one row: chosen from those that there are, typed, or pasted as a list. */
export function BatchTags({ field, label, value, onChange }: BatchTagsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const ours = field === 'batch';
  const { data } = useQuery({
    queryKey: ['pick', 'recall batches', ours ? typed : ''],
    queryFn: ({ signal }) => listBatches({ q: ours ? typed : undefined, limit: ours ? SHOWN : 1000 }, signal),
    enabled: open,
  });
  const found = new Map(
    (data?.rows ?? []).flatMap((row) => {
      const code = ours ? row.code : (row.supplier_batch ?? '');
      return code === '' ? [] : [[code, ours ? row.product : `${row.code} · ${row.product}`] as const];
    }),
  );
  return (
    <Select<string[]>
      mode="tags"
      className="mono criterion-wide"
      aria-label={label}
      placeholder={t('recalls.severalBatches', { label })}
      value={valuesOf(value)}
      onChange={(codes: string[]) => {
        setTyped('');
        onChange(codes.join('\n'));
      }}
      onOpenChange={setOpen}
      showSearch={{ onSearch: setTyped }}
      tokenSeparators={[',', '，', '、', ';', '；', '\n', '\t']}
      popupMatchSelectWidth={false}
      options={[...found].slice(0, SHOWN * 4).map(([code, about]) => ({ value: code, label: code, about }))}
      optionRender={({ value: code }) => (
        <span className="row">
          <b className="mono">{code}</b>
          <span className="muted">{found.get(String(code))}</span>
        </span>
      )}
    />
  );
}
