"""Every statement that compares what was found with what was expected, and those about the differences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mazhi.kernel.counts.freezing_store import STANDING
from mazhi.kernel.counts.model import ACTIONS
from mazhi.kernel.counts.store import count_difference
from mazhi.kernel.db import Tx

COLUMNS = tuple(column.name for column in count_difference.columns)
_NAMES = ", ".join(COLUMNS)
_UNIT = 1_000_000

_MOVED = (
    "EXISTS (SELECT 1 FROM history h WHERE h.item_id = {item} AND h.seq > {seq} "
    "AND (h.from_place <> h.to_place OR h.from_state <> h.to_state))"
)

# What a found piece is judged against; ``fresh``: the books of its scan, since it was not there at the opening.
_AGAINST = {
    "snapshot": (
        "SELECT s.*, CASE WHEN e.item_id IS NULL THEN s.book_place ELSE e.place_id END AS was_at, "
        "CASE WHEN e.item_id IS NULL THEN s.book_state ELSE e.state END AS was, "
        "CASE WHEN e.item_id IS NULL THEN s.book_seq ELSE e.seq END AS since, "
        "CASE WHEN e.item_id IS NULL THEN 1 ELSE 0 END AS fresh "
        "FROM count_scan s LEFT JOIN count_expected e ON e.session_id = s.session_id AND e.item_id = s.item_id "
    ),
    "live": (
        "SELECT s.*, s.book_place AS was_at, s.book_state AS was, s.book_seq AS since, 0 AS fresh FROM count_scan s "
    ),
}


def within(areas: Collection[int] | None, column: str = "place_id") -> tuple[str, dict[str, Any]]:
    """Return what narrows a statement to some places (None: to none), and its parameters."""
    return ("", {}) if areas is None else (f" AND {column} ANY(:areas, bigint)", {"areas": sorted(areas)})


def clear(tx: Tx, session_id: int) -> None:
    """Forget the differences that were worked out before."""
    tx.run("DELETE FROM count_difference WHERE session_id = :id", id=session_id)


def _last(tx: Tx, session_id: int) -> int:
    return int(tx.scalar("SELECT coalesce(max(line), 0) FROM count_difference WHERE session_id = :id", id=session_id))


def add_found(tx: Tx, session_id: int, kind: str) -> int:
    """Write down the found pieces that are in the wrong place, or should not be there."""
    here = f"x.was_at <> 0 AND x.was {STANDING}"
    moved = _MOVED.format(item="x.item_id", seq="x.since")
    return tx.run(
        f"INSERT INTO count_difference ({_NAMES}) SELECT x.session_id, :base + row_number() OVER (ORDER BY x.seq), "
        f"x.kind, x.item_id, x.product_id, x.batch_id, x.place_id, x.was_at, x.was, 0, {_UNIT}, x.moved, i.seq, '', "
        "x.actor, CASE WHEN x.moved = 1 THEN 'leave' WHEN x.kind = 'surplus' THEN 'in_stock' ELSE 'move' END, "
        "'', 0, '', '' FROM ("
        f"SELECT x.*, CASE WHEN {here} AND x.was_at <> x.place_id THEN 'wrong_place' ELSE 'surplus' END AS kind, "
        f"CASE WHEN (x.fresh = 1 AND x.was_at = x.place_id AND {here}) OR {moved} THEN 1 ELSE 0 END AS moved "
        f"FROM ({_AGAINST[kind]}WHERE s.session_id = :id AND s.counted = 1 AND s.item_id > 0) x "
        f"WHERE NOT ({here} AND x.was_at = x.place_id AND x.fresh = 0)) x JOIN item i ON i.id = x.item_id",
        id=session_id,
        base=_last(tx, session_id),
    ).rowcount


def add_missing(tx: Tx, session_id: int, kind: str) -> int:
    """Write down the pieces that were not found; live, those that moved meanwhile are not expected any more."""
    moved = _MOVED.format(item="e.item_id", seq="e.seq")
    return tx.run(
        f"INSERT INTO count_difference ({_NAMES}) SELECT x.session_id, "
        ":base + row_number() OVER (ORDER BY x.place_id, x.item_id), "
        "'missing', x.item_id, x.product_id, x.batch_id, x.place_id, x.place_id, x.state, "
        f"{_UNIT}, 0, x.moved, i.seq, '', '', CASE WHEN x.moved = 1 THEN 'leave' ELSE 'lost' END, '', 0, '', '' "
        f"FROM (SELECT e.*, CASE WHEN {moved} THEN 1 ELSE 0 END AS moved FROM ("
        # What was not found is taken as a difference of sets: that is quick however wrong the planner's guesses are
        # about rows that were written a moment ago.
        "SELECT item_id FROM count_expected WHERE session_id = :id EXCEPT "
        "SELECT item_id FROM count_scan WHERE session_id = :id AND counted = 1 AND item_id > 0) d "
        "JOIN count_expected e ON e.session_id = :id AND e.item_id = d.item_id) x "
        f"JOIN item i ON i.id = x.item_id{' WHERE x.moved = 0' if kind == 'live' else ''}",
        id=session_id,
        base=_last(tx, session_id),
    ).rowcount


def add_unknown(tx: Tx, session_id: int) -> int:
    """Write down the codes that nobody knows, with their text."""
    return tx.run(
        f"INSERT INTO count_difference ({_NAMES}) SELECT s.session_id, :base + row_number() OVER (ORDER BY s.seq), "
        f"'unknown', 0, 0, 0, s.place_id, 0, '', 0, {_UNIT}, 0, 0, s.raw, s.actor, 'leave', '', 0, '', '' "
        "FROM count_scan s WHERE s.session_id = :id AND s.counted = 1 AND s.answer = 'unknown'",
        id=session_id,
        base=_last(tx, session_id),
    ).rowcount


def quantity_lines(tx: Tx, session_id: int) -> list[tuple[Any, ...]]:
    """Return of every quantity (place, product, batch): frozen, now, counted, last, least, most, and who counted."""
    scanned = (
        "SELECT place_id, product_id, batch_id, sum(quantity) AS counted, max(seq) AS last_seq, "
        "min(book_quantity) AS least, max(book_quantity) AS most, min(actor) AS actor FROM count_scan "
        "WHERE session_id = :id AND counted = 1 AND item_id = 0 AND product_id > 0 "
        "GROUP BY place_id, product_id, batch_id"
    )
    keys = (
        "SELECT place_id, product_id, batch_id FROM count_book WHERE session_id = :id "
        "UNION SELECT place_id, product_id, batch_id FROM scanned"
    )
    present = (
        "SELECT s.place_id, s.product_id, s.batch_id, sum(s.quantity) AS quantity FROM stock s "
        f"WHERE s.slot = 0 AND s.state {STANDING} AND s.product_id IN (SELECT product_id FROM keyed) "
        "AND s.place_id IN (SELECT place_id FROM keyed) GROUP BY s.place_id, s.product_id, s.batch_id"
    )
    same = "{0}.place_id = k.place_id AND {0}.product_id = k.product_id AND {0}.batch_id = k.batch_id"
    return tx.tuples(
        f"WITH scanned AS ({scanned}), keyed AS ({keys}), present AS ({present}) "
        "SELECT k.place_id, k.product_id, k.batch_id, coalesce(b.quantity, 0), coalesce(p.quantity, 0), c.counted, "
        "coalesce(l.book_quantity, 0), coalesce(c.least, 0), coalesce(c.most, 0), coalesce(c.actor, '') FROM keyed k "
        f"LEFT JOIN count_book b ON b.session_id = :id AND {same.format('b')} "
        f"LEFT JOIN present p ON {same.format('p')} LEFT JOIN scanned c ON {same.format('c')} "
        "LEFT JOIN count_scan l ON l.session_id = :id AND l.seq = c.last_seq "
        "ORDER BY k.place_id, k.product_id, k.batch_id",
        id=session_id,
    )


def add_quantities(tx: Tx, session_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write down quantities that differ: place, product, batch, expected, counted, moved, who."""
    base = _last(tx, session_id)
    tx.insert(
        count_difference,
        COLUMNS,
        [
            (
                session_id, base + number, "quantity", 0, product, batch, place, place, "", expected, counted,
                int(moved), 0, "", actor, "leave" if moved else ACTIONS["quantity"][0], "", 0, "", "",
            )
            for number, (place, product, batch, expected, counted, moved, actor) in enumerate(rows, 1)
        ],
    )  # fmt: skip


