"""The tables of label rolls, and every statement about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Row, SmallInteger, String, Table, Text, select

from mazhi.kernel import clock
from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.rolls.model import Label, NewRoll, Part, Roll

roll = Table(
    "roll",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("product_id", BigInteger, nullable=False),
    Column("parts", Text, nullable=False),  # JSON
    Column("sets", Integer, nullable=False),
    Column("issues", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("roll_product", "product_id"),
)

roll_label = Table(
    "roll_label",
    metadata,
    Column("code", Key, primary_key=True),
    Column("namespace", Key, primary_key=True),
    Column("roll_id", BigInteger, nullable=False),
    Column("set_number", Integer, nullable=False),
    Column("part", SmallInteger, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("state", Key, nullable=False),  # ready | issued | bound | spoiled
    Column("issue", Integer, nullable=False),  # the last one that it went out with; 0 = never
    Column("item_id", BigInteger, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", String, nullable=False),
    Index("roll_label_set", "roll_id", "set_number", "part", "ordinal"),
    Index("roll_label_state", "roll_id", "part", "issue", "state"),
    sqlite_with_rowid=False,
)

roll_issue = Table(
    "roll_issue",
    metadata,
    Column("roll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("part", SmallInteger, primary_key=True, autoincrement=False),
    Column("issued", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    sqlite_with_rowid=False,
)

roll_log = Table(
    "roll_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("roll_id", BigInteger, nullable=False),
    Column("kind", Key, nullable=False),  # made | issued | bound | spoiled | returned
    Column("issue", Integer, nullable=False),
    Column("labels", Integer, nullable=False),
    Column("first_code", String, nullable=False),
    Column("last_code", String, nullable=False),
    Column("first_set", Integer, nullable=False),
    Column("last_set", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place_id", BigInteger, nullable=False),
    Column("partner_id", BigInteger, nullable=False),
    Column("line", String, nullable=False),
    Column("document", String, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("device", String, nullable=False),
    Index("roll_log_roll", "roll_id", "id"),
)


COLUMNS = "code, namespace, roll_id, set_number, part, ordinal, state, issue, item_id, reason"
_IN_ORDER = "roll_id, set_number, part, ordinal"


def _roll(row: Row[Any]) -> Roll:
    parts = tuple(Part(**part) for part in json.loads(row.parts))
    return Roll(
        id=row.id,
        code=row.code,
        name=row.name,
        product_id=row.product_id,
        parts=parts,
        sets=row.sets,
        created_at=row.created_at,
        version=row.version,
    )


def insert_roll(tx: Tx, new: NewRoll, product_id: int, sets: int) -> int | None:
    """Insert a roll and return its id; None if its code is taken."""
    parts = [Part(**{name: getattr(part, name) for name in Part.__slots__}).body() for part in new.parts]
    values = {
        "code": new.code,
        "name": new.name,
        "product_id": product_id,
        "parts": json.dumps(parts, ensure_ascii=False),
        "sets": sets,
        "issues": 0,
    }
    return master_data.insert(tx, roll, values)


def hold_identifiers(tx: Tx) -> None:
    """Let nobody bind an identifier until this transaction ends, so that no label is made of a code being bound."""
    if tx.dialect == "postgresql":
        tx.run("LOCK TABLE identifier IN SHARE ROW EXCLUSIVE MODE")


def taken(tx: Tx, codes: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which of these codes with their namespaces are an item's identifier, or a label's, already."""
    found = tx.rows(
        "SELECT value, namespace FROM identifier WHERE value ANY(:values, text) "
        "UNION SELECT code, namespace FROM roll_label WHERE code ANY(:values, text)",
        values=[code for code, _ in codes],
    )
    return {(row[0], row[1]) for row in found} & set(codes)


def insert_labels(tx: Tx, roll_id: int, rows: Sequence[tuple[str, str, int, int, int]], actor: str) -> None:
    """Insert the labels ``(code, namespace, set, part, ordinal)`` of a new roll."""
    now = clock.now()
    tx.insert(
        roll_label,
        [column.name for column in roll_label.columns],
        [
            (code, namespace, roll_id, set_number, part, ordinal, "ready", 0, 0, 0, "", now, actor)
            for code, namespace, set_number, part, ordinal in rows
        ],
    )


def by_codes(tx: Tx, codes: Iterable[str]) -> dict[str, Roll]:
    """Return rolls by code."""
    rows = tx.rows("SELECT * FROM roll WHERE code ANY(:codes, text)", codes=list(codes))
    return {row.code: _roll(row) for row in rows}


def by_ids(tx: Tx, ids: Iterable[int]) -> dict[int, Roll]:
    """Return rolls by id."""
    rows = tx.rows("SELECT * FROM roll WHERE id ANY(:ids, bigint)", ids=sorted(set(ids)))
    return {row.id: _roll(row) for row in rows}


