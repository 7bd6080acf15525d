import type { Decimal } from 'decimal.js';
import { Exact, ROUND } from './decimals';
import { FaultError } from './faults';

// Dates as they stand on the wall: no zones, the calendar of today for all years from 1 to 9999.

const MICROS_A_DAY = 86_400_000_000;
const LAST_ORDINAL = 3_652_059;
const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysBeforeYear = (year: number): number => {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
};
const two = (number: number): string => String(number).padStart(2, '0');

/** The days of a month. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A day (日期). */
export class WallDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  /** `ordinal` counts the days; that of January 1 of the year 1 is 1. */
  constructor(readonly ordinal: number) {
    if (!(ordinal >= 1 && ordinal <= LAST_ORDINAL)) throw new FaultError('formula_date_range');
    let year = Math.min(Math.floor((ordinal - 1) / 365.2425) + 1, 9999);
    if (daysBeforeYear(year) >= ordinal) year--;
    else if (year < 9999 && daysBeforeYear(year + 1) < ordinal) year++;
    let rest = ordinal - daysBeforeYear(year);
    let month = 1;
    while (rest > daysIn(year, month)) rest -= daysIn(year, month++);
    [this.year, this.month, this.day] = [year, month, rest];
  }

  /** The day of a year, month and day; null if there is none such. */
  static of(year: number, month: number, day: number): WallDate | null {
    const there = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1;
    if (!there || day > daysIn(year, month)) return null;
    const leap = month > 2 && isLeap(year) ? 1 : 0;
    return new WallDate(daysBeforeYear(year) + (BEFORE_MONTH[month - 1] ?? 0) + leap + day);
  }

  /** 0 is Monday. */
  get weekday(): number {
    return (this.ordinal + 6) % 7;
  }

  get dayOfYear(): number {
    return this.ordinal - daysBeforeYear(this.year);
  }

  /** The week of the year by ISO 8601. */
  get isoWeek(): number {
    // The week belongs to the year of its Thursday.
    const thursday = this.ordinal - this.weekday + 3;
    return Math.floor((new WallDate(thursday).dayOfYear - 1) / 7) + 1;
  }

  toString(): string {
    return `${String(this.year).padStart(4, '0')}-${two(this.month)}-${two(this.day)}`;
  }
}

/** A day and a time of it (日期时间). */
export class WallTime {
  constructor(
    readonly date: WallDate,
    /** Since the beginning of the day, below 86,400,000,000. */
    readonly micros: number,
  ) {}

  /** A time of a day; null if there is none such. */
  static of(date: WallDate, hour: number, minute: number, second: number, micros = 0): WallTime | null {
    if (hour > 23 || minute > 59 || second > 59) return null;
    return new WallTime(date, ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros);
  }

  get hour(): number {
    return Math.floor(this.micros / 3_600_000_000);
  }

  get minute(): number {
    return Math.floor(this.micros / 60_000_000) % 60;
  }

  get second(): number {
    return Math.floor(this.micros / 1_000_000) % 60;
  }

  toString(): string {
    return `${this.date.toString()} ${two(this.hour)}:${two(this.minute)}:${two(this.second)}`;
  }
}

/** A date, or a date with its time. */
export type Wall = WallDate | WallTime;

/** The day of a date, without its time. */
export function dayOf(date: Wall): WallDate {
  return date instanceof WallTime ? date.date : date;
}

/** A date as the moment at which it begins. */
export function asMoment(date: Wall): WallTime {
  return date instanceof WallTime ? date : new WallTime(date, 0);
}

/** Another day at the same time. */
export function onDay(date: Wall, day: WallDate): Wall {
  return date instanceof WallTime ? new WallTime(day, date.micros) : day;
}

/** -1, 0 or 1; a date counts as the moment at which it begins. */
export function orderOfDates(left: Wall, right: Wall): number {
  const [first, second] = [asMoment(left), asMoment(right)];
  return Math.sign(first.date.ordinal - second.date.ordinal || first.micros - second.micros);
}

