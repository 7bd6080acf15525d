"""Every statement about triggers: those of the published flows, kept in step with them, and what they have done."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from mazhi.kernel.db import Id, Key, Tx, metadata

flow_trigger = Table(
    "flow_trigger",
    metadata,
    Column("id", Id, primary_key=True),
    Column("flow_id", BigInteger, nullable=False),
    Column("key", Key, nullable=False),
    Column("kind", String, nullable=False),
    Column("app", Key, nullable=False),
    Column("flow", Key, nullable=False),
    Column("name", String, nullable=False),
    Column("form", Key, nullable=False),
    Column("form_id", BigInteger, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("options", Text, nullable=False),  # JSON
    Column("who", Text, nullable=False),  # JSON: who may start the flow
    Column("due_at", BigInteger),
    Column("token", String),
    UniqueConstraint("flow_id", "key"),
    Index("flow_trigger_form", "form_id", "id"),
    Index("flow_trigger_kind", "kind", "id"),
    Index(
        "flow_trigger_token", "token", unique=True, sqlite_where=text("token IS NOT NULL"),
        postgresql_where=text("token IS NOT NULL"),
    ),
)  # fmt: skip

flow_watch = Table(
    "flow_watch",
    metadata,
    Column("form_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    sqlite_with_rowid=False,
)

flow_fired = Table(
    "flow_fired",
    metadata,
    Column("trigger_id", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Key, primary_key=True),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

flow_cause = Table(
    "flow_cause",
    metadata,
    Column("instance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("cause_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of a published flow.

    Attributes:
        id: Its row; it stays while the flow has a trigger of that key and kind.
        flow_id: The design of the flow.
        key: What the drawing calls it.
        kind: Name of the kind.
        app: The code of the app.
        flow: The code of the flow.
        name: What people call the flow.
        form: The code of the form.
        form_id: The form's design.
        again: Whether the flow may run on the same record several times at once.
        options: What is set for it.
        who: Who may start the flow.
        due_at: Of what moments start: the next one, µs.
        token: Of a webhook: the hash of its secret address.
    """

    id: int
    flow_id: int
    key: str
    kind: str
    app: str
    flow: str
    name: str
    form: str
    form_id: int
    again: bool
    options: Mapping[str, Any]
    who: Mapping[str, Any]
    due_at: int | None = None
    token: str | None = None


_ALL = ", ".join(f"t.{column.name}" for column in flow_trigger.columns)
_FROM = f"SELECT {_ALL} FROM flow_trigger t JOIN design d ON d.id = t.flow_id AND d.active"


def _trigger(row: Any) -> Trigger:
    values = row._mapping
    return Trigger(
        **{
            **values, "options": json.loads(values["options"]), "who": json.loads(values["who"]),
            "again": bool(values["again"]),
        }
    )  # fmt: skip


def version(tx: Tx, form_id: int) -> int:
    """Return the number that grows whenever the triggers of a form become others; 0 where it never had any."""
    return int(tx.scalar("SELECT version FROM flow_watch WHERE form_id = :form", form=form_id) or 0)


def bump(tx: Tx, form_ids: Collection[int]) -> None:
    """Say that the triggers of some forms became others."""
    tx.run(
        "INSERT INTO flow_watch (form_id, version) SELECT r.form_id, 1 FROM ROWS(:rows, form_id bigint) r WHERE 1 = 1 "
        "ON CONFLICT (form_id) DO UPDATE SET version = flow_watch.version + 1",
        rows=[(one,) for one in sorted(set(form_ids))],
    )


def of_form(tx: Tx, form_id: int, kinds: Collection[str] = ()) -> list[Trigger]:
    """Return the triggers of the flows of a form, perhaps of some kinds only."""
    only = " AND t.kind ANY(:kinds, text)" if kinds else ""
    rows = tx.rows(
        f"{_FROM} WHERE t.form_id = :form{only} ORDER BY t.id",
        form=form_id,
        **({"kinds": sorted(kinds)} if kinds else {}),
    )
    return [_trigger(row) for row in rows]


def of_kind(tx: Tx, kind: str) -> list[Trigger]:
    """Return all triggers of one kind."""
    return [_trigger(row) for row in tx.rows(f"{_FROM} WHERE t.kind = :kind ORDER BY t.id", kind=kind)]


def of_flow(tx: Tx, flow_id: int) -> list[Trigger]:
    """Return the triggers of a flow."""
    return [_trigger(row) for row in tx.rows(f"{_FROM} WHERE t.flow_id = :flow ORDER BY t.id", flow=flow_id)]


def some(tx: Tx, ids: Collection[int]) -> dict[int, Trigger]:
    """Return triggers by their numbers; those that are no more are missing."""
    rows = tx.rows(f"{_FROM} WHERE t.id ANY(:ids, bigint)", ids=sorted(set(ids)))
    return {row.id: _trigger(row) for row in rows}


def held(tx: Tx, number: int) -> Trigger | None:
    """Return a trigger, which nobody else takes until the transaction ends."""
    tx.row("SELECT id FROM flow_trigger WHERE id = :id /*LOCK*/", id=number)
    return some(tx, [number]).get(number)


