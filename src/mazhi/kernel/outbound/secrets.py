"""Secrets for other systems (密钥), kept under names: what is drawn says the name, and nobody reads the rest again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, invalid
from mazhi.kernel.outbound.hosts import RIGHT
from mazhi.kernel.settings.store import read_setting, write_setting

LONGEST = 4_000
_KEY = "outbound_secrets"
_NAME = re.compile(r"[^\W\d][\w.-]{0,62}")


class Secrets:
    """The secrets of one database."""

    def __init__(self, db: Database) -> None:
        """Work on that database."""
        self._db = db

    def names(self, actor: Actor) -> list[str]:
        """Return the names; those who draw flows need them, and nobody is told what is behind them."""
        del actor
        with self._db.read() as tx:
            return sorted(read(tx))

    def bound(self, actor: Actor) -> Mapping[str, str]:
        """Return to which host alone each of those that are bound is sent, by their names."""
        del actor
        with self._db.read() as tx:
            return {name: one["host"] for name, one in sorted(_all(tx).items()) if one["host"]}

    def set(self, actor: Actor, name: str, value: str, *, host: str = "") -> None:
        """Keep a secret under a name, in place of what was there; with a host it is sent to that one alone.

        Raises:
            InvalidInputError: The name is none, or the secret is empty, too long or not one line.
        """
        actor.require(RIGHT)
        if not _NAME.fullmatch(name):
            raise invalid("/name", "secret_bad_name", value=name[:100])
        if not value or len(value) > LONGEST or not value.isprintable():
            raise invalid("/value", "secret_bad_value", limit=LONGEST)
        with self._db.write() as tx:
            held = _all(tx)
            audit.record(
                tx, actor, subject="outbound_secret", key=name, action="change" if name in held else "create",
                before={}, after={"set": True, "host": host},
            )  # fmt: skip
            kept = {"value": value, "host": host.strip().lower()}
            write_setting(tx, _KEY, json.dumps({**held, name: kept}, ensure_ascii=False))

    def remove(self, actor: Actor, name: str) -> None:
        """Forget a secret.

        Raises:
            NotFoundError: There is none of that name.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            held = _all(tx)
            if held.pop(name, None) is None:
                raise NotFoundError("unknown_secret", item=name)
            audit.record(
                tx, actor, subject="outbound_secret", key=name, action="delete", before={"set": True}, after={}
            )
            write_setting(tx, _KEY, json.dumps(held, ensure_ascii=False))


def read(tx: Tx, host: str | None = None) -> Mapping[str, str]:
    """Return the secrets by their names: for what sends them, and nothing else.

    With a host those alone that may be sent to it: whoever draws flows could send any of them anywhere else.
    """
    return {
        name: str(one["value"]) for name, one in _all(tx).items() if host is None or one["host"] in {"", host.lower()}
    }


def _all(tx: Tx) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(read_setting(tx, _KEY) or "{}")
    return found
