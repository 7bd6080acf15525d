"""A process that prints until it is killed: ``python -m tests.engines.labels.printing.print_worker URL FOLDER``."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from tests.engines.labels.printing.conftest import make


def main() -> None:
    """Say that it is ready, and print whatever is to be printed."""
    db = Database(sys.argv[1])
    prints = make(db, Path(sys.argv[2]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    prints.spooler.start()
    while prints.printing.page(SYSTEM, states=["queued", "running"])[0]:
        threading.Event().wait(0.05)
    prints.spooler.stop()
    db.close()


if __name__ == "__main__":
    main()
