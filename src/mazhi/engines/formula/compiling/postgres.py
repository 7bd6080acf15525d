"""From the tree of a formula to PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mazhi.engines.formula.compiling.arithmetic import add, divide, multiply, percent, power, subtract
from mazhi.engines.formula.compiling.comparing import compare
from mazhi.engines.formula.compiling.model import NotInSqlError, Source, UnsaidError
from mazhi.engines.formula.compiling.reading import to_boolean, to_date, to_integer, to_number, to_text
from mazhi.engines.formula.compiling.saying import says
from mazhi.engines.formula.compiling.saying.dates import add_days, days_between
from mazhi.engines.formula.compiling.values import constant, source
from mazhi.engines.formula.compiling.writing import (
    NO,
    Given,
    ListVal,
    Val,
    Writer,
    both,
    either,
    fails,
    is_empty,
    no_field,
)
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.function import Function
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Empty, Field, Node, Number, String, Unary, walk
from mazhi.engines.formula.values import Fault

_READ = {"text": to_text, "number": to_number, "integer": to_integer, "boolean": to_boolean, "date": to_date}
_ARITHMETIC = {"*": multiply, "/": divide, "^": power}
_AS_IT_IS = {("DATEADD", 0), ("EDATE", 0), ("TEXT", 1)}
"""Arguments that are not read before, since it matters what they are."""


class Compiler:
    """Writes formulas about the fields of one row."""

    def __init__(self, writer: Writer, fields: Mapping[str, Source], at: datetime) -> None:
        self._w = writer
        self._fields = fields
        self._at = at

    def value(self, node: Node) -> Given:
        """Write a node.

        Raises:
            NotInSqlError: SQL cannot say it.
        """
        if isinstance(node, Unary | Binary | Call) and _is_fixed(node):
            found = evaluate(node, no_field, self._at)
            if isinstance(found, Fault):
                return fails()
            if not isinstance(found, tuple):
                return constant(self._w, found)
        try:
            return self._value(node)
        except UnsaidError as error:
            raise NotInSqlError(node, error.what) from error

    def _value(self, node: Node) -> Given:
        match node:
            case Number() | String() | Boolean():
                return constant(self._w, node.value)
            case Empty():
                return constant(self._w, None)
            case Field():
                one = self._fields.get(node.name)
                return fails() if one is None else source(self._w, one)
            case Unary():
                return self._unary(node)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)

    def _unary(self, node: Unary) -> Val:
        number = to_number(self._w, self.value(node.operand))
        if node.operator == "%":
            return percent(self._w, number).but(number.fault)
        return replace(number, sql=f"(-{number.sql})", fixed=False) if node.operator == "-" else number

    def _binary(self, node: Binary) -> Val:
        w, left, right = self._w, self.value(node.left), self.value(node.right)
        if node.operator == "&":
            texts = [to_text(w, left), to_text(w, right)]
            return w.text(f"({texts[0].sql} || {texts[1].sql})", either(*(one.fault for one in texts)), longest=True)
        if node.operator in {"=", "<>", "<", ">", "<=", ">="}:
            if isinstance(left, ListVal) or isinstance(right, ListVal):
                raise NotInSqlError(node, "list")
            return compare(w, node.operator, left, right)
        if node.operator in {"+", "-"}:
            return self._sum(node, left, right)
        numbers = [w.atom(to_number(w, one)) for one in (left, right)]
        return _ARITHMETIC[node.operator](w, *numbers).but(*(one.fault for one in numbers))

    def _sum(self, node: Binary, left: Given, right: Given) -> Val:
        w, plus = self._w, node.operator == "+"
        if isinstance(left, Val) and isinstance(right, Val) and (_is_dated(left) or _is_dated(right)):
            if {left.other, right.other} != {NO}:
                raise UnsaidError("empty")
            return self._with_dates(node, w.atom(left), w.atom(right), plus=plus)
        if isinstance(left, Val) and isinstance(right, Val) and {left.other, right.other} != {NO}:
            return self._with_others(left, right, plus=plus)
        numbers = [to_number(w, one) for one in (left, right)]
        return (add if plus else subtract)(w, *numbers).but(*(one.fault for one in numbers))

    def _with_others(self, left: Val, right: Val, *, plus: bool) -> Val:
        """Add to a number that is a date now and then: then it is a later date; nothing is taken a date away from."""
        if NO not in {left.other, right.other}:
            raise UnsaidError("empty")
        numbers = [to_number(self._w, replace(one, other=NO)) for one in (left, right)]
        found = (add if plus else subtract)(self._w, *numbers).but(*(one.fault for one in numbers))
        if plus or right.other == NO:
            return replace(found, other=either(left.other, right.other))
        return found.but(right.other)

    def _with_dates(self, node: Binary, left: Val, right: Val, *, plus: bool) -> Val:
        """Work with dates; one that can be empty is no date then, but 0."""
        w, none = self._w, [is_empty(one) if _is_dated(one) else NO for one in (left, right)]
        if none == [NO, NO]:
            return with_dates(w, left, right, plus=plus)
        present = [replace(one, nullable=False) if _is_dated(one) else one for one in (left, right)]
        if not (_is_dated(left) and _is_dated(right)):
            found = with_dates(w, present[0], present[1], plus=plus)
            if not plus and _is_dated(right):
                return to_number(w, left).but(right.fault, f"(NOT {none[1]})")
            return replace(_without(found, either(*none)), other=either(*none)).but(left.fault, right.fault)
        if plus:
            if left.sort != right.sort:
                raise NotInSqlError(node, "mixed")
            added = f"(NOT {either(*none)})"
            return Val(
                left.sort,
                f"COALESCE({left.sql}, {right.sql})",
                either(left.fault, right.fault, added),
                other=both(*none),
            )
        days = with_dates(w, present[0], present[1], plus=False)
        sql = f"CASE WHEN {both(*none)} THEN 0 ELSE {days.sql} END"
        fault = either(left.fault, right.fault, both(none[0], f"NOT {none[1]}"))
        return replace(days, sql=sql, fault=fault, other=both(f"NOT {none[0]}", none[1]))

    def _call(self, node: Call) -> Given:
        function = functions[node.name]
        w = self._w
        if function.uses_now:
            return constant(w, function.call(self._at))
        say = says.get(node.name)
        if say is None:
            raise NotInSqlError(node, "function")
        arguments = list(node.arguments)
        while not function.lazy and not function.rest and len(arguments) > function.arity[0]:
            if not isinstance(arguments[-1], Empty):
                break
            arguments.pop()
        given = [self.value(one) for one in arguments]
        if function.lazy:
            return say(w, node, *given)
        read = [self._read(function, place, one) for place, one in enumerate(given)]
        found = say(w, node, *read)
        singles = [one.fault for one in read if isinstance(one, Val)]
        if isinstance(found, ListVal):
            return replace(found, fault=either(found.fault, *singles))
        return replace(found.but(*singles), fixed=False)

    def _read(self, function: Function, place: int, given: Given) -> Given:
        reader = _READ.get(function.parameter(place).kind)
        if reader is None or (function.name, place) in _AS_IT_IS:
            if isinstance(given, Val) and given.other != NO:
                raise UnsaidError("empty")
            return self._w.atom(given) if isinstance(given, Val) else given
        return self._w.atom(reader(self._w, given))


def _is_dated(value: Val) -> bool:
    return value.sort in {"date", "moment"}


def _without(value: Val, empty: str) -> Val:
    """Take back the fault that only an empty date has: there it is a value of another sort."""
    return replace(value, fault=NO if value.fault == NO else f"(NOT {empty} AND {value.fault})")


def with_dates(w: Writer, left: Val, right: Val, *, plus: bool) -> Val:
    """A date and a number give a date; the difference of two dates is a number of days."""
    dated = [one.sort in {"date", "moment"} for one in (left, right)]
    if all(dated):
        return fails() if plus else days_between(w, left, right).but(left.fault, right.fault)
    if dated[0]:
        days = w.atom(to_number(w, right))
        if not plus:
            days = replace(days, sql=f"(-{days.sql})")
        return add_days(w, left, days).but(left.fault, days.fault)
    if not plus:
        return fails()
    days = w.atom(to_number(w, left))
    return add_days(w, right, days).but(right.fault, days.fault)


def _is_fixed(node: Node) -> bool:
    return not any(
        isinstance(one, Field) or (isinstance(one, Call) and functions[one.name].uses_now) for one in walk(node)
    )
