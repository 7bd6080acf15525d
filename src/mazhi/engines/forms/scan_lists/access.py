"""Who may look at a scan list or scan into it: whoever may do so with the field of the record that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.model import read as read_form
from mazhi.engines.forms.publishing.store import read_layout
from mazhi.engines.forms.records import store as record_store
from mazhi.engines.forms.records.opened import Opened, look_up
from mazhi.engines.forms.rights.compiling import Reach, reach
from mazhi.engines.forms.scan_lists import store
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError

KIND = "scan_list"


@dataclass(frozen=True, slots=True)
class Standing:
    """A list, the field that it stands in, and the form around."""

    row: Any
    field: Field
    opened: Opened


class Access:
    """Opens forms, each version once, and says who may use their lists."""

    def __init__(self) -> None:
        """Know no form yet."""
        self._forms = Designs("form")
        self._opened: dict[int, Opened] = {}

    def form(self, tx: Tx, code: str) -> Opened:
        """Open a form by app and code.

        Raises:
            NotFoundError: There is none.
            ConflictError: It was never published.
        """
        design = self._forms.get(tx, code)
        known = self._opened.get(design.id)
        if known is not None and known.version == design.version:
            return known
        if not design.version:
            raise ConflictError("form_not_published", item=code)
        body = read_form(self._forms.body(tx, design), field_kinds)
        found = Opened(design.id, design.version, body, read_layout(tx, design.id))
        self._opened[design.id] = found
        return found

    def form_of(self, tx: Tx, form_id: int) -> Opened:
        """Open a form by number."""
        row = tx.row("SELECT code, version FROM design WHERE id = :id", id=form_id)
        known = self._opened.get(form_id)
        if known is not None and row is not None and known.version == row.version:
            return known
        if row is None:
            raise NotFoundError("unknown_form", item="")
        return self.form(tx, row.code)

    def look(self, tx: Tx, actor: Actor, row: Any) -> Standing:
        """Return a list that somebody may look at.

        Raises:
            NotFoundError: They may not, or it is not there (code ``unknown_scan_list``).
        """
        found = self._standing(tx, row)
        if not self._may(tx, actor, found, "view"):
            raise NotFoundError("unknown_scan_list", item=str(row.uuid))
        return found

    def scan(self, tx: Tx, actor: Actor, row: Any) -> Standing:
        """Return a list that somebody may scan into.

        Raises:
            NotFoundError: They may not even look at it, or it is not there (code ``unknown_scan_list``).
            ForbiddenError: They may only look (code ``no_form_right``).
            ConflictError: It was saved (code ``scan_list_saved``).
        """
        found = self.look(tx, actor, row)
        if row.state != "open":
            raise ConflictError("scan_list_saved", item=str(row.record_id))
        if not self._may(tx, actor, found, "change"):
            raise ForbiddenError("no_form_right", action="change")
        return found

    def reach(self, tx: Tx, actor: Actor, opened: Opened) -> Reach:
        """Return what somebody may do with the records of a form."""
        return reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))

    def may_open(self, tx: Tx, actor: Actor, opened: Opened, field: Field, record: int | None) -> None:
        """Refuse whoever may not fill the field in.

        Raises:
            NotFoundError: There is no such record within reach.
            ForbiddenError: They may not add records, or not write the field.
        """
        may = self.reach(tx, actor, opened)
        if record is None:
            if may.state(field.id, may.places("create"), "create") != "writable":
                raise ForbiddenError("no_form_right", action="create")
            return
        may.places("change")
        reached = _reached(tx, opened, may, record)
        if reached is None:
            raise NotFoundError("unknown_record", item=str(record))
        if may.state(field.id, reached, "change") != "writable":
            raise ForbiddenError("no_form_right", action="change")

    def _standing(self, tx: Tx, row: Any) -> Standing:
        opened = self.form_of(tx, row.form_id)
        field = next((one for one in opened.form.walk() if one.id == row.field and one.kind == KIND), None)
        if field is None:
            raise NotFoundError("unknown_scan_list", item=str(row.uuid))
        return Standing(row, field, opened)

    def _may(self, tx: Tx, actor: Actor, found: Standing, action: str) -> bool:
        if actor.everything:
            return True
        row = found.row
        may = self.reach(tx, actor, found.opened)
        record = row.record_id
        if row.state == "open" and row.base_id:
            record = store.by_ids(tx, [row.base_id])[row.base_id].record_id
        elif row.state == "open":
            if row.maker_id != actor.user_id and not row.shared:
                return False
            making = [place for place, grant in enumerate(may.grants) if "create" in grant.actions]
            return may.state(found.field.id, making, "create") == "writable"
        try:
            reached = _reached(tx, found.opened, may, record)
        except ForbiddenError:
            return False
        if reached is None:
            return False
        if action == "change":
            return may.state(found.field.id, reached, "change") == "writable"
        seen = {may.state(found.field.id, reached, "view"), may.state(found.field.id, reached, "change")}
        return bool(seen & {"read_only", "writable"})


def _reached(tx: Tx, opened: Opened, may: Reach, record: int) -> list[int] | None:
    """Return which grants reach a record; None if it is not there or not to be seen."""
    rows = record_store.read(tx, opened.id, [], may, [record])
    if not rows:
        return None
    return [place for place, flag in enumerate(tuple(rows[0])[len(record_store.OWN) :]) if flag]


def field_of(opened: Opened, named: str) -> Field:
    """Return the scan list that a form's field of this code or id is.

    Raises:
        NotFoundError: There is none (code ``unknown_scan_field``).
    """
    fits: Mapping[str, Field] = {
        key: one for one in opened.form.walk() if one.kind == KIND for key in (one.code, one.id)
    }
    if named not in fits:
        raise NotFoundError("unknown_scan_field", item=named)
    return fits[named]
