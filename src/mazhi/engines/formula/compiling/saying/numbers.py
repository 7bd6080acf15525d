"""Functions that calculate, in SQL."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mazhi.engines.formula.compiling.arithmetic import divide, floor_divide, multiply, power, root, subtract
from mazhi.engines.formula.compiling.lists import count_where, numbers_of
from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.compiling.sorting import flat
from mazhi.engines.formula.compiling.writing import NO, Given, Val, Writer, either, is_empty
from mazhi.engines.formula.nodes import Call

_MOST_PLACES = 100
_ZERO = Val("number", "CAST(0 AS numeric)", whole=1, places=0)


def _rounded(number: Val, places: Val, sql: str) -> Val:
    sure = places is _ZERO or (places.fixed and isinstance(places.known, Decimal) and abs(places.known) <= _MOST_PLACES)
    wrong = NO if sure else f"abs({places.sql}) > {_MOST_PLACES}"
    whole, most = number.whole + 1, number.places
    if number.whole + number.places > 99:
        wrong = either(wrong, f"abs({sql}) >= 1e100")
    return Val("number", sql, wrong, whole=min(whole, 100), places=most)


def _round(w: Writer, call: Call, number: Val, places: Val = _ZERO) -> Val:
    return _rounded(number, places, w.let(f"round({number.sql}, {w.whole(places, -101, 101)})"))


def _rounddown(w: Writer, call: Call, number: Val, places: Val = _ZERO) -> Val:
    return _rounded(number, places, w.let(f"trunc({number.sql}, {w.whole(places, -101, 101)})"))


def _roundup(w: Writer, call: Call, number: Val, places: Val = _ZERO) -> Val:
    most = w.let(w.whole(places, -101, 101))
    cut = w.let(f"trunc({number.sql}, {most})")
    step = f"sign({number.sql}) * CAST('1e' || CAST(-{most} AS text) AS numeric)"
    return _rounded(number, places, w.let(f"CASE WHEN {cut} = {number.sql} THEN {cut} ELSE {cut} + {step} END"))


def _int(w: Writer, call: Call, one: Val) -> Val:
    return replace(one, sql=f"floor({one.sql})", fault=NO, whole=min(one.whole + 1, 100), places=0)


def _mod(w: Writer, call: Call, number: Val, divisor: Val) -> Val:
    whole = floor_divide(w, number, divisor, "floor")
    return subtract(w, number, multiply(w, whole, divisor)).but(whole.fault)


def _multiple(w: Writer, number: Val, step: Val, rounding: str) -> Val:
    whole = floor_divide(w, number, step, rounding)
    found = multiply(w, whole, step)
    zero = f"({step.sql} = 0)"
    fault = f"({zero} IS FALSE AND {found.fault})" if found.fault != NO else NO
    return replace(found, sql=f"CASE WHEN {zero} THEN 0 ELSE {found.sql} END", fault=fault)


_ONE = Val("number", "CAST(1 AS numeric)", whole=1, places=0)


def _extreme(w: Writer, which: str, *values: Given) -> Val:
    numbers = numbers_of(w, values)
    return replace(
        numbers.element,
        sql=f"COALESCE({w.gather(numbers, f'{which}(v)')}, 0)",
        nullable=False,
        fault=w.any_fault(numbers),
    )


def total(w: Writer, values: tuple[Given, ...]) -> Val:
    """Add numbers up; a list has fewer than 10^12 values."""
    numbers = numbers_of(w, values)
    found = f"COALESCE({w.gather(numbers, 'sum(v)')}, 0)"
    return w.number(found, numbers.element.whole + 12, numbers.element.places, w.any_fault(numbers))


def _average(w: Writer, call: Call, *values: Given) -> Val:
    numbers = numbers_of(w, values)
    return mean(w, total(w, values), w.counted(w.gather(numbers, "count(v)")))


def mean(w: Writer, total_: Val, count: Val) -> Val:
    """Divide a sum by how many numbers there are; none is a fault."""
    return divide(w, w.atom(total_), count).but(total_.fault)


def _product(w: Writer, call: Call, *values: Given) -> Val:
    """Multiply numbers one after the other; the database has no such aggregate."""
    if not flat(values):
        raise NotInSqlError(call, "list")
    found, any_ = None, []
    for value in values:
        one = w.atom(numbers_of(w, [value], single=True).element)
        any_.append(f"{one.sql} IS NOT NULL")
        factor = w.atom(replace(one, sql=f"COALESCE({one.sql}, 1)", nullable=False))
        found = factor if found is None else w.atom(multiply(w, found, factor).but(found.fault, factor.fault))
    return replace(found or _ONE, sql=f"CASE WHEN {' OR '.join(any_)} THEN {(found or _ONE).sql} ELSE 0 END")


def _count(w: Writer, call: Call, *values: Given) -> Val:
    return count_where(w, values, lambda one: f"({one.sql} IS NOT NULL)" if one.sort == "number" else NO)


def _counta(w: Writer, call: Call, *values: Given) -> Val:
    return count_where(w, values, lambda one: f"(NOT {is_empty(one)})")


SAYS = {
    "ROUND": _round,
    "ROUNDUP": _roundup,
    "ROUNDDOWN": _rounddown,
    "INT": _int,
    "MOD": _mod,
    "QUOTIENT": lambda w, call, one, divisor: floor_divide(w, one, divisor, "trunc"),
    "CEILING": lambda w, call, one, step=_ONE: _multiple(w, one, step, "ceil"),
    "FLOOR": lambda w, call, one, step=_ONE: _multiple(w, one, step, "floor"),
    "ABS": lambda w, call, one: replace(one, sql=f"abs({one.sql})", fault=NO),
    "SIGN": lambda w, call, one: Val("number", f"sign({one.sql})", whole=1, places=0),
    "MIN": lambda w, call, *given: _extreme(w, "min", *given),
    "MAX": lambda w, call, *given: _extreme(w, "max", *given),
    "SUM": lambda w, call, *given: total(w, given),
    "PRODUCT": _product,
    "AVERAGE": _average,
    "COUNT": _count,
    "COUNTA": _counta,
    "POWER": lambda w, call, base, exponent: power(w, base, exponent),
    "SQRT": lambda w, call, one: root(w, one),
}
