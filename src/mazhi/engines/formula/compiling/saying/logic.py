"""Functions that decide, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mazhi.engines.formula.compiling.comparing import compare
from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.compiling.reading import to_boolean
from mazhi.engines.formula.compiling.sorting import alike, one_of
from mazhi.engines.formula.compiling.writing import (
    NO,
    YES,
    Given,
    ListVal,
    Val,
    Writer,
    both,
    choose,
    either,
    fails,
    is_empty,
)
from mazhi.engines.formula.nodes import Call

_FALSE = Val("boolean", "FALSE", known=False, fixed=True)


def _decide(call: Call, pairs: Sequence[tuple[Val, Given]], otherwise: Given) -> Val:
    """Return the value beside the first condition that holds."""
    values = alike(call, [*(value for _, value in pairs), otherwise])
    found = values[-1]
    for (condition, _), value in zip(reversed(pairs), reversed(values[:-1]), strict=True):
        sql = choose(condition.sql, value.sql, found.sql)
        fault = either(condition.fault, choose(condition.sql, value.fault, found.fault))
        found = one_of([value, found], sql, fault, choose(condition.sql, value.other, found.other))
    return found


def _if(w: Writer, call: Call, condition: Given, then: Given, otherwise: Given = _FALSE) -> Val:
    return _decide(call, [(w.atom(to_boolean(w, condition)), then)], otherwise)


def _ifs(w: Writer, call: Call, *pairs: Given) -> Val:
    conditions = [w.atom(to_boolean(w, one)) for one in pairs[::2]]
    return _decide(call, list(zip(conditions, pairs[1::2], strict=True)), fails())


def _switch(w: Writer, call: Call, subject: Given, *cases: Given) -> Val:
    if not isinstance(subject, Val) or any(isinstance(one, ListVal) for one in cases):
        raise NotInSqlError(call, "list")
    wanted = w.atom(subject)
    pairs = [
        (w.atom(compare(w, "=", replace(wanted, fault=NO), case)), value)
        for case, value in zip(cases[:-1:2] if len(cases) % 2 else cases[::2], cases[1::2], strict=True)
        if isinstance(case, Val)
    ]
    return _decide(call, pairs, cases[-1] if len(cases) % 2 else fails()).but(wanted.fault)


def _stepwise(w: Writer, conditions: Sequence[Given], *, stops: bool) -> Val:
    """AND and OR: the first that is FALSE, or TRUE, stops and decides."""
    found = Val("boolean", NO if stops else YES)
    for given in reversed(conditions):
        one = _all_of(w, given, stops=stops) if isinstance(given, ListVal) else to_boolean(w, given)
        one = w.atom(one) if found.fault != NO else one
        more = both(one.sql, found.fault) if not stops else both(f"NOT {one.sql}", found.fault)
        sql = either(one.sql, found.sql) if stops else both(one.sql, found.sql)
        found = Val("boolean", sql, either(one.fault, more if found.fault != NO else NO))
    return found


def _all_of(w: Writer, given: ListVal, *, stops: bool) -> Val:
    made = w.mapped(given, to_boolean)
    aggregate = "COALESCE(bool_or(v), FALSE)" if stops else "COALESCE(bool_and(v), TRUE)"
    if made.element.fault == NO:
        return Val("boolean", w.gather(made, aggregate), made.fault)
    decides = "v" if stops else "NOT v"
    first = w.gather(made, f"min(p) FILTER (WHERE {decides} AND NOT f)")
    wrong = w.gather(made, "min(p) FILTER (WHERE f)")
    sql = f"({first} IS NOT NULL)" if stops else f"({first} IS NULL)"
    return Val("boolean", sql, either(made.fault, f"COALESCE({wrong} < COALESCE({first}, {wrong} + 1), FALSE)"))


def _xor(w: Writer, call: Call, *conditions: Given) -> Val:
    counts, faults = [], []
    for given in conditions:
        if isinstance(given, ListVal):
            made = w.mapped(given, to_boolean)
            counts.append(w.gather(made, "count(*) FILTER (WHERE v)"))
            faults.append(w.any_fault(made))
        else:
            one = to_boolean(w, given)
            counts.append(f"CASE WHEN {one.sql} THEN 1 ELSE 0 END")
            faults.append(one.fault)
    return Val("boolean", f"(({' + '.join(counts)}) % 2 = 1)", either(*faults))


def _isempty(w: Writer, call: Call, given: Given) -> Val:
    if isinstance(given, ListVal):
        return Val("boolean", w.gather(given, f"COALESCE(bool_and({is_empty(given.element)}), TRUE)"), given.fault)
    return Val("boolean", is_empty(given))


def _coalesce(w: Writer, call: Call, *values: Given) -> Val:
    found, *earlier = reversed([w.atom(one) for one in alike(call, values)])
    for value in earlier:
        empty = is_empty(value)
        sql = choose(empty, found.sql, value.sql)
        other = either(value.other, choose(empty, found.other, NO))
        found = one_of([value, found], sql, either(value.fault, choose(empty, found.fault, NO)), other)
    return found


def _iferror(w: Writer, call: Call, value: Given, otherwise: Given) -> Val:
    first, second = alike(call, [value, otherwise])
    wrong = w.let(first.fault) if first.fault not in {YES, NO} else first.fault
    other = choose(wrong, second.other, first.other)
    return one_of([first, second], choose(wrong, second.sql, first.sql), both(wrong, second.fault), other)


def _iserror(w: Writer, call: Call, value: Given) -> Val:
    return Val("boolean", value.fault)


def _is_sort(given: Given, *sorts: str) -> Val:
    if isinstance(given, ListVal) or given.sort not in sorts:
        return _FALSE
    return Val("boolean", f"(NOT {is_empty(given)})")


SAYS = {
    "IF": _if,
    "IFS": _ifs,
    "SWITCH": _switch,
    "AND": lambda w, call, *given: _stepwise(w, given, stops=False),
    "OR": lambda w, call, *given: _stepwise(w, given, stops=True),
    "XOR": _xor,
    "NOT": lambda w, call, one: Val("boolean", f"(NOT {one.sql})"),
    "ISEMPTY": _isempty,
    "COALESCE": _coalesce,
    "IFERROR": _iferror,
    "ISERROR": _iserror,
    "ISNUMBER": lambda w, call, one: _is_sort(one, "number"),
    "ISTEXT": lambda w, call, one: _is_sort(one, "text"),
    "ISDATE": lambda w, call, one: _is_sort(one, "date", "moment"),
}
