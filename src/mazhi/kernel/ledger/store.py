"""Every statement about events and history. Rows of both are only ever inserted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from mazhi.kernel.db import Id, metadata

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("operation", String, nullable=False),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("device", String, nullable=False, server_default=""),
    Column("document", String, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("data", Text, nullable=False, server_default=""),
    Index("event_document", "document"),
    Index("event_recorded", "recorded_at"),
)

history = Table(
    "history",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("event_id", BigInteger, nullable=False),
    Column("operation", String, nullable=False),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("document", String, nullable=False, server_default=""),
    Column("from_state", String, nullable=False),
    Column("to_state", String, nullable=False),
    Column("from_place", BigInteger, nullable=False, server_default="0"),
    Column("to_place", BigInteger, nullable=False, server_default="0"),
    Column("data", Text, nullable=False, server_default=""),
    Index("history_event", "event_id"),
    sqlite_with_rowid=False,
)

request = Table(
    "request",
    metadata,
    Column("client_key", String, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("event_id", BigInteger),
    Column("recorded_at", BigInteger, nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)
