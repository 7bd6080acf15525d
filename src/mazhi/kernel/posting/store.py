"""Every statement of posting; set-based, whether one item is posted or 100,000."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.items.store import item
from mazhi.kernel.ledger.store import event, history
from mazhi.kernel.posting.model import Facts
from mazhi.kernel.posting.quantities import Move, StockKey
from mazhi.kernel.stock.store import KEY, stock_move

FACTS = ", ".join(Facts._fields)
POOL_SLOT = 0
"""The slot of quantity goods; serial items are counted in the slots above it."""


def resolve(tx: Tx, values: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Return ``value → [(namespace, item id)]`` for these identifiers."""
    found: dict[str, list[tuple[str, int]]] = {}
    if len(values) == 1:
        rows = tx.rows("SELECT value, namespace, item_id FROM identifier WHERE value = :value", value=values[0])
    else:
        rows = tx.rows(
            "SELECT value, namespace, item_id FROM identifier WHERE value ANY(:values, text)",
            values=list(values),
        )
    for value, namespace, item_id in rows:
        found.setdefault(value, []).append((namespace, item_id))
    return found


def lock_items(tx: Tx, ids: Iterable[int]) -> dict[int, tuple[int, str, Facts]]:
    """Lock these items in key order and return ``id → (seq, code, facts)``."""
    wanted = sorted(ids)
    where, params = ("id = :id", {"id": wanted[0]}) if len(wanted) == 1 else ("id ANY(:ids, bigint)", {"ids": wanted})
    rows = tx.run(f"SELECT id, seq, code, {FACTS} FROM item WHERE {where} ORDER BY id /*LOCK*/", **params)
    return {row[0]: (row[1], row[2], Facts._make(row[3:])) for row in rows}


def facts_of(tx: Tx, ids: Iterable[int]) -> dict[int, Facts]:
    """Return what decides about these items, without locking them."""
    rows = tx.rows(f"SELECT id, {FACTS} FROM item WHERE id ANY(:ids, bigint)", ids=sorted(ids))
    return {row[0]: Facts._make(row[1:]) for row in rows}


Target = tuple[tuple[str, Any], ...]
"""What is to become of a group of items: the columns that change, with their new values, in their order."""


def update_items(tx: Tx, groups: Mapping[Target, list[int]]) -> None:
    """Write what changes to groups of locked items; what stays is not written, so that alike changes go together."""
    for target, ids in groups.items():
        where, params = ("id = :id", {"id": ids[0]}) if len(ids) == 1 else ("id ANY(:ids, bigint)", {"ids": ids})
        sets = "".join(f"{name} = :{name}, " for name, _ in target)
        done = tx.run(
            f"UPDATE item SET {sets}seq = seq + 1, version = version + 1 WHERE {where}", **params, **dict(target)
        )
        if done.rowcount != len(ids):
            raise RuntimeError(f"{len(ids)} locked items, {done.rowcount} of them updated")


def update_code(tx: Tx, item_id: int, code: str) -> None:
    """Give an item another code of its own."""
    tx.run("UPDATE item SET code = :code WHERE id = :id", code=code, id=item_id)


def lock_named(tx: Tx, value: str, namespace: str | None) -> dict[int, tuple[int, str, Facts]]:
    """Lock the items with this identifier, in one statement; as ``lock_items`` returns them."""
    within = "" if namespace is None else " AND namespace = :namespace"
    params = {"value": value} if namespace is None else {"value": value, "namespace": namespace}
    rows = tx.run(
        f"SELECT id, seq, code, {FACTS} FROM item "
        f"WHERE id IN (SELECT item_id FROM identifier WHERE value = :value{within}) ORDER BY id /*LOCK*/",
        **params,
    )
    return {row[0]: (row[1], row[2], Facts._make(row[3:])) for row in rows}


def count_others(tx: Tx, product_id: int, item_ids: Iterable[int]) -> int:
    """Count the pieces of a product that are neither voided nor among these."""
    return int(
        tx.scalar(
            "SELECT count(*) FROM item WHERE product_id = :product AND state <> '' AND NOT id ANY(:ids, bigint)",
            product=product_id,
            ids=sorted(item_ids),
        )
    )


