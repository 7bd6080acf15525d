"""Powers and roots, with the same digits wherever they are worked out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, InvalidOperation, Overflow

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import ONE, ZERO, checked

FRACTIONAL_DIGITS = 15
"""Significant digits of a power with a fractional exponent: all that every implementation agrees on."""
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999, traps=[InvalidOperation, Overflow])
_NARROW = Context(prec=FRACTIONAL_DIGITS, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999, traps=[InvalidOperation])


def raised(base: Decimal, exponent: Decimal) -> Decimal:
    """Raise to a power: 0^0 is 1; a fractional exponent gives 15 significant digits.

    Raises:
        FaultError: 0 to a negative power, a root of a negative number, or a number that is too large.
    """
    if not exponent:
        return ONE
    if not base:
        if exponent < 0:
            raise FaultError("formula_division_by_zero")
        return ZERO
    whole = exponent == exponent.to_integral_value()
    if base < 0 and not whole:
        raise FaultError("formula_root_of_negative")
    try:
        found = _WIDE.power(base, exponent)
        return checked(found if whole else _NARROW.plus(found))
    except DecimalException as error:
        raise FaultError("formula_number_too_large") from error
