"""The statements that read rows as the lines that leaves hold.

The database spells the lines: PostgreSQL by COPY, SQLite by joining columns. Where a text needs escapes, SQLite's
are spelled here instead; both ways give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_SPECIAL = (b"\\", b"\n", b"\r", b"\b", b"\f", b"\v")


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
    """Write the condition of a set of events: as a range where no other event lies in it, since that is read in order.

    PostgreSQL's COPY takes no parameters: whole numbers are written out.
    """
    first, last = min(event_ids), max(event_ids)
    there = tx.scalar("SELECT count(*) FROM event WHERE id BETWEEN :first AND :last", first=first, last=last)
    if there == len(event_ids):
        return f"BETWEEN {int(first)} AND {int(last)}", {}
    if tx.dialect == "postgresql":
        return f"= ANY('{{{','.join(str(int(one)) for one in event_ids)}}}'::bigint[])", {}
    return "IN (SELECT value FROM json_each(:ids))", {"ids": "[" + ",".join(map(str, event_ids)) + "]"}


def _lines(tx: Tx, kind: Kind, condition: str, params: dict[str, Any]) -> list[bytes]:
    source = _SOURCES[kind]
    names = [f"{source.prefix}{name}" for name in kind.columns]
    rest = f"FROM {source.tables} WHERE {condition} ORDER BY {source.order}"
    driver = tx.conn.connection.driver_connection
    assert driver is not None  # noqa: S101 - an open transaction has one
    if tx.dialect == "postgresql":
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY (SELECT '{kind.name}', {', '.join(names)} {rest}) TO STDOUT (NULL '-')") as copy,
        ):
            return b"".join(copy).split(b"\n")[:-1]
    parts = [f"coalesce({name}, '-')" if name in _NULLABLE else name for name in names]
    joined = " || char(9) || ".join((f"'{kind.name}'", *parts))
    found = [row[0] for row in driver.execute(f"SELECT CAST({joined} AS BLOB) {rest}", params)]
    if _is_plain(found, len(kind.columns)):
        return found
    return [spell(kind, row) for row in driver.execute(f"SELECT {', '.join(names)} {rest}", params)]


def _is_plain(lines: Iterable[bytes], tabs: int) -> bool:
    """Tell whether nothing in these lines needs an escape."""
    whole = list(lines)
    if None in whole:
        return False
    text = b"".join(whole)
    return text.count(b"\t") == tabs * len(whole) and not any(mark in text for mark in _SPECIAL)
