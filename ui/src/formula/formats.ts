import type { Decimal } from 'decimal.js';
import { lengthOf, stripped, strippedBehind } from './characters';
import { rounded, scaled } from './decimals';
import { FaultError } from './faults';
import {
  isDate,
  isEmpty,
  isNumber,
  readDate,
  readNumber,
  shown,
  toNumber,
  toText,
  type Value,
} from './values';
import { asMoment, dayOf, type Wall } from './wall';

// Numbers: `0` is a digit that is always written, `#` one that is not, a comma in the whole part separates thousands,
// `%` writes hundredths; what stands before and after is written as it is, in quotes also letters.
// Dates: `yyyy yy M MM d dd H HH h hh m mm s ss`, `aaaa` 星期一, `aaa` 一, `dddd` Monday, `ww` the ISO week, `jjj` the
// day of the year; `mm` beside hours or seconds means minutes unless written with capitals.

const NUMBER = /^((?:"[^"]*"|[^"0#])*?)([#,]*[0#,]*[0#])(?:\.([0#]+))?(%?)((?:"[^"]*"|[^"0#.,%])*)$/u;
const DATE = /"([^"]*)"|(y+|M+|m+|d+|H+|h+|s+|a{3,4}|ww|WW|jjj|D+|Y+|S+)|(.)/gsu;
const AMOUNT = /^([+-]?)([0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]*)?$/;
const LONGEST_FORMAT = 100;
const WEEK = '一二三四五六日';
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const unreadable = (pattern: string): FaultError =>
  new FaultError('formula_bad_format', { format: shown(pattern) });

/** Write a value by a pattern; empty stays empty, a text that is neither number nor date stays as it is. */
export function formatValue(value: Value, pattern: string): string {
  if (lengthOf(pattern) > LONGEST_FORMAT) throw unreadable(pattern);
  if (isEmpty(value)) return '';
  if (isDate(value)) return formatDate(value, pattern);
  if (typeof value === 'string') {
    const number = readNumber(value);
    if (number !== null && NUMBER.test(pattern)) return formatNumber(number, pattern);
    const moment = readDate(value);
    return moment === null ? value : formatDate(moment, pattern);
  }
  return isNumber(value) ? formatNumber(value, pattern) : toText(value);
}

/** Write a number by a pattern such as `#,##0.00` or `000000`. */
export function formatNumber(number: Decimal, pattern: string): string {
  const found = NUMBER.exec(pattern);
  if (found === null) throw unreadable(pattern);
  const [, before = '', whole = '', decimals = '', percent = '', after = ''] = found;
  const exact = rounded(percent === '' ? number : scaled(number, 2), decimals.length);
  const [left = '', right = ''] = exact.abs().toFixed().split('.');
  let digits = left.replace(/^0+/, '').padStart(whole.split('0').length - 1, '0');
  if (whole.includes(',')) digits = digits.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ',');
  const rest = right.padEnd(decimals.replace(/#+$/, '').length, '0');
  const point = rest === '' ? '' : '.';
  const sign = exact.lt(0) ? '-' : '';
  return `${sign}${before}${digits}${point}${rest}${percent}${after}`.replaceAll('"', '');
}

/** Write a date by a pattern such as `yyyy-MM-dd` or `yyyy年M月d日 HH:mm`. */
export function formatDate(moment: Wall, pattern: string): string {
  const words = [...pattern.matchAll(DATE)];
  const letters = words.flatMap((word) => (word[2] === undefined ? [] : [word[2]]));
  if (letters.length === 0) throw unreadable(pattern);
  let place = -1;
  const writers = words.map(([, quoted, letter, one]) => {
    if (letter === undefined) return () => quoted ?? one ?? '';
    place++;
    const beside = /^[hH]/.test(letters[place - 1] ?? '') || /^[sS]/.test(letters[place + 1] ?? '');
    const minutes = beside && (letter === 'm' || letter === 'mm');
    const writer = WRITERS.get(minutes ? `minute${letter}` : letter) ?? WRITERS.get(letter.toLowerCase());
    if (writer === undefined) throw unreadable(pattern);
    return writer;
  });
  return writers.map((write) => write(moment)).join('');
}

const padded = (number: number, length: number): string => String(number).padStart(length, '0');

const WRITERS = new Map<string, (moment: Wall) => string>([
  ['yyyy', (moment) => padded(dayOf(moment).year, 4)],
  ['yy', (moment) => padded(dayOf(moment).year % 100, 2)],
  ['M', (moment) => padded(dayOf(moment).month, 1)],
  ['MM', (moment) => padded(dayOf(moment).month, 2)],
  ['m', (moment) => padded(dayOf(moment).month, 1)],
  ['mm', (moment) => padded(dayOf(moment).month, 2)],
  ['minutem', (moment) => padded(asMoment(moment).minute, 1)],
  ['minutemm', (moment) => padded(asMoment(moment).minute, 2)],
  ['d', (moment) => padded(dayOf(moment).day, 1)],
  ['dd', (moment) => padded(dayOf(moment).day, 2)],
  ['dddd', (moment) => DAYS[dayOf(moment).weekday] ?? ''],
  ['ddd', (moment) => (DAYS[dayOf(moment).weekday] ?? '').slice(0, 3)],
  ['H', (moment) => padded(asMoment(moment).hour, 1)],
  ['HH', (moment) => padded(asMoment(moment).hour, 2)],
  ['h', (moment) => padded(asMoment(moment).hour, 1)],
  ['hh', (moment) => padded(asMoment(moment).hour, 2)],
  ['s', (moment) => padded(asMoment(moment).second, 1)],
  ['ss', (moment) => padded(asMoment(moment).second, 2)],
  ['aaa', (moment) => WEEK.charAt(dayOf(moment).weekday)],
  ['aaaa', (moment) => `星期${WEEK.charAt(dayOf(moment).weekday)}`],
  ['ww', (moment) => padded(dayOf(moment).isoWeek, 2)],
  ['jjj', (moment) => padded(dayOf(moment).dayOfYear, 3)],
]);

/** Read a value as a number, as people write it: 1,234.50 and 5% too. */
export function readAmount(value: Value): Decimal {
  if (typeof value !== 'string' || value === '') return toNumber(value);
  let written = stripped(value);
  const hundredth = /[%％]$/.test(written);
  if (hundredth) written = strippedBehind(written.slice(0, -1));
  const grouped = AMOUNT.exec(written);
  if (grouped !== null) written = written.replaceAll(',', '');
  const number = readNumber(written);
  if (number === null) throw new FaultError('formula_not_a_number', { value: shown(value) });
  return hundredth ? scaled(number, -2) : number;
}
