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

function facts(one: FormField): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).filter(([name]) => !NOT_COMPARED.has(name)));
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
export function compare(old: readonly FormField[], now: readonly FormField[]): Difference[] {
  const before = new Map(walk(old).map((one) => [one.id, one]));
  const after = new Set(walk(now).map((one) => one.id));
  const [stood, stand] = [stands(old), stands(now)];
  const found: Difference[] = [];
  for (const one of walk(now)) {
    const was = before.get(one.id);
    const id = { field: one.id, title: one.title };
    if (was === undefined) {
      found.push({ ...id, what: 'added', before: {}, after: facts(one) });
      continue;
    }
    const [a, b] = [facts(was), facts(one)];
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
    found.push({ field: was.id, title: was.title, what: 'deleted', before: facts(was), after: {} });
  }
  return found;
}

function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function only(all: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
