"""What people do about their absence: say who stands in for them (委托), and take it back."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.model import Delegation, leads_to, share
from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor, fold_username
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.notices.model import NewNotice
from mazhi.kernel.notices.service import Notices


class Delegations:
    """The delegations of one database.

    Work that comes to somebody while they are absent goes to who stands in for them, and on along the chain; both see
    it. Work that they had before stays theirs, and what came meanwhile stays where it is when the time is over.
    """

    def __init__(self, db: Database, notices: Notices) -> None:
        """Work on that database."""
        self._db = db
        self._notices = notices

    def page(
        self, actor: Actor, *, everybody: bool = False, after: int | None = None, limit: int = 100
    ) -> tuple[list[Delegation], int | None]:
        """Return the delegations that one gave or was given and that are not over, or everybody's; newest first."""
        if everybody:
            actor.require(store.MANAGE)
        user = None if everybody else actor.user_id
        with self._db.read() as tx:
            found = store.delegations(tx, user, clock.now(), before=after, limit=limit + 1)
        return found[:limit], found[limit - 1].id if len(found) > limit else None

    def add(
        self, actor: Actor, to: str, starts_at: int, ends_at: int, *, apps: Sequence[str] = (), owner: str = ""
    ) -> Delegation:
        """Let somebody stand in from one moment to another; for somebody else only who manages flows.

        Raises:
            InvalidInputError: Every fault of what was given.
            ForbiddenError: It is somebody else's work, and the actor does not manage flows.
            ConflictError: Somebody stands in at that time already (``delegation_overlaps``), or the work would come
                round in a circle (``delegation_circle``).
        """
        whose = fold_username(owner) or actor.name
        if whose != actor.name:
            actor.require(store.MANAGE)

        def work(purse: Purse) -> Delegation:
            with self._db.write() as tx:
                from_id, to_id = self._both(tx, whose, fold_username(to), starts_at, ends_at, apps)
                _no_clash(store.overlapping(tx, starts_at, ends_at), from_id, to_id, apps)
                number = store.add_delegation(tx, from_id, to_id, starts_at, ends_at, apps, clock.now(), actor.name)
                made = _present(tx, number)
                audit.record(
                    tx, actor, subject="delegation", key=whose, action="create", after=_plain(made),
                )  # fmt: skip
                told = {"by": made.from_name, "start": clock.to_minute(starts_at), "end": clock.to_minute(ends_at)}
                numbers = purse.take("notice", 1, self._notices.ids)
                self._notices.tell(tx, [to_id], NewNotice("notice_delegation", told, "/tasks"), numbers)
                return made

        return with_purse(work)

    def end(self, actor: Actor, number: int) -> None:
        """End one's own delegation, or with ``flows.manage`` anybody's; one that has not begun is gone.

        Raises:
            NotFoundError: There is no such delegation, or it is not one's own.
        """
        with self._db.write() as tx:
            found = _present(tx, number)
            if found.from_id != actor.user_id and not actor.may(store.MANAGE):
                raise NotFoundError("unknown_delegation")
            store.end_delegation(tx, number, clock.now())
            audit.record(
                tx, actor, subject="delegation", key=found.from_user, action="delete", before=_plain(found)
            )  # fmt: skip

    def _both(self, tx: Tx, whose: str, to: str, starts_at: int, ends_at: int, apps: Sequence[str]) -> tuple[int, int]:
        checks = Checks()
        users = store.users_by_name(tx, [whose, to])
        for pointer, name in (("/from", whose), ("/to", to)):
            if name not in users:
                checks.fault(pointer, "unknown_user", item=name, user=name)
        if whose == to:
            checks.fault("/to", "delegation_to_oneself")
        if ends_at <= max(starts_at, clock.now()):
            checks.fault("/ends_at", "delegation_bad_period")
        held = store.known_apps(tx, apps) if apps else set()
        for place, app in enumerate(apps):
            if app not in held:
                checks.fault(f"/apps/{place}", "unknown_app", item=app)
        checks.done()
        return users[whose], users[to]


def _no_clash(present: Sequence[tuple[int, int, Sequence[str]]], from_id: int, to_id: int, apps: Sequence[str]) -> None:
    if any(held == from_id and share(theirs, apps) for held, _, theirs in present):
        raise ConflictError("delegation_overlaps")
    if leads_to(present, to_id, from_id, apps):
        raise ConflictError("delegation_circle")


def _present(tx: Tx, number: int) -> Delegation:
    found = store.delegation(tx, number)
    if found is None:
        raise NotFoundError("unknown_delegation")
    return found


def _plain(one: Delegation) -> dict[str, object]:
    return {
        "from": one.from_user, "to": one.to_user, "starts_at": clock.to_text(one.starts_at),
        "ends_at": clock.to_text(one.ends_at), "apps": list(one.apps),
    }  # fmt: skip
