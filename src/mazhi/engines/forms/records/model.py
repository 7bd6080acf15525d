"""The values of one record: checked against the form with every fault at once, the same for all who write records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.model import Field, FieldError, FieldKind, Form, Values
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
    """

    own: Row = field(default_factory=dict)
    lines: dict[str, list[Row]] = field(default_factory=dict)


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
    _clean_row(form.fields, values, "/values", found.own, found.lines, kinds, checks)
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
    _clean_row(tuple(named.values()), values, "/values", found.own, found.lines, kinds, checks)
    checks.done()
    for code, one in named.items():
        if is_empty(values[code]) and kinds[one.kind].holds == "rows":
            found.lines[one.id] = []
        elif kinds[one.kind].holds == "value":
            found.own.setdefault(one.id, ())
    return found


def flat(fields: tuple[Field, ...], kinds: Registry[FieldKind]) -> Iterator[Field]:
    """Give the fields of one table, through what is only layout."""
    for one in fields:
        if kinds[one.kind].holds == "layout":
            yield from flat(one.fields, kinds)
        else:
            yield one


def _clean_row(
    fields: tuple[Field, ...],
    values: Mapping[str, Any],
    pointer: str,
    own: Row,
    lines: dict[str, list[Row]],
    kinds: Registry[FieldKind],
    checks: Checks,
) -> None:
    known = {one.code: one for one in flat(fields, kinds)}
    for code in values.keys() - known.keys():
        checks.fault(f"{pointer}/{code}", "record_unknown_field", item=code)
    for code, one in known.items():
        value, at = values.get(code), f"{pointer}/{code}"
        if is_empty(value):
            if one.required:
                checks.fault(at, "record_required", field=one.title)
        elif kinds[one.kind].holds == "rows":
            lines[one.id] = _clean_lines(one, value, at, kinds, checks)
        else:
            _clean_value(one, value, at, own, kinds[one.kind], checks)


def _clean_value(one: Field, value: object, pointer: str, own: Row, kind: FieldKind, checks: Checks) -> None:
    try:
        found = kind.clean(value, one.options)
    except FieldError as error:
        checks.problems.append(Problem(error.code, {**error.params, "field": one.title}, pointer))
        return
    if all(part is None for part in found):
        if one.required:
            checks.fault(pointer, "record_required", field=one.title)
        return
    own[one.id] = found


def _clean_lines(one: Field, value: object, pointer: str, kinds: Registry[FieldKind], checks: Checks) -> list[Row]:
    if not isinstance(value, list):
        checks.fault(pointer, "record_not_rows", field=one.title)
        return []
    rows: list[Row] = []
    for place, line in enumerate(value):
        row: Row = {}
        if isinstance(line, Mapping):
            _clean_row(one.fields, line, f"{pointer}/{place}", row, {}, kinds, checks)
        else:
            checks.fault(f"{pointer}/{place}", "record_not_rows", field=one.title)
        rows.append(row)
    return rows


def show(
    fields: tuple[Field, ...], own: Row, lines: Mapping[str, list[Row]], kinds: Registry[FieldKind]
) -> dict[str, Any]:
    """Write a record as clients get it: by the codes of the fields, empty ones as null."""
    found: dict[str, Any] = {}
    for one in flat(fields, kinds):
        kind = kinds[one.kind]
        if kind.holds == "rows":
            found[one.code] = [show(one.fields, row, {}, kinds) for row in lines.get(one.id, [])]
            continue
        values = own.get(one.id, ())
        found[one.code] = kind.show(values) if any(part is not None for part in values) else None
    return found
