"""Values of fields as formulas work with them, and what formulas come to as columns hold it.

From the JSON value as clients get it, by the shape of the field: a number is exact, a day is a date, a moment is the
wall-clock time of the company's zone, a range is a list of two dates; a list stays one, of texts. Everything else is
its text, or empty where it has none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import (
    Fault,
    Value,
    as_moment,
    is_empty,
    number_text,
    rounded,
    to_boolean,
    to_date,
    to_number,
    to_text,
)
from mazhi.kernel import clock

if TYPE_CHECKING:
    from mazhi.engines.forms.model import Field, FieldKind, Values
    from mazhi.kernel.registry import Registry

Shape = Literal["number", "date", "moment", "boolean", "range", "other"]
Result = Literal["number", "text", "date", "datetime", "boolean"]
"""What a formula field comes to."""

ONE = 1_000_000
LARGEST = 9_000_000_000_000
_SHAPES: dict[tuple[str, ...], Shape] = {
    ("number",): "number", ("date",): "date", ("moment",): "moment", ("boolean",): "boolean", ("date", "date"): "range",
}  # fmt: skip


def shape_of(one: Field, kinds: Registry[FieldKind]) -> Shape:
    """Return how formulas take the values of a field."""
    kind = kinds[one.stored_as or one.kind]
    if kind.reference is not None:
        return "other"
    return _SHAPES.get(tuple(column.type for column in kind.columns), "other")


def value_of(shown: Any, shape: Shape) -> Value:
    """Take a value as clients get it."""
    if shown is None:
        return None
    match shape, shown:
        case "number", int() | float() if not isinstance(shown, bool):
            return Decimal(str(shown))
        case "date", str():
            return _date(shown)
        case "moment", str():
            return _moment(shown)
        case "boolean", bool():
            return shown
        case "range", {"from": str(first), "to": str(last)}:
            return (_date(first), _date(last))
        case _:
            return _other(shown)


def _other(shown: Any) -> Value:
    if isinstance(shown, bool):
        return "TRUE" if shown else "FALSE"
    if isinstance(shown, int | float):
        return number_text(Decimal(str(shown)))
    if isinstance(shown, list):
        return tuple(_other(one) for one in shown)
    return shown if isinstance(shown, str) else None


def _date(shown: str) -> Value:
    try:
        return date.fromisoformat(shown)
    except ValueError:
        return shown


def _moment(shown: str) -> Value:
    try:
        found = datetime.fromisoformat(shown)
    except ValueError:
        return shown
    return found if found.tzinfo is None else found.astimezone(clock.DEFAULT_ZONE).replace(tzinfo=None)


def reader(one: Field, kinds: Registry[FieldKind]) -> Callable[[Values], Value]:
    """Make what reads the columns of a field that names nothing; exactly, also where JSON could not say it."""
    kind, shape = kinds[one.stored_as or one.kind], shape_of(one, kinds)
    if shape == "number" and kind.show((ONE * 3 // 2,)) == 1.5:
        return lambda values: Decimal(values[0]).scaleb(-6)
    if kind.columns and kind.columns[0].type == "text" and len(kind.columns) == 1 and kind.show(("x",)) == "x":
        return lambda values: str(values[0])
    show = kind.show
    return lambda values: value_of(show(values), shape)


def stored(value: Value, result: Result, decimals: int) -> Values | None:
    """Return what a formula came to as a column holds it; None where it is empty or a fault."""
    if isinstance(value, Fault) or is_empty(value):
        return None
    try:
        return _STORED[result](value, decimals)
    except (FaultError, OverflowError, ValueError):
        return None


def _number(value: Value, decimals: int) -> Values | None:
    number = rounded(to_number(value), decimals)
    return (int(number * ONE),) if abs(number) <= LARGEST else None


def _text(value: Value, _decimals: int) -> Values | None:
    text = to_text(value)
    # PostgreSQL takes no NUL.
    return None if "\x00" in text else (text,)


def _day(value: Value, _decimals: int) -> Values | None:
    found = to_date(value)
    return ((found.date() if isinstance(found, datetime) else found).isoformat(),)


def _at(value: Value, _decimals: int) -> Values | None:
    micros = clock.to_micros(as_moment(to_date(value)).replace(tzinfo=clock.DEFAULT_ZONE))
    # At the ends of the calendar, where another zone has no such day, this is an OverflowError.
    clock.to_datetime(micros)
    return (micros,)


def _truth(value: Value, _decimals: int) -> Values | None:
    return (to_boolean(value),)


_STORED: dict[Result, Callable[[Value, int], Values | None]] = {
    "number": _number,
    "text": _text,
    "date": _day,
    "datetime": _at,
    "boolean": _truth,
}

KEPT_AS: dict[Result, str] = {
    "number": "number", "text": "long_text", "date": "date", "datetime": "datetime", "boolean": "switch",
}  # fmt: skip
"""The kind of field whose columns hold what a formula comes to."""
