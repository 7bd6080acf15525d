import { Decimal } from 'decimal.js';
import { FaultError } from './faults';

const DIGITS = 34;
const LARGEST_EXPONENT = 100;
const PLACES_IN_TEXT = 15;

/** How a number is rounded; halves go away from zero. */
export const ROUND = {
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  ceiling: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
  halfUp: Decimal.ROUND_HALF_UP,
} as const;

/** Numbers of formulas: 34 significant digits. */
export const Exact = Decimal.clone({ precision: DIGITS, rounding: ROUND.halfUp, minE: -9e15, maxE: 9e15 });

/** Numbers in which every sum, product and whole quotient of two exact ones has all its digits. */
export const Wide = Decimal.clone({ precision: 500, rounding: ROUND.halfUp, minE: -9e15, maxE: 9e15 });

export const ZERO = new Exact(0);
export const ONE = new Exact(1);

/** A number of a formula. */
export function decimal(value: Decimal.Value): Decimal {
  return checked(new Exact(value));
}

/** Keep a number within what there is: 34 digits, below 10^100; beyond the 100th place it is 0. */
export function checked(number: Decimal): Decimal {
  if (!number.isFinite() || (!number.isZero() && number.e >= LARGEST_EXPONENT)) {
    throw new FaultError('formula_number_too_large');
  }
  if (number.isZero() || number.e < -LARGEST_EXPONENT) return ZERO;
  return new Exact(number).toSignificantDigits(DIGITS);
}

/** Round to so many decimal places; a negative number of them rounds before the point. */
export function rounded(number: Decimal, places: number, rounding: Decimal.Rounding = ROUND.halfUp): Decimal {
  const shift = new Wide(10).pow(Math.abs(places));
  const shifted = places < 0 ? new Wide(number).div(shift) : new Wide(number).times(shift);
  const whole = shifted.toDecimalPlaces(0, rounding);
  return checked(places < 0 ? whole.times(shift) : whole.div(shift));
}

/** Move the point. */
export function scaled(number: Decimal, places: number): Decimal {
  return checked(new Wide(number).times(new Wide(10).pow(places)));
}

/** Divide and round to a whole number, without rounding twice. */
export function quotient(number: Decimal, divisor: Decimal, rounding: Decimal.Rounding): Decimal {
  if (divisor.isZero()) throw new FaultError('formula_division_by_zero');
  const towardsZero = new Wide(number).divToInt(divisor);
  const rest = new Wide(number).minus(towardsZero.times(divisor));
  const negative = number.lt(0) !== divisor.lt(0);
  if (rest.isZero()) return checked(towardsZero);
  if (rounding === ROUND.floor && negative) return checked(towardsZero.minus(1));
  return checked(rounding === ROUND.ceiling && !negative ? towardsZero.plus(1) : towardsZero);
}

/** Divide; by zero is a fault. */
export function divided(number: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new FaultError('formula_division_by_zero');
  return checked(number.div(divisor));
}

/** Write a number without exponent, with up to 15 decimal places. */
export function numberText(number: Decimal): string {
  const written = (
    number.decimalPlaces() > PLACES_IN_TEXT ? rounded(number, PLACES_IN_TEXT) : number
  ).toFixed();
  return written === '-0' ? '0' : written;
}
