"""The tables of recalls, and every statement that is not about working a scope out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Row, String, Table, Text

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.ledger.model import row_data
from mazhi.kernel.posting import store as posting
from mazhi.kernel.recalls.model import ANSWERED, HANDLED

CHUNK = 10_000

recall = Table(
    "recall",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("number", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("mock", Boolean, nullable=False),
    Column("state", String, nullable=False),  # open | closed
    Column("criteria", Text, nullable=False),
    Column("hash", String, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("parts", BigInteger, nullable=False),
    Column("document", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("located_at", BigInteger, nullable=False),
    Column("deadline", BigInteger),
    Column("job", String),
    Column("closed_at", BigInteger),
    Column("closed_by", String),
)

recall_item = Table(
    "recall_item",
    metadata,
    Column("recall_id", BigInteger, primary_key=True, autoincrement=False),
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    # Frozen when the recall was opened.
    Column("role", String, nullable=False),  # unit | part
    Column("code", Key, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("state", Key, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("holder_id", BigInteger, nullable=False),
    Column("cause", BigInteger, nullable=False),  # the item that made it affected; a batch below zero
    # What has become of it since.
    Column("status", Key, nullable=False),
    Column("measure", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("notified_at", BigInteger),
    Column("answered_at", BigInteger),
    Column("held_at", BigInteger),
    Column("handled_at", BigInteger),
    Column("due", String),  # YYYY-MM-DD
    sqlite_with_rowid=False,
)

recall_stock = Table(
    "recall_stock",
    metadata,
    Column("recall_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("state", Key, nullable=False),
    Column("quality", Key, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("blocked", Integer, nullable=False),
    Column("quantity", BigInteger, nullable=False),  # millionths
    Column("held", BigInteger),  # the event that held it
    sqlite_with_rowid=False,
)

recall_log = Table(
    "recall_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("recall_id", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("event_id", BigInteger),
    Column("document", String, nullable=False),
    Column("measure", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("due", String),
    Index("recall_log_recall", "recall_id", "id"),
)

recall_log_item = Table(
    "recall_log_item",
    metadata,
    Column("log_id", BigInteger, primary_key=True, autoincrement=False),
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)


def ids_by_identifier(tx: Tx, codes: Sequence[str], namespace: str | None) -> dict[str, list[tuple[str, int]]]:
    """Return ``code → [(namespace, item id)]``, one entry an item; codes that lead to nothing are missing."""
    found: dict[str, list[tuple[str, int]]] = {}
    for start in range(0, len(codes), CHUNK):
        chunk = [code for code in codes[start : start + CHUNK] if "\0" not in code]
        for code, spaces in (posting.resolve(tx, chunk) if chunk else {}).items():
            by_item = {item_id: space for space, item_id in spaces if namespace in {None, space}}
            if by_item:
                found[code] = [(space, item_id) for item_id, space in by_item.items()]
    return found


def with_contents(tx: Tx, ids: Collection[int]) -> list[int]:
    """Return these items and, for every package among them, all that is in it."""
    known = set(ids)
    level = sorted(packages_of(tx, known))
    while level:
        inside = {child for _, child in posting.contents(tx, level)} - known
        known |= inside
        level = sorted(packages_of(tx, inside))
    return sorted(known)


def packages_of(tx: Tx, ids: Collection[int]) -> list[int]:
    """Return which of these items are packages."""
    if not ids:
        return []
    rows = tx.rows("SELECT id FROM item WHERE id ANY(:ids, bigint) AND kind = 'package'", ids=sorted(ids))
    return [row[0] for row in rows]


def births_between(tx: Tx, start: int, end: int, *, line: str | None = None) -> list[int]:
    """Return the events in which items were born between two moments, both included, on a line if one is named."""
    rows = tx.rows(
        "SELECT id, data FROM event WHERE operation = 'commission' AND occurred_at >= :start AND occurred_at <= :stop "
        "ORDER BY occurred_at, id",
        start=start,
        stop=end,
    )
    return [row[0] for row in rows if line is None or _line_of(row[1]) == line]


def _line_of(data: str) -> object:
    about = row_data(data).get("data")
    fields = about.get("fields") if isinstance(about, dict) else None
    return fields.get("line") if isinstance(fields, dict) else None


def insert_recall(tx: Tx, values: Mapping[str, Any]) -> None:
    """Add a recall."""
    tx.conn.execute(recall.insert().values(**values))


def by_number(tx: Tx, number: str, *, lock: bool = False) -> Row[*tuple[Any, ...]] | None:
    """Return one recall, or None."""
    if "\0" in number:
        return None
    return tx.row(f"SELECT * FROM recall WHERE number = :number {'/*LOCK*/' if lock else ''}", number=number)


def page(
    tx: Tx, *, state: str | None, mock: bool | None, before: int | None, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return recalls, newest first."""
    where, params = ["1 = 1"], dict[str, Any]()
    if state is not None:
        where.append("state = :state")
        params["state"] = state
    if mock is not None:
        where.append("mock" if mock else "NOT mock")
    if before is not None:
        where.append("id < :before")
        params["before"] = before
    return tx.rows(f"SELECT * FROM recall WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT {int(limit)}", **params)


