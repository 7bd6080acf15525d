import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useDesk } from '../desk';
import type { Said } from './Source';
import { Source } from './Source';
import { objectOf, textOf } from './useOption';

interface QuantitiesProps {
  node: FlowNode;
  label: string;
  value: Said;
  onChange: (value: Said | undefined) => void;
}

/** Quantities of goods without codes of their own: of each row of a sub-table, or one of the record. */
export function Quantities({ node, label, value, onChange }: QuantitiesProps) {
  const { t } = useTranslation();
  const { form, fieldKinds } = useDesk();
  const tables = form.fields.filter((one) => fieldKinds.get(one.kind)?.holds === 'rows');
  const table = textOf(value['table']);
  const on = Object.keys(value).length > 0;
  const put = (name: string, next: Said | undefined) =>
    onChange(
      Object.fromEntries(Object.entries({ ...value, [name]: next }).filter(([, one]) => one !== undefined)),
    );
  return (
    <div className="fw-quantities" role="group" aria-label={label}>
      <Select<string>
        size="small"
        allowClear
        aria-label={label}
        placeholder={t('flowdesigner.noQuantities')}
        {...(on && { value: table })}
        options={[
          ...tables.map((one) => ({
            value: one.code,
            label: t('flowdesigner.eachRow', { name: one.title }),
          })),
          { value: '', label: t('flowdesigner.ofRecord') },
        ]}
        onChange={(next: string | undefined) =>
          onChange(
            next === undefined
              ? undefined
              : { ...(next !== '' && { table: next }), product: {}, quantity: {} },
          )
        }
      />
      {on &&
        (['product', 'quantity', 'batch'] as const).map((name) => (
          <div key={name} className="fw-row">
            <span className="fw-row-title">{t(`flowdesigner.part.${name}`)}</span>
            <Source
              node={node}
              name={name}
              label={t(`flowdesigner.part.${name}`)}
              table={table}
              value={objectOf(value[name])}
              onChange={(next) => put(name, next)}
            />
          </div>
        ))}
    </div>
  );
}