def find(tx: Tx, product_id: int | None, prefix: str | None, after: str | None, limit: int) -> list[Roll]:
    """Return up to ``limit`` + 1 rolls in the order of their codes."""
    query = select(roll)
    if product_id is not None:
        query = query.where(roll.c.product_id == product_id)
    if prefix:
        query = query.where(master_data.named(roll, prefix))
    return [_roll(row) for row in master_data.page(tx, query, roll.c.code, after, limit)]


def labels_of(tx: Tx, codes: Sequence[str]) -> list[Label]:
    """Return the labels with these codes, in any namespace."""
    rows = tx.rows(f"SELECT {COLUMNS} FROM roll_label WHERE code ANY(:codes, text)", codes=list(codes))
    return [Label(*row) for row in rows]


def labels_in_sets(tx: Tx, sets: Iterable[tuple[int, int]], *, locked: bool = False) -> list[Label]:
    """Return all labels of these sets ``(roll id, number)``; locked in their order, so that nobody waits in a ring."""
    rows = tx.run(
        f"SELECT {', '.join(f'l.{name}' for name in COLUMNS.split(', '))} "
        "FROM ROWS(:sets, roll_id bigint, set_number bigint) s "
        "JOIN roll_label l ON l.roll_id = s.roll_id AND l.set_number = s.set_number "
        "ORDER BY l.roll_id, l.set_number, l.part, l.ordinal" + (_LOCK[tx.dialect] if locked else ""),
        sets=sorted(set(sets)),
    )
    return [Label(*row) for row in rows]


_LOCK = {"sqlite": "", "postgresql": " FOR UPDATE OF l"}


def lock_range(
    tx: Tx, roll_id: int, state: str, first: int, last: int, *, codes: Sequence[str] | None = None
) -> list[Label]:
    """Lock and return the labels of a roll that are in a state, of these sets, or of these codes only."""
    only = "" if codes is None else " AND code ANY(:codes, text)"
    params = {} if codes is None else {"codes": list(codes)}
    rows = tx.run(
        f"SELECT {COLUMNS} FROM roll_label WHERE roll_id = :roll AND set_number BETWEEN :first AND :last "
        f"AND state = :state{only} ORDER BY {_IN_ORDER} /*LOCK*/",
        roll=roll_id,
        state=state,
        first=first,
        last=last,
        **params,
    )
    return [Label(*row) for row in rows]


def move(
    tx: Tx, labels: Sequence[Label], state: str, actor: str, *, issue: int | None = None, reason: str = ""
) -> None:
    """Bring locked labels into another state; ``issue`` None: as it was."""
    new_issue = "" if issue is None else "issue = :issue, "
    params = {} if issue is None else {"issue": issue}
    done = tx.run(
        f"UPDATE roll_label SET state = :state, {new_issue}reason = :reason, changed_at = :now, changed_by = :actor "
        "FROM ROWS(:labels, code text, namespace text) r "
        "WHERE roll_label.code = r.code AND roll_label.namespace = r.namespace",
        state=state,
        reason=reason,
        now=clock.now(),
        actor=actor,
        labels=[(label.code, label.namespace) for label in labels],
        **params,
    )
    if done.rowcount != len(labels):
        raise RuntimeError(f"{len(labels)} locked labels, {done.rowcount} of them changed")


def bind(tx: Tx, bound: Sequence[tuple[Label, int, int]], actor: str) -> None:
    """Bind locked labels to ``(label, item id, event id)``, before the identifiers themselves are bound."""
    done = tx.run(
        "UPDATE roll_label SET state = 'bound', item_id = r.item_id, event_id = r.event_id, changed_at = :now, "
        "changed_by = :actor FROM ROWS(:rows, code text, namespace text, item_id bigint, event_id bigint) r "
        "WHERE roll_label.code = r.code AND roll_label.namespace = r.namespace AND roll_label.state = 'issued'",
        now=clock.now(),
        actor=actor,
        rows=[(label.code, label.namespace, item_id, event_id) for label, item_id, event_id in bound],
    )
    if done.rowcount != len(bound):
        raise RuntimeError(f"{len(bound)} locked labels, {done.rowcount} of them bound")


def next_issue(tx: Tx, roll_id: int) -> int:
    """Return the number of a roll's next issue; the roll is held until the transaction ends."""
    return int(tx.scalar("UPDATE roll SET issues = issues + 1 WHERE id = :id RETURNING issues", id=roll_id))


def insert_issue(tx: Tx, roll_id: int, number: int, by_part: Mapping[int, int]) -> None:
    """Note how many labels of each part an issue gives out."""
    rows = [(roll_id, number, part, count, 0) for part, count in sorted(by_part.items())]
    tx.insert(roll_issue, [column.name for column in roll_issue.columns], rows)


