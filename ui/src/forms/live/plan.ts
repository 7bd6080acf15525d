import type { Node } from '../../formula';
import { fieldsOf, readsNow } from '../../formula';
import type { Kinds } from '../controls';
import type { FormField, KindInfo, Rule } from '../model';
import type { ValueType } from './values';
import { typeOf } from './values';

/** A form with its rules and its formulas as trees, as the server publishes it. */
export interface RuledForm {
  fields: FormField[];
  rules?: Rule[];
  trees?: Readonly<Record<string, Node>>;
}

/** Where the value of a name in a formula comes from. */
export type Need =
  | { from: 'own' | 'around'; code: string }
  | { from: 'list'; table: string; code: string }
  | { from: 'fact'; within: 'own' | 'around'; code: string; fact: string };

/** A formula over the fields of one table. */
export interface Compiled {
  /** The place of what it came to last among those of the table. */
  slot: number;
  tree: Node;
  names: readonly string[];
  needs: readonly (Need | undefined)[];
  now: boolean;
}

/** Something that is worked out into a field. */
export type Step = { table: string | null; target: Column } & (
  | { does: 'formula'; formula: Compiled }
  | { does: 'rollup'; over: string; code: string; method: string; when: Compiled | undefined }
  | { does: 'set'; rules: { when: Compiled; value: Compiled }[] }
);

/** A rule at one of its fields. */
export interface Ruled {
  rule: Rule;
  when: Compiled;
}

/** A field of a table, with the rules that are about it. */
export interface Column {
  field: FormField;
  code: string;
  type: ValueType;
  /** Whether it holds several. */
  many: boolean;
  show: Ruled[];
  require: Ruled[];
  lock: Ruled[];
  /** The rules that show each of the parts of the page that it is laid out in. */
  within: readonly Ruled[][];
  /** Whether no rule shows, requires or locks it. */
  still: boolean;
}

/** A check that is looked at once for the record, or once for each row. */
export interface PlannedCheck extends Ruled {
  codes: string[];
}

/** One table of a form: the form's own, or a sub-table. */
export interface Table {
  code: string | null;
  columns: Map<string, Column>;
  checks: PlannedCheck[];
  slots: number;
}

/** A form made ready to be worked out again and again. */
export interface Plan {
  own: Table;
  tables: Map<string, Table>;
  steps: Step[];
  /** The codes of fields that are worked out when a record is read, by the server alone. */
  unseen: string[];
}

/** Make a form ready. */
export function planOf(form: RuledForm, kinds: Kinds): Plan {
  return new Planning(form, kinds).plan();
}

interface Home {
  table: Table;
  /** The rules that show it. */
  show: Ruled[];
  /** Missing for what is only layout. */
  column?: Column;
  /** Itself, or what is laid out within. */
  columns: Column[];
}

class Planning {
  private readonly own: Table = { code: null, columns: new Map(), checks: [], slots: 0 };
  private readonly tables = new Map<string, Table>();
  private readonly unseen: string[] = [];
  private readonly homes = new Map<string, Home>();

  constructor(
    private readonly form: RuledForm,
    private readonly kinds: Kinds,
  ) {
    this.place(form.fields, this.own, []);
  }

  plan(): Plan {
    const steps = this.steps();
    for (const rule of this.form.rules ?? []) this.rule(rule);
    for (const table of [this.own, ...this.tables.values()]) {
      for (const one of table.columns.values()) {
        one.still = [one.show, one.require, one.lock, ...one.within].every((some) => some.length === 0);
      }
    }
    return { own: this.own, tables: this.tables, steps, unseen: this.unseen };
  }

  private place(fields: readonly FormField[], table: Table, within: Ruled[][]): Column[] {
    return fields.flatMap((field) => {
      const show: Ruled[] = [];
      if (this.kinds.get(field.kind)?.holds === 'layout') {
        const columns = this.place(field.fields ?? [], table, [...within, show]);
        this.homes.set(field.id, { table, show, columns });
        return columns;
      }
      const type = typeOf(field, this.kinds, this.columnsOf(field));
      const column: Column = {
        ...{ field, code: field.code, type, many: isList(this.kinds.get(field.kind)), show },
        ...{ require: [], lock: [], within, still: true },
      };
      table.columns.set(field.code, column);
      const kind = this.kinds.get(field.kind);
      if (kind?.derived === true || kind?.issued === true) this.unseen.push(field.code);
      this.homes.set(field.id, { table, show, column, columns: [column] });
      if (this.kinds.get(field.kind)?.holds === 'rows') {
        const inner: Table = { code: field.code, columns: new Map(), checks: [], slots: 0 };
        this.tables.set(field.code, inner);
        this.place(field.fields ?? [], inner, []);
      }
      return [column];
    });
  }

  /** The columns that a roll-up may be over. */
  private columnsOf(field: FormField): FormField[] {
    const { table } = field.options ?? {};
    const walk = (fields: readonly FormField[]): FormField[] =>
      fields.flatMap((one) => [one, ...walk(one.fields ?? [])]);
    if (field.kind !== 'rollup') return [];
    return walk(walk(this.form.fields).find((one) => one.code === table)?.fields ?? []);
  }

