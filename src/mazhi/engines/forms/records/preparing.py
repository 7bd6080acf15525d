"""Records before they are written: checked, worked out and judged, for many at once.

Adding, changing, importing and checking without saving all go through here, so that one verdict holds for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.live.entries import Entry, Row
from mazhi.engines.forms.live.plan import plan_of
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records.cleaning import Cleaner, Given
from mazhi.engines.forms.records.deriving import resolve
from mazhi.engines.forms.records.issuing import Issued, put_defaults, put_issued
from mazhi.engines.forms.records.keeping import keep
from mazhi.engines.forms.records.loading import Stored
from mazhi.engines.forms.records.model import Cleaned, Named, flat
from mazhi.engines.forms.records.opened import Opened, taken
from mazhi.engines.forms.records.outside import Database
from mazhi.engines.forms.rights.model import State
from mazhi.engines.forms.rules.judging import Verdict, faults, same, settle
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem

Writable = Callable[[str], bool]


@dataclass(slots=True)
class Prepared:
    """One record as it will be written.

    Attributes:
        given: What was given for it.
        entry: What its columns will hold.
        problems: Why it is refused, with pointers within the record.
        stored: What it is now, if it is changed.
        touched: Of a change: the ids of the fields that are written.
        tables: Of a change: the ids of the sub-tables that are written anew.
    """

    given: Given
    entry: Entry
    problems: list[Problem] = field(default_factory=list)
    stored: Stored | None = None
    touched: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)

    @staticmethod
    def refused(problem: Problem | None, stored: Stored | None) -> Prepared:
        """Return a record that is refused before it is looked at."""
        problems = [] if problem is None else [problem]
        return Prepared(Given(Cleaned()), Entry({}, present()), problems, stored)


def present() -> datetime:
    """Return the present moment as formulas take it."""
    return clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)


def prepare_new(
    tx: Tx,
    actor: Actor,
    opened: Opened,
    states: Mapping[str, State],
    values: Sequence[Mapping[str, Any]],
    issued: Issued | None,
) -> list[Prepared]:
    """Prepare new records; ``issued`` are the numbers made for them, None where they are not made yet."""
    cleaner = Cleaner(writable_part(opened.form, states))
    given = [cleaner.new(one, f"/{place}") for place, one in enumerate(values)]
    put_defaults(opened.form, states, [one.cleaned for one in given], [one.place for one in given])
    _resolve(tx, actor, given)
    put_issued(issued or {}, [one.cleaned for one in given])
    at = present()
    found = [Prepared(one, _new_entry(opened, one, at)) for one in given]
    verdicts = settle(plan_of(opened.form), [one.entry for one in found], Database(tx))
    waiting = issued is None and any(field_kinds[one.kind].issue for one in opened.form.walk())
    for one, verdict in zip(found, verdicts, strict=True):
        judge(opened.form, one, verdict, _writable(states), (), unsure=waiting)
    refuse_taken(tx, opened, found)
    return found


def prepare_changes(
    tx: Tx, actor: Actor, opened: Opened, records: Sequence[tuple[Stored, Mapping[str, Any]]],
    fixed: Collection[str] = (),
) -> list[Prepared]:  # fmt: skip
    """Prepare changes of records, each with what it is now; to sub-tables that are ``fixed`` no row is added."""
    cleaners: dict[int, Cleaner] = {}
    given, stays = [], []
    for place, (stored, values) in enumerate(records):
        key = id(stored.states)
        if key not in cleaners:
            cleaners[key] = Cleaner(writable_part(opened.form, stored.states))
        stays.append(keep(tx, opened, stored, values, fixed, f"/{place}"))
        given.append(cleaners[key].changes(stays[-1].values, f"/{place}"))
        given[-1].problems += stays[-1].problems
    _resolve(tx, actor, given)
    at = present()
    found = [_changed(opened, one, stored, at) for one, (stored, _) in zip(given, records, strict=True)]
    for one, kept in zip(found, stays, strict=True):
        kept.put(one.entry.lines)
    verdicts = settle(plan_of(opened.form), [one.entry for one in found], Database(tx))
    for one, verdict, (stored, values) in zip(found, verdicts, records, strict=True):
        judge(opened.form, one, verdict, _writable(stored.states), values)
        _touch(one, stored)
    refuse_taken(tx, opened, found)
    return found


def misfits(tx: Tx, actor: Actor, opened: Opened, values: Mapping[str, Any]) -> list[Problem]:
    """Say which of some values their fields would not take, or name what is not there; no other rule is asked."""
    one = Cleaner(opened.form).changes(values, "/0")
    _resolve(tx, actor, [one])
    return [replace(problem, pointer=(problem.pointer or "").removeprefix("/0")) for problem in one.problems]


def _writable(states: Mapping[str, State]) -> Writable:
    return lambda key: states.get(key, "writable") == "writable"


def writable_part(form: Form, states: Mapping[str, State]) -> Form:
    """Return the form as somebody fills it in: without the fields that are not theirs to write."""

    def keep(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(
            replace(one, fields=keep(one.fields))
            for one in fields
            if field_kinds[one.kind].holds == "layout" or states.get(one.id, "writable") == "writable"
        )

    if all(state == "writable" for state in states.values()):
        return form
    return Form(keep(form.fields))


def _resolve(tx: Tx, actor: Actor, given: Sequence[Given]) -> None:
    """Look up what records name; who names what is not there is refused, the others are not."""
    waiting: list[Named] = [named for one in given for named in one.cleaned.named]
    while waiting:
        try:
            resolve(tx, actor, waiting)
            return
        except InvalidInputError as error:
            bad = {problem.pointer for problem in error.problems}
            for problem in error.problems:
                given[int((problem.pointer or "/0").split("/")[1])].problems.append(problem)
            left = [one for one in waiting if not any(_within(pointer, one.pointer) for pointer in bad)]
            waiting = left if len(left) < len(waiting) else []


def _within(pointer: str | None, outer: str) -> bool:
    return pointer is not None and (pointer == outer or pointer.startswith(f"{outer}/"))


def _new_entry(opened: Opened, one: Given, at: datetime) -> Entry:
    entry = Entry(one.cleaned.own, at)
    entry.given = one.named | set(one.lines)
    _add_lines(opened, entry, one)
    return entry


def _add_lines(opened: Opened, entry: Entry, one: Given) -> None:
    for table in plan_of(opened.form).tables:
        rows = one.cleaned.lines.get(table) if table else None
        if rows is None:
            if table:
                entry.lines.setdefault(table, [])
            continue
        named = one.lines.get(table, [])
        entry.lines[table] = lines = []
        for place, row in enumerate(rows):
            line = Entry(row, entry.situation.at, outer=entry)
            line.given = named[place] if place < len(named) else set()
            lines.append(line)


def _changed(opened: Opened, one: Given, stored: Stored, at: datetime) -> Prepared:
    entry = Entry({**stored.row, **one.cleaned.own}, at, before=stored.row)
    entry.given = set(one.named)
    entry.lines_before = {table: [row for _, row in lines] for table, lines in stored.lines.items()}
    for table, lines in stored.lines.items():
        if table not in one.cleaned.lines:
            entry.lines[table] = [Entry(dict(row), at, before=row, outer=entry, mark=number) for number, row in lines]
    _add_lines_given(opened, entry, one)
    return Prepared(one, entry, stored=stored)


def _add_lines_given(opened: Opened, entry: Entry, one: Given) -> None:
    kept = dict(entry.lines)
    _add_lines(opened, entry, one)
    entry.lines.update(kept)


def _touch(one: Prepared, stored: Stored) -> None:
    """Note what is written: what the change names, and what came of it."""
    row, before = one.entry.row, stored.row
    named = set(one.given.cleaned.own)
    one.touched = {key for key in named if key not in one.entry.absent} | {
        key for key in row.keys() | before.keys() if not same(row.get(key), before.get(key))
    }
    one.tables = {key for key in one.given.cleaned.lines if key in one.entry.given}


def judge(
    form: Form, one: Prepared, verdict: Verdict, writable: Writable, named: Iterable[str], *, unsure: bool = False
) -> None:
    """Put together why a record is refused, in the order of the form."""
    found = one.given.problems
    absent = {
        f"{part.pointer}/{asked.code}"
        for part in (verdict.all() if found else ())
        for asked in part.table.fields
        if asked.id in part.absent
    }
    place = len(one.given.place)
    problems = [replace(problem, pointer=(problem.pointer or "")[place:]) for problem in found]
    # What is not there is not checked, and what is wrong already is not also missing; checks are about good values.
    problems = [problem for problem in problems if not any(_within(problem.pointer, at) for at in absent)]
    known = {problem.pointer for problem in problems}
    for problem in faults(verdict, writable, named=set(named)):
        about = problem.code in {"record_check", "record_check_fault"}
        wrong = any(_within(problem.pointer, at or "") for at in known)
        if not wrong and not (about and (known or unsure)):
            problems.append(problem)
    one.problems = sorted(problems, key=_order(form)) if len(problems) > 1 else problems


def _order(form: Form) -> Callable[[Problem], tuple[int | str, ...]]:
    codes = {one.code: place for place, one in enumerate(flat(form.fields, field_kinds))}

    def order(problem: Problem) -> tuple[int | str, ...]:
        _, _, code, *rest = f"{problem.pointer}//".split("/")
        row = int(rest[0]) if rest and rest[0].isdecimal() else -1
        return (codes.get(code, len(codes)), code, row, "/".join(rest))

    return order


def refuse_taken(tx: Tx, opened: Opened, found: Sequence[Prepared]) -> None:
    """Note unique values that stand elsewhere, or twice among what is written; one statement for each such field."""
    good = [one for one in found if not one.problems]
    for table in sorted({slot.table for slot in opened.layout.slots if slot.live and slot.unique}):
        grid = next((one for one in opened.layout.grids if one.number == table and one.live), None)
        if grid is None:
            continue
        rows: list[tuple[int, int, str, Row]] = []
        for place, one in enumerate(good):
            number = 0 if one.stored is None else one.stored.id
            if table == MAIN:
                rows.append((place, number, "/values", _written(one)))
                continue
            if one.stored is not None and grid.field not in one.tables:
                continue
            code = next(field_.code for field_ in opened.form.walk() if field_.id == grid.field)
            lines = enumerate(one.entry.lines.get(grid.field, ()))
            rows += [(place, number, f"/values/{code}/{row}", line.row) for row, line in lines]
        for place, problem in taken(tx, opened, table, rows):
            good[place].problems.append(problem)


def _written(one: Prepared) -> Row:
    if one.stored is None:
        return one.entry.row
    return {key: one.entry.row.get(key, ()) for key in one.touched}
