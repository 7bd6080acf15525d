import type { KeyboardCoordinateGetter } from '@dnd-kit/core';
import { choicesOf } from '../../../forms/choices';
import type { FormField } from '../../../forms/model';
import { asText } from '../../../forms/model';
import { both } from '../asking';
import type { RecordGroup } from '../views/calls';

/** A column of a kanban: the records that share a value. */
export interface Column {
  key: string;
  group: RecordGroup;
  filter: unknown;
}

/** What tells columns apart. */
export function keyOf(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** The columns: every choice, also without records, what else stands in records, and what has no value. */
export function columnsOf(groups: readonly RecordGroup[], by: FormField, filter: unknown): Column[] {
  const empty = (value: unknown): RecordGroup => ({
    value,
    title: null,
    filter: value === null ? { field: by.code, is: 'empty' } : { field: by.code, is: 'equal', value },
    count: 0,
    totals: {},
    groups: [],
  });
  const choices: unknown[] = by.kind === 'switch' ? [true, false] : choicesOf(by);
  const others = groups
    .filter((one) => one.value !== null && !choices.includes(one.value))
    .map((one) => one.value);
  return [...choices, ...others, null].map((value) => {
    const group = groups.find((one) => one.value === value) ?? empty(value);
    return { key: keyOf(value), group, filter: both(filter ?? null, group.filter) };
  });
}

/** What a column is called. */
export function columnTitle(
  group: RecordGroup,
  by: FormField,
  without: string,
  words: readonly [string, string],
): string {
  if (group.value === null) return without;
  if (typeof group.value === 'boolean') return `${by.title} · ${words[group.value ? 0 : 1]}`;
  return group.title ?? asText(group.value);
}

/** A lifted card goes from column to column with the arrow keys. */
export const sideways: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const way = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
  if (way === 0) return event.code.startsWith('Arrow') ? currentCoordinates : undefined;
  event.preventDefault();
  const card = context.collisionRect;
  if (card === null) return currentCoordinates;
  const middle = card.left + card.width / 2;
  const boxes = [...context.droppableRects.values()].sort((one, other) => one.left - other.left);
  const next =
    way > 0 ? boxes.find((box) => box.left > middle) : boxes.reverse().find((box) => box.right < middle);
  if (next === undefined) return currentCoordinates;
  return {
    x: currentCoordinates.x + next.left + (next.width - card.width) / 2 - card.left,
    y: currentCoordinates.y,
  };
};
