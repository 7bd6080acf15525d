"""Every statement about scan steps: what is expected, what was scanned, and the counters."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text

from mazhi.engines.flows.scans.model import Want
from mazhi.kernel.db import Key, Tx, metadata

flow_scan = Table(
    "flow_scan",
    metadata,
    Column("step_id", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_id", BigInteger, nullable=False),
    Column("node", Key, nullable=False),
    Column("state", String, nullable=False),  # open | done | undone
    Column("rules", Text, nullable=False),  # JSON
    Column("overrides", Text, nullable=False),  # JSON list of {kind, reason, by, at, seq}
    Column("expected", BigInteger, nullable=False),  # millionths, as all quantities here
    Column("matched", BigInteger, nullable=False),  # of what is expected
    Column("done", BigInteger, nullable=False),  # everything right
    Column("good", BigInteger, nullable=False),  # right lines
    Column("wrong", BigInteger, nullable=False),
    Column("duplicates", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),  # the number of the last line
    Column("updated_at", BigInteger, nullable=False),
    Index("flow_scan_instance", "instance_id", "node"),
    sqlite_with_rowid=False,
)

_COUNTED = "answer = 'right' AND item_id > 0"

flow_expected = Table(
    "flow_expected",
    metadata,
    Column("step_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("item_id", BigInteger, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("expected", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Index("flow_expected_product", "step_id", "product_id", "item_id"),
    Index("flow_expected_item", "item_id", "step_id", sqlite_where=text("item_id > 0"),
          postgresql_where=text("item_id > 0")),
    sqlite_with_rowid=False,
)  # fmt: skip

flow_scan_line = Table(
    "flow_scan_line",
    metadata,
    Column("step_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("answer", String, nullable=False),
    Column("said", String, nullable=False),  # the answer when it was given, whatever became of it
    Column("raw", Text, nullable=False),
    Column("code", String, nullable=False),  # of what is told; "" for nothing
    Column("params", Text, nullable=False),  # JSON; "" for none
    Column("policy", String, nullable=False),  # by which policy it was refused
    Column("item_id", BigInteger, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("line", Integer, nullable=False),  # the expected line that names this very item; 0 for none
    Column("within", BigInteger, nullable=False),  # the line of the box that it came out of; 0 for none
    Column("manual", Boolean, nullable=False),
    Column("client_key", Key, nullable=False),
    Column("done", BigInteger, nullable=False),  # how much was counted when it was answered
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    # No item twice in one step, whoever scans it at the same moment.
    Index("flow_scan_line_item", "item_id", "step_id", unique=True, sqlite_where=text(_COUNTED),
          postgresql_where=text(_COUNTED)),
    Index("flow_scan_line_key", "step_id", "client_key", unique=True, sqlite_where=text("client_key <> ''"),
          postgresql_where=text("client_key <> ''")),
    Index("flow_scan_line_answer", "step_id", "answer", "seq"),
    sqlite_with_rowid=False,
)  # fmt: skip

LINE = tuple(column.name for column in flow_scan_line.columns)
_WANT = "line, item_id, product_id, batch_id, expected, done"
# Where many rows are named, each names its step: so both databases look each up by its key. With the step as a
# constant they go through all rows of the step instead, once, or once for each row.
_OF_LINES = """
FROM ROWS(:rows, step bigint, line integer, gained bigint) r
WHERE flow_expected.step_id = r.step AND flow_expected.line = r.line
"""


def add(tx: Tx, step_id: int, instance_id: int, node: str, rules: Mapping[str, Any], at: int) -> None:
    """Begin the scanning of a step."""
    values = {
        "step_id": step_id, "instance_id": instance_id, "node": node, "state": "open",
        "rules": json.dumps(rules, ensure_ascii=False), "overrides": "[]", "expected": 0, "matched": 0, "done": 0,
        "good": 0, "wrong": 0, "duplicates": 0, "last": 0, "updated_at": at,
    }  # fmt: skip
    tx.insert(flow_scan, tuple(values), [tuple(values.values())])


def expect(tx: Tx, step_id: int, wants: Sequence[Want]) -> None:
    """Write down what should be scanned, for good."""
    tx.insert(
        flow_expected,
        [column.name for column in flow_expected.columns],
        [(step_id, one.line, one.item_id, one.product_id, one.batch_id, one.expected, one.done) for one in wants],
    )
    total = sum(one.expected for one in wants)
    tx.run("UPDATE flow_scan SET expected = :total WHERE step_id = :step", total=total, step=step_id)


def scan(tx: Tx, step_id: int, *, lock: bool = False) -> Any:
    """Return how far a step is, perhaps held against everybody who scans into it; None if it is no scan step."""
    return tx.row(f"SELECT * FROM flow_scan WHERE step_id = :step{' /*LOCK*/' if lock else ''}", step=step_id)


_TASK = """
SELECT t.id, t.user_id, t.state, t.step_id, s.state AS step_state, s.instance_id, s.node, i.state AS instance_state
FROM flow_task t JOIN flow_step s ON s.id = t.step_id JOIN flow_instance i ON i.id = t.instance_id
"""


def task(tx: Tx, number: int) -> Any:
    """Return a task with where its step and its instance stand."""
    return tx.row(f"{_TASK} WHERE t.id = :id", id=number)


def tasks(tx: Tx, numbers: Collection[int]) -> dict[int, Any]:
    """Return tasks with where their steps and instances stand."""
    return {row.id: row for row in tx.rows(f"{_TASK} WHERE t.id ANY(:ids, bigint)", ids=sorted(numbers))}


def has_task(tx: Tx, step_id: int, user_id: int) -> bool:
    """Tell whether somebody has or had a task of a step."""
    found = tx.scalar(
        "SELECT count(*) FROM flow_task WHERE step_id = :step AND user_id = :user", step=step_id, user=user_id
    )
    return bool(found)


def has_role(tx: Tx, user_id: int, roles: Collection[str]) -> bool:
    """Tell whether somebody has one of some roles."""
    found = tx.scalar(
        "SELECT count(*) FROM user_role u JOIN role r ON r.id = u.role_id "
        "WHERE u.user_id = :user AND r.code ANY(:roles, text)",
        user=user_id,
        roles=sorted(roles),
    )
    return bool(found)


def wants(tx: Tx, step_id: int) -> list[Want]:
    """Return everything that is expected."""
    rows = tx.tuples(f"SELECT {_WANT} FROM flow_expected WHERE step_id = :step ORDER BY line", step=step_id)
    return [Want(*row) for row in rows]


def wants_for(tx: Tx, step_id: int, pieces: Collection[tuple[int, int]]) -> list[Want]:
    """Return of the lines of some products (0 for packages) those that name none, and those that name some items.

    ``pieces`` are products with items of them (0 for none).
    """
    named = {*pieces, *((product, 0) for product, _ in pieces)}
    # What is asked of ``k`` stands in the index whole: else SQLite takes all lines of the step for the cheaper way.
    rows = tx.tuples(
        "SELECT e.line, e.item_id, e.product_id, e.batch_id, e.expected, e.done "
        "FROM ROWS(:rows, step bigint, product bigint, item bigint) r JOIN flow_expected k "
        "ON k.step_id = r.step AND k.product_id = r.product AND k.item_id = r.item "
        "JOIN flow_expected e ON e.step_id = k.step_id AND e.line = k.line",
        rows=[(step_id, *one) for one in sorted(named)],
    )
    return [Want(*row) for row in sorted(rows)]


def expected_products(tx: Tx, step_id: int, products: Collection[int]) -> set[int]:
    """Return of which of some products anything is expected."""
    rows = tx.tuples(
        "SELECT p.id FROM product p WHERE p.id ANY(:products, bigint) AND EXISTS (SELECT 1 FROM flow_expected e "
        "WHERE e.step_id = :step AND e.product_id = p.id)",
        step=step_id,
        products=sorted(products),
    )
    return {row[0] for row in rows}


def known(
    tx: Tx, step_id: int, keys: Collection[str], items: Collection[int]
) -> tuple[dict[str, tuple[int, str]], dict[int, str]]:
    """Return the lines that some client keys made, with their texts; and who brought which of some items already."""
    made = tx.tuples(
        "SELECT l.client_key, l.seq, l.raw FROM ROWS(:rows, step bigint, key text) r JOIN flow_scan_line l "
        "ON l.step_id = r.step AND l.client_key = r.key WHERE l.client_key <> ''",
        rows=[(step_id, key) for key in sorted(keys)],
    )
    right = tx.tuples(
        "SELECT l.item_id, l.actor FROM ROWS(:rows, step bigint, item bigint) r JOIN flow_scan_line l "
        "ON l.step_id = r.step AND l.item_id = r.item WHERE l.item_id > 0 AND l.answer = 'right'",
        rows=[(step_id, item) for item in sorted(items)],
    )
    return {key: (seq, raw) for key, seq, raw in made}, dict(right)


def write(tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
    """Append lines; each has the columns ``LINE``."""
    tx.insert(flow_scan_line, LINE, rows)


def add_done(tx: Tx, step_id: int, gained: Mapping[int, int]) -> None:
    """Count what was scanned on expected lines."""
    tx.run(
        f"UPDATE flow_expected SET done = flow_expected.done + r.gained {_OF_LINES}",
        rows=[(step_id, *one) for one in sorted(gained.items())],
    )


def set_done(tx: Tx, step_id: int, done: Mapping[int, int]) -> None:
    """Write down what expected lines have by now."""
    tx.run(
        f"UPDATE flow_expected SET done = r.gained {_OF_LINES}",
        rows=[(step_id, *one) for one in sorted(done.items())],
    )


def note(tx: Tx, step_id: int, changes: Mapping[str, int], at: int) -> None:
    """Move the counters on."""
    tx.run(
        "UPDATE flow_scan SET matched = matched + :matched, done = done + :done, good = good + :good, "
        "wrong = wrong + :wrong, duplicates = duplicates + :duplicates, last = last + :last, updated_at = :at "
        "WHERE step_id = :step",
        step=step_id, at=at, **{name: changes.get(name, 0) for name in
                                ("matched", "done", "good", "wrong", "duplicates", "last")},
    )  # fmt: skip


def set_state(tx: Tx, step_id: int, state: str, at: int) -> None:
    """Say that nobody scans into a step any more."""
    tx.run(
        "UPDATE flow_scan SET state = :state, updated_at = :at WHERE step_id = :step", step=step_id, state=state, at=at
    )


def set_overrides(tx: Tx, step_id: int, overrides: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was let pass, by whom and why."""
    body = json.dumps(overrides, ensure_ascii=False)
    tx.run("UPDATE flow_scan SET overrides = :body WHERE step_id = :step", step=step_id, body=body)