def found_pieces(tx: Tx, session_id: int) -> int:
    """Count the pieces that were found."""
    return int(
        tx.scalar(
            "SELECT count(*) FROM count_scan WHERE session_id = :id AND counted = 1 AND item_id > 0", id=session_id
        )
    )


def expected_pieces(tx: Tx, session_id: int) -> int:
    """Count the pieces that stood there when it opened."""
    return int(tx.scalar("SELECT count(*) FROM count_expected WHERE session_id = :id", id=session_id))


def by_kind(tx: Tx, session_id: int) -> dict[tuple[str, int], int]:
    """Count the differences by kind, and by whether something moved meanwhile."""
    rows = tx.tuples(
        "SELECT kind, moved, count(*) FROM count_difference WHERE session_id = :id GROUP BY kind, moved", id=session_id
    )
    return {(kind, moved): count for kind, moved, count in rows}


def has_counted(tx: Tx, session_id: int, actor: str) -> bool:
    """Tell whether something that somebody counted still counts."""
    found = tx.scalar(
        "SELECT 1 FROM count_scan WHERE session_id = :id AND actor = :actor AND counted = 1 LIMIT 1",
        id=session_id,
        actor=actor,
    )
    return found is not None


def counters(tx: Tx, session_id: int, round_: int, areas: Collection[int] | None) -> list[Any]:
    """Return who counted in a round: scans by answer, and from when to when; only at these places."""
    where, params = within(areas)
    return list(
        tx.rows(
            "SELECT actor, count(*) AS scans, sum(counted) AS counted, "
            "sum(CASE WHEN answer = 'right' THEN 1 ELSE 0 END) AS right_, "
            "sum(CASE WHEN answer = 'wrong' THEN 1 ELSE 0 END) AS wrong, "
            "sum(CASE WHEN answer = 'duplicate' THEN 1 ELSE 0 END) AS duplicates, "
            "sum(CASE WHEN answer = 'unknown' THEN 1 ELSE 0 END) AS unknown, "
            "sum(CASE WHEN answer = 'undone' THEN 1 ELSE 0 END) AS undone, min(at) AS first, max(at) AS last "
            f"FROM count_scan WHERE session_id = :id AND round = :round AND answer <> 'place'{where} "
            "GROUP BY actor ORDER BY actor",
            id=session_id,
            round=round_,
            **params,
        )
    )


