"""The statements by which a session is read: how far each place is, and what is expected there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mazhi.kernel.counts.judging_store import within
from mazhi.kernel.db import Tx


def sums(tx: Tx, session_id: int, areas: Collection[int]) -> tuple[int, int]:
    """Return what is expected at these places, and how many scans count there."""
    where, params = within(areas)
    row = tx.tuples(
        f"SELECT (SELECT count(*) FROM count_expected WHERE session_id = :id{where}) "
        f"+ (SELECT count(*) FROM count_book WHERE session_id = :id{where}), "
        f"(SELECT count(*) FROM count_scan WHERE session_id = :id AND counted = 1{where})",
        id=session_id,
        **params,
    )[0]
    return int(row[0]), int(row[1])


def unknown(tx: Tx, session_id: int, areas: Collection[int] | None) -> int:
    """Return how many of the scans that count are codes that nobody knows."""
    where, params = within(areas)
    return int(
        tx.scalar(
            f"SELECT count(*) FROM count_scan WHERE session_id = :id AND counted = 1 AND answer = 'unknown'{where}",
            id=session_id,
            **params,
        )
    )


def places(tx: Tx, session_id: int, areas: Collection[int] | None, after: str, limit: int) -> list[Any]:
    """Return the places of a session where something is expected or was scanned, in the order of their codes."""
    where, params = within(areas, "p.id")
    return list(
        tx.rows(
            "SELECT p.code, p.name, x.expected, x.counted, x.scans FROM ("
            "SELECT place_id, sum(expected) AS expected, sum(counted) AS counted, sum(scans) AS scans FROM ("
            "SELECT place_id, count(*) AS expected, 0 AS counted, 0 AS scans FROM count_expected "
            "WHERE session_id = :id GROUP BY place_id "
            "UNION ALL SELECT place_id, count(*), 0, 0 FROM count_book WHERE session_id = :id GROUP BY place_id "
            "UNION ALL SELECT place_id, 0, sum(counted), count(*) FROM count_scan WHERE session_id = :id "
            "GROUP BY place_id) y GROUP BY place_id) x JOIN place p ON p.id = x.place_id WHERE p.code > :after"
            f"{where} ORDER BY p.code LIMIT {int(limit)}",
            id=session_id,
            after=after,
            **params,
        )
    )


def goods(tx: Tx, session_id: int, place: int) -> list[Any]:
    """Return what is expected and counted at a place, by product and batch; pieces are counted in millionths too."""
    return list(
        tx.rows(
            "SELECT p.code AS product, p.name, p.tracking, b.code AS batch, x.expected, x.counted FROM ("
            "SELECT product_id, batch_id, sum(expected) AS expected, sum(counted) AS counted FROM ("
            "SELECT product_id, batch_id, count(*) * 1000000 AS expected, 0 AS counted FROM count_expected "
            "WHERE session_id = :id AND place_id = :place GROUP BY product_id, batch_id "
            "UNION ALL SELECT product_id, batch_id, quantity, 0 FROM count_book "
            "WHERE session_id = :id AND place_id = :place "
            "UNION ALL SELECT product_id, batch_id, 0, sum(quantity) FROM count_scan "
            "WHERE session_id = :id AND place_id = :place AND counted = 1 AND product_id > 0 "
            "GROUP BY product_id, batch_id) y GROUP BY product_id, batch_id) x "
            "JOIN product p ON p.id = x.product_id LEFT JOIN batch b ON b.id = x.batch_id ORDER BY p.code, b.code",
            id=session_id,
            place=place,
        )
    )


def units(tx: Tx, session_id: int, round_: int, areas: Collection[int] | None) -> list[Any]:
    """Return what is counted again in a round: places and products (None: the whole place)."""
    where, params = within(areas, "r.place_id")
    return list(
        tx.rows(
            "SELECT p.code AS place, g.code AS product FROM count_recount r JOIN place p ON p.id = r.place_id "
            "LEFT JOIN product g ON g.id = r.product_id WHERE r.session_id = :id AND r.round = :round"
            f"{where} ORDER BY p.code, g.code LIMIT 1000",
            id=session_id,
            round=round_,
            **params,
        )
    )
