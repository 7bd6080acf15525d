import { checkRecord } from './checking/record';
import { say } from './checking/saying';
import type { Kinds } from './controls';
import type { Faults } from './faults';
import type { Worked } from './live/live';
import type { FieldState, FormField, Values } from './model';

interface Asked {
  fields: readonly FormField[];
  values: Values;
  worked: Worked;
  kinds: Kinds;
  language: string;
  /** What the reader may do with fields that are not simply theirs. */
  states: Partial<Record<string, FieldState>>;
  /** Of a change: the fields that differ; what was there before is not looked at again. */
  changed: ReadonlySet<string> | null;
  /** The words for a check that cannot be told. */
  unclear: string;
}

/** What this page finds wrong with a record, in the order of the form. */
export function localFaults(asked: Asked): Faults['list'] {
  const { fields, worked, kinds, changed, states } = asked;
  const stateAt = (place: string) => {
    const [, code = '', row, inner = ''] = place.split('/');
    const own = worked.own[code];
    return row === undefined || own?.shown === false ? own : worked.rows[code]?.[Number(row)]?.[inner];
  };
  const found = checkRecord(fields, asked.values, kinds, stateAt)
    .filter((one) => {
      const code = one.place.split('/')[1] ?? '';
      if (one.code === 'record_unknown_field' || one.code === 'entry_takes_nothing') return false;
      if (states[code] !== undefined) return false;
      return changed === null || changed.has(code) || stateAt(one.place)?.must === true;
    })
    .map((one) => ({
      place: one.place,
      title: titleAt(one.place, fields),
      message: say(one, asked.language),
    }));
  const checks = worked.faults.flatMap((one) => {
    const message = one.code === 'record_check' ? one.message : `${one.message}${asked.unclear}`;
    const places = one.places.length === 0 ? [''] : one.places;
    return places.map((place) => ({
      place,
      title: place === '' ? one.name : titleAt(place, fields),
      message,
    }));
  });
  const order = new Map(fields.map((one, at) => [one.code, at]));
  const rank = (place: string) => order.get(place.split('/')[1] ?? '') ?? Infinity;
  return [...found, ...checks].sort((one, other) => rank(one.place) - rank(other.place));
}

/** What people call a place: the title of its field, in a sub-table with the number of the row. */
export function titleAt(place: string, fields: readonly FormField[]): string {
  const [, code, row, inner] = place.split('/');
  const field = fields.find((one) => one.code === code);
  if (field === undefined || row === undefined) return field?.title ?? place;
  const walk = (of: readonly FormField[]): FormField[] =>
    of.flatMap((one) => [one, ...walk(one.fields ?? [])]);
  const column = walk(field.fields ?? []).find((one) => one.code === inner);
  return `${field.title} ${Number(row) + 1}${column === undefined ? '' : ` · ${column.title}`}`;
}
