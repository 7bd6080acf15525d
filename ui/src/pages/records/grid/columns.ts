import type { Kinds } from '../../../forms/controls';
import { askedShape } from '../../../forms/controls';
import type { FormField, Shape } from '../../../forms/model';
import type { ViewColumn } from '../views/model';

/** What every record has besides its fields. */
export type SystemColumn = '#id' | '#created_by' | '#created_at' | '#updated_by' | '#updated_at';

const SYSTEM: readonly SystemColumn[] = ['#created_by', '#created_at', '#updated_by', '#updated_at', '#id'];
const SYSTEM_SHOWN: ReadonlySet<string> = new Set(['#created_by', '#created_at']);
const USUALLY_SHOWN = 12;
export const NARROWEST = 56;
export const WIDEST = 900;

const WIDTHS: Record<Shape, number> = {
  text: 152,
  number: 92,
  boolean: 88,
  date: 116,
  date_range: 210,
  moment: 164,
  json: 190,
  reference: 150,
  references: 180,
  derived: 150,
  rows: 110,
  layout: 120,
};

/** A column of a list of records. */
export interface GridColumn {
  /** The code of its field, or what it shows of every record. */
  key: string;
  field: FormField | null;
  shape: Shape;
  width: number;
  frozen: boolean;
  hidden: boolean;
}

/** All columns in their order, the frozen ones first; what a view does not name stands behind. */
export function columnsOf(
  fields: readonly FormField[],
  given: readonly ViewColumn[],
  kinds: Kinds,
): GridColumn[] {
  const byCode = new Map(fields.map((one) => [one.code, one]));
  const known = given.filter((one) => byCode.has(one.field) || isSystem(one.field));
  const named = new Set(known.map((one) => one.field));
  const rest: ViewColumn[] = [...fields.map((one) => one.code), ...SYSTEM]
    .filter((key) => !named.has(key))
    .map((field, place) => ({
      field,
      hidden: isSystem(field) ? !SYSTEM_SHOWN.has(field) || given.length > 0 : place >= USUALLY_SHOWN,
      frozen: given.length === 0 && place === 0,
    }));
  const all = [...known, ...rest].map((one): GridColumn => {
    const field = byCode.get(one.field) ?? null;
    const shape = field === null ? systemShape(one.field) : askedShape(field, kinds);
    return {
      key: one.field,
      field,
      shape,
      width: Math.min(WIDEST, Math.max(NARROWEST, one.width ?? usualWidth(shape, field))),
      frozen: one.frozen === true,
      hidden: one.hidden === true,
    };
  });
  return [...all.filter((one) => one.frozen), ...all.filter((one) => !one.frozen)];
}

function isSystem(key: string): boolean {
  return (SYSTEM as readonly string[]).includes(key);
}

function systemShape(key: string): Shape {
  return key.endsWith('_at') ? 'moment' : key === '#id' ? 'number' : 'text';
}

function usualWidth(shape: Shape, field: FormField | null): number {
  if (field === null) return shape === 'moment' ? 140 : 96;
  const letters = field.title.split('').reduce((sum, one) => sum + (one.charCodeAt(0) > 255 ? 14 : 8), 44);
  const usual = field.options?.['choices'] !== undefined && shape === 'text' ? 104 : WIDTHS[shape];
  return Math.max(usual, Math.min(letters, 240));
}

/** Columns as a view keeps them; what is as usual says nothing of its width. */
export function kept(columns: readonly GridColumn[], given: readonly ViewColumn[]): ViewColumn[] {
  const widths = new Map(given.map((one) => [one.field, one.width ?? null]));
  return columns.map((one) => ({
    field: one.key,
    width: widths.get(one.key) ?? null,
    frozen: one.frozen,
    hidden: one.hidden,
  }));
}

/** Columns with one moved to the place of another; it is frozen as those around it are. */
export function moved(columns: readonly GridColumn[], key: string, before: string | null): GridColumn[] {
  const one = columns.find((column) => column.key === key);
  if (one === undefined || key === before) return [...columns];
  const rest = columns.filter((column) => column.key !== key);
  const place = before === null ? rest.length : rest.findIndex((column) => column.key === before);
  const at = place < 0 ? rest.length : place;
  const next = rest[at];
  const frozen = next === undefined ? false : next.frozen || (one.frozen && rest[at - 1]?.frozen === true);
  return [...rest.slice(0, at), { ...one, frozen }, ...rest.slice(at)];
}

/** Columns with one moved by a step among those that are shown. */
export function stepped(columns: readonly GridColumn[], key: string, by: -1 | 1): GridColumn[] {
  const shown = columns.filter((one) => !one.hidden);
  const place = shown.findIndex((one) => one.key === key);
  const other = shown[place + by];
  if (place < 0 || other === undefined) return [...columns];
  if (by < 0) return moved(columns, key, other.key);
  return moved(columns, key, shown[place + 2]?.key ?? null);
}

/** Columns frozen up to one; null frees all. */
export function frozenUpTo(columns: readonly GridColumn[], key: string | null): GridColumn[] {
  const shown = columns.filter((one) => !one.hidden);
  const last = shown.findIndex((one) => one.key === key);
  const frozen = new Set(shown.slice(0, last + 1).map((one) => one.key));
  return columns.map((one) => ({ ...one, frozen: frozen.has(one.key) }));
}
