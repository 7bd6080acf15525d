"""A small company to post in: one product of each tracking kind, places, partners, and the services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches.store import batch
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.items.service import Items
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.partners.store import partner
from mazhi.kernel.places.store import place
from mazhi.kernel.posting.model import NEW, ItemRef, Outcome, PostRequest
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.products.store import product


def unguard(tx: Tx, table: str) -> None:
    """Take the guards of an append-only table away, as somebody with the database's password could."""
    if tx.dialect == "sqlite":
        for verb in ("update", "delete"):
            tx.run(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
    else:
        tx.run("SET LOCAL session_replication_role = replica")


@dataclass
class World:
    """Services over one database, and short ways to use them."""

    db: Database
    actor: Actor = SYSTEM
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counters = Counters(self.db)
        self.item_ids = Ids(counters, "item")
        self.event_ids = Ids(counters, "event")
        self.cycles = LifeCycles(self.db)
        self.posting = Posting(self.db, self.cycles, self.event_ids)
        self.items = Items(self.db)
        with self.db.write() as tx:
            self.cycles.ensure_defaults(tx)

    def add(self, table: Any, code: str, **values: Any) -> int:
        """Insert a row of master data and return its id."""
        now = clock.now()
        with self.db.write() as tx:
            row_id = tx.conn.execute(
                table.insert().values(code=code, created_at=now, updated_at=now, **values).returning(table.c.id)
            ).scalar_one()
        self.ids[code] = row_id
        return int(row_id)

    def furnish(self) -> World:
        """Put in the usual master data."""
        self.add(product, "WM", name="水表", tracking="serial", warranty_days=730)
        self.add(product, "IQ", name="进厂检", tracking="serial", inspect_on='["receive","return_"]')
        self.add(product, "OUT", name="出库采集", tracking="serial", capture='{"outbound_only": true}')
        self.add(product, "TRK", name="只跟踪", tracking="serial", capture='{"track_only": true}')
        self.add(product, "BT", name="滤芯", tracking="batch")
        self.add(product, "SKU", name="螺丝", tracking="sku")
        wh1 = self.add(place, "WH1", name="成品仓", kind="warehouse", path="/1/")
        self.add(place, "A-01", name="A-01", kind="bin", parent_id=wh1, path=f"/1/{wh1 + 1}/")
        self.add(place, "WH2", name="分仓", kind="warehouse", path="/9/")
        self.add(partner, "D-GD", name="广东经销商", kind="dealer")
        self.add(partner, "SUP", name="供应商", kind="supplier")
        self.add(partner, "C-1", name="王女士", kind="person")
        self.add(batch, "B1", product_id=self.ids["BT"], expires_on="2020-01-01")
        self.add(batch, "B2", product_id=self.ids["BT"], expires_on="2999-01-01")
        return self

    def bear(self, codes: Sequence[str], product_code: str = "WM", **facts: Any) -> int:
        """Let items be born and return the event."""
        (event_id,) = self.event_ids.take(1)
        now = clock.now()
        born = NEW._replace(product_id=self.ids[product_code], state=facts.pop("state", "coded"), **facts)
        births = Births(self.item_ids.take(len(codes)), codes, born)
        with self.db.write() as tx:
            bear(tx, Stamp(event_id, "commission", now, now, "test", "", "", "", ""), births)
        return event_id

    def boxes(self, *codes: str) -> None:
        """Let empty packages be born."""
        self.ids.setdefault("", 0)
        self.bear(codes, "", kind="package")

    def post(self, kind: str, *items: str, **rest: Any) -> Outcome:
        """Post an operation on items named by their codes."""
        rest.setdefault("data", {})
        source = rest.pop("from_", None)
        refs = [ItemRef(code) for code in items]
        actor = rest.pop("actor", self.actor)
        return self.posting.post(actor, PostRequest(kind=kind, items=refs, from_place=source, **rest))

    def item(self, code: str) -> dict[str, Any]:
        """Describe an item."""
        return self.items.find(SYSTEM, code)

    def life(self, code: str) -> list[dict[str, Any]]:
        """Return the life of an item."""
        return self.items.history(SYSTEM, code)[0]

    def stock(self) -> dict[tuple[str, str, str], int]:
        """Return ``(product, place, state) → whole units``, zero rows left out."""
        with self.db.read() as tx:
            rows = tx.rows(
                "SELECT p.code AS product, s.place_id, s.state, sum(s.quantity) AS quantity FROM stock s "
                "JOIN product p ON p.id = s.product_id GROUP BY p.code, s.place_id, s.state"
            )
            places = {row[0]: row[1] for row in tx.rows("SELECT id, code FROM place")}
        return {
            (r.product, places.get(r.place_id, ""), r.state): int(r.quantity) // 1_000_000 for r in rows if r.quantity
        }
