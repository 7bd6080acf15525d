"""What a user does with scan lists: open one, scan into it, paste, take back, look."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.scan_lists import conditions, store
from mazhi.engines.forms.scan_lists.access import Access, Standing, field_of
from mazhi.engines.forms.scan_lists.files import Entry, codes_of
from mazhi.engines.forms.scan_lists.model import CHUNK, MOST, Conditions, amount, context_of, spread
from mazhi.engines.forms.scan_lists.views import (
    BatchView,
    LineView,
    ListView,
    ScanView,
    line_view,
    list_view,
)
from mazhi.engines.forms.scan_lists.writing import write
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.codes import typed
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, TooLargeError
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.master_data.model import Page
from mazhi.kernel.posting.store import claim_request, store_answer
from mazhi.kernel.scanning.model import clean
from mazhi.kernel.scanning.pieces import Found, by_reading, find
from mazhi.kernel.scanning.service import Scanning

_ALL = ("right", "wrong", "duplicate", "box")
_COUNTED = {"right": "right", "wrong": "wrong", "duplicate": "duplicate"}


class ScanLists:
    """The scan lists of every form of one database."""

    def __init__(self, db: Database, scanning: Scanning) -> None:
        """Work on that database; ``scanning`` says what texts mean."""
        self._db = db
        self._scanning = scanning
        self._access = Access()
        self._cycles = LifeCycles(db)

    def open(
        self,
        actor: Actor,
        form: str,
        field: str,
        *,
        record: int | None = None,
        values: Mapping[str, Any] | None = None,
        shared: bool = False,
    ) -> ListView:
        """Open a list for a field of a form (``qc/card``) that is being filled in.

        Of a record that has a list already it is a change of that list, and everybody who may change the record gets
        the same: they scan together.

        Raises:
            NotFoundError: There is no such form, field or record.
            ForbiddenError: The actor may not fill the field in.
        """
        with self._db.write() as tx:
            opened = self._access.form(tx, form)
            one = field_of(opened, field)
            self._access.may_open(tx, actor, opened, one, record)
            context = context_of(one.options, values or {})
            base = next(iter(store.bound_to(tx, one.id, [record])), None) if record is not None else None
            if base is not None:
                # Two who begin to change it at the same moment get the same list.
                store.by_ids(tx, [base.id], lock=True)
            there = store.change_of(tx, base.id) if base is not None else None
            if there is None:
                at = clock.now()
                number = store.add(
                    tx, uuid=str(uuid.uuid4()), form_id=opened.id, field=one.id, state="open",
                    base_id=base.id if base else 0, copied=base is None, maker_id=actor.user_id, maker=actor.name,
                    shared=shared, context=json.dumps(context, ensure_ascii=False), last=base.last if base else 0,
                    good=base.good if base else 0, quantity=base.quantity if base else 0,
                    wrong=base.wrong if base else 0, duplicates=base.duplicates if base else 0,
                    created_at=at, updated_at=at,
                )  # fmt: skip
            else:
                number = there.id
                store.set_context(tx, number, context, shared=bool(there.shared) or shared)
            row = store.by_ids(tx, [number])[number]
            return list_view(row, self._read(tx, actor, opened, one, context))

    def look(self, actor: Actor, uuids: Sequence[str]) -> list[ListView]:
        """Return lists that the reader may see; the others are missing."""
        found = []
        with self._db.read() as tx:
            for row in store.by_uuids(tx, uuids):
                try:
                    seen = self._access.look(tx, actor, row)
                except NotFoundError:
                    continue
                found.append(list_view(row, self._wanted(tx, actor, seen)))
        return found

    def set_values(self, actor: Actor, name: str, values: Mapping[str, Any], *, shared: bool | None = None) -> ListView:
        """Say what now stands in the other fields of the form, or whether others may scan too; lines stay as they are.

        Whether they still fit is looked at when the record is saved.
        """
        with self._db.write() as tx:
            there = self._ready(tx, actor, name)
            context = context_of(there.field.options, values)
            kept = bool(there.row.shared) if shared is None else shared
            store.set_context(tx, there.row.id, context, shared=kept)
            row = store.by_ids(tx, [there.row.id])[there.row.id]
            return list_view(row, self._read(tx, actor, there.opened, there.field, context))

    def scan(
        self, actor: Actor, name: str, raw: str, symbology: str | None = None, client_key: str | None = None
    ) -> ScanView:
        """Answer one scan: right, wrong with the reason, or there already; the same client key again says the same.

        Raises:
            NotFoundError: There is no such list within the actor's reach.
            ConflictError: It was saved meanwhile, or the client key was used for another scan.
        """
        with self._db.read() as tx:
            there = self._access.scan(tx, actor, self._row(tx, name))
            wanted = self._wanted(tx, actor, there)
            plain = symbology is None
            found = find(tx, actor, [raw]).get(raw, Found()) if plain else Found()
        if found.piece is None:
            # Whatever the codes say by themselves, and what a person may have meant.
            context = {"kind": ["item", "package"], "product": wanted.product_code or None}
            readings = self._scanning.read(raw, symbology, context, actor=actor)
            with self._db.read() as tx:
                found = by_reading(tx, actor, {raw: readings})[raw]
        key = "" if client_key is None else f"{actor.name}:{client_key}"
        with self._db.write() as tx:
            there = self._ready(tx, actor, name)
            known = store.by_key(tx, there.row.id, key) if key else None
            if known is not None:
                if known.raw != raw:
                    raise ConflictError("client_key_reused", client_key=client_key)
                first = known.seq
            else:
                first = write(tx, there.row, wanted, [(raw, 0, found)], by=actor.name, key=key).first
            line = line_view(store.some(tx, there.row.id, [first])[0])
        return ScanView(line, line.done, None if wanted.expected is None else amount(wanted.expected))

    def paste(self, actor: Actor, name: str, text: str, client_key: str | None = None) -> BatchView:
        """Take many codes at once, as people write them: lists, and ranges such as ``SN001-SN050``.

        Raises:
            InvalidInputError: The text has faults, each named; or it makes too many codes.
        """
        return self.batch(actor, name, typed.expand(text, limit=MOST), client_key)

    def batch(self, actor: Actor, name: str, codes: Sequence[str | Entry], client_key: str | None = None) -> BatchView:
        """Take many codes at once, a few statements for every 5,000; each such part is there or not.

        The same client key again goes on after the last part that is there.
        """
        if len(codes) > MOST:
            raise TooLargeError("scan_list_full", limit=MOST)
        entries = [Entry(one, place) if isinstance(one, str) else one for place, one in enumerate(codes, 1)]
        total: dict[str, int] = dict.fromkeys(("right", "wrong", "duplicate", "box"), 0)
        first = last = 0
        with self._db.read() as tx:
            there = self._access.scan(tx, actor, self._row(tx, name))
            wanted = self._wanted(tx, actor, there)
            done = int(there.row.quantity)
        for start in range(0, len(entries), CHUNK):
            key = None if client_key is None else f"scan_list:{name}:{actor.name}:{client_key}:{start}"
            told = self._part(actor, name, entries[start : start + CHUNK], wanted, key)
            total = {one: total[one] + told[one] for one in total}
            first, last, done = first or told["first"], told["last"], told["done"]
        return BatchView(
            total["right"], total["wrong"], total["duplicate"], total["box"], first, last, amount(done),
            None if wanted.expected is None else amount(wanted.expected),
        )  # fmt: skip

    def file(
        self, actor: Actor, name: str, path: Path, column: str | None = None, client_key: str | None = None
    ) -> BatchView:
        """Take the codes of one column of a spreadsheet, csv or text file.

        Raises:
            InvalidInputError: It is no such file, or has no such column.
        """
        return self.batch(actor, name, codes_of(path, column), client_key)

    def _part(
        self, actor: Actor, name: str, part: Sequence[Entry], wanted: Conditions, key: str | None
    ) -> dict[str, int]:
        with self._db.read() as tx:
            found = find(tx, actor, [one.raw for one in part if one.problem is None])
        scans = [
            (clean(one.raw), one.source, found[one.raw] if one.problem is None else Found(None, one.problem))
            for one in part
        ]
        with self._db.write() as tx:
            there = self._ready(tx, actor, name)
            hashed = hashlib.sha256("\n".join(one.raw for one in part).encode("utf-8", "surrogatepass")).hexdigest()
            stored = claim_request(tx, key, hashed, clock.now()) if key is not None else None
            if stored is not None:
                if stored[0] != hashed:
                    raise ConflictError("client_key_reused", client_key=key)
                answer: dict[str, int] = json.loads(stored[1])
                return answer
            written = write(tx, there.row, wanted, scans, by=actor.name)
            last = written.first + len(written.lines) - 1
            told = {**spread(written.lines), "first": written.first, "last": last, "done": written.done}
            if key is not None:
                store_answer(tx, key, None, json.dumps(told))
        return told

    def undo(self, actor: Actor, name: str, lines: Collection[int]) -> ListView:
        """Take lines back; a box with what came out of it. What was taken back already stays so."""
        with self._db.write() as tx:
            there = self._ready(tx, actor, name)
            gone = [(row.answer, 1, int(row.quantity)) for row in store.undo(tx, there.row.id, lines)]
            return self._undone(tx, actor, there, gone)

    def clear(self, actor: Actor, name: str, answers: Collection[str]) -> ListView:
        """Take every line back that was answered so, such as all wrong ones; of right ones their boxes too."""
        wanted = {*answers, "box"} if "right" in answers else {*answers} - {"box"}
        with self._db.write() as tx:
            there = self._ready(tx, actor, name)
            rows = store.undo_all(tx, there.row.id, wanted & {*_ALL})
            return self._undone(
                tx, actor, there, [(row.answer, int(row.lines), int(row.quantity or 0)) for row in rows]
            )

    def _undone(self, tx: Tx, actor: Actor, there: Standing, gone: Sequence[tuple[str, int, int]]) -> ListView:
        changes: dict[str, int] = {}
        for answer, lines, quantity in gone:
            if answer in _COUNTED:
                changes[answer] = changes.get(answer, 0) - lines
            if answer == "right":
                changes["quantity"] = changes.get("quantity", 0) - quantity
        store.note(tx, there.row.id, lines=0, changes=changes, at=clock.now())
        row = store.by_ids(tx, [there.row.id])[there.row.id]
        return list_view(row, self._wanted(tx, actor, replace(there, row=row)))

    def lines(
        self,
        actor: Actor,
        name: str,
        answers: Collection[str] = _ALL,
        *,
        after: int | None = None,
        newest: bool = True,
        scans: bool = False,
        limit: int = 100,
    ) -> Page[LineView]:
        """Return one page of lines with what they are now; ``scans`` leaves out what came out of boxes."""
        with self._db.read() as tx:
            there = self._access.look(tx, actor, self._row(tx, name))
            rows = store.page(tx, _source(there.row), answers, after=after, down=newest, scans=scans, limit=limit + 1)
        shown = [line_view(row) for row in rows[:limit]]
        return Page(shown, str(shown[-1].line) if len(rows) > limit else None)

    def missing(self, actor: Actor, name: str, *, after: int = 0, limit: int = 100) -> Page[Mapping[str, Any]]:
        """Return what another record's list says should come and is not there yet."""
        with self._db.read() as tx:
            there = self._access.look(tx, actor, self._row(tx, name))
            wanted = self._wanted(tx, actor, there)
            rows = store.missing(tx, wanted.listed, _source(there.row), after, limit + 1) if wanted.listed else []
        shown: list[Mapping[str, Any]] = [
            {"item": row.code, "product": row.product, "state": row.state, "place": row.place} for row in rows
        ]
        return Page(shown[:limit], str(rows[limit - 1].item_id) if len(rows) > limit else None)

    def _row(self, tx: Tx, name: str, *, lock: bool = False) -> Any:
        row = store.by_uuid(tx, name, lock=lock) if name.isprintable() else None
        if row is None:
            raise NotFoundError("unknown_scan_list", item=name)
        return row

    def _ready(self, tx: Tx, actor: Actor, name: str) -> Standing:
        """Lock a list that somebody scans into; the first to change a saved one gets its lines copied."""
        row = self._row(tx, name, lock=True)
        there = self._access.scan(tx, actor, row)
        if row.base_id and not row.copied:
            store.copy_base(tx, row.id, row.base_id)
            row = self._row(tx, name)
        return replace(there, row=row)

    def _wanted(self, tx: Tx, actor: Actor, there: Standing) -> Conditions:
        return self._read(tx, actor, there.opened, there.field, json.loads(there.row.context))

    def _read(self, tx: Tx, actor: Actor, opened: Opened, field: Field, context: Mapping[str, Any]) -> Conditions:
        return conditions.read(tx, actor, opened, field, context, self._state_names)

    def _state_names(self, tx: Tx) -> dict[str, tuple[str, str]]:
        cycles = self._cycles.load(tx).values()
        return {state.code: (state.zh, state.en) for cycle in cycles for state in cycle.states}


def _source(row: Any) -> int:
    """Return the list whose lines are its: until the first change those of the one that it changes."""
    return int(row.id if row.copied else row.base_id)
