"""Arithmetic on numbers that are not empty, in SQL: exact, then rounded to the digits that numbers have."""

from __future__ import annotations

from mazhi.engines.formula.compiling.writing import Val, Writer, rounding
from mazhi.engines.formula.powers import FRACTIONAL_DIGITS
from mazhi.engines.formula.values import LARGEST_EXPONENT

_NEAR = 150
_FAR = 320
_POWER_PLACES = 170


def add(w: Writer, left: Val, right: Val) -> Val:
    """Add."""
    whole, places = max(left.whole, right.whole) + 1, max(left.places, right.places)
    return w.number(f"({left.sql} + {right.sql})", whole, places)


def subtract(w: Writer, left: Val, right: Val) -> Val:
    """Subtract."""
    whole, places = max(left.whole, right.whole) + 1, max(left.places, right.places)
    return w.number(f"({left.sql} - {right.sql})", whole, places)


def multiply(w: Writer, left: Val, right: Val) -> Val:
    """Multiply."""
    return w.number(f"({left.sql} * {right.sql})", left.whole + right.whole, left.places + right.places)


def divide(w: Writer, left: Val, right: Val) -> Val:
    """Divide, with so many places that rounding to the digits of numbers is not rounding twice; by 0 is a fault."""
    left, right = w.atom(left), w.atom(right)
    small = left.whole + left.places + right.whole + right.places <= 80 and max(left.places, right.whole) <= 20
    # Widened rather than rounded: a number keeps what it has, and the quotient gets as many places as that.
    wide = f"({left.sql} + round(0.0, {_NEAR if small else _FAR}))"
    quotient = f"CASE WHEN {right.sql} <> 0 THEN {wide} / {right.sql} END"
    return w.number(quotient, left.whole + right.places, 999, f"({right.sql} = 0)")


def floor_divide(w: Writer, left: Val, right: Val, rounding_: str) -> Val:
    """Divide and round to a whole number without rounding twice: ``floor``, ``ceil`` or ``trunc``; by 0 is a fault."""
    left, right = w.atom(left), w.atom(right)
    whole = w.let(f"CASE WHEN {right.sql} <> 0 THEN div({left.sql}, {right.sql}) END")
    if rounding_ != "trunc":
        over = f"{left.sql} <> {whole} * {right.sql}"
        up = f"sign({left.sql}) * sign({right.sql})"
        step = f"CASE WHEN {over} AND {up} < 0 THEN -1 ELSE 0 END"
        if rounding_ == "ceil":
            step = f"CASE WHEN {over} AND {up} > 0 THEN 1 ELSE 0 END"
        whole = w.let(f"({whole} + {step})")
    return w.number(whole, left.whole + right.places + 1, 0, f"({right.sql} = 0)")


def power(w: Writer, base: Val, exponent: Val) -> Val:
    """Raise to a power; with a fractional exponent to 15 significant digits."""
    base, exponent = w.atom(base), w.atom(exponent)
    whole = f"{exponent.sql} = trunc({exponent.sql})"
    size = w.let(
        f"CASE WHEN {base.sql} = 0 THEN 0 ELSE log(abs(CAST({base.sql} AS double precision))) "
        f"* CAST({exponent.sql} AS double precision) END"
    )
    far = LARGEST_EXPONENT + 1
    possible = f"{base.sql} <> 0 AND abs({size}) < {far} AND ({base.sql} > 0 OR {whole})"
    wide = f"({base.sql} + round(0.0, {_POWER_PLACES}))"
    found = w.let(
        f"CASE WHEN {exponent.sql} = 0 THEN 1 WHEN {base.sql} = 0 THEN 0 WHEN {size} <= -{far} THEN 0 "
        f"WHEN {possible} THEN power({wide}, {exponent.sql}) END"
    )
    sql = f"CASE WHEN {whole} THEN {found} ELSE {rounding(found, FRACTIONAL_DIGITS)} END"
    nothing = f"({base.sql} = 0 AND {exponent.sql} < 0)"
    negative = f"({base.sql} < 0 AND NOT {whole})"
    return w.number(sql, 999, 999, f"({nothing} OR {negative} OR ({base.sql} <> 0 AND {size} >= {far}))")


def root(w: Writer, number: Val) -> Val:
    """Take the square root, to 15 significant digits."""
    number = w.atom(number)
    found = w.let(f"CASE WHEN {number.sql} >= 0 THEN sqrt({number.sql} + round(0.0, {_POWER_PLACES})) END")
    sql = f"CASE WHEN {number.sql} = 0 THEN 0 ELSE {rounding(found, FRACTIONAL_DIGITS)} END"
    return Val("number", sql, f"({number.sql} < 0)", whole=51)


def percent(w: Writer, number: Val) -> Val:
    """Divide by 100."""
    return w.number(f"({number.sql} * 0.01)", number.whole, number.places + 2)
