"""What a user does with the records of a form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, Grid
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.asking import Where, compile_filter, read_order
from mazhi.engines.forms.records.deriving import records, resolve
from mazhi.engines.forms.records.issuing import issue, issuing, put_defaults, put_issued
from mazhi.engines.forms.records.model import Cleaned, clean, clean_changes, flat
from mazhi.engines.forms.records.opened import Opened, look_up, open_form, refuse_taken
from mazhi.engines.forms.records.rows import Record, placed, stored
from mazhi.engines.forms.records.saving import tell
from mazhi.engines.forms.rights.compiling import Reach, by_code, reach
from mazhi.engines.forms.rights.model import Action, State
from mazhi.engines.forms.rights.store import department_of
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    Problem,
    TooLargeError,
    invalid,
)
from mazhi.kernel.master_data.model import Page
from mazhi.kernel.posting.store import claim_request, store_answer

MOST_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a record.

    Attributes:
        version: The version that it made.
        at: Moment, µs.
        by: Name of the user.
        action: ``change`` or ``delete``.
        fields: By the id of the field what it was (``from``) and what it is (``to``).
    """

    version: int
    at: int
    by: str
    action: str
    fields: Mapping[str, Mapping[str, Any]]


class Records:
    """The records of every form of one database."""

    def __init__(self, db: Database, ids: Ids, rules: CodeRules | None = None) -> None:
        """Work on that database, with numbers from ``ids`` and serial numbers by ``rules``."""
        self._db = db
        self._rules = rules or CodeRules(db, Counters(db))
        self._ids = ids

    def create(
        self,
        actor: Actor,
        app: str,
        form: str,
        values: Sequence[Mapping[str, Any]],
        *,
        client_key: str | None = None,
    ) -> list[int]:
        """Add records and return their numbers, all or none; the same client key again adds nothing.

        Raises:
            NotFoundError: There is no such form.
            InvalidInputError: Values are wrong; every fault of every record is named.
            ConflictError: The form was never published, a unique value is taken (``record_duplicates``, each named
                with the record that has it), or the client key was used for something else (``client_key_reused``).
        """
        if len(values) > MOST_AT_ONCE:
            raise TooLargeError("too_many_records", limit=MOST_AT_ONCE)
        with self._db.read() as tx:
            seen = open_form(tx, app, form)
            if issuing(seen):
                # Before a number is used up: what is refused should leave no gap.
                self._cleaned(tx, actor, seen, values)
        issued = issue(self._rules, seen, values)
        lines = sum(len(value) for one in values for value in one.values() if isinstance(value, list))
        ids = self._ids.take(len(values) + lines)
        with self._db.write() as tx:
            key = None if client_key is None else f"records:{actor.name}:{client_key}"
            if key is not None:
                stored = claim_request(tx, key, _fingerprint(app, form, values), clock.now())
                if stored is not None:
                    return _repeat(client_key, stored, _fingerprint(app, form, values))
            opened = seen if self._version(tx, seen.id) == seen.version else open_form(tx, app, form)
            if issuing(opened) != issuing(seen):
                raise ConflictError("form_changed_meanwhile", item=form)
            cleaned = self._cleaned(tx, actor, opened, values)
            put_issued(issued, cleaned)
            self._insert(tx, actor, opened, cleaned, ids)
            made = list(ids[: len(values)])
            if key is not None:
                store_answer(tx, key, None, json.dumps(made))
        return made

    def _cleaned(self, tx: Tx, actor: Actor, opened: Opened, values: Sequence[Mapping[str, Any]]) -> list[Cleaned]:
        """Check new records and look up what they name."""
        may = self._reach(tx, actor, opened)
        states = {one.id: may.state(one.id, may.places("create"), "create") for one in opened.form.walk()}
        cleaned = _clean_all(_writable(opened.form, states), values)
        put_defaults(opened.form, states, cleaned)
        resolve(tx, actor, [named for one in cleaned for named in one.named])
        return cleaned

    def get(self, actor: Actor, app: str, form: str, ids: Sequence[int]) -> list[Record]:
        """Return records in the order of their numbers; what is unknown or out of the reader's reach is missing."""
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = self._reach(tx, actor, opened)
            return records(tx, opened, may, store.read(tx, opened.id, opened.columns(MAIN), may, ids))

    def made(self, app: str, form: str, number: int) -> Record:
        """Return a record whole, for whoever has just made it, even one who may add but not look."""
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            return self._one(tx, opened, self._reach(tx, SYSTEM, opened), number, deleted=True)

    def find(
        self,
        actor: Actor,
        app: str,
        form: str,
        *,
        filter_: object = None,
        sort: str | None = None,
        after: str | None = None,
        limit: int = 100,
        action: Action = "view",
    ) -> Page[Record]:
        """Return one page of the records that a filter lets through and with which an action is allowed.

        Raises:
            InvalidInputError: Filter, order or place is wrong; every fault is named.
        """
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = self._reach(tx, actor, opened)
            columns, codes = opened.columns(MAIN), by_code(opened.form, opened.layout.slots)
            where = Where("1 = 1", {})
            if filter_ is not None:
                where = compile_filter(filter_, codes, look_up(tx), may.seen)
            if action != "view":
                within = may.rows(action)
                where = Where(f"{where.sql} AND {within.sql}", {**where.params, **within.params})
            order = read_order(sort, {code: slot for code, slot in codes.items() if may.seen(slot.field, "") == ""})
            rows = store.find(tx, opened.id, columns, may, where, order, _place(after), limit + 1)
            shown = records(tx, opened, may, rows[:limit])
        if len(rows) <= limit:
            return Page(shown, None)
        last = rows[limit - 1]
        value = getattr(last, order.slot.name) if order.slot else None
        return Page(shown, json.dumps([value, last.id]))

    def delete(self, actor: Actor, app: str, form: str, number: int, version: int) -> None:
        """Take the version of a record that the user saw out of use; nothing of it is lost.

        Raises:
            ConflictError: Somebody changed or deleted it meanwhile (code ``record_conflict``).
        """
        with self._db.write() as tx:
            opened = open_form(tx, app, form)
            may, now = self._reach(tx, actor, opened), clock.now()
            record = self._one(tx, opened, may, number)
            may.places("delete")
            if not record.deletable:
                raise ForbiddenError("no_form_right", action="delete")
            if not store.delete(tx, opened.id, number, version, at=now, by=actor.name):
                raise ConflictError("record_conflict", item=str(number))
            for grid in opened.layout.grids:
                if grid.number != MAIN:
                    store.drop_lines(tx, opened.id, grid.number, number, now)
            store.note_change(tx, opened.id, number, version + 1, now, actor.name, "delete", "{}")

    def change(self, actor: Actor, app: str, form: str, number: int, version: int, values: Mapping[str, Any]) -> None:
        """Change the fields that ``values`` names, of the version of a record that the user saw.

        The rows of a sub-table are given whole.

        Raises:
            InvalidInputError: A value is wrong; every fault is named.
            ConflictError: Somebody changed or deleted it meanwhile (``record_conflict``), or a unique value is taken
                (``record_duplicates``).
        """
        lines = sum(len(value) for value in values.values() if isinstance(value, list))
        ids = iter(self._ids.take(lines) if lines else ())
        with self._db.write() as tx:
            opened = open_form(tx, app, form)
            self._version(tx, opened.id)
            may = self._reach(tx, actor, opened)
            may.places("change")
            record = self._one(tx, opened, may, number)
            states = {one.id: record.states.get(one.code, "writable") for one in flat(opened.form.fields, field_kinds)}
            cleaned = clean_changes(_writable(opened.form, states), values, field_kinds)
            resolve(tx, actor, cleaned.named)
            all_ = reach(tx, SYSTEM, opened.id, opened.form, opened.layout.slots, look_up(tx))
            before = self._one(tx, opened, all_, number)
            # The columns that the field had as other kinds too: what stands there would be taken for its value.
            touched = [slot for slot in opened.layout.slots if slot.table == MAIN and slot.field in cleaned.own]
            written = {slot.number: value for slot, value in placed(touched, cleaned.own)}
            refuse_taken(tx, opened, MAIN, [cleaned.own], [number])
            now = clock.now()
            if not store.change(
                tx, opened.id, number, version, touched, [written.get(slot.number) for slot in touched],
                at=now, by=actor.name,
            ):  # fmt: skip
                raise ConflictError("record_conflict", item=str(number))
            for grid in opened.layout.grids:
                if grid.live and grid.field in cleaned.lines:
                    store.drop_lines(tx, opened.id, grid.number, number, now)
                    self._insert_lines(tx, opened, grid, [(number, cleaned)], ids)
            tell(tx, actor, opened, [(number, cleaned)])
            after = self._one(tx, opened, all_, number)
            changes = _differences(opened.form, before.values, after.values)
            store.note_change(tx, opened.id, number, version + 1, now, actor.name, "change", changes)

    def history(self, actor: Actor, app: str, form: str, number: int) -> list[Change]:
        """Return what was changed in a record, also a deleted one, newest first; fields by their ids.

        Of fields that the reader does not see whole nothing is told.

        Raises:
            NotFoundError: There is no such record within the reader's reach.
        """
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            record = self._one(tx, opened, self._reach(tx, actor, opened), number, deleted=True)
            rows = store.changes_of(tx, opened.id, number)
        secret = {
            one.id
            for one in flat(opened.form.fields, field_kinds)
            if record.states.get(one.code) in {"hidden", "masked"}
        }
        return [
            Change(
                row.version, row.at, row.actor, row.action,
                {key: told for key, told in json.loads(row.changes).items() if key not in secret},
            )
            for row in rows
        ]  # fmt: skip

    def _reach(self, tx: Tx, actor: Actor, opened: Opened) -> Reach:
        return reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))

    def _one(self, tx: Tx, opened: Opened, may: Reach, number: int, *, deleted: bool = False) -> Record:
        rows = store.read(tx, opened.id, opened.columns(MAIN), may, [number], deleted=deleted)
        found = records(tx, opened, may, rows)
        if not found:
            raise NotFoundError("unknown_record", item=str(number))
        return found[0]

    def _version(self, tx: Tx, form_id: int) -> int:
        """Return the version in force and let nobody publish another until this transaction ends."""
        share = " FOR SHARE" if tx.dialect == "postgresql" else ""
        found = tx.scalar(f"SELECT version FROM design WHERE id = :id{share}", id=form_id)
        if found is None:
            raise NotFoundError("unknown_form", item=str(form_id))
        return int(found)

    def _insert(self, tx: Tx, actor: Actor, opened: Opened, records: Sequence[Cleaned], ids: Sequence[int]) -> None:
        now, spare = clock.now(), iter(ids[len(records) :])
        columns = opened.columns(MAIN)
        numbered = list(zip(ids, records, strict=False))
        refuse_taken(tx, opened, MAIN, [one.own for one in records], [])
        mine = department_of(tx, actor.user_id)
        department = 0 if mine is None else mine.id
        own = [
            (
                number, 1, opened.version, now, actor.name, now, actor.name, actor.user_id, department,
                *stored(columns, one.own),
            )
            for number, one in numbered
        ]  # fmt: skip
        if not store.insert(tx, opened.id, MAIN, columns, own):
            raise ConflictError("record_taken_meanwhile")
        for grid in opened.layout.grids:
            if grid.live and grid.number != MAIN:
                self._insert_lines(tx, opened, grid, numbered, spare)
        tell(tx, actor, opened, numbered)

    def _insert_lines(
        self, tx: Tx, opened: Opened, grid: Grid, records: Sequence[tuple[int, Cleaned]], ids: Iterator[int]
    ) -> None:
        columns = opened.columns(grid.number)
        lines = [line for _, one in records for line in one.lines.get(grid.field, [])]
        refuse_taken(tx, opened, grid.number, lines, [])
        rows = [
            (next(ids), number, place, *stored(columns, line))
            for number, one in records
            for place, line in enumerate(one.lines.get(grid.field, []))
        ]
        if not store.insert(tx, opened.id, grid.number, columns, rows):
            raise ConflictError("record_taken_meanwhile")


