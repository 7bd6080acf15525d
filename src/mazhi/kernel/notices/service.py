"""What people do with notices, and how others tell them something."""

from __future__ import annotations

from collections.abc import Collection

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.notices import store
from mazhi.kernel.notices.by_mail import NoticeMail
from mazhi.kernel.notices.model import NewNotice, Notice

MOST_COUNTED = 100
"""So many unread ones are counted at the most; the bell shows 99+."""


class Notices:
    """The notices of one database."""

    def __init__(self, db: Database, ids: Ids, mail: NoticeMail | None = None) -> None:
        """Work on that database, with numbers from ``ids``; ``mail`` takes them to mail boxes as well."""
        self._db = db
        self.ids = ids
        self.mail = mail

    def take(self, count: int) -> list[int]:
        """Return numbers for so many notices, to be taken before the transaction that writes them."""
        return list(self.ids.take(count)) if count else []

    def tell(self, tx: Tx, users: Collection[int], what: NewNotice, numbers: Collection[int]) -> None:
        """Tell users something, in the caller's transaction."""
        now = clock.now()
        pairs = list(zip(users, numbers, strict=False))
        store.insert(tx, [(user, number, now, what) for user, number in pairs])
        if self.mail is not None and pairs:
            self.mail.told(tx, what.kind, pairs)

    def page(
        self, actor: Actor, *, unread: bool = False, after: int | None = None, limit: int = 50
    ) -> tuple[list[Notice], int | None]:
        """Return one page of one's own notices, newest first, and where the next begins."""
        with self._db.read() as tx:
            found = store.page(tx, actor.user_id, unread=unread, before=after, limit=limit + 1)
        return found[:limit], found[limit - 1].id if len(found) > limit else None

    def unread(self, actor: Actor) -> int:
        """Count one's own unread notices, up to ``MOST_COUNTED``."""
        with self._db.read() as tx:
            return store.count_unread(tx, actor.user_id, MOST_COUNTED)

    def read(self, actor: Actor, ids: Collection[int] | None = None) -> None:
        """Note that one has read some of one's own notices, or all."""
        with self._db.write() as tx:
            store.mark_read(tx, actor.user_id, ids, clock.now())
