"""Every statement about reservations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, SmallInteger, String, Table, text

from mazhi.kernel import clock
from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.reservations.model import Balance

_PIECE = text("state = 'open' AND item_id > 0")
_STOCK = text("state = 'open' AND item_id = 0")
_ENDED = text("event_id > 0")
_ENDING = text("state = 'open' AND expires_at > 0")

reservation = Table(
    "reservation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("document", Key, nullable=False),
    Column("item_id", BigInteger, nullable=False),  # 0: a quantity
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=False),  # with what follows the balance of a quantity
    Column("stock_state", String, nullable=False),
    Column("quality", String, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),  # millionths, what was reserved
    Column("remaining", BigInteger, nullable=False),  # millionths, what still is
    Column("chosen", SmallInteger, nullable=False),  # 1: by a proposal, so that others of its kind may go instead
    Column("state", Key, nullable=False),  # open | used | released | expired | gone | moved
    Column("expires_at", BigInteger, nullable=False),  # 0: never
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("ended_by", String, nullable=False),
    Column("event_id", BigInteger, nullable=False),  # the event that ended it
    # No piece is reserved twice, whoever wants it at the same moment.
    Index("reservation_piece", "item_id", unique=True, sqlite_where=_PIECE, postgresql_where=_PIECE),
    Index("reservation_stock", "product_id", sqlite_where=_STOCK, postgresql_where=_STOCK),
    Index("reservation_ending", "expires_at", sqlite_where=_ENDING, postgresql_where=_ENDING),
    Index("reservation_document", "document", "id"),
    Index("reservation_event", "event_id", sqlite_where=_ENDED, postgresql_where=_ENDED),
)

reservation_taken = Table(  # how much of quantities an event took, so that it can come back
    "reservation_taken",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reservation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

BALANCE = ("product_id", "batch_id", "place_id", "stock_state", "quality", "owner_id")
"""The balance that a quantity is reserved of; it is never a blocked one."""
COLUMNS = (
    "document", "item_id", *BALANCE, "quantity", "remaining", "chosen", "state", "expires_at", "created_at",
    "created_by", "ended_at", "ended_by", "event_id",
)  # fmt: skip
_LASTS = "(expires_at = 0 OR expires_at > :now)"
_PIECES = "state = 'open' AND item_id > 0"
_QUANTITIES = "state = 'open' AND item_id = 0"
LOCK = 0x6D7A_0002
"""The advisory lock of who reserves on PostgreSQL; any number that nothing else uses."""


def lock_all(tx: Tx) -> None:
    """Let nobody else reserve until this transaction ends; SQLite has one writer anyway.

    Posting does not ask for it: it locks the pieces and balances themselves.
    """
    if tx.dialect == "postgresql":
        tx.run("SELECT pg_advisory_xact_lock(:key)", key=LOCK)


def any_pieces(tx: Tx) -> bool:
    """Tell whether any piece is reserved at all."""
    return tx.scalar(f"SELECT 1 FROM reservation WHERE {_PIECES} LIMIT 1") is not None


def of_pieces(tx: Tx, ids: Collection[int], now: int) -> dict[int, tuple[int, str, int]]:
    """Return ``item id → (reservation, document, until)`` of those of some pieces that are reserved."""
    rows = tx.tuples(
        f"SELECT item_id, id, document, expires_at FROM reservation "
        f"WHERE {_PIECES} AND item_id ANY(:ids, bigint) AND {_LASTS}",
        ids=sorted(ids),
        now=now,
    )
    return {item: (number, document, until) for item, number, document, until in rows}


def of_products(tx: Tx, products: Collection[int], now: int) -> list[Any]:
    """Return the quantities that are reserved of some products, the latest first."""
    return list(
        tx.rows(
            f"SELECT * FROM reservation WHERE {_QUANTITIES} AND product_id ANY(:ids, bigint) AND {_LASTS} "
            "ORDER BY id DESC",
            ids=sorted(products),
            now=now,
        )
    )


def chosen_pieces(tx: Tx, document: str, products: Collection[int], now: int) -> list[Any]:
    """Return the pieces that a proposal chose for a document, in the order in which they were."""
    return list(
        tx.rows(
            f"SELECT * FROM reservation WHERE {_PIECES} AND document = :document AND chosen = 1 "
            f"AND product_id ANY(:ids, bigint) AND {_LASTS} ORDER BY id",
            document=document,
            ids=sorted(products),
            now=now,
        )
    )


def add(tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add reservations, in the order of ``COLUMNS``."""
    tx.insert(reservation, COLUMNS, rows)


