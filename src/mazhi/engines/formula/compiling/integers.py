"""Arithmetic in SQLite's own words: whole numbers of 64 bits, in tenths, hundredths … millionths and beyond.

It is exact while nothing grows beyond 64 bits. What could is guarded: the guards are tried first, with floating-point
numbers, which are good enough to say how large something is; where one does not hold Python works the row out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from mazhi.engines.formula.compiling.model import Column, ListColumn, Source
from mazhi.engines.formula.values import CONTEXT

_SAFE = "9e18"
_HALF = "4e18"
_MOST = 9 * 10**18
_FINEST = 18
_STORED = 6


Bind = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A number as a whole number of units of 10^-scale."""

    sql: str
    scale: int
    guards: tuple[str, ...] = ()
    known: int | None = None
    bind: Bind | None = None


def from_source(source: Source | None) -> Whole | None:
    """Return a number that a column holds; empty is 0."""
    if not isinstance(source, Column) or source.kind != "number" or source.exact:
        return None
    if source.decimals >= 6:
        return Whole(f"COALESCE({source.sql}, 0)", 6)
    return Whole(f"(COALESCE({source.sql}, 0) / {10 ** (6 - source.decimals)})", source.decimals)


def known(number: Decimal, bind: Bind) -> Whole | None:
    """Return a number that is known, if it fits."""
    exponent = number.normalize(CONTEXT).as_tuple().exponent
    scale = max(-int(exponent), 0)
    units = number.scaleb(scale, CONTEXT)
    if scale > _FINEST or abs(units) > _MOST:
        return None
    return Whole(bind(int(units)), scale, known=int(units), bind=bind)


def total(source: Source | None) -> Whole | None:
    """Add a column of rows up, millions and what is left of them apart: the database's SUM fails when it overflows."""
    if not isinstance(source, ListColumn):
        return None
    column, rows = source.column, source.rows
    if column.kind != "number" or column.exact:
        return None

    def part(operator: str) -> str:
        return f"(SELECT COALESCE(SUM({column.sql} {operator} 1000000), 0) FROM {rows.source} WHERE {rows.where})"

    whole = part("/")
    return Whole(f"({whole} * 1000000 + {part('%')})", 6, (f"abs({whole}) < 9e12",))


def _scaled(number: Whole, scale: int) -> Whole | None:
    if scale == number.scale:
        return number
    factor = 10 ** (scale - number.scale)
    if number.known is not None and number.bind is not None:
        units = number.known * factor
        return None if abs(units) > _MOST else replace(number, sql=number.bind(units), scale=scale, known=units)
    guard = f"abs({number.sql} * {float(factor)!r}) < {_SAFE}"
    return Whole(f"({number.sql} * {factor})", scale, (*number.guards, guard))


def aligned(left: Whole, right: Whole) -> tuple[Whole, Whole] | None:
    """Return two numbers in the same units."""
    scale = max(left.scale, right.scale)
    first, second = _scaled(left, scale), _scaled(right, scale)
    return None if scale > _FINEST or first is None or second is None else (first, second)


def add(left: Whole, right: Whole, operator: str) -> Whole | None:
    """Add or subtract."""
    pair = aligned(left, right)
    if pair is None:
        return None
    guards = tuple(f"abs({one.sql}) < {_HALF}" for one in pair)
    return Whole(f"({pair[0].sql} {operator} {pair[1].sql})", pair[0].scale, pair[0].guards + pair[1].guards + guards)


def multiply(left: Whole, right: Whole) -> Whole | None:
    """Multiply."""
    scale = left.scale + right.scale
    if scale > _FINEST:
        return None
    guard = f"abs(({left.sql} + 0.0) * {right.sql}) < {_SAFE}"
    return Whole(f"({left.sql} * {right.sql})", scale, (*left.guards, *right.guards, guard))


def negative(number: Whole) -> Whole:
    """Change the sign."""
    return Whole(f"(-{number.sql})", number.scale, number.guards)


def rounded(number: Whole, places: int) -> Whole | None:
    """Round to decimal places, halves away from zero."""
    if places >= number.scale:
        return number
    if places < 0:
        return None
    step = 10 ** (number.scale - places)
    sql = f"(({number.sql} + CASE WHEN {number.sql} < 0 THEN -{step // 2} ELSE {step // 2} END) / {step})"
    return Whole(sql, places, (*number.guards, f"abs({number.sql}) < {_HALF}"))


def quotient(left: Whole, right: Whole, places: int) -> Whole | None:
    """Divide and round to decimal places, halves away from zero.

    Numbers are divided to 34 digits and rounded then; of numbers of 64 bits no quotient is so near to a half that
    rounding twice would matter.
    """
    if not 0 <= places <= 6:
        return None
    shift = places + right.scale - left.scale
    top, below = (left.sql, right.sql)
    guards = [*left.guards, *right.guards]
    factor = 2 * 10 ** max(shift, 0)
    lower = 2 * 10 ** max(-shift, 0)
    if max(factor, lower) >= 10**18:
        return None
    guards += [
        f"{below} <> 0",
        f"abs({top} * {float(factor)!r}) + abs({below} * {float(lower)!r}) < {_SAFE}",
    ]
    # 2·|a| + |b| over 2·|b|, with the sign of the quotient.
    size = f"(abs({top} * {factor}) + abs({below} * {lower // 2})) / abs({below} * {lower})"
    sql = f"(CASE WHEN ({top} < 0) = ({below} < 0) THEN 1 ELSE -1 END * ({size}))"
    return Whole(sql, places, tuple(guards))


def millionths(number: Whole) -> Whole | None:
    """Return a number as tables hold it, in millionths, rounded."""
    return rounded(number, 6) if number.scale > _STORED else _scaled(number, _STORED)
