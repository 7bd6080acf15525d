"""Every statement about settings."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from mazhi.kernel.db import Key, Tx, metadata

setting = Table(
    "setting",
    metadata,
    Column("name", Key, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)


def read_setting(tx: Tx, name: str) -> str | None:
    """Return a setting, or None where it was never set."""
    value: str | None = tx.scalar("SELECT value FROM setting WHERE name = :name", name=name)
    return value


def write_setting(tx: Tx, name: str, value: str) -> None:
    """Set a setting."""
    tx.run(
        "INSERT INTO setting (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