def contents(tx: Tx, package_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return ``(package id, item id)`` for what is directly inside these packages."""
    rows = tx.rows(
        "SELECT parent_id, id FROM item WHERE parent_id ANY(:ids, bigint) ORDER BY id",
        ids=sorted(package_ids),
    )
    return [(row[0], row[1]) for row in rows]


HISTORY = (
    "item_id", "seq", "event_id", "operation", "occurred_at", "recorded_at", "actor", "document",
    "from_state", "to_state", "from_place", "to_place", "data",
)  # fmt: skip


def insert_history(tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
    """Append history rows, in the order of ``HISTORY``."""
    tx.insert(history, HISTORY, rows)


EVENT = (
    "id",
    "operation",
    "occurred_at",
    "recorded_at",
    "actor",
    "device",
    "document",
    "note",
    "data",
    "corrects",
)


_EVENT_AND_NOTE = (
    f"WITH made AS (INSERT INTO event ({', '.join(EVENT)}) VALUES ({', '.join(f':{name}' for name in EVENT)}) "
    "RETURNING id) INSERT INTO unsealed (event_id) SELECT id FROM made"
)


def insert_event(tx: Tx, row: tuple[Any, ...]) -> None:
    """Append one event, in the order of ``EVENT``, and note that it is to be sealed."""
    if tx.dialect == "sqlite":
        tx.insert(event, EVENT, [row])
        tx.run("INSERT INTO unsealed (event_id) VALUES (:id)", id=row[0])
    else:  # in one trip to the server
        tx.run(_EVENT_AND_NOTE, **dict(zip(EVENT, row, strict=True)))


ITEM = (
    "id", "code", *Facts._fields, "place_since", "state_since", "seq", "version",
)  # fmt: skip


def insert_items(tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert new items, in the order of ``ITEM``."""
    tx.insert(item, ITEM, rows)


_NO_LABEL = (
    "NOT EXISTS (SELECT 1 FROM roll_label l WHERE l.code = {value} AND l.namespace = {namespace} "
    "AND l.state <> 'bound')"
)
_BIND_ONE = (
    "INSERT INTO identifier (value, namespace, item_id, event_id) SELECT ?1, ?2, ?3, ?4 "
    f"WHERE {_NO_LABEL.format(value='?1', namespace='?2')} ON CONFLICT DO NOTHING"
)


def insert_identifiers(tx: Tx, rows: Sequence[tuple[str, str, int, int]]) -> set[tuple[str, str]]:
    """Bind identifiers ``(value, namespace, item id, event id)``; return those that lead to another item already.

    Codes of labels that are not bound yet are kept for those labels: they are returned too. Nothing is bound for what
    is returned.
    """
    if tx.dialect == "sqlite":
        before = tx.scalar("SELECT total_changes()")
        cursor = tx.conn.connection.cursor()
        cursor.executemany(_BIND_ONE, rows)
        cursor.close()
        bound = tx.scalar("SELECT total_changes()") - before
    else:
        bound = tx.run(
            "INSERT INTO identifier (value, namespace, item_id, event_id) "
            "SELECT * FROM ROWS(:rows, value text, namespace text, item_id bigint, event_id bigint) r "
            f"WHERE {_NO_LABEL.format(value='r.value', namespace='r.namespace')} ON CONFLICT DO NOTHING",
            rows=list(rows),
        ).rowcount
    if bound == len(rows):
        return set()
    mine = {(value, namespace): item_id for value, namespace, item_id, _ in rows}
    taken = tx.rows(
        "SELECT value, namespace, item_id FROM identifier WHERE value ANY(:values, text) "
        "UNION ALL SELECT code, namespace, -1 FROM roll_label WHERE code ANY(:values, text) AND state <> 'bound'",
        values=[row[0] for row in rows],
    )
    return {(value, namespace) for value, namespace, owner in taken if mine.get((value, namespace), owner) != owner}


def on_rolls(tx: Tx, codes: Sequence[str], namespace: str) -> set[str]:
    """Return which of these codes are kept for labels that are not bound yet."""
    rows = tx.rows(
        "SELECT code FROM roll_label WHERE code ANY(:codes, text) AND namespace = :space AND state <> 'bound'",
        codes=list(codes),
        space=namespace,
    )
    return {row[0] for row in rows}


def claim_request(tx: Tx, client_key: str, body_hash: str, at: int) -> tuple[str, str] | None:
    """Claim a client key: None if it is new, else ``(body hash, answer)`` of the request that had it.

    The body hash is empty where that was another request. A concurrent repeat waits here until the first has committed.
    """
    done = tx.run(
        "INSERT INTO request (client_key, body_hash, recorded_at, answer) VALUES (:key, :hash, :at, '') "
        "ON CONFLICT DO NOTHING",
        key=client_key,
        hash=_salted(body_hash, secrets.token_hex(8)),
        at=at,
    )
    if done.rowcount:
        return None
    found = known_request(tx, client_key, body_hash)
    if found is None:
        raise RuntimeError("a request vanished while it was read")
    return found


def known_request(tx: Tx, client_key: str, body_hash: str) -> tuple[str, str] | None:
    """Return ``(body hash, answer)`` of an earlier request with this key, without claiming it.

    The body hash is empty where that was another request.
    """
    row = tx.row("SELECT body_hash, answer FROM request WHERE client_key = :key", key=client_key)
    if row is None:
        return None
    salt, salted, _ = row.body_hash.partition(":")
    same = row.body_hash == (_salted(body_hash, salt) if salted else body_hash)
    return body_hash if same else "", row.answer


def _salted(body_hash: str, salt: str) -> str:
    """Salt a hash, so that what a request said (a telephone number, say) is not found by trying."""
    return f"{salt}:{hashlib.sha256((salt + body_hash).encode()).hexdigest()}"


def codes_of_event(tx: Tx, event_id: int) -> list[str]:
    """Return the codes of the items that an event touched, by item id."""
    rows = tx.rows(
        "SELECT i.code FROM history h JOIN item i ON i.id = h.item_id WHERE h.event_id = :id ORDER BY h.item_id",
        id=event_id,
    )
    return [row[0] for row in rows]


def store_answer(tx: Tx, client_key: str, event_id: int | None, answer: str) -> None:
    """Keep the answer of a request for its repeats."""
    tx.run(
        "UPDATE request SET event_id = :event, answer = :answer WHERE client_key = :key",
        event=event_id,
        answer=answer,
        key=client_key,
    )


def lock_pool(tx: Tx, product_ids: Iterable[int]) -> dict[StockKey, int]:
    """Lock and return the quantity balances of these products."""
    rows = tx.run(
        f"SELECT {', '.join(KEY)}, quantity FROM stock WHERE product_id ANY(:ids, bigint) AND slot = {POOL_SLOT} "
        f"ORDER BY {', '.join(KEY)} /*LOCK*/",
        ids=sorted(product_ids),
    )
    return {StockKey._make(row[:-1]): row[-1] for row in rows}


def insert_moves(tx: Tx, event_id: int, moves: Sequence[Move]) -> None:
    """Append the stock moves of an event."""
    outside = (0, "", "", 0, 0)
    rows = [
        (event_id, line, move.product_id, move.batch_id, *(move.source[2:] if move.source else outside),
         *(move.target[2:] if move.target else outside), move.quantity)
        for line, move in enumerate(moves)
    ]  # fmt: skip
    tx.insert(stock_move, [column.name for column in stock_move.columns], rows)


_STOCK = (
    "product_id bigint, batch_id bigint, place_id bigint, state text, quality text, owner_id bigint, "
    "blocked smallint, slot smallint, quantity bigint"
)


def add_to_stock(tx: Tx, deltas: Mapping[StockKey, int], *, slot: int) -> None:
    """Add to balances: zero deltas dropped, keys sorted, so that writers meet in the same order."""
    rows = [(*key, slot, delta) for key, delta in sorted(deltas.items()) if delta]
    if not rows:
        return
    names = ", ".join((*KEY, "slot", "quantity"))
    added = f"ON CONFLICT ({', '.join((*KEY, 'slot'))}) DO UPDATE SET quantity = stock.quantity + excluded.quantity"
    if tx.dialect == "postgresql":
        tx.run(f"INSERT INTO stock ({names}) SELECT * FROM ROWS(:rows, {_STOCK}) r {added}", rows=rows)
        return
    cursor = tx.conn.connection.cursor()
    cursor.executemany(f"INSERT INTO stock ({names}) VALUES ({', '.join(['?'] * (len(KEY) + 2))}) {added}", rows)
    cursor.close()
