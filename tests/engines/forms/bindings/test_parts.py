"""Parts that were scanned are compared with the bill of materials of their item."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mazhi.engines.forms.bindings.service import Bindings
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.boms.model import NamedLine
from mazhi.kernel.boms.service import Boms
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, NotFoundError
from mazhi.kernel.products.store import product
from tests.kernel.world import World


def test_what_is_wrong_and_what_is_missing_is_said_for_every_part(db: Database) -> None:
    world = World(db).furnish()
    for code in ("PUMP", "MEMBRANE", "MEMBRANE-B"):
        world.add(product, code, name=code, tracking="serial")
    lines = [NamedLine("PUMP", Decimal(1)), NamedLine("MEMBRANE", Decimal(2), ("MEMBRANE-B",))]
    Boms(db).publish(SYSTEM, "WM", 0, lines)
    world.bear(["M1", "M2"], state="in_stock")
    world.bear(["P1", "P2"], "PUMP", state="in_stock")
    world.bear(["A1", "A2"], "MEMBRANE", state="in_stock")
    world.bear(["B1"], "MEMBRANE-B", state="in_stock")
    world.post("install", "M2", data={"components": [{"item": "P2"}]})
    world.post("hold", "A2", data={"reason": "x"})
    bindings = Bindings(db, world.items)
    told = bindings.check_parts(SYSTEM, "M1", ["P1", "A1", "B1", "A1", "P2", "NO", "M1", "A2", "M2"])
    answers = [(one.part.raw, one.problem.code if one.problem else "") for one in told.compared.parts]
    assert answers == [
        ("P1", ""), ("A1", ""), ("B1", ""), ("A1", "scan_again"), ("P2", "part_elsewhere"), ("NO", "unknown_item"),
        ("M1", "part_itself"), ("A2", "part_blocked"), ("M2", "part_not_wanted"),
    ]  # fmt: skip
    assert [one.missing for one in told.compared.needs] == [0, 0]
    assert not told.compared.complete
    assert bindings.check_parts(SYSTEM, "M1", ["P1", "A1", "B1"]).compared.complete
    part = bindings.check_parts(SYSTEM, "M2", ["P1"])
    assert [one.problem.code if one.problem else "" for one in part.compared.parts] == ["part_too_many"]
    assert [one.missing for one in part.compared.needs] == [0, 2_000_000]
    with pytest.raises(NotFoundError):
        bindings.check_parts(SYSTEM, "NOBODY", [])
    with pytest.raises(ForbiddenError):
        bindings.check_parts(Actor("blind"), "M1", [])
