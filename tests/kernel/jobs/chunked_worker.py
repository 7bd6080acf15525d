"""A process that works through a job in chunks until the test kills it."""

from __future__ import annotations

import sys
from pathlib import Path

from mazhi.kernel.db import Database
from mazhi.kernel.jobs.service import JobRun, Jobs

KIND = "test_rows"
CHUNK = 20


def make_handler(db: Database):
    def write_rows(run: JobRun) -> dict[str, object]:
        first = run.cursor or 0
        for start in range(first, run.body["count"], CHUNK):
            end = min(start + CHUNK, run.body["count"])
            with db.write() as tx:
                # The counter table stands for any effect: a row written twice would show 2.
                for number in range(start, end):
                    tx.run(
                        "INSERT INTO counter (name, value) VALUES (:name, 1) "
                        "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1",
                        name=f"row-{number}",
                    )
                run.checkpoint(tx, done=end, cursor=end)
        return {"count": run.body["count"]}

    return write_rows


def main() -> None:
    url, folder = sys.argv[1:]
    db = Database(url)
    jobs = Jobs(db, Path(folder))
    jobs.handler(KIND, make_handler(db))
    jobs.start(threads=2)
    sys.stdout.write("started\n")
    sys.stdout.flush()
    sys.stdin.read()  # until the test kills the process or closes its end
    jobs.stop()
    db.close()


if __name__ == "__main__":
    main()
