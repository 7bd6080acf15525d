import type { Kinds } from '../controls';
import type { FormField, Values } from '../model';
import { isEmpty } from '../model';
import { CHECKS } from './kinds';
import { codes } from './names';
import { isObject, Refusal } from './refusal';

/** Something that a field does not take. */
export interface EntryFault {
  /** `/serial`, `/checks/0/good`. */
  place: string;
  title: string;
  code: string;
  params: Readonly<Record<string, string | number>>;
}

/** What rules make of a field at a place. */
export type AskState = (place: string) => { shown: boolean; required: boolean } | undefined;

/** Everything that is wrong with the values of a record, in the order of the form: the same that the server says. */
export function checkRecord(
  fields: readonly FormField[],
  values: Values,
  kinds: Kinds,
  state: AskState = () => undefined,
): EntryFault[] {
  const found: EntryFault[] = [];
  const table = (of: readonly FormField[], held: Values, at: string) => {
    const known = inTable(of, kinds);
    const codesOf = new Set(known.map((one) => one.code));
    for (const code of Object.keys(held)) {
      if (!codesOf.has(code)) {
        found.push({
          place: `${at}/${code}`,
          title: code,
          code: 'record_unknown_field',
          params: { item: code },
        });
      }
    }
    for (const one of known) {
      const place = `${at}/${one.code}`;
      const how = state(place);
      if (how?.shown === false) continue;
      const value = one.code in held ? held[one.code] : (one.default ?? null);
      found.push(
        ...checkField({ ...one, required: how?.required ?? one.required ?? false }, value, kinds, place),
      );
      if (!Array.isArray(value) || kinds.get(one.kind)?.holds !== 'rows') continue;
      for (const [row, line] of (value as unknown[]).entries()) {
        if (isObject(line)) table(one.fields ?? [], line, `${place}/${row}`);
        else found.push(faultOf(one, `${place}/${row}`, 'record_not_rows'));
      }
    }
  };
  table(fields, values, '');
  return found;
}

/** What is wrong with the value of one field; nothing where it only the server can know. */
export function checkField(field: FormField, value: unknown, kinds: Kinds, place: string): EntryFault[] {
  const kind = kinds.get(field.kind);
  if (kind?.derived === true || kind?.issued === true || kind?.computed === true) {
    return isEmpty(value) ? [] : [faultOf(field, place, 'entry_takes_nothing')];
  }
  const missing = field.required === true ? [faultOf(field, place, 'record_required')] : [];
  if (isEmpty(value)) return missing;
  if (kind?.holds === 'rows') return Array.isArray(value) ? [] : [faultOf(field, place, 'record_not_rows')];
  try {
    const left = kind?.names === true ? codes(value, kind.many) : checkOf(field, value);
    return left ? [] : missing;
  } catch (error) {
    if (error instanceof Refusal) return [faultOf(field, place, error.code, error.params)];
    throw error;
  }
}

function checkOf(field: FormField, value: unknown): boolean {
  return CHECKS[field.kind]?.(value, field.options ?? {}) ?? true;
}

function faultOf(
  field: FormField,
  place: string,
  code: string,
  params: EntryFault['params'] = {},
): EntryFault {
  return { place, title: field.title, code, params: { ...params, field: field.title } };
}

function inTable(fields: readonly FormField[], kinds: Kinds): FormField[] {
  return fields.flatMap((one) =>
    kinds.get(one.kind)?.holds === 'layout' ? inTable(one.fields ?? [], kinds) : [one],
  );
}