def update_recall(tx: Tx, recall_id: int, **values: Any) -> None:
    """Change columns of a recall."""
    names = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE recall SET {names} WHERE id = :id", id=recall_id, **values)


_HANDLED_LIST = ", ".join(f"'{status}'" for status in HANDLED)
_ANSWERED_LIST = ", ".join(f"'{status}'" for status in ANSWERED)


def progress(tx: Tx, recall_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return ``recall id → (units handled, units answered for)``."""
    rows = tx.rows(
        f"SELECT recall_id, sum(CASE WHEN status IN ({_HANDLED_LIST}) THEN 1 ELSE 0 END) AS handled, "
        f"sum(CASE WHEN status IN ({_ANSWERED_LIST}) THEN 1 ELSE 0 END) AS answered "
        "FROM recall_item WHERE recall_id ANY(:ids, bigint) AND role = 'unit' GROUP BY recall_id",
        ids=sorted(recall_ids),
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def groups(tx: Tx, recall_id: int, *, now: bool) -> Sequence[Row[*tuple[Any, ...]]]:
    """Count a recall's pieces by role, product, state, place, holder and status: as frozen, or as they are now."""
    where = "i.state, i.place_id, i.holder_id" if now else "r.state, r.place_id, r.holder_id"
    join = "JOIN item i ON i.id = r.item_id" if now else ""
    return tx.rows(
        f"SELECT r.role, r.product_id, {where}, r.status, count(*) AS pieces, count(r.held_at) AS held, "
        f"count(r.notified_at) AS notified, min(r.notified_at) AS first_notice, max(r.answered_at) AS last_answer, "
        f"max(r.held_at) AS last_held "
        f"FROM recall_item r {join} WHERE r.recall_id = :id GROUP BY r.role, r.product_id, {where}, r.status",
        id=recall_id,
    )


def handled_by_day(tx: Tx, recall_id: int, offset: int, day: int) -> list[tuple[int, int]]:
    """Return ``(number of the day, units handled on it)`` in order of days."""
    rows = tx.rows(
        "SELECT (handled_at + :offset) / :day AS on_day, count(*) FROM recall_item WHERE recall_id = :id "
        f"AND role = 'unit' AND status IN ({_HANDLED_LIST}) GROUP BY 1 ORDER BY 1",
        id=recall_id,
        offset=offset,
        day=day,
    )
    return [(int(row[0]), int(row[1])) for row in rows]


def stock_of(tx: Tx, recall_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the quantities in a recall's scope."""
    return tx.rows("SELECT * FROM recall_stock WHERE recall_id = :id ORDER BY line", id=recall_id)


def insert_stock(tx: Tx, recall_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Freeze quantities of batch goods."""
    columns = [column.name for column in recall_stock.columns]
    tx.insert(recall_stock, columns, [(recall_id, line, *row, None) for line, row in enumerate(rows)])


def hold_stock(tx: Tx, recall_id: int, lines: Sequence[int], event_id: int) -> None:
    """Note which event has held some of the quantities."""
    tx.run(
        "UPDATE recall_stock SET held = :event WHERE recall_id = :id AND line ANY(:lines, integer)",
        event=event_id,
        id=recall_id,
        lines=list(lines),
    )


def held_stock(tx: Tx, recall_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the quantities that a recall has held, as far as they are still blocked where they were."""
    keys = ("product_id", "batch_id", "place_id", "state", "quality", "owner_id")
    amount = "CASE WHEN s.quantity < r.quantity THEN s.quantity ELSE r.quantity END"
    return tx.rows(
        f"SELECT r.line, {', '.join(f'r.{key}' for key in keys)}, {amount} AS quantity FROM recall_stock r "
        f"JOIN stock s ON {' AND '.join(f's.{key} = r.{key}' for key in keys)} AND s.blocked = 1 AND s.slot = 0 "
        "WHERE r.recall_id = :id AND r.held IS NOT NULL AND s.quantity > 0 ORDER BY r.line",
        id=recall_id,
    )


def next_items(tx: Tx, recall_id: int, after: int, limit: int, *, handled_only: bool) -> list[int]:
    """Return item ids of a recall in order, units and parts."""
    narrowed = f"AND status IN ({_HANDLED_LIST})" if handled_only else ""
    rows = tx.rows(
        f"SELECT item_id FROM recall_item WHERE recall_id = :id AND item_id > :after {narrowed} "
        f"ORDER BY item_id LIMIT {int(limit)}",
        id=recall_id,
        after=after,
    )
    return [row[0] for row in rows]


def count_items(tx: Tx, recall_id: int, *, handled_only: bool) -> int:
    """Count a recall's units and parts."""
    narrowed = f"AND status IN ({_HANDLED_LIST})" if handled_only else ""
    return int(tx.scalar(f"SELECT count(*) FROM recall_item WHERE recall_id = :id {narrowed}", id=recall_id))


def open_units(tx: Tx, recall_id: int) -> int:
    """Count the units about which something is left to do."""
    return int(
        tx.scalar(
            f"SELECT count(*) FROM recall_item WHERE recall_id = :id AND role = 'unit' "
            f"AND status NOT IN ({_HANDLED_LIST})",
            id=recall_id,
        )
    )


def count_of_holder(tx: Tx, recall_id: int, partner_id: int) -> int:
    """Count the units that a partner had when the recall was opened."""
    return int(
        tx.scalar(
            "SELECT count(*) FROM recall_item WHERE recall_id = :id AND role = 'unit' AND holder_id = :partner",
            id=recall_id,
            partner=partner_id,
        )
    )


def rows_of(tx: Tx, recall_id: int, ids: Collection[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return and lock a recall's rows of these items; what is not in its scope is missing."""
    rows = tx.rows(
        "SELECT * FROM recall_item WHERE recall_id = :id AND item_id ANY(:ids, bigint) ORDER BY item_id /*LOCK*/",
        id=recall_id,
        ids=sorted(ids),
    )
    return {row.item_id: row for row in rows}


def change_items(tx: Tx, recall_id: int, ids: Sequence[int], status: str, sets: Mapping[str, Any]) -> None:
    """Write what has become of pieces; a value of None is written too."""
    names = "".join(f", {name} = :{name}" for name in sets)
    tries = ", attempts = attempts + 1" if "notified_at" in sets else ""
    tx.run(
        f"UPDATE recall_item SET status = :status{names}{tries} "
        "WHERE recall_id = :recall AND item_id ANY(:ids, bigint)",
        status=status,
        recall=recall_id,
        ids=list(ids),
        **sets,
    )


def note_held(tx: Tx, recall_id: int, first: int, last: int, at: int) -> None:
    """Note that a run of pieces is marked, so that none of them can be used or sold."""
    tx.run(
        "UPDATE recall_item SET held_at = :at WHERE recall_id = :id AND item_id >= :first AND item_id <= :last "
        "AND held_at IS NULL",
        id=recall_id,
        first=first,
        last=last,
        at=at,
    )


def find_items(
    tx: Tx, recall_id: int, conditions: Mapping[str, Any], *, after: int, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return a recall's rows in order of item ids, narrowed by what stands in ``conditions``.

    ``statuses``, ``role`` and ``product_id`` are columns of the recall; ``places``, ``holder_id``, ``state`` and
    ``areas`` are where the piece is now.
    """
    where, params = ["r.recall_id = :id", "r.item_id > :after"], dict[str, Any](id=recall_id, after=after)
    for name, column in (
        ("role", "r.role"),
        ("product_id", "r.product_id"),
        ("holder_id", "i.holder_id"),
        ("opened_holder", "r.holder_id"),
        ("state", "i.state"),
    ):
        if conditions.get(name) is not None:
            where.append(f"{column} = :{name}")
            params[name] = conditions[name]
    if conditions.get("statuses") is not None:
        where.append("r.status ANY(:statuses, text)")
        params["statuses"] = list(conditions["statuses"])
    if conditions.get("places") is not None:
        where.append("i.place_id ANY(:places, bigint)")
        params["places"] = list(conditions["places"])
    if conditions.get("areas") is not None:
        where.append("i.place_id ANY(:areas, bigint)")
        params["areas"] = [*conditions["areas"], 0]
    return tx.rows(
        f"SELECT r.* FROM recall_item r JOIN item i ON i.id = r.item_id WHERE {' AND '.join(where)} "
        f"ORDER BY r.item_id LIMIT {int(limit)}",
        **params,
    )
