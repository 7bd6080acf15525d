import type { Decimal } from 'decimal.js';
import { checked, decimal, divided, ONE, quotient, ROUND, rounded, ZERO } from '../decimals';
import { FaultError } from '../faults';
import { eager, many, type Family } from '../function';
import { capitalAmount } from '../money';
import { raised } from '../powers';
import { each, isEmpty, isNumber, toNumber, type Value } from '../values';

// Functions that calculate; halves are rounded away from zero.

const MOST_PLACES = 100;

const rounding = (direction: Decimal.Rounding) =>
  eager(
    ['number'],
    (number, places = ZERO) => {
      if (places.abs().gt(MOST_PLACES)) {
        throw new FaultError('formula_bad_argument', { value: places.toFixed(), name: 'places' });
      }
      return rounded(number, places.toNumber(), direction);
    },
    ['integer'],
  );

const multiple = (direction: Decimal.Rounding) =>
  eager(
    ['number'],
    (number, step = ONE) => (step.isZero() ? ZERO : checked(quotient(number, step, direction).times(step))),
    ['number'],
  );

/** The numbers among single values and those of lists; empty ones are left out. */
export function numbers(values: readonly Value[]): readonly Decimal[] {
  return values.flatMap(each).flatMap((one) => (isEmpty(one) ? [] : [toNumber(one)]));
}

/** The sum of numbers. */
export function sum(found: readonly Decimal[]): Decimal {
  return found.reduce((total, one) => checked(total.plus(one)), ZERO);
}

/** The mean of numbers; a fault if there is none. */
export function mean(found: readonly Decimal[]): Decimal {
  return divided(sum(found), decimal(found.length));
}

function product(found: readonly Decimal[]): Decimal {
  return found.length === 0 ? ZERO : found.reduce((total, one) => checked(total.times(one)), ONE);
}

export const functions: Family = {
  ROUND: rounding(ROUND.halfUp),
  ROUNDUP: rounding(ROUND.up),
  ROUNDDOWN: rounding(ROUND.down),
  INT: eager(['number'], (number) => rounded(number, 0, ROUND.floor)),
  MOD: eager(['number', 'number'], (number, divisor) =>
    checked(number.minus(quotient(number, divisor, ROUND.floor).times(divisor))),
  ),
  QUOTIENT: eager(['number', 'number'], (number, divisor) => quotient(number, divisor, ROUND.down)),
  CEILING: multiple(ROUND.ceiling),
  FLOOR: multiple(ROUND.floor),
  ABS: eager(['number'], (number) => number.abs()),
  SIGN: eager(['number'], (number) => decimal(number.cmp(ZERO))),
  MIN: many((values) => numbers(values).reduce<Decimal | null>((a, b) => (a?.lte(b) ? a : b), null) ?? ZERO),
  MAX: many((values) => numbers(values).reduce<Decimal | null>((a, b) => (a?.gte(b) ? a : b), null) ?? ZERO),
  SUM: many((values) => sum(numbers(values))),
  PRODUCT: many((values) => product(numbers(values))),
  AVERAGE: many((values) => mean(numbers(values))),
  COUNT: many((values) => decimal(values.flatMap(each).filter(isNumber).length)),
  COUNTA: many((values) => decimal(values.flatMap(each).filter((one) => !isEmpty(one)).length)),
  POWER: eager(['number', 'number'], raised),
  SQRT: eager(['number'], (number) => raised(number, decimal('0.5'))),
  RMBUPPER: eager(['number'], capitalAmount),
};
