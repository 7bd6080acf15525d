"""The directory (通讯录): who and which roles there are, by name, for everybody who is signed in.

It tells names and nothing else: what somebody may do, and when they signed in, is for those who manage users.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mazhi.kernel.db import Database

MOST = 1_000
Of = Literal["users", "roles"]
_SAID: dict[Of, str] = {
    "users": "SELECT username AS code, name FROM user_account WHERE active",
    "roles": "SELECT code, name FROM role WHERE 1 = 1",
}
_KEY: dict[Of, str] = {"users": "username", "roles": "code"}


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something by code and name."""

    code: str
    name: str


class Directory:
    """Names of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def names(self, of: Of, text: str = "", *, limit: int = MOST) -> list[Name]:
        """Return up to ``limit`` names in the order of their codes; ``text`` stands in code or name."""
        key = _KEY[of]
        escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        with self._db.read() as tx:
            rows = tx.rows(
                f"{_SAID[of]} AND (lower({key}) LIKE :like ESCAPE '\\' OR lower(name) LIKE :like ESCAPE '\\') "
                f"ORDER BY {key} LIMIT :limit",
                like=f"%{escaped}%",
                limit=limit,
            )
        return [Name(row.code, row.name or row.code) for row in rows]
