import type { Check } from './refusal';
import { isObject, Refusal } from './refusal';
import { stripped } from './texts';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && leap(year) ? 29 : (DAYS[month - 1] ?? 0));
}

/** The weeks of a year by ISO 8601: 53 where it begins on a Thursday, or on a Wednesday and is a leap year. */
function weeks(year: number): number {
  const before = year - 1;
  const begins = (1 + 5 * (before % 4) + 4 * (before % 100) + 6 * (before % 400)) % 7;
  return begins === 4 || (begins === 3 && leap(year)) ? 53 : 52;
}

const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const WEEK = /^([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?$/;
const COMPACT = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;

function isDate(text: string): boolean {
  const day = DAY.exec(text) ?? COMPACT.exec(text);
  if (day !== null) return isDay(Number(day[1]), Number(day[2]), Number(day[3]));
  const week = WEEK.exec(text);
  if (week === null) return false;
  const [year, number] = [Number(week[1]), Number(week[2])];
  return year >= 1 && number >= 1 && number <= weeks(year);
}

/** A day as `YYYY-MM-DD`; in years that have four digits it also tells which of two is later. */
function day(raw: unknown): string {
  if (typeof raw !== 'string' || Array.from(raw).length !== 10) throw new Refusal('entry_not_a_date');
  const text = raw.replace(/[/.]/g, '-');
  if (!isDate(text)) throw new Refusal('entry_not_a_date');
  return text;
}

/** A day. */
export const date: Check = (raw) => {
  day(raw);
  return true;
};

/** From one day to another. */
export const dateRange: Check = (raw) => {
  const names = isObject(raw) ? Object.keys(raw).sort().join() : '';
  if (!isObject(raw) || names !== 'from,to') throw new Refusal('entry_not_a_range');
  const [first, last] = [day(raw['from']), day(raw['to'])];
  if (last < first) throw new Refusal('entry_range_backwards', { first, last });
  return true;
};

const CLOCK =
  /^([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?|([0-9]{2})(?:([0-9]{2})(?:[.,][0-9]+)?)?)?$/;
const ZONE = /(?:Z|[+-](?:[0-9]{2}(?::?[0-5][0-9](?::?[0-5][0-9](?:[.,][0-9]+)?)?)?))$/;

function isClock(text: string): boolean {
  const found = CLOCK.exec(text);
  if (found === null) return false;
  const [hours, minutes, seconds] = [found[1], found[2] ?? found[4], found[3] ?? found[5]].map(Number);
  return (hours ?? 0) < 24 && !((minutes ?? 0) > 59) && !((seconds ?? 0) > 59);
}

/** A moment as ISO 8601 writes it; without a zone it is the company's. */
export const moment: Check = (raw) => {
  if (typeof raw !== 'string') throw new Refusal('entry_not_a_moment');
  const head = /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-?W[0-9]{2}(?:-?[1-7](?![0-9:]))?|[0-9]{8})/.exec(
    raw,
  )?.[0];
  if (head === undefined || !isDate(head)) throw new Refusal('entry_not_a_moment');
  const rest = Array.from(raw.slice(head.length));
  if (rest.length === 0) return true;
  const clock = rest.slice(1).join('');
  const zone = ZONE.exec(clock)?.[0] ?? '';
  if (!isClock(clock.slice(0, clock.length - zone.length))) throw new Refusal('entry_not_a_moment');
  if (Number(zone.slice(1, 3)) > 23) throw new Refusal('entry_not_a_moment');
  return true;
};

const TIME = /^(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?:[:：][0-5][0-9])?$/;

/** A time of day. */
export const time: Check = (raw) => {
  if (typeof raw !== 'string' || !TIME.test(stripped(raw))) throw new Refusal('entry_not_a_time');
  return true;
};

const MONTH = /^[12][0-9]{3}(?:[-/.年])(?:0?[1-9]|1[0-2])月?(?:-[0-9]{2})?$/;

/** A month of a year. */
export const month: Check = (raw) => {
  if (typeof raw !== 'string' || !MONTH.test(stripped(raw))) throw new Refusal('entry_not_a_month');
  return true;
};
