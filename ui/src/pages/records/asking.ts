import type { FormField, Shape } from '../../forms/model';
import { isEmpty } from '../../forms/model';

/** One comparison of a field with a value. */
export interface Comparison {
  field: string;
  is: Compare;
  value?: unknown;
}

/** Conditions that hold together, or of which one is enough. */
export interface Group {
  join: 'and' | 'or';
  parts: (Comparison | Group)[];
}

const ORDERED = ['equal', 'unequal', 'less', 'at_most', 'more', 'at_least', 'between'] as const;
const TEXT = ['contains', 'equal', 'unequal', 'begins', 'one_of'] as const;
const ALWAYS = ['empty', 'filled'] as const;

/** The ways to compare, as the server names them. */
export type Compare = (typeof ORDERED)[number] | (typeof TEXT)[number] | (typeof ALWAYS)[number];

const BY_SHAPE: Record<Shape, readonly Compare[]> = {
  text: [...TEXT, ...ALWAYS],
  number: [...ORDERED, ...ALWAYS],
  date: [...ORDERED, ...ALWAYS],
  date_range: [...ORDERED, ...ALWAYS],
  moment: ['at_least', 'less', 'between', ...ALWAYS],
  boolean: ['equal', ...ALWAYS],
  reference: ['equal', 'unequal', 'one_of', ...ALWAYS],
  references: [...ALWAYS],
  json: ['contains', ...ALWAYS],
  derived: [],
  rows: [],
  layout: [],
};

/** The comparisons that a field of that shape knows, the most usual first. */
export function comparisonsOf(shape: Shape): readonly Compare[] {
  return BY_SHAPE[shape];
}

/** Whether a comparison asks for a value. */
export function asksValue(is: Compare): boolean {
  return is !== 'empty' && is !== 'filled';
}

/** Whether a part of a filter is a group. */
export function isGroup(part: Comparison | Group): part is Group {
  return 'join' in part;
}

/** Whether a comparison says enough to be asked. */
export function complete({ field, is, value }: Comparison): boolean {
  if (field === '') return false;
  if (!asksValue(is)) return true;
  if (is === 'between') return Array.isArray(value) && value.length === 2 && !value.some(isEmpty);
  return !isEmpty(value);
}

/** A filter as the server takes it; what is not complete yet is left out, null where nothing is left. */
export function written(group: Group): unknown {
  const parts = group.parts.flatMap((part) => {
    if (!isGroup(part)) return complete(part) ? [asksValue(part.is) ? part : without(part)] : [];
    const inner = written(part);
    return inner === null ? [] : [inner];
  });
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0] : { [group.join]: parts };
}

function without({ field, is }: Comparison) {
  return { field, is };
}

/** A filter as the server has it, to be shown and changed; an empty one where there is none, or where it is no filter. */
export function groupOf(raw: unknown): Group {
  const found = partOf(raw);
  if (found === null) return { join: 'and', parts: [] };
  return isGroup(found) ? found : { join: 'and', parts: [found] };
}

function partOf(raw: unknown): Comparison | Group | null {
  if (typeof raw !== 'object' || raw === null) return null;
  for (const join of ['and', 'or'] as const) {
    const parts = (raw as Record<string, unknown>)[join];
    if (Array.isArray(parts)) {
      return { join, parts: parts.flatMap((one) => partOf(one) ?? []) };
    }
  }
  const { field, is } = raw as Record<string, unknown>;
  if (typeof field !== 'string' || typeof is !== 'string') return null;
  return raw as Comparison;
}

/** How many comparisons of a filter are complete. */
export function count(group: Group): number {
  return group.parts.reduce((sum, part) => sum + (isGroup(part) ? count(part) : Number(complete(part))), 0);
}

const MOST_SEARCHED = 30;

/** What a search looks for: a text in every text field, a number in every field of numbers; null where it looks nowhere. */
export function searching(text: string, fields: readonly { field: FormField; shape: Shape }[]): unknown {
  const wanted = text.trim();
  if (wanted === '') return null;
  const number = Number(wanted);
  const parts = fields.flatMap(({ field, shape }): Comparison[] => {
    if (shape === 'text') return [{ field: field.code, is: 'contains', value: wanted }];
    if (shape === 'number' && Number.isFinite(number))
      return [{ field: field.code, is: 'equal', value: number }];
    return [];
  });
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0] : { or: parts.slice(0, MOST_SEARCHED) };
}

/** Both of two filters, either of which may be missing. */
export function both(one: unknown, other: unknown): unknown {
  if (one === null) return other;
  return other === null ? one : { and: [one, other] };
}
