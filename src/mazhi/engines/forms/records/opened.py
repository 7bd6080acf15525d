"""A form as its records are written and read, and what is looked up for them in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import Layout, Slot
from mazhi.engines.forms.model import FieldError, Form
from mazhi.engines.forms.model import read as read_form
from mazhi.engines.forms.publishing.store import read_layout
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.asking import Numbers
from mazhi.engines.forms.records.model import Named, Row, lookup_key, references
from mazhi.engines.forms.records.model import resolve as resolved
from mazhi.engines.forms.references import found, told
from mazhi.kernel.db import Tx
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem


@dataclass(frozen=True, slots=True)
class Opened:
    """A form as its records are written and read."""

    id: int
    version: int
    form: Form
    layout: Layout
    name: str = ""

    def columns(self, table: int) -> list[Slot]:
        """Return the columns of one table that are in use."""
        return [slot for slot in self.layout.slots if slot.table == table and slot.live]


def resolve(tx: Tx, named: Sequence[Named]) -> None:
    """Look up what records name, one statement for each kind of field.

    Raises:
        InvalidInputError: Something is not there; each is named.
    """
    wanted: dict[str, set[str]] = {}
    fields = {lookup_key(one.field, field_kinds): one.field for one in named}
    for one in named:
        wanted.setdefault(lookup_key(one.field, field_kinds), set()).update(one.codes)
    numbers = {
        key: found(tx, ref, codes, fields[key].options)
        for key, codes in wanted.items()
        if (ref := field_kinds[fields[key].kind].reference)
    }
    problems = resolved(named, numbers, field_kinds)
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)


def look_up(tx: Tx) -> Numbers:
    """Look up what a filter names."""

    def number(kind: str, code: str) -> int:
        reference = field_kinds[kind].reference
        numbers = found(tx, reference, [code]) if reference else {}
        if code not in numbers:
            raise FieldError(reference.unknown if reference else "unknown_kind", item=code)
        return numbers[code]

    return number


def codes_in(tx: Tx, opened: Opened, rows: Iterable[Row]) -> dict[str, Mapping[int, str]]:
    """Look up the codes of what rows name, one statement for each kind of field."""
    fields = {one.id: one for one in opened.form.walk()}
    held = references(((fields[key], values) for row in rows for key, values in row.items()), field_kinds)
    return {kind: told(tx, ref, ids) for kind, ids in held.items() if (ref := field_kinds[kind].reference)}


def taken(tx: Tx, opened: Opened, table: int, rows: Sequence[tuple[int, int, str, Row]]) -> list[tuple[int, Problem]]:
    """Return unique values of rows that stand elsewhere, or twice among them, with the record that holds them.

    A row is its place among the records that are written, the number of its record (0 if it is new), where it stands,
    and what its columns hold. It is for the message: two who come at the same moment are told apart by the index.
    """
    fields = {one.id: one for one in opened.form.walk()}
    problems: list[tuple[int, Problem]] = []
    for slot in opened.columns(table):
        if not slot.unique:
            continue
        one, seen = fields[slot.field], set[Any]()
        wanted = [
            (place, number, f"{pointer}/{one.code}", values[0])
            for place, number, pointer, row in rows
            if (values := row.get(slot.field)) and values[0] is not None
        ]
        holders = store.holders(tx, opened.id, slot, {value for *_, value in wanted}) if wanted else {}
        for place, number, pointer, value in wanted:
            held = holders.get(value, number)
            if value in seen or held != number:
                said: dict[str, object] = {"field": one.title, "value": shown(tx, slot, value)}
                code, more = ("record_twice", {}) if value in seen else ("record_duplicate", {"record": held})
                problems.append((place, Problem(code, {**said, **more}, pointer)))
            else:
                seen.add(value)
    return problems


def shown(tx: Tx, slot: Slot, value: Any) -> Any:
    """Write what a column holds as clients get it."""
    kind = field_kinds[slot.kind]
    return kind.show((value,)) if kind.reference is None else told(tx, kind.reference, [value])[value]


def open_form(tx: Tx, app: str, form: str) -> Opened:
    """Open the version of a form that is in force.

    Raises:
        NotFoundError: There is no such form.
        ConflictError: It was never published (code ``form_not_published``).
    """
    found = Designs("form").in_force(tx, f"{app}/{form}")
    if not found.version:
        raise ConflictError("form_not_published", item=form)
    return Opened(found.id, found.version, read_text(found.text), read_layout(tx, found.id), found.name)


@lru_cache(maxsize=256)
def read_text(text: str) -> Form:
    """Read a published form, which never changes, once."""
    return read_form(json.loads(text), field_kinds)
