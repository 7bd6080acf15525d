import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../components/useIsPhone';
import type { InputProps, ShowProps } from '../forms/control';
import { fieldsOf } from '../forms/controls';
import { useKinds } from '../forms/calls';
import type { Values } from '../forms/model';
import { ShowValue } from '../forms/ShowValue';
import { RowCards } from '../forms/RowCards';
import { RowGrid } from '../forms/RowGrid';

export const shape = 'rows';

function rowsOf(value: unknown): Values[] {
  return Array.isArray(value) ? (value as Values[]) : [];
}

/** A table within the form (子表单): a grid at the desk, cards on the phone. */
export function Input(props: InputProps) {
  const kinds = useKinds();
  const phone = useIsPhone();
  const { fields } = props.field;
  // The same columns as long as the form is the same, so that rows are not drawn anew for nothing.
  const columns = useMemo(() => fieldsOf(fields ?? [], kinds).filter((one) => !one.hidden), [fields, kinds]);
  const Rows = phone ? RowCards : RowGrid;
  return <Rows {...props} columns={columns} rows={rowsOf(props.value)} />;
}

export function Show({ field, value, short }: ShowProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const rows = rowsOf(value);
  if (short) return <span>{t('fields.rows', { count: rows.length })}</span>;
  const columns = fieldsOf(field.fields ?? [], kinds).filter((one) => !one.hidden);
  return (
    <div className="row-grid-scroll">
      <table className="row-grid row-grid-shown">
        <thead>
          <tr>
            <th scope="col" aria-label={t('fields.line')} />
            {columns.map((one) => (
              <th key={one.id} scope="col">
                {one.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              <td className="row-grid-no">{place + 1}</td>
              {columns.map((one) => (
                <td key={one.id}>
                  <ShowValue field={one} value={row[one.code]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
