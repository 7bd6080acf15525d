import { Decimal } from 'decimal.js';
import { checked, ONE, ROUND, ZERO } from './decimals';
import { FaultError } from './faults';

const FRACTIONAL_DIGITS = 15;
const KEPT_DIGITS = 60;
const BEYOND = 150;
// More digits than are kept, so that those that are kept are the same wherever they are worked out.
const Long = Decimal.clone({ precision: 90, rounding: ROUND.halfUp, minE: -9e15, maxE: 9e15 });

/** Raise to a power: 0^0 is 1; a fractional exponent gives 15 significant digits. */
export function raised(base: Decimal, exponent: Decimal): Decimal {
  if (exponent.isZero()) return ONE;
  if (base.isZero()) {
    if (exponent.lt(0)) throw new FaultError('formula_division_by_zero');
    return ZERO;
  }
  const whole = exponent.isInteger();
  if (base.lt(0) && !whole) throw new FaultError('formula_root_of_negative');
  const found = powerOf(new Long(base).abs(), new Long(exponent)).toSignificantDigits(KEPT_DIGITS);
  if (!whole) return checked(found.toSignificantDigits(FRACTIONAL_DIGITS));
  return checked(base.lt(0) && !exponent.mod(2).isZero() ? found.neg() : found);
}

function powerOf(base: Decimal, exponent: Decimal): Decimal {
  const magnitude = base.log(10).times(exponent);
  if (magnitude.gt(BEYOND)) return new Long(Infinity);
  return magnitude.lt(-BEYOND) ? ZERO : base.pow(exponent);
}
