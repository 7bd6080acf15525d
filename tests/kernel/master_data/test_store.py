from __future__ import annotations

import threading

import pytest

from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.master_data import store
from mazhi.kernel.partners.store import partner

ROW = {"code": "A", "name": "甲", "kind": "dealer", "regions": "[]", "active": True}


def test_a_row_is_claimed_only_in_the_version_that_was_seen(db: Database) -> None:
    with db.write() as tx:
        found = store.insert(tx, partner, ROW)
        assert found is not None
        assert store.insert(tx, partner, ROW) is None
        store.claim(tx, partner, found, 1)
        store.update(tx, partner, found, {"name": "乙"})
        store.claim(tx, partner, found, 2)
        with pytest.raises(ConflictError) as error:
            store.claim(tx, partner, found, 1)
        assert error.value.params == {"version": 1, "present": 2}
        with pytest.raises(ConflictError) as error:
            store.claim(tx, partner, found + 1, 1)
        assert error.value.params == {"version": 1, "present": 0}


def test_whoever_claims_second_waits_and_finds_the_new_version(db: Database) -> None:
    with db.write() as tx:
        found = store.insert(tx, partner, ROW)
    assert found is not None
    outcomes: list[str] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        try:
            with db.write() as tx:
                store.claim(tx, partner, found, 1)
        except ConflictError as error:
            outcomes.append(error.code)

    thread = threading.Thread(target=second)
    with db.write() as tx:
        store.claim(tx, partner, found, 1)
        thread.start()
        started.wait()
        store.update(tx, partner, found, {"name": "乙"})
    thread.join()
    assert outcomes == ["edit_conflict"]
