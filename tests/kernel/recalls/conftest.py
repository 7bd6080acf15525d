"""A company with recalls: the services, and short ways to build genealogies by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches.store import batch
from mazhi.kernel.counters.service import Counters
from mazhi.kernel.db import Database
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.posting.model import NEW, ItemRef
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.recalls.model import ActionRequest, OpenRequest, Where
from mazhi.kernel.recalls.service import Recalls
from tests.kernel.world import World


class RecallWorld(World):
    """The usual company, with recalls and edges."""

    runs = 0

    def prepare(self, folder: Path) -> RecallWorld:
        self.furnish()
        self.jobs = Jobs(self.db, folder)
        self.recalls = Recalls(self.db, self.posting, self.jobs, self.items, Counters(self.db), self.event_ids)
        for code in ("PB-1", "PB-2"):
            self.add(batch, code, product_id=self.ids["WM"], supplier_batch=f"S-{code}")
        return self

    def id_of(self, code: str) -> int:
        with self.db.read() as tx:
            return int(tx.scalar("SELECT id FROM item WHERE code = :code", code=code))

    def bear(self, codes: Sequence[str], product_code: str = "WM", **facts: Any) -> int:
        """Let items be born, ``days_ago`` if it is given."""
        (event_id,) = self.event_ids.take(1)
        at = clock.now() - facts.pop("days_ago", 0) * clock.MICROS_PER_DAY
        born = NEW._replace(product_id=self.ids[product_code], state=facts.pop("state", "coded"), **facts)
        births = Births(self.item_ids.take(len(codes)), codes, born)
        with self.db.write() as tx:
            bear(tx, Stamp(event_id, "commission", at, at, "test", "", "", "", ""), births)
        return event_id

    def put_in(
        self, parent: str, child: str, *, until: int | None = None, taken_back: bool = False, name: str = "assemble"
    ) -> int:
        """Write an edge; ``until`` closes it so many microseconds later, ``taken_back`` as a correction does."""
        since, over = self.event_ids.take(2)
        now = clock.now()
        closed = taken_back or until is not None
        ids = (self.id_of(parent), self.id_of(child))
        until_at = None if not closed else now if taken_back else now + (until or 0)
        with self.db.write() as tx:
            for event_id, kind in ((since, name), (over, "correct" if taken_back else "remove")):
                tx.run(
                    "INSERT INTO event (id, operation, occurred_at, recorded_at, actor) "
                    "VALUES (:id, :kind, :at, :at, 'test')",
                    id=event_id,
                    kind=kind,
                    at=now,
                )
            for table in ("part_of", "part_in"):
                tx.run(
                    f"INSERT INTO {table} (parent_id, child_kind, child_id, since_event, until_event, quantity, "
                    "since_at, until_at) VALUES (:parent, 'item', :child, :since, :over, 1000000, :at, :until_at)",
                    parent=ids[0],
                    child=ids[1],
                    since=since,
                    over=over if closed else None,
                    at=now,
                    until_at=until_at,
                )
            if not closed:
                tx.run("UPDATE item SET parent_id = :p, state = 'built_in' WHERE id = :c", p=ids[0], c=ids[1])
        return since

    def add_box(self, box: str, *codes: str) -> None:
        """Make a package and put pieces into it."""
        (event_id,), now = self.event_ids.take(1), clock.now()
        with self.db.write() as tx:
            births = Births(self.item_ids.take(1), [box], NEW._replace(kind="package", state="coded"))
            bear(tx, Stamp(event_id, "commission", now, now, "test", "", "", "", ""), births)
        for code in codes:
            state = self.item(code)["state"]
            self.put_in(box, code)
            with self.db.write() as tx:
                tx.run("UPDATE item SET state = :state WHERE code = :code", state=state, code=code)

    def open(self, *criteria: dict[str, Any], actor: Actor = SYSTEM, **rest: Any) -> dict[str, Any]:
        only = {"products": rest.pop("products")} if "products" in rest else {}
        return self.recalls.open(actor, OpenRequest("密封圈漏水", {"any": list(criteria), **only}, **rest))

    def act(self, number: str, kind: str, *codes: str, **rest: Any) -> dict[str, Any]:
        actor = rest.pop("actor", SYSTEM)
        request = ActionRequest(kind, [ItemRef(code) for code in codes], **rest)
        return self.recalls.act(actor, number, request)

    def look(self, number: str, **rest: Any) -> dict[str, Any]:
        return self.recalls.reading.get(SYSTEM, number, **rest)

    def rows(self, number: str, **where: Any) -> dict[str, dict[str, Any]]:
        found, more = self.recalls.reading.items(SYSTEM, number, Where(**where), limit=1000)
        assert more is None
        return {row["code"]: row for row in found}


@pytest.fixture
def world(db: Database, tmp_path: Path) -> Iterator[RecallWorld]:
    """Give the company, over a database of each kind."""
    yield RecallWorld(db).prepare(tmp_path / "files")
