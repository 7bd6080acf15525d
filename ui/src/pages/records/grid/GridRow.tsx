import { Checkbox } from 'antd';
import type { MouseEvent } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { asText } from '../../../forms/model';
import { CellValue, SystemValue } from '../CellValue';
import type { Onward } from './CellEditor';
import { CellEditor } from './CellEditor';
import type { GridColumn } from './columns';

interface GridRowProps {
  app: string;
  form: FormInfo;
  record: FormRecord;
  /** The place among all rows of the list. */
  index: number;
  columns: readonly GridColumn[];
  lefts: ReadonlyMap<string, number>;
  top: number;
  height: number;
  width: number;
  depth: number;
  /** Of a tree: how many records lie below. */
  below: number | null;
  /** Whether these are shown. */
  unfolded: boolean;
  selected: boolean;
  opened: boolean;
  /** The column whose cell is active, and the one being changed. */
  active: string | null;
  editing: FormField | null;
  on: RowEvents;
}

/** What can be done with a row. */
export interface RowEvents {
  open: (record: FormRecord) => void;
  activate: (record: FormRecord, column: string) => void;
  edit: (record: FormRecord, column: GridColumn) => void;
  edited: (onward: Onward) => void;
  select: (record: FormRecord, index: number, event: { shiftKey: boolean }) => void;
  toggle: (record: FormRecord) => void;
}

/** One record of a list. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { app, form, record, index, columns, lefts, top, height, width, depth, below, unfolded, on } = props;
  const { selected, opened, active, editing } = props;
  const { t } = useTranslation();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`grid-row${selected ? ' grid-selected' : ''}${opened ? ' grid-opened' : ''}${editing ? ' grid-editing' : ''}`}
      style={{ height, width, transform: `translateY(${top}px)` }}
    >
      <div className="grid-lead" role="gridcell">
        <Checkbox
          checked={selected}
          aria-label={t('records.selectOne', { id: record.id })}
          onClick={(event: MouseEvent) => on.select(record, index, event)}
        />
      </div>
      {columns.map((column, at) => {
        const here = active === column.key;
        const last = column.frozen && columns[at + 1]?.frozen !== true;
        const first = at === 0;
        const edits = editing !== null && here;
        return (
          <div
            key={column.key}
            role="gridcell"
            id={`cell-${record.id}-${column.key}`.replaceAll('#', '_')}
            aria-colindex={at + 2}
            className={`grid-cell${column.frozen ? ' grid-frozen' : ''}${last ? ' grid-edge' : ''}${
              column.shape === 'number' ? ' grid-right' : ''
            }${here ? ' grid-active' : ''}${first ? ' grid-first' : ''}`}
            style={{
              width: column.width,
              left: lefts.get(column.key),
              ...(first && { paddingLeft: 10 + depth * 20 }),
            }}
            onClick={() => {
              on.activate(record, column.key);
              if (first) on.open(record);
            }}
            onDoubleClick={() => !first && on.edit(record, column)}
          >
            {first && below !== null && (
              <button
                type="button"
                className={`grid-fold${unfolded ? ' grid-unfolded' : ''}`}
                hidden={below === 0}
                aria-expanded={unfolded}
                aria-label={t('records.grid.below', { count: below })}
                onClick={(event) => {
                  event.stopPropagation();
                  on.toggle(record);
                }}
              >
                <Icon name="right" size={14} />
              </button>
            )}
            {edits ? (
              <CellEditor app={app} form={form} record={record} field={editing} onDone={on.edited} />
            ) : (
              <span className="grid-value" {...(column.shape === 'text' && tip(record, column))}>
                {column.field === null ? (
                  <SystemValue record={record} name={column.key} />
                ) : (
                  <CellValue record={record} field={column.field} />
                )}
              </span>
            )}
            {first && (
              <button
                type="button"
                className="grid-open"
                tabIndex={-1}
                aria-label={t('records.grid.open', { id: record.id })}
                onClick={(event) => {
                  event.stopPropagation();
                  on.open(record);
                }}
              >
                <Icon name="widen" size={14} />
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
});

function tip(record: FormRecord, column: GridColumn) {
  return { title: column.field === null ? '' : asText(record.values[column.field.code]) };
}
