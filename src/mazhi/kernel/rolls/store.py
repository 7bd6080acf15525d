"""The tables of label rolls, and every statement about them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, String, Table, Text

from mazhi.kernel.db import Id, Key, metadata

roll = Table(
    "roll",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("parts", Text, nullable=False),  # JSON
    Column("sets", Integer, nullable=False),
    Column("issues", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("roll_product", "product_id"),
)

roll_label = Table(
    "roll_label",
    metadata,
    Column("code", Key, primary_key=True),
    Column("namespace", Key, primary_key=True),
    Column("roll_id", BigInteger, nullable=False),
    Column("set_number", Integer, nullable=False),
    Column("part", SmallInteger, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("state", Key, nullable=False),  # ready | issued | bound | spoiled
    Column("issue", Integer, nullable=False),  # the last one that it went out with; 0 = never
    Column("item_id", BigInteger, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", String, nullable=False),
    Index("roll_label_set", "roll_id", "set_number", "part", "ordinal"),
    Index("roll_label_state", "roll_id", "part", "issue", "state"),
    sqlite_with_rowid=False,
)

roll_issue = Table(
    "roll_issue",
    metadata,
    Column("roll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("part", SmallInteger, primary_key=True, autoincrement=False),
    Column("issued", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    sqlite_with_rowid=False,
)

roll_log = Table(
    "roll_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("roll_id", BigInteger, nullable=False),
    Column("kind", Key, nullable=False),  # made | issued | bound | spoiled | returned
    Column("issue", Integer, nullable=False),
    Column("labels", Integer, nullable=False),
    Column("first_code", String, nullable=False),
    Column("last_code", String, nullable=False),
    Column("first_set", Integer, nullable=False),
    Column("last_set", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("partner_id", BigInteger, nullable=False),
    Column("line", String, nullable=False),
    Column("document", String, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("device", String, nullable=False),
    Index("roll_log_roll", "roll_id", "id"),
)
