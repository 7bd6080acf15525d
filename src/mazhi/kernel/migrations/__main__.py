"""Writes a new migration from what the tables declare and an empty database lacks."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from mazhi.kernel.db import Database
from mazhi.kernel.migrations import config


def main() -> None:
    """Compare a migrated database with the declared tables and write the difference down."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(str(Path(folder) / "empty.db"))
        with db.engine.connect() as conn:
            command.upgrade(config(conn), "head")
            conn.commit()
            number = len(list((Path(__file__).parent / "versions").glob("0*.py"))) + 1
            command.revision(config(conn), sys.argv[1], autogenerate=True, rev_id=f"{number:04d}")
        db.close()


if __name__ == "__main__":
    main()
