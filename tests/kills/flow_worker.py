"""A process that runs flows until it is killed: ``python -m tests.kills.flow_worker URL DATA LOG ROUNDS``.

What it tries is a function of the number of the try alone, so that the very same requests can be sent again.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from mazhi.bootstrap import Settings, System, build
from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.kernel.access.model import SYSTEM, Actor
from tests.kills.worker import note

EACH = 3
ITEMS = 400


def boss(system: System) -> Actor:
    """Return whoever does everything in this flow."""
    with system.db.read() as tx:
        number = tx.scalar("SELECT id FROM user_account WHERE username = 'boss'")
    return Actor("boss", user_id=int(number), everything=True)


def attempt(system: System, number: int) -> int:
    """Run one record through the whole flow, each request with a key of its own, and return the instance."""
    dice, actor = random.Random(number), boss(system)
    items = sorted({f"B{dice.randrange(ITEMS):04d}" for _ in range(EACH)})
    place = dice.choice(["WH1", "WH2"])
    values = [{"items": items, "place": place}]
    (record,) = system.records.create(SYSTEM, "wms", "receipt", values, client_key=f"r-{number}")
    instance = system.running.start(actor, "wms", "f", record, client_key=f"s-{number}")
    for node, kind in (("one", "submit"), ("two", "approve")):
        with system.db.read() as tx:
            task = min(one.id for one in store.tasks_of(tx, instance) if one.node == node)
        system.running.act(actor, task, kind, Asked(comment=str(number)), client_key=f"{node}-{number}")
    return instance


def main() -> None:
    """Work until killed, going on where the log ends; the last try is always repeated."""
    url, data, path, rounds = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    system = build(Settings(database_url=url, data=data))
    system.jobs.recover()
    tried = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    number = max((fact["number"] for fact in tried), default=0)
    with path.open("a") as log:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for n in range(number, number + rounds):
            note(log, number=n, what="try")
            note(log, number=n, what="ack", instance=attempt(system, n))
    system.db.close()


if __name__ == "__main__":
    main()