def undo(tx: Tx, step_id: int, seq: int) -> list[Any]:
    """Take a line back, of a box with what came out of it; return what they were. What is gone is gone once."""
    rows = tx.rows(
        "SELECT seq, answer, item_id, product_id, batch_id, quantity, line FROM flow_scan_line WHERE step_id = :step "
        "AND answer <> 'undone' AND (seq = :seq OR (within > 0 AND within = :seq))",
        step=step_id,
        seq=seq,
    )
    tx.run(
        "UPDATE flow_scan_line SET answer = 'undone' WHERE step_id = :step AND seq ANY(:seqs, bigint)",
        step=step_id,
        seqs=[row.seq for row in rows],
    )
    return list(rows)


def totals(tx: Tx, step_id: int, products: Iterable[int]) -> dict[int, dict[int, int]]:
    """Return how much is right of some products that is on no line of its own: by product and batch."""
    found: dict[int, dict[int, int]] = {}
    for product, batch, quantity in tx.tuples(
        "SELECT product_id, batch_id, sum(quantity) FROM flow_scan_line WHERE step_id = :step AND answer = 'right' "
        "AND line = 0 AND product_id ANY(:products, bigint) GROUP BY product_id, batch_id",
        step=step_id,
        products=sorted(products),
    ):
        found.setdefault(product, {})[batch] = int(quantity)
    return found


