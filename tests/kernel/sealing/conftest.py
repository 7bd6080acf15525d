"""A ledger with every kind of sealed row in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.posting.model import QuantityLine
from mazhi.kernel.sealing.service import Seals
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    return World(db).furnish()


@pytest.fixture
def seals(world: World, tmp_path: Path) -> Seals:
    return make_seals(world, tmp_path / "keys")


def make_seals(world: World, keys: Path) -> Seals:
    return Seals(world.db, Jobs(world.db, keys / "files"), world.items, keys)


def tell_a_story(world: World, seals: Seals) -> None:
    """Post something of everything, in several blocks."""
    world.bear(["M1", "M2"])
    world.bear(["P1", "P2", "P3"], "IQ")
    seals.seal_all()
    world.post("receive", "M1", "M2", place="WH1", document='PO-"1"\n\t\\\x01 门')
    world.post("receive", "P1", "P2", "P3", place="WH1", note="带控制字符 \x1f\x7f 和 \u2028")
    world.post("inspect", "P1", "P2", "P3", data={"quality": "released"})
    world.post("receive", quantities=[QuantityLine("SKU", Decimal("5.25"))], place="WH1")
    seals.seal_all()
    world.post("relabel", "M2", data={"new": "M2-新", "reason": "损坏"})
    world.post("assemble", "M1", data={"components": [{"item": "P1"}, {"item": "P2"}]})
    world.post("hold", "M1", data={"reason": "抽检"})
    world.post("remove", "M1", data={"components": [{"item": "P2"}], "to": "in_stock"})
    world.post("ship", quantities=[QuantityLine("SKU", Decimal(1))], from_="WH1", partner="D-GD", data={})
    world.post("move", "M2", place="A-01", data={"personal": {"phone": "13800000000"}})
    seals.seal_all()


def faults_of(db: Database) -> list[str]:
    from mazhi.kernel.sealing.verification import verify

    return [f"{fault.code} {fault.subject} {fault.params}" for fault in verify(db)]


@pytest.fixture
def told(world: World, seals: Seals) -> World:
    tell_a_story(world, seals)
    assert SYSTEM.everything
    return world
