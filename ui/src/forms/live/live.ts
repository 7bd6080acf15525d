import type { Value, WallTime } from '../../formula';
import { Fault, presentMoment } from '../../formula';
import type { Kinds } from '../controls';
import type { Values } from '../model';
import { finished, fitted } from './finishing';
import type { Column, Plan, PlannedCheck, Ruled, RuledForm, Step, Table } from './plan';
import { planOf } from './plan';
import { rolledUp } from './rollup';
import type { Around } from './scope';
import { Scope, UNKNOWN } from './scope';
import { alike } from './values';

/** What rules make of one field at one place. */
export interface LiveState {
  shown: boolean;
  required: boolean;
  locked: boolean;
  /** The name of the rule that locks it. */
  by?: string;
  /** Whether a rule gives it its value at present. */
  set?: boolean;
  /** Whether a rule requires it, apart from what the field says of itself. */
  must?: boolean;
}

/** What rules make of the fields of one table, by their codes. */
export type LiveStates = Readonly<Record<string, LiveState>>;

/** A check that does not hold. */
export interface LiveFault {
  code: 'record_check' | 'record_check_fault';
  rule: string;
  name: string;
  message: string;
  /** The places of its fields: `/lines/0/qty`; none where it is about the record as a whole. */
  places: string[];
}

/** A record worked out. */
export interface Worked {
  values: Values;
  own: LiveStates;
  /** By the code of the sub-table, a row each. */
  rows: Readonly<Record<string, readonly LiveStates[]>>;
  faults: readonly LiveFault[];
}

/** Says a fact of what a field names; undefined where it is not known here. */
export type Facts = (named: Value, code: string, fact: string) => Value | undefined;

interface Knowing {
  facts?: Facts;
  /** The codes of fields whose values are not known here, in any table. */
  unseen?: ReadonlySet<string>;
}

const EMPTY: Values = {};
const NOBODY: ReadonlySet<string> = new Set();
const USUAL: LiveState = { shown: true, required: false, locked: false };
const REQUIRED: LiveState = { shown: true, required: true, locked: false };

/** A form at work: it says what comes of the values of a record, and remembers what it need not work out again. */
export class LiveForm {
  private readonly plan: Plan;
  private readonly own: Scope;
  private readonly rows = new Map<string, { given: Values; scope: Scope }[]>();
  private lists = new Map<string, Value>();
  private known = new Map<string, Value>();
  private states = new Map<string, LiveState>();
  private absent = NOBODY;
  private readonly facts: Facts;
  private readonly unseen: ReadonlySet<string>;

  constructor(form: RuledForm, kinds: Kinds, { facts = () => undefined, unseen = new Set() }: Knowing = {}) {
    this.facts = (named, code, fact) => (named === null ? null : facts(named, code, fact));
    this.plan = planOf(form, kinds);
    this.unseen = new Set([...unseen, ...this.plan.unseen]);
    this.own = new Scope(this.plan.own, this.unseen);
  }

  /** Whether anything is worked out or ruled at all. */
  get still(): boolean {
    const tables = [this.plan.own, ...this.plan.tables.values()];
    const still = (one: Table) =>
      one.checks.length === 0 && [...one.columns.values()].every((column) => column.still);
    return this.plan.steps.length === 0 && tables.every(still);
  }

  /** Work a record out; what is absent is set by no rule. */
  work(given: Values, absent: ReadonlySet<string> = NOBODY, now: WallTime = presentMoment()): Worked {
    this.take(given);
    this.absent = absent;
    const around: Around = {
      now,
      get: (code) => this.own.get(code),
      list: (table, code) => this.list(table, code),
      fact: this.facts,
    };
    for (const step of this.plan.steps) this.step(step, around);
    const faults: LiveFault[] = [];
    const own = this.table(this.plan.own, this.own, around, '', faults);
    const rows: Record<string, readonly LiveStates[]> = {};
    for (const [code, table] of this.plan.tables) {
      const shown = own[code]?.shown !== false;
      rows[code] = (this.rows.get(code) ?? []).map(({ scope }, at) =>
        this.table(table, scope, around, `/${code}/${at}`, shown ? faults : []),
      );
    }
    return { values: this.values(given), own, rows, faults };
  }

  private take(given: Values): void {
    this.own.take(given);
    this.known = this.lists;
    this.lists = new Map();
    for (const [code, table] of this.plan.tables) {
      const before = this.rows.get(code) ?? [];
      const byRow = new Map(before.map((one) => [one.given, one.scope]));
      const lines = (Array.isArray(given[code]) ? (given[code] as unknown[]) : []).map((one) =>
        typeof one === 'object' && one !== null ? (one as Values) : EMPTY,
      );
      const kept = new Set(lines.map((one) => byRow.get(one)));
      const used = new Set<Scope>();
      const next = lines.map((line, at) => {
        // A row that was edited is another object at the same place; what it remembers is mostly still right.
        const edited = before[at]?.scope;
        let scope = byRow.get(line) ?? (edited !== undefined && !kept.has(edited) ? edited : undefined);
        if (scope === undefined || used.has(scope)) scope = new Scope(table, this.unseen);
        used.add(scope);
        scope.take(line);
        return { given: line, scope };
      });
      this.rows.set(code, next);
    }
  }

