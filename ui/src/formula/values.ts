import { Decimal } from 'decimal.js';
import { lengthOf, plain, slice } from './characters';
import { checked, decimal, numberText, ONE, ZERO } from './decimals';
import { Fault, FaultError } from './faults';
import { WallDate, WallTime, type Wall } from './wall';

/**
 * What a formula works with: text, number, date, date with time, truth, nothing, and lists of them. Nothing and a
 * text without characters are the same. What cannot be worked out is a fault, which passes through everything.
 */
export type Value = string | Decimal | boolean | null | Wall | Fault | readonly Value[];

const LONGEST_TEXT = 32_767;
const MOST_SHOWN = 40;

/** Whether a value is a number. */
export function isNumber(value: Value): value is Decimal {
  return Decimal.isDecimal(value);
}

/** Whether a value is a date, with or without time. */
export function isDate(value: Value): value is Wall {
  return value instanceof WallDate || value instanceof WallTime;
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The values of a list, or the single value. */
export function each(value: Value): readonly Value[] {
  return isList(value) ? value : [value];
}

/** Refuse lists that do not go together. */
export function sameLength(lists: readonly (readonly Value[])[]): void {
  const left = lists[0]?.length ?? 0;
  const other = lists.find((list) => list.length !== left);
  if (other !== undefined) throw new FaultError('formula_list_lengths', { left, right: other.length });
}

/** Take a value from outside: numbers are kept within what there is, a fault is one. */
export function adopt(value: Value): Value {
  if (value instanceof Fault) throw again(value);
  return inner(value);
}

function inner(value: Value): Value {
  if (isNumber(value)) return checked(value);
  return isList(value) ? value.map(inner) : value;
}

/** Whether a value is empty: none, a text without characters, a list of nothing but empty values. */
export function isEmpty(value: Value): boolean {
  return isList(value) ? value.every(isEmpty) : value === null || value === '';
}

/** Write a value as text: numbers plainly with up to 15 decimal places, dates as 2026-11-21. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (isNumber(value)) return numberText(value);
  if (isList(value)) return value.map(toText).join(', ');
  if (value instanceof Fault) throw again(value);
  return value.toString();
}

/** Read a value as a number: empty is 0, TRUE is 1, FALSE is 0, a text must look like a number. */
export function toNumber(value: Value): Decimal {
  if (isNumber(value)) return value;
  if (value === null || value === '') return ZERO;
  if (typeof value === 'boolean') return value ? ONE : ZERO;
  const read = typeof value === 'string' ? readNumber(value) : null;
  if (read === null) throw unfit(value, 'formula_not_a_number');
  return read;
}

/** Read a value as a whole number; decimals are cut off. */
export function toInteger(value: Value): Decimal {
  return toNumber(value).trunc();
}

const SAID = new Map([
  ['TRUE', true],
  ['FALSE', false],
  ['真', true],
  ['假', false],
  ['是', true],
  ['否', false],
]);

/** Read a value as true or false: empty is FALSE, a number is TRUE unless it is 0, a text must say it. */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === '') return false;
  if (isNumber(value)) return !value.isZero();
  const said = typeof value === 'string' ? SAID.get(plain(value).toUpperCase()) : undefined;
  if (said === undefined) throw unfit(value, 'formula_not_a_boolean');
  return said;
}

/** Read a value as a date, with its time if it has one; a text must be written like one. Empty is none. */
export function toDate(value: Value): Wall {
  if (isDate(value)) return value;
  const read = typeof value === 'string' ? readDate(value) : null;
  if (read === null) throw unfit(value, 'formula_not_a_date');
  return read;
}

/** The fault of a value that is not what is needed, or of what is no single value at all. */
function unfit(value: Value, code: string): FaultError {
  if (value instanceof Fault) return again(value);
  return isList(value)
    ? new FaultError('formula_list', { wanted: code })
    : new FaultError(code, { value: shown(value) });
}

function again(fault: Fault): FaultError {
  return new FaultError(fault.code, fault.params);
}

/** Write the beginning of a value, for messages. */
export function shown(value: Value): string {
  const written = value instanceof Fault ? '' : toText(value);
  return lengthOf(written) <= MOST_SHOWN ? written : `${slice(written, 0, MOST_SHOWN - 1)}…`;
}

/** The fault of a text that is too long. */
export function tooLong(): FaultError {
  return new FaultError('formula_text_too_long', { most: LONGEST_TEXT });
}

/** Refuse a text of so many characters if they are too many. */
export function holdLength(length: number): void {
  if (length > LONGEST_TEXT) throw tooLong();
}

/** Join texts, if what comes out is not too long. */
export function joined(parts: readonly string[], separator = ''): string {
  const separators = lengthOf(separator) * Math.max(parts.length - 1, 0);
  holdLength(parts.reduce((sum, part) => sum + lengthOf(part), separators));
  return parts.join(separator);
}

const NUMBER = /^[+-]?([0-9]{1,50}(\.[0-9]{0,50})?|\.[0-9]{1,50})$/;
const DATE = new RegExp(
  '^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日' +
    '|([0-9]{2})([0-9]{2}))(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?$',
);

/** Read a text that looks like a number: an optional sign, digits, an optional decimal part; null if it doesn't. */
export function readNumber(text: string): Decimal | null {
  const read = plain(text);
  return NUMBER.test(read) ? decimal(read.replace(/^\+/, '')) : null;
}

/** Read 2026-11-21, 2026/11/21, 2026年11月21日 or 20261121, with an optional time; null if it is none of them. */
export function readDate(text: string): Wall | null {
  const found = DATE.exec(plain(text));
  if (found === null) return null;
  const first = (...places: number[]): number => Number(places.map((at) => found[at]).find(Boolean) ?? '0');
  const day = WallDate.of(first(1), first(2, 4, 6, 8), first(3, 5, 7, 9));
  if (found[10] === undefined || day === null) return day;
  return WallTime.of(day, first(10), first(11), first(12));
}