def end(tx: Tx, ids: Collection[int], state: str, *, at: int, by: str, event: int = 0) -> int:
    """End open reservations; return how many were open."""
    if not ids:
        return 0
    done = tx.run(
        "UPDATE reservation SET state = :state, ended_at = :at, ended_by = :by, event_id = :event "
        "WHERE id ANY(:ids, bigint) AND state = 'open'",
        ids=sorted(ids), state=state, at=at, by=by, event=event,
    )  # fmt: skip
    return int(done.rowcount)


def shorten(tx: Tx, left: Mapping[int, int]) -> None:
    """Write what is left of some reservations."""
    for number, quantity in sorted(left.items()):
        tx.run("UPDATE reservation SET remaining = :left WHERE id = :id", id=number, left=quantity)


def note_taken(tx: Tx, event: int, taken: Mapping[int, int]) -> None:
    """Note how much of some reservations an event took."""
    now = clock.now()
    columns = ("event_id", "reservation_id", "quantity", "at")
    tx.insert(reservation_taken, columns, [(event, number, taken[number], now) for number in sorted(taken)])


def taken_by(tx: Tx, event: int) -> list[Any]:
    """Return the reservations that an event took quantities of, with how much and when."""
    return list(
        tx.rows(
            "SELECT r.*, t.quantity AS taken, t.at AS taken_at, p.code AS product FROM reservation_taken t "
            "JOIN reservation r ON r.id = t.reservation_id JOIN product p ON p.id = r.product_id "
            "WHERE t.event_id = :event ORDER BY r.id",
            event=event,
        )
    )


def forget_taken(tx: Tx, event: int, left: Mapping[int, int]) -> None:
    """Note how much of what an event took has not come back."""
    for number, quantity in sorted(left.items()):
        tx.run(
            "UPDATE reservation_taken SET quantity = :left WHERE event_id = :event AND reservation_id = :id",
            event=event, id=number, left=quantity,
        )  # fmt: skip


def ended_by(tx: Tx, event: int) -> list[Any]:
    """Return the pieces whose reservation an event ended, in the order in which they were reserved."""
    return list(
        tx.rows(
            "SELECT * FROM reservation WHERE event_id = :event AND event_id > 0 AND item_id > 0 "
            "AND state IN ('used', 'gone') ORDER BY id",
            event=event,
        )
    )


def closed(tx: Tx, since: Mapping[str, int]) -> set[str]:
    """Return which of some documents had something released by hand after a moment: they keep goods no more."""
    rows = tx.tuples(
        "SELECT document, max(ended_at) FROM reservation WHERE document ANY(:documents, text) AND state = 'released' "
        "GROUP BY document",
        documents=sorted(since),
    )
    return {document for document, at in rows if at >= since[document]}


def reopen(tx: Tx, number: int, item: int, batch: int, place: int) -> None:
    """Reserve a piece again."""
    tx.run(
        "UPDATE reservation SET state = 'open', item_id = :item, batch_id = :batch, place_id = :place, ended_at = 0, "
        "ended_by = '', event_id = 0 WHERE id = :id",
        id=number, item=item, batch=batch, place=place,
    )  # fmt: skip


def expire(tx: Tx, now: int) -> int:
    """End what is over; return how many."""
    done = tx.run(
        "UPDATE reservation SET state = 'expired', ended_at = :now, ended_by = 'system' "
        "WHERE state = 'open' AND expires_at > 0 AND expires_at <= :now",
        now=now,
    )
    return int(done.rowcount)


def page(
    tx: Tx, *, document: str | None, product: int | None, item: int | None, areas: Collection[int] | None,
    now: int | None, before: int, limit: int,
) -> list[Any]:  # fmt: skip
    """Return reservations, the latest first, of what stands at these places; ``now``: only what lasts then.

    A piece stands where it is; what is over was where it was reserved.
    """
    where, params = ["id < :before"], dict[str, Any](before=before)
    for name, value in (("document", document), ("product_id", product), ("item_id", item)):
        if value is not None:
            where.append(f"{name} = :{name}")
            params[name] = value
    if now is not None:
        where.append(f"state = 'open' AND {_LASTS}")
        params["now"] = now
    if areas is not None:
        where.append(
            "CASE WHEN state = 'open' AND item_id > 0 THEN (SELECT i.place_id FROM item i WHERE i.id = item_id) "
            "ELSE place_id END ANY(:areas, bigint)"
        )
        params["areas"] = sorted(areas)
    return list(
        tx.rows(f"SELECT * FROM reservation WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT {int(limit)}", **params)
    )


