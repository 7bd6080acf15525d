"""Every statement about running flows: instances, steps, tasks, copies and the trail."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from mazhi.engines.flows.state import Instance, Line, Step, Task
from mazhi.kernel.db import Id, Key, Tx, metadata

flow_instance = Table(
    "flow_instance",
    metadata,
    Column("id", Id, primary_key=True),
    Column("flow_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("app", Key, nullable=False),
    Column("flow", Key, nullable=False),
    Column("form", Key, nullable=False),
    Column("form_id", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("title", String, nullable=False),
    Column("state", String, nullable=False),
    Column("starter_id", BigInteger, nullable=False),
    Column("starter", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("parent_step", BigInteger, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Index("flow_instance_record", "form_id", "record_id"),
    Index("flow_instance_flow", "flow_id", "state", "id"),
    Index("flow_instance_starter", "starter_id", "id"),
    Index(
        "flow_instance_parent", "parent_step", sqlite_where=text("parent_step > 0"),
        postgresql_where=text("parent_step > 0"),
    ),
)  # fmt: skip

flow_step = Table(
    "flow_step",
    metadata,
    Column("id", Id, primary_key=True),
    Column("instance_id", BigInteger, nullable=False),
    Column("flow_id", BigInteger, nullable=False),
    Column("node", Key, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("scope", BigInteger, nullable=False),
    Column("lane", String, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("outcome", String, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("event_id", BigInteger),
    Column("resume", String, nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("left_at", BigInteger),
    Column("due_at", BigInteger),
    Index("flow_step_instance", "instance_id", "id"),
    Index("flow_step_node", "flow_id", "node", "id"),
)

flow_task = Table(
    "flow_task",
    metadata,
    Column("id", Id, primary_key=True),
    Column("instance_id", BigInteger, nullable=False),
    Column("step_id", BigInteger, nullable=False),
    Column("node", Key, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("via", String, nullable=False),
    Column("origin", BigInteger, nullable=False),
    Column("action", String, nullable=False),
    Column("comment", Text, nullable=False),
    Column("draft", Text, nullable=False),  # JSON
    Column("created_at", BigInteger, nullable=False),
    Column("read_at", BigInteger),
    Column("acted_at", BigInteger),
    Column("due_at", BigInteger),
    Index("flow_task_user", "user_id", "state", "id"),
    Index("flow_task_step", "step_id", "id"),
    Index("flow_task_instance", "instance_id", "id"),
)

flow_copy = Table(
    "flow_copy",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("node", Key, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("read_at", BigInteger),
    sqlite_with_rowid=False,
)

flow_trail = Table(
    "flow_trail",
    metadata,
    Column("instance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("node", String, nullable=False),
    Column("step_id", BigInteger, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    sqlite_with_rowid=False,
)

_INSTANCE = ", ".join(column.name for column in flow_instance.columns)
_STEP = ", ".join(column.name for column in flow_step.columns if column.name != "flow_id")
_DATA = _STEP.split(", ").index("data")
_TASK = ", ".join(column.name for column in flow_task.columns)


def dump(value: object) -> str:
    """Write JSON as it is stored."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _returned(tx: Tx, table: str, values: Mapping[str, Any]) -> int:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    return int(tx.scalar(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", **values))


def add_instance(tx: Tx, **values: Any) -> Instance:
    """Add an instance."""
    row = {"seq": 0, "ended_at": None, **values}
    number = _returned(tx, "flow_instance", row)
    return Instance(id=number, **row)


def instance(tx: Tx, number: int, *, lock: bool = False) -> Instance | None:
    """Return an instance, perhaps held against everybody who wants to move it."""
    row = tx.row(f"SELECT {_INSTANCE} FROM flow_instance WHERE id = :id{' /*LOCK*/' if lock else ''}", id=number)
    return None if row is None else Instance(*row)


def keep_instance(tx: Tx, one: Instance) -> None:
    """Write down where an instance stands."""
    tx.run(
        "UPDATE flow_instance SET version = :version, state = :state, title = :title, seq = :seq, "
        "ended_at = :ended_at WHERE id = :id",
        version=one.version, state=one.state, title=one.title, seq=one.seq, ended_at=one.ended_at, id=one.id,
    )  # fmt: skip


