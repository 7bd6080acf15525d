import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { choicesOf } from '../../../forms/choices';
import type { FormField } from '../../../forms/model';
import { asText } from '../../../forms/model';
import { ShowValue } from '../../../forms/ShowValue';
import type { RecordGroup } from '../views/calls';
import type { GroupBy, Method } from '../views/model';
import type { GridColumn } from './columns';
import { LEAD_WIDTH } from './layout';
import { TotalValue } from './TotalValue';

interface GroupRowProps {
  group: RecordGroup;
  by: GroupBy;
  field: FormField | undefined;
  columns: readonly GridColumn[];
  lefts: ReadonlyMap<string, number>;
  totals: Readonly<Record<string, Method>>;
  style: CSSProperties;
  depth: number;
  open: boolean;
  onToggle: () => void;
}

/** The head of a group: its value, how many records it has, and what they add up to under their columns. */
export function GroupRow(props: GroupRowProps) {
  const { group, by, field, columns, lefts, totals, style, depth, open, onToggle } = props;
  const { t } = useTranslation();
  // The name stands over the columns that have no total, so that it is read whole.
  const first = columns.findIndex((one) => totals[one.key] !== undefined);
  const free = columns.slice(0, first < 0 ? columns.length : first);
  return (
    <div role="row" className="grid-group" style={style} aria-expanded={open}>
      <button
        type="button"
        role="gridcell"
        className="grid-group-name"
        style={{
          width: LEAD_WIDTH + free.reduce((sum, one) => sum + one.width, 0),
          paddingLeft: 10 + depth * 20,
        }}
        onClick={onToggle}
      >
        <span className={open ? 'grid-fold grid-unfolded' : 'grid-fold'}>
          <Icon name="right" size={14} />
        </span>
        <GroupValue group={group} by={by} field={field} />
        <span className="muted">{t('records.count', { count: group.count })}</span>
      </button>
      {columns.slice(free.length).map((column) => {
        const method = totals[column.key];
        return (
          <span
            key={column.key}
            role="gridcell"
            className={`grid-total${column.shape === 'number' ? ' grid-right' : ''}${column.frozen ? ' grid-frozen' : ''}`}
            style={{ width: column.width, left: lefts.get(column.key) }}
          >
            {method !== undefined && column.field !== null && (
              <TotalValue
                field={column.field}
                method={method}
                value={group.totals[`${column.key}:${method}`]}
              />
            )}
          </span>
        );
      })}
    </div>
  );
}

const DOTS = ['amber', 'grey', 'ink', 'green', 'teal', 'violet'] as const;

/** What a group is called: as its field shows values, dates by their unit. */
export function GroupValue({
  group,
  by,
  field,
}: {
  group: Pick<RecordGroup, 'value' | 'title'>;
  by?: GroupBy;
  field: FormField | undefined;
}) {
  const { t } = useTranslation();
  if (group.value === null)
    return <b className="muted">{t('records.without', { field: field?.title ?? '' })}</b>;
  if (by?.by === 'week') return <b>{t('records.weekOf', { day: asText(group.value) })}</b>;
  if (by?.by != null) return <b className="number">{asText(group.value)}</b>;
  if (group.title !== null) return <b>{group.title}</b>;
  const choices = field === undefined ? [] : choicesOf(field);
  if (choices.length > 0) {
    const place = choices.indexOf(asText(group.value));
    return (
      <b className="grid-choice">
        <i className={`group-dot group-dot-${DOTS[(place + DOTS.length) % DOTS.length] ?? 'grey'}`} />
        {asText(group.value)}
      </b>
    );
  }
  if (typeof group.value === 'boolean')
    return (
      <b>
        {field?.title} · {t(group.value ? 'yes' : 'no')}
      </b>
    );
  return (
    <b>{field === undefined ? asText(group.value) : <ShowValue field={field} value={group.value} short />}</b>
  );
}
