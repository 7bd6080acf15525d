"""The tables of changes that are being counted, and every statement about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Row, String, Table, Text, text

from mazhi.kernel import clock
from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.posting.quantities import StockKey

tracking_change = Table(
    "tracking_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("product_id", BigInteger, nullable=False),
    Column("state", Key, nullable=False),  # open | done | cancelled
    Column("reason", Text, nullable=False, server_default=""),
    Column("started_at", BigInteger, nullable=False),
    Column("started_by", String, nullable=False),
    Column("finished_at", BigInteger),
    Column("finished_by", String),
    Column("event_id", BigInteger),
    Index(
        "tracking_change_open",
        "product_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

tracking_change_line = Table(
    "tracking_change_line",
    metadata,
    Column("change_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("quality", String, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("blocked", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tracking_change_code = Table(
    "tracking_change_code",
    metadata,
    Column("change_id", BigInteger, primary_key=True, autoincrement=False),
    Column("code", Key, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("bound_at", BigInteger, nullable=False),
    Column("bound_by", String, nullable=False),
    sqlite_with_rowid=False,
)


def start(tx: Tx, product_id: int, reason: str, actor: str) -> int | None:
    """Open a count and return its id; None if one is open for the product."""
    found: int | None = tx.scalar(
        "INSERT INTO tracking_change (product_id, state, reason, started_at, started_by) "
        "VALUES (:product, 'open', :reason, :now, :actor) ON CONFLICT DO NOTHING RETURNING id",
        product=product_id,
        reason=reason,
        now=clock.now(),
        actor=actor,
    )
    return found


def by_id(tx: Tx, change_id: int, *, locked: bool = False) -> Row[*tuple[Any, ...]] | None:
    """Return a count, or None; locked it stays as it is until the transaction ends."""
    return tx.row(f"SELECT * FROM tracking_change WHERE id = :id {'/*LOCK*/' if locked else ''}", id=change_id)


def end(tx: Tx, change_id: int, state: str, actor: str, event_id: int | None = None) -> None:
    """Close a count."""
    tx.run(
        "UPDATE tracking_change SET state = :state, finished_at = :now, finished_by = :actor, event_id = :event "
        "WHERE id = :id",
        state=state,
        now=clock.now(),
        actor=actor,
        event=event_id,
        id=change_id,
    )


def lines(tx: Tx, change_id: int, product_id: int) -> dict[StockKey, int]:
    """Return the line number of each balance that the count knows."""
    rows = tx.rows(
        "SELECT batch_id, place_id, state, quality, owner_id, blocked, line FROM tracking_change_line "
        "WHERE change_id = :id ORDER BY line",
        id=change_id,
    )
    return {StockKey(product_id, *row[:-1]): row[-1] for row in rows}


def add_lines(tx: Tx, change_id: int, keys: Sequence[StockKey], first: int) -> None:
    """Give balances the next line numbers."""
    rows = [(change_id, first + place, *key[1:]) for place, key in enumerate(keys)]
    columns = ("change_id", "line", "batch_id", "place_id", "state", "quality", "owner_id", "blocked")
    tx.insert(tracking_change_line, columns, rows)


def bind(tx: Tx, change_id: int, line: int, codes: Iterable[str], actor: str) -> None:
    """Bind codes to a line."""
    now = clock.now()
    columns = ("change_id", "code", "line", "bound_at", "bound_by")
    tx.insert(tracking_change_code, columns, [(change_id, code, line, now, actor) for code in codes])


def unbind(tx: Tx, change_id: int, codes: Sequence[str]) -> int:
    """Take codes away again, and return how many there were."""
    done = tx.run(
        "DELETE FROM tracking_change_code WHERE change_id = :id AND code ANY(:codes, text)", id=change_id, codes=codes
    )
    return done.rowcount


def codes(tx: Tx, change_id: int) -> dict[str, int]:
    """Return ``code → line`` of everything bound so far, in the order of binding."""
    rows = tx.rows(
        "SELECT code, line FROM tracking_change_code WHERE change_id = :id ORDER BY line, bound_at, code", id=change_id
    )
    return {row.code: row.line for row in rows}


def counted(tx: Tx, change_id: int) -> dict[int, int]:
    """Return how many codes each line has."""
    rows = tx.rows("SELECT line, count(*) FROM tracking_change_code WHERE change_id = :id GROUP BY line", id=change_id)
    return {row[0]: row[1] for row in rows}


def pool(tx: Tx, product_id: int) -> dict[StockKey, int]:
    """Return the quantity balances of a product, without locking them."""
    names = ", ".join(StockKey._fields)
    rows = tx.rows(f"SELECT {names}, quantity FROM stock WHERE product_id = :id AND slot = 0", id=product_id)
    return {StockKey._make(row[:-1]): row[-1] for row in rows}


def is_stocked(tx: Tx, product_id: int) -> bool:
    """Tell whether anything of a product is somewhere, or built in."""
    found = tx.row(
        "SELECT 1 FROM stock WHERE product_id = :id AND (place_id <> 0 OR state = 'built_in') "
        "GROUP BY place_id, state HAVING sum(quantity) <> 0 LIMIT 1",
        id=product_id,
    )
    return found is not None
