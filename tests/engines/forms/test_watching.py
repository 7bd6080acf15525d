"""Who watches records may refuse them before they are written, and is told what was written, in its transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from mazhi.engines.facts import Saving
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.records.watching import Watchers
from mazhi.engines.forms.records.within import RecordsWithin
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.purse import with_purse
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from tests.engines.forms.test_publishing import Shop, field


class Watcher:
    """Notes everything, and refuses records whose name says so."""

    def __init__(self, on: int) -> None:
        self.on = on
        self.told: list[tuple[int, Any, Any]] = []
        self.after: list[str] = []
        self.changed: frozenset[str] = frozenset()

    def watches(self, tx: Tx, form_id: int) -> bool:
        return form_id == self.on

    def refuses(self, tx: Tx, saving: Saving) -> Sequence[Sequence[Problem]]:
        named = [saving.scope(one.after)("name") for one in saving.saved]
        return [[Problem("record_required", {"field": "n"}, "/values/name")] if one == "no" else [] for one in named]

    def saved(self, tx: Tx, actor: Actor, saving: Saving) -> Callable[[], object] | None:
        self.told += [(one.number, one.before, one.after) for one in saving.saved]
        self.changed = saving.saved[0].changed
        return (lambda: self.after.append(saving.form)) if saving.soon else None


FIELDS = [
    field("name"), field("n", "number"), field("of", "member"), field("lines", "subform", fields=[field("x")]),
]  # fmt: skip


def test_watchers_see_what_a_record_held_and_holds(db: Database) -> None:
    shop = Shop(db)
    shop.forms.create(SYSTEM, "qc", "card", "x")
    shop.publish(FIELDS)
    watchers, rules = Watchers(), CodeRules(db, Counters(db))
    records = Records(db, Ids(Counters(db), "record"), rules, watchers)
    watcher = Watcher(shop.forms.get("qc", "card").id)
    watchers.add(watcher)
    (one,) = records.create(SYSTEM, "qc", "card", [{"name": "a", "n": 1, "lines": [{"x": "1"}]}])
    new = {"name": "a", "n": 1, "of": None, "lines": [{"x": "1"}]}
    assert watcher.told == [(one, None, new)]
    assert watcher.after == ["card"], "called after the commit"
    watcher.told.clear()
    records.change(SYSTEM, "qc", "card", one, 1, {"n": 2, "lines": [{"x": "2"}, {"x": "3"}]})
    assert watcher.told == [(one, new, {**new, "n": 2, "lines": [{"x": "2"}, {"x": "3"}]})]
    assert watcher.changed >= {"n", "lines", "lines.x"}
    assert "name" not in watcher.changed
    watcher.told.clear()
    outcome = records.create_good(SYSTEM, "qc", "card", [{"name": "b"}, {"name": "no"}, {"name": "c"}])
    assert [one.place for one in outcome.refused] == [1]
    assert [one[2]["name"] for one in watcher.told] == ["b", "c"], "who is refused is not told of"
    assert watcher.after == ["card", "card"], "many at once are left to the jobs"
    assert records.check(SYSTEM, "qc", "card", [{"name": "no"}])[0][0].pointer == "/values/name"
    watcher.told.clear()
    within = RecordsWithin(Ids(Counters(db), "record"), rules, watchers)

    def work(purse: Any) -> list[int]:
        with db.write() as tx:
            within.change(tx, SYSTEM, purse, "qc", "card", one, {"name": "z"}, None)
            return within.create(tx, SYSTEM, purse, "qc", "card", [{"name": "y"}])

    (made,) = with_purse(work)
    assert [(number, after["name"]) for number, _, after in watcher.told[-2:]] == [(one, "z"), (made, "y")]
    with pytest.raises(InvalidInputError):
        records.change(SYSTEM, "qc", "card", one, 3, {"name": "no"})


def test_forms_that_nobody_watches_cost_nothing(db: Database) -> None:
    shop = Shop(db)
    shop.forms.create(SYSTEM, "qc", "card", "x")
    shop.publish(FIELDS)
    watchers = Watchers()
    watcher = Watcher(0)
    watchers.add(watcher)
    records = Records(db, Ids(Counters(db), "record"), CodeRules(db, Counters(db)), watchers)
    records.create(SYSTEM, "qc", "card", [{"name": "no"}])
    assert watcher.told == []
