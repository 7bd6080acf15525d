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


def unvisited(tx: Tx, session_id: int, round_: int, *, every: bool) -> int:
    """Return at how many places of a round nobody has scanned anything yet.

    ``every``: of all places of the session; else of those where something is expected.
    """
    wanted = (
        "SELECT place_id FROM count_place WHERE session_id = :id"
        if every
        else "SELECT place_id FROM count_expected WHERE session_id = :id "
        "UNION SELECT place_id FROM count_book WHERE session_id = :id"
    )
    if round_ > 1:
        wanted = "SELECT place_id FROM count_recount WHERE session_id = :id AND round = :round"
    return int(
        tx.scalar(
            f"SELECT count(*) FROM ({wanted} EXCEPT SELECT place_id FROM count_scan WHERE session_id = :id "
            "AND round = :round AND answer <> 'undone') x",
            id=session_id,
            round=round_,
        )
    )


def summary(tx: Tx, session_id: int, areas: Collection[int] | None) -> list[Any]:
    """Return of every product that differs what was expected, counted, too much and too little, in millionths."""
    where, params = within(areas)
    return list(
        tx.rows(
            "SELECT p.code AS product, p.name, x.* FROM (SELECT product_id, sum(expected) AS expected, "
            "sum(counted) AS counted, sum(CASE WHEN counted > expected THEN counted - expected ELSE 0 END) AS more, "
            "sum(CASE WHEN counted < expected THEN expected - counted ELSE 0 END) AS less, count(*) AS lines "
            "FROM count_difference WHERE session_id = :id AND kind IN ('missing', 'surplus', 'quantity')"
            f"{where} GROUP BY product_id) x JOIN product p ON p.id = x.product_id "
            "ORDER BY x.more + x.less DESC, p.code LIMIT 1000",
            id=session_id,
            **params,
        )
    )


def sheet(tx: Tx, session_id: int, areas: Collection[int] | None, after: tuple[str, str, str], limit: int) -> list[Any]:
    """Return what is expected by place, product and batch, in the order of their codes, after one of them."""
    where, params = within(areas, "p.id")
    return list(
        tx.rows(
            "SELECT p.code AS place, g.code AS product, g.name, g.unit, g.tracking, coalesce(b.code, '') AS batch, "
            "x.expected FROM ("
            "SELECT place_id, product_id, batch_id, count(*) * 1000000 AS expected FROM count_expected "
            "WHERE session_id = :id GROUP BY place_id, product_id, batch_id "
            "UNION ALL SELECT place_id, product_id, batch_id, quantity FROM count_book WHERE session_id = :id) x "
            "JOIN place p ON p.id = x.place_id JOIN product g ON g.id = x.product_id "
            "LEFT JOIN batch b ON b.id = x.batch_id "
            f"WHERE (p.code, g.code, coalesce(b.code, '')) > (:place, :product, :batch){where} "
            f"ORDER BY p.code, g.code, coalesce(b.code, '') LIMIT {int(limit)}",
            id=session_id,
            place=after[0],
            product=after[1],
            batch=after[2],
            **params,
        )
    )


def places(tx: Tx, session_id: int, areas: Collection[int] | None, after: str, limit: int, *, every: bool) -> list[Any]:
    """Return the places of a session in the order of their codes.

    ``every``: also those where nothing is expected and nobody scanned anything.
    """
    where, params = within(areas, "p.id")
    rest = "UNION ALL SELECT place_id, 0, 0, 0, 0 FROM count_place WHERE session_id = :id " if every else ""
    return list(
        tx.rows(
            "SELECT p.code, p.name, x.expected, x.counted, x.scans, x.visits FROM ("
            "SELECT place_id, sum(expected) AS expected, sum(counted) AS counted, sum(scans) AS scans, "
            "sum(visits) AS visits FROM ("
            "SELECT place_id, count(*) AS expected, 0 AS counted, 0 AS scans, 0 AS visits FROM count_expected "
            "WHERE session_id = :id GROUP BY place_id "
            "UNION ALL SELECT place_id, count(*), 0, 0, 0 FROM count_book WHERE session_id = :id GROUP BY place_id "
            "UNION ALL SELECT place_id, 0, sum(CASE WHEN answer = 'unknown' THEN 0 ELSE counted END), "
            "sum(CASE WHEN answer = 'place' THEN 0 ELSE 1 END), "
            f"count(*) FROM count_scan WHERE session_id = :id GROUP BY place_id {rest}) y GROUP BY place_id) x "
            f"JOIN place p ON p.id = x.place_id WHERE p.code > :after{where} ORDER BY p.code LIMIT {int(limit)}",
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