  private compiled(text: unknown, table: Table): Compiled | undefined {
    const tree = typeof text === 'string' ? this.form.trees?.[text] : undefined;
    if (tree === undefined) return undefined;
    const names = fieldsOf(tree);
    const needs = names.map((name) => this.need(name, table));
    return { slot: table.slots++, tree, names, needs, now: readsNow(tree) };
  }

  private need(name: string, table: Table): Need | undefined {
    const dot = name.indexOf('.');
    const first = dot < 0 ? name : name.slice(0, dot);
    const rest = dot < 0 ? '' : name.slice(dot + 1);
    const within = table.columns.has(first) ? 'own' : 'around';
    const inner = this.tables.get(first);
    if (rest === '') {
      const known = table.columns.has(first) || this.own.columns.has(first);
      return known && (within === 'own' && table.code !== null ? true : inner === undefined)
        ? { from: within, code: first }
        : undefined;
    }
    if (inner !== undefined && (within === 'around' || table.code === null)) {
      return inner.columns.has(rest) ? { from: 'list', table: first, code: rest } : undefined;
    }
    const known = table.columns.has(first) || this.own.columns.has(first);
    return known ? { from: 'fact', within, code: first, fact: rest } : undefined;
  }

  /** What is worked out, each after what it needs; what goes round in a circle is left out: the server refuses it. */
  private steps(): Step[] {
    const waiting = new Map<string, { step: Step; needs: string[] }>();
    for (const table of [this.own, ...this.tables.values()]) {
      for (const column of table.columns.values()) {
        const found = this.worked(column, table) ?? this.set(column, table);
        if (found !== undefined) waiting.set(key(table.code, column.code), found);
      }
    }
    const done: Step[] = [];
    const open = new Set<string>();
    const visit = (name: string) => {
      const one = waiting.get(name);
      if (one === undefined || open.has(name)) return;
      open.add(name);
      one.needs.forEach(visit);
      if (waiting.delete(name)) done.push(one.step);
    };
    [...waiting.keys()].forEach(visit);
    return done;
  }

  private worked(target: Column, table: Table): { step: Step; needs: string[] } | undefined {
    const { kind, options = {} } = target.field;
    if (kind === 'formula') {
      const formula = this.compiled(options['formula'], table);
      if (formula === undefined) return undefined;
      return {
        step: { table: table.code, target, does: 'formula', formula },
        needs: keysOf(formula, table.code),
      };
    }
    if (kind !== 'rollup' || table.code !== null) return undefined;
    const [over, code, method] = ['table', 'field', 'method'].map((name) => textOf(options[name]));
    const inner = this.tables.get(over ?? '');
    if (inner === undefined || over === undefined || code === undefined || method === undefined)
      return undefined;
    const when = this.compiled(options['when'], inner);
    const needs = [key(over, code), ...(when === undefined ? [] : keysOf(when, over))];
    return { step: { table: null, target, does: 'rollup', over, code, method, when }, needs };
  }

  private set(target: Column, table: Table): { step: Step; needs: string[] } | undefined {
    const rules = (this.form.rules ?? [])
      .filter((one) => one.kind === 'set' && one.fields.includes(target.field.id))
      .flatMap((one) => {
        const [when, value] = [this.compiled(one.when, table), this.compiled(one.value, table)];
        return when === undefined || value === undefined ? [] : [{ when, value }];
      });
    if (rules.length === 0) return undefined;
    const needs = rules.flatMap((one) => [...keysOf(one.when, table.code), ...keysOf(one.value, table.code)]);
    return { step: { table: table.code, target, does: 'set', rules }, needs };
  }

  private rule(rule: Rule): void {
    const { kind } = rule;
    if (kind === 'set') return;
    const homes = rule.fields.flatMap((id) => this.homes.get(id) ?? []);
    if (kind === 'check') {
      this.check(rule, homes);
      return;
    }
    const formulas = new Map<Table, Compiled | undefined>();
    for (const { table, show, column } of homes) {
      if (!formulas.has(table)) formulas.set(table, this.compiled(rule.when, table));
      const when = formulas.get(table);
      if (when === undefined) continue;
      if (kind === 'show') show.push({ rule, when });
      else column?.[kind].push({ rule, when });
    }
  }

  private check(rule: Rule, homes: Home[]): void {
    const tables = new Set(homes.map((one) => one.table));
    if (tables.size === 0) tables.add(this.own);
    for (const table of tables) {
      const when = this.compiled(rule.when, table);
      const some = homes.filter((one) => one.table === table);
      const codes = some.flatMap((one) => one.columns.map((column) => column.code));
      if (when !== undefined) table.checks.push({ rule, when, codes });
    }
  }
}

/** Whether the fields of a kind hold a list. */
const isList = (kind: KindInfo | undefined) => kind?.many === true || LISTS.has(kind?.name ?? '');
const LISTS = new Set(['choices', 'tags']);

const textOf = (option: unknown) => (typeof option === 'string' ? option : '');

/** What a field of a table is called in the graph of what needs what. */
const key = (table: string | null, code: string) => (table === null ? code : `${table}.${code}`);

function keysOf(formula: Compiled, table: string | null): string[] {
  return formula.needs.flatMap((need) => {
    if (need === undefined) return [];
    if (need.from === 'list') return [key(need.table, need.code)];
    const within = need.from === 'fact' ? need.within : need.from;
    return [key(within === 'own' ? table : null, need.code)];
  });
}
