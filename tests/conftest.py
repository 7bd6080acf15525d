"""What every test may ask for: a real database of each kind."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from mazhi.kernel.access import secrets
from mazhi.kernel.db import Database
from mazhi.kernel.migrations import migrate
from tests.postgres import PostgresServer, find_server


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and run long files first, so that no worker is left with one of them at the end."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.slow)
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what is there for good: twelve thousand tests and all that they import."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def lasting_hasher() -> Iterator[PasswordHash]:
    """Give how passwords are hashed, and hash those of tests so that it takes no time."""
    with pytest.MonkeyPatch.context() as patch:
        lasting = secrets._hasher
        patch.setattr(secrets, "_hasher", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),)))
        yield lasting


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server for this test process; a machine without one is a failure, not a skip."""
    # Not in pytest's own folder: another run may clear that while this one lasts.
    with tempfile.TemporaryDirectory(prefix="mazhi-postgres-") as folder:
        server = PostgresServer(find_server(), Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty, migrated database, once of each kind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        target = tmp_path / "mazhi.db"
        target.write_bytes(template.read_bytes())
        yield f"sqlite:///{target}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create_database()
    yield url
    server.drop_database(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one migrated SQLite file that every test copies."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    db = Database(f"sqlite:///{path}")
    migrate(db)
    with db.engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    """Give an empty, migrated database, once of each kind."""
    database = Database(db_url)
    yield database
    database.close()
