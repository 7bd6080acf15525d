"""What a user does with life cycles: look, draw a new version, compare."""

from __future__ import annotations

import json

from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.life_cycles import store
from mazhi.kernel.life_cycles.defaults import DEFAULTS
from mazhi.kernel.life_cycles.model import LifeCycle, from_body


class LifeCycles:
    """The life cycles of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # Versions are never edited, so what was read once stays right; the time is part of the key because a
        # restored backup may hold another cycle under the same number.
        self._read: dict[tuple[str, int, int], LifeCycle] = {}

    def ensure_defaults(self, tx: Tx) -> None:
        """Store the two life cycles of the house where they are missing."""
        for cycle in DEFAULTS.values():
            store.add(
                tx,
                {
                    "code": cycle.code,
                    "version": cycle.version,
                    "name": cycle.name,
                    "body": json.dumps(cycle.body(), ensure_ascii=False),
                    "created_at": clock.now(),
                    "created_by": "system",
                },
            )

    def load(self, tx: Tx) -> dict[str, LifeCycle]:
        """Return every life cycle that is in force, by code: one small statement where all were read before."""
        cycles = dict(DEFAULTS)
        for row in store.in_force(tx):
            key = (row.code, row.version, row.created_at)
            cycle = self._read.get(key)
            if cycle is None:
                cycle = self._read[key] = self._version(tx, row.code, row.version)
            cycles[row.code] = cycle
        return cycles

    def _version(self, tx: Tx, code: str, number: int) -> LifeCycle:
        row = store.version(tx, code, number)
        assert row is not None, "in_force named it in the same snapshot"  # noqa: S101
        return from_body(code, number, row.name, json.loads(row.body))