def _writable(form: Form, states: Mapping[str, State]) -> Form:
    """Return the form as somebody fills it in: without the fields that are not theirs to write."""

    def keep(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(
            replace(one, fields=keep(one.fields))
            for one in fields
            if field_kinds[one.kind].holds == "layout" or states.get(one.id, "writable") == "writable"
        )

    return Form(keep(form.fields))


def _clean_all(form: Form, values: Sequence[Mapping[str, Any]]) -> list[Cleaned]:
    """Check many records and name every fault of all; of one record the place says nothing of which."""
    problems: list[Problem] = []
    cleaned = []
    for place, one in enumerate(values):
        try:
            cleaned.append(clean(form, one, field_kinds))
        except InvalidInputError as error:
            problems += [
                replace(problem, pointer=f"{_at(values, place)}{problem.pointer}") for problem in error.problems
            ]
            continue
        cleaned[-1].named[:] = [
            replace(named, pointer=f"{_at(values, place)}{named.pointer}") for named in cleaned[-1].named
        ]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return cleaned


def _at(values: Sequence[Any], place: int) -> str:
    return f"/{place}" if len(values) > 1 else ""


def _differences(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    found = {
        one.id: {"from": before[one.code], "to": after[one.code]}
        for one in flat(form.fields, field_kinds)
        if field_kinds[one.kind].derive is None and before[one.code] != after[one.code]
    }
    return json.dumps(found, ensure_ascii=False)


def _fingerprint(app: str, form: str, values: Sequence[Mapping[str, Any]]) -> str:
    text = json.dumps([app, form, list(values)], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _repeat(client_key: str | None, stored: tuple[str, str], hashed: str) -> list[int]:
    if stored[0] != hashed:
        raise ConflictError("client_key_reused", client_key=client_key)
    answer: list[int] = json.loads(stored[1])
    return answer


def _place(after: str | None) -> list[Any] | None:
    """Read where a page begins, as the page before has said.

    Raises:
        InvalidInputError: It was not said by a page (code ``bad_after``).
    """
    if after is None:
        return None
    try:
        found: Any = json.loads(after)
    except ValueError:
        found = None
    good = isinstance(found, list) and len(found) == 2 and isinstance(found[1], int)
    if not good or isinstance(found[0], list | dict):
        raise invalid("/after", "record_bad_after")
    return list(found)
