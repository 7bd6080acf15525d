import { Decimal } from 'decimal.js';
import type { Check, Options } from './refusal';
import { isObject, numberOf, Refusal, said } from './refusal';
import { length, line, stripped } from './texts';

const LARGEST = 9_000_000_000_000;
const LONGEST = 40;
const WRITTEN = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,18})?$/;
const NO_FINITE = /^[+-]?(?:inf(?:inity)?|s?nan[0-9]*)$/i;

interface Limits {
  decimals: number;
  least?: number | undefined;
  most?: number | undefined;
}

/** A number as it was written, exactly; refused where it is none, too large, too fine or out of range. */
export function exact(raw: unknown, limits: Limits): Decimal {
  if (typeof raw !== 'number' && typeof raw !== 'string') throw new Refusal('entry_not_a_number');
  const given = stripped(String(raw)).replace(/[,，]/g, '');
  if (length(given) > LONGEST) throw new Refusal('entry_not_a_number');
  const written = stripped(given).replace(/\p{Nd}/gu, western);
  if (NO_FINITE.test(written)) throw new Refusal('entry_number_too_large', { limit: LARGEST });
  if (!WRITTEN.test(written)) throw new Refusal('entry_not_a_number');
  const number = new Decimal(written.endsWith('.') ? written.slice(0, -1) : written.replace('.e', 'e'));
  if (!number.isFinite() || number.abs().greaterThan(LARGEST)) {
    throw new Refusal('entry_number_too_large', { limit: LARGEST });
  }
  const { decimals, least, most } = limits;
  if (number.decimalPlaces() > decimals) throw new Refusal('entry_too_many_decimals', { limit: decimals });
  const low = least !== undefined && number.lessThan(least);
  if (low || (most !== undefined && number.greaterThan(most))) {
    throw new Refusal('entry_out_of_range', { least: least ?? '', most: most ?? '' });
  }
  return number;
}

/** A digit of any script as a western one: in Unicode they stand in rows of ten from 0 on. */
function western(digit: string): string {
  if (digit >= '0' && digit <= '9') return digit;
  let code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return String(value);
}

const limits = (options: Options, decimals: number): Limits => ({
  decimals: numberOf(options, 'decimals') ?? decimals,
  least: numberOf(options, 'least'),
  most: numberOf(options, 'most'),
});

/** A number. */
export const number: Check = (raw, options) => {
  exact(raw, limits(options, 6));
  return true;
};

/** An amount of money; the sign of a currency may stand with it. */
export const money: Check = (raw, options) => {
  const plain = typeof raw === 'string' ? stripped(raw).replace(/^[¥￥$€元 ]+|[¥￥$€元 ]+$/g, '') : raw;
  exact(plain, limits(options, 2));
  return true;
};

/** A percentage, with its sign or without. */
export const percent: Check = (raw, options) => {
  exact(typeof raw === 'string' ? stripped(raw).replace(/[%％ ]+$/, '') : raw, limits(options, 2));
  return true;
};

/** Stars. */
export const rating: Check = (raw, options) => {
  const found = exact(raw, { decimals: 1, least: 0, most: numberOf(options, 'stars') ?? 5 });
  const step = options['halves'] === true ? 0.5 : 1;
  if (!found.modulo(step).isZero()) throw new Refusal('entry_not_a_rating');
  return true;
};

/** What was measured; the server judges it. */
export const measurement: Check = (raw, options) => {
  let given: unknown = raw;
  if (isObject(raw)) {
    if (!('value' in raw) || !Object.keys(raw).every((one) => one === 'value' || one === 'good')) {
      throw new Refusal('entry_not_a_number');
    }
    given = raw['value'];
  }
  exact(given, { decimals: numberOf(options, 'decimals') ?? 3 });
  return true;
};

const LONGEST_TIME = 100 * 366 * 86_400;
const CLOCK = /^([0-9]{1,6})[:：]([0-5]?[0-9])(?:[:：]([0-5]?[0-9]))?$/;
const UNITS = ['天|d', '小时|时|h', '分钟|分|min|m', '秒|s'];
const GAP = '[ \\t-\\r]*';
const WORDS = new RegExp(`^${UNITS.map((unit) => `(?:([0-9]{1,6})${GAP}(?:${unit}))?`).join(GAP)}$`);

function seconds(written: string): string | number {
  const clock = CLOCK.exec(written);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  const words = WORDS.exec(written)?.slice(1);
  if (!words?.some((one) => one)) return written;
  return words.reduce((sum, part, at) => sum + Number(part || 0) * ([86_400, 3600, 60, 1][at] ?? 0), 0);
}

/** How long something takes, in words, by the clock or in seconds. */
export const duration: Check = (raw) => {
  const found = typeof raw === 'string' ? seconds(stripped(raw)) : raw;
  exact(found, { decimals: 0, least: 0, most: LONGEST_TIME });
  return true;
};

function degrees(raw: unknown, most: number): void {
  // Devices give more digits than a tenth of a metre, which is what six decimals are.
  const fine = typeof raw === 'number' && !Number.isInteger(raw) && Math.abs(raw) <= most;
  exact(fine ? Number(raw.toFixed(6)) : raw, { decimals: 6, least: -most, most });
}

const LONGEST_NAME = 200;

/** Where something is. */
export const location: Check = (raw) => {
  const known = ['longitude', 'latitude', 'name'];
  const good =
    isObject(raw) &&
    'longitude' in raw &&
    'latitude' in raw &&
    Object.keys(raw).every((one) => known.includes(one));
  if (!good) throw new Refusal('entry_not_a_location');
  line(said(raw['name']) ? raw['name'] : '', LONGEST_NAME);
  degrees(raw['longitude'], 180);
  degrees(raw['latitude'], 90);
  return true;
};
