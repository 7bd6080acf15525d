"""The tables of count sessions, and the statements about sessions as such."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text, text

from mazhi.kernel.db import Id, Key, Tx, metadata

count_session = Table(
    "count_session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Key, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("document", Key, nullable=False),  # what it was opened for
    Column("kind", String, nullable=False),  # snapshot | live
    Column("blind", Boolean, nullable=False),
    Column("same_counter", Boolean, nullable=False),  # whoever counted may recount and approve
    Column("state", Key, nullable=False),  # open | counted | approved | posting | posted | cancelled
    Column("tracking", String, nullable=False),  # serial,batch,sku
    Column("scope", Text, nullable=False),  # JSON, in codes
    Column("round", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),  # the number of the last scan
    Column("expected", BigInteger, nullable=False),  # pieces and balances
    Column("counted", BigInteger, nullable=False),  # scans that count
    Column("totals", Text, nullable=False),  # JSON, once it is counted
    Column("job", String, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("counted_at", BigInteger, nullable=False),
    Column("counted_by", String, nullable=False),
    Column("approved_at", BigInteger, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("ended_by", String, nullable=False),
    Index("count_session_state", "state", "id"),
)

count_place = Table(
    "count_place",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place_id", BigInteger, primary_key=True, autoincrement=False),
    Index("count_place_place", "place_id"),
    sqlite_with_rowid=False,
)

count_product = Table(  # empty: every product
    "count_product",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

count_expected = Table(  # the pieces that were there when it was opened
    "count_expected",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Index("count_expected_place", "session_id", "place_id", "product_id"),
    sqlite_with_rowid=False,
)

count_book = Table(  # the quantities that were there when it was opened
    "count_book",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place_id", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    Column("batch_id", BigInteger, primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),  # millionths
    sqlite_with_rowid=False,
)

_PIECE = text("counted = 1 AND item_id > 0")
_KEYED = text("client_key <> ''")

count_scan = Table(
    "count_scan",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("round", Integer, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("answer", String, nullable=False),  # right | wrong | duplicate | unknown | undone
    Column("counted", SmallInteger, nullable=False),  # 1: it counts; 0: wrong, taken back, or counted again since
    Column("raw", Text, nullable=False),
    Column("code", String, nullable=False),  # of the problem; "" for none
    Column("params", Text, nullable=False),
    Column("item_id", BigInteger, nullable=False),  # 0: a quantity, or unknown
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),  # millionths
    Column("book_place", BigInteger, nullable=False),  # what the books said at that moment
    Column("book_state", String, nullable=False),
    Column("book_seq", Integer, nullable=False),
    Column("book_quantity", BigInteger, nullable=False),
    Column("within", BigInteger, nullable=False),  # the scan of the package that it came out of; 0 for none
    Column("client_key", Key, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    # No piece counts twice, whoever scans it at the same moment.
    Index("count_scan_piece", "session_id", "item_id", unique=True, sqlite_where=_PIECE, postgresql_where=_PIECE),
    Index("count_scan_key", "session_id", "client_key", unique=True, sqlite_where=_KEYED, postgresql_where=_KEYED),
    Index("count_scan_place", "session_id", "place_id", "product_id"),
    sqlite_with_rowid=False,
)

count_recount = Table(
    "count_recount",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("place_id", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),  # 0: the whole place
    sqlite_with_rowid=False,
)

count_difference = Table(
    "count_difference",
    metadata,
    Column("session_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),  # missing | surplus | wrong_place | quantity | unknown
    Column("item_id", BigInteger, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=False),  # where it was found, or is missing
    Column("book_place", BigInteger, nullable=False),
    Column("book_state", String, nullable=False),
    Column("expected", BigInteger, nullable=False),  # millionths
    Column("counted", BigInteger, nullable=False),
    Column("moved", SmallInteger, nullable=False),  # 1: the books changed meanwhile, so that it is not adjusted
    Column("item_seq", Integer, nullable=False),  # of the piece when the differences were worked out
    Column("raw", Text, nullable=False),  # of an unknown code
    Column("actor", String, nullable=False),  # who scanned it
    Column("action", String, nullable=False),  # lost | in_stock | move | adjust | leave
    Column("reason", Text, nullable=False),
    Column("event_id", BigInteger, nullable=False),  # the event that put it right; 0: none yet
    Column("problem", String, nullable=False),  # why it could not be put right
    Column("params", Text, nullable=False),
    Index("count_difference_kind", "session_id", "kind", "line"),
    Index("count_difference_place", "session_id", "place_id", "line"),
    sqlite_with_rowid=False,
)

UNFINISHED = ("open", "counted", "approved", "posting")
ALL = (
    count_place, count_product, count_expected, count_book, count_scan, count_recount, count_difference,
)  # fmt: skip


def add(tx: Tx, **values: Any) -> tuple[int, str]:
    """Add a session; return its id and its number, which is made of it."""
    row_id: int = tx.conn.execute(
        count_session.insert().values(number="", **values).returning(count_session.c.id)
    ).scalar_one()
    number = f"PD{row_id:06d}"
    tx.run("UPDATE count_session SET number = :number WHERE id = :id", number=number, id=row_id)
    return row_id, number


def by_number(tx: Tx, number: str, *, lock: bool = False) -> Any:
    """Return a session, perhaps locked; None if there is none."""
    if "\0" in number:
        return None
    return tx.row(f"SELECT * FROM count_session WHERE number = :number{' /*LOCK*/' if lock else ''}", number=number)


def change(tx: Tx, session_id: int, **values: Any) -> None:
    """Change some columns of a session."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE count_session SET {sets} WHERE id = :id", id=session_id, **values)


