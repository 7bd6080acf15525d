import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { treesOf } from '../test/trees';
import { functions } from './functions';
import {
  decimal,
  evaluate,
  Fault,
  isDate,
  isList,
  isNumber,
  readDate,
  WallTime,
  type Node,
  type Value,
} from './index';

type Written = string | boolean | null | Written[] | Record<string, string>;

interface Case {
  formula: string;
  data: Record<string, Written>;
  result?: Written;
  fault?: string;
  start?: number;
  end?: number;
  /** The formula cannot be read, which is the server's matter. */
  error?: string;
}

const vectors = JSON.parse(readFileSync('../tests/vectors/formula.json', 'utf8')) as {
  now: string;
  cases: Case[];
};
const cases = vectors.cases.filter((one) => one.error === undefined);
const trees = treesOf(cases.map((one) => one.formula));

function decoded(written: Written): Value {
  if (Array.isArray(written)) return written.map(decoded);
  if (typeof written !== 'object' || written === null) return written;
  return written['number'] === undefined
    ? readDate(written['date'] ?? written['datetime'] ?? '')
    : decimal(written['number']);
}

/** As something that is equal where values are of the same kind and equal. */
function comparable(value: Value): unknown {
  if (isNumber(value)) return { number: value.toFixed().replace('-0', '0') };
  if (isDate(value)) return { [value instanceof WallTime ? 'datetime' : 'date']: value.toString() };
  if (value instanceof Fault) return { fault: value.code, start: value.start, end: value.end };
  return isList(value) ? value.map(comparable) : value;
}

const now = readDate(vectors.now) as WallTime;
const treeOf = (one: Case): Node => trees.get(one.formula)!;

describe('formulas', () => {
  it.each(cases)('$formula comes to what the server says', (one) => {
    const scope = (name: string): Value | undefined =>
      name in one.data ? decoded(one.data[name] ?? null) : undefined;
    const expected =
      one.fault === undefined
        ? comparable(decoded(one.result ?? null))
        : { fault: one.fault, start: one.start, end: one.end };
    expect(comparable(evaluate(treeOf(one), scope, now))).toEqual(expected);
  });

  it('holds every function that stands in a vector', () => {
    const used = new Set<string>();
    const visit = (node: Node): void => {
      if (node.kind === 'call') used.add(node.name);
      Object.values(node)
        .flat()
        .forEach((one) => {
          if (typeof one === 'object') visit(one as Node);
        });
    };
    trees.forEach(visit);
    expect([...functions.keys()].sort()).toEqual([...used].sort());
  });
});
