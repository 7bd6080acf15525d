"""Functions on lists, in SQL."""

from __future__ import annotations

from dataclasses import replace

from mazhi.engines.formula.compiling.arithmetic import add, divide, multiply
from mazhi.engines.formula.compiling.comparing import same
from mazhi.engines.formula.compiling.lists import (
    apart,
    as_list,
    beside,
    count_where,
    fitting,
    key,
    number_or_nothing,
    numbered,
    numbers_of,
    of_one_sort,
)
from mazhi.engines.formula.compiling.reading import to_number
from mazhi.engines.formula.compiling.saying.numbers import mean
from mazhi.engines.formula.compiling.sorting import alike, one_of
from mazhi.engines.formula.compiling.writing import NO, YES, Given, ListVal, Val, Writer, both, either, fails, is_empty
from mazhi.engines.formula.nodes import Call


def _countif(w: Writer, call: Call, values: Given, condition: Given) -> Val:
    fits, wrong = fitting(w, call, condition)
    asked = as_list(w, values)
    made = w.mapped(asked, lambda inner, one: Val("boolean", fits(inner, one)))
    return w.counted(w.gather(made, "count(*) FILTER (WHERE v)"), either(wrong, asked.fault))


def _chosen(w: Writer, call: Call, values: Given, condition: Given, *numbers: Given) -> ListVal:
    """The numbers beside the values that fit; those that do not are empty."""
    fits, wrong = fitting(w, call, condition)
    asked = as_list(w, values)
    lists = [asked, as_list(w, numbers[0]) if numbers else asked]

    def chosen(inner: Writer, pair: list[Val]) -> Val:
        number = number_or_nothing(inner, pair[1])
        fit = inner.let(fits(inner, pair[0]))
        sql = f"CASE WHEN {fit} THEN {number.sql} END"
        empty = is_empty(pair[1])
        return replace(
            number, sql=sql, nullable=True, fault=both(fit, f"NOT {empty}" if empty != NO else YES, number.fault)
        )

    return replace(beside(w, lists, chosen), fault=either(wrong, *(one.fault for one in lists), apart(w, lists)))


def _sum(w: Writer, numbers: ListVal) -> Val:
    found = f"COALESCE({w.gather(numbers, 'sum(v)')}, 0)"
    return w.number(found, numbers.element.whole + 12, numbers.element.places, w.any_fault(numbers))


def _sumif(w: Writer, call: Call, *given: Given) -> Val:
    return _sum(w, _chosen(w, call, *given))


def _averageif(w: Writer, call: Call, *given: Given) -> Val:
    numbers = _chosen(w, call, *given)
    return mean(w, _sum(w, numbers), w.counted(w.gather(numbers, "count(v)")))


def _sumproduct(w: Writer, call: Call, *values: Given) -> Val:
    lists = [one for one in values if isinstance(one, ListVal)]
    singles = [w.atom(to_number(w, one)) for one in values if isinstance(one, Val)]
    if not lists:
        lists = [w.listed([singles.pop(0)])]

    def product(inner: Writer, row: list[Val]) -> Val:
        found, *others = [inner.atom(to_number(inner, one)) for one in row] + singles
        fault = found.fault
        for one in others:
            found = inner.atom(multiply(inner, found, one).but(one.fault))
            fault = either(fault, found.fault)
        return replace(found, fault=fault)

    made = beside(w, lists, product)
    # Without rows the single values are not even looked at.
    return _sum(w, made).but(apart(w, lists))


def _sorted_numbers(w: Writer, values: tuple[Given, ...]) -> tuple[str, str, Val]:
    """Return numbers as a sorted array, how many there are, and what each is."""
    numbers = numbers_of(w, values)
    found = w.gather(numbers, "COALESCE(array_agg(v ORDER BY v) FILTER (WHERE v IS NOT NULL), CAST('{}' AS numeric[]))")
    count = w.let(f"cardinality({found})")
    element = replace(numbers.element, nullable=False, fault=either(w.any_fault(numbers), f"({count} = 0)"))
    return found, count, element


def _median(w: Writer, call: Call, *values: Given) -> Val:
    found, count, element = _sorted_numbers(w, values)
    low = w.atom(replace(element, sql=f"{found}[({count} + 1) / 2]"))
    high = w.atom(replace(element, sql=f"{found}[{count} / 2 + 1]"))
    middle = divide(w, w.atom(add(w, low, high)), Val("number", "2.0", whole=1, places=0))
    sql = f"CASE WHEN {low.sql} = {high.sql} THEN {low.sql} ELSE {middle.sql} END"
    return replace(middle, sql=sql, fault=element.fault)


def _nth(w: Writer, call: Call, values: Given, place: Val, *, largest: bool = False) -> Val:
    found, count, element = _sorted_numbers(w, (values,))
    at = w.let(w.whole(place, -1, 2_000_000_000))
    wanted = f"{count} + 1 - {at}" if largest else at
    return replace(element, sql=f"{found}[{wanted}]").but(f"({at} < 1 OR {at} > {count})")