/** The whole seconds from one moment to another, rounded down. */
export function secondsBetween(later: Wall, earlier: Wall): number {
  const [last, first] = [asMoment(later), asMoment(earlier)];
  const days = last.date.ordinal - first.date.ordinal;
  return days * 86_400 + Math.floor((last.micros - first.micros) / 1_000_000);
}

/** The days from one date to another; where one has a time, with its part of a day. */
export function daysBetween(later: Wall, earlier: Wall): Decimal {
  const [last, first] = [asMoment(later), asMoment(earlier)];
  const days = new Exact(last.date.ordinal - first.date.ordinal);
  return days
    .times(MICROS_A_DAY)
    .plus(last.micros - first.micros)
    .div(MICROS_A_DAY);
}

/** The date so many days later; a date without a time takes whole days only, decimals are cut off. */
export function addDays(start: Wall, days: Decimal): Wall {
  if (start instanceof WallDate) return new WallDate(start.ordinal + days.trunc().toNumber());
  return addMicros(start, days.times(MICROS_A_DAY).toDecimalPlaces(0, ROUND.halfUp));
}

/** The moment so many microseconds later. */
export function addMicros(start: WallTime, micros: Decimal): WallTime {
  const sum = micros.plus(start.micros);
  const days = sum.div(MICROS_A_DAY).floor();
  const rest = sum.minus(days.times(MICROS_A_DAY)).toNumber();
  return new WallTime(new WallDate(start.date.ordinal + days.toNumber()), rest);
}

/** The present moment in a zone, to the second. */
export function presentMoment(zone = 'Asia/Shanghai'): WallTime {
  return momentIn(Date.now(), zone);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The clock of a zone; making one takes longer than all that is done with it. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, made);
  return made;
}

/** A moment (a number: milliseconds since 1970) as the clocks of a zone show it, to the second. */
export function momentIn(moment: Date | number, zone: string): WallTime {
  const parts = clockOf(zone).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const date = WallDate.of(part('year'), part('month'), part('day'));
  const found = date === null ? null : WallTime.of(date, part('hour'), part('minute'), part('second'));
  if (found === null) throw new FaultError('formula_date_range');
  return found;
}

const MOMENT = /^(.*?)(?:\.([0-9]{1,6})[0-9]*)?(Z|[+-][0-9]{2}:?[0-9]{2})$/;

/** Read a moment with its zone, as RFC 3339 has it, as the clocks of another zone show it; null if it is none. */
export function readMoment(text: string, zone: string): WallTime | null {
  const [, whole, fraction = '', offset] = MOMENT.exec(text) ?? [];
  const millis = whole === undefined ? NaN : Date.parse(`${whole}${offset ?? ''}`);
  if (Number.isNaN(millis)) return null;
  const { date, micros } = momentIn(millis, zone);
  return new WallTime(date, micros + Number(fraction.padEnd(6, '0')));
}

const EPOCH = new WallDate(719_163);
const [FIRST_SECOND, LAST_SECOND] = [-62_135_510_400, 253_402_214_400];

/** How far the clocks of a zone are ahead at a moment, both in seconds since 1970. */
function offsetAt(seconds: number, zone: string): number {
  const within = Math.min(Math.max(seconds, FIRST_SECOND), LAST_SECOND);
  return secondsBetween(momentIn(within * 1000, zone), EPOCH) - within;
}

/** A moment that the clocks of a zone show, as RFC 3339 has it; of two such moments the first. */
export function zonedText(time: WallTime, zone: string): string {
  const wall = secondsBetween(time, EPOCH);
  // A day before clocks had not been changed yet, a day later they have been.
  const offsets = [wall - 86_400, wall + 86_400].map((moment) => offsetAt(moment, zone));
  const offset = offsets.find((one) => offsetAt(wall - one, zone) === one) ?? offsets[0] ?? 0;
  const micros = time.micros % 1_000_000;
  const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`;
  return new Date((wall - offset) * 1000).toISOString().replace('.000', fraction);
}
