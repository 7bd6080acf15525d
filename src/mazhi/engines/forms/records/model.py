"""The values of one record: checked against the form with every fault at once, the same for all who write records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.model import Field, FieldKind, Values, keeper
from mazhi.engines.forms.references import numbers_of
from mazhi.engines.forms.showing import Told, shown
from mazhi.kernel.errors import Problem
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


def flat(fields: tuple[Field, ...], kinds: Registry[FieldKind]) -> Iterator[Field]:
    """Give the fields of one table, through what is only layout."""
    for one in fields:
        if kinds[one.kind].holds == "layout":
            yield from flat(one.fields, kinds)
        else:
            yield one


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
