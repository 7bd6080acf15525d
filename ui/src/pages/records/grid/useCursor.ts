import type { KeyboardEvent, RefObject } from 'react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { copyText } from '../../../components/clipboard';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { patchRecord, useKinds } from '../../../forms/calls';
import { asText } from '../../../forms/model';
import type { Onward } from './CellEditor';
import type { GridColumn } from './columns';
import { mayEdit } from './editing';
import type { RowEvents } from './GridRow';
import type { Item } from './layout';
import { HEAD_HEIGHT, LEAD_WIDTH } from './layout';
import type { List } from './useList';
import { usePlain } from './usePlain';

/** The records that are chosen, by their numbers. */
export type Selection = ReadonlyMap<number, FormRecord>;

interface CursorProps {
  app: string;
  form: FormInfo;
  box: RefObject<HTMLDivElement | null>;
  columns: readonly GridColumn[];
  list: List;
  selection: Selection;
  onSelect: (next: Selection) => void;
  onOpen: (record: FormRecord) => void;
}

/** The cell that is active in a list, and what keys and clicks do with it. */
export function useCursor({ app, form, box, columns, list, selection, onSelect, onOpen }: CursorProps) {
  const kinds = useKinds();
  const [active, setActive] = useState<{ record: number; column: string } | null>(null);
  const [editing, setEditing] = useState(false);
  const anchor = useRef<number | null>(null);
  const { rows } = list;
  const places = useMemo(() => new Map(rows.map((one, at) => [one.id, at])), [rows]);
  const current = active === null ? undefined : rows[places.get(active.record) ?? -1];
  const at = columns.findIndex((one) => one.key === active?.column);
  const column = columns[at];
  const plain = usePlain(app, form);
  const writable = (record: FormRecord, one: GridColumn) =>
    one.field !== null && mayEdit(record, one.field, kinds);
  const put = (record: FormRecord, one: GridColumn) => {
    setActive({ record: record.id, column: one.key });
    if (box.current !== null) reveal(box.current, list.items, columns, record.id, one);
  };
  const go = (down: number, right: number) => {
    const from = current === undefined ? -1 : (places.get(current.id) ?? -1);
    const record = rows[Math.min(rows.length - 1, Math.max(0, from + down))];
    const next = columns[Math.min(columns.length - 1, Math.max(0, at + right))];
    if (record !== undefined && next !== undefined) put(record, next);
  };
  const begin = (record: FormRecord, one: GridColumn) => {
    setActive({ record: record.id, column: one.key });
    if (one.field === null || one.shape !== 'boolean') {
      setEditing(true);
      return;
    }
    const { code } = one.field;
    plain(record, code, () =>
      patchRecord(app, form.code, record.id, record.version, { [code]: record.values[code] !== true }),
    );
  };
  const edited = (onward: Onward) => {
    setEditing(false);
    box.current?.focus({ preventScroll: true });
    if (onward === 'down') go(1, 0);
    if ((onward !== 'next' && onward !== 'before') || current === undefined) return;
    const way = onward === 'next' ? columns.slice(at + 1) : columns.slice(0, Math.max(0, at)).reverse();
    const next = way.find((one) => writable(current, one));
    if (next === undefined) return;
    put(current, next);
    if (next.shape !== 'boolean') setEditing(true);
  };
  const select = (record: FormRecord, index: number, shift: boolean) => {
    const next = new Map(selection);
    const between =
      shift && anchor.current !== null
        ? rows.slice(Math.min(anchor.current, index), Math.max(anchor.current, index) + 1)
        : [record];
    const take = !selection.has(record.id);
    for (const one of between) {
      if (take) next.set(one.id, one);
      else next.delete(one.id);
    }
    anchor.current = index;
    onSelect(next);
  };
  const now: RowEvents = {
    open: onOpen,
    activate: (record, key) => {
      setActive({ record: record.id, column: key });
      if (!editing) box.current?.focus({ preventScroll: true });
    },
    edit: (record, one) => {
      if (writable(record, one)) begin(record, one);
    },
    edited,
    select: (record, index, event) => select(record, index, event.shiftKey),
    toggle: (record) => list.toggle(`>${record.id}`),
  };
  const events = useRef<RowEvents>(now);
  useLayoutEffect(() => {
    events.current = now;
  });
  // One object for good, so that rows are drawn again only when something of theirs differs.
  const [on] = useState<RowEvents>(() => ({
    open: (record) => events.current.open(record),
    activate: (record, key) => events.current.activate(record, key),
    edit: (record, one) => events.current.edit(record, one),
    edited: (onward) => events.current.edited(onward),
    select: (record, index, event) => events.current.select(record, index, event),
    toggle: (record) => events.current.toggle(record),
  }));
  const onCell = (event: KeyboardEvent, record: FormRecord, one: GridColumn): boolean => {
    const opens = event.ctrlKey || event.metaKey || event.shiftKey;
    if (event.key === 'F2' || (event.key === 'Enter' && !opens && writable(record, one))) {
      if (writable(record, one)) begin(record, one);
    } else if (event.key === 'Enter') onOpen(record);
    else if (event.key === ' ') select(record, places.get(record.id) ?? 0, event.shiftKey);
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey))
      void copyText(one.field === null ? String(record.id) : asText(record.values[one.field.code]));
    else return false;
    return true;
  };
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    if (editing || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / list.rowHeight) - 2);
    const steps: Partial<Record<string, [number, number]>> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: [0, -columns.length],
      End: [0, columns.length],
    };
    const step = steps[event.key];
    if (step !== undefined) go(...step);
    else if (event.key === 'Escape') onSelect(new Map());
    else if (current === undefined || column === undefined || !onCell(event, current, column)) return;
    event.preventDefault();
  };
  return { active, column, editing, places, on, keys };
}

/** Scroll so that a cell is in sight, beside what is frozen. */
function reveal(
  box: HTMLDivElement,
  items: readonly Item[],
  columns: readonly GridColumn[],
  id: number,
  one: GridColumn,
): void {
  const item = items.find((some) => some.kind === 'row' && some.record.id === id);
  if (item === undefined) return;
  const bottom = item.top + item.height + HEAD_HEIGHT;
  if (item.top < box.scrollTop) box.scrollTop = item.top;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  if (one.frozen) return;
  const before = columns.slice(0, columns.indexOf(one));
  const left = before.reduce((sum, some) => sum + some.width, LEAD_WIDTH);
  const fixed = columns.reduce((sum, some) => sum + (some.frozen ? some.width : 0), LEAD_WIDTH);
  if (left - fixed < box.scrollLeft) box.scrollLeft = left - fixed;
  else if (left + one.width > box.scrollLeft + box.clientWidth)
    box.scrollLeft = left + one.width - box.clientWidth;
}