def right(tx: Tx, step_id: int) -> list[Any]:
    """Return every right line and every box, with codes: what is posted when the step is completed."""
    return list(
        tx.rows(
            "SELECT l.seq, l.answer, l.item_id, l.product_id, l.batch_id, l.quantity, l.within, i.code AS item, "
            "p.code AS product, b.code AS batch FROM flow_scan_line l "
            "LEFT JOIN item i ON i.id = l.item_id AND l.item_id > 0 LEFT JOIN product p ON p.id = l.product_id "
            "LEFT JOIN batch b ON b.id = l.batch_id AND l.batch_id > 0 "
            "WHERE l.step_id = :step AND l.answer IN ('right', 'box') ORDER BY l.seq",
            step=step_id,
        )
    )


_SHOWN = """
SELECT l.*, i.code AS item, i.kind AS item_kind, i.state AS item_state, p.code AS product, p.name AS product_name,
 b.code AS batch, o.code AS place, CASE WHEN l.within > 0 THEN (SELECT x.raw FROM flow_scan_line x
 WHERE x.step_id = l.step_id AND x.seq = l.within) END AS box
FROM {lines} LEFT JOIN item i ON i.id = l.item_id AND l.item_id > 0
LEFT JOIN product p ON p.id = l.product_id AND l.product_id > 0
LEFT JOIN batch b ON b.id = l.batch_id AND l.batch_id > 0 LEFT JOIN place o ON o.id = i.place_id
"""
_SHOWN_OF_STEP = _SHOWN.format(lines="flow_scan_line l")
_SHOWN_EACH = _SHOWN.format(
    lines="ROWS(:rows, step bigint, seq bigint) r JOIN flow_scan_line l ON l.step_id = r.step AND l.seq = r.seq"
)