def add_step(tx: Tx, flow_id: int, **values: Any) -> Step:
    """Add a step."""
    row = {
        "state": "open", "scope": 0, "lane": "", "waiting": 0, "outcome": "", "data": {}, "event_id": None,
        "resume": "", "left_at": None, "due_at": None, **values,
    }  # fmt: skip
    number = _returned(tx, "flow_step", {**row, "flow_id": flow_id, "data": dump(row["data"])})
    return Step(id=number, **row)


def keep_step(tx: Tx, one: Step) -> None:
    """Write down where a step stands."""
    tx.run(
        "UPDATE flow_step SET state = :state, waiting = :waiting, outcome = :outcome, data = :data, "
        "event_id = :event_id, resume = :resume, left_at = :left_at, due_at = :due_at WHERE id = :id",
        state=one.state, waiting=one.waiting, outcome=one.outcome, data=dump(one.data), event_id=one.event_id,
        resume=one.resume, left_at=one.left_at, due_at=one.due_at, id=one.id,
    )  # fmt: skip


def _step(row: tuple[Any, ...]) -> Step:
    values = list(row)
    values[_DATA] = {} if row[_DATA] == "{}" else json.loads(row[_DATA])  # most steps say nothing
    return Step(*values)


def step(tx: Tx, number: int) -> Step | None:
    """Return a step."""
    rows = tx.tuples(f"SELECT {_STEP} FROM flow_step WHERE id = :id", id=number)
    return _step(rows[0]) if rows else None


def steps(tx: Tx, instance_id: int, states: Collection[str] = ()) -> list[Step]:
    """Return the steps of an instance in the order in which they were entered, perhaps of some states only."""
    only = " AND state ANY(:states, text)" if states else ""
    rows = tx.tuples(
        f"SELECT {_STEP} FROM flow_step WHERE instance_id = :instance{only} ORDER BY id",
        instance=instance_id,
        **({"states": sorted(states)} if states else {}),
    )
    return [_step(row) for row in rows]


def steps_of(tx: Tx, instances: Collection[int], states: Collection[str]) -> dict[int, list[Step]]:
    """Return the steps of many instances that have some states, of each in the order in which they were entered."""
    found: dict[int, list[Step]] = {number: [] for number in instances}
    for row in tx.tuples(
        f"SELECT {_STEP} FROM flow_step WHERE instance_id ANY(:instances, bigint) AND state ANY(:states, text) "
        "ORDER BY instance_id, id",
        instances=sorted(instances),
        states=sorted(states),
    ):
        one = _step(row)
        found[one.instance_id].append(one)
    return found


def add_task(tx: Tx, **values: Any) -> Task:
    """Add a task."""
    row = {
        "state": "open", "place": 0, "via": "who", "origin": 0, "action": "", "comment": "", "draft": {},
        "read_at": None, "acted_at": None, "due_at": None, **values,
    }  # fmt: skip
    number = _returned(tx, "flow_task", {**row, "draft": dump(row["draft"])})
    return Task(id=number, **row)


def keep_task(tx: Tx, one: Task) -> None:
    """Write down where a task stands."""
    tx.run(
        "UPDATE flow_task SET state = :state, place = :place, action = :action, comment = :comment, draft = :draft, "
        "read_at = :read_at, acted_at = :acted_at, due_at = :due_at, user_id = :user_id, via = :via WHERE id = :id",
        state=one.state, place=one.place, action=one.action, comment=one.comment, draft=dump(one.draft),
        read_at=one.read_at, acted_at=one.acted_at, due_at=one.due_at, user_id=one.user_id, via=one.via, id=one.id,
    )  # fmt: skip


def _task(row: Any) -> Task:
    values = row._mapping
    return Task(**{**values, "draft": json.loads(values["draft"])})


def task(tx: Tx, number: int) -> Task | None:
    """Return a task."""
    row = tx.row(f"SELECT {_TASK} FROM flow_task WHERE id = :id", id=number)
    return None if row is None else _task(row)


def tasks(tx: Tx, step_ids: Collection[int]) -> list[Task]:
    """Return the tasks of some steps, in their order."""
    rows = tx.rows(
        f"SELECT {_TASK} FROM flow_task WHERE step_id ANY(:steps, bigint) ORDER BY step_id, place, id",
        steps=sorted(step_ids),
    )
    return [_task(row) for row in rows]


def tasks_of(tx: Tx, instance_id: int) -> list[Task]:
    """Return all tasks of an instance."""
    rows = tx.rows(f"SELECT {_TASK} FROM flow_task WHERE instance_id = :id ORDER BY id", id=instance_id)
    return [_task(row) for row in rows]


