"""A process that imports in small chunks until the test kills it."""

from __future__ import annotations

import sys
from pathlib import Path

from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.importing import passes
from mazhi.kernel.importing.service import Importing
from mazhi.kernel.importing.writer import LedgerWriter
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.life_cycles.service import LifeCycles

CHUNK = 25


def main() -> None:
    url, folder = sys.argv[1:]
    passes.CHUNK = CHUNK
    db = Database(url)
    counters = Counters(db)
    jobs = Jobs(db, Path(folder))
    Importing(db, jobs, LifeCycles(db), LedgerWriter(db, Ids(counters, "item"), Ids(counters, "event")))
    jobs.start()
    sys.stdout.write("started\n")
    sys.stdout.flush()
    sys.stdin.read()
    jobs.stop()
    db.close()


if __name__ == "__main__":
    main()
