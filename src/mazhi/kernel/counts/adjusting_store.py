"""What is still to be posted of a session, and what came of it. The rows themselves say how far it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem

_LEFT = "session_id = :id AND action <> 'leave' AND event_id = 0 AND problem = ''"


def found_after(tx: Tx, session_id: int, after: int, limit: int) -> list[int]:
    """Return the next pieces that were found, in the order of their ids."""
    rows = tx.tuples(
        "SELECT item_id FROM count_scan WHERE session_id = :id AND counted = 1 AND item_id > :after "
        f"ORDER BY item_id LIMIT {int(limit)}",
        id=session_id,
        after=after,
    )
    return [row[0] for row in rows]


def counted_quantities(tx: Tx, session_id: int, after: int) -> tuple[int, list[tuple[str, str | None, int]]]:
    """Return the next place where quantities were counted, and what: product, batch, millionths; place 0: no more."""
    place = tx.scalar(
        "SELECT min(place_id) FROM count_scan WHERE session_id = :id AND counted = 1 AND item_id = 0 "
        "AND product_id > 0 AND quantity > 0 AND place_id > :after",
        id=session_id,
        after=after,
    )
    if place is None:
        return 0, []
    rows = tx.tuples(
        "SELECT p.code, b.code, sum(s.quantity) FROM count_scan s JOIN product p ON p.id = s.product_id "
        "LEFT JOIN batch b ON b.id = s.batch_id WHERE s.session_id = :id AND s.counted = 1 AND s.item_id = 0 "
        "AND s.place_id = :place GROUP BY p.code, b.code HAVING sum(s.quantity) > 0 ORDER BY p.code, b.code",
        id=session_id,
        place=place,
    )
    return place, [(row[0], row[1], int(row[2])) for row in rows]


def left(tx: Tx, session_id: int) -> int:
    """Count what is still to be posted."""
    return int(tx.scalar(f"SELECT count(*) FROM count_difference WHERE {_LEFT}", id=session_id))


def next_chunk(tx: Tx, session_id: int, limit: int) -> Sequence[Any]:
    """Return the next differences to be posted together: of one action, at one place."""
    first = tx.row(
        f"SELECT action, place_id FROM count_difference WHERE {_LEFT} ORDER BY action, place_id LIMIT 1", id=session_id
    )
    if first is None:
        return []
    return tx.rows(
        f"SELECT * FROM count_difference WHERE {_LEFT} AND action = :action AND place_id = :place ORDER BY line "
        f"LIMIT {int(limit)}",
        id=session_id,
        action=first.action,
        place=first.place_id,
    )


def moved_since(tx: Tx, seqs: Mapping[int, int]) -> set[int]:
    """Return which pieces changed their place or state after a row of their history."""
    rows = tx.tuples(
        "SELECT DISTINCT h.item_id FROM ROWS(:rows, item_id bigint, seq bigint) r "
        "JOIN history h ON h.item_id = r.item_id AND h.seq > r.seq "
        "WHERE h.from_place <> h.to_place OR h.from_state <> h.to_state",
        rows=sorted(seqs.items()),
    )
    return {row[0] for row in rows}


def posted(tx: Tx, session_id: int, lines: Collection[int], event_id: int) -> None:
    """Note by which event differences were put right."""
    tx.run(
        "UPDATE count_difference SET event_id = :event WHERE session_id = :id AND line ANY(:lines, bigint)",
        id=session_id,
        lines=sorted(lines),
        event=event_id,
    )


def refused(tx: Tx, session_id: int, problems: Mapping[int, Problem]) -> None:
    """Note why differences could not be put right."""
    for line, problem in sorted(problems.items()):
        tx.run(
            "UPDATE count_difference SET problem = :code, params = :params WHERE session_id = :id AND line = :line",
            id=session_id,
            line=line,
            code=problem.code,
            params=json.dumps(problem.params, ensure_ascii=False, default=str),
        )


def outcome(tx: Tx, session_id: int) -> dict[str, int]:
    """Count what came of it: adjusted, left as it was, and not possible."""
    row = tx.row(
        "SELECT coalesce(sum(CASE WHEN event_id > 0 THEN 1 ELSE 0 END), 0) AS adjusted, "
        "coalesce(sum(CASE WHEN action = 'leave' THEN 1 ELSE 0 END), 0) AS kept, "
        "coalesce(sum(CASE WHEN problem <> '' THEN 1 ELSE 0 END), 0) AS refused FROM count_difference "
        "WHERE session_id = :id",
        id=session_id,
    )
    return {"adjusted": int(row.adjusted), "left": int(row.kept), "refused": int(row.refused)} if row else {}