def undone_of(tx: Tx, user: int, after: int, limit: int) -> list[int]:
    """Return the numbers of somebody's tasks that are open or wait for others, in their order."""
    rows = tx.tuples(
        "SELECT id FROM flow_task WHERE user_id = :user AND state IN ('open', 'waiting') AND id > :after "
        f"ORDER BY id LIMIT {int(limit)}",
        user=user,
        after=after,
    )
    return [row[0] for row in rows]


def close_tasks(tx: Tx, step_ids: Iterable[int], at: int) -> None:
    """Close what is open or waiting in some steps."""
    tx.run(
        "UPDATE flow_task SET state = 'closed', acted_at = :at "
        "WHERE step_id ANY(:steps, bigint) AND state IN ('open', 'waiting')",
        at=at,
        steps=sorted(step_ids),
    )


def copy_to(tx: Tx, users: Collection[int], instance_id: int, node: str, at: int) -> None:
    """Show an instance to people (抄送); to whom it was shown before it is new again."""
    tx.run(
        "INSERT INTO flow_copy (user_id, instance_id, node, at) "
        "SELECT r.user_id, :instance, :node, :at FROM ROWS(:rows, user_id bigint) r WHERE 1 = 1 "
        "ON CONFLICT (user_id, instance_id) DO UPDATE SET node = :node, at = :at, read_at = NULL",
        instance=instance_id,
        node=node,
        at=at,
        rows=[(user,) for user in sorted(users)],
    )


def add_lines(tx: Tx, instance_id: int, lines: Sequence[Line]) -> None:
    """Write lines of the trail."""
    tx.insert(
        flow_trail,
        [column.name for column in flow_trail.columns],
        [(instance_id, one.seq, one.at, one.actor, one.action, one.node, one.step_id, dump(one.data)) for one in lines],
    )


def trail(tx: Tx, instance_id: int) -> list[Line]:
    """Return the trail of an instance, in its order."""
    rows = tx.tuples(
        "SELECT seq, at, actor, action, node, step_id, data FROM flow_trail WHERE instance_id = :id ORDER BY seq",
        id=instance_id,
    )
    return [
        Line(seq, at, actor, action, node, step_id, json.loads(data))
        for seq, at, actor, action, node, step_id, data in rows
    ]


def count_running(tx: Tx, flow_id: int) -> dict[int, int]:
    """Count the running instances of a flow by their version."""
    rows = tx.tuples(
        "SELECT version, count(*) FROM flow_instance WHERE flow_id = :id AND state = 'running' GROUP BY version",
        id=flow_id,
    )
    return {version: count for version, count in rows}


def bodies(tx: Tx, begins: str) -> list[tuple[str, str]]:
    """Return the code and the body (in force, else the draft's) of every flow whose code begins so."""
    rows = tx.tuples(
        "SELECT d.code, coalesce(v.body, r.body, '{}') FROM design d "
        "LEFT JOIN design_version v ON v.design_id = d.id AND v.number = d.version "
        "LEFT JOIN design_draft r ON r.design_id = d.id "
        "WHERE d.kind = 'flow' AND d.code >= :first AND d.code < :last",
        first=begins,
        last=f"{begins[:-1]}0",  # the sign after "/"
    )
    return [(code, body) for code, body in rows]


def children(tx: Tx, instance_id: int, step_id: int = 0) -> list[int]:
    """Return the flows, not over, that an instance (or one of its steps) has started and waits for."""
    only = "AND s.id = :step" if step_id else ""
    rows = tx.tuples(
        "SELECT i.id FROM flow_step s JOIN flow_instance i ON i.parent_step = s.id "
        f"WHERE s.instance_id = :id {only} AND i.parent_step > 0 AND i.state IN ('running', 'failed') ORDER BY i.id",
        id=instance_id,
        **({"step": step_id} if step_id else {}),
    )
    return [row[0] for row in rows]


def parents(tx: Tx, instance_id: int) -> list[int]:
    """Return the instances that wait for an instance, the outermost first."""
    found: list[int] = []
    number: int | None = instance_id
    while number is not None:
        number = tx.scalar(
            "SELECT s.instance_id FROM flow_instance i JOIN flow_step s ON s.id = i.parent_step "
            "WHERE i.id = :id AND i.parent_step > 0",
            id=number,
        )
        if number is not None:
            found.insert(0, number)
    return found