def reaching_into(tx: Tx, ids: Collection[int], areas: Collection[int]) -> set[int]:
    """Return which of some sessions count at one of these places."""
    return _reaching(tx, ids, areas, "")


def reaching_beyond(tx: Tx, ids: Collection[int], areas: Collection[int]) -> set[int]:
    """Return which of some sessions count anywhere else than at these places."""
    return _reaching(tx, ids, areas, "NOT ")


def _reaching(tx: Tx, ids: Collection[int], areas: Collection[int], where: str) -> set[int]:
    rows = tx.tuples(
        f"SELECT DISTINCT session_id FROM count_place WHERE session_id ANY(:ids, bigint) "
        f"AND {where}place_id ANY(:areas, bigint)",
        ids=sorted(ids),
        areas=sorted(areas),
    )
    return {row[0] for row in rows}


def page(tx: Tx, *, states: Collection[str], areas: Collection[int] | None, before: int, limit: int) -> list[Any]:
    """Return sessions, the latest first; of all states where none is named, and only of what counts at some places."""
    where = "state ANY(:states, text) AND " if states else ""
    params: dict[str, Any] = {"states": sorted(states)} if states else {}
    if areas is not None:
        where += (
            "EXISTS (SELECT 1 FROM count_place p WHERE p.session_id = count_session.id "
            "AND p.place_id ANY(:areas, bigint)) AND "
        )
        params["areas"] = sorted(areas)
    return list(
        tx.rows(
            f"SELECT * FROM count_session WHERE {where}id < :before ORDER BY id DESC LIMIT {int(limit)}",
            before=before,
            **params,
        )
    )


def overlapping(tx: Tx, session_id: int) -> list[str]:
    """Return the numbers of unfinished sessions that count something of what this one counts."""
    rows = tx.tuples(
        "SELECT DISTINCT o.number, o.tracking, o.id FROM count_session o "
        "JOIN count_place op ON op.session_id = o.id "
        "JOIN count_place mp ON mp.place_id = op.place_id AND mp.session_id = :id "
        "WHERE o.id <> :id AND o.state ANY(:states, text) AND ("
        "NOT EXISTS (SELECT 1 FROM count_product p WHERE p.session_id = o.id) "
        "OR NOT EXISTS (SELECT 1 FROM count_product p WHERE p.session_id = :id) "
        "OR EXISTS (SELECT 1 FROM count_product a JOIN count_product b ON b.product_id = a.product_id "
        "WHERE a.session_id = o.id AND b.session_id = :id)) ORDER BY o.id",
        id=session_id,
        states=list(UNFINISHED),
    )
    mine = {*str(tx.scalar("SELECT tracking FROM count_session WHERE id = :id", id=session_id)).split(",")}
    return [number for number, tracking, _ in rows if mine & {*tracking.split(",")}]


def add_scope(tx: Tx, session_id: int, places: Collection[int], products: Collection[int]) -> None:
    """Write down which places and products a session covers."""
    tx.insert(count_place, ("session_id", "place_id"), [(session_id, one) for one in sorted(places)])
    tx.insert(count_product, ("session_id", "product_id"), [(session_id, one) for one in sorted(products)])
