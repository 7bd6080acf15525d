from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import String, Table, Text
from sqlalchemy.exc import DatabaseError, DBAPIError

from mazhi.kernel.db import Tx, metadata
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.migrations.guards import APPEND_ONLY
from mazhi.kernel.sealing import verification
from mazhi.kernel.sealing.service import Seals
from tests.kernel.sealing.conftest import faults_of
from tests.kernel.world import World

ROWS = ("event", "history", "stock_move", "identifier", "part_of", "part_in", "payload")
SEALS = ("sealed", "seal_block", "seal_leaves", "seal_node", "seal_key")
CHANGES = 500
"""On each of the two databases, so a thousand."""


def test_what_nobody_touched_is_clean(told: World) -> None:
    assert faults_of(told.db) == []
    with told.db.read() as tx:
        for table in (*ROWS, *SEALS):
            assert tx.scalar(f"SELECT count(*) FROM {table}") > 0, table
        assert tx.scalar("SELECT count(*) FROM part_of WHERE until_event IS NOT NULL") > 0


def defenceless(tx: Tx) -> None:
    if tx.dialect == "sqlite":
        for (name,) in tx.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            tx.run(f"DROP TRIGGER {name}")
    else:
        tx.run("SET LOCAL session_replication_role = replica")


class Inside:
    """A database as it looks from inside one open transaction."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.dialect = tx.dialect

    @contextmanager
    def read(self) -> Iterator[Tx]:
        yield self.tx

    @contextmanager
    def attempt(self) -> Iterator[Tx]:
        """Take back whatever the block does."""
        self.tx.run("SAVEPOINT attempt")
        try:
            yield self.tx
        finally:
            self.tx.run("ROLLBACK TO SAVEPOINT attempt")

    def faults(self) -> list[Fault]:
        return list(verification.verify(self))  # type: ignore[arg-type]


@pytest.fixture
def inside(told: World) -> Iterator[Inside]:
    """Open a transaction in which everything is allowed, and roll it back."""
    db = told.db
    with db.engine.connect() as conn:
        if db.dialect == "sqlite":
            conn.exec_driver_sql("BEGIN")
        found = Inside(Tx(conn, db.dialect))
        defenceless(found.tx)
        try:
            yield found
        finally:
            if db.dialect == "sqlite":
                conn.exec_driver_sql("ROLLBACK")
            else:
                conn.rollback()
    assert faults_of(db) == []


def another(value: Any, column: Any, chance: random.Random) -> Any:
    if isinstance(value, bytes | memoryview):
        raw = bytearray(value)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        return bytes(raw)
    if isinstance(column.type, String | Text):
        if not value:
            return chance.choice(["x", "-", " "])
        place = chance.randrange(len(value))
        other = chance.choice([c for c in '0aZ门"\\' if c != value[place]])
        return chance.choice([value[:place] + other + value[place + 1 :], value + " ", value[:-1]])
    return chance.choice([(value or 0) + 1, (value or 0) + chance.randrange(2, 10**9), -(value or 0) - 1])


def pick(tx: Tx, table: Table, chance: random.Random) -> dict[str, Any]:
    rows = tx.rows(f"SELECT * FROM {table.name}")
    return dict(chance.choice(rows)._mapping)


def where(table: Table) -> str:
    return " AND ".join(f"{column.name} = :k_{column.name}" for column in table.primary_key)


def keys(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {f"k_{column.name}": row[column.name] for column in table.primary_key}


def alter(tx: Tx, table: Table, chance: random.Random) -> str:
    row = pick(tx, table, chance)
    column = chance.choice([c for c in table.columns if (table.name, c.name) not in IDLE])
    new = another(row[column.name], column, chance)
    tx.run(f"UPDATE {table.name} SET {column.name} = :new WHERE {where(table)}", new=new, **keys(table, row))
    return f"{table.name}.{column.name} {row} → {new!r}"


IDLE = {("payload", "erased_by"), ("payload", "erased_at")}
"""Says of an erasure who did it, and is not sealed: the audit trail says it too."""


def remove(tx: Tx, table: Table, chance: random.Random) -> str:
    row = pick(tx, table, chance)
    tx.run(f"DELETE FROM {table.name} WHERE {where(table)}", **keys(table, row))
    return f"{table.name} without {row}"


def swap(tx: Tx, table: Table, chance: random.Random) -> str:
    """Let two rows change places: each keeps its key and takes over the rest of the other."""
    names = [c.name for c in table.columns if not c.primary_key]
    while True:
        one, two = pick(tx, table, chance), pick(tx, table, chance)
        if any(one[name] != two[name] for name in names if (table.name, name) not in IDLE):
            break
    for to, of in ((one, two), (two, one)):
        sets = ", ".join(f"{name} = :{name}" for name in names)
        tx.run(f"UPDATE {table.name} SET {sets} WHERE {where(table)}", **{n: of[n] for n in names}, **keys(table, to))
    return f"{table.name} swapped {one} {two}"


def add(tx: Tx, table: Table, chance: random.Random) -> str:
    row = pick(tx, table, chance)
    key = chance.choice(list(table.primary_key))
    value = row[key.name]
    row[key.name] = value + "x" if isinstance(value, str) else 10**6 + chance.randrange(10**6)
    names = [c.name for c in table.columns]
    if table.name == "part_in" and row["until_event"] is None:
        row["until_event"] = 1
    tx.run(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})", **row)
    return f"{table.name} with {row}"


@pytest.mark.slow
def test_every_change_removal_swap_and_addition_is_found(inside: Inside) -> None:
    chance = random.Random(20261122)
    swappable = [name for name in ROWS[:3] + SEALS[1:3] if inside.tx.scalar(f"SELECT count(*) FROM {name}") > 1]
    missed: list[str] = []
    made = 0
    while made < CHANGES:
        kind = chance.choices([alter, remove, swap, add], [6, 2, 1, 1])[0]
        names = swappable if kind is swap else ROWS * 3 + SEALS
        table = metadata.tables[chance.choice(names)]
        with inside.attempt() as tx:
            try:
                done = kind(tx, table, chance)
            except DBAPIError:
                continue  # no such row can be: the database itself refused
            made += 1
            if not inside.faults():
                missed.append(done)
    assert missed == []


NAMED = [
    ("UPDATE history SET to_state = 'sold' WHERE item_id = :m1 AND seq = 2", "row_altered", "M1", "履历第 2 行"),
    ("DELETE FROM history WHERE item_id = :m1 AND seq = 2", "row_missing", "M1", "履历第 2 行"),
    ("UPDATE event SET actor = 'nobody' WHERE id = :e", "row_altered", "#:e", "事件"),
    ("DELETE FROM identifier WHERE value = 'M2-新'", "row_missing", "M2-新", "标识 own:M2-新"),
    ("UPDATE stock_move SET quantity = quantity + 1", "row_altered", "", "库存流水第 0 行"),
    ("UPDATE part_of SET quantity = 2", "row_altered", "M1", "装入关系 item P1"),
    ("UPDATE identifier SET item_id = :m1 WHERE value = 'P1'", "row_missing", "P1", "标识 own:P1"),
    ("UPDATE seal_block SET signature = hash WHERE number = 1", "seal_altered", "", "signature"),
    ("DELETE FROM seal_block WHERE number = 2", "seal_block_missing", "", "2"),
]


def test_what_was_done_is_named(inside: Inside) -> None:
    tx = inside.tx
    ids = {"m1": tx.scalar("SELECT id FROM item WHERE code = 'M1'")}
    ids["e"] = tx.scalar("SELECT event_id FROM history WHERE item_id = :m1 AND seq = 2", m1=ids["m1"])
    for change, code, subject, row in NAMED:
        with inside.attempt():
            tx.run(change, **{name: value for name, value in ids.items() if f":{name}" in change})
            found = [(one.code, one.subject, str(one.params)) for one in inside.faults()]
        whose = subject.replace(":e", str(ids["e"]))
        assert any(code == c and whose in s and row in p for c, s, p in found), (change, found)


def test_a_row_added_behind_the_ledger_is_named(inside: Inside) -> None:
    inside.tx.run(
        "INSERT INTO identifier (value, namespace, item_id) SELECT 'FAKE', 'own', id FROM item WHERE code = 'M1'"
    )
    found = [(one.code, one.subject, one.params["row_en"]) for one in inside.faults()]
    assert found == [("row_added", "M1", "identifier own:FAKE")]


def test_an_event_that_was_kept_from_being_sealed_is_named(told: World) -> None:
    told.bear(["SN9"])
    with told.db.write() as tx:
        tx.run("DELETE FROM unsealed")
    found = {(one.code, one.subject, one.params["row_en"]) for one in verification.verify(told.db)}
    assert ("row_added", "SN9", "history row 1") in found
    assert ("row_added", "SN9", "identifier own:SN9") in found


def test_an_event_that_was_taken_out_with_all_that_it_did_is_named(inside: Inside) -> None:
    tx = inside.tx
    event = tx.scalar(
        "SELECT event_id FROM history WHERE item_id = (SELECT id FROM item WHERE code = 'P3') AND seq = 2"
    )
    for table, column in (("event", "id"), ("history", "event_id"), ("sealed", "event_id")):
        tx.run(f"DELETE FROM {table} WHERE {column} = :event", event=event)
    found = {(one.code, one.subject) for one in inside.faults()}
    assert {("row_missing", f"#{event}"), ("row_missing", "P1"), ("row_missing", "P2"), ("row_missing", "P3")} <= found


def test_the_seals_themselves_cannot_be_changed_without_switching_the_guards_off(told: World, seals: Seals) -> None:
    for table in APPEND_ONLY:
        with told.db.read() as tx:
            if tx.scalar(f"SELECT count(*) FROM {table}") == 0:
                continue
        with pytest.raises(DatabaseError, match="append-only"), told.db.write() as tx:
            tx.run(f"DELETE FROM {table}")
