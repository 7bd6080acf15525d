"""A shipping form with a scan list, over a small company with goods in boxes."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.scan_lists.service import ScanLists
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.scanning.service import Scanning
from tests.kernel.world import World

FORM = "wms/ship"


def field(code: str, kind: str = "text", **rest: Any) -> dict[str, Any]:
    number = sum(ord(sign) * 131**place for place, sign in enumerate(code)) % 10**12
    return {"id": f"00000000-0000-4000-8000-{number:012d}", "code": code, "kind": kind, "title": code, **rest}


class Dock:
    """The form and its services."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.world = World(db).furnish()
        wh1 = self.world.ids["WH1"]
        self.world.bear([f"SN{number:03d}" for number in range(1, 31)], place_id=wh1, state="in_stock")
        self.world.bear(["OUT1", "OUT2"], "OUT", place_id=wh1, state="in_stock")
        self.world.boxes("BOX1", "BOX2")
        for box, first in (("BOX1", 11), ("BOX2", 21)):
            self.world.post("pack", *[f"SN{first + number:03d}" for number in range(3)], data={"into": box})
        self.forms = Forms(db)
        self.records = Records(db, Ids(Counters(db), "record"))
        self.lists = ScanLists(db, Scanning(db, self.world.items.by_ids))
        self.forms.create_app(SYSTEM, "wms", "仓库")
        self.forms.create(SYSTEM, "wms", "ship", "出库单")

    def publish(self, *fields: dict[str, Any], form: str = "ship", **options: Any) -> None:
        base = self.forms.get("wms", form).version
        body = [field("scans", "scan_list", options=options), *fields]
        self.forms.save_draft(SYSTEM, "wms", form, {"fields": body}, base=base)
        self.forms.publish(SYSTEM, "wms", form, base=base)

    def open(self, actor: Actor = SYSTEM, **how: Any) -> str:
        return self.lists.open(actor, FORM, "scans", **how).id

    def scan(self, name: str, raw: str, actor: Actor = SYSTEM, **how: Any) -> tuple[str, str]:
        found = self.lists.scan(actor, name, raw, **how).line
        return found.answer, found.problem.code if found.problem else ""

    def save(self, name: str | None, **values: Any) -> int:
        return self.records.create(SYSTEM, "wms", "ship", [{"scans": name, **values}])[0]

    def codes(self, name: str, *answers: str) -> list[str | None]:
        return [one.item for one in self.lists.lines(SYSTEM, name, answers or ("right",), newest=False).rows]


@pytest.fixture
def dock(db: Database) -> Dock:
    made = Dock(db)
    made.publish()
    return made
