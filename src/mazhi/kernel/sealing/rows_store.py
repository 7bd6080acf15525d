"""The statements that read rows as the lines that leaves hold.

The databases spell them, which is faster than fetching the values and leaves Python to the hashing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.sealing.model import CLOSED, EVENT, HISTORY, IDENTIFIER, KINDS, MOVE, OPENED, Kind, spell


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the rows of a kind come from; ``event`` is the column that says which event they belong to."""

    tables: str
    event: str
    order: str
    prefix: str = ""


_SOURCES = {
    EVENT: _Source("event", "id", "id"),
    HISTORY: _Source("history", "event_id", "event_id, item_id, seq"),
    MOVE: _Source("stock_move", "event_id", "event_id, line"),
    IDENTIFIER: _Source(
        "history h JOIN identifier n ON n.item_id = h.item_id AND n.event_id = h.event_id",
        "h.event_id",
        "h.event_id, h.item_id, h.seq, n.value, n.namespace",
        "n.",
    ),
    OPENED: _Source("part_of", "since_event", "since_event, parent_id, child_kind, child_id"),
    CLOSED: _Source("part_of", "until_event", "until_event, parent_id, child_kind, child_id, since_event"),
}


_NULLABLE = {"corrects", "until_at"}
_OFTEN_EMPTY = {"device", "document", "note", "data"}
_TEXTS = _OFTEN_EMPTY | {
    "operation", "actor", "from_state", "to_state", "from_quality", "to_quality", "value", "namespace", "child_kind",
}  # fmt: skip


def lines_of_events(tx: Tx, event_ids: Sequence[int]) -> dict[Kind, list[bytes]]:
    """Return the lines of everything that belongs to these events, by kind and in the order of a block."""
    condition, params = _condition(tx, event_ids)
    return {kind: _lines(tx, kind, f"{_SOURCES[kind].event} {condition}", params) for kind in KINDS}


def lines_of_item(tx: Tx, item_id: int) -> dict[Kind, list[bytes]]:
    """Return the lines that tell of one item: its history with the events, its identifiers, the edges at it."""
    events = f"SELECT event_id FROM history WHERE item_id = {int(item_id)}"
    at_it = f"parent_id = {int(item_id)}"
    in_it = (
        "(child_kind, child_id, parent_id, since_event) IN (SELECT child_kind, child_id, parent_id, since_event "
        f"FROM part_in WHERE child_kind = 'item' AND child_id = {int(item_id)})"
    )
    found = {
        EVENT: _lines(tx, EVENT, f"id IN ({events})", {}),
        HISTORY: _lines(tx, HISTORY, f"item_id = {int(item_id)}", {}),
        IDENTIFIER: _lines(tx, IDENTIFIER, f"h.item_id = {int(item_id)}", {}),
    }
    for kind in (OPENED, CLOSED):
        there = f"{_SOURCES[kind].event} IS NOT NULL"
        found[kind] = sorted(
            {line for where in (at_it, in_it) for line in _lines(tx, kind, f"{there} AND {where}", {})}
        )
    return found


def _condition(tx: Tx, event_ids: Sequence[int]) -> tuple[str, dict[str, Any]]:
    """Write the condition of a set of events: as a range where no other lies in it, since that is read in order."""
    first, last = min(event_ids), max(event_ids)
    there = tx.scalar("SELECT count(*) FROM event WHERE id BETWEEN :first AND :last", first=first, last=last)
    if there == len(event_ids):
        return f"BETWEEN {int(first)} AND {int(last)}", {}
    if tx.dialect == "postgresql":
        return "= ANY(%(ids)s::bigint[])", {"ids": list(event_ids)}
    return "IN (SELECT value FROM json_each(:ids))", {"ids": "[" + ",".join(map(str, event_ids)) + "]"}


def _json(column: str, name: str) -> str:
    """Write a column as JSON in PostgreSQL's words; texts that are mostly empty are not escaped for nothing."""
    if name in _NULLABLE:
        return f"coalesce({column}::text, 'null')"
    if name not in _TEXTS:
        return column
    if name in _OFTEN_EMPTY:
        return f"CASE WHEN {column} = '' THEN '\"\"' ELSE to_json({column})::text END"
    return f"to_json({column})::text"


def _lines(tx: Tx, kind: Kind, condition: str, params: Mapping[str, Any]) -> list[bytes]:
    source = _SOURCES[kind]
    names = ", ".join(f"{source.prefix}{name}" for name in kind.columns)
    rest = f"FROM {source.tables} WHERE {condition} ORDER BY {source.order}"
    driver = tx.conn.connection.driver_connection
    assert driver is not None  # noqa: S101 - an open transaction has one
    if tx.dialect == "postgresql":
        parts = ", ".join(_json(name, name) for name in kind.columns)
        line = f"concat('[\"{kind.name}\",', concat_ws(',', {parts}), ']')"
        # OFFSET keeps the sort below the spelling: rows are smaller than lines.
        ordered = f"SELECT {names} {rest} OFFSET 0"
        row = driver.execute(f"SELECT string_agg({line}, E'\\n') FROM ({ordered}) r", params or None).fetchone()
        return row[0].encode().split(b"\n") if row[0] else []
    spelled = f"SELECT json_array('{kind.name}', {names}) AS line {rest}"
    try:
        (text,) = driver.execute(
            f"SELECT CAST(group_concat(line, char(10)) AS BLOB) FROM ({spelled})", params
        ).fetchone()
    except sqlite3.OperationalError:  # somebody put bytes where text belongs
        return [spell(kind, row) for row in driver.execute(f"SELECT {names} {rest}", params)]
    return text.split(b"\n") if text else []
