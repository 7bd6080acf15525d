import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/DayField';
import { Icon } from '../../components/Icon';
import { ProductSelect } from '../../components/pickers';
import { BatchTags } from './BatchTags';
import type { CriterionKind, CriterionRow } from './criteria';
import { CRITERIA, FIELDS, newRow, SEVERAL, THROUGH_PARTS } from './criteria';

interface CriteriaRowsProps {
  rows: CriterionRow[];
  onChange: (rows: CriterionRow[]) => void;
}

/** What is to be recalled, as a few plain rows; a piece that any of them fits is in. */
export function CriteriaRows({ rows, onChange }: CriteriaRowsProps) {
  const { t } = useTranslation();
  const change = (id: number, part: Partial<CriterionRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <div className="criteria">
      {rows.map((row, index) => (
        <fieldset
          key={row.id}
          className="criterion"
          aria-label={t('recalls.criterion', { number: index + 1 })}
        >
          <span className="criterion-or">{t(index === 0 ? 'recalls.take' : 'recalls.or')}</span>
          <Select<CriterionKind>
            value={row.kind}
            aria-label={t('recalls.by')}
            options={CRITERIA.map((kind) => ({ value: kind, label: t(`recalls.kind.${kind}`) }))}
            onChange={(kind) => change(row.id, { kind, values: {} })}
            className="criterion-kind"
          />
          <div className="criterion-fields">
            {FIELDS[row.kind].map((field) => (
              <Field
                key={field}
                field={field.replace('?', '')}
                optional={field.endsWith('?')}
                value={row.values[field.replace('?', '')] ?? ''}
                onChange={(value) =>
                  change(row.id, { values: { ...row.values, [field.replace('?', '')]: value } })
                }
              />
            ))}
            {THROUGH_PARTS.has(row.kind) && row.kind !== 'codes' && (
              <Checkbox
                checked={row.onlyNow}
                onChange={(event) => change(row.id, { onlyNow: event.target.checked })}
              >
                {t('recalls.onlyNow')}
              </Checkbox>
            )}
          </div>
          <Button
            type="text"
            icon={<Icon name="close" size={16} />}
            aria-label={t('recalls.removeRow', { number: index + 1 })}
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter((one) => one.id !== row.id))}
          />
        </fieldset>
      ))}
      <Button
        type="dashed"
        icon={<Icon name="plus" size={16} />}
        onClick={() => onChange([...rows, newRow(Math.max(...rows.map((row) => row.id)) + 1)])}
      >
        {t('recalls.addRow')}
      </Button>
    </div>
  );
}

interface FieldProps {
  field: string;
  optional: boolean;
  value: string;
  onChange: (value: string) => void;
}

function Field({ field, optional, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const label = t(`recalls.field.${field}`) + (optional ? t('recalls.optional') : '');
  if (field === 'product') {
    return (
      <ProductSelect
        aria-label={label}
        placeholder={label}
        value={value === '' ? null : value}
        onChange={(code) => onChange(code ?? '')}
        className="criterion-wide"
      />
    );
  }
  if (SEVERAL.has(field)) {
    return <BatchTags field={field} label={label} value={value} onChange={onChange} />;
  }
  if (field === 'from' || field === 'to') {
    return (
      <DayField
        aria-label={label}
        placeholder={label}
        value={value === '' ? null : value}
        onChange={(day: string | null) => onChange(day ?? '')}
      />
    );
  }
  if (field === 'codes') {
    return (
      <Input.TextArea
        className="mono"
        aria-label={label}
        placeholder={t('recalls.codesHow')}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Input
      className="mono criterion-wide"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
