"""The tables of the system and how they come into being.

A change of tables is a new file in ``versions``; released ones are never edited. Write one with::

    .venv/bin/python -m mazhi.kernel.migrations "what changes"
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import mazhi
from mazhi.kernel.db import Database
from mazhi.kernel.migrations.guards import guard

_HERE = Path(__file__).parent
_LOCK = 0x6D617A6869
"""PostgreSQL's advisory lock: of several processes that start together one migrates and the others wait."""


def load_tables() -> None:
    """Import every ``store`` module, so that ``metadata`` holds every table."""
    for found in pkgutil.walk_packages(mazhi.__path__, "mazhi."):
        if found.name.endswith("store"):
            importlib.import_module(found.name)


def config(conn: Connection) -> Config:
    """Return Alembic's settings for a connection."""
    settings = Config()
    settings.set_main_option("script_location", str(_HERE))
    settings.attributes["connection"] = conn
    return settings


@cache
def _newest() -> frozenset[str]:
    """Return what a database is marked with that has the present shape."""
    return frozenset(ScriptDirectory(str(_HERE)).get_heads())


def migrate(db: Database) -> None:
    """Bring the database to the present shape, all or nothing; does nothing where it already is."""
    with db.engine.connect() as conn:
        if db.dialect == "sqlite":
            # The driver opens no transaction of its own here; see db.
            conn.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        try:
            # Every start looks here; the files of all versions are only read where there is something to do.
            if frozenset(MigrationContext.configure(conn).get_current_heads()) != _newest():
                command.upgrade(config(conn), "head")
            guard(conn)
        except BaseException:
            if db.dialect == "sqlite":
                conn.exec_driver_sql("ROLLBACK")
            raise
        if db.dialect == "sqlite":
            conn.exec_driver_sql("COMMIT")
        conn.commit()
