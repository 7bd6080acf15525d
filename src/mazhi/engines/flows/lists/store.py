"""Every statement about what readers see of running flows: paged by keys, each kind of thing in one statement."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mazhi.engines.flows.lists.model import Box, Counts, Entry
from mazhi.engines.flows.state import Instance
from mazhi.engines.flows.store import flow_instance
from mazhi.kernel.db import Tx

_COLUMNS = [column.name for column in flow_instance.columns]
_INSTANCE = ", ".join(f"i.{name}" for name in _COLUMNS)

_TASK = "t.id, t.id, t.node, t.state, t.created_at, t.due_at, t.read_at"
_FROM_TASK = "FROM flow_task t JOIN flow_instance i ON i.id = t.instance_id WHERE t.user_id = :user"
_BOXES: dict[Box, tuple[str, str]] = {
    "todo": ("t.id", f"SELECT {_TASK}, {_INSTANCE} {_FROM_TASK} AND t.state = 'open'"),
    "drafts": ("t.id", f"SELECT {_TASK}, {_INSTANCE} {_FROM_TASK} AND t.state = 'open' AND t.draft <> '{{}}'"),
    "done": (  # of several in the same instance the last
        "t.id",
        f"SELECT t.id, t.id, t.node, t.action, t.acted_at, NULL, 1, {_INSTANCE} {_FROM_TASK} AND t.state = 'done' "
        "AND NOT EXISTS (SELECT 1 FROM flow_task l WHERE l.instance_id = t.instance_id AND l.user_id = :user "
        "AND l.state = 'done' AND l.id > t.id)",
    ),
    "started": (
        "i.id",
        f"SELECT i.id, 0, '', i.state, i.started_at, NULL, 1, {_INSTANCE} FROM flow_instance i "
        "WHERE i.starter_id = :user",
    ),
    "copied": (
        "c.instance_id",
        f"SELECT c.instance_id, 0, c.node, i.state, c.at, NULL, c.read_at, {_INSTANCE} FROM flow_copy c "
        "JOIN flow_instance i ON i.id = c.instance_id WHERE c.user_id = :user",
    ),
}


def page(
    tx: Tx, user: int, box: Box, *, app: str, flow: str, text: str, before: int | None, limit: int,
    pressing: bool = False,
) -> list[Entry]:  # fmt: skip
    """Return up to so many lines of somebody's box, the newest first; or of tasks the most pressing."""
    key, statement = _BOXES[box]
    given: dict[str, Any] = {"user": user, "limit": limit}
    if app:
        statement += " AND i.app = :app"
        given["app"] = app
    if flow:
        statement += " AND i.flow = :flow"
        given["flow"] = flow
    if text:
        escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        statement += " AND lower(i.title) LIKE :like ESCAPE '\\'"
        given["like"] = f"%{escaped}%"
    if before is not None:
        statement += f" AND {key} < :before"
        given["before"] = before
    # What has a time comes before what has none, of equals the oldest.
    order = "coalesce(t.due_at, 9223372036854775807), t.id" if pressing else f"{key} DESC"
    rows = tx.tuples(f"{statement} ORDER BY {order} LIMIT :limit", **given)
    return [
        Entry(row[0], Instance(*row[7:]), row[1], row[2], row[3], row[4], row[5], row[6] is not None) for row in rows
    ]


def kinds(tx: Tx, user: int) -> dict[str, int]:
    """Count the open tasks of somebody by the kind of their node."""
    rows = tx.tuples(
        "SELECT s.kind, count(*) FROM flow_task t JOIN flow_step s ON s.id = t.step_id "
        "WHERE t.user_id = :user AND t.state = 'open' GROUP BY s.kind",
        user=user,
    )
    return {kind: count for kind, count in rows}


def late(tx: Tx, user: int, now: int) -> int:
    """Count the open tasks of somebody whose time is over."""
    found = tx.scalar(
        "SELECT count(*) FROM flow_task WHERE user_id = :user AND state = 'open' AND due_at < :now", user=user, now=now
    )
    return int(found or 0)


