"""Turning a form into tables, in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import Convert, SetIndex, Slot, plan
from mazhi.engines.forms.model import Form
from mazhi.engines.forms.publishing import store
from mazhi.engines.forms.publishing.comparing import Difference, compare
from mazhi.engines.forms.publishing.computing import compute
from mazhi.engines.forms.publishing.converting import Misfit
from mazhi.engines.forms.publishing.filling import Filled, Filling
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, Problem

MOST_DUPLICATES = 100


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A value that stands in more than one record, in a field that is to be unique."""

    field: str
    value: Any
    records: list[int]


@dataclass(slots=True)
class Report:
    """What publishing does, or would do.

    Attributes:
        differences: What people changed.
        converted: How many values went over into a field's new kind.
        misfits: How many did not fit; they stay in the old columns.
        named: The first of them, one by one.
        duplicates: Values in the way of a field that is to be unique; nothing can be published then.
        broken: What of that which builds on the form (flows) would be wrong then and is not now; ``item`` says where.
        titles: What the fields are called, by their ids.
    """

    differences: list[Difference]
    converted: int = 0
    misfits: int = 0
    named: list[Misfit] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)

    titles: dict[str, str] = field(default_factory=dict)

    def title(self, field_id: str) -> str:
        """Return what a field is called."""
        return self.titles.get(field_id, "")

    def add(self, filled: Filled) -> None:
        """Add what came of one field."""
        self.converted += filled.converted
        self.misfits += filled.misfits
        self.named += filled.named


def build(tx: Tx, form_id: int, before: Form | None, after: Form, version: int) -> Report:
    """Make the tables fit a version of the form; who calls it holds the form.

    Where values stand in the way of a unique field nothing is finished, and the report names them: then the caller
    takes everything back, with ``refuse`` or since it only wanted to know.
    """
    steps, layout = plan(store.read_layout(tx, form_id), after, version, field_kinds)
    report = Report(compare(before, after), titles={one.id: one.title for one in after.walk()})
    indexes = [step for step in steps if isinstance(step, SetIndex)]
    for step in steps:
        if not isinstance(step, SetIndex):
            store.change_tables(tx, form_id, step)
    for step in steps:
        if isinstance(step, Convert):
            report.add(Filling(step, field_kinds).run(tx, form_id))
    store.write_layout(tx, form_id, layout)
    compute(tx, form_id, before, after, layout, steps)
    # Indexes come last, when the columns hold what they will hold.
    for change in indexes:
        if change.after.unique:
            report.duplicates += _duplicates(tx, form_id, change.after)
    if not report.duplicates:
        for change in indexes:
            store.change_tables(tx, form_id, change)
    return report


def _duplicates(tx: Tx, form_id: int, slot: Slot) -> list[Duplicate]:
    show = field_kinds[slot.kind].show
    found = store.duplicates(tx, form_id, slot, MOST_DUPLICATES)
    return [Duplicate(slot.field, show((value,)), records) for value, records in found]


def refuse_duplicates(report: Report, form: Form) -> None:
    """Refuse to publish where values stand in the way of a unique field.

    Raises:
        ConflictError: Code ``form_duplicates``; each value is named with its records.
    """
    if report.duplicates:
        titles = {one.id: one.title for one in form.walk()}
        raise ConflictError("form_duplicates", problems=[_told(titles[one.field], one) for one in report.duplicates])


def _told(title: str, one: Duplicate) -> Problem:
    records = "、".join(map(str, one.records))
    return Problem("form_duplicate", {"field": title, "value": one.value, "records": records})


def told(report: Report, form: Form) -> list[Problem]:
    """Say which values do not fit, with the title of the field, the row and the reason."""
    titles = {one.id: one.title for one in form.walk()}
    return [
        Problem(
            one.problem.code,
            {**one.problem.params, "field": titles[one.field], "row": one.row, "value": one.value},
            item=str(one.row),
        )
        for one in report.named
    ]