def add_returned(tx: Tx, roll_id: int, returned: Mapping[tuple[int, int], int]) -> None:
    """Note how many labels of ``(issue, part)`` came back."""
    for (number, part), count in sorted(returned.items()):
        tx.run(
            "UPDATE roll_issue SET returned = returned + :count WHERE roll_id = :roll AND number = :number "
            "AND part = :part",
            count=count,
            roll=roll_id,
            number=number,
            part=part,
        )


LOG = (
    "roll_id", "kind", "issue", "labels", "first_code", "last_code", "first_set", "last_set", "reason",
    "place_id", "partner_id", "line", "document", "event_id", "at", "actor", "device",
)  # fmt: skip


def insert_log(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append to the log of rolls; what a row does not say is empty."""
    empty: dict[str, Any] = {"issue": 0, "reason": "", "place_id": 0, "partner_id": 0, "line": "", "document": ""}
    tx.insert(roll_log, LOG, [tuple({"event_id": 0, **empty, **row}[name] for name in LOG) for row in rows])


def log_of(tx: Tx, roll_id: int, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """Return the log of a roll, the newest first."""
    older = "" if before is None else "AND id < :before "
    params = {} if before is None else {"before": before}
    return tx.rows(
        f"SELECT * FROM roll_log WHERE roll_id = :roll {older}ORDER BY id DESC LIMIT {int(limit)}",
        roll=roll_id,
        **params,
    )


def counts(tx: Tx, roll_ids: Iterable[int]) -> Sequence[Row[Any]]:
    """Return ``(roll, part, issue, state, number, last set)`` of the labels of rolls."""
    return tx.rows(
        "SELECT roll_id, part, issue, state, count(*) AS number, max(set_number) AS last_set FROM roll_label "
        "WHERE roll_id ANY(:ids, bigint) GROUP BY roll_id, part, issue, state",
        ids=sorted(set(roll_ids)),
    )


def issues(tx: Tx, roll_ids: Iterable[int]) -> Sequence[Row[Any]]:
    """Return ``(roll, issue, part, issued, returned)``."""
    return tx.rows(
        "SELECT roll_id, number, part, issued, returned FROM roll_issue WHERE roll_id ANY(:ids, bigint) "
        "ORDER BY roll_id, number, part",
        ids=sorted(set(roll_ids)),
    )


_BEHIND = (
    "SELECT roll_id, issue, max(set_number) AS last_set FROM roll_label "
    "WHERE roll_id ANY(:ids, bigint) AND issue > 0 AND state IN ('bound', 'spoiled') GROUP BY roll_id, issue"
)


def missing_counts(tx: Tx, roll_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Count by ``(roll, part)`` the labels given out that were passed over."""
    rows = tx.rows(
        f"SELECT l.roll_id, l.part, count(*) FROM roll_label l JOIN ({_BEHIND}) b "
        "ON b.roll_id = l.roll_id AND b.issue = l.issue AND l.set_number < b.last_set "
        "WHERE l.roll_id ANY(:ids, bigint) AND l.state = 'issued' GROUP BY l.roll_id, l.part",
        ids=sorted(set(roll_ids)),
    )
    return {(row[0], row[1]): row[2] for row in rows}


def page_of_labels(
    tx: Tx, roll_id: int, state: str | None, after: tuple[int, int, int] | None, limit: int
) -> Sequence[Row[Any]]:
    """Return labels of a roll in their order; the state may be ``missing``: given out and passed over."""
    where = ["l.roll_id = :roll"]
    params: dict[str, Any] = {"roll": roll_id}
    source = "roll_label l"
    if state == "missing":
        source += f" JOIN ({_BEHIND}) b ON b.roll_id = l.roll_id AND b.issue = l.issue AND l.set_number < b.last_set"
        where.append("l.state = 'issued'")
        params["ids"] = [roll_id]
    elif state is not None:
        where.append("l.state = :state")
        params["state"] = state
    if after is not None:
        where.append("(l.set_number, l.part, l.ordinal) > (:set_number, :part, :ordinal)")
        params |= dict(zip(("set_number", "part", "ordinal"), after, strict=True))
    return tx.rows(
        f"SELECT l.* FROM {source} WHERE {' AND '.join(where)} "
        f"ORDER BY l.set_number, l.part, l.ordinal LIMIT {int(limit)}",
        **params,
    )


def issue_rows(tx: Tx, roll_id: int) -> Sequence[Row[Any]]:
    """Return the log's rows of what was given out, the oldest first."""
    return tx.rows("SELECT * FROM roll_log WHERE roll_id = :roll AND kind = 'issued' ORDER BY issue", roll=roll_id)
