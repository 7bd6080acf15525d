import type { FormField } from '../forms/model';
import { walk } from './tree';

/** One field that differs between two states of a form. */
export interface Difference {
  field: string;
  title: string;
  what: 'added' | 'deleted' | 'changed' | 'moved';
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

const NOT_COMPARED = new Set(['id', 'fields']);

/** The options of a kind with what holds where nothing is said; the server completes them when a form is published. */
export type Defaults = (kind: string) => Record<string, unknown>;

const NONE: Defaults = () => ({});

/** What a field says: what is off or empty it does not say, and of its options every one. */
function facts(one: FormField, defaults: Defaults): Record<string, unknown> {
  const said = Object.entries(one).filter(
    ([name, value]) => !NOT_COMPARED.has(name) && value !== false && value !== '' && value !== null,
  );
  const options = { ...defaults(one.kind), ...one.options };
  return Object.fromEntries([
    ...said.filter(([name]) => name !== 'options'),
    ...(Object.entries(options).length === 0 ? [] : [['options', sorted(options)] as const]),
  ]);
}

function sorted(all: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => a.localeCompare(b)));
}

/** What stands before each field: its neighbour, or what it is within. */
function stands(fields: readonly FormField[], within = '', found = new Map<string, string>()) {
  let behind = within;
  for (const one of fields) {
    found.set(one.id, behind);
    stands(one.fields ?? [], one.id, found);
    behind = one.id;
  }
  return found;
}

/** What differs, in the order of the new state, what was deleted at the end. */
export function compare(
  old: readonly FormField[],
  now: readonly FormField[],
  defaults: Defaults = NONE,
): Difference[] {
  const before = new Map(walk(old).map((one) => [one.id, one]));
  const after = new Set(walk(now).map((one) => one.id));
  const [stood, stand] = [stands(old), stands(now)];
  const found: Difference[] = [];
  for (const one of walk(now)) {
    const was = before.get(one.id);
    const id = { field: one.id, title: one.title };
    if (was === undefined) {
      found.push({ ...id, what: 'added', before: {}, after: facts(one, defaults) });
      continue;
    }
    const [a, b] = [facts(was, defaults), facts(one, defaults)];
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
      (name) => !alike(a[name], b[name]),
    );
    if (names.length > 0) {
      found.push({ ...id, what: 'changed', before: only(a, names), after: only(b, names) });
    } else if (stood.get(one.id) !== stand.get(one.id) && after.has(stood.get(one.id) ?? '')) {
      found.push({ ...id, what: 'moved', before: {}, after: {} });
    }
  }
  for (const was of walk(old)) {
    if (after.has(was.id)) continue;
    found.push({ field: was.id, title: was.title, what: 'deleted', before: facts(was, defaults), after: {} });
  }
  return found;
}

function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function only(all: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