def _unique(w: Writer, call: Call, *values: Given) -> ListVal:
    given = of_one_sort(w, call, values)
    name = w.name("d")
    query = (
        f"SELECT min({name}.p) AS p, (array_agg({name}.v ORDER BY {name}.p))[1] AS v FROM ({given.query}) AS {name} "
        f"WHERE NOT {is_empty(replace(given.element, sql=f'{name}.v'))} "
        f"GROUP BY {key(replace(given.element, sql=f'{name}.v'))}"
    )
    return ListVal(query, replace(given.element, nullable=False, fault=NO), given.fault)


def _countunique(w: Writer, call: Call, *values: Given) -> Val:
    given = of_one_sort(w, call, values)
    one = given.element
    if one.sort == "empty":
        return w.counted("0", given.fault)
    return w.counted(w.gather(given, f"count(DISTINCT {key(one)}) FILTER (WHERE NOT {is_empty(one)})"), given.fault)


def _end(w: Writer, call: Call, *values: Given, last: bool = False) -> Val:
    given = of_one_sort(w, call, values)
    direction = " DESC" if last else ""
    there = f" FILTER (WHERE NOT {is_empty(given.element)})"
    found = w.gather(given, f"(array_agg(v ORDER BY p{direction}){there})[1]")
    if given.element.sort == "text":
        found = f"COALESCE({found}, '')"
    return replace(given.element, sql=found, nullable=True, fault=given.fault)


def _place(w: Writer, wanted: Val, values: ListVal) -> str:
    """Return the least place, from 1, at which a value stands; NULL where it does not."""
    made = w.mapped(numbered(w, values), lambda inner, one: Val("boolean", same(inner, wanted, one)))
    return w.gather(made, "min(p) FILTER (WHERE v)")


def _at(w: Writer, values: ListVal, place: str) -> Val:
    listed = numbered(w, values)
    found = w.gather(listed, "min(v)" if values.element.sort != "boolean" else "bool_and(v)", f"p = {place}")
    if values.element.sort == "text":
        found = f"COALESCE({found}, '')"
    return replace(values.element, sql=found, nullable=True, fault=values.fault)


def _lookup(w: Writer, call: Call, value: Given, values: Given, results: Given, *otherwise: Given) -> Given:
    asked, results = as_list(w, values), as_list(w, results)
    if isinstance(value, ListVal):
        return fails()
    wanted = w.atom(value)
    place = w.let(_place(w, wanted, asked))
    found, other = alike(call, [_at(w, results, place), otherwise[0] if otherwise else fails(NO)])
    missing = f"({place} IS NULL)"
    fault = either(wanted.fault, asked.fault, found.fault, other.fault, apart(w, [asked, results]))
    if not otherwise:
        return replace(found, fault=either(fault, missing))
    return one_of([found, other], f"CASE WHEN {missing} THEN {other.sql} ELSE {found.sql} END", fault)


def _match(w: Writer, call: Call, value: Given, values: Given) -> Val:
    if isinstance(value, ListVal):
        return fails()
    wanted, asked = w.atom(value), as_list(w, values)
    place = w.let(_place(w, wanted, asked))
    return w.counted(place, either(wanted.fault, asked.fault, f"({place} IS NULL)"))


def _index(w: Writer, call: Call, values: Given, place: Val) -> Val:
    asked = as_list(w, values)
    at = w.let(w.whole(place, -1, 2_000_000_000))
    return _at(w, asked, at).but(f"({at} < 1 OR {at} > {w.gather(asked, 'count(*)')})")


def holds(w: Writer, wanted: Val, values: tuple[Given, ...]) -> Val:
    """Tell whether a value is among others."""
    wanted = w.atom(wanted)
    found, faults = [], [wanted.fault]
    for one in values:
        faults.append(one.fault)
        if isinstance(one, ListVal):
            made = w.mapped(one, lambda inner, each: Val("boolean", same(inner, wanted, each)))
            found.append(w.gather(made, "COALESCE(bool_or(v), FALSE)"))
        else:
            found.append(same(w, wanted, one))
    return Val("boolean", either(*(f"({one})" for one in found)), either(*faults))


def _in(w: Writer, call: Call, value: Given, *values: Given) -> Val:
    return fails() if isinstance(value, ListVal) else holds(w, value, values)


SAYS = {
    "COUNTIF": _countif,
    "SUMIF": _sumif,
    "AVERAGEIF": _averageif,
    "SUMPRODUCT": _sumproduct,
    "MEDIAN": _median,
    "LARGE": lambda w, call, values, place: _nth(w, call, values, place, largest=True),
    "SMALL": _nth,
    "UNIQUE": _unique,
    "COUNTUNIQUE": _countunique,
    "COUNTBLANK": lambda w, call, *given: count_where(w, given, is_empty),
    "FIRST": _end,
    "LAST": lambda w, call, *given: _end(w, call, *given, last=True),
    "LOOKUP": _lookup,
    "MATCH": _match,
    "INDEX": _index,
    "IN": _in,
}
