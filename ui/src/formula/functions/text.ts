import type { Decimal } from 'decimal.js';
import { foldCase, lengthOf, placeOf, slice } from '../characters';
import { same } from '../comparing';
import { decimal, ONE, ZERO } from '../decimals';
import { FaultError } from '../faults';
import { formatValue, readAmount } from '../formats';
import { eager, many, type Family } from '../function';
import {
  each,
  holdLength,
  isDate,
  isEmpty,
  isList,
  isNumber,
  joined,
  shown,
  toText,
  type Value,
} from '../values';

// Functions that work with texts; lengths and places count characters (code points), the first is 1.

function count(number: Decimal, name: string, least = 0): number {
  if (number.lt(least)) throw new FaultError('formula_bad_argument', { value: number.toFixed(), name });
  return number.toNumber();
}

const texts = (values: readonly Value[]): readonly string[] => values.flatMap(each).map(toText);

function right(text: string, most: number): string {
  return slice(text, Math.max(lengthOf(text) - most, 0));
}

function substitute(text: string, old: string, fresh: string, which: Decimal = ZERO): string {
  if (old === '') return text;
  if (which.isZero()) {
    const parts = text.split(old);
    holdLength(lengthOf(text) + (parts.length - 1) * (lengthOf(fresh) - lengthOf(old)));
    return parts.join(fresh);
  }
  let at = -old.length;
  for (let left = count(which, 'which', 1); left > 0; left--) {
    at = text.indexOf(old, at + old.length);
    if (at < 0) return text;
  }
  return text.slice(0, at) + fresh + text.slice(at + old.length);
}

function find(wanted: string, text: string, start: Decimal = ONE): Decimal {
  const found = placeOf(wanted, text, count(start, 'start', 1) - 1);
  if (found < 0) throw new FaultError('formula_not_found', { value: shown(wanted) });
  return decimal(found + 1);
}

function contains(held: Value, wanted: Value): boolean {
  if (!isList(held)) {
    const text = toText(wanted);
    return toText(held).includes(text);
  }
  if (isList(wanted)) throw new FaultError('formula_list');
  return held.some((one) => same(wanted, one));
}

function repeated(text: string, times: number): string {
  if (text === '') return '';
  holdLength(lengthOf(text) * times);
  return text.repeat(times);
}

function padding(text: string, length: Decimal, fill: string): string {
  holdLength(length.toNumber());
  if (fill === '') throw new FaultError('formula_bad_argument', { value: '""', name: 'fill' });
  const missing = Math.max(length.toNumber() - lengthOf(text), 0);
  return slice(fill.repeat(Math.ceil(missing / lengthOf(fill))), 0, missing);
}

export const functions: Family = {
  LEN: eager(['text'], (text) => decimal(lengthOf(text))),
  LEFT: eager(['text'], (text, most = ONE) => slice(text, 0, count(most, 'count')), ['integer']),
  RIGHT: eager(['text'], (text, most = ONE) => right(text, count(most, 'count')), ['integer']),
  MID: eager(['text', 'integer', 'integer'], (text, start, most) => {
    const first = count(start, 'start', 1) - 1;
    return slice(text, first, first + count(most, 'count'));
  }),
  UPPER: eager(['text'], (text) => text.replace(/[a-z]/g, (one) => one.toUpperCase())),
  LOWER: eager(['text'], foldCase),
  TRIM: eager(['text'], (text) =>
    text
      .split(/[ \u3000\t]/)
      .filter((part) => part !== '')
      .join(' '),
  ),
  CONCAT: many((values) => joined(texts(values))),
  TEXTJOIN: many(
    (values, separator, skip) => {
      const parts = texts(values);
      return joined(skip ? parts.filter((part) => part !== '') : parts, separator);
    },
    ['text', 'boolean'],
  ),
  SUBSTITUTE: eager(['text', 'text', 'text'], substitute, ['integer']),
  REPLACE: eager(['text', 'integer', 'integer', 'text'], (text, start, most, fresh) => {
    const first = count(start, 'start', 1) - 1;
    return slice(text, 0, first) + fresh + slice(text, first + count(most, 'count'));
  }),
  FIND: eager(['text', 'text'], find, ['integer']),
  SEARCH: eager(['text', 'text'], (wanted, text, start) => find(foldCase(wanted), foldCase(text), start), [
    'integer',
  ]),
  CONTAINS: eager(['any', 'any'], contains),
  STARTSWITH: eager(['text', 'text'], (text, wanted) => text.startsWith(wanted)),
  ENDSWITH: eager(['text', 'text'], (text, wanted) => text.endsWith(wanted)),
  REPT: eager(['text', 'integer'], (text, times) => repeated(text, count(times, 'count'))),
  PADLEFT: eager(['text', 'integer'], (text, length, fill = '0') => padding(text, length, fill) + text, [
    'text',
  ]),
  PADRIGHT: eager(['text', 'integer'], (text, length, fill = ' ') => text + padding(text, length, fill), [
    'text',
  ]),
  TEXT: eager(['any', 'text'], (value, pattern) => {
    const written = typeof value === 'string' || isDate(value) || isNumber(value) || isEmpty(value);
    return written ? formatValue(value, pattern) : toText(value);
  }),
  VALUE: eager(['any'], readAmount),
  EXACT: eager(['text', 'text'], (text, other) => text === other),
};
