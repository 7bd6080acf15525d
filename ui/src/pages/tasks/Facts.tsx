import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import { useKinds } from '../../forms/calls';
import { fieldsOf, shape } from '../../forms/controls';
import type { LiveStates } from '../../forms/live/live';
import type { FieldState, FormField, Values } from '../../forms/model';
import { isEmpty, widthOf } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';

interface FactsProps {
  fields: readonly FormField[];
  values: Values;
  states: Partial<Record<string, FieldState>>;
  /** What rules make of the fields. */
  shown: LiveStates;
}

const TOTALS = new Set(['rollup', 'formula', 'money']);
const LARGE = new Set(['rollup', 'formula']);

/** The record to be read: totals first, then its other fields, then each sub-table. */
export function Facts({ fields, values, states, shown }: FactsProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const phone = useIsPhone();
  const all = fieldsOf(fields, kinds).filter(
    (one) => !one.hidden && states[one.code] !== 'hidden' && shown[one.code]?.shown !== false,
  );
  const tables = all.filter((one) => shape(one, kinds) === 'rows' && !isEmpty(values[one.code]));
  const plain = all.filter((one) => shape(one, kinds) !== 'rows');
  const totals = plain.filter((one) => LARGE.has(one.kind) && !isEmpty(values[one.code]));
  const rest = plain.filter((one) => !totals.includes(one));
  // On a phone what says nothing only takes room.
  const listed = phone ? rest.filter((one) => !isEmpty(values[one.code])) : rest;
  if (all.length === 0) return null;
  return (
    <section className="card task-card task-facts" aria-label={t('tasks.facts')}>
      {totals.length > 0 && (
        <dl className="task-totals">
          {totals.map((one) => (
            <div key={one.id}>
              <dt>{one.title}</dt>
              <dd>
                <ShowValue field={one} value={values[one.code]} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <dl className="task-list-of-facts">
        {listed.map((one) => (
          <div
            key={one.id}
            className={TOTALS.has(one.kind) ? 'task-fact task-fact-strong' : 'task-fact'}
            style={{ '--span': widthOf(one) === 12 ? 12 : 6 } as React.CSSProperties}
          >
            <dt>
              {one.title}
              {states[one.code] === 'masked' && (
                <span className="field-kept" title={t('fields.masked')}>
                  {' '}
                  <Icon name="hidden" size={14} />
                </span>
              )}
            </dt>
            <dd>
              <ShowValue field={one} value={values[one.code]} />
            </dd>
          </div>
        ))}
      </dl>
      {tables.map((one) => (
        <div key={one.id} className="task-rows">
          <h3>{t('tasks.rows', { title: one.title, count: rowsOf(values[one.code]).length })}</h3>
          {phone ? (
            <RowCards field={one} rows={rowsOf(values[one.code])} />
          ) : (
            <ShowValue field={one} value={values[one.code]} />
          )}
        </div>
      ))}
    </section>
  );
}

const rowsOf = (value: unknown): Values[] => (Array.isArray(value) ? (value as Values[]) : []);

/** The rows of a sub-table on a phone: what names them left, the numbers right. */
function RowCards({ field, rows }: { field: FormField; rows: readonly Values[] }) {
  const kinds = useKinds();
  const columns = fieldsOf(field.fields ?? [], kinds).filter((one) => !one.hidden);
  const isNumber = (one: FormField) =>
    shape(one, kinds) === 'number' || one.kind === 'formula' || one.kind === 'rollup';
  const [words, numbers] = [columns.filter((one) => !isNumber(one)), columns.filter(isNumber)];
  return (
    <ul className="task-row-cards">
      {rows.map((row, at) => (
        <li key={at}>
          <div>
            {words
              .filter((one) => !isEmpty(row[one.code]))
              .map((one, place) => (
                <span key={one.id} className={place === 0 ? 'task-row-name' : 'task-row-more'}>
                  {place > 0 && <small>{one.title} </small>}
                  <ShowValue field={one} value={row[one.code]} short />
                </span>
              ))}
          </div>
          <div className="task-row-numbers">
            {numbers
              .filter((one) => !isEmpty(row[one.code]))
              .map((one, place) => (
                <span key={one.id} className={place === 0 ? 'task-row-name' : 'task-row-more'}>
                  <small>{one.title} </small>
                  <ShowValue field={one} value={row[one.code]} short />
                </span>
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
