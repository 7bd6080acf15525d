import type { Problem, ProblemItem } from '../api/problem';
import type { FormField, Values } from './model';

/** What the server found wrong with a record, sorted to where it stands. */
export interface Faults {
  /** By the place of the field: `/serial`, `/checks/0/good`. */
  at: ReadonlyMap<string, string>;
  /** Every fault at a field in the order of the form, for the summary on top. */
  list: { place: string; title: string; message: string }[];
  /** What belongs to no field that is shown. */
  rest: Problem | null;
}

export const NO_FAULTS: Faults = { at: new Map(), list: [], rest: null };

const TAKEN = new Set(['record_duplicate', 'record_twice']);

/** Sort the errors of a refused record to its fields; `fields` are those of the form itself, in the order shown. */
export function faultsOf(problem: Problem, fields: readonly FormField[]): Faults {
  const at = new Map<string, string>();
  const list: Faults['list'] = [];
  const left: ProblemItem[] = [];
  const order = new Map(fields.map((one, place) => [one.code, place]));
  for (const error of problem.errors ?? []) {
    const found = placeOf(error, fields);
    if (found === undefined) {
      left.push(error);
      continue;
    }
    const message = [error.message, error.advice].filter(Boolean).join('');
    if (!at.has(found.place)) at.set(found.place, message);
    list.push({ ...found, message });
  }
  list.sort((one, other) => rank(order, one.place) - rank(order, other.place));
  const whole = list.length === 0 || left.length > 0;
  return { at, list, rest: whole ? { ...problem, errors: left } : null };
}

function rank(order: ReadonlyMap<string, number>, place: string): number {
  return order.get(place.split('/')[1] ?? '') ?? 0;
}

function placeOf(error: ProblemItem, fields: readonly FormField[]) {
  const [, values, code, row, inner] = (error.pointer ?? '').split('/').map(unescaped);
  if (values === 'values' && code !== undefined) {
    const field = fields.find((one) => one.code === code);
    if (field === undefined) return undefined;
    if (row === undefined) return { place: `/${code}`, title: field.title };
    const column = field.fields?.find((one) => one.code === inner);
    const line = `${field.title} ${Number(row) + 1}`;
    return {
      place: inner === undefined ? `/${code}/${row}` : `/${code}/${row}/${inner}`,
      title: column === undefined ? line : `${line} · ${column.title}`,
    };
  }
  // A value that another record has is told by the title of its field alone.
  if (!TAKEN.has(error.code)) return undefined;
  const taken = fields.find((one) => one.unique && error.message.includes(`“${one.title}”`));
  return taken && { place: `/${taken.code}`, title: taken.title };
}

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The faults without those at a place and within it: what was changed is no longer wrong until the server says so. */
export function without(faults: Faults, place: string): Faults {
  const gone = (one: string) => one === place || one.startsWith(`${place}/`);
  if (![...faults.at.keys()].some(gone)) return faults;
  return {
    at: new Map([...faults.at].filter(([key]) => !gone(key))),
    list: faults.list.filter((one) => !gone(one.place)),
    rest: faults.rest,
  };
}

/** The faults within a place, their places told from there. */
export function within(faults: ReadonlyMap<string, string>, place: string): ReadonlyMap<string, string> {
  return new Map(
    [...faults].flatMap(([key, message]) =>
      key.startsWith(`${place}/`) ? [[key.slice(place.length), message] as const] : [],
    ),
  );
}

/** The faults that are left after a field was changed; of a sub-table only the cells that differ are looked at anew. */
export function settled(faults: Faults, code: string, before: unknown, after: unknown): Faults {
  if (faults.at.size === 0) return faults;
  const alike = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  if (!alike) return without(faults, `/${code}`);
  let left = faults;
  after.forEach((row: Values, at) => {
    const was = before[at] as Values;
    for (const name of Object.keys(row)) {
      if (row[name] !== was[name]) left = without(left, `/${code}/${at}/${name}`);
    }
  });
  return left;
}
