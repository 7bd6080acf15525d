import type { MenuProps } from 'antd';
import { Dropdown } from 'antd';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { GridColumn } from './columns';
import { NARROWEST, WIDEST } from './columns';

interface GridHeaderProps {
  columns: readonly GridColumn[];
  /** Where each frozen column begins. */
  lefts: ReadonlyMap<string, number>;
  sort: string | null;
  titleOf: (column: GridColumn) => string;
  sortable: (column: GridColumn) => boolean;
  menuOf: (column: GridColumn) => NonNullable<MenuProps['items']>;
  onSort: (sort: string | null) => void;
  onWidth: (key: string, width: number | null, done: boolean) => void;
  onMove: (key: string, before: string | null) => void;
  onStep: (key: string, by: -1 | 1) => void;
  lead: React.ReactNode;
}

const STEP = 16;
const BEGINS = 6;

/** The heads of the columns: a click sorts, dragging moves, the edge sets the width. */
export function GridHeader(props: GridHeaderProps) {
  const { columns, lefts, sort, titleOf, sortable, menuOf, onSort, onWidth, onMove, onStep, lead } = props;
  const { t } = useTranslation();
  const head = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ key: string; before: string | null; x: number } | null>(null);
  const begun = useRef<{ key: string; x: number; moved: boolean } | null>(null);

  const place = (x: number) => {
    const cells = [...(head.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
    for (const cell of cells) {
      const box = cell.getBoundingClientRect();
      if (x < box.left + box.width / 2) return { before: cell.dataset['column'] ?? null, x: box.left };
    }
    return { before: null, x: cells.at(-1)?.getBoundingClientRect().right ?? x };
  };
  const down = (event: PointerEvent, key: string) => {
    if (event.button !== 0) return;
    begun.current = { key, x: event.clientX, moved: false };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const from = begun.current;
    if (from === null) return;
    if (!from.moved && Math.abs(event.clientX - from.x) < BEGINS) return;
    if (!from.moved) event.currentTarget.setPointerCapture(event.pointerId);
    from.moved = true;
    const target = place(event.clientX);
    const left = head.current?.getBoundingClientRect().left ?? 0;
    setDrag({ key: from.key, before: target.before, x: target.x - left });
  };
  const up = () => {
    if (drag !== null && drag.before !== drag.key) onMove(drag.key, drag.before);
    setDrag(null);
    // The click that follows would sort.
    setTimeout(() => (begun.current = null));
  };
  const resize = (event: PointerEvent<HTMLElement>, column: GridColumn) => {
    event.preventDefault();
    event.stopPropagation();
    const edge = event.currentTarget;
    const start = event.clientX;
    const width = (at: number) =>
      Math.round(Math.min(WIDEST, Math.max(NARROWEST, column.width + at - start)));
    edge.setPointerCapture(event.pointerId);
    const moving = (one: globalThis.PointerEvent) => onWidth(column.key, width(one.clientX), false);
    const done = (one: globalThis.PointerEvent) => {
      edge.removeEventListener('pointermove', moving);
      edge.removeEventListener('pointerup', done);
      if (one.clientX !== start) onWidth(column.key, width(one.clientX), true);
    };
    edge.addEventListener('pointermove', moving);
    edge.addEventListener('pointerup', done);
  };
  const keys = (event: KeyboardEvent, key: string) => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    onStep(key, event.key === 'ArrowLeft' ? -1 : 1);
  };
  return (
    <div className="grid-head" role="row" aria-rowindex={1} ref={head}>
      <div className="grid-lead" role="columnheader" aria-label={t('records.select')}>
        {lead}
      </div>
      {columns.map((column, at) => {
        const way = sort === column.key ? 'up' : sort === `-${column.key}` ? 'down' : undefined;
        const next = way === undefined ? column.key : way === 'up' ? `-${column.key}` : null;
        const title = titleOf(column);
        const last = column.frozen && columns[at + 1]?.frozen !== true;
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={at + 2}
            aria-sort={way === undefined ? 'none' : way === 'up' ? 'ascending' : 'descending'}
            data-column={column.key}
            className={`grid-th${column.frozen ? ' grid-frozen' : ''}${last ? ' grid-edge' : ''}${
              column.shape === 'number' ? ' grid-right' : ''
            }${drag?.key === column.key ? ' grid-dragged' : ''}`}
            style={{ width: column.width, left: lefts.get(column.key) }}
          >
            <button
              type="button"
              className="grid-title"
              title={title}
              onPointerDown={(event) => down(event, column.key)}
              onPointerMove={move}
              onPointerUp={up}
              onPointerCancel={up}
              onKeyDown={(event) => keys(event, column.key)}
              onClick={() => {
                if (begun.current?.moved !== true && sortable(column)) onSort(next);
              }}
            >
              <span className="grid-title-text">{title}</span>
              {way !== undefined && (
                <span className={way === 'up' ? 'records-arrow records-up' : 'records-arrow'}>
                  <Icon name="down" size={14} />
                </span>
              )}
            </button>
            <Dropdown trigger={['click']} menu={{ items: menuOf(column) }}>
              <button type="button" className="grid-menu" aria-label={t('records.grid.menu', { title })}>
                <Icon name="dots" size={14} />
              </button>
            </Dropdown>
            <span
              className="grid-resizer"
              role="separator"
              tabIndex={0}
              aria-orientation="vertical"
              aria-label={t('records.grid.resize', { title })}
              aria-valuenow={column.width}
              aria-valuemin={NARROWEST}
              aria-valuemax={WIDEST}
              onPointerDown={(event) => resize(event, column)}
              onDoubleClick={() => onWidth(column.key, null, true)}
              onKeyDown={(event) => {
                const by = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : 0;
                if (by === 0) return;
                event.preventDefault();
                onWidth(column.key, Math.min(WIDEST, Math.max(NARROWEST, column.width + by)), true);
              }}
            />
          </div>
        );
      })}
      {drag !== null && <span className="grid-drop" style={{ left: drag.x }} />}
    </div>
  );
}
