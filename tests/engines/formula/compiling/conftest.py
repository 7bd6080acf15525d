"""Databases without tables: formulas bring what they ask about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mazhi.kernel.db import Database, Tx
from tests.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create_database()
    yield url
    server.drop_database(url)


@pytest.fixture
def tx(db: Database) -> Iterator[Tx]:
    """Give a snapshot."""
    with db.read() as found:
        yield found
