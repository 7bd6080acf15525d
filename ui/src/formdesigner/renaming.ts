import { wordsOf } from '../formulaeditor/reading';
import type { FormField, Rule } from '../forms/model';
import type { Kind } from './declared';
import { holdsOf } from './declared';
import { walk } from './tree';

type Kinds = ReadonlyMap<string, Kind>;
type Names = ReadonlyMap<string, string>;

/** A formula in which fields have other codes; a dotted name begins with the code. */
export function renamedFormula(formula: string, names: Names): string {
  if (names.size === 0) return formula;
  const renamed = (name: string) => {
    const [first = '', ...rest] = name.split('.');
    const next = names.get(first.trim());
    return next === undefined ? name : [next, ...rest].join('.');
  };
  return wordsOf(formula)
    .map((word) => {
      if (word.kind === 'name') return renamed(word.text);
      if (word.kind !== 'bracket') return word.text;
      return word.text.replace(/[^[\]{}【】]+/u, renamed);
    })
    .join('');
}

/** A text with formulas in braces in which fields have other codes. */
function renamedTemplate(text: string, names: Names): string {
  return text.replace(/\{([^{}]*)\}/gu, (_, formula: string) => `{${renamedFormula(formula, names)}}`);
}

/** Fields that got new codes, and the rules that came with them, go on naming one another. */
export function together(before: FormField[], after: FormField[], rules: Rule[], kinds: Kinds) {
  const names = newCodes(before, after, kinds);
  const there = new Set(walk(after).map((one) => one.id));
  const kept = rules.filter((one) => one.fields.every((id) => there.has(id)));
  return { fields: renamedFields(after, names, kinds), rules: renamedRules(kept, names) };
}

/** The codes that fields got in place of those they had; columns of a sub-table have names of their own. */
function newCodes(before: readonly FormField[], after: readonly FormField[], kinds: Kinds): Names {
  const found = new Map<string, string>();
  before.forEach((one, at) => {
    const next = after[at];
    if (next === undefined) return;
    if (one.code !== next.code) found.set(one.code, next.code);
    if (holdsOf(one, kinds) === 'rows') return;
    for (const [code, renamed] of newCodes(one.fields ?? [], next.fields ?? [], kinds)) {
      found.set(code, renamed);
    }
  });
  return found;
}

/** The names without those that columns of a sub-table have: there the column is meant. */
function around(names: Names, table: FormField | undefined): Names {
  const own = new Set(walk(table?.fields ?? []).map((one) => one.code));
  return new Map([...names].filter(([code]) => !own.has(code)));
}

/** Fields whose formulas and settings name others by their new codes. */
function renamedFields(fields: readonly FormField[], names: Names, kinds: Kinds): FormField[] {
  if (names.size === 0) return [...fields];
  const tables = new Map(walk(fields).map((one) => [one.code, one]));
  return fields.map((one) => {
    const inner = holdsOf(one, kinds) === 'rows' ? around(names, one) : names;
    return {
      ...one,
      ...(one.options && { options: renamedOptions(one, names, kinds, tables) }),
      ...(one.fields && { fields: renamedFields(one.fields, inner, kinds) }),
    };
  });
}

function renamedOptions(
  { kind, options = {} }: FormField,
  names: Names,
  kinds: Kinds,
  tables: ReadonlyMap<string, FormField>,
): Record<string, unknown> {
  const types = new Map(kinds.get(kind)?.options.map((one) => [one.name, one.type]));
  const { table } = options;
  const renamed = typeof table === 'string' ? (names.get(table) ?? table) : '';
  // A formula over the rows of a sub-table names its columns first.
  const within = renamed === '' ? names : around(names, tables.get(renamed));
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      const type = types.get(name);
      if (type === 'formula') return [name, renamedFormula(value, within)];
      if (type === 'template') return [name, renamedTemplate(value, names)];
      return [name, type === 'field' ? (names.get(value) ?? value) : value];
    }),
  );
}

/** Rules whose formulas name fields by their new codes. */
function renamedRules(rules: readonly Rule[], names: Names): Rule[] {
  return rules.map((one) => ({
    ...one,
    when: renamedFormula(one.when, names),
    ...(one.value !== undefined && { value: renamedFormula(one.value, names) }),
  }));
}
