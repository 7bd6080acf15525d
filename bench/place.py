"""Where a benchmark runs: a fresh database of either kind, and a raw connection to it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from tests.postgres import PostgresServer, find_server

from mazhi.bootstrap import Settings, System, build


@contextmanager
def fresh(engine: str) -> Iterator[tuple[System, str]]:
    """Give a whole system over an empty database, and the database's address; durable as in production."""
    with tempfile.TemporaryDirectory(prefix="mazhi-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        if engine == "sqlite":
            url = f"sqlite:///{folder / 'mazhi.db'}"
            system = build(Settings(database_url=url, data=folder / "data"))
            try:
                yield system, url
            finally:
                system.db.close()
            return
        server = PostgresServer(find_server(), folder)
        server.start(durable=True)
        try:
            url = server.create_database()
            system = build(Settings(database_url=url, data=folder / "data"))
            try:
                yield system, url
            finally:
                system.db.close()
        finally:
            server.stop()


def raw(url: str) -> Any:
    """Open a driver's own connection with the same durability."""
    if url.startswith("sqlite"):
        conn = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=60)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "mmap_size=1073741824"):
            conn.execute(f"PRAGMA {pragma}")
        return conn
    return psycopg.connect(url)
