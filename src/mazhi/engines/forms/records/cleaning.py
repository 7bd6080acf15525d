"""Values as clients give them, checked and turned into what columns hold; made ready once for many records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, FieldError, Form, Values
from mazhi.engines.forms.records.model import Cleaned, Named, Row, flat, is_empty
from mazhi.engines.forms.references import codes_of
from mazhi.kernel.errors import Problem

_NOTHING: tuple[object, ...] = ("", [])
_Way = Literal["value", "names", "rows", "nothing"]


@dataclass(frozen=True, slots=True)
class _Column:
    """How the values of one field are taken."""

    of: Field
    way: _Way
    clean: Callable[[Any, Mapping[str, Any]], Values]
    many: bool
    issued: bool
    inner: Mapping[str, _Column]


@dataclass(slots=True)
class Given:
    """What was given for one record.

    Attributes:
        cleaned: As it is stored, but for what it names.
        named: The ids of the fields for which something was given, on creating other than the default.
        lines: The same of the rows of each sub-table, by its id.
        problems: What is wrong with it.
        place: Which of many records it is; where its problems and what it names begin.
    """

    cleaned: Cleaned
    named: set[str] = field(default_factory=set)
    lines: dict[str, list[set[str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    place: str = ""


class Cleaner:
    """Takes the values of the records of one form."""

    def __init__(self, form: Form) -> None:
        """Make a form ready, or that part of it that somebody may write."""
        self._columns = _columns(form.fields)

    def new(self, values: Mapping[str, Any], place: str = "") -> Given:
        """Take the values of a new record; what is not given is the field's default."""
        found = Given(Cleaned(), place=place)
        known = self._columns
        if not values.keys() <= known.keys():
            self._unknown(values, known, f"{place}/values", found)
        self._row(known, values, f"{place}/values", found, found.cleaned.own, found.named)
        return found

    def changes(self, values: Mapping[str, Any], place: str = "") -> Given:
        """Take the values that a change names; an emptied field holds an empty tuple, an emptied table no rows."""
        found = Given(Cleaned(), place=place)
        self._unknown(values, self._columns, f"{place}/values", found)
        named = {code: self._columns[code] for code in values if code in self._columns}
        self._row(named, values, f"{place}/values", found, found.cleaned.own, set(), changing=True)
        for code, column in named.items():
            one = column.of
            if column.way == "nothing":
                continue
            found.named.add(one.id)
            if column.way == "rows":
                if is_empty(values[code]):
                    found.cleaned.lines[one.id] = []
            else:
                found.cleaned.own.setdefault(one.id, ())
        return found

    def _unknown(self, values: Mapping[str, Any], known: Mapping[str, _Column], pointer: str, found: Given) -> None:
        for code in values.keys() - known.keys():
            found.problems.append(Problem("record_unknown_field", {}, f"{pointer}/{code}", item=code))

    def _row(
        self,
        columns: Mapping[str, _Column],
        values: Mapping[str, Any],
        pointer: str,
        found: Given,
        row: Row,
        named: set[str],
        *,
        changing: bool = False,
    ) -> None:
        for code, column in columns.items():
            one = column.of
            value = values.get(code)
            # As clients say that there is nothing: null, an empty text, an empty list.
            if value is None or value in _NOTHING:
                if changing or code in values or one.default is None or is_empty(one.default):
                    continue
                value = one.default
            elif value != one.default:
                named.add(one.id)
            if column.way == "value":
                try:
                    held = column.clean(value, one.options)
                except FieldError as error:
                    found.problems.append(
                        Problem(error.code, {**error.params, "field": one.title}, f"{pointer}/{code}")
                    )
                    continue
                if held[0] is not None or any(part is not None for part in held):
                    row[one.id] = held
            elif column.way == "rows":
                self._lines(column, value, f"{pointer}/{code}", found)
            elif column.way == "names":
                self._name(column, value, f"{pointer}/{code}", found, row)
            else:
                found.problems.append(Problem("entry_takes_nothing", {"field": one.title}, f"{pointer}/{code}"))

    def _name(self, column: _Column, value: object, pointer: str, found: Given, row: Row) -> None:
        codes = codes_of(value, many=column.many)
        if codes is None:
            found.problems.append(Problem("entry_not_a_code", {"field": column.of.title}, pointer))
        else:
            found.cleaned.named.append(Named(row, column.of, pointer, codes))

    def _lines(self, column: _Column, value: object, pointer: str, found: Given) -> None:
        one = column.of
        rows = found.cleaned.lines[one.id] = []
        named = found.lines[one.id] = []
        if not isinstance(value, list):
            found.problems.append(Problem("record_not_rows", {"field": one.title}, pointer))
            return
        for place, line in enumerate(value):
            row: Row = {}
            given: set[str] = set()
            at = f"{pointer}/{place}"
            if isinstance(line, Mapping):
                if not line.keys() <= column.inner.keys():
                    self._unknown(line, column.inner, at, found)
                self._row(column.inner, line, at, found, row, given)
            else:
                found.problems.append(Problem("record_not_rows", {"field": one.title}, at))
            rows.append(row)
            named.append(given)


def _columns(fields: tuple[Field, ...]) -> dict[str, _Column]:
    found = {}
    for one in flat(fields, field_kinds):
        kind = field_kinds[one.kind]
        issued = kind.issue is not None or kind.derive is not None or kind.compute is not None
        way: _Way = "rows" if kind.holds == "rows" else "value"
        if issued:
            way = "nothing"
        elif kind.reference is not None:
            way = "names"
        many = kind.reference is not None and kind.reference.many
        inner = _columns(one.fields) if way == "rows" else {}
        found[one.code] = _Column(one, way, kind.clean, many, issued, inner)
    return found
