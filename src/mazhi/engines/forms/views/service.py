"""What a user does with views: open those of a form, save, share, delete."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.asking import compile_filter, read_order
from mazhi.engines.forms.records.deriving import open_form
from mazhi.engines.forms.records.grouping import read_levels, read_totals
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.records.opened import Opened, look_up
from mazhi.engines.forms.rights.compiling import Reach, by_code, reach
from mazhi.engines.forms.views import store
from mazhi.engines.forms.views.family import view_kinds
from mazhi.engines.forms.views.model import LONGEST_NAME, LeftOut, Named, Reading, Use, View, ViewKind, kind_of, renamed
from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from mazhi.kernel.master_data.model import Checks

SHARING = "apps.edit"
MOST = 100


@dataclass(frozen=True, slots=True)
class _Seen:
    """A form as somebody may see it."""

    opened: Opened
    may: Reach
    fields: Mapping[str, Field]

    def state(self, id_: str, use: Use) -> bool:
        """Tell whether a field may be used that way."""
        if use == "shown":
            views = [grant for grant in self.may.grants if "view" in grant.actions]
            return any(grant.state(id_) != "hidden" for grant in views)
        narrowed = self.may.seen(id_, "")
        return narrowed == "" if use == "sorted" else narrowed != "1 = 0"


@dataclass(frozen=True, slots=True)
class Views:
    """The views of a form that somebody has, and what this reader does not see of its fields.

    Attributes:
        views: The shared ones first.
        hidden: The codes of fields that are hidden from the reader in every row.
        partial: Those that the reader does not see whole in every row: no list is sorted, grouped or added up by them.
    """

    views: list[View]
    hidden: list[str]
    partial: list[str]


class FormViews:
    """The saved views of the forms of one database."""

    def __init__(self, db: Database) -> None:
        """Work on that database."""
        self._db = db

    def views(self, actor: Actor, app: str, form: str) -> Views:
        """Return the shared views of a form and the reader's own, as this reader may use them.

        Raises:
            NotFoundError: There is no such form, or it was never published.
            ForbiddenError: The reader may see no record of it.
        """
        with self._db.read() as tx:
            seen = _see(tx, actor, app, form)
            found = [_view(row, seen) for row in store.of_form(tx, seen.opened.id, actor.user_id)]
        hidden = [one.code for one in seen.fields.values() if not seen.state(one.id, "shown")]
        partial = [one.code for one in seen.fields.values() if not seen.state(one.id, "sorted")]
        return Views(found, hidden, [code for code in partial if code not in hidden])

    def create(self, actor: Actor, app: str, form: str, raw: Mapping[str, Any]) -> View:
        """Save a new view, for oneself or shared.

        Raises:
            InvalidInputError: Something is wrong with it; every fault is named.
            ForbiddenError: It is to be shared by somebody who may not edit the app.
            ConflictError: There are too many already (code ``view_too_many``).
        """
        with self._db.write() as tx:
            seen = _see(tx, actor, app, form)
            owner = _owner(actor, raw)
            kind, body = _read(tx, seen, raw)
            if store.count(tx, seen.opened.id, owner) >= MOST:
                raise ConflictError("view_too_many", limit=MOST)
            id_, name = str(uuid.uuid4()), str(raw["name"]).strip()
            store.add(tx, id_, seen.opened.id, owner, name, kind.name, body, clock.now(), actor.name)
            store.set_default(tx, seen.opened.id, owner, id_, usual=bool(raw.get("default")))
            audit.record(tx, actor, subject="form_view", key=f"{app}/{form}/{name}", action="create", after=_told(raw))
            return _view(_row(tx, seen, id_, actor), seen)

    def change(self, actor: Actor, app: str, form: str, id_: str, version: int, raw: Mapping[str, Any]) -> View:
        """Save a view that was changed, of the version that the user saw.

        Raises:
            InvalidInputError: Something is wrong with it; every fault is named.
            ForbiddenError: It is or becomes shared, and the user may not edit the app.
            ConflictError: Somebody saved it meanwhile (code ``view_conflict``, naming who).
        """
        with self._db.write() as tx:
            seen = _see(tx, actor, app, form)
            row = _row(tx, seen, id_, actor)
            _may_change(actor, row)
            owner = _owner(actor, raw)
            kind, body = _read(tx, seen, raw)
            name = str(raw["name"]).strip()
            before = _view(row, seen)
            if not store.change(tx, id_, version, owner, name, kind.name, body, clock.now(), actor.name):
                raise _conflict(row)
            store.set_default(tx, seen.opened.id, owner, id_, usual=bool(raw.get("default")))
            audit.record(
                tx, actor, subject="form_view", key=f"{app}/{form}/{row.name}", action="change",
                before=_told({**before.body, "name": row.name, "kind": row.kind, "shared": before.shared,
                              "default": before.default}),
                after=_told(raw),
            )  # fmt: skip
            return _view(_row(tx, seen, id_, actor), seen)

    def delete(self, actor: Actor, app: str, form: str, id_: str, version: int) -> None:
        """Delete a view; no record changes by it.

        Raises:
            ForbiddenError: It is shared, and the user may not edit the app.
            ConflictError: Somebody saved it meanwhile (code ``view_conflict``, naming who).
        """
        with self._db.write() as tx:
            seen = _see(tx, actor, app, form)
            row = _row(tx, seen, id_, actor)
            _may_change(actor, row)
            if not store.delete(tx, id_, version):
                raise _conflict(row)
            audit.record(
                tx, actor, subject="form_view", key=f"{app}/{form}/{row.name}", action="delete",
                before={"name": row.name, "kind": row.kind, "shared": row.owner_id == store.SHARED},
            )  # fmt: skip


def _see(tx: Tx, actor: Actor, app: str, form: str) -> _Seen:
    opened = open_form(tx, f"{app}/{form}")
    if opened is None:
        raise NotFoundError("unknown_form", item=form)
    may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
    may.places("view")
    # The fields of the form itself: the columns of a sub-table have no place in a list.
    fields = {one.id: one for one in flat(opened.form.fields, field_kinds)}
    return _Seen(opened, may, fields)


def _owner(actor: Actor, raw: Mapping[str, Any]) -> int:
    if raw.get("shared"):
        actor.require(SHARING)
        return store.SHARED
    return actor.user_id


def _may_change(actor: Actor, row: Any) -> None:
    if row.owner_id == store.SHARED:
        actor.require(SHARING)


def _row(tx: Tx, seen: _Seen, id_: str, actor: Actor) -> Any:
    row = store.get(tx, seen.opened.id, id_, actor.user_id)
    if row is None:
        raise NotFoundError("unknown_view", item=id_)
    return row


def _conflict(row: Any) -> ConflictError:
    return ConflictError(
        "view_conflict", item=row.name, by=row.updated_by, at=clock.to_text(row.updated_at),
        when=clock.to_minute(row.updated_at), version=row.version,
    )  # fmt: skip


def _read(tx: Tx, seen: _Seen, raw: Mapping[str, Any]) -> tuple[ViewKind, dict[str, Any]]:
    """Check a view as a client gives it, and write it as it is kept."""
    checks = Checks()
    checks.text("/name", str(raw.get("name", "")), limit=LONGEST_NAME, needed=True)
    codes = by_code(seen.opened.form, seen.opened.layout.slots)
    named = {
        one.code: Named(codes[one.code].type if one.code in codes else None, one.kind)
        for one in seen.fields.values()
        if seen.state(one.id, "shown")
    }
    kind = kind_of(str(raw.get("kind")), view_kinds, checks)
    if kind is not None:
        Reading(named, checks).body(raw, kind)
    open_ = {code: slot for code, slot in codes.items() if seen.state(slot.field, "sorted")}
    _try(checks, lambda: read_order(raw.get("sort"), open_))
    if raw.get("filter") is not None:
        _try(checks, lambda: compile_filter(raw["filter"], codes, look_up(tx), seen.may.seen))
    by = ",".join(
        f"{one['field']}:{one['by']}" if one.get("by") else str(one["field"]) for one in raw.get("group") or []
    )
    read_levels(by, open_, seen.fields, checks, "/group")
    totals = (raw.get("options") or {}).get("totals")
    if isinstance(totals, dict):
        read_totals(",".join(f"{code}:{how}" for code, how in totals.items()), open_, checks, "/options/totals")
    checks.done()
    if kind is None:  # it was noted above
        raise InvalidInputError("invalid_input")
    ids = {one.code: one.id for one in seen.fields.values()}
    used: dict[str, str] = {}

    def rename(code: str, _use: Use) -> str | None:
        if code in ids:
            used[ids[code]] = seen.fields[ids[code]].title
        return ids.get(code)

    body = renamed(raw, kind, rename)
    return kind, {**body, "titles": used}


def _try(checks: Checks, check: Any) -> None:
    try:
        check()
    except InvalidInputError as error:
        checks.problems.extend(error.problems)


def _view(row: Any, seen: _Seen) -> View:
    """Open a view for a reader: without what is gone, or not for this reader."""
    kept: Mapping[str, Any] = json.loads(row.body)
    left: dict[str, LeftOut] = {}

    def rename(id_: str, use: Use) -> str | None:
        one = seen.fields.get(id_)
        if one is not None and seen.state(id_, use):
            return one.code
        titles: Mapping[str, str] = kept.get("titles", {})
        left[id_] = LeftOut(one.title, "hidden") if one else LeftOut(titles.get(id_, id_), "deleted")
        return None

    body = renamed(kept, view_kinds[row.kind], rename)
    return View(
        row.id, row.name, row.kind, body, row.owner_id == store.SHARED, bool(row.is_default), row.version,
        row.updated_at, row.updated_by, tuple(left.values()),
    )  # fmt: skip


def _told(raw: Mapping[str, Any]) -> dict[str, Any]:
    parts = ("name", "kind", "shared", "default", "filter", "sort", "group", "columns", "options")
    return {name: raw.get(name) for name in parts}
