"""What a user does with seals: see them, verify the ledger or one item, take a proof away."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.items.service import Items
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.sealing import proof as proofs
from mazhi.kernel.sealing import store
from mazhi.kernel.sealing.background import SealingThread
from mazhi.kernel.sealing.keys import SigningKey
from mazhi.kernel.sealing.model import Checkpoint, fingerprint
from mazhi.kernel.sealing.publishing import Publisher, Publishing
from mazhi.kernel.sealing.sealer import Sealer
from mazhi.kernel.sealing.verification import verify
from mazhi.kernel.settings import store as settings

JOB = "verify_ledger"
RIGHT = "ledger.verify"
LAST = "sealing.last_verification"
SHOWN = 1000
"""So many faults a job's result names; the rest is counted."""
OLD = 60 * clock.MICROS_PER_SECOND
PATIENCE = 5.0
"""So many seconds are waited for another process that seals."""


class Seals:
    """Seals the ledger in the background, and shows that it is untouched."""

    def __init__(
        self, db: Database, jobs: Jobs, items: Items, keys: Path, publishing: Publishing | None = None
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._items = items
        self._key = SigningKey(keys)
        self._sealer = Sealer(db, self._key)
        self._publisher = Publisher(db, publishing or Publishing())
        self._thread = SealingThread(self._step)
        self._sealing = threading.Lock()
        self._pause = threading.Event()  # never set: it is only waited on
        jobs.handler(JOB, self._verify_job)

    def start(self) -> None:
        """Start sealing in the background; the key is made at the first start."""
        _ = self._key.public
        self._thread.start()

    def stop(self) -> None:
        """Stop in good order: what waits is sealed before."""
        self._thread.stop()
        self.drain()
        self._publisher.publish(at_once=True)

    def seal_all(self) -> int:
        """Seal everything that waits in the calling thread; return how many leaves that were."""
        with self._sealing:
            return self._sealer.seal_all()

    def drain(self, seconds: float = PATIENCE) -> None:
        """Seal until nothing waits, also where another process is at it; give up after a while."""
        until = time.monotonic() + seconds
        while True:
            self.seal_all()
            with self._db.read() as tx:
                left = store.waiting(tx, 1)
            if not left or time.monotonic() > until:
                return
            self._pause.wait(0.05)

    def _step(self) -> None:
        with self._sealing:
            self._sealer.seal_all()
        self._publisher.publish()

    def overview(self, actor: Actor) -> dict[str, Any]:
        """Tell how much is sealed, how much waits, and what the last verification said."""
        actor.require("items.view")
        return self.state()

    def state(self) -> dict[str, Any]:
        """Tell it to whoever runs the machine."""
        with self._db.read() as tx:
            head = store.head(tx)
            waiting, oldest = store.count_waiting(tx)
            keys = store.keys(tx)
            last = settings.read_setting(tx, LAST)
        return {
            "blocks": head.number if head else 0,
            "rows": head.total if head else 0,
            "waiting": waiting,
            "late": oldest is not None and clock.now() - oldest > OLD,
            "head": head.told() if head else None,
            "keys": [
                {"key": key, "fingerprint": fingerprint(key), "since": clock.to_text(since)}
                for key, since in sorted(keys.items(), key=lambda pair: pair[1])
            ],
            "last_verification": proofs.read_json(last) if last else None,
            "published": self._publisher.standing(),
        }

    def checkpoints(self, actor: Actor, after: int, limit: int) -> tuple[list[Checkpoint], int | None]:
        """Return checkpoints after a number, and the number to go on after."""
        actor.require("items.view")
        with self._db.read() as tx:
            found = store.checkpoints(tx, after, limit + 1)
        return found[:limit], found[limit - 1].number if len(found) > limit else None

    def start_verification(self, actor: Actor) -> str:
        """Verify the whole ledger as a job; return its id."""
        actor.require(RIGHT)
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, JOB, {}, actor=actor)

    def verify_item(self, actor: Actor, identifier: str, namespace: str | None = None) -> dict[str, Any]:
        """Verify what is sealed of one item, at once."""
        made = self._build(actor, identifier, namespace, None)
        return {
            "item": made.code,
            "rows": made.rows,
            "blocks": made.blocks,
            "waiting": made.waiting,
            "head": made.head.told() if made.head else None,
            "faults": [fault_out(fault) for fault in made.faults],
        }

    def proof(
        self, actor: Actor, identifier: str, namespace: str | None = None, checkpoint: int | None = None
    ) -> dict[str, Any]:
        """Return the file that proves an item's history.

        Raises:
            ConflictError: The ledger does not hold what was sealed (code ``proof_broken``, every fault named), or a row
                waits to be sealed (``not_sealed_yet``).
        """
        made = self._build(actor, identifier, namespace, checkpoint)
        if made.faults:
            problems = [
                Problem(one.code, {"subject": one.subject, **one.params}, None, made.code) for one in made.faults
            ]
            raise ConflictError("proof_broken", problems=problems, item=made.code)
        if made.waiting or made.head is None:
            raise ConflictError("not_sealed_yet", item=made.code)
        return proofs.sign(made.document, self._key)

    def _build(self, actor: Actor, identifier: str, namespace: str | None, checkpoint: int | None) -> proofs.Proof:
        """Gather what is known of an item; what of it waits is sealed first, if nobody else is at it."""
        for last in (False, True):
            with self._db.read() as tx:
                item_id = self._items.resolve(tx, actor, identifier, namespace)
                made = proofs.build(tx, item_id, self._items.by_ids(tx, [item_id])[item_id], checkpoint)
            if last or not made.waiting:
                break
            self.drain()
        return made

    def _verify_job(self, run: JobRun) -> Mapping[str, object]:
        self.drain()
        found: list[Fault] = []
        count = 0
        for fault in verify(self._db, run.progress):
            count += 1
            if len(found) < SHOWN:
                found.append(fault)
        with self._db.read() as tx:
            head = store.head(tx)
        result = {
            "faults": [fault_out(fault) for fault in found],
            "count": count,
            "rows": head.total if head else 0,
            "blocks": head.number if head else 0,
            "head": head.hash if head else None,
        }
        about = {**result, "at": clock.to_text(clock.now()), "actor": run.actor.name, "job": run.id}
        # A verification that is done has its result.
        about["faults"] = result["faults"][:20]  # type: ignore[index]
        with self._db.write() as tx:
            settings.write_setting(tx, LAST, proofs.write_json(about))
            run.finish(tx, result)
        return result


def fault_out(fault: Fault) -> dict[str, Any]:
    """Return a fault ready for JSON; web adds the text in the reader's language."""
    return asdict(fault)
