import type { Shape } from '../../../forms/model';

/** The ways to look at records. */
export type ViewKind = 'table' | 'kanban' | 'calendar' | 'gallery' | 'tree';

export const VIEW_KINDS: readonly ViewKind[] = ['table', 'kanban', 'calendar', 'gallery', 'tree'];

/** How a field is added up. */
export type Method = 'sum' | 'average' | 'min' | 'max' | 'filled';

/** A column in its place; fields that a view does not name stand behind. */
export interface ViewColumn {
  field: string;
  width?: number | null;
  frozen?: boolean;
  hidden?: boolean;
}

/** By what records are grouped, dates by which unit. */
export interface GroupBy {
  field: string;
  by?: string | null;
  down?: boolean;
}

/** What views of the kinds can be set to. */
export interface ViewOptions {
  row_height?: RowHeight;
  totals?: Record<string, Method>;
  folded?: boolean;
  by?: string;
  title?: string;
  fields?: string[];
  cover?: string;
  from?: string;
  to?: string;
  span?: 'month' | 'week';
  parent?: string;
}

export type RowHeight = 'low' | 'middle' | 'high';

/** How records are looked at. */
export interface ViewBody {
  kind: ViewKind;
  /** As the server takes it; null lets all through. */
  filter: unknown;
  sort: string | null;
  group: GroupBy[];
  columns: ViewColumn[];
  options: ViewOptions;
}

/** A saved view (视图). */
export interface SavedView extends ViewBody {
  id: string;
  name: string;
  shared: boolean;
  default: boolean;
  version: number;
  updated_at: string;
  updated_by: string;
  /** Fields that it names and the reader does not get. */
  left_out: { title: string; why: string }[];
}

/** What every form begins with: all records as a table. */
export const ALL: ViewBody = { kind: 'table', filter: null, sort: null, group: [], columns: [], options: {} };

const UNITS = ['day', 'week', 'month', 'year'] as const;

/** The units by which dates are grouped. */
export const DATE_UNITS: readonly string[] = UNITS;

/** Groups as an address has them: `state,-made:month`. */
export function groupText(group: readonly GroupBy[]): string {
  return group.map((one) => `${one.down ? '-' : ''}${one.field}${one.by ? `:${one.by}` : ''}`).join(',');
}

/** The groups that an address asks for. */
export function readGroup(text: string): GroupBy[] {
  return text
    .split(',')
    .filter((part) => part !== '' && part !== '-')
    .slice(0, 2)
    .map((part) => {
      const [field = '', by] = part.replace(/^-/, '').split(':');
      return {
        field,
        by: by !== undefined && DATE_UNITS.includes(by) ? by : null,
        down: part.startsWith('-'),
      };
    });
}

/** The parts of a view that count when two are compared, written the same way. */
export function written(body: ViewBody): string {
  const options = Object.entries<unknown>({ ...body.options })
    .filter(([, value]) => value != null && JSON.stringify(value) !== '{}' && JSON.stringify(value) !== '[]')
    .sort(([one], [other]) => one.localeCompare(other));
  return JSON.stringify([
    body.kind,
    body.filter ?? null,
    body.sort ?? null,
    groupText(body.group),
    body.columns.map((one) => [one.field, one.width ?? null, one.frozen === true, one.hidden === true]),
    options,
  ]);
}

/** The totals of a view as the server is asked for them. */
export function totalsText(options: ViewOptions): string | undefined {
  const parts = Object.entries(options.totals ?? {}).map(([code, how]) => `${code}:${how}`);
  return parts.length === 0 ? undefined : parts.join(',');
}

/** The ways in which a field of that shape can be added up. */
export function methodsOf(shape: Shape): readonly Method[] {
  if (shape === 'number') return ['sum', 'average', 'min', 'max', 'filled'];
  if (shape === 'date' || shape === 'moment') return ['min', 'max', 'filled'];
  return shape === 'rows' || shape === 'layout' || shape === 'derived' ? [] : ['filled'];
}

const GROUPED: ReadonlySet<Shape> = new Set([
  'text',
  'number',
  'boolean',
  'date',
  'date_range',
  'moment',
  'reference',
]);

/** Whether records can be grouped by a field of that shape. */
export function canGroup(shape: Shape): boolean {
  return GROUPED.has(shape);
}

/** Whether groups of a field of that shape have a unit. */
export function hasUnit(shape: Shape): boolean {
  return shape === 'date' || shape === 'moment' || shape === 'date_range';
}
