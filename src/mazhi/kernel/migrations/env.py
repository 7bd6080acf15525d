"""Alembic's way in: runs the migrations on the connection that ``migrate`` hands over."""

from __future__ import annotations

from alembic import context

from mazhi.kernel.db import metadata
from mazhi.kernel.migrations import load_tables

load_tables()
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, compare_type=True)
context.run_migrations()
