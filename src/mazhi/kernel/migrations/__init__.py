"""The tables of the system and how they come into being."""

from __future__ import annotations

import importlib
import pkgutil

import mazhi
from mazhi.kernel.db import Database, metadata
from mazhi.kernel.migrations.guards import guard


def load_tables() -> None:
    """Import every ``store`` module, so that ``metadata`` holds every table."""
    for found in pkgutil.walk_packages(mazhi.__path__, "mazhi."):
        if found.name.endswith(".store"):
            importlib.import_module(found.name)


def migrate(db: Database) -> None:
    """Bring the database to the present shape; does nothing where it already is."""
    load_tables()
    metadata.create_all(db.engine)
    with db.engine.begin() as conn:
        guard(conn)
