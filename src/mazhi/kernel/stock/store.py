"""Every statement about stock balances and stock moves."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, Table

from mazhi.kernel.db import Key, metadata

KEY = ("product_id", "batch_id", "place_id", "state", "quality", "owner_id", "blocked")

stock = Table(
    "stock",
    metadata,
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    Column("batch_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Key, primary_key=True),
    Column("quality", Key, primary_key=True),
    Column("owner_id", BigInteger, primary_key=True, autoincrement=False),
    Column("blocked", SmallInteger, primary_key=True, autoincrement=False),
    Column("slot", SmallInteger, primary_key=True, autoincrement=False, server_default="0"),
    Column("quantity", BigInteger, nullable=False),  # millionths
    sqlite_with_rowid=False,
)

_SIDE = (
    ("place_id", BigInteger),
    ("state", Key),
    ("quality", Key),
    ("owner_id", BigInteger),
    ("blocked", SmallInteger),
)

stock_move = Table(
    "stock_move",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    # A side with state "" is outside: goods come from there, or go there.
    *(Column(f"{side}_{name}", kind, nullable=False) for side in ("from", "to") for name, kind in _SIDE),
    Column("quantity", BigInteger, nullable=False),  # millionths, always above zero
    sqlite_with_rowid=False,
)
