from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counts.model import OpenRequest, ScanRequest
from mazhi.kernel.counts.service import Counts
from mazhi.kernel.db import Database
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.posting.model import QuantityLine
from mazhi.kernel.scanning.service import Scanning
from tests.kernel.world import World

COUNTER = {"operation.count": None, "items.view": None}


def person(name: str, **more: None) -> Actor:
    """Somebody who may count, and what else is said."""
    return Actor(name, rights={**COUNTER, **{right.replace("_", ".", 1): None for right in more}})


ANNA, BEN = person("anna"), person("ben")
BOSS = Actor("boss", rights={"counts.manage": None, "counts.approve": None, "items.view": None})


@dataclass
class Shop:
    """A small store, with short ways to count in it."""

    world: World
    counts: Counts
    jobs: Jobs
    number: str = ""

    def open(self, *places: str, **rest: Any) -> str:
        self.number = self.counts.open(BOSS, OpenRequest(places or ("WH1",), **rest))["number"]
        return self.number

    def scan(self, raw: str, place: str | None = None, quantity: object = None, **rest: Any) -> str:
        """Scan something, and say what was answered: ``right``, or ``wrong count_twice`` …"""
        answer = self.ask(raw, place, quantity, **rest)
        return f"{answer['answer']} {answer['code']}".strip()

    def ask(self, raw: str, place: str | None = None, quantity: object = None, **rest: Any) -> dict[str, Any]:
        by = rest.pop("by", ANNA)
        amount = None if quantity is None else Decimal(str(quantity))
        return self.counts.scan(by, self.number, ScanRequest(raw, place=place, quantity=amount, **rest))

    def finish(self) -> dict[str, Any]:
        return self.counts.finish(BOSS, self.number)

    def differences(self, number: str | None = None) -> list[dict[str, Any]]:
        return self.counts.reading.differences(BOSS, number or self.number, limit=10_000)[0]

    def told(self) -> set[tuple[Any, ...]]:
        """Say the differences shortly: kind, what, where, and by how much or where the books have it."""
        return {
            (
                one["kind"] + (" moved" if one["moved"] else ""),
                one["item"] or one["raw"] or one["product"],
                one["place"],
                one["difference"] if one["kind"] == "quantity" else one["book_place"],
            )
            for one in self.differences()
        }

    def post(self) -> dict[str, Any]:
        self.counts.approve(BOSS, self.number)
        return self.counts.post(BOSS, self.number)


def make_shop(db: Database, folder: Path) -> Shop:
    world = World(db).furnish()
    world.bear(["S1", "S2", "S3", "S4", "S5"])
    for code, place in (("S1", "A-01"), ("S2", "A-01"), ("S3", "WH1"), ("S4", "WH2")):
        world.post("receive", code, place=place)
    world.post("receive", place="A-01", quantities=[QuantityLine("SKU", Decimal(10))])
    world.post("receive", place="WH1", quantities=[QuantityLine("BT", Decimal(4), batch="B2")])
    jobs = Jobs(db, folder)
    counts = Counts(db, Scanning(db, world.items.by_ids), world.posting, jobs, world.event_ids)
    return Shop(world, counts, jobs)


@pytest.fixture
def shop(db: Database, tmp_path: Path) -> Shop:
    return make_shop(db, tmp_path)


__all__ = ["ANNA", "BEN", "BOSS", "SYSTEM", "Shop", "person"]
