import type { Value } from '../../formula';
import {
  asMoment,
  Fault,
  isEmpty,
  isList,
  isNumber,
  toBoolean,
  toDate,
  toNumber,
  toText,
  WallDate,
  WallTime,
} from '../../formula';
import type { Column } from './plan';
import { CHECKS } from '../checking/kinds';
import { stripped } from '../checking/texts';
import type { ValueType } from './values';
import { toJson, toValue } from './values';

const MOST_DECIMALS = 6;
const LARGEST = 9_000_000_000_000;
const HALF_UP = 4;

/** What a rule sets a field to, as far as the field takes it; undefined where it does not: then it stays as it is. */
export function fitted(given: Value, { field, type, many }: Column): Value | undefined {
  if (given instanceof Fault) return undefined;
  const value = many && !isEmpty(given) && !isList(given) ? [given] : given;
  const decimals = field.options?.['decimals'];
  const found =
    isNumber(value) && typeof decimals === 'number' ? value.toDecimalPlaces(decimals, HALF_UP) : value;
  const json = toJson(found, type);
  if (isEmpty(found) || json === null) return null;
  try {
    CHECKS[field.kind]?.(json, field.options ?? {});
    return kept(found, field.kind, type);
  } catch {
    return undefined;
  }
}

/** What a field holds of a value that it takes. */
function kept(value: Value, kind: string, type: ValueType): Value {
  if (typeof value === 'string' && kind === 'text') return stripped(value);
  const read = typeof value === 'string' ? toValue(value, type) : value;
  if (type === 'date' && read instanceof WallTime) return read.date;
  return type === 'datetime' && read instanceof WallDate ? asMoment(read) : read;
}

/** What a formula field stores of what its formula came to: of its type, a number with its decimals; a fault is empty. */
export function finished(value: Value, { field, type }: Column): Value {
  if (value instanceof Fault || isEmpty(value)) return null;
  const decimals = field.options?.['decimals'];
  try {
    return fitting(value, type, typeof decimals === 'number' ? decimals : MOST_DECIMALS);
  } catch {
    // It is of no use as what the field is to hold.
    return null;
  }
}

function fitting(value: Value, type: ValueType, decimals: number): Value {
  if (type === 'number') {
    const number = toNumber(value);
    return number.abs().greaterThan(LARGEST) ? null : number.toDecimalPlaces(decimals, HALF_UP);
  }
  if (type === 'boolean') return toBoolean(value);
  if (type === 'date') {
    const date = toDate(value);
    return date instanceof WallTime ? date.date : date;
  }
  if (type === 'datetime') return asMoment(toDate(value));
  return toText(value);
}