def open_of(tx: Tx, document: str, *, lock: bool = False) -> list[Any]:
    """Return the open reservations of a document."""
    return list(
        tx.rows(
            "SELECT * FROM reservation WHERE document = :document AND state = 'open' ORDER BY id"
            f"{' /*LOCK*/' if lock else ''}",
            document=document,
        )
    )


def reserved_pieces(tx: Tx, products: Collection[int], now: int, stands: str) -> list[Any]:
    """Return how many pieces are reserved of each product, batch and place, by where they are now."""
    return list(
        tx.rows(
            "SELECT i.product_id, i.batch_id, i.place_id, count(*) AS pieces FROM reservation r "
            "JOIN item i ON i.id = r.item_id "
            f"WHERE r.state = 'open' AND r.item_id > 0 AND r.product_id ANY(:ids, bigint) AND {_LASTS} "
            "AND i.state = :stands GROUP BY i.product_id, i.batch_id, i.place_id",
            ids=sorted(products),
            now=now,
            stands=stands,
        )
    )


def balance(row: Any) -> Balance:
    """Return the balance that a reservation is of."""
    return Balance(*(getattr(row, name) for name in BALANCE))


def balances(tx: Tx, products: Collection[int]) -> dict[Balance, int]:
    """Return the quantities of some products that stand free, by what a reservation keeps of a balance."""
    rows = tx.tuples(
        "SELECT product_id, batch_id, place_id, state, quality, owner_id, sum(quantity) FROM stock "
        "WHERE product_id ANY(:ids, bigint) AND slot = 0 AND blocked = 0 "
        "GROUP BY product_id, batch_id, place_id, state, quality, owner_id",
        ids=sorted(products),
    )
    return {Balance(*row[:6]): int(row[6]) for row in rows}


def standing(tx: Tx, product: int, state: str) -> list[Any]:
    """Return what of a product may be taken, by batch and place, of all owners; pieces and quantities alike."""
    return list(
        tx.rows(
            "SELECT batch_id, place_id, sum(quantity) AS quantity FROM stock WHERE product_id = :product "
            "AND state = :state AND quality IN ('released', 'concession') AND blocked = 0 AND place_id <> 0 "
            "GROUP BY batch_id, place_id HAVING sum(quantity) <> 0",
            product=product,
            state=state,
        )
    )


def documents_of(tx: Tx, products: Collection[int], now: int) -> set[str]:
    """Return the documents that something of these products is reserved for."""
    rows = tx.tuples(
        "SELECT DISTINCT document FROM reservation WHERE state = 'open' AND product_id ANY(:ids, bigint) "
        f"AND {_LASTS} LIMIT 20",
        ids=sorted(products),
        now=now,
    )
    return {row[0] for row in rows}


def pieces(
    tx: Tx, *, product: int, batch: int, places: Collection[int] | None, owner: int, state: str, first_expired: bool,
    now: int, today: str, without: Collection[int], limit: int, lock: bool,
) -> list[Any]:  # fmt: skip
    """Return the pieces of a product to be taken, in their order, without those that are reserved.

    Locked, those that somebody else is just posting are passed over, so that nobody waits for anybody.
    """
    where, params = "", dict[str, Any]()
    if batch:
        where, params = " AND i.batch_id = :batch", {"batch": batch}
    if places is not None:
        where, params = where + " AND i.place_id ANY(:places, bigint)", {**params, "places": sorted(places)}
    if without:
        where, params = where + " AND NOT i.id ANY(:without, bigint)", {**params, "without": sorted(without)}
    order = "CASE WHEN b.expires_on IS NULL THEN '9999' ELSE b.expires_on END, " if first_expired else ""
    locking = " FOR UPDATE OF i SKIP LOCKED" if lock and tx.dialect == "postgresql" else ""
    return list(
        tx.rows(
            "SELECT i.id, i.code, i.batch_id, i.place_id, i.state, i.quality, i.owner_id FROM item i "
            "LEFT JOIN batch b ON b.id = i.batch_id LEFT JOIN place p ON p.id = i.place_id "
            "WHERE i.product_id = :product AND i.state = :state AND i.quality IN ('released', 'concession') "
            "AND i.owner_id = :owner AND i.place_id <> 0 AND (b.expires_on IS NULL OR b.expires_on >= :today) "
            """AND i.marks NOT LIKE '%["held",%' AND i.marks NOT LIKE '%["recalled",%' """
            "AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.item_id = i.id AND r.item_id > 0 AND r.state = 'open' "
            "AND (r.expires_at = 0 OR r.expires_at > :now))"
            f"{where} "
            f"ORDER BY {order}i.state_since, p.code, i.code, i.id LIMIT {int(limit)}{locking}",
            product=product,
            state=state,
            owner=owner,
            today=today,
            now=now,
            **params,
        )
    )
