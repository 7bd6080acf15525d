"""Functions that find something in a list; an empty value is found by an empty one alone."""

from __future__ import annotations

from decimal import Decimal

from mazhi.engines.formula.comparing import same
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.function import Function, Parameter
from mazhi.engines.formula.functions.aggregates import flat, listed, same_length
from mazhi.engines.formula.values import Value, shown


def _single(value: Value) -> Value:
    if isinstance(value, tuple):
        raise FaultError("formula_list")
    return value


def _place(value: Value, values: Value) -> int:
    """Return where a value first stands, counted from 0; -1 where it does not."""
    wanted = _single(value)
    return next((place for place, one in enumerate(listed(values)) if same(wanted, one)), -1)


def _lookup(value: Value, values: Value, results: Value, *otherwise: Value) -> Value:
    beside = listed(results)
    same_length(listed(values), beside)
    place = _place(value, values)
    if place >= 0:
        return beside[place]
    if not otherwise:
        raise FaultError("formula_not_found", value=shown(value))
    return otherwise[0]


def _match(value: Value, values: Value) -> Decimal:
    place = _place(value, values)
    if place < 0:
        raise FaultError("formula_not_found", value=shown(value))
    return Decimal(place + 1)


def _index(values: Value, place: int) -> Value:
    found = listed(values)
    if not 1 <= place <= len(found):
        raise FaultError("formula_bad_argument", value=place, name="place")
    return found[place - 1]


def _in(value: Value, *values: Value) -> bool:
    wanted = _single(value)
    return any(same(wanted, one) for one in flat(values))


_VALUE = Parameter("value", "值")
_LIST = Parameter("list", "列表")

FUNCTIONS = (
    Function(
        "LOOKUP", "查表", "lists",
        (_VALUE, _LIST, Parameter("results", "结果列表"), Parameter("otherwise", "找不到时", optional=True)), "any",
        "在列表中找到值，取结果列表同行的值；找不到取最后的参数，没有给出是错误。",
        "Finds a value in a list and gives what stands beside it in the results; else the last argument, "
        "without one it is a fault.",
        ('LOOKUP("B", "A", 1, 0)', "0"), _lookup,
    ),
    Function(
        "MATCH", "第几项", "lists", (_VALUE, _LIST), "number", "值在列表中是第几个（从 1 数起）；找不到是错误。",
        "The place (from 1) of a value in a list; a fault if it is not there.", ('MATCH("A", "a")', "1"), _match,
    ),
    Function(
        "INDEX", "取项", "lists", (_LIST, Parameter("place", "第几个", "integer")), "any",
        "列表中的第几个值（从 1 数起）。", "The value at a place (from 1) of a list.", ('INDEX("a", 1)', "a"), _index,
    ),
    Function(
        "IN", "属于", "lists", (_VALUE, _LIST), "boolean", "值等于其中任何一个时为 TRUE；列表逐个比较。",
        "TRUE if a value equals one of the others; lists count value by value.",
        ('IN("b", "A", "B")', "TRUE"), _in, rest=(_LIST,),
    ),
)  # fmt: skip
