"""The values of one record: checked against the form with every fault at once, the same for all who write records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.model import Field, FieldError, FieldKind, Form, Values, keeper
from mazhi.engines.forms.references import codes_of, numbers_of
from mazhi.engines.forms.showing import Told, shown
from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.registry import Registry

Row = dict[str, Values]
"""What the columns of one row hold, by the id of the field."""


@dataclass(slots=True)
class Cleaned:
    """A record as it is stored.

    Attributes:
        own: The values of the form's own table.
        lines: The rows of each sub-table, by the id of its field.
        named: What must be looked up before it is complete.
    """

    own: Row = field(default_factory=dict)
    lines: dict[str, list[Row]] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Named:
    """What a record names by code and the database must look up: where it stands, and in which row it goes."""

    row: Row
    field: Field
    pointer: str
    codes: list[str]


def lookup_key(one: Field, kinds: Registry[FieldKind]) -> str:
    """Return what fields share that are looked up together: their kind, unless their options decide."""
    reference = kinds[one.kind].reference
    return one.id if reference is not None and reference.by_options else one.kind


def resolve(
    named: Sequence[Named], numbers: Mapping[str, Mapping[str, int]], kinds: Registry[FieldKind]
) -> list[Problem]:
    """Put the numbers of what records name into their rows; return what is not there."""
    problems = []
    for one in named:
        reference = kinds[one.field.kind].reference
        known = numbers[lookup_key(one.field, kinds)]
        missing = [code for code in one.codes if code not in known]
        if reference is None or missing:
            code = "unknown_kind" if reference is None else reference.unknown
            params: dict[str, object] = {"item": "、".join(missing), "field": one.field.title}
            problems.append(Problem(code, params, one.pointer, item=missing[0] if missing else None))
            continue
        ids = [known[code] for code in one.codes]
        one.row[one.field.id] = (json.dumps(ids),) if reference.many else (ids[0],)
    return problems


def references(rows: Iterable[tuple[Field, Values]], kinds: Registry[FieldKind]) -> dict[str, set[int]]:
    """Gather the numbers that rows name, by the kind of field."""
    found: dict[str, set[int]] = {}
    for one, values in rows:
        reference = kinds[one.kind].reference
        if reference is not None and values and values[0] is not None:
            found.setdefault(one.kind, set()).update(numbers_of(values, many=reference.many))
    return found


def is_empty(value: object) -> bool:
    """Tell whether a value says nothing: null, an empty text or an empty list."""
    return value is None or value in ("", [])


def clean(form: Form, values: Mapping[str, Any], kinds: Registry[FieldKind]) -> Cleaned:
    """Check the values of a new record, given by the codes of the fields.

    Raises:
        InvalidInputError: Something is wrong; every fault is named with its pointer.
    """
    checks = Checks()
    found = Cleaned()
    _Cleaning(found, kinds, checks).row(form.fields, values, "/values", found.own)
    checks.done()
    return found


def clean_changes(form: Form, values: Mapping[str, Any], kinds: Registry[FieldKind]) -> Cleaned:
    """Check the values that a change names; what it does not name stays as it is.

    In what is found an emptied field holds an empty tuple, an emptied sub-table no rows.

    Raises:
        InvalidInputError: Something is wrong; every fault is named with its pointer.
    """
    checks = Checks()
    found = Cleaned()
    named = {one.code: one for one in flat(form.fields, kinds) if one.code in values}
    _Cleaning(found, kinds, checks).row(tuple(named.values()), values, "/values", found.own)
    checks.done()
    for code, one in named.items():
        if is_empty(values[code]) and kinds[one.kind].holds == "rows":
            found.lines[one.id] = []
        elif kinds[one.kind].holds == "value" and kinds[one.kind].issue is None and kinds[one.kind].compute is None:
            found.own.setdefault(one.id, ())
    return found


def flat(fields: tuple[Field, ...], kinds: Registry[FieldKind]) -> Iterator[Field]:
    """Give the fields of one table, through what is only layout."""
    for one in fields:
        if kinds[one.kind].holds == "layout":
            yield from flat(one.fields, kinds)
        else:
            yield one


@dataclass(slots=True)
class _Cleaning:
    """Checks one record."""

    found: Cleaned
    kinds: Registry[FieldKind]
    checks: Checks

    def row(self, fields: tuple[Field, ...], values: Mapping[str, Any], pointer: str, row: Row) -> None:
        known = {one.code: one for one in flat(fields, self.kinds)}
        for code in values.keys() - known.keys():
            self.checks.fault(f"{pointer}/{code}", "record_unknown_field", item=code)
        for code, one in known.items():
            value, at = values.get(code, one.default), f"{pointer}/{code}"
            kind = self.kinds[one.kind]
            if kind.issue is not None or kind.derive is not None or kind.compute is not None:
                if not is_empty(value):
                    self.checks.fault(at, "entry_takes_nothing", field=one.title)
            elif is_empty(value):
                self._needed(one, at)
            elif self.kinds[one.kind].holds == "rows":
                self.found.lines[one.id] = self._lines(one, value, at)
            elif self.kinds[one.kind].reference is not None:
                self._name(one, value, at, row)
            else:
                self._value(one, value, at, row)

    def _needed(self, one: Field, pointer: str) -> None:
        if one.required:
            self.checks.fault(pointer, "record_required", field=one.title)

    def _value(self, one: Field, value: object, pointer: str, row: Row) -> None:
        try:
            found = self.kinds[one.kind].clean(value, one.options)
        except FieldError as error:
            self.checks.problems.append(Problem(error.code, {**error.params, "field": one.title}, pointer))
            return
        if all(part is None for part in found):
            self._needed(one, pointer)
        else:
            row[one.id] = found

    def _name(self, one: Field, value: object, pointer: str, row: Row) -> None:
        reference = self.kinds[one.kind].reference
        codes = codes_of(value, many=reference is not None and reference.many)
        if codes is None:
            self.checks.fault(pointer, "entry_not_a_code", field=one.title)
        else:
            self.found.named.append(Named(row, one, pointer, codes))

    def _lines(self, one: Field, value: object, pointer: str) -> list[Row]:
        if not isinstance(value, list):
            self.checks.fault(pointer, "record_not_rows", field=one.title)
            return []
        rows: list[Row] = []
        for place, line in enumerate(value):
            row: Row = {}
            if isinstance(line, Mapping):
                self.row(one.fields, line, f"{pointer}/{place}", row)
            else:
                self.checks.fault(f"{pointer}/{place}", "record_not_rows", field=one.title)
            rows.append(row)
        return rows


def show(
    fields: tuple[Field, ...], own: Row, lines: Mapping[str, list[Row]], kinds: Registry[FieldKind], told: Told
) -> dict[str, Any]:
    """Write a record as clients get it: by the codes of the fields, empty ones as null."""
    found: dict[str, Any] = {}
    for one in flat(fields, kinds):
        kind = kinds[one.kind]
        if kind.holds == "rows":
            found[one.code] = [show(one.fields, row, {}, kinds, told) for row in lines.get(one.id, [])]
        else:
            found[one.code] = shown(keeper(one, kinds), own.get(one.id, ()), told)
    return found
