"""Work that takes what it needs beforehand, and begins again where it must."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError

from mazhi.kernel.counters import purse
from mazhi.kernel.counters.purse import MOST_RIVALS, Purse, with_purse
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database

on_postgresql = pytest.mark.parametrize("db_url", ["postgresql"], indirect=True)


@pytest.fixture
def rows(db: Database) -> Database:
    with db.write() as tx:
        tx.run("CREATE TABLE rival (id bigint PRIMARY KEY, n bigint NOT NULL)")
        tx.run("INSERT INTO rival (id, n) VALUES (1, 0), (2, 0)")
    return db


@on_postgresql
def test_two_that_wait_for_each_other_are_both_done_in_the_end(rows: Database) -> None:
    barrier = threading.Barrier(2)

    def work(first: int, second: int) -> int:
        tries = 0

        def once(_purse: Purse) -> int:
            nonlocal tries
            tries += 1
            with rows.write() as tx:
                tx.run("UPDATE rival SET n = n + 1 WHERE id = :id", id=first)
                if tries == 1:
                    barrier.wait(30)
                tx.run("UPDATE rival SET n = n + 1 WHERE id = :id", id=second)
            return tries

        return with_purse(once)

    with ThreadPoolExecutor(2) as pool:
        tries = [one.result(60) for one in (pool.submit(work, 1, 2), pool.submit(work, 2, 1))]
    assert max(tries) > 1, "one of them gave way"
    with rows.read() as tx:
        assert tx.tuples("SELECT n FROM rival ORDER BY id") == [(2,), (2,)]


@on_postgresql
def test_who_always_gives_way_is_told_so_and_any_other_fault_at_once(
    rows: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purse, "PAUSE", 0)
    tries = []

    def work(state: str) -> None:
        with rows.write() as tx:
            tries.append(state)
            tx.run(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")

    for state, count in (("40P01", MOST_RIVALS + 1), ("23505", 1)):
        with pytest.raises(DBAPIError):
            with_purse(lambda _purse, state=state: work(state))
        assert tries.count(state) == count


def test_row_ids_at_hand_are_had_within_the_transaction_and_others_are_fetched_before_it_begins_again(
    db: Database,
) -> None:
    ids, tries, got = Ids(Counters(db), "thing", block=10), [], []

    def work(held: Purse) -> list[int]:
        tries.append(1)
        with db.write():  # whoever asked the counter in here would wait for themselves
            return [*held.take("thing", 1, ids), *held.take("thing", 3, ids)]

    for _ in range(20):
        got += with_purse(work)
    assert len(set(got)) == len(got) == 80
    assert 20 < len(tries) <= 20 + 2 * 20


def test_who_fetches_ids_keeps_nobody_waiting_who_is_in_a_transaction(db: Database) -> None:
    ids, inside, done = Ids(Counters(db), "thing", block=4), threading.Event(), threading.Event()

    def work(held: Purse) -> list[int]:
        with db.write():
            inside.set()
            done.wait(0.2)  # meanwhile the other thread waits for this transaction, with the ids in its hand
            return held.take("thing", 1, ids)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(with_purse, work)
        assert inside.wait(30)
        other = pool.submit(ids.take, 4)
        assert len({*one.result(30), *other.result(30)}) == 5