def differing_units(tx: Tx, session_id: int) -> list[tuple[int, int]]:
    """Return the places and products in which something differs; unknown codes have no product."""
    rows = tx.tuples(
        "SELECT DISTINCT place_id, product_id FROM count_difference WHERE session_id = :id AND product_id > 0",
        id=session_id,
    )
    return [(row[0], row[1]) for row in rows]


def where_they_belong(tx: Tx, session_id: int, units: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places of the session, with products, where the books have what was found wrongly at some units."""
    rows = tx.tuples(
        "SELECT DISTINCT d.place_id, d.book_place, d.product_id FROM count_difference d JOIN count_place c "
        "ON c.session_id = d.session_id AND c.place_id = d.book_place "
        "WHERE d.session_id = :id AND d.kind = 'wrong_place'",
        id=session_id,
    )
    return [(book, product) for place, book, product in rows if {(place, product), (place, 0)} & {*units}]


def count_again(tx: Tx, session_id: int, round_: int, units: Collection[tuple[int, int]]) -> None:
    """Begin a round in which some places and products are counted again: what was counted there counts no longer."""
    from mazhi.kernel.counts.store import count_recount

    columns = ("session_id", "round", "place_id", "product_id")
    tx.insert(count_recount, columns, [(session_id, round_, *unit) for unit in sorted(units)])
    tx.run(
        "UPDATE count_scan SET counted = 0 WHERE session_id = :id AND counted = 1 AND EXISTS ("
        "SELECT 1 FROM count_recount r WHERE r.session_id = :id AND r.round = :round "
        "AND r.place_id = count_scan.place_id AND r.product_id IN (0, count_scan.product_id))",
        id=session_id,
        round=round_,
    )
    tx.run(
        "UPDATE count_session SET round = :round, counted = (SELECT count(*) FROM count_scan s "
        "WHERE s.session_id = :id AND s.counted = 1) WHERE id = :id",
        id=session_id,
        round=round_,
    )


def lines(tx: Tx, session_id: int, numbers: Collection[int]) -> dict[int, Any]:
    """Return differences by their numbers."""
    rows = tx.rows(
        "SELECT * FROM count_difference WHERE session_id = :id AND line ANY(:lines, bigint)",
        id=session_id,
        lines=sorted(numbers),
    )
    return {row.line: row for row in rows}


def decide(tx: Tx, session_id: int, groups: Mapping[tuple[str, str], Collection[int]]) -> None:
    """Note what is to be done about differences, alike ones together."""
    for (action, reason), numbers in groups.items():
        tx.run(
            "UPDATE count_difference SET action = :action, reason = :reason "
            "WHERE session_id = :id AND line ANY(:lines, bigint)",
            id=session_id,
            action=action,
            reason=reason,
            lines=sorted(numbers),
        )


def page(
    tx: Tx, session_id: int, *, kinds: Collection[str], place: int | None, areas: Collection[int] | None, after: int,
    limit: int,
) -> list[Any]:  # fmt: skip
    """Return differences in their order, only those at these places."""
    where, params = within(areas)
    if kinds:
        where, params = f"{where} AND kind ANY(:kinds, text)", {**params, "kinds": sorted(kinds)}
    if place is not None:
        where, params = f"{where} AND place_id = :place", {**params, "place": place}
    return list(
        tx.rows(
            f"SELECT * FROM count_difference WHERE session_id = :id AND line > :after{where} ORDER BY line "
            f"LIMIT {int(limit)}",
            id=session_id,
            after=after,
            **params,
        )
    )
