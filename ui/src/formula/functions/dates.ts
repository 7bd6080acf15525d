import type { Decimal } from 'decimal.js';
import { stripped } from '../characters';
import { decimal, ONE, ZERO } from '../decimals';
import { FaultError } from '../faults';
import { eager, ofNow, type Family } from '../function';
import { isDate, isEmpty, toDate } from '../values';
import {
  addMicros,
  asMoment,
  dayOf,
  daysBetween,
  daysIn,
  onDay,
  secondsBetween,
  WallDate,
  type Wall,
} from '../wall';

// Functions that work with dates and times: wall-clock time of the company's zone.

const UNITS = new Map(
  Object.entries({
    ...{ Y: 'Y', 年: 'Y', Q: 'Q', 季: 'Q', M: 'M', 月: 'M', W: 'W', 周: 'W', D: 'D', 日: 'D', 天: 'D' },
    ...{
      H: 'H',
      时: 'H',
      小时: 'H',
      N: 'N',
      分: 'N',
      分钟: 'N',
      S: 'S',
      秒: 'S',
      MD: 'MD',
      YM: 'YM',
      YD: 'YD',
    },
  }),
);
const SECONDS = new Map(Object.entries({ H: 3600, N: 60, S: 1 }));
const MONTHS = new Map(Object.entries({ Y: 12, Q: 3, M: 1 }));
const DAYS = new Map(Object.entries({ W: 7, D: 1 }));
const MOST_MONTHS = 12 * 9999;
const MICROS_A_SECOND = 1_000_000;

const wrongUnit = (unit: string) =>
  new FaultError('formula_bad_argument', { value: `"${unit}"`, name: 'unit' });
const wrongKind = (kind: Decimal) =>
  new FaultError('formula_bad_argument', { value: kind.toFixed(), name: 'kind' });

function dayOn(year: number, month: number, day: number): WallDate {
  const found = WallDate.of(year, month, day);
  if (found === null) throw new FaultError('formula_date_range');
  return found;
}

/** Go so many months on; the day becomes the month's last where there is none such. */
function addMonths<Date extends Wall>(start: Date, months: number): Date;
function addMonths(start: Wall, months: number): Wall {
  if (Math.abs(months) > MOST_MONTHS) throw new FaultError('formula_date_range');
  const from = dayOf(start);
  const since = from.year * 12 + from.month - 1 + months;
  const [year, month] = [Math.floor(since / 12), (since % 12) + 1];
  if (year < 1) throw new FaultError('formula_date_range');
  return onDay(start, dayOn(year, month, Math.min(from.day, daysIn(year, month))));
}

/** Make a date; months and days beyond the end run on, as in spreadsheets. */
function made(year: Decimal, month: Decimal, day: Decimal): WallDate {
  const first = addMonths(dayOn(year.toNumber(), 1, 1), month.toNumber() - 1);
  return new WallDate(first.ordinal + day.toNumber() - 1);
}

function unitOf(written: string): string {
  const found = UNITS.get(stripped(written).toUpperCase());
  if (found === undefined) throw wrongUnit(written);
  return found;
}

function dateAdd(start: Wall, count: Decimal, written = 'D'): Wall {
  const unit = unitOf(written);
  const [months, seconds, days] = [MONTHS.get(unit), SECONDS.get(unit), DAYS.get(unit)];
  if (months !== undefined) return addMonths(start, count.toNumber() * months);
  if (seconds !== undefined) return addMicros(asMoment(start), count.times(seconds * MICROS_A_SECOND));
  if (days === undefined) throw wrongUnit(written);
  return onDay(start, new WallDate(dayOf(start).ordinal + count.toNumber() * days));
}

/** Count whole units; counted backwards it is the negative of it. */
function dateDif(start: Wall, end: Wall, written: string): Decimal {
  const unit = unitOf(written);
  const seconds = SECONDS.get(unit);
  if (seconds !== undefined) return decimal(Math.trunc(secondsBetween(end, start) / seconds));
  const [first, last] = [dayOf(start), dayOf(end)];
  if (last.ordinal < first.ordinal) return decimal(-wholeUnits(last, first, unit));
  return decimal(wholeUnits(first, last, unit));
}

function wholeUnits(first: WallDate, last: WallDate, unit: string): number {
  const days = last.ordinal - first.ordinal;
  const begun = (last.year - first.year) * 12 + last.month - first.month;
  const months = last.day < first.day ? begun - 1 : begun;
  if (unit === 'MD') return last.ordinal - addMonths(first, months).ordinal;
  if (unit === 'YM') return months % 12;
  if (unit === 'YD') return last.ordinal - addMonths(first, months - (months % 12)).ordinal;
  const size = MONTHS.get(unit);
  return size === undefined ? Math.floor(days / (DAYS.get(unit) ?? 1)) : Math.floor(months / size);
}

function weekday(date: Wall, kind = ONE): Decimal {
  const mondayFirst = dayOf(date).weekday;
  if (kind.eq(1)) return decimal(((mondayFirst + 1) % 7) + 1);
  if (kind.eq(2)) return decimal(mondayFirst + 1);
  if (kind.eq(3)) return decimal(mondayFirst);
  throw wrongKind(kind);
}

function weekNumber(date: Wall, kind = ONE): Decimal {
  const day = dayOf(date);
  if (kind.eq(21)) return decimal(day.isoWeek);
  if (!kind.eq(1) && !kind.eq(2)) throw wrongKind(kind);
  const first = dayOn(day.year, 1, 1).weekday;
  const lead = kind.eq(1) ? (first + 1) % 7 : first;
  return decimal(Math.floor((day.dayOfYear + lead - 1) / 7) + 1);
}

function endOfMonth(start: Wall, months = ZERO): WallDate {
  const moved = addMonths(dayOf(start), months.toNumber());
  return dayOn(moved.year, moved.month, daysIn(moved.year, moved.month));
}

const ofDay = (part: (day: WallDate) => number) => eager(['date'], (date) => decimal(part(dayOf(date))));

export const functions: Family = {
  TODAY: ofNow((now) => now.date),
  NOW: ofNow((now) => now),
  DATE: eager(['integer', 'integer', 'integer'], made),
  DATEVALUE: eager(['any'], (value) => (isEmpty(value) ? null : toDate(value))),
  ISDATE: eager(['any'], isDate),
  YEAR: ofDay((day) => day.year),
  QUARTER: ofDay((day) => Math.floor((day.month + 2) / 3)),
  MONTH: ofDay((day) => day.month),
  DAY: ofDay((day) => day.day),
  DAYOFYEAR: ofDay((day) => day.dayOfYear),
  HOUR: eager(['date'], (date) => decimal(asMoment(date).hour)),
  MINUTE: eager(['date'], (date) => decimal(asMoment(date).minute)),
  SECOND: eager(['date'], (date) => decimal(asMoment(date).second)),
  WEEKDAY: eager(['date'], weekday, ['integer']),
  WEEKNUM: eager(['date'], weekNumber, ['integer']),
  DATEADD: eager(['date', 'integer'], dateAdd, ['text']),
  DATEDIF: eager(['date', 'date', 'text'], dateDif),
  DAYS: eager(['date', 'date'], daysBetween),
  EDATE: eager(['date', 'integer'], (date, months) => addMonths(date, months.toNumber())),
  EOMONTH: eager(['date'], endOfMonth, ['integer']),
};
