import { Button, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Property } from '../../labels/declared';
import { asKept, asRead } from '../../labels/values';
import { useDesk } from './desk';
import { NumberField } from './NumberField';

interface TableFieldProps {
  property: Property;
  value: unknown;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

/** The columns or the rows of a table. */
export function TableField(props: TableFieldProps) {
  return props.property.type === 'columns' ? <Columns {...props} /> : <Rows {...props} />;
}

interface Column {
  share: number;
  align: string;
}

function Columns({ value, disabled, onChange }: TableFieldProps) {
  const { t } = useTranslation();
  const columns = (Array.isArray(value) ? value : []) as Column[];
  const set = (at: number, change: Partial<Column>) =>
    onChange(columns.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <ul className="ld-table">
      {columns.map((column, index) => (
        <li key={index}>
          <NumberField
            label={t('labels.columnShare', { number: index + 1 })}
            value={column.share}
            step={0.5}
            min={0.1}
            disabled={disabled}
            onChange={(share) => share !== null && set(index, { share })}
          />
          <Segmented<string>
            size="small"
            aria-label={t('labels.columnAlign', { number: index + 1 })}
            value={column.align}
            disabled={disabled}
            options={['left', 'center', 'right'].map((one) => ({
              value: one,
              label: t(`labels.side.${one}`),
            }))}
            onChange={(align) => set(index, { align })}
          />
          <Without
            disabled={disabled || columns.length < 2}
            onClick={() => onChange(columns.filter((_, i) => i !== index))}
          />
        </li>
      ))}
      <More
        words={t('labels.moreColumns')}
        disabled={disabled || columns.length >= 20}
        onClick={() => onChange([...columns, { share: 1, align: 'left' }])}
      />
    </ul>
  );
}

function Rows({ value, disabled, onChange }: TableFieldProps) {
  const { t } = useTranslation();
  const { fields } = useDesk();
  const rows = (Array.isArray(value) ? value : []) as string[][];
  const wide = Math.max(1, ...rows.map((row) => row.length));
  const set = (row: number, column: number, text: string) =>
    onChange(
      rows.map((cells, r) =>
        r === row ? cells.map((cell, c) => (c === column ? asKept(text, fields) : cell)) : cells,
      ),
    );
  return (
    <ul className="ld-table">
      {rows.map((cells, r) => (
        <li key={r}>
          {cells.map((cell, c) => (
            <Input
              key={c}
              size="small"
              aria-label={t('labels.cell', { row: r + 1, column: c + 1 })}
              value={asRead(cell, fields)}
              disabled={disabled}
              onChange={(event) => set(r, c, event.target.value)}
            />
          ))}
          <Without disabled={disabled} onClick={() => onChange(rows.filter((_, index) => index !== r))} />
        </li>
      ))}
      <More
        words={t('labels.moreRows')}
        disabled={disabled || rows.length >= 100}
        onClick={() => onChange([...rows, Array.from({ length: wide }, () => '')])}
      />
    </ul>
  );
}

function Without({ disabled, onClick }: { disabled: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      type="text"
      size="small"
      aria-label={t('labels.without')}
      icon={<Icon name="close" size={13} />}
      disabled={disabled}
      onClick={onClick}
    />
  );
}

function More({ words, disabled, onClick }: { words: string; disabled: boolean; onClick: () => void }) {
  return (
    <li>
      <Button
        type="link"
        size="small"
        icon={<Icon name="plus" size={13} />}
        disabled={disabled}
        onClick={onClick}
      >
        {words}
      </Button>
    </li>
  );
}
