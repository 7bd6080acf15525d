import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MeasuredValue } from '../api/items';
import { Icon } from './Icon';

interface MeasuredValuesProps {
  value: unknown;
  onChange: (values: MeasuredValue[] | null) => void;
}

/** Whether a value keeps a limit such as `≥ 2.10`, `≤ 50`, `0.10–0.40` or `± …`; undefined where it cannot be told. */
export function within(value: string, limit: string | undefined): boolean | undefined {
  const number = Number(value.trim());
  const text = (limit ?? '').replaceAll(/\s/g, '');
  if (value.trim() === '' || Number.isNaN(number) || text === '') return undefined;
  const range = /^(-?[\d.]+)(?:–|~|～|\.\.|-)(-?[\d.]+)$/.exec(text);
  if (range) return number >= Number(range[1]) && number <= Number(range[2]);
  const bound = /^(≥|>=|≤|<=|>|<|=)(-?[\d.]+)$/.exec(text);
  if (!bound) return undefined;
  const edge = Number(bound[2]);
  switch (bound[1]) {
    case '≥':
    case '>=':
      return number >= edge;
    case '≤':
    case '<=':
      return number <= edge;
    case '>':
      return number > edge;
    case '<':
      return number < edge;
    default:
      return number === edge;
  }
}

/** What was measured: name, value, unit, limit; each value judges itself. */
export function MeasuredValues({ value, onChange }: MeasuredValuesProps) {
  const { t } = useTranslation();
  const rows = Array.isArray(value) ? (value as MeasuredValue[]) : [];
  const put = (next: MeasuredValue[]) => onChange(next.length === 0 ? null : next);
  const change = (index: number, part: Partial<MeasuredValue>) =>
    put(
      rows.map((row, at) => {
        if (at !== index) return row;
        const { ok: _before, ...changed } = { ...row, ...part };
        const ok = within(changed.value, changed.limit);
        return ok === undefined ? changed : { ...changed, ok };
      }),
    );
  const cell = (index: number, row: MeasuredValue, name: 'name' | 'value' | 'unit' | 'limit') => (
    <Input
      value={row[name] ?? ''}
      placeholder={t(`scan.field.${name}`)}
      aria-label={t(`scan.field.${name}`)}
      {...(name === 'value' && row.ok === false && { status: 'error' as const })}
      {...(name === 'value' && { inputMode: 'decimal' as const })}
      onChange={(event) => change(index, { [name]: event.target.value })}
    />
  );
  return (
    <div className="measured">
      {rows.map((row, index) => (
        <div key={index} className="measured-row">
          {cell(index, row, 'name')}
          <Button
            type="text"
            icon={<Icon name="close" size={14} />}
            aria-label={t('delete')}
            onClick={() => put(rows.filter((_, at) => at !== index))}
          />
          <div className="measured-more">
            {cell(index, row, 'value')}
            {cell(index, row, 'unit')}
            {cell(index, row, 'limit')}
            <span className={row.ok === false ? 'tag tag-red' : row.ok ? 'tag tag-green' : ''}>
              {row.ok === undefined ? '' : t(row.ok ? 'scan.field.ok' : 'scan.field.notOk')}
            </span>
          </div>
        </div>
      ))}
      <button
        type="button"
        className="link-button"
        onClick={() => put([...rows, { name: '', value: '', unit: '', limit: '' }])}
      >
        {t('scan.field.addValue')}
      </button>
    </div>
  );
}
