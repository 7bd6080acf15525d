import { newClientKey } from '../api/clientKey';
import type { FormField } from '../forms/model';
import type { Kind } from './declared';
import { contains, holdsOf } from './declared';

/** Where a field stands: in which container (null: the form itself) and how many stand before it. */
export interface Place {
  within: string | null;
  at: number;
}

type Kinds = ReadonlyMap<string, Kind>;

/** Every field at any depth, the outer before the inner. */
export function walk(fields: readonly FormField[]): FormField[] {
  return fields.flatMap((one) => [one, ...walk(one.fields ?? [])]);
}

/** The field with an id. */
export function find(fields: readonly FormField[], id: string): FormField | undefined {
  return walk(fields).find((one) => one.id === id);
}

/** Where the field with an id stands. */
export function placeOf(
  fields: readonly FormField[],
  id: string,
  within: string | null = null,
): Place | null {
  for (const [at, one] of fields.entries()) {
    if (one.id === id) return { within, at };
    const inner = placeOf(one.fields ?? [], id, one.id);
    if (inner !== null) return inner;
  }
  return null;
}

/** The fields that stand in a container. */
export function childrenOf(fields: readonly FormField[], within: string | null): readonly FormField[] {
  return within === null ? fields : (find(fields, within)?.fields ?? []);
}

/** The containers around a field, the outermost first. */
export function around(fields: readonly FormField[], id: string | null): FormField[] {
  if (id === null) return [];
  for (const one of fields) {
    if (one.id === id) return [one];
    const inner = around(one.fields ?? [], id);
    if (inner.length > 0) return [one, ...inner];
  }
  return [];
}

/** The fields with each one changed. */
export function mapped(fields: readonly FormField[], change: (one: FormField) => FormField): FormField[] {
  return fields.map((one) => {
    const inner = one.fields === undefined ? undefined : mapped(one.fields, change);
    const same = inner === undefined || inner.every((field, at) => field === one.fields?.[at]);
    return change(same ? one : { ...one, fields: inner });
  });
}

/** The fields without some and all that stands in them. */
export function without(fields: readonly FormField[], ids: ReadonlySet<string>): FormField[] {
  return fields
    .filter((one) => !ids.has(one.id))
    .map((one) => (one.fields === undefined ? one : { ...one, fields: without(one.fields, ids) }));
}

/** The fields with others put at a place. */
export function inserted(
  fields: readonly FormField[],
  place: Place,
  added: readonly FormField[],
): FormField[] {
  if (place.within === null) return [...fields.slice(0, place.at), ...added, ...fields.slice(place.at)];
  return mapped(fields, (one) =>
    one.id === place.within
      ? { ...one, fields: inserted(one.fields ?? [], { within: null, at: place.at }, added) }
      : one,
  );
}

/** The sub-table that a container stands in, or is; null where it is the form's own table. */
export function tableOf(fields: readonly FormField[], within: string | null, kinds: Kinds): string | null {
  return around(fields, within).findLast((one) => holdsOf(one, kinds) === 'rows')?.id ?? null;
}

/** How deep containers may stand in one another. */
const DEEPEST = 4;

function depth(field: FormField): number {
  return 1 + Math.max(0, ...(field.fields ?? []).map(depth));
}

/** Whether a field may stand in a container; a sub-table holds no sub-table and nothing that is numbered. */
export function fits(
  fields: readonly FormField[],
  within: string | null,
  field: FormField,
  kinds: Kinds,
): boolean {
  const containers = around(fields, within);
  if (containers.some((one) => one.id === field.id)) return false;
  if (!containers.every((one) => contains(one.kind, holdsOf(one, kinds)))) return false;
  if (containers.length + depth(field) > DEEPEST) return false;
  if (tableOf(fields, within, kinds) === null) return true;
  return walk([field]).every((one) => {
    const kind = kinds.get(one.kind);
    return kind === undefined ? true : kind.holds === 'value' && !kind.issued;
  });
}

/** The codes used in the table that a container belongs to. */
export function codesIn(
  fields: readonly FormField[],
  within: string | null,
  kinds: Kinds,
  except: ReadonlySet<string> = new Set(),
): Set<string> {
  const table = tableOf(fields, within, kinds);
  return new Set(ofTable(childrenOf(fields, table), kinds, except).map((one) => one.code));
}

function ofTable(fields: readonly FormField[], kinds: Kinds, except: ReadonlySet<string>): FormField[] {
  return fields.flatMap((one) => {
    const inner = holdsOf(one, kinds) === 'layout' ? ofTable(one.fields ?? [], kinds, except) : [];
    return except.has(one.id) ? inner : [one, ...inner];
  });
}

const LONGEST_CODE = 60;

/** A code that nobody has yet, made from words; it is what formulas call the field. */
export function codeFrom(words: string, taken: ReadonlySet<string>): string {
  const plain = words
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^[_\d]+|_+$/gu, '')
    .slice(0, LONGEST_CODE);
  return free(plain === '' ? 'field' : plain, taken);
}

function free(code: string, taken: ReadonlySet<string>): string {
  if (!taken.has(code)) return code;
  const stem = code.replace(/_\d+$/u, '');
  for (let number = 2; ; number++) {
    const next = `${stem}_${number}`;
    if (!taken.has(next)) return next;
  }
}

/** The fields with codes that clash with none of those taken; the codes of a sub-table's columns are its own. */
export function recoded(fields: readonly FormField[], taken: Set<string>, kinds: Kinds): FormField[] {
  return fields.map((one) => {
    const code = free(one.code, taken);
    taken.add(code);
    if (one.fields === undefined) return { ...one, code };
    const codes = holdsOf(one, kinds) === 'rows' ? new Set<string>() : taken;
    return { ...one, code, fields: recoded(one.fields, codes, kinds) };
  });
}

/** Copies with ids of their own; codes are settled when they are put somewhere. */
export function copied(fields: readonly FormField[]): FormField[] {
  return fields.map((one) => ({
    ...one,
    id: newClientKey(),
    ...(one.fields !== undefined && { fields: copied(one.fields) }),
  }));
}

/** A new field of a kind. */
export function fresh(kind: Kind, title: string): FormField {
  const shortest =
    kind.holds === 'value' && kind.common.includes('width') && NARROW.has(kind.stores[0] ?? '');
  return {
    id: newClientKey(),
    code: codeFrom(title, new Set()),
    kind: kind.name,
    title,
    ...(shortest && !WIDE.has(kind.name) && { width: 6 }),
    ...(contains(kind.name, kind.holds) && { fields: [] }),
  };
}

const NARROW = new Set(['text', 'number', 'boolean', 'date', 'moment', 'reference']);
const WIDE = new Set(['long_text', 'rich_text', 'choices', 'members', 'attachments', 'images']);
