"""Access (权限): what the rest of the system calls."""

from __future__ import annotations

from sqlalchemy import select

from mazhi.kernel import clock
from mazhi.kernel.access import rights, store
from mazhi.kernel.access.sessions import Sessions
from mazhi.kernel.db import Database


class Access:
    """Users, departments, roles, sessions and tokens, each behind its own attribute."""

    def __init__(self, db: Database) -> None:
        """Wire the parts and give an empty system its first roles."""
        self._db = db
        self.sessions = Sessions(db)

    def seed(self) -> None:
        """Make the first roles; does nothing where any role exists."""
        with self._db.read() as tx:
            if tx.scalar("SELECT count(*) FROM role"):
                return
        now = clock.now()
        with self._db.write() as tx:
            for seed in rights.SEED_ROLES:
                role_id = tx.conn.execute(
                    store.role.insert()
                    .values(
                        code=seed.code,
                        name=seed.name,
                        everything=seed.everything,
                        created_at=now,
                        updated_at=now,
                    )
                    .returning(store.role.c.id)
                ).scalar_one()
                tx.insert(
                    store.role_right,
                    ("role_id", "right_name", "place_id"),
                    [(role_id, right, 0) for right in seed.rights],
                )

    def open_for(self, username: str, *, role: str) -> str:
        """Make a user of a role, without a password, and return a session's token; for tests and benches."""
        now = clock.now()
        with self._db.write() as tx:
            role_id = tx.conn.execute(select(store.role.c.id).where(store.role.c.code == role)).scalar_one()
            user_id = tx.conn.execute(
                store.user_account.insert()
                .values(username=username, name=username, created_at=now, updated_at=now)
                .returning(store.user_account.c.id)
            ).scalar_one()
            tx.conn.execute(store.user_role.insert().values(user_id=user_id, role_id=role_id))
        return self.sessions.open(user_id)
