"""Which hosts may be asked (接口放行): set by an administrator, nobody else decides where the server connects to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.settings.store import read_setting, write_setting

RIGHT = "users.manage"
_NAME = "outbound_hosts"
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Host:
    """A host that may be asked.

    Attributes:
        host: Its name or address, in small letters.
        port: The only port; None for the usual one.
        plain: Whether it may be asked without encryption.
        private: Whether it may have an address of the own network.
        authorization: What the header Authorization says; never shown again.
    """

    host: str
    port: int | None = None
    plain: bool = False
    private: bool = False
    authorization: str = ""


class Hosts:
    """The hosts that may be asked."""

    def __init__(self, db: Database) -> None:
        """Work on that database."""
        self._db = db

    def list(self, actor: Actor) -> Sequence[Host]:
        """Return them, with their secrets: the caller must not show these."""
        actor.require(RIGHT)
        with self._db.read() as tx:
            return read(tx)

    def set(self, actor: Actor, hosts: Sequence[Host]) -> Sequence[Host]:
        """Replace them all; one without an authorization keeps the one that it had.

        Raises:
            InvalidInputError: A host is none; each is named.
        """
        actor.require(RIGHT)
        checks = Checks()
        for place, one in enumerate(hosts):
            if not _HOST.fullmatch(one.host):
                checks.fault(f"/hosts/{place}/host", "outbound_bad_host", value=one.host[:100])
        checks.done()
        with self._db.write() as tx:
            before = read(tx)
            known = {(one.host, one.port): one.authorization for one in before}
            after = [
                Host(
                    one.host, one.port, one.plain, one.private, one.authorization or known.get((one.host, one.port), "")
                )
                for one in hosts
            ]
            write_setting(tx, _NAME, json.dumps([asdict(one) for one in after]))
            audit.record(
                tx, actor, subject="outbound_hosts", key=_NAME, action="change", before=_told(before),
                after=_told(after),
            )  # fmt: skip
        return after


def read(tx: Tx) -> list[Host]:
    """Return the hosts that may be asked."""
    return [Host(**one) for one in json.loads(read_setting(tx, _NAME) or "[]")]


def _told(hosts: Sequence[Host]) -> dict[str, Any]:
    return {
        f"{one.host}:{one.port or ''}": {"plain": one.plain, "private": one.private, "secret": bool(one.authorization)}
        for one in hosts
    }
