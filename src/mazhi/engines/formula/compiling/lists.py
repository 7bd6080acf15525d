"""Lists in SQL: several arguments as one list, what fits a condition, two lists side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mazhi.engines.formula.compiling.comparing import folded, order, same
from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.compiling.reading import as_moment, to_number
from mazhi.engines.formula.compiling.sorting import alike
from mazhi.engines.formula.compiling.values import constant
from mazhi.engines.formula.compiling.writing import (
    NO,
    YES,
    Given,
    ListVal,
    Val,
    Writer,
    either,
    is_empty,
)
from mazhi.engines.formula.functions.aggregates import read_condition
from mazhi.engines.formula.nodes import Node

_APART = 1_000_000_000_000
"""The places of values of one argument from those of the next."""


def joined(w: Writer, values: Sequence[Given], work: Callable[[Writer, Val], Val]) -> ListVal:
    """Make one list of single values and lists, each value turned into what is wanted first."""
    made = [w.mapped(one if isinstance(one, ListVal) else w.listed([w.atom(one)]), work) for one in values]
    faults = either(*(one.fault for one in values))
    if len(made) == 1:
        return replace(made[0], fault=faults)
    rows = " UNION ALL ".join(
        f"SELECT {place * _APART} + {name}.p AS p, {name}.v, {name}.f FROM ({one.query}) AS {name}"
        for place, one in enumerate(made)
        for name in [w.name("u")]
    )
    element = replace(
        made[0].element,
        fault=either(*(one.element.fault for one in made)),
        nullable=any(one.element.nullable for one in made),
        whole=max(one.element.whole for one in made),
        places=max(one.element.places for one in made),
    )
    return ListVal(rows, element, faults)


def of_one_sort(w: Writer, node: Node, values: Sequence[Given]) -> ListVal:
    """Make one list of values as they are.

    Raises:
        NotInSqlError: They are of different sorts.
    """
    elements = [one.element if isinstance(one, ListVal) else one for one in values]
    sort = alike(node, elements)[0].sort
    return joined(w, values, lambda _, value: alike(node, [value, Val(sort, "")])[0])


def number_or_nothing(w: Writer, value: Val) -> Val:
    """Read a value as a number; empty stays empty."""
    empty = is_empty(value)
    found = to_number(w, value)
    sql = found.sql if empty == NO else f"CASE WHEN NOT {empty} THEN {found.sql} END"
    return replace(found, sql=sql, nullable=empty != NO)


def numbers_of(w: Writer, values: Sequence[Given], *, single: bool = False) -> ListVal:
    """Make one list of numbers; empty values are empty in it. A single value may be asked for by its element."""
    if single:
        (value,) = values
        assert isinstance(value, Val)  # noqa: S101 - whoever asks for a single value gives one
        return ListVal("", number_or_nothing(w, w.atom(value)))
    return joined(w, values, number_or_nothing)


def count_where(w: Writer, values: Sequence[Given], test: Callable[[Val], str]) -> Val:
    """Count the values of which something holds."""
    counts, faults = [], []
    for one in values:
        if isinstance(one, ListVal):
            counts.append(w.gather(one, f"count(*) FILTER (WHERE {test(one.element)})"))
        else:
            counts.append(f"CASE WHEN {test(one)} THEN 1 ELSE 0 END")
        faults.append(one.fault)
    return w.counted(f"({' + '.join(counts)})", either(*faults))


def key(value: Val) -> str:
    """Return what makes two values of one sort the same."""
    if value.sort == "text":
        return folded(value.sql)
    return as_moment(value) if value.sort == "date" else value.sql


def as_list(w: Writer, given: Given) -> ListVal:
    """Return a list as it is, a single value as a list of one."""
    return given if isinstance(given, ListVal) else w.listed([w.atom(given)])


def numbered(w: Writer, given: ListVal) -> ListVal:
    """Count a list's places from 1 without gaps."""
    name = w.name("n")
    return replace(
        given, query=f"SELECT row_number() OVER (ORDER BY {name}.p) AS p, {name}.v FROM ({given.query}) AS {name}"
    )


def apart(w: Writer, lists: Sequence[ListVal]) -> str:
    """Tell whether lists are of different lengths."""
    first, *others = lists
    found = []
    for other in others:
        if other.same != first.same:
            found.append(f"({w.gather(first, 'count(*)')} <> {w.gather(other, 'count(*)')})")
    return either(*found)


def beside(w: Writer, lists: Sequence[ListVal], work: Callable[[Writer, list[Val]], Val], where: str = "") -> ListVal:
    """Make a list of what comes of the values that stand at the same place."""
    names = [w.name("z") for _ in lists]
    inner = w.inner()
    made = work(inner, [replace(one.element, sql=f"{name}.v") for one, name in zip(lists, names, strict=True)])
    first = names[0]
    tables = f"({numbered(w, lists[0]).query}) AS {first}"
    for one, name in zip(lists[1:], names[1:], strict=True):
        tables += f" JOIN ({numbered(w, one).query}) AS {name} ON {name}.p = {first}.p"
    chain = inner.chain(made.sql, made.fault)
    if chain:
        tables += f" CROSS JOIN LATERAL {chain}"
    query = f"SELECT {first}.p, {made.sql} AS v, {made.fault} AS f FROM {tables}{where}"
    return ListVal(query, replace(made, sql="v"), either(*(one.fault for one in lists)))


Fits = Callable[[Writer, Val], str]


def fitting(w: Writer, node: Node, condition: Given) -> tuple[Fits, str]:
    """Return how to tell whether a value fits a condition, and when the condition is a fault.

    Raises:
        NotInSqlError: It is a text that does not stand in the formula: what it compares with is not known before.
    """
    if isinstance(condition, ListVal):
        return (lambda _, __: NO), YES
    operator, wanted = "=", condition
    if condition.fixed and isinstance(condition.known, str):
        operator, operand = read_condition(condition.known)
        wanted = constant(w, operand)
    elif condition.sort == "text":
        raise NotInSqlError(node, "condition")
    wanted = w.atom(wanted)

    def fits(inner: Writer, value: Val) -> str:
        if operator == "=":
            return same(inner, value, wanted)
        if operator == "<>":
            return f"(NOT {same(inner, value, wanted)})"
        missing = either(is_empty(value), is_empty(wanted))
        found = f"COALESCE({order(inner, value, wanted)} {operator} 0, FALSE)"
        return found if missing == NO else f"CASE WHEN {missing} THEN FALSE ELSE {found} END"

    return fits, condition.fault
