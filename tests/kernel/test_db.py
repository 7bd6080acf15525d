from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import ProgrammingError as ProgrammingFault

from mazhi.kernel import db as db_module
from mazhi.kernel.counters import store
from mazhi.kernel.counters.service import Counters
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ProgrammingError


def test_marks_are_replaced_for_both_databases(db: Database) -> None:
    rows = [(1, "一"), (2, "二"), (3, "三")]
    with db.write() as tx:
        got = tx.rows(
            "SELECT r.id, r.word FROM ROWS(:rows, id bigint, word text) AS r "
            "WHERE r.id ANY(:ids, bigint) ORDER BY r.id",
            rows=rows,
            ids=[1, 3],
        )
    assert [tuple(row) for row in got] == [(1, "一"), (3, "三")]


def test_a_failed_block_leaves_nothing_and_the_others_stay(db: Database) -> None:
    barrier = threading.Barrier(8)
    failures: list[int] = []

    def work(number: int) -> None:
        barrier.wait()
        for round_ in range(20):
            try:
                with db.write() as tx:
                    store.advance(tx, f"n{number}-{round_}", 1)
                    if (number + round_) % 3 == 0:
                        raise ValueError
            except ValueError:
                failures.append(1)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM counter") == 160 - len(failures)


def test_numbers_are_handed_out_once(db: Database) -> None:
    counters = Counters(db)
    firsts: list[int] = []

    def work() -> None:
        for _ in range(25):
            first = counters.take("n", 10)
            assert first is not None
            firsts.append(first)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(firsts) == list(range(1, 1001, 10))


def test_a_counter_stops_at_its_limit_and_keeps_its_value(db: Database) -> None:
    counters = Counters(db)
    assert counters.take("n", 8, limit=10) == 1
    assert counters.take("n", 3, limit=10) is None
    assert counters.take("n", 2, limit=10) == 9
    assert counters.take("n", 1, limit=10) is None


def test_a_write_block_inside_a_write_block_is_a_mistake_on_sqlite(db: Database) -> None:
    if db.dialect == "postgresql":
        pytest.skip("PostgreSQL gives the inner block a connection of its own")
    with pytest.raises(ProgrammingError), db.write(), db.write():
        pass
    with db.write() as tx:
        assert store.advance(tx, "still-alive", 1) == 1


def test_reading_does_not_write(db: Database) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"), db.read() as tx:
        store.advance(tx, "n", 1)


def test_signs_that_mean_something_to_a_driver_are_taken_as_they_are(db: Database) -> None:
    with db.read() as tx:
        row = tx.row("SELECT 7 % 4 AS rest, '100%' AS share, CAST(:word AS text) AS word", word="50% :x")
    assert row is not None
    assert (row.rest, row.share, row.word) == (3, "100%", "50% :x")


def test_what_a_driver_refuses_comes_out_alike_for_all_ways_of_asking(db: Database) -> None:
    for _ in range(3):
        with pytest.raises(ProgrammingFault if db.dialect == "postgresql" else OperationalError), db.read() as tx:
            tx.rows("SELECT nothing FROM nowhere WHERE id = :id", id=1)
    with db.read() as tx:
        assert tx.scalar("SELECT 1") == 1


def test_connections_of_a_server_that_ended_them_are_given_up_together(db: Database) -> None:
    if db.dialect == "sqlite":
        pytest.skip("SQLite has no server")
    with db.read() as one, db.read() as two:
        ids = [tx.scalar("SELECT pg_backend_pid()") for tx in (one, two)]
    with db.write() as tx:
        for pid in ids:
            tx.scalar("SELECT pg_terminate_backend(:pid)", pid=pid)
    with pytest.raises(OperationalError), db.read() as tx:
        tx.scalar("SELECT 1")
    for _ in range(2):
        with db.read() as tx:
            assert tx.scalar("SELECT 1") == 1


def test_what_a_thread_still_holds_is_closed_when_it_lets_go_of_a_closed_database(db_url: str) -> None:
    closed, held = threading.Event(), threading.Event()
    drivers: list[Any] = []
    database = Database(db_url)

    def work() -> None:
        with database.read() as tx:
            drivers.append(tx.conn.connection.driver_connection)
            held.set()
            assert closed.wait(10)
        with database.read() as tx:  # one more look before it notices
            drivers.append(tx.conn.connection.driver_connection)

    thread = threading.Thread(target=work)
    thread.start()
    assert held.wait(10)
    database.close()
    closed.set()
    thread.join()
    for one in drivers:
        with pytest.raises((psycopg.OperationalError, sqlite3.ProgrammingError), match="closed"):
            one.execute("SELECT 1")
    assert len(drivers) == 2


def test_a_table_without_rows_is_a_table(db: Database) -> None:
    with db.read() as tx:
        assert tx.rows("SELECT r.a FROM ROWS(:rows, a bigint, b text) r", rows=[]) == []


def test_statements_on_sqlite_may_call_functions_that_modules_add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db_module, "_sqlite_functions", {})
    db_module.add_sqlite_function("twice", lambda number: number * 2)
    database = Database(f"sqlite:///{tmp_path / 'functions.db'}")
    with database.read() as tx:
        assert tx.scalar("SELECT twice(21)") == 42
    with database.write() as tx:
        assert tx.scalar("SELECT twice(:n)", n=4) == 8
    database.close()