def by_token(tx: Tx, token: str) -> Trigger | None:
    """Return the webhook with a secret address, by its hash."""
    row = tx.row(f"{_FROM} WHERE t.token = :token", token=token)
    return None if row is None else _trigger(row)


def put(tx: Tx, flow_id: int, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Make the triggers of a flow what is wanted; those that stay keep their number and their address."""
    tx.run(
        "DELETE FROM flow_trigger WHERE flow_id = :flow AND NOT EXISTS (SELECT 1 FROM ROWS(:rows, key text, kind text)"
        " r WHERE r.key = flow_trigger.key AND r.kind = flow_trigger.kind)",
        flow=flow_id,
        rows=[(one["key"], one["kind"]) for one in wanted],
    )
    for one in wanted:
        tx.run(
            "INSERT INTO flow_trigger (flow_id, key, kind, app, flow, name, form, form_id, again, options, who, "
            "due_at) VALUES (:flow_id, :key, :kind, :app, :flow, :name, :form, :form_id, :again, :options, :who, "
            ":due_at) ON CONFLICT (flow_id, key) DO UPDATE SET name = :name, form = :form, form_id = :form_id, "
            "again = :again, options = :options, who = :who, due_at = :due_at",
            **{**one, "flow_id": flow_id, "options": _dump(one["options"]), "who": _dump(one["who"])},
        )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def set_due(tx: Tx, number: int, due_at: int | None) -> None:
    """Note when a trigger comes next."""
    tx.run("UPDATE flow_trigger SET due_at = :due WHERE id = :id", due=due_at, id=number)


def set_token(tx: Tx, number: int, token: str | None) -> None:
    """Give a webhook another address, by its hash."""
    tx.run("UPDATE flow_trigger SET token = :token WHERE id = :id", token=token, id=number)


def fire(tx: Tx, trigger_id: int, day: str, records: Collection[int], at: int) -> set[int]:
    """Note that records had their day; return those that had not had it yet."""
    rows = tx.tuples(
        'INSERT INTO flow_fired (trigger_id, record_id, day, "at") '
        "SELECT :trigger, r.record_id, :day, :at FROM ROWS(:rows, record_id bigint) r WHERE 1 = 1 "
        "ON CONFLICT (trigger_id, record_id, day) DO NOTHING RETURNING record_id",
        trigger=trigger_id,
        day=day,
        at=at,
        rows=[(one,) for one in sorted(records)],
    )
    return {row[0] for row in rows}


def fired(tx: Tx, trigger_id: int, record: int, day: str) -> bool:
    """Tell whether a record had a certain day."""
    return bool(
        tx.scalar(
            "SELECT 1 FROM flow_fired WHERE trigger_id = :trigger AND record_id = :record AND day = :day",
            trigger=trigger_id,
            record=record,
            day=day,
        )
    )


def runs(tx: Tx, form_id: int, records: Collection[int]) -> set[tuple[int, int]]:
    """Return which flows run on some records, as pairs of flow and record."""
    rows = tx.tuples(
        "SELECT flow_id, record_id FROM flow_instance WHERE form_id = :form AND record_id ANY(:records, bigint) "
        "AND state = 'running'",
        form=form_id,
        records=sorted(records),
    )
    return {(flow, record) for flow, record in rows}


def newest(tx: Tx, flow_id: int, form_id: int, record: int) -> int | None:
    """Return the instance of a flow that was started last on a record."""
    found = tx.scalar(
        "SELECT max(id) FROM flow_instance WHERE form_id = :form AND record_id = :record AND flow_id = :flow",
        form=form_id,
        record=record,
        flow=flow_id,
    )
    return None if found is None else int(found)


def hold_start(tx: Tx, flow_id: int, record: int) -> None:
    """Let nobody else start a flow on a record until the transaction ends; SQLite has one writer anyway."""
    if tx.dialect == "postgresql":
        tx.run("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))", key=f"flow:{flow_id}:{record}")


def caused(tx: Tx, instance_id: int, cause_id: int) -> None:
    """Note which instance brought another about."""
    tx.run(
        "INSERT INTO flow_cause (instance_id, cause_id) VALUES (:instance, :cause)",
        instance=instance_id,
        cause=cause_id,
    )


def instance_of(tx: Tx, step_id: int) -> int:
    """Return the instance that a step belongs to; 0 where there is none."""
    return int(tx.scalar("SELECT instance_id FROM flow_step WHERE id = :id", id=step_id) or 0)


def chain(tx: Tx, instance_id: int) -> list[str]:
    """Return the flows that brought one another about up to an instance, the first of them first."""
    found: list[str] = []
    number: int | None = instance_id
    while number and len(found) < 50:
        row = tx.row(
            "SELECT i.flow, c.cause_id, s.instance_id AS parent FROM flow_instance i "
            "LEFT JOIN flow_cause c ON c.instance_id = i.id LEFT JOIN flow_step s ON s.id = i.parent_step "
            "WHERE i.id = :id",
            id=number,
        )
        if row is None:
            break
        found.append(row.flow)
        number = row.cause_id or row.parent
    return found[::-1]
