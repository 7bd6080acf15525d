"""What is wrong with records before they are written, each with all its faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.deriving import resolve
from mazhi.engines.forms.records.model import Cleaned, Named, clean, clean_changes, flat
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.references import codes_of
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import Action, State
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem

Given = tuple[Mapping[str, Any], int | None]
"""The values of a record, and its number if it is there already."""


@dataclass(slots=True)
class Judged:
    """A record as it would be stored, what is wrong with it, and what it names."""

    cleaned: Cleaned | None
    problems: list[Problem]
    named: list[Named]


def check(tx: Tx, actor: Actor, opened: Opened, may: Reach, given: Sequence[Given]) -> list[Judged]:
    """Check records without saving them; look-ups are made for all at once."""
    forms = {action: _writable(opened, may, action) for action in ("create", "change")}
    judged = [_clean(forms["create" if number is None else "change"], values, number) for values, number in given]
    _resolve(tx, actor, judged)
    _unique(tx, opened, judged, [number for _, number in given])
    return judged


def states(opened: Opened, may: Reach, action: Action) -> dict[str, State]:
    """Return how somebody may use each field in what an action allows; hidden where nothing is allowed."""
    places = [place for place, grant in enumerate(may.grants) if action in grant.actions]
    return {one.id: may.state(one.id, places, action) for one in opened.form.walk()}


def _writable(opened: Opened, may: Reach, action: Action) -> Form:
    held = states(opened, may, action)

    def keep(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(
            replace(one, fields=keep(one.fields))
            for one in fields
            if field_kinds[one.kind].holds == "layout" or held[one.id] == "writable"
        )

    return Form(keep(opened.form.fields))


def _clean(form: Form, values: Mapping[str, Any], number: int | None) -> Judged:
    try:
        found = clean(form, values, field_kinds) if number is None else clean_changes(form, values, field_kinds)
    except InvalidInputError as error:
        # What it names is looked up all the same, so that every fault is told at once.
        return Judged(None, list(error.problems), list(_named(form.fields, values, "/values")))
    return Judged(found, [], found.named)


def _named(fields: tuple[Field, ...], values: Mapping[str, Any], pointer: str) -> Iterator[Named]:
    for one in flat(fields, field_kinds):
        value, reference = values.get(one.code), field_kinds[one.kind].reference
        if reference is not None:
            codes = codes_of(value, many=reference.many) if value else None
            if codes:
                yield Named({}, one, f"{pointer}/{one.code}", codes)
        elif field_kinds[one.kind].holds == "rows" and isinstance(value, list):
            for place, row in enumerate(value):
                yield from _named(one.fields, row, f"{pointer}/{one.code}/{place}")


def _resolve(tx: Tx, actor: Actor, judged: Sequence[Judged]) -> None:
    """Look up what all the records name; whose name is not there is told of it."""
    named: list[Named] = []
    for place, one in enumerate(judged):
        named += [replace(each, pointer=f"/{place}{each.pointer}") for each in one.named]
    try:
        resolve(tx, actor, named)
    except InvalidInputError as error:
        for problem in error.problems:
            _, at, rest = (problem.pointer or "").split("/", 2)
            judged[int(at)].problems.append(replace(problem, pointer=f"/{rest}"))


def _unique(tx: Tx, opened: Opened, judged: Sequence[Judged], numbers: Sequence[int | None]) -> None:
    """Name the values that must be unique and stand elsewhere; one statement a field."""
    fields = {one.id: one for one in opened.form.walk()}
    codes = {one.id: one.code for one in flat(opened.form.fields, field_kinds)}
    for slot in opened.columns(MAIN):
        if not slot.unique:
            continue
        wanted: dict[Any, list[int]] = {}
        for place, one in enumerate(judged):
            values = one.cleaned.own.get(slot.field) if one.cleaned else None
            if values and values[0] is not None:
                wanted.setdefault(values[0], []).append(place)
        taken = store.holders(tx, opened.id, slot, list(wanted)) if wanted else {}
        for value, places in wanted.items():
            for place in places:
                if value in taken and taken[value] != numbers[place]:
                    params = {"field": fields[slot.field].title, "record": taken[value]}
                    pointer = f"/values/{codes[slot.field]}"
                    judged[place].problems.append(Problem("import_taken", params, pointer))
