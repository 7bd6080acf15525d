import type { Decimal } from 'decimal.js';
import { foldCase, orderOf } from './characters';
import { ZERO } from './decimals';
import { Fault, FaultError } from './faults';
import { adopt, isDate, isEmpty, isList, isNumber, readDate, readNumber, shown, type Value } from './values';
import { orderOfDates, type Wall } from './wall';

// Texts compare without the case of A–Z, then by code points; a date equals the moment at which it begins. Empty
// compares as 0, a text without characters, or FALSE; beside a date it is earlier. A number beside a text compares as
// number if the text looks like one, a date beside a text likewise; otherwise they are not equal and have no order.

/** Whether two values are equal; lists are if their values are, in their order. */
export function equal(left: Value, right: Value): boolean {
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((one, at) => equal(one, right[at] ?? null));
  }
  return compared(left, right) === 0;
}

/** Whether two values are the same for a list: equal, and empty is nothing but empty. */
export function same(left: Value, right: Value): boolean {
  if (isEmpty(left) || isEmpty(right)) return isEmpty(left) && isEmpty(right);
  return equal(left, right);
}

/** -1, 0 or 1; a fault where the values have no order. */
export function order(left: Value, right: Value): number {
  const found = compared(left, right);
  if (found === null) {
    throw new FaultError('formula_not_comparable', { left: shown(left), right: shown(right) });
  }
  return found;
}

function compared(left: Value, right: Value): number | null {
  for (const value of [left, right]) {
    if (value instanceof Fault) adopt(value);
    if (isList(value)) return null;
  }
  if (isEmpty(left) || isEmpty(right)) return besideEmpty(left, right);
  if (typeof left === 'string' && typeof right === 'string') return orderOf(foldCase(left), foldCase(right));
  return ofKinds(left, right);
}

function ofKinds(left: Value, right: Value): number | null {
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    return typeof left === typeof right ? Number(left) - Number(right) : null;
  }
  if (isNumber(left) || isNumber(right)) {
    const [first, second] = [asNumber(left), asNumber(right)];
    return first === null || second === null ? null : first.cmp(second);
  }
  const [first, second] = [asDate(left), asDate(right)];
  return first === null || second === null ? null : orderOfDates(first, second);
}

function asNumber(value: Value): Decimal | null {
  if (typeof value === 'string') return readNumber(value);
  return isNumber(value) ? value : null;
}

function asDate(value: Value): Wall | null {
  if (typeof value === 'string') return readDate(value);
  return isDate(value) ? value : null;
}

function besideEmpty(left: Value, right: Value): number | null {
  if (isEmpty(left) && isEmpty(right)) return 0;
  const [value, sign] = isEmpty(right) ? [left, -1] : [right, 1];
  if (typeof value === 'boolean') return value ? -sign : 0;
  return isNumber(value) ? ZERO.cmp(value) * sign : -sign;
}
