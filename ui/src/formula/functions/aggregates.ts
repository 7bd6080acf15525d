import type { Decimal } from 'decimal.js';
import { folded, foldCase, slice, stripped } from '../characters';
import { order, same } from '../comparing';
import { checked, decimal, divided, ONE, ZERO } from '../decimals';
import { Fault, FaultError } from '../faults';
import { eager, many, type Family } from '../function';
import {
  each,
  isDate,
  isEmpty,
  isList,
  isNumber,
  readNumber,
  sameLength,
  toNumber,
  type Value,
} from '../values';
import { asMoment } from '../wall';
import { mean, numbers, sum } from './numbers';

// Functions that make one value of a list, such as a column over the rows of a sub-table; a single value is a list
// too. What a condition says of a value: a plain value wants what is equal to it; a text that begins with
// = <> < > <= >= compares, by number if what follows is one. An empty value fits "", "=" and every <> that names
// something, and nothing else; values that have no order do not fit.

const OPERATORS = new Map([
  ...['<=', '>=', '<>', '=', '<', '>'].map((one) => [one, one] as const),
  ...([
    ['!=', '<>'],
    ['==', '='],
    ['≤', '<='],
    ['≥', '>='],
    ['≠', '<>'],
  ] as const),
]);
const COMPARE = new Map<string, (found: number) => boolean>([
  ['<', (found) => found < 0],
  ['>', (found) => found > 0],
  ['<=', (found) => found <= 0],
  ['>=', (found) => found >= 0],
]);

type Fits = (value: Value) => boolean;

/** Take a condition apart: the operator, and what values are compared with. */
function readCondition(condition: Value): [string, Value] {
  if (isList(condition)) throw new FaultError('formula_list');
  if (typeof condition !== 'string') return ['=', condition];
  const beginning = folded(slice(condition, 0, 2));
  const length = OPERATORS.has(beginning) ? 2 : 1;
  const operator = OPERATORS.get(beginning) ?? OPERATORS.get(beginning.charAt(0));
  if (operator === undefined) return ['=', condition];
  const rest = stripped(condition.slice(Math.min(length, beginning.length)));
  return [operator, readNumber(rest) ?? rest];
}

function fitting(condition: Value): Fits {
  const [operator, wanted] = readCondition(condition);
  if (operator === '=') return (value) => same(value, wanted);
  if (operator === '<>') return (value) => !same(value, wanted);
  const compare = COMPARE.get(operator) ?? (() => false);
  return (value) => {
    if (isEmpty(value) || isEmpty(wanted)) return false;
    try {
      return compare(order(value, wanted));
    } catch (error) {
      if (error instanceof FaultError && error.code === 'formula_not_comparable') return false;
      throw error;
    }
  };
}

/** The numbers beside the values that fit; without such the values themselves. */
function chosen(values: Value, condition: Value, beside?: Value): readonly Decimal[] {
  const asked = each(values);
  const answers = beside === undefined ? asked : each(beside);
  sameLength([asked, answers]);
  const fits = fitting(condition);
  return numbers([asked.flatMap((one, at) => (fits(one) ? [answers[at] ?? null] : []))]);
}

function sumProduct(values: readonly Value[]): Decimal {
  const lists = values.filter(isList);
  sameLength(lists);
  let total = ZERO;
  for (let place = 0; place < (lists[0]?.length ?? 1); place++) {
    const row = values.map((value) => toNumber(isList(value) ? (value[place] ?? null) : value));
    total = checked(total.plus(row.reduce((product, one) => checked(product.times(one)), ONE)));
  }
  return total;
}

function sorted(values: readonly Value[]): readonly Decimal[] {
  const found = [...numbers(values)].sort((left, right) => left.cmp(right));
  if (found.length === 0) throw new FaultError('formula_no_numbers');
  return found;
}

function median(values: readonly Value[]): Decimal {
  const found = sorted(values);
  const [low, high] = [found[(found.length - 1) >> 1] ?? ZERO, found[found.length >> 1] ?? ZERO];
  return low === high ? low : divided(low.plus(high), decimal(2));
}

function ranked(found: readonly Decimal[], place: Decimal): Decimal {
  const one = found[place.toNumber() - 1];
  if (one === undefined)
    throw new FaultError('formula_bad_argument', { value: place.toFixed(), name: 'place' });
  return one;
}

/** What makes two values the same: their kind, and texts without the case of A–Z. */
function knownAs(value: Value): string {
  if (typeof value === 'string') return `text ${foldCase(value)}`;
  if (isNumber(value)) return `number ${value.isZero() ? '0' : value.toString()}`;
  if (isDate(value)) {
    const moment = asMoment(value);
    return `date ${moment.date.ordinal} ${moment.micros}`;
  }
  if (value instanceof Fault) return `fault ${value.code} ${value.start} ${value.end}`;
  return isList(value) ? `list ${JSON.stringify(value.map(knownAs))}` : `truth ${String(value)}`;
}

function unique(values: readonly Value[]): readonly Value[] {
  const found = new Map<string, Value>();
  for (const value of filled(values)) {
    const key = knownAs(value);
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

const filled = (values: readonly Value[]) => values.flatMap(each).filter((value) => !isEmpty(value));

export const functions: Family = {
  COUNTIF: eager(['any', 'any'], (values, condition) =>
    decimal(each(values).filter(fitting(condition)).length),
  ),
  SUMIF: eager(['any', 'any'], (values, condition, beside) => sum(chosen(values, condition, beside)), [
    'any',
  ]),
  AVERAGEIF: eager(['any', 'any'], (values, condition, beside) => mean(chosen(values, condition, beside)), [
    'any',
  ]),
  SUMPRODUCT: many(sumProduct),
  MEDIAN: many(median),
  LARGE: eager(['any', 'integer'], (values, place) => ranked([...sorted([values])].reverse(), place)),
  SMALL: eager(['any', 'integer'], (values, place) => ranked(sorted([values]), place)),
  UNIQUE: many(unique),
  COUNTUNIQUE: many((values) => decimal(unique(values).length)),
  COUNTBLANK: many((values) => decimal(values.flatMap(each).filter(isEmpty).length)),
  FIRST: many((values) => filled(values)[0] ?? null),
  LAST: many((values) => filled(values).at(-1) ?? null),
};