  /** The values of a column over the rows; the same list while they are the same. */
  private list(table: string, code: string): Value {
    const key = `${table}.${code}`;
    const found = this.lists.get(key);
    if (found !== undefined) return found;
    const values = (this.rows.get(table) ?? []).map(({ scope }) => scope.get(code));
    const before = this.known.get(key);
    if (values.includes(UNKNOWN)) return UNKNOWN;
    const list = before !== undefined && alike(before, values) ? before : values;
    this.lists.set(key, list);
    return list;
  }

  private step(step: Step, around: Around): void {
    if (step.table === null) {
      this.into(step, this.own, around, `/${step.target.code}`);
      return;
    }
    for (const [at, { scope }] of (this.rows.get(step.table) ?? []).entries()) {
      this.into(step, scope, around, `/${step.table}/${at}/${step.target.code}`);
    }
    this.lists.delete(`${step.table}.${step.target.code}`);
  }

  private into(step: Step, scope: Scope, around: Around, place: string): void {
    const { target } = step;
    if (step.does === 'formula') {
      const found = scope.work(step.formula, around);
      scope.put(target.code, found === UNKNOWN ? found : finished(found, target));
    } else if (step.does === 'rollup') {
      const found = this.rollup(step, around);
      scope.put(target.code, found === UNKNOWN ? found : finished(found, target));
    } else if (!this.absent.has(place)) {
      for (const { when, value } of step.rules) {
        if (scope.holds(when, around) !== true) continue;
        const found = fitted(scope.work(value, around), target);
        if (found !== undefined) scope.put(target.code, found, true);
      }
    }
  }

  private rollup(step: Extract<Step, { does: 'rollup' }>, around: Around): Value {
    const { over, code, method, when } = step;
    const rows = this.rows.get(over) ?? [];
    const held = rows.map(({ scope }) => when === undefined || scope.holds(when, around));
    const values = rows.filter((_, at) => held[at] === true).map(({ scope }) => scope.get(code));
    if (values.includes(UNKNOWN) || held.includes(UNKNOWN)) return UNKNOWN;
    try {
      return rolledUp(method, values);
    } catch {
      // Something among them is no number, or has no order: there is no sum, and no least of them.
      return null;
    }
  }

  private table(table: Table, scope: Scope, around: Around, at: string, faults: LiveFault[]): LiveStates {
    const found: Record<string, LiveState> = {};
    for (const column of table.columns.values()) found[column.code] = this.state(column, scope, around);
    for (const check of table.checks) {
      const fault = failed(check, scope, around, at, found);
      if (fault !== undefined) faults.push(fault);
    }
    return found;
  }

  private state(column: Column, scope: Scope, around: Around): LiveState {
    const set = scope.isSet(column.code);
    if (column.still && !set) return column.field.required === true ? REQUIRED : USUAL;
    const holds = (one: Ruled) => scope.holds(one.when, around);
    const there = (rules: readonly Ruled[]) =>
      rules.length === 0 || rules.some((one) => holds(one) !== false);
    const shown = there(column.show) && column.within.every(there);
    const must = shown && column.require.some((one) => holds(one) === true);
    const required = must || (shown && column.field.required === true);
    const by = shown ? column.lock.find((one) => holds(one) === true)?.rule.name : undefined;
    // The same object for the same state, so that what is drawn from it stays as it is.
    const key = `${shown} ${required} ${must} ${set} ${by ?? ''}`;
    const state = this.states.get(key) ?? {
      ...{ shown, required, locked: by !== undefined },
      ...(by !== undefined && { by }),
      ...(set && { set }),
      ...(must && { must }),
    };
    this.states.set(key, state);
    return state;
  }

  private values(given: Values): Values {
    const found = this.own.values();
    const rows = [...this.plan.tables.keys()].flatMap((code) => {
      const before = found[code];
      if (!Array.isArray(before)) return [];
      const next = (this.rows.get(code) ?? []).map(({ scope }) => scope.values());
      return next.every((row, at) => row === before[at]) ? [] : [[code, next] as const];
    });
    if (rows.length > 0) return { ...found, ...Object.fromEntries(rows) };
    return found === given ? given : found;
  }
}

/** What a check says that does not hold; of fields that are not there it says nothing. */
function failed(
  { rule, when, codes }: PlannedCheck,
  scope: Scope,
  around: Around,
  at: string,
  states: LiveStates,
): LiveFault | undefined {
  const there = codes.filter((code) => states[code]?.shown !== false);
  if (codes.length > 0 && there.length === 0) return undefined;
  const held = scope.holds(when, around);
  if (held === true || held === UNKNOWN) return undefined;
  return {
    code: held instanceof Fault ? 'record_check_fault' : 'record_check',
    ...{ rule: rule.id, name: rule.name, message: rule.message ?? '' },
    places: there.map((code) => `${at}/${code}`),
  };
}
