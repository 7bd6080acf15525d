"""Records with the fields that are worked out: from the values that the reader sees, and never from more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mazhi.engines.forms.deriving import Linked, Reading
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.files import checking
from mazhi.engines.forms.files.addresses import add_addresses, has_files
from mazhi.engines.forms.files.store import code_of
from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records import opened as looking
from mazhi.engines.forms.records import rows as plain
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.model import Named
from mazhi.engines.forms.records.opened import Opened, look_up
from mazhi.engines.forms.records.rows import Record
from mazhi.engines.forms.referring import Scope, in_order, scope_of
from mazhi.engines.forms.rights.compiling import Reach, reach
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem, invalid


def records(tx: Tx, opened: Opened, may: Reach, rows: Sequence[Any], expand: Sequence[str] = ()) -> list[Record]:
    """Complete records as the reader may see them, with what is worked out, and with linked records if asked for.

    Raises:
        InvalidInputError: A field that is to be expanded links no records (code ``record_not_expandable``).
    """
    link = linked(tx, may.actor)
    found = _titled(link, opened, plain.records(tx, opened, may, rows))
    if expand:
        found = _expanded(link, opened, found, expand)
    if has_files(opened.form):
        add_addresses(opened.form, code_of(tx, opened.id), found)
    if not any(field_kinds[one.kind].derive for one in opened.form.walk()):
        return found
    found = [replace(one, values=dict(one.values)) for one in found]
    scope = scope_of(opened.form.fields, field_kinds)
    _work_out(Reading(tx, may.actor, scope, link, field_kinds), [(one.values, one.values) for one in found], scope)
    for code, one in scope.items():
        if field_kinds[one.kind].holds == "rows":
            inner = scope_of(one.fields, field_kinds)
            lines = [(line, {**held.values, **line}) for held in found for line in held.values.get(code) or ()]
            _work_out(Reading(tx, may.actor, {**scope, **inner}, link, field_kinds), lines, inner)
    return found


def _titled(link: Linked, opened: Opened, found: list[Record]) -> list[Record]:
    """Say what linked records are called, one look at each form that is linked."""
    fields = [one for one in opened.form.walk() if one.options.get("title") and field_kinds[one.kind].reference]
    held = {one.id: [_numbers(one, record.values, opened) for record in found] for one in fields}
    told: list[dict[str, Mapping[str, Any]]] = [{} for _ in found]
    for one in fields:
        seen = link(str(one.options["form"]), {number for numbers in held[one.id] for number in numbers})
        for titles, numbers in zip(told, held[one.id], strict=True):
            titles[one.id] = {str(key): seen[key].get(one.options["title"]) for key in numbers if key in seen}
    return [replace(record, titles=titles) for record, titles in zip(found, told, strict=True)] if fields else found


def _expanded(link: Linked, opened: Opened, found: list[Record], expand: Sequence[str]) -> list[Record]:
    """Add the values of linked records, one look at each form that is linked."""
    scope = scope_of(opened.form.fields, field_kinds)
    told: list[dict[str, Mapping[str, Mapping[str, Any]]]] = [{} for _ in found]
    for code in dict.fromkeys(expand):
        one = scope.get(code)
        reference = field_kinds[one.kind].reference if one is not None else None
        if one is None or reference is None or not reference.by_options:
            raise invalid("/expand", "record_not_expandable", item=code)
        held = [_numbers(one, record.values, opened) for record in found]
        seen = link(str(one.options["form"]), {number for numbers in held for number in numbers})
        for into, numbers in zip(told, held, strict=True):
            into[code] = {str(number): seen[number] for number in sorted(numbers) if number in seen}
    return [replace(record, expanded=some) for record, some in zip(found, told, strict=True)]


def _numbers(one: Field, values: Mapping[str, Any], opened: Opened) -> set[int]:
    """Return the records that a field links in a record, at the top or in the rows of its sub-table."""
    outer = scope_of(opened.form.fields, field_kinds)
    rows: list[Any] = [values]
    if outer.get(one.code) is not one:
        inside = next((table for table in outer.values() if one in scope_of(table.fields, field_kinds).values()), one)
        rows = values.get(inside.code) or []
    given = [row.get(one.code) for row in rows if isinstance(row, Mapping)]
    codes = [code for value in given for code in (value if isinstance(value, list) else [value])]
    return {int(code) for code in codes if isinstance(code, str) and code.isascii() and code.isdigit()}


_Line = tuple[Any, Any]
"""A row's values, which are completed, and what its fields may look at: these and those of the record around it."""


def _work_out(reading: Reading, lines: Sequence[_Line], own: Scope) -> None:
    """Work out the fields of many rows, one after the other in the order in which they need each other."""
    mine = {one.id for one in own.values()}
    for one in in_order(reading.fields, field_kinds):
        derive = field_kinds[one.kind].derive
        # A field that is hidden from the reader is not among the values, one that is masked stands there already.
        some = [line for line in lines if one.code in line[0] and line[0][one.code] is None]
        if derive is None or one.id not in mine or not some:
            continue
        for (values, seen), value in zip(some, derive(reading, one, [line[1] for line in some]), strict=True):
            values[one.code] = seen[one.code] = value


def resolve(tx: Tx, actor: Actor, named: Sequence[Named]) -> None:
    """Look up what records name; records of other forms only as far as the writer may see them.

    Raises:
        InvalidInputError: Something is not there, or not to be seen; each is named.
    """
    looking.resolve(tx, named)
    checking.check(tx, actor, named)
    if actor.everything:
        return
    see, problems = linked(tx, actor), []
    for one in named:
        reference = field_kinds[one.field.kind].reference
        if reference is None or not reference.by_options:
            continue
        seen = see(str(one.field.options["form"]), [int(code) for code in one.codes])
        problems += [
            Problem(reference.unknown, {"item": code, "field": one.field.title}, one.pointer, item=code)
            for code in one.codes
            if int(code) not in seen
        ]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)


def linked(tx: Tx, actor: Actor) -> Linked:
    """Read records of other forms as somebody may see them, without what is worked out there: no circles.

    Each form is opened once and each record read once, however many fields look at it.
    """
    opened: dict[str, tuple[Opened, Reach] | None] = {}
    known: dict[str, dict[int, Mapping[str, Any]]] = {}

    def read(form: str, numbers: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        if form not in opened:
            opened[form] = _open_for(tx, actor, form)
        there, held = opened[form], known.setdefault(form, {})
        wanted = sorted(set(numbers) - held.keys())
        if there is not None and wanted:
            found = dict.fromkeys(wanted, _UNSEEN)
            try:
                rows = store.read(tx, there[0].id, there[0].columns(MAIN), there[1], wanted)
                seen = plain.records(tx, *there, rows)
                add_addresses(there[0].form, form, seen)
                found |= {one.id: one.values for one in seen}
            except ForbiddenError:
                pass
            held |= found
        return {number: held[number] for number in numbers if held.get(number, _UNSEEN) is not _UNSEEN}

    return read


_UNSEEN: Mapping[str, Any] = {"": None}
"""Stands for a record that is not there or not to be seen."""


def _open_for(tx: Tx, actor: Actor, form: str) -> tuple[Opened, Reach] | None:
    opened = open_form(tx, form)
    if opened is None:
        return None
    return opened, reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))


def open_form(tx: Tx, form: str) -> Opened | None:
    """Open a form by app and code (``qc/card``); None if there is none or it was never published."""
    app, _, code = form.partition("/")
    try:
        return looking.open_form(tx, app, code)
    except (NotFoundError, ConflictError):
        return None
