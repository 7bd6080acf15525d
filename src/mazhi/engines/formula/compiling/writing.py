"""Writing SQL for PostgreSQL piece by piece: values with their faults, parameters, and names for what is used twice.

Nothing here can fail while it runs: what could (a division, a cast) stands in a CASE that keeps it from being reached,
and the value is a fault instead. So it does not matter in which order the database works things out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import Any, Literal

from mazhi.engines.formula.values import DIGITS, LARGEST_EXPONENT, LONGEST_TEXT, Value

Sort = Literal["number", "text", "date", "moment", "boolean", "empty"]
NO = "FALSE"
YES = "TRUE"
MOST_PLACES = LARGEST_EXPONENT + DIGITS
_NAMED = re.compile(r"\bl[0-9]+(?=\.v\b)")
_ATOM = re.compile(r"[\w.]{1,60}|CAST\(:\w+ AS \w+\)|-?[0-9.]+")
SQL_TYPES: dict[Sort, str] = {
    "number": "numeric", "text": "text", "date": "date", "moment": "timestamp", "boolean": "boolean", "empty": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Val:
    """One value: an expression and when it is a fault.

    Attributes:
        sort: What it is; known before anything runs.
        sql: The expression: numeric, text (never NULL but where it is a fault), date, timestamp or boolean.
        fault: When it is a fault; never NULL.
        nullable: Whether it can be empty.
        whole: Digits before the point at most.
        places: Digits behind it at most.
        known: The value itself, for what stands in the formula.
        fixed: Whether ``known`` is it.
        other: When it is a value of another sort, which the expression does not say: an empty date counts as the
            number 0 in a sum, so that what comes out is a number then and no date.
    """

    sort: Sort
    sql: str
    fault: str = NO
    nullable: bool = False
    whole: int = LARGEST_EXPONENT
    places: int = MOST_PLACES
    known: Value = None
    fixed: bool = False
    other: str = NO

    def but(self, *faults: str) -> Val:
        """Return the same value with further faults."""
        return replace(self, fault=either(self.fault, *faults))


@dataclass(frozen=True, slots=True)
class ListVal:
    """A list: a query for its values ``v`` and their places ``p``.

    Attributes:
        query: The query.
        element: What each value is, as ``v``.
        fault: When the list as a whole is a fault.
        same: Lists with the same are of the same length.
    """

    query: str
    element: Val
    fault: str = NO
    same: object = field(default_factory=object)


Given = Val | ListVal


def either(*conditions: str) -> str:
    """Join conditions by OR."""
    found = [one for one in dict.fromkeys(conditions) if one != NO]
    if YES in found:
        return YES
    return f"({' OR '.join(found)})" if len(found) > 1 else found[0] if found else NO


def both(*conditions: str) -> str:
    """Join conditions by AND."""
    found = [one for one in dict.fromkeys(conditions) if one != YES]
    if NO in found:
        return NO
    return f"({' AND '.join(found)})" if len(found) > 1 else found[0] if found else YES


def choose(condition: str, then: str, otherwise: str) -> str:
    """Write a CASE, or only what counts of it."""
    if condition == YES or then == otherwise:
        return then
    return otherwise if condition == NO else f"CASE WHEN {condition} THEN {then} ELSE {otherwise} END"


def fails(fault: str = YES) -> Val:
    """Return what is a fault whatever the data is."""
    return Val("empty", "CAST(NULL AS text)", fault)


class Writer:
    """Writes one expression; what it names stands before it in a chain of one-row tables."""

    def __init__(self, params: dict[str, Any] | None = None, numbers: count[int] | None = None) -> None:
        self.params: dict[str, Any] = {} if params is None else params
        self._numbers = numbers or count()
        self._named: list[tuple[str, str]] = []
        self._known: dict[str, str] = {}

    def inner(self) -> Writer:
        """Return a writer for what happens on the rows of a list."""
        return Writer(self.params, self._numbers)

    def name(self, prefix: str = "q") -> str:
        """Return a name that nothing else has."""
        return f"{prefix}{next(self._numbers)}"

    def param(self, value: Any, type_: str = "text") -> str:
        """Return an expression for a value; equal ones share a parameter."""
        for name, known in self.params.items():
            if known == value and type(known) is type(value) and name.endswith(f"_{type_}"):
                return f"CAST(:{name} AS {type_})"
        name = f"q{next(self._numbers)}_{type_}"
        self.params[name] = value
        return f"CAST(:{name} AS {type_})"

    def let(self, sql: str) -> str:
        """Work an expression out once and return the name of what it comes to."""
        if _ATOM.fullmatch(sql):
            return sql
        if sql not in self._known:
            name = self.name("l")
            self._named.append((name, sql))
            self._known[sql] = f"{name}.v"
        return self._known[sql]

    def atom(self, value: Val) -> Val:
        """Name a value, and its fault if it is long."""
        fault = value.fault if len(value.fault) < 60 else self.let(value.fault)
        return replace(value, sql=self.let(value.sql), fault=fault)

    def chain(self, *used: str) -> str:
        """Return the tables of what was named and is used, for a FROM."""
        found: list[str] = []
        read = set(_NAMED.findall(" ".join(used)))
        for name, sql in reversed(self._named):
            if name in read:
                # Without OFFSET the planner would put the expression back wherever the name stands.
                found.append(f"(SELECT {sql} AS v OFFSET 0) AS {name}")
                read |= set(_NAMED.findall(sql))
        return " CROSS JOIN LATERAL ".join(reversed(found))

    def wrap(self, sql: str) -> str:
        """Put an expression behind what it names."""
        chain = self.chain(sql)
        return f"(SELECT {sql} FROM {chain})" if chain else f"({sql})"

    # Numbers

    def number(self, sql: str, whole: int, places: int, fault: str = NO) -> Val:
        """Return a number that is worked out exactly, rounded to the digits that numbers have."""
        if whole + places <= DIGITS:
            return Val("number", sql, fault, whole=whole, places=places)
        exact = self.let(sql)
        quick = f"abs({exact}) < 1e{DIGITS - places}" if places < DIGITS else f"abs({exact}) < 1e17"
        if places > DIGITS - 17:
            quick = f"abs({exact}) < 1e17 AND scale({exact}) <= 17"
        found = self.let(f"CASE WHEN {quick} THEN {exact} ELSE {rounding(exact, DIGITS)} END")
        if whole >= LARGEST_EXPONENT:
            fault = either(fault, f"abs({found}) >= 1e{LARGEST_EXPONENT}")
        if places > LARGEST_EXPONENT:
            found = f"CASE WHEN abs({found}) < 1e-{LARGEST_EXPONENT} THEN 0 ELSE {found} END"
        return Val("number", found, fault, whole=min(whole, LARGEST_EXPONENT), places=min(places, MOST_PLACES))

    def counted(self, sql: str, fault: str = NO) -> Val:
        """Return a number of things."""
        return Val("number", f"CAST({sql} AS numeric)", fault, whole=18, places=0)

    def whole(self, value: Val, least: int, most: int) -> str:
        """Return a number as the database's integer, held within bounds."""
        return f"CAST(LEAST(GREATEST(trunc({value.sql}), {least}), {most}) AS integer)"

    # Texts

    def text(self, sql: str, fault: str = NO, *, longest: bool = False) -> Val:
        """Return a text; one that can become too long is then a fault."""
        if longest:
            sql = self.let(sql)
            fault = either(fault, f"length({sql}) > {LONGEST_TEXT}")
        return Val("text", sql, fault)

    # Lists

    def mapped(self, given: ListVal, work: Callable[[Writer, Val], Val], where: str = "") -> ListVal:
        """Return a list of what comes of each value; its query has their faults as ``f``."""
        row, inner = self.name("e"), self.inner()
        made = work(inner, replace(given.element, sql=f"{row}.v"))
        chain = inner.chain(made.sql, made.fault)
        chain = f" CROSS JOIN LATERAL {chain}" if chain else ""
        query = f"SELECT {row}.p, {made.sql} AS v, {made.fault} AS f FROM ({given.query}) AS {row}{chain}"
        return ListVal(query + where, replace(made, sql="v"), given.fault, given.same)

    def gather(self, given: ListVal, aggregate: str, where: str = YES) -> str:
        """Return an aggregate over the values ``v`` of a list."""
        row = self.name("a")
        condition = "" if where == YES else f" WHERE {where}"
        return self.let(f"(SELECT {aggregate} FROM ({given.query}) AS {row}{condition})")

    def any_fault(self, given: ListVal, where: str = YES) -> str:
        """Tell whether any value of a mapped list is a fault."""
        if given.element.fault == NO:
            return given.fault
        return either(given.fault, self.gather(given, "COALESCE(bool_or(f), FALSE)", where))

    def listed(self, values: Sequence[Val]) -> ListVal:
        """Make a list of single values of one sort."""
        rows = " UNION ALL ".join(f"SELECT {place} AS p, {one.sql} AS v" for place, one in enumerate(values))
        first = replace(
            values[0],
            sql="v",
            fault=NO,
            nullable=any(one.nullable for one in values),
            whole=max(one.whole for one in values),
            places=max(one.places for one in values),
            fixed=False,
        )
        return ListVal(rows, first, either(*(one.fault for one in values)), ("values", len(values)))


def rounding(sql: str, digits: int) -> str:
    """Round to significant digits."""
    written = f"CAST(abs({sql}) AS text)"
    ahead = f"{digits} - length(CAST(trunc(abs({sql})) AS text))"
    behind = f"{digits - 2} + length({written}) - length(ltrim({written}, '0.'))"
    return f"round({sql}, CASE WHEN abs({sql}) >= 1 THEN {ahead} ELSE {behind} END)"


def digits_of(number: Decimal) -> tuple[int, int]:
    """Return how many digits a number has before and behind the point."""
    places = max(-int(number.as_tuple().exponent), 0)
    return max(number.adjusted() + 1, 1), places


def no_field(name: str) -> object:
    """Say that there is no such field, for what is worked out without any."""
    raise LookupError(name)


def is_empty(value: Val) -> str:
    """Tell whether a value is empty."""
    if value.sort == "empty":
        return YES
    if value.sort == "text":
        return f"({value.sql} = '')"
    return f"({value.sql} IS NULL)" if value.nullable else NO
