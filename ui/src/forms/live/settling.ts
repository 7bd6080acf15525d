import type { WallTime } from '../../formula';
import type { Values } from '../model';
import { same } from '../model';
import type { LiveForm, LiveStates, Worked } from './live';

/**
 * A record worked out until it holds nothing that is not there: what no rule shows is left empty in a new record, and
 * as it was in one that is changed (`before`). Each turn takes something more away, so that there is an end.
 */
export function settled(live: LiveForm, given: Values, before: Values | null, now?: WallTime): Worked {
  const absent = new Set<string>();
  let values = given;
  let worked = live.work(values, absent, now);
  for (;;) {
    const next = left(values, before, worked, absent);
    if (next === values) return worked;
    values = next;
    worked = live.work(values, absent, now);
  }
}

function left(values: Values, before: Values | null, worked: Worked, absent: Set<string>): Values {
  let next = row(values, worked.values, worked.own, '', absent, (code) => before?.[code] ?? null);
  for (const [table, states] of Object.entries(worked.rows)) {
    const lines = next[table];
    if (!Array.isArray(lines) || worked.own[table]?.shown === false) continue;
    const stood = before?.[table];
    const ends = worked.values[table] as Values[] | undefined;
    const found = (lines as Values[]).map((line, at) =>
      row(line, ends?.[at] ?? line, states[at] ?? {}, `/${table}/${at}`, absent, (code) => {
        // Rows have no names: what stood in the column may stand.
        const there = Array.isArray(stood) && (stood as Values[]).some((one) => same(one[code], line[code]));
        return there ? line[code] : null;
      }),
    );
    if (found.some((line, at) => line !== lines[at])) next = { ...next, [table]: found };
  }
  return next;
}

function row(
  values: Values,
  worked: Values,
  states: LiveStates,
  at: string,
  absent: Set<string>,
  was: (code: string) => unknown,
): Values {
  let next = values;
  for (const [code, state] of Object.entries(states)) {
    const place = `${at}/${code}`;
    if (state.shown || absent.has(place)) continue;
    absent.add(place);
    const old = was(code);
    // What a rule has given it is taken away too, which may change what follows from it.
    const ruled = state.set === true && !same(worked[code], old);
    if (ruled || !same(values[code], old)) next = { ...next, [code]: old };
  }
  return next;
}
