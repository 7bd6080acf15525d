"""What a user does with partners."""

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
from mazhi.kernel.partners import store
from mazhi.kernel.partners.model import Partner, check_partner
from mazhi.kernel.partners.store import PartnerFilter

RIGHT = "partners.edit"


class Partners:
    """The partners of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, actor: Actor, partner: Partner) -> Partner:
        """Add a partner.

        Raises:
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: The code is taken (code ``already_exists``).
        """
        with self._db.write() as tx:
            return self.create_in(tx, actor, partner)

    def create_in(self, tx: Tx, actor: Actor, partner: Partner) -> Partner:
        """Add a partner in the caller's transaction, as ``create`` does in one of its own."""
        actor.require(RIGHT)
        clean = _checked(replace(partner, active=True))
        found = master_data.insert(tx, store.partner, store.values(clean))
        if found is None:
            raise already_exists(clean.code)
        audit.record(tx, actor, subject="partner", key=clean.code, action="create", after=clean.facts())
        return replace(clean, id=found, version=1)

    def get(self, code: str) -> Partner:
        """Return one partner.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_partner``).
        """
        with self._db.read() as tx:
            return _known(tx, code)

    def find(self, wanted: PartnerFilter, *, after: str | None = None, limit: int = 100) -> Page[Partner]:
        """Return one page of partners in the order of their codes."""
        with self._db.read() as tx:
            rows = store.find(tx, wanted, after, limit)
        return page_of(rows, limit, [partner.code for partner in rows])

    def change(self, actor: Actor, code: str, version: int, changes: Mapping[str, Any]) -> Partner:
        """Change some fields of the version that the user saw; the code never changes.

        Raises:
            NotFoundError: There is no such partner.
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: Somebody else changed it meanwhile (code ``edit_conflict``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = _known(tx, code)
            master_data.claim(tx, store.partner, old.id, version)
            new = _checked(replace(old, **changes))
            master_data.update(tx, store.partner, old.id, store.values(new))
            audit.record(tx, actor, subject="partner", key=code, action="change", before=old.facts(), after=new.facts())
            return replace(new, version=version + 1)

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a partner that nothing refers to.

        Raises:
            NotFoundError: There is no such partner.
            ConflictError: Something refers to it (code ``in_use``); it can only be deactivated.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = _known(tx, code)
            master_data.lock(tx, store.partner, old.id)
            by = master_data.users(tx, store.USERS, old.id)
            if by or not master_data.delete(tx, store.partner, old.id):
                raise in_use(code, by or ["history"])
            audit.record(tx, actor, subject="partner", key=code, action="delete", before=old.facts())


def _checked(partner: Partner) -> Partner:
    checks = Checks()
    check_partner(partner, checks)
    checks.done()
    return replace(partner, name=partner.name.strip())


def _known(tx: Tx, code: str) -> Partner:
    found = store.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_partner", item=code)
    return found
