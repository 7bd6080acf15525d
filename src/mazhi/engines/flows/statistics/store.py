"""Every statement of the statistics of flows; each is one pass over the rows of one flow, on both databases."""

from __future__ import annotations

from typing import Any

from mazhi.kernel.clock import MICROS_PER_DAY
from mazhi.kernel.db import Tx

PASSED = "state IN ('done', 'back', 'undone') AND left_at IS NOT NULL"


def nodes(tx: Tx, flow_id: int, since: int) -> list[Any]:
    """Return for each node how many steps passed since a moment, and the median and ninetieth percentile of their time.

    A percentile is the smallest time that so many of them did not exceed; it is found by counting, since SQLite has
    no function for it.
    """
    return list(
        tx.rows(
            "WITH passed AS (SELECT node, left_at - entered_at AS took, "
            "ROW_NUMBER() OVER (PARTITION BY node ORDER BY left_at - entered_at) AS place, "
            "COUNT(*) OVER (PARTITION BY node) AS number FROM flow_step "
            f"WHERE flow_id = :flow AND {PASSED} AND left_at >= :since) "
            "SELECT node, MAX(number) AS number, "
            "MIN(CASE WHEN place * 100 >= number * 50 THEN took END) AS median, "
            "MIN(CASE WHEN place * 100 >= number * 90 THEN took END) AS ninetieth "
            "FROM passed GROUP BY node",
            flow=flow_id,
            since=since,
        )
    )


def waiting(tx: Tx, flow_id: int, now: int) -> list[Any]:
    """Return for each node what waits there: how many steps, since when the oldest, how many late, how many failed."""
    return list(
        tx.rows(
            "SELECT s.node, COUNT(*) AS number, MIN(s.entered_at) AS oldest, "
            "SUM(CASE WHEN s.due_at < :now THEN 1 ELSE 0 END) AS late, "
            "SUM(CASE WHEN s.state = 'failed' THEN 1 ELSE 0 END) AS failed "
            "FROM flow_instance i JOIN flow_step s ON s.instance_id = i.id AND s.state IN ('open', 'failed') "
            "WHERE i.flow_id = :flow AND i.state IN ('running', 'failed') GROUP BY s.node",
            flow=flow_id,
            now=now,
        )
    )


def states(tx: Tx, flow_id: int) -> list[Any]:
    """Return how many instances there are by version and state."""
    return list(
        tx.rows(
            "SELECT version, state, COUNT(*) AS number FROM flow_instance WHERE flow_id = :flow "
            "GROUP BY version, state",
            flow=flow_id,
        )
    )


def days(tx: Tx, flow_id: int, since: int, offset: int) -> list[Any]:
    """Return how many instances were started and ended on each day since a moment; a day is counted from 1970.

    ``offset`` is how far the days of the house begin before those of UTC, in microseconds.
    """
    return list(
        tx.rows(
            "SELECT day, SUM(started) AS started, SUM(ended) AS ended FROM ("
            f"SELECT (started_at + :offset) / {MICROS_PER_DAY} AS day, 1 AS started, 0 AS ended FROM flow_instance "
            "WHERE flow_id = :flow AND started_at >= :since UNION ALL "
            f"SELECT (ended_at + :offset) / {MICROS_PER_DAY}, 0, 1 FROM flow_instance "
            "WHERE flow_id = :flow AND ended_at >= :since) d GROUP BY day ORDER BY day",
            flow=flow_id,
            since=since,
            offset=offset,
        )
    )
