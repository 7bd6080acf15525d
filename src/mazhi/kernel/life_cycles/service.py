"""What a user does with life cycles: look, draw a new version, compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem
from mazhi.kernel.life_cycles import store
from mazhi.kernel.life_cycles.check import Findings, check
from mazhi.kernel.life_cycles.defaults import DEFAULTS
from mazhi.kernel.life_cycles.diff import Difference, compare
from mazhi.kernel.life_cycles.model import VOID, LifeCycle, from_body
from mazhi.kernel.master_data.model import Checks

RIGHT = "life_cycles.edit"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a life cycle, as the list of versions shows it."""

    number: int
    name: str
    created_at: int
    created_by: str


class LifeCycles:
    """The life cycles of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # Versions are never edited, so what was read once stays right; the time is part of the key because a
        # restored backup may hold another cycle under the same number.
        self._read: dict[tuple[str, int, int], LifeCycle] = {}

    def seed(self) -> None:
        """Store the life cycles of the house where they are missing."""
        with self._db.write() as tx:
            self.ensure_defaults(tx)

    def ensure_defaults(self, tx: Tx) -> None:
        """Store the life cycles of the house where they are missing, in the caller's transaction."""
        for cycle in DEFAULTS.values():
            store.add(tx, _values(cycle, "system"))

    def load(self, tx: Tx) -> dict[str, LifeCycle]:
        """Return every life cycle that is in force, by code: one small statement if all were read before."""
        cycles = dict(DEFAULTS)
        for row in store.in_force(tx):
            key = (row.code, row.version, row.created_at)
            cycle = self._read.get(key)
            if cycle is None:
                cycle = self._read[key] = _version(tx, row.code, row.version)
            cycles[row.code] = cycle
        return cycles

    @staticmethod
    def read(tx: Tx) -> dict[str, LifeCycle]:
        """Return every life cycle that is in force, by code, read anew; for what is done rarely."""
        return dict(DEFAULTS) | {row.code: _version(tx, row.code, row.version) for row in store.in_force(tx)}

    def all(self) -> list[LifeCycle]:
        """Return every life cycle that is in force, in the order of their codes."""
        with self._db.read() as tx:
            return [cycle for _, cycle in sorted(self.load(tx).items())]

    def get(self, code: str, *, version: int | None = None) -> LifeCycle:
        """Return one version of a life cycle, without a number the one in force.

        Raises:
            NotFoundError: There is no such life cycle, or no such version of it.
        """
        with self._db.read() as tx:
            cycle = self.load(tx).get(code)
            if cycle is None:
                raise NotFoundError("unknown_life_cycle", item=code)
            if version is None or version == cycle.version:
                return cycle
            return _version(tx, code, version)

    def versions(self, code: str) -> list[Version]:
        """Return every version of a life cycle, newest first."""
        with self._db.read() as tx:
            rows = store.versions(tx, code)
        return [Version(row.version, row.name, row.created_at, row.created_by) for row in rows]

    def check(self, name: str, body: Mapping[str, Any]) -> Findings:
        """Look a drawing over without saving it."""
        return check(from_body("check", 0, name, body))

    def compare(self, code: str, older: int, newer: int) -> Difference:
        """Say what changed from one version to another.

        Raises:
            NotFoundError: There is no such life cycle, or no such version of it.
        """
        return compare(self.get(code, version=older), self.get(code, version=newer))

    def save(self, actor: Actor, code: str, name: str, body: Mapping[str, Any], *, base: int) -> LifeCycle:
        """Put a new version in force; ``base`` is the version that the user drew on, 0 for a new life cycle.

        Raises:
            InvalidInputError: Something is wrong with the drawing; everything is named.
            ConflictError: Somebody else saved meanwhile (``publish_conflict``), or there are goods in a state that
                it no longer has (``states_in_use``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            self.ensure_defaults(tx)
            old = self.load(tx).get(code)
            present = old.version if old else 0
            cycle = replace(_checked(code, name, body), version=present + 1)
            if old is not None:
                _check_in_stock(tx, old, cycle)
            if base != present or not store.add(tx, _values(cycle, actor.name)):
                # Where the base was right, somebody has saved the next version at this very moment.
                raise _overtaken(tx, code, base, present + int(base == present))
            audit.record(
                tx,
                actor,
                subject="life_cycle",
                key=code,
                action="change" if old else "create",
                before={"version": old.version, "name": old.name, **old.body()} if old else None,
                after={"version": cycle.version, "name": name, **cycle.body()},
            )
            return cycle


def _overtaken(tx: Tx, code: str, base: int, present: int) -> ConflictError:
    """Say who was faster, and when."""
    newest = store.version(tx, code, present)
    by, moment = (newest.created_by, newest.created_at) if newest else ("system", clock.now())
    return ConflictError(
        "publish_conflict", base=base, present=present, by=by, at=clock.to_text(moment), when=clock.to_minute(moment)
    )


def _checked(code: str, name: str, body: Mapping[str, Any]) -> LifeCycle:
    checks = Checks()
    checks.code("/code", code)
    if "/" in code:
        checks.fault("/code", "slash_in_code", value=code)
    checks.text("/name", name, needed=True)
    cycle = from_body(code, 0, name.strip(), body)
    checks.problems += check(cycle).errors
    checks.done()
    return cycle


def _check_in_stock(tx: Tx, old: LifeCycle, new: LifeCycle) -> None:
    """Refuse to take away a state that goods are in: they could never leave it."""
    gone = {state.code for state in old.states} - {state.code for state in new.states}
    stuck = store.states_in_stock(tx, new.code) & gone - {VOID} if gone else set()
    if stuck:
        raise ConflictError(
            "states_in_use",
            problems=[Problem("state_in_use", {"state": state}, "/states", state) for state in sorted(stuck)],
            life_cycle=new.code,
            states=", ".join(sorted(stuck)),
        )


def _version(tx: Tx, code: str, number: int) -> LifeCycle:
    row: Row[Any] | None = store.version(tx, code, number)
    if row is None:
        raise NotFoundError("unknown_version", item=code, version=number)
    return from_body(code, number, row.name, json.loads(row.body))


def _values(cycle: LifeCycle, author: str) -> dict[str, object]:
    return {
        "code": cycle.code,
        "version": cycle.version,
        "name": cycle.name,
        "body": json.dumps(cycle.body(), ensure_ascii=False),
        "created_at": clock.now(),
        "created_by": author,
    }
