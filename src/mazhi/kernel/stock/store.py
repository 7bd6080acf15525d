"""Every statement about stock balances and stock moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Row, SmallInteger, Table

from mazhi.kernel.db import Key, Tx, metadata

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


def balances(tx: Tx, conditions: Mapping[str, Any], areas: Sequence[int] | None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the balances that are not zero, slots added up, in the order of the key."""
    where, params = ["1 = 1"], dict[str, Any]()
    for name in ("product", "place", "batch"):
        if conditions.get(name) is not None:
            where.append(f"{name}_id ANY(:{name}, bigint)")
            params[name] = list(conditions[name])
    if conditions.get("state") is not None:
        where.append("state = :state")
        params["state"] = conditions["state"]
    if areas is not None:
        where.append("place_id ANY(:areas, bigint)")
        params["areas"] = list(areas)
    key = ", ".join(KEY)
    return tx.rows(
        f"SELECT {key}, sum(quantity) AS quantity FROM stock WHERE {' AND '.join(where)} "
        f"GROUP BY {key} HAVING sum(quantity) <> 0 ORDER BY {key}",
        **params,
    )
