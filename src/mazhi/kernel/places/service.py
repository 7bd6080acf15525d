"""What a user does with places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import Checks, Page, already_exists, in_use, page_of
from mazhi.kernel.places import store
from mazhi.kernel.places.model import DEEPEST, Place, PlaceView, check_place
from mazhi.kernel.places.store import PlaceFilter

RIGHT = "places.edit"


class Places:
    """The tree of places of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, actor: Actor, place: Place, *, parent: str | None = None) -> PlaceView:
        """Add a place, in another one or as a root.

        Raises:
            InvalidInputError: Some fields are wrong, or there is no such parent; all are named.
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            store.lock_tree(tx)
            checks = Checks()
            check_place(place, checks)
            outer = _parent(tx, parent, checks)
            if outer is not None and outer.depth >= DEEPEST:
                checks.fault("/parent", "places_too_deep", limit=DEEPEST)
            checks.done()
            parent_id, path = (outer.id, outer.path) if outer else (0, "/")
            clean = replace(place, name=place.name.strip(), parent_id=parent_id, active=True)
            found = master_data.insert(tx, store.place, {**store.values(clean), "path": path})
            if found is None:
                raise already_exists(place.code)
            clean = replace(clean, id=found, path=f"{path}{found}/", version=1)
            store.set_path(tx, found, clean.path)
            view = store.view(tx, [clean])[0]
            audit.record(tx, actor, subject="place", key=place.code, action="create", after=view.facts())
            return view

    def get(self, code: str) -> PlaceView:
        """Return one place.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_place``).
        """
        with self._db.read() as tx:
            return store.view(tx, [_known(tx, code)])[0]

    def find(
        self,
        wanted: PlaceFilter,
        *,
        parent: str | None = None,
        inside: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> Page[PlaceView]:
        """Return one page of places in the order of their codes.

        ``parent`` shows what lies directly in that place, the empty text the roots; ``inside`` it and all below.

        Raises:
            NotFoundError: There is no such place to look in.
        """
        with self._db.read() as tx:
            if parent is not None:
                wanted = replace(wanted, parent_id=_known(tx, parent).id if parent else 0)
            if inside is not None:
                wanted = replace(wanted, inside=_known(tx, inside).path)
            rows = store.view(tx, store.find(tx, wanted, after, limit))
        return page_of(rows, limit, [view.place.code for view in rows])

    def change(self, actor: Actor, code: str, version: int, changes: Mapping[str, Any]) -> PlaceView:
        """Change some fields of the version that the user saw; ``parent`` moves it with all that it holds.

        Raises:
            NotFoundError: There is no such place.
            InvalidInputError: Some fields are wrong, or it would lie in itself; all are named.
            ConflictError: Somebody else changed it meanwhile (code ``edit_conflict``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            store.lock_tree(tx)
            old = _known(tx, code)
            master_data.claim(tx, store.place, old.id, version)
            before = store.view(tx, [old])[0]
            fields = dict(changes)
            parent = fields.pop("parent", before.parent)
            checks = Checks()
            new = replace(old, **fields)
            check_place(new, checks)
            path = self._new_path(tx, old, parent, checks) if parent != before.parent else old.path
            checks.done()
            new = replace(new, name=new.name.strip(), path=path, parent_id=_outer_id(path))
            master_data.update(tx, store.place, old.id, store.values(new))
            if path != old.path:
                store.move_paths(tx, old.path, path)
            view = store.view(tx, [replace(new, version=version + 1)])[0]
            audit.record(
                tx,
                actor,
                subject="place",
                key=code,
                action="change",
                before=before.facts(),
                after=view.facts(),
            )
            return view

    def _new_path(self, tx: Tx, moved: Place, parent: str | None, checks: Checks) -> str:
        outer = _parent(tx, parent, checks)
        if outer is None:
            return f"/{moved.id}/"
        if outer.is_inside(moved):
            checks.fault("/parent", "place_inside_itself", item=parent)
        elif outer.depth + store.deepest(tx, moved.path) > DEEPEST:
            checks.fault("/parent", "places_too_deep", limit=DEEPEST)
        return f"{outer.path}{moved.id}/"

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a place that nothing refers to.

        Raises:
            NotFoundError: There is no such place.
            ConflictError: Something refers to it (code ``in_use``); it can only be deactivated.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            store.lock_tree(tx)
            old = _known(tx, code)
            view = store.view(tx, [old])[0]
            by = master_data.users(tx, store.USERS, old.id)
            if by or not master_data.delete(tx, store.place, old.id):
                raise in_use(code, by or ["history"])
            audit.record(tx, actor, subject="place", key=code, action="delete", before=view.facts())


def _known(tx: Tx, code: str) -> Place:
    found = store.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_place", item=code)
    return found


def _parent(tx: Tx, code: str | None, checks: Checks) -> Place | None:
    if code is None:
        return None
    found = store.by_codes(tx, [code]).get(code)
    if found is None:
        checks.fault("/parent", "unknown_place", item=code)
    return found


def _outer_id(path: str) -> int:
    parts = path.strip("/").split("/")
    return int(parts[-2]) if len(parts) > 1 else 0
