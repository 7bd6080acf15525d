"""Which records a list shows: filters as clients give them, checked against the form and compiled to SQL.

A filter is ``{"and": [...]}``, ``{"or": [...]}`` or a comparison ``{"field", "is", "value"}``. An empty field is
unequal to everything and neither more nor less than anything; ``empty`` and ``filled`` ask for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.engines.forms.layout import Slot
from mazhi.engines.forms.model import ColumnType, FieldError
from mazhi.kernel import clock
from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks

MOST_CONDITIONS = 100
DEEPEST = 10
LONGEST_LIST = 1_000
ONE = 1_000_000
_LAST_SIGN = "\U0010ffff"
_NOTHING = "1 = 1"


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL and what stands in it."""

    sql: str
    params: Mapping[str, Any]


def stored(type_: ColumnType, raw: object) -> Any:
    """Return a value as a column of that type holds it.

    Raises:
        FieldError: It is no value of that type.
    """
    try:
        return _STORED[type_](raw)
    except (ValueError, TypeError, InvalidOperation, OverflowError):
        raise FieldError(f"filter_not_a_{type_}", value=str(raw)[:100]) from None


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _number(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise TypeError
    return int(Decimal(str(raw)) * ONE)


def _boolean(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _moment(raw: object) -> int:
    found = datetime.fromisoformat(_text(raw))
    return clock.to_micros(found if found.tzinfo else found.replace(tzinfo=clock.DEFAULT_ZONE))


_STORED: dict[ColumnType, Callable[[object], Any]] = {
    "text": _text,
    "number": _number,
    "boolean": _boolean,
    "date": lambda raw: date.fromisoformat(_text(raw)).isoformat(),
    "moment": _moment,
    "json": _text,
    "reference": _text,
}

Compare = Callable[["_Compiling", Slot, object], str]
Numbers = Callable[[str, str], int]
"""From the kind of a field and a code to the number of what it names; raises ``FieldError``."""


def _plain(sign: str) -> Compare:
    def compare(compiling: _Compiling, slot: Slot, raw: object) -> str:
        return f"{slot.name} {sign} {compiling.value(slot, raw)}"

    return compare


def _unequal(compiling: _Compiling, slot: Slot, raw: object) -> str:
    return f"({slot.name} <> {compiling.value(slot, raw)} OR {slot.name} IS NULL)"


def _between(compiling: _Compiling, slot: Slot, raw: object) -> str:
    if not isinstance(raw, list) or len(raw) != 2:
        raise FieldError("filter_not_a_pair")
    first, last = (compiling.value(slot, one) for one in raw)
    return f"{slot.name} BETWEEN {first} AND {last}"


def _one_of(compiling: _Compiling, slot: Slot, raw: object) -> str:
    if not isinstance(raw, list) or not 1 <= len(raw) <= LONGEST_LIST:
        raise FieldError("filter_not_a_list_of_values", limit=LONGEST_LIST)
    return f"{slot.name} IN ({', '.join(compiling.value(slot, one) for one in raw)})"


def _begins(compiling: _Compiling, slot: Slot, raw: object) -> str:
    # A range of the index: a bound LIKE would read the whole table.
    begun = stored(slot.type, raw)
    return f"({slot.name} >= {compiling.take(begun)} AND {slot.name} <= {compiling.take(begun + _LAST_SIGN)})"


def _contains(compiling: _Compiling, slot: Slot, raw: object) -> str:
    wanted = stored(slot.type, raw)
    if slot.type == "json":
        wanted = json.dumps(wanted, ensure_ascii=False)
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"lower({slot.name}) LIKE lower({compiling.take(f'%{escaped}%')}) ESCAPE '\\'"


def _empty(_compiling: _Compiling, slot: Slot, _raw: object) -> str:
    return f"{slot.name} IS NULL"


def _filled(_compiling: _Compiling, slot: Slot, _raw: object) -> str:
    return f"{slot.name} IS NOT NULL"


_ORDERED: tuple[ColumnType, ...] = ("number", "date", "moment", "text")
_EQUAL: tuple[ColumnType, ...] = (*_ORDERED, "boolean", "reference")
_ALL: tuple[ColumnType, ...] = (*_EQUAL, "json")
COMPARISONS: dict[str, tuple[Compare, tuple[ColumnType, ...]]] = {
    "equal": (_plain("="), _EQUAL),
    "unequal": (_unequal, _EQUAL),
    "less": (_plain("<"), _ORDERED),
    "at_most": (_plain("<="), _ORDERED),
    "more": (_plain(">"), _ORDERED),
    "at_least": (_plain(">="), _ORDERED),
    "between": (_between, _ORDERED),
    "one_of": (_one_of, (*_ORDERED, "reference")),
    "begins": (_begins, ("text",)),
    "contains": (_contains, ("text", "json")),
    "empty": (_empty, _ALL),
    "filled": (_filled, _ALL),
}
"""Each comparison, and the types of columns that it is for."""


@dataclass(slots=True)
class _Compiling:
    """Compiles one filter; every fault is noted with its place."""

    columns: Mapping[str, Slot]
    checks: Checks
    numbers: Numbers
    narrow: Callable[[str, str], str]
    params: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def condition(self, raw: object, pointer: str, depth: int) -> str:
        self.count += 1
        if depth > DEEPEST or self.count > MOST_CONDITIONS:
            self.checks.fault(pointer, "filter_too_large", limit=MOST_CONDITIONS, depth=DEEPEST)
            return _NOTHING
        if not isinstance(raw, Mapping):
            self.checks.fault(pointer, "filter_not_a_condition")
            return _NOTHING
        for word in ("and", "or"):
            if raw.keys() == {word}:
                return self._several(raw[word], f"{pointer}/{word}", word, depth)
        return self._comparison(raw, pointer)

    def _several(self, raw: object, pointer: str, word: str, depth: int) -> str:
        if not isinstance(raw, list) or not raw:
            self.checks.fault(pointer, "filter_not_a_condition")
            return _NOTHING
        parts = [self.condition(one, f"{pointer}/{place}", depth + 1) for place, one in enumerate(raw)]
        return f"({f' {word.upper()} '.join(parts)})"

    def _comparison(self, raw: Mapping[str, Any], pointer: str) -> str:
        unknown = raw.keys() - {"field", "is", "value"}
        slot = self.columns.get(str(raw.get("field")))
        compare, types = COMPARISONS.get(str(raw.get("is")), (None, ()))
        if unknown:
            self.checks.fault(pointer, "filter_unknown_property", name=", ".join(sorted(map(str, unknown))))
        elif slot is None:
            self.checks.fault(f"{pointer}/field", "record_unknown_field", item=str(raw.get("field")))
        elif compare is None or slot.type not in types:
            known = ", ".join(name for name, (_, fits) in COMPARISONS.items() if slot.type in fits)
            self.checks.fault(f"{pointer}/is", "filter_unknown_comparison", known=known)
        else:
            try:
                return self.narrow(slot.field, compare(self, slot, raw.get("value")))
            except FieldError as error:
                self.checks.problems.append(Problem(error.code, error.params, f"{pointer}/value"))
        return _NOTHING

    def value(self, slot: Slot, raw: object) -> str:
        """Take a value into the statement; of a reference the number of what its code names."""
        found = stored(slot.type, raw)
        return self.take(self.numbers(slot.kind, found) if slot.type == "reference" else found)

    def take(self, value: object) -> str:
        name = f"f{len(self.params)}"
        self.params[name] = value
        return f":{name}"


def _as_it_is(_field: str, condition: str) -> str:
    return condition


def compile_filter(
    raw: object, columns: Mapping[str, Slot], numbers: Numbers, narrow: Callable[[str, str], str] = _as_it_is
) -> Where:
    """Compile a filter over columns by the codes of their fields.

    ``numbers`` looks up what is named; ``narrow`` keeps a condition on a field to where the field may be seen.

    Raises:
        InvalidInputError: Something is wrong with it; every fault is named with its place.
    """
    checks = Checks()
    compiling = _Compiling(columns, checks, numbers, narrow)
    sql = compiling.condition(raw, "/filter", 1)
    checks.done()
    return Where(sql, compiling.params)


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is sorted, and which way; without one the newest records come first.

    Empty values come first upwards and last downwards.
    """

    slot: Slot | None = None
    down: bool = True


def read_order(raw: str | None, columns: Mapping[str, Slot]) -> Order:
    """Read an order such as ``made`` (upwards) or ``-made`` (downwards).

    Raises:
        InvalidInputError: There is no such field (code ``record_unknown_field`` at ``/sort``).
    """
    if not raw:
        return Order()
    code = raw.removeprefix("-")
    checks = Checks()
    slot = columns.get(code)
    if slot is None:
        checks.fault("/sort", "record_unknown_field", item=code)
    checks.done()
    return Order(slot, raw.startswith("-"))


def pages(order: Order, after: Sequence[Any] | None) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the conditions of the stretches that a list is read in, one after the other, from a place on.

    ``after`` is the value and the number of the last record shown. Records with and without a value are stretches of
    their own, so that each is one range of the index.
    """
    sign = "<" if order.down else ">"
    if order.slot is None:
        return [(f"id {sign} :after", {"after": after[1]})] if after else [(_NOTHING, {})]
    name = order.slot.name
    some, none = f"{name} IS NOT NULL", f"{name} IS NULL"
    both = [some, none] if order.down else [none, some]
    if after is None:
        return [(one, {}) for one in both]
    value, number = after
    found: list[tuple[str, Mapping[str, Any]]]
    if value is None:
        found = [(f"{none} AND id {sign} :after", {"after": number})]
        return found if order.down else [*found, (some, {})]
    found = [(f"({name}, id) {sign} (:value, :after)", {"value": value, "after": number})]
    return [*found, (none, {})] if order.down else found
