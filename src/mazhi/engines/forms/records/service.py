"""What a user does with the records of a form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.records import removing, store
from mazhi.engines.forms.records.allowed import Allowed, allowed
from mazhi.engines.forms.records.asking import Where, compile_filter, read_order
from mazhi.engines.forms.records.deriving import records
from mazhi.engines.forms.records.issuing import issue, issuing
from mazhi.engines.forms.records.loading import load
from mazhi.engines.forms.records.opened import Opened, look_up, open_form
from mazhi.engines.forms.records.paging import read_place
from mazhi.engines.forms.records.preparing import Prepared, prepare_changes, prepare_new
from mazhi.engines.forms.records.refusing import Outcome, refuse, refused
from mazhi.engines.forms.records.removing import Removed
from mazhi.engines.forms.records.rows import Record, reached, states_of
from mazhi.engines.forms.records.telling import Change, told
from mazhi.engines.forms.records.watching import Watchers
from mazhi.engines.forms.records.writing import insert, lines_of, update
from mazhi.engines.forms.rights.compiling import Reach, by_code, reach
from mazhi.engines.forms.rights.model import Action, State
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem, TooLargeError
from mazhi.kernel.master_data.model import Page
from mazhi.kernel.posting.repeating import Request

MOST_AT_ONCE = 1_000


class Records:
    """The records of every form of one database."""

    def __init__(
        self, db: Database, ids: Ids, rules: CodeRules | None = None, watchers: Watchers | None = None
    ) -> None:
        """Work on that database, with numbers from ``ids`` and serial numbers by ``rules``."""
        self._db = db
        self._rules = rules or CodeRules(db, Counters(db))
        self._ids = ids
        self._watchers = watchers or Watchers()

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
        return self._create(actor, app, form, values, client_key, good_only=False).done

    def create_good(
        self,
        actor: Actor,
        app: str,
        form: str,
        values: Sequence[Mapping[str, Any]],
        *,
        client_key: str | None = None,
    ) -> Outcome:
        """Add those of many records that are good, and say of every other why it is refused."""
        return self._create(actor, app, form, values, client_key, good_only=True)

    def _create(
        self,
        actor: Actor,
        app: str,
        form: str,
        values: Sequence[Mapping[str, Any]],
        client_key: str | None,
        *,
        good_only: bool,
    ) -> Outcome:
        if len(values) > MOST_AT_ONCE:
            raise TooLargeError("too_many_records", limit=MOST_AT_ONCE)
        with self._db.read() as tx:
            seen = open_form(tx, app, form)
            if issuing(seen) and not good_only:
                # Before a number is used up: what is refused should leave no gap.
                refuse(prepare_new(tx, actor, seen, self._when_new(tx, actor, seen), values, None))
        issued = issue(self._rules, seen, values)
        ids = self._ids.take(len(values) + lines_of(values))
        with self._db.write() as tx:
            request = Request(tx, "records", actor, client_key, [app, form, list(values)])
            if request.answer is not None:
                return Outcome.read(request.answer)
            opened = seen if self._version(tx, seen.id) == seen.version else open_form(tx, app, form)
            if issuing(opened) != issuing(seen):
                raise ConflictError("form_changed_meanwhile", item=form)
            found = prepare_new(tx, actor, opened, self._when_new(tx, actor, opened), values, issued)
            watching = self._watchers.open(tx, actor, app, form, opened, soon=not good_only)
            watching.judge(found)
            if not good_only:
                refuse(found)
            good = [one for one in found if not one.problems]
            numbers = [*ids[: len(good)], *ids[len(values) :]]
            insert(tx, actor, opened, good, numbers)
            watching.saved(good, numbers[: len(good)])
            outcome = Outcome(numbers[: len(good)], refused(found))
            request.store(outcome.body())
        watching.then()
        return outcome

    def check(
        self,
        actor: Actor,
        app: str,
        form: str,
        values: Sequence[Mapping[str, Any]],
        *,
        numbers: Sequence[int] | None = None,
    ) -> list[list[Problem]]:
        """Say of each record why it would be refused, without saving; ``numbers`` are those of records to be changed.

        What hangs on a number that is only issued when the record is added is not known yet, and not checked.
        """
        if len(values) > MOST_AT_ONCE:
            raise TooLargeError("too_many_records", limit=MOST_AT_ONCE)
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            if numbers is None:
                found = prepare_new(tx, actor, opened, self._when_new(tx, actor, opened), values, None)
            else:
                changes = [(number, None, one) for number, one in zip(numbers, values, strict=True)]
                found = self._prepared(tx, actor, opened, changes, lock=False)
            self._watchers.open(tx, actor, app, form, opened).judge(found)
            return [one.problems for one in found]

    def _when_new(self, tx: Tx, actor: Actor, opened: Opened) -> Mapping[str, State]:
        """Return how somebody may use each field of a new record."""
        may = self._reach(tx, actor, opened)
        places = may.places("create")
        return {one.id: may.state(one.id, places, "create") for one in opened.form.walk()}

    def allowed(self, actor: Actor, app: str, form: str) -> Allowed:
        """Say what somebody may do with the records of a form at all."""
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            return allowed(opened.form, self._reach(tx, actor, opened))

    def get(self, actor: Actor, app: str, form: str, ids: Sequence[int], *, expand: Sequence[str] = ()) -> list[Record]:
        """Return records in the order of their numbers; what is unknown or out of the reader's reach is missing.

        ``expand`` are codes of fields that link records, whose values are answered too.
        """
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = self._reach(tx, actor, opened)
            rows = store.read(tx, opened.id, opened.columns(MAIN), may, ids)
            return records(tx, opened, may, rows, expand)

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
        expand: Sequence[str] = (),
    ) -> Page[Record]:
        """Return one page of the records that a filter lets through and with which an action is allowed.

        ``expand`` are codes of fields that link records, whose values are answered too.

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
                within = may.rows(action)  # what stands in it is in every condition of the reach
                where = Where(f"{where.sql} AND {within.sql}", where.params)
            order = read_order(sort, {code: slot for code, slot in codes.items() if may.seen(slot.field, "") == ""})
            rows = store.find(tx, opened.id, columns, may, where, order, read_place(after), limit + 1)
            shown = records(tx, opened, may, rows[:limit], expand)
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
        self.delete_many(actor, app, form, [(number, version)])

    def delete_many(self, actor: Actor, app: str, form: str, records: Sequence[tuple[int, int]]) -> None:
        """Take records out of use, each the version that the user saw; all or none.

        Raises:
            ConflictError: Somebody changed or deleted some of them meanwhile (code ``record_conflict``).
        """
        if len(records) > MOST_AT_ONCE:
            raise TooLargeError("too_many_records", limit=MOST_AT_ONCE)
        with self._db.write() as tx:
            opened = open_form(tx, app, form)
            removing.delete(tx, actor, opened, self._reach(tx, actor, opened), records)

    def deleted(
        self, actor: Actor, app: str, form: str, *, after: str | None = None, limit: int = 100
    ) -> Page[Removed]:
        """Return one page of the deleted records that the user may delete, those deleted last first."""
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            return removing.deleted(tx, opened, self._reach(tx, actor, opened), after, limit)

    def restore(self, actor: Actor, app: str, form: str, numbers: Sequence[int]) -> None:
        """Take deleted records into use again, as they were; all or none.

        Raises:
            NotFoundError: One of them is not among the deleted ones that the user may delete.
            ConflictError: A value that must be unique stands elsewhere by now (code ``record_duplicates``).
        """
        if len(numbers) > MOST_AT_ONCE:
            raise TooLargeError("too_many_records", limit=MOST_AT_ONCE)
        with self._db.write() as tx:
            opened = open_form(tx, app, form)
            self._version(tx, opened.id)
            removing.restore(tx, actor, opened, self._reach(tx, actor, opened), numbers)

    def change(self, actor: Actor, app: str, form: str, number: int, version: int, values: Mapping[str, Any]) -> None:
        """Change the fields that ``values`` names, of the version of a record that the user saw.

        The rows of a sub-table are given whole.

        Raises:
            NotFoundError: There is no such record within the user's reach.
            InvalidInputError: A value is wrong; every fault is named.
            ConflictError: Somebody changed or deleted it meanwhile (``record_conflict``), or a unique value is taken
                (``record_duplicates``).
        """
        self.change_many(actor, app, form, [(number, version, values)])

    def change_many(
        self,
        actor: Actor,
        app: str,
        form: str,
        changes: Sequence[tuple[int, int | None, Mapping[str, Any]]],
        *,
        client_key: str | None = None,
        good_only: bool = False,
    ) -> Outcome:
        """Change many records: each the number, the version that the user saw (None: whichever) and the fields.

        All or none; with ``good_only`` those that are good, and of every other it is said why it is refused.

        Raises:
            InvalidInputError: Values are wrong; every fault of every record is named.
            ConflictError: Somebody changed some of them meanwhile, unique values are taken, or the client key was
                used for something else.
        """
        if len(changes) > MOST_AT_ONCE:
            raise TooLargeError("too_many_records", limit=MOST_AT_ONCE)
        lines = lines_of([values for _, _, values in changes])
        ids = self._ids.take(lines) if lines else ()
        with self._db.write() as tx:
            request = Request(tx, "changes", actor, client_key, [app, form, [list(one) for one in changes]])
            if request.answer is not None:
                return Outcome.read(request.answer)
            opened = open_form(tx, app, form)
            if self._version(tx, opened.id) != opened.version:
                opened = open_form(tx, app, form)
            found = self._prepared(tx, actor, opened, changes)
            watching = self._watchers.open(tx, actor, app, form, opened, soon=not good_only)
            watching.judge(found)
            if not good_only:
                refuse(found)
            good = [one for one in found if not one.problems]
            update(tx, actor, opened, good, ids)
            done = [one.stored.id for one in good if one.stored is not None]
            watching.saved(good, done)
            outcome = Outcome(done, refused(found))
            request.store(outcome.body())
        watching.then()
        return outcome

    def _prepared(
        self,
        tx: Tx,
        actor: Actor,
        opened: Opened,
        changes: Sequence[tuple[int, int | None, Mapping[str, Any]]],
        *,
        lock: bool = True,
    ) -> list[Prepared]:
        """Prepare changes; what is not there, or no longer as it was seen, is refused and not looked at."""
        may = self._reach(tx, actor, opened)
        may.places("change")
        held = load(tx, opened, may, [number for number, _, _ in changes], lock=lock)
        seen: set[int] = set()
        found: list[Prepared | None] = []
        waiting = []
        for number, version, values in changes:
            stored = held.get(number)
            problem = None
            if stored is None:
                problem = Problem("unknown_record", {}, "", item=str(number))
            elif version not in {None, stored.version}:
                problem = Problem("record_conflict", {}, "", item=str(number))
            elif number in seen:
                problem = Problem("record_named_twice", {}, "", item=str(number))
            seen.add(number)
            if stored is None or problem is not None:
                found.append(Prepared.refused(problem, stored))
            else:
                found.append(None)
                waiting.append((stored, values))
        prepared = iter(prepare_changes(tx, actor, opened, waiting))
        return [next(prepared) if one is None else one for one in found]

    def history(self, actor: Actor, app: str, form: str, number: int) -> list[Change]:
        """Return what was changed in a record, also a deleted one, newest first; fields by their ids.

        Of fields that the reader does not see whole nothing is told.

        Raises:
            NotFoundError: There is no such record within the reader's reach.
        """
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = self._reach(tx, actor, opened)
            found = store.read(tx, opened.id, opened.columns(MAIN), may, [number], deleted=True)
            if not found:
                raise NotFoundError("unknown_record", item=str(number))
            states = states_of(opened.form.fields, may, reached(opened, found[0]))
            rows = store.changes_of(tx, opened.id, number)
        return [
            Change(
                row.version, row.at, row.actor, row.action,
                told(opened.form, states, json.loads(row.changes), everything=actor.everything),
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
