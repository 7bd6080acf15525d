import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../../flowdesigner/tree';
import type { FormField } from '../../../forms/model';
import { useDesk } from '../desk';
import { objectOf, useOption } from './useOption';

const STATES = ['hidden', 'read_only', 'writable', 'required'] as const;
const MASKING = ['hidden', 'masked', 'read_only', 'writable', 'required'] as const;

interface Row {
  field: FormField;
  /** The sub-table that it is a column of. */
  table: FormField | null;
}

/** What the people of a step may do with each field: a row for each, a click on a head sets the whole column. */
export function Matrix({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const { form, fieldKinds, kinds } = useDesk();
  const [value, set] = useOption(node, 'fields');
  const states = objectOf(value);
  const holds = (field: FormField) => fieldKinds.get(field.kind)?.holds ?? 'value';
  const rows: Row[] = [];
  const gather = (fields: readonly FormField[], table: FormField | null) => {
    for (const field of fields) {
      if (holds(field) === 'layout') gather(field.fields ?? [], table);
      else {
        rows.push({ field, table });
        if (holds(field) === 'rows') gather(field.fields ?? [], field);
      }
    }
  };
  gather(form.fields, null);
  const fills = node.kind === 'fill' || node.kind === 'start';
  // What only shows the record to people has nothing that could be written.
  const shows = kinds.get(node.kind)?.work !== true && node.kind !== 'start';
  const all = rows.some((one) => one.field.mask !== undefined) ? MASKING : STATES;
  const offered = all.filter((one) => !shows || !['writable', 'required'].includes(one));
  const usual = fills ? 'writable' : 'read_only';
  const own = (id: string) => {
    const state = states[id];
    return typeof state === 'string' ? state : undefined;
  };
  const stateOf = ({ field, table }: Row) =>
    own(field.id) ?? (table === null ? usual : (own(table.id) ?? usual));
  const may = ({ field }: Row, state: string) => {
    const kind = fieldKinds.get(field.kind);
    const made = kind?.derived === true || kind?.issued === true || kind?.computed === true;
    return !made || !['writable', 'required'].includes(state);
  };
  const put = (some: readonly Row[], state: string) => {
    const next = new Map(Object.entries(states));
    for (const row of some) {
      if (!may(row, state)) continue;
      const inherited = row.table === null ? usual : (next.get(row.table.id) ?? usual);
      if (state === inherited) next.delete(row.field.id);
      else next.set(row.field.id, state);
    }
    set(next.size === 0 ? undefined : Object.fromEntries(next));
  };
  return (
    <div className="fw-matrix">
      <p className="hint">{t('flowdesigner.matrixHow')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('flowdesigner.field')}</th>
            {offered.map((state) => (
              <th key={state} scope="col">
                <button
                  type="button"
                  title={t('flowdesigner.setAll', { state: t(`flowdesigner.state.${state}`) })}
                  onClick={() => put(rows, state)}
                >
                  {t(`flowdesigner.state.${state}`)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { field, table } = row;
            const inherits = table !== null && own(field.id) === undefined;
            return (
              <tr key={field.id} className={inherits ? 'fw-inherits' : ''}>
                <th scope="row" className={table === null ? '' : 'fw-inner'}>
                  {field.title}
                </th>
                {offered.map((state) => (
                  <td key={state}>
                    <Radio
                      aria-label={`${field.title} ${t(`flowdesigner.state.${state}`)}`}
                      disabled={!may(row, state)}
                      checked={stateOf(row) === state}
                      onChange={() => put([row], state)}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
