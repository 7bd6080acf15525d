from __future__ import annotations

import pytest

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.service import Access
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError


@pytest.fixture
def written(db: Database) -> None:
    with db.write() as tx:
        for number in range(5):
            audit.record(
                tx,
                Actor(f"u{number % 2}"),
                subject="product" if number < 3 else "place",
                key=f"K{number}",
                action="change",
                before={"name": "旧", "unit": "台"},
                after={"name": "新", "unit": "台"},
            )


def test_the_newest_entries_come_first_page_by_page(access: Access, written: None) -> None:
    first = access.trail.page(SYSTEM, limit=3)
    rest = access.trail.page(SYSTEM, limit=3, after=int(first.next or 0))
    assert [entry.key for entry in first.rows + rest.rows] == ["K4", "K3", "K2", "K1", "K0"]
    assert rest.next is None


def test_of_a_change_only_the_difference_is_kept(access: Access, written: None) -> None:
    entry = access.trail.page(SYSTEM, limit=1).rows[0]
    assert (entry.before, entry.after) == ({"name": "旧"}, {"name": "新"})


def test_the_trail_is_asked_by_thing_and_by_user(access: Access, written: None) -> None:
    def keys(**asked: str) -> list[str]:
        return [entry.key for entry in access.trail.page(SYSTEM, **asked).rows]  # type: ignore[arg-type]

    assert keys(subject="place") == ["K4", "K3"]
    assert keys(subject="product", key="K1") == ["K1"]
    assert keys(by="u1") == ["K3", "K1"]


def test_the_trail_is_read_by_who_may(access: Access) -> None:
    with pytest.raises(ForbiddenError):
        access.trail.page(Actor("x", rights={"items.view": None}))
