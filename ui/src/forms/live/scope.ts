import type { Value, WallTime } from '../../formula';
import { evaluate, Fault, toBoolean } from '../../formula';
import type { Values } from '../model';
import type { Compiled, Table } from './plan';
import { alike, toJson, toValue } from './values';

interface Remembered {
  from: readonly (Value | undefined)[];
  value: Value;
}

/** What gives the values of names that are not of the row itself. */
export interface Around {
  now: WallTime;
  /** The fields of the record around a row. */
  get: (code: string) => Value;
  list: (table: string, code: string) => Value;
  fact: (named: Value, code: string, fact: string) => Value | undefined;
}

/** A value that is not known here, since the reader may not see it or it stands elsewhere; the server knows it. */
export const UNKNOWN = new Fault('unknown', 0, 0);

/** The record itself or one row: what its fields hold for formulas, and what formulas came to the last time. */
export class Scope {
  private readonly held = new Map<string, { json: unknown; value: Value }>();
  private readonly computed = new Map<string, { value: Value; json: unknown }>();
  private readonly memory: (Remembered | undefined)[] = [];
  private given: Values = {};
  private set = new Set<string>();
  /** What was worked out the last time. */
  private was = new Set<string>();
  /** What rules have set. */
  private readonly ruled = new Set<string>();
  private out: Values = {};
  /** Whether what comes out is to be put together anew. */
  private stale = true;

  constructor(
    private readonly table: Table,
    private readonly unseen: ReadonlySet<string>,
  ) {}

  /** Begin anew with what was entered. */
  take(given: Values): void {
    if (given !== this.given) this.stale = true;
    this.given = given;
    [this.set, this.was] = [this.was, this.set];
    this.set.clear();
    this.ruled.clear();
  }

  /** What a field holds for formulas. */
  get(code: string): Value {
    if (this.set.has(code)) return this.computed.get(code)?.value ?? null;
    if (this.unseen.has(code)) return UNKNOWN;
    const json = this.given[code] ?? null;
    const known = this.held.get(code);
    if (known === undefined) return this.hold(code, json, null);
    return known.json === json ? known.value : this.hold(code, json, known.value);
  }

  private hold(code: string, json: unknown, before: Value): Value {
    const found = toValue(json, this.table.columns.get(code)?.type ?? 'text');
    const value = alike(before, found) ? before : found;
    this.held.set(code, { json, value });
    return value;
  }

  /** Put into a field what was worked out. */
  put(code: string, value: Value, byRule = false): void {
    this.set.add(code);
    if (byRule) this.ruled.add(code);
    if (!this.was.has(code)) this.stale = true;
    const known = this.computed.get(code);
    if (known !== undefined && alike(known.value, value)) return;
    const type = this.table.columns.get(code)?.type ?? 'text';
    this.computed.set(code, { value, json: toJson(value, type) });
    this.stale = true;
  }

  /** Whether a rule gives a field its value. */
  isSet(code: string): boolean {
    return this.ruled.has(code);
  }

  /** Work a formula out, unless all that it reads is as it was. */
  work(formula: Compiled, around: Around): Value {
    const from = formula.needs.map((need) => {
      if (need === undefined) return undefined;
      if (need.from === 'list') return around.list(need.table, need.code);
      const here = need.from === 'own' || (need.from === 'fact' && need.within === 'own');
      const value = here ? this.get(need.code) : around.get(need.code);
      if (need.from !== 'fact' || value === UNKNOWN) return value;
      const fact = around.fact(value, need.code, need.fact);
      return fact === undefined ? UNKNOWN : fact;
    });
    if (from.includes(UNKNOWN)) return UNKNOWN;
    const known = this.memory[formula.slot];
    if (!formula.now && known?.from.every((one, at) => one === from[at])) {
      return known.value;
    }
    const places = new Map(formula.names.map((name, at) => [name, from[at]]));
    const found = evaluate(formula.tree, (name) => places.get(name), around.now);
    const value = known !== undefined && alike(known.value, found) ? known.value : found;
    this.memory[formula.slot] = { from, value };
    return value;
  }

  /** Whether a condition holds; a fault where it cannot be said. */
  holds(formula: Compiled, around: Around): boolean | Fault {
    const value = this.work(formula, around);
    if (value instanceof Fault) return value;
    try {
      return toBoolean(value);
    } catch {
      return new Fault('formula_not_a_boolean', formula.tree.start, formula.tree.end);
    }
  }

  /** What was entered together with what was worked out; the same object while nothing differs. */
  values(): Values {
    // A rule that sets no longer may leave fewer.
    if (!this.stale && this.set.size === this.was.size) return this.out;
    const next: Values = { ...this.given };
    for (const code of this.set) {
      const made = this.computed.get(code);
      if (made?.value !== UNKNOWN) next[code] = made?.json ?? null;
    }
    const names = Object.keys(next);
    const same =
      names.length === Object.keys(this.out).length && names.every((code) => next[code] === this.out[code]);
    if (!same) this.out = next;
    this.stale = false;
    return this.out;
  }
}
