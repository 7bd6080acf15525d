"""A busy process that is killed without warning: makes codes, posts, runs jobs, and notes every acknowledgement.

Started as ``python -m tests.kills.worker URL DATA LOG SEED``. What it tries is a function of the number of the try
alone, so that whoever comes after can send the very same request again.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import IO

from mazhi.bootstrap import Settings, System, build
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.making.model import Made, MakeRequest
from mazhi.kernel.posting.model import ItemRef, PostRequest

JOB_SIZE = 12_000


def note(log: IO[str], **fact: object) -> None:
    """Write one line that survives us."""
    log.write(json.dumps(fact) + "\n")
    log.flush()
    os.fsync(log.fileno())


def attempt(system: System, number: int) -> dict[str, object]:
    """Do the n-th thing and return what was acknowledged."""
    dice = random.Random(number)
    key = f"try-{number}"
    kind = dice.choice(
        ["rule", "typed", "receive", "move", "scan", "job"]
        if number % 9 == 0
        else ["rule", "typed", "receive", "move", "scan"]
    )
    if kind in {"rule", "typed"}:
        request = MakeRequest(product="WM", rule="R", count=300, client_key=key)
        if kind == "typed":
            request = MakeRequest(product="WM", codes=f"T{number}-0001~T{number}-0400", client_key=key)
        made = system.making.make(SYSTEM, request)
        assert isinstance(made, Made)
        return {"event": made.event, "count": made.count, "first": made.first}
    if kind == "job":
        job = system.making.make(SYSTEM, MakeRequest(product="WM", rule="R", count=JOB_SIZE, client_key=key))
        system.jobs.run_pending()
        return {"job": job}
    count = 1 if kind == "scan" else 200
    codes = [f"B{dice.randrange(2000):04d}" for _ in range(count)]
    place = dice.choice(["WH1", "WH2"])
    operation = "move" if kind != "receive" else "receive"
    outcome = system.posting.post(
        SYSTEM, PostRequest(operation, [ItemRef(code) for code in codes], place=place, mode="partial", client_key=key)
    )
    return {"event": outcome.event, "accepted": outcome.accepted}


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
            try:
                note(log, number=n, what="ack", **attempt(system, n))
            except PlatformError as error:
                note(log, number=n, what="refused", code=error.code)
    system.jobs.run_pending()
    system.db.close()


if __name__ == "__main__":
    main()