def counts(tx: Tx, user: int) -> Counts:
    """Count what waits for somebody, in one statement."""
    row = tx.tuples(
        "SELECT (SELECT count(*) FROM flow_task WHERE user_id = :user AND state = 'open'), "
        "(SELECT count(*) FROM flow_copy WHERE user_id = :user AND read_at IS NULL), "
        "(SELECT count(*) FROM flow_task WHERE user_id = :user AND state = 'open' AND draft <> '{}')",
        user=user,
    )[0]
    return Counts(*row)


def design_names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Return what flows and forms are called."""
    return dict(tx.tuples("SELECT id, name FROM design WHERE id ANY(:ids, bigint)", ids=sorted(set(ids))))


def standing(tx: Tx, instances: Collection[int]) -> dict[int, list[str]]:
    """Return the nodes at which instances stand, blocks left out."""
    found: dict[int, list[str]] = {}
    for instance, node in tx.tuples(
        "SELECT instance_id, node FROM flow_step WHERE instance_id ANY(:ids, bigint) "
        "AND state IN ('open', 'failed') AND kind NOT IN ('parallel', 'branch') ORDER BY id",
        ids=sorted(set(instances)),
    ):
        found.setdefault(instance, []).append(node)
    return found


def names_of(tx: Tx, usernames: Collection[str]) -> dict[str, str]:
    """Return what people call users."""
    rows = tx.tuples(
        "SELECT username, name FROM user_account WHERE username ANY(:names, text)", names=sorted(set(usernames))
    )
    return {username: name or username for username, name in rows}


def of_record(tx: Tx, form_id: int, record: int, limit: int) -> list[Instance]:
    """Return the instances of a record, the newest first."""
    rows = tx.tuples(
        f"SELECT {_INSTANCE} FROM flow_instance i WHERE i.form_id = :form AND i.record_id = :record "
        "ORDER BY i.id DESC LIMIT :limit",
        form=form_id,
        record=record,
        limit=limit,
    )
    return [Instance(*row) for row in rows]


def of_record_for(tx: Tx, form_id: int, record: int, user: int, limit: int) -> list[Instance]:
    """Return the instances of a record that somebody started, has or had work in, or was shown, the newest first."""
    rows = tx.tuples(
        f"SELECT {_INSTANCE} FROM flow_instance i WHERE i.form_id = :form AND i.record_id = :record "
        "AND (i.starter_id = :user "
        "OR EXISTS (SELECT 1 FROM flow_task t WHERE t.instance_id = i.id AND t.user_id = :user) "
        "OR EXISTS (SELECT 1 FROM flow_copy c WHERE c.instance_id = i.id AND c.user_id = :user)) "
        "ORDER BY i.id DESC LIMIT :limit",
        form=form_id,
        record=record,
        user=user,
        limit=limit,
    )
    return [Instance(*row) for row in rows]


def next_task(tx: Tx, user: int, instance: int) -> int | None:
    """Return the first open task that somebody has in an instance."""
    found = tx.scalar(
        "SELECT min(id) FROM flow_task WHERE instance_id = :instance AND user_id = :user AND state = 'open'",
        instance=instance,
        user=user,
    )
    return None if found is None else int(found)


def copied_at(tx: Tx, user: int, instance: int) -> tuple[str, bool] | None:
    """Return the node by whose field states an instance was shown to somebody, and whether they have opened it."""
    row = tx.row(
        "SELECT node, read_at FROM flow_copy WHERE user_id = :user AND instance_id = :instance",
        user=user,
        instance=instance,
    )
    return None if row is None else (row[0], row[1] is not None)


def read_task(tx: Tx, number: int, at: int) -> None:
    """Note that a task was opened."""
    tx.run("UPDATE flow_task SET read_at = :at WHERE id = :id AND read_at IS NULL", id=number, at=at)


def read_copy(tx: Tx, user: int, instance: int, at: int) -> None:
    """Note that somebody has opened what they were shown."""
    tx.run(
        "UPDATE flow_copy SET read_at = :at WHERE user_id = :user AND instance_id = :instance AND read_at IS NULL",
        user=user,
        instance=instance,
        at=at,
    )
