from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from mazhi.kernel.db import Database, metadata
from mazhi.kernel.migrations import load_tables, migrate


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index identifier_tail")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_migrations_make_exactly_the_declared_tables(db: Database) -> None:
    load_tables()
    with db.engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "target_metadata": metadata})
        differences = compare_metadata(context, metadata)
        names = {row[0] for row in conn.execute(text(_INDEXES[db.dialect]))}
    # An index over an expression cannot be compared on both; that it is there is looked up by name.
    assert [one for one in differences if getattr(one[1], "name", "") != "identifier_tail"] == []
    assert "identifier_tail" in names


_INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes",
}


def test_tables_without_row_ids_are_made_so(tmp_path: Path) -> None:
    db = Database(str(tmp_path / "mazhi.db"))
    migrate(db)
    with db.read() as tx:
        plain = {name for name, wr in tx.rows("SELECT name, wr FROM pragma_table_list WHERE schema = 'main'") if wr}
    assert {"identifier", "history", "request", "stock", "stock_move", "counter"} <= plain
    db.close()


def test_migrating_again_changes_nothing(db: Database) -> None:
    with db.write() as tx:
        tx.run("INSERT INTO counter (name, value) VALUES ('kept', 7)")
    migrate(db)
    with db.read() as tx:
        assert tx.scalar("SELECT value FROM counter WHERE name = 'kept'") == 7


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    databases = [Database(str(tmp_path / "mazhi.db")) for _ in range(4)]
    failures: list[BaseException] = []

    def start(db: Database) -> None:
        try:
            migrate(db)
        except BaseException as error:  # noqa: BLE001 - collected and asserted below
            failures.append(error)

    threads = [threading.Thread(target=start, args=(db,)) for db in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with databases[0].engine.connect() as conn:
        assert conn.execute(text("SELECT version_num FROM alembic_version")).scalars().all()[-1:]
    for db in databases:
        db.close()
