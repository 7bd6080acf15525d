"""The statements of verification that belong to no single block."""

from __future__ import annotations

from collections.abc import Iterator

from mazhi.kernel.db import Tx
from mazhi.kernel.ledger.model import row_data
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.personal import store as personal
from mazhi.kernel.personal.model import HASH, salted_hash
from mazhi.kernel.sealing.model import CLOSED, EVENT, HISTORY, IDENTIFIER, MOVE, OPENED

CHUNK = 5_000
SHOWN = 1_000

_COUNTS = {
    EVENT: ("event", "id", ""),
    HISTORY: ("history", "event_id", ""),
    MOVE: ("stock_move", "event_id", ""),
    IDENTIFIER: ("identifier", "event_id", ""),
    OPENED: ("part_of", "since_event", ""),
    CLOSED: ("part_of", "until_event", " WHERE until_event IS NOT NULL"),
}


def counts(tx: Tx) -> dict[str, int]:
    """Count the rows of every kind that should be sealed: all there are but for those that wait."""
    found = {}
    for kind, (table, event, where) in _COUNTS.items():
        whole = tx.scalar(f"SELECT count(*) FROM {table}{where}")
        waiting = tx.scalar(
            f"SELECT count(*) FROM unsealed u JOIN {table} t ON t.{event} = u.event_id "
            "WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.event_id = u.event_id)"
            if kind is not IDENTIFIER
            else "SELECT count(*) FROM unsealed u JOIN history h ON h.event_id = u.event_id "
            "JOIN identifier n ON n.item_id = h.item_id AND n.event_id = h.event_id "
            "WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.event_id = u.event_id)"
        )
        found[kind.name] = int(whole) - int(waiting)
    return found


_CODE = "coalesce((SELECT i.code FROM item i WHERE i.id = t.{item}), '#' || CAST(t.{item} AS TEXT))"
_KNOWN = (
    "NOT EXISTS (SELECT 1 FROM sealed s WHERE s.event_id = t.{event}) "
    "AND NOT EXISTS (SELECT 1 FROM unsealed u WHERE u.event_id = t.{event})"
)
_STRANGERS = {
    EVENT: ("'#' || CAST(t.id AS TEXT)", "CAST(t.id AS TEXT)", "事件 {}", "event {}"),
    HISTORY: (_CODE.format(item="item_id"), "CAST(t.seq AS TEXT)", "履历第 {} 行", "history row {}"),
    MOVE: ("'#' || CAST(t.event_id AS TEXT)", "CAST(t.line AS TEXT)", "库存流水第 {} 行", "stock move line {}"),
    IDENTIFIER: (_CODE.format(item="item_id"), "t.namespace || ':' || t.value", "标识 {}", "identifier {}"),
    OPENED: (
        _CODE.format(item="parent_id"),
        "t.child_kind || ' ' || CAST(t.child_id AS TEXT)",
        "装入 {}",
        "edge to {}",
    ),
    CLOSED: (
        _CODE.format(item="parent_id"),
        "t.child_kind || ' ' || CAST(t.child_id AS TEXT)",
        "拆出 {}",
        "end of the edge to {}",
    ),
}


def strangers(tx: Tx) -> Iterator[Fault]:
    """Name the rows that belong to no event that was posted: nobody sealed them and nothing is about to."""
    for kind, (table, event, _) in _COUNTS.items():
        subject, what, zh, en = _STRANGERS[kind]
        condition = _KNOWN.format(event=event)
        if kind is IDENTIFIER:
            condition = (
                f"({condition} OR NOT EXISTS (SELECT 1 FROM history h "
                "WHERE h.item_id = t.item_id AND h.event_id = t.event_id))"
            )
        if kind is CLOSED:
            condition = f"t.until_event IS NOT NULL AND {condition}"
        for row in tx.rows(
            f"SELECT {subject} AS subject, {what} AS what FROM {table} t WHERE {condition} LIMIT {SHOWN}"
        ):
            names = {"row_zh": zh.format(row.what), "row_en": en.format(row.what)}
            yield Fault("row_added", str(row.subject), {**names, "block": 0})


def notes(tx: Tx, events: int) -> Iterator[Fault]:
    """Check the outbox and the index of sealed events."""
    queries = {
        "both": "SELECT u.event_id FROM unsealed u JOIN sealed s ON s.event_id = u.event_id",
        "nothing": "SELECT u.event_id FROM unsealed u LEFT JOIN event e ON e.id = u.event_id WHERE e.id IS NULL",
    }
    for what, query in queries.items():
        for row in tx.rows(f"{query} ORDER BY u.event_id LIMIT {SHOWN}"):
            yield Fault("outbox_differs", f"#{row[0]}", {"event": row[0], "what": what})
    if tx.scalar("SELECT count(*) FROM sealed") != events:
        rows = tx.rows(
            "SELECT event_id FROM sealed t WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = t.event_id) "
            f"OR NOT EXISTS (SELECT 1 FROM seal_block b WHERE b.number = t.block) ORDER BY event_id LIMIT {SHOWN}"
        )
        for row in rows:
            yield Fault("outbox_differs", f"#{row[0]}", {"event": row[0], "what": "index"})
        if not rows:
            yield Fault("seal_altered", "", {"block": 0, "what": "index"})


def nodes(tx: Tx, size: int) -> Iterator[Fault]:
    """Check that there are as many subtrees as a tree of this size has."""
    expected = sum(size >> level for level in range(size.bit_length()))
    if tx.scalar("SELECT count(*) FROM seal_node") != expected:
        yield Fault("seal_altered", "", {"block": size, "what": "nodes"})
    if tx.scalar("SELECT count(*) FROM seal_leaves") != tx.scalar("SELECT count(*) FROM seal_block"):
        yield Fault("seal_altered", "", {"block": size, "what": "leaves"})


_EDGE = "parent_id, child_kind, child_id, since_event, until_event, quantity, since_at, until_at"


def edges(tx: Tx) -> Iterator[Fault]:
    """Check that edges by parent and by child are the same."""
    code = _CODE.format(item="parent_id")
    for one, other in (("part_of", "part_in"), ("part_in", "part_of")):
        rows = tx.rows(
            f"SELECT {code} AS subject, t.child_kind, t.child_id FROM "
            f"(SELECT {_EDGE} FROM {one} EXCEPT SELECT {_EDGE} FROM {other}) t LIMIT {SHOWN}"
        )
        for row in rows:
            yield Fault("edge_differs", str(row.subject), {"child": f"{row.child_kind} {row.child_id}", "table": one})


def payloads(tx: Tx) -> Iterator[Fault]:
    """Check personal data against the salted hashes in their events; what was erased leaves the hash alone."""
    after = 0
    while rows := personal.page(tx, after, CHUNK):
        for row in rows:
            expected = row_data(row.data or "").get(HASH)
            kept = row.erased_at is None
            if expected is None or row.item_id or (kept and salted_hash(row.salt, row.body) != expected):
                yield Fault("payload_altered", f"#{row.event_id}", {"event": row.event_id})
        after = rows[-1].event_id
    for row in personal.missing(tx):
        if HASH in row_data(row[1]):
            yield Fault("payload_missing", f"#{row[0]}", {"event": row[0]})
