"""Working a formula out: exactly, without ``eval``, and never failing but with a fault as its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, DecimalException
from typing import Any

from mazhi.engines.formula.comparing import equal, order
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.function import Function
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Empty, Field, Node, Number, String, Unary
from mazhi.engines.formula.powers import raised
from mazhi.engines.formula.values import (
    CONTEXT,
    LONGEST_TEXT,
    Fault,
    Value,
    add_days,
    adopt,
    checked,
    days_between,
    to_boolean,
    to_date,
    to_integer,
    to_number,
    to_text,
)
from mazhi.kernel import clock

Scope = Callable[[str], object]
"""Gives the value of a field by its dotted name; a LookupError says that there is no such field."""


class Situation:
    """What a formula is worked out in: its fields, and the present moment, taken once."""

    __slots__ = ("_at", "scope")

    def __init__(self, scope: Scope, at: datetime | None = None) -> None:
        self.scope = scope
        self._at = at

    @property
    def at(self) -> datetime:
        """The present moment as wall-clock time."""
        if self._at is None:
            self._at = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        return self._at


Worker = Callable[[Situation], Value]
"""A formula made ready; it raises FaultError where it cannot be worked out."""


def evaluate(node: Node, scope: Scope, at: datetime | None = None) -> Value:
    """Work a formula out; what cannot be is a ``Fault`` with its place.

    Args:
        node: The formula.
        scope: Its fields.
        at: The present moment as wall-clock time; now by default.
    """
    return run(prepare(node), Situation(scope, at))


def run(worker: Worker, situation: Situation) -> Value:
    """Work out a formula that was made ready."""
    try:
        return worker(situation)
    except FaultError as fault:
        return Fault(fault.code, fault.start, fault.end, fault.params)


def prepare(node: Node) -> Worker:
    """Make a formula ready to be worked out many times."""
    match node:
        case Number():
            number = node.value
            return lambda _: number
        case String():
            text = node.value
            return lambda _: text
        case Boolean():
            truth = node.value
            return lambda _: truth
        case Empty():
            return lambda _: None
        case Field():
            return _field(node)
        case Unary():
            return _placed(_unary(node.operator, prepare(node.operand)), node)
        case Binary():
            return _placed(_binary(node.operator, prepare(node.left), prepare(node.right)), node)
        case Call():
            return _placed(_call(functions[node.name], node.arguments), node)


def _placed(worker: Worker, node: Node) -> Worker:
    """Note the place of a fault where it arises; the innermost operation counts."""
    start, end = node.start, node.end

    def placed(situation: Situation) -> Value:
        try:
            return worker(situation)
        except FaultError as fault:
            if fault.start < 0:
                fault.start, fault.end = start, end
            raise

    return placed


def _field(node: Field) -> Worker:
    name = node.name

    def read(situation: Situation) -> Value:
        try:
            found = situation.scope(name)
        except LookupError:
            raise FaultError("formula_unknown_field", name=name) from None
        value = found if type(found) is str else adopt(found)
        if isinstance(value, Fault):
            raise FaultError(value.code, **value.params)
        return value

    return _placed(read, node)


def _unary(operator: str, operand: Worker) -> Worker:
    if operator == "-":
        # Unlike subtracting from 0 this keeps every digit; 0 has no sign.
        return lambda situation: CONTEXT.minus(to_number(operand(situation)))
    if operator == "%":
        return lambda situation: checked(to_number(operand(situation)).scaleb(-2, CONTEXT))
    return lambda situation: to_number(operand(situation))


_COMPARE: dict[str, Callable[[Value, Value], bool]] = {
    "=": equal,
    "<>": lambda left, right: not equal(left, right),
    "<": lambda left, right: order(left, right) < 0,
    ">": lambda left, right: order(left, right) > 0,
    "<=": lambda left, right: order(left, right) <= 0,
    ">=": lambda left, right: order(left, right) >= 0,
}


def joined(parts: Sequence[str]) -> str:
    """Join texts, if what comes out is not too long."""
    if sum(map(len, parts)) > LONGEST_TEXT:
        raise FaultError("formula_text_too_long", most=LONGEST_TEXT)
    return "".join(parts)


def _binary(operator: str, left: Worker, right: Worker) -> Worker:
    compare = _COMPARE.get(operator)
    if compare is not None:
        return lambda situation: compare(left(situation), right(situation))
    if operator == "&":
        return lambda situation: joined((to_text(left(situation)), to_text(right(situation))))
    if operator in {"+", "-"}:
        plus = operator == "+"
        return lambda situation: _sum(left(situation), right(situation), plus=plus)
    work = {"*": CONTEXT.multiply, "/": divide, "^": raised}[operator]
    return lambda situation: calculated(work, to_number(left(situation)), to_number(right(situation)))


def _sum(left: Value, right: Value, *, plus: bool) -> Value:
    if isinstance(left, date) or isinstance(right, date):
        return _with_dates(left, right, plus=plus)
    return calculated(CONTEXT.add if plus else CONTEXT.subtract, to_number(left), to_number(right))


def _with_dates(left: Value, right: Value, *, plus: bool) -> Value:
    """A date and a number give a date; the difference of two dates is a number of days."""
    if isinstance(left, date) and isinstance(right, date):
        if plus:
            raise FaultError("formula_dates_added")
        return days_between(left, right)
    if isinstance(left, date):
        days = to_number(right)
        return add_days(left, days if plus else days.copy_negate())
    if plus and isinstance(right, date):
        return add_days(right, to_number(left))
    raise FaultError("formula_not_a_date", value=to_text(left))


def calculated(work: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal:
    """Calculate, and turn what Decimal cannot do into a fault."""
    try:
        return checked(work(left, right))
    except DecimalException as error:
        raise FaultError("formula_number_too_large") from error


def divide(left: Decimal, right: Decimal) -> Decimal:
    """Divide; by zero is a fault."""
    if not right:
        raise FaultError("formula_division_by_zero")
    return CONTEXT.divide(left, right)


_READ: dict[str, Callable[[Value], Any]] = {
    "text": to_text,
    "number": to_number,
    "integer": to_integer,
    "boolean": to_boolean,
    "date": to_date,
}


def _call(function: Function, arguments: Sequence[Node]) -> Worker:
    call = function.call
    if function.uses_now:
        return lambda situation: call(situation.at)
    given = list(arguments)
    while not function.lazy and not function.rest and len(given) > function.arity[0] and isinstance(given[-1], Empty):
        given.pop()  # an optional argument left out at the end: ROUND(1.5, )
    workers = [prepare(one) for one in given]
    if function.lazy:
        return lambda situation: call(*(_later(worker, situation) for worker in workers))
    reads = [_READ.get(function.parameter(place).kind) for place in range(len(workers))]
    steps = list(zip(workers, reads, strict=True))

    def work(situation: Situation) -> Value:
        values = [worker(situation) if read is None else read(worker(situation)) for worker, read in steps]
        found: Value = call(*values)
        if type(found) is str and len(found) > LONGEST_TEXT:
            raise FaultError("formula_text_too_long", most=LONGEST_TEXT)
        return found

    return work


def _later(worker: Worker, situation: Situation) -> Callable[[], Value]:
    return lambda: worker(situation)
