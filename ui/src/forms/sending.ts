import type { Kinds } from './controls';
import type { LiveStates, Worked } from './live/live';
import type { FormField, Values } from './model';
import { flat, same } from './model';

const layoutOf = (kinds: Kinds) => (kind: string) => kinds.get(kind)?.holds === 'layout';

/** Whether nobody gives a field its value. */
export function isMade(field: FormField, kinds: Kinds): boolean {
  const kind = kinds.get(field.kind);
  return kind?.computed === true || kind?.derived === true || kind?.issued === true;
}

/** What of a record is sent: without what the server works out, and of a new one without what rules leave out. */
export function sent(
  fields: readonly FormField[],
  given: Values,
  worked: Worked,
  kinds: Kinds,
  fresh: boolean,
): Values {
  const row = (of: readonly FormField[], values: Values, states: LiveStates): [string, unknown][] =>
    flat(of, layoutOf(kinds)).flatMap((one) => {
      if (!(one.code in values) || isMade(one, kinds)) return [];
      const state = states[one.code];
      if (state?.locked === true || (state?.shown === false && fresh)) return [];
      return [[one.code, lines(one, values[one.code])] as [string, unknown]];
    });
  const lines = (one: FormField, value: unknown): unknown => {
    if (kinds.get(one.kind)?.holds !== 'rows' || !Array.isArray(value)) return value;
    const states = worked.rows[one.code] ?? [];
    return (value as Values[]).map((line, at) => {
      const found = row(one.fields ?? [], line, fresh ? (states[at] ?? {}) : {});
      return Object.fromEntries(found);
    });
  };
  return Object.fromEntries(row(fields, given, worked.own));
}

/** The rows as they were entered, from rows as they were shown together with what was worked out. */
export function entered(
  next: readonly Values[],
  shown: readonly Values[],
  before: readonly Values[],
): Values[] {
  const places = new Map(shown.map((row, at) => [row, at]));
  const alike = next.length === shown.length;
  return next.map((row, at) => {
    const old = places.get(row);
    if (old !== undefined) return before[old] ?? row;
    const [was, input] = [shown[at], before[at]];
    if (!alike || was === undefined || input === undefined) return row;
    const changes = Object.entries(row).filter(([code, value]) => value !== was[code]);
    return { ...input, ...Object.fromEntries(changes) };
  });
}

/** The values with what a rule locks as it was. */
export function unlocked(given: Values, before: Values, states: LiveStates): Values {
  const changes = Object.entries(states).flatMap(([code, state]) => {
    const was = before[code] ?? null;
    return state.locked && !same(given[code] ?? null, was) ? [[code, was] as const] : [];
  });
  return changes.length === 0 ? given : { ...given, ...Object.fromEntries(changes) };
}
