import type { Node } from '../formula';
import type { EditorField } from '../formulaeditor/fields';
import { wordsOf, written } from '../formulaeditor/reading';
import type { FormField, Rule } from '../forms/model';
import { walk } from './tree';

/** How a field compares with a value. */
export type Operator =
  'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'has' | 'lacks' | 'in' | 'empty' | 'filled' | 'yes' | 'no';

/** One condition on a field, as people put it together. */
export interface Condition {
  field: string;
  operator: Operator;
  /** As the formula writes it: a text, a number as text, several texts; nothing for those that compare with nothing. */
  value: string | string[];
}

/** Conditions of which all must hold, or any. */
export interface Group {
  all: boolean;
  parts: (Condition | Group)[];
}

const COMPARED: Partial<Record<Operator, string>> = {
  ...{ eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' },
};

const NUMERIC = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'empty', 'filled'] as const;

/** The ways in which a field of a shape can be compared, the likeliest first. */
export function operatorsOf(shape: string): readonly Operator[] {
  if (shape === 'boolean') return ['yes', 'no', 'empty', 'filled'];
  if (shape === 'list') return ['has', 'lacks', 'empty', 'filled'];
  if (shape === 'number' || shape === 'date' || shape === 'moment') return NUMERIC;
  return ['eq', 'ne', 'in', 'has', 'lacks', 'empty', 'filled'];
}

/** Whether an operator compares with something. */
export const compares = (operator: Operator) => !['empty', 'filled', 'yes', 'no'].includes(operator);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The formula of a group of conditions; empty while one of them is unfinished. */
export function formulaOf(group: Group, fields: readonly EditorField[]): string {
  const parts = group.parts.map((one) =>
    'parts' in one ? formulaOf(one, fields) : ofCondition(one, fields),
  );
  if (parts.length === 0 || parts.includes('')) return '';
  return parts.length === 1 ? (parts[0] ?? '') : `${group.all ? 'AND' : 'OR'}(${parts.join(', ')})`;
}

function ofCondition({ field, operator, value }: Condition, fields: readonly EditorField[]): string {
  const shape = fields.find((one) => one.code === field)?.shape;
  if (field === '' || shape === undefined) return '';
  const name = written(field);
  const literal = (text: string) => {
    if (shape === 'number') return /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? text.trim() : '';
    return shape === 'date' && /^\d{4}-\d\d-\d\d$/.test(text)
      ? `DATE(${text.split('-').map(Number).join(', ')})`
      : quoted(text);
  };
  switch (operator) {
    case 'yes':
      return name;
    case 'no':
      return `NOT(${name})`;
    case 'empty':
      return `ISEMPTY(${name})`;
    case 'filled':
      return `NOT(ISEMPTY(${name}))`;
    case 'in': {
      const some = Array.isArray(value) ? value : [];
      return some.length === 0 ? '' : `IN(${[name, ...some.map(literal)].join(', ')})`;
    }
    default: {
      const text = Array.isArray(value) ? (value[0] ?? '') : value;
      const right = text === '' ? '' : literal(text);
      if (right === '') return '';
      if (operator === 'has') return `CONTAINS(${name}, ${right})`;
      if (operator === 'lacks') return `NOT(CONTAINS(${name}, ${right}))`;
      return `${name}${COMPARED[operator] ?? '='}${right}`;
    }
  }
}

/** The conditions that a formula says; null where it says something that is no such group. */
export function groupOf(tree: Node): Group | null {
  const joined = tree.kind === 'call' && (tree.name === 'AND' || tree.name === 'OR');
  const parts = (joined ? tree.arguments : [tree]).map((one) => (joined ? partOf(one) : conditionOf(one)));
  if (parts.some((one) => one === null)) return null;
  return { all: !joined || tree.name === 'AND', parts: parts.filter((one) => one !== null) };
}

function partOf(tree: Node): Condition | Group | null {
  const joined = tree.kind === 'call' && (tree.name === 'AND' || tree.name === 'OR');
  return joined ? groupOf(tree) : conditionOf(tree);
}

const OPPOSITE: Partial<Record<Operator, Operator>> = { yes: 'no', empty: 'filled', has: 'lacks' };

function conditionOf(tree: Node): Condition | null {
  if (tree.kind === 'field') return { field: tree.name, operator: 'yes', value: '' };
  if (tree.kind === 'binary') {
    const operator = (Object.keys(COMPARED) as Operator[]).find((one) => COMPARED[one] === tree.operator);
    const value = literalOf(tree.right);
    if (operator === undefined || tree.left.kind !== 'field' || value === null) return null;
    return { field: tree.left.name, operator, value };
  }
  if (tree.kind !== 'call') return null;
  const [first, ...rest] = tree.arguments;
  if (tree.name === 'NOT' && first !== undefined && rest.length === 0) {
    const inner = conditionOf(first);
    const operator = inner === null ? undefined : OPPOSITE[inner.operator];
    return inner === null || operator === undefined ? null : { ...inner, operator };
  }
  if (first?.kind !== 'field') return null;
  const values = rest.map(literalOf).filter((one) => one !== null);
  if (values.length !== rest.length) return null;
  if (tree.name === 'ISEMPTY' && rest.length === 0)
    return { field: first.name, operator: 'empty', value: '' };
  if (tree.name === 'CONTAINS' && values.length === 1) {
    return { field: first.name, operator: 'has', value: values[0] ?? '' };
  }
  return tree.name === 'IN' && values.length > 0
    ? { field: first.name, operator: 'in', value: values }
    : null;
}

function literalOf(tree: Node): string | null {
  if (tree.kind === 'string' || tree.kind === 'number') return tree.value;
  if (tree.kind === 'unary' && tree.operator === '-' && tree.operand.kind === 'number') {
    return `-${tree.operand.value}`;
  }
  if (tree.kind !== 'call' || tree.name !== 'DATE') return null;
  const parts = tree.arguments.map((one) => (one.kind === 'number' ? one.value : ''));
  const [year = '', month = '', day = ''] = parts;
  const good = parts.length === 3 && parts.every((one) => /^\d+$/.test(one));
  return good ? [year.padStart(4, '0'), month.padStart(2, '0'), day.padStart(2, '0')].join('-') : null;
}

/** The fields of a form that a rule is about or looks at, by their ids. */
export function usedBy(rule: Rule, fields: readonly FormField[]): string[] {
  const words = new Set(
    [rule.when, rule.value ?? ''].flatMap((formula) =>
      wordsOf(formula)
        .filter((one) => one.kind === 'name' || one.kind === 'bracket')
        .flatMap((one) => one.text.replace(/^[[{【]\s*|\s*[\]}】]$/g, '').split('.')),
    ),
  );
  return walk(fields)
    .filter((one) => rule.fields.includes(one.id) || words.has(one.code))
    .map((one) => one.id);
}

/** The sub-table that the fields of a rule stand in, by its id; null for the form's own table. */
export function tableOfRule(rule: Pick<Rule, 'fields'>, fields: readonly FormField[]): string | null {
  const within = (some: readonly FormField[], table: string | null): string | null | undefined => {
    for (const one of some) {
      if (rule.fields.includes(one.id)) return table;
      const inner = within(one.fields ?? [], one.kind === 'subform' ? one.id : table);
      if (inner !== undefined) return inner;
    }
    return undefined;
  };
  return within(fields, null) ?? null;
}
