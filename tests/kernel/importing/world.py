"""A company whose old serials are to be imported."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches.store import batch
from mazhi.kernel.db import Database
from mazhi.kernel.importing.model import ImportRequest, Report
from mazhi.kernel.importing.service import Importing
from mazhi.kernel.importing.writer import LedgerWriter
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.partners.store import partner
from mazhi.kernel.places.store import place
from mazhi.kernel.products.store import product
from mazhi.kernel.settings.store import write_setting
from tests.kernel.world import World

KEEPER = Actor(name="keeper", user_id=7, rights={"items.import": None, "items.view": None})
STRANGER = Actor(name="stranger", user_id=8, rights={"items.import": None})


class ImportWorld(World):
    """A world with an importing service, and short ways to use it."""

    def __init__(self, db: Database, folder: Path) -> None:
        super().__init__(db)
        self.jobs = Jobs(db, folder)
        self.importing = Importing(db, self.jobs, self.cycles, LedgerWriter(db, self.item_ids, self.event_ids))

    def furnish(self) -> ImportWorld:
        """Put in master data for every kind of fault."""
        super().furnish()
        capture = json.dumps({"pattern": "RO######L######"})
        self.add(
            product, "RO", name="净水机", tracking="serial", batch_managed=True, capture=capture, warranty_days=365
        )
        self.add(product, "OLD", name="老型号", tracking="serial", active=False)
        self.add(place, "X-9", name="旧库", kind="bin", path="/77/", active=False)
        self.add(partner, "D-OLD", name="停用经销商", kind="dealer", active=False)
        self.add(batch, "R1", product_id=self.ids["RO"])
        with self.db.write() as tx:
            write_setting(tx, "ledger.closed_until", str(clock.to_micros(clock.to_datetime(1_700_000_000_000_000))))
        return self

    def upload(self, content: bytes, name: str = "期初.xlsx", actor: Actor = KEEPER) -> str:
        return self.importing.upload(actor, io.BytesIO(content), name)

    def run(self, content: bytes, actor: Actor = KEEPER, **request: Any) -> Report | str:
        return self.importing.run(actor, ImportRequest(upload=self.upload(content, actor=actor), **request))

    def report(self, content: bytes, actor: Actor = KEEPER, **request: Any) -> Report:
        """Check or import a small file."""
        found = self.run(content, actor, **request)
        assert isinstance(found, Report)
        return found

    def count(self, table: str) -> int:
        with self.db.read() as tx:
            return int(tx.scalar(f"SELECT count(*) FROM {table}"))


def xlsx(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """Make a real workbook in memory."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    fill(workbook, workbook.add_worksheet("期初"))
    workbook.close()
    return target.getvalue()


def table(*rows: list[Any]) -> bytes:
    """Make a plain workbook of these rows."""

    def fill(_: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            for place_, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    sheet.write_string(number, place_, cell)
                elif cell is not None and cell != "":
                    sheet.write(number, place_, cell)

    return xlsx(fill)


def system_world(db: Database, folder: Path) -> ImportWorld:
    """Furnish a world."""
    return ImportWorld(db, folder).furnish()