def shown(tx: Tx, step_id: int, seq: int) -> Any:
    """Return one line with what it leads to now; None if there is none."""
    return shown_all(tx, step_id, {seq}).get(seq)


def shown_all(tx: Tx, step_id: int, seqs: Collection[int]) -> dict[int, Any]:
    """Return some lines with what they lead to now."""
    return {row.seq: row for row in tx.rows(_SHOWN_EACH, rows=[(step_id, seq) for seq in sorted(seqs)])}


def page(tx: Tx, step_id: int, answers: Collection[str], after: int | None, limit: int) -> list[Any]:
    """Return lines with what they lead to now, the newest first."""
    start = "" if after is None else " AND l.seq < :after"
    return list(
        tx.rows(
            f"{_SHOWN_OF_STEP} WHERE l.step_id = :step AND l.answer ANY(:answers, text){start} ORDER BY l.seq DESC "
            f"LIMIT {int(limit)}",
            step=step_id,
            answers=sorted(answers),
            **({} if after is None else {"after": after}),
        )
    )


def described(tx: Tx, step_id: int, after: int, limit: int, *, open_only: bool) -> list[Any]:
    """Return expected lines with codes and names, by their numbers."""
    only = " AND e.done < e.expected" if open_only else ""
    return list(
        tx.rows(
            "SELECT e.line, e.expected, e.done, i.code AS item, p.code AS product, p.name AS product_name, "
            "b.code AS batch, o.code AS place FROM flow_expected e LEFT JOIN item i ON i.id = e.item_id "
            "LEFT JOIN product p ON p.id = e.product_id LEFT JOIN batch b ON b.id = e.batch_id "
            f"LEFT JOIN place o ON o.id = i.place_id WHERE e.step_id = :step AND e.line > :after{only} "
            f"ORDER BY e.line LIMIT {int(limit)}",
            step=step_id,
            after=after,
        )
    )


def owners(tx: Tx, step_id: int, items: Collection[int]) -> dict[int, str]:
    """Return for which other running instance items are expected, or were taken: its title, by item."""
    rows = tx.tuples(
        "SELECT x.item_id, i.title FROM ("
        "SELECT item_id, step_id FROM flow_expected WHERE item_id > 0 AND item_id ANY(:items, bigint) UNION "
        "SELECT item_id, step_id FROM flow_scan_line WHERE answer = 'right' AND item_id > 0 "
        "AND item_id ANY(:items, bigint)) x JOIN flow_scan s ON s.step_id = x.step_id "
        "JOIN flow_instance i ON i.id = s.instance_id WHERE x.step_id <> :step AND s.state <> 'undone' "
        "AND i.state = 'running' AND s.instance_id <> (SELECT instance_id FROM flow_scan WHERE step_id = :step) "
        "ORDER BY x.step_id",
        step=step_id,
        items=sorted(items),
    )
    return dict(rows)


def is_inside(tx: Tx, outer: int, inner: int) -> bool:
    """Tell whether a place is another one or lies within it."""
    if outer == inner or not inner:
        return outer == inner
    found = tx.scalar(
        "SELECT count(*) FROM place o JOIN place p ON p.path >= o.path "
        "AND p.path < substr(o.path, 1, length(o.path) - 1) || '0' WHERE o.id = :outer AND p.id = :inner",
        outer=outer,
        inner=inner,
    )
    return bool(found)


def by_codes(
    tx: Tx, products: Collection[str], batches: Collection[str]
) -> tuple[dict[str, int], dict[tuple[int, str], int]]:
    """Return products by code, and batches by product and code."""
    found = tx.tuples("SELECT code, id FROM product WHERE code ANY(:codes, text)", codes=sorted(products))
    rows = tx.tuples("SELECT product_id, code, id FROM batch WHERE code ANY(:codes, text)", codes=sorted(batches))
    return dict(found), {(product, code): number for product, code, number in rows}


def last_done(tx: Tx, instance_id: int, node: str) -> int:
    """Return the step of an instance in which a node was completed last; 0 if it was not."""
    found = tx.scalar(
        "SELECT max(step_id) FROM flow_scan WHERE instance_id = :instance AND node = :node AND state = 'done'",
        instance=instance_id,
        node=node,
    )
    return int(found or 0)
