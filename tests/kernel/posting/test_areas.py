"""Rights that hold at some places only, for pieces and for quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.posting.model import QuantityLine
from tests.kernel.world import World

KINDS = ("receive", "move", "issue", "ship", "return_", "adjust", "correct")


def keeper(world: World) -> Actor:
    """Return somebody who may do everything in WH1, and nothing elsewhere."""
    area = frozenset({world.ids["WH1"], world.ids["A-01"]})
    return Actor(name="keeper", user_id=7, rights={f"operation.{kind}": area for kind in KINDS})


def lines(quantity: int, product: str = "SKU") -> list[QuantityLine]:
    return [QuantityLine(product, Decimal(quantity))]


def refused(error: pytest.ExceptionInfo[ConflictError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_quantities_are_moved_only_within_the_area(db: Database) -> None:
    world = World(db).furnish()
    actor = keeper(world)
    world.post("receive", place="WH2", quantities=lines(5))
    world.post("receive", place="WH1", quantities=lines(5), actor=actor)
    for kind, place, data in (
        ("receive", "WH2", {}),
        ("move", "WH2", {}),
        ("issue", "WH2", {}),
        ("adjust", "WH2", {"reason": "盘盈"}),
    ):
        with pytest.raises(ConflictError) as error:
            world.post(kind, place=place, quantities=lines(1), data=data, actor=actor)
        assert refused(error) == ["no_right"], kind
    world.post("ship", quantities=lines(2), actor=actor)
    world.post("return_", place="A-01", quantities=lines(1), actor=actor)
    assert world.stock() == {
        ("SKU", "WH2", "in_stock"): 5,
        ("SKU", "WH1", "in_stock"): 3,
        ("SKU", "", "shipped"): 1,
        ("SKU", "A-01", "returned"): 1,
    }


def test_pieces_captured_when_shipped_draw_from_the_area_only(db: Database) -> None:
    world = World(db).furnish()
    actor = keeper(world)
    world.bear(["U1", "U2"], "OUT")
    world.post("receive", place="WH2", quantities=lines(5, "OUT"))
    with pytest.raises(ConflictError) as error:
        world.post("ship", "U1", actor=actor)
    assert refused(error) == ["not_enough"]
    world.post("receive", place="WH1", quantities=lines(1, "OUT"))
    world.post("ship", "U1", actor=actor)
    assert world.stock()["OUT", "WH2", "in_stock"] == 5


def test_only_what_stands_in_the_area_may_be_corrected(db: Database) -> None:
    world = World(db).furnish()
    actor = keeper(world)
    world.bear(["W1", "W2"])
    event = world.post("receive", "W1", place="WH2", quantities=lines(1)).event
    for items in ((), ("W1",)):
        with pytest.raises(ConflictError) as error:
            world.post("correct", *items, data={"event": event}, actor=actor)
        assert set(refused(error)) == {"no_right"}
    mine = world.post("receive", "W2", place="WH1", quantities=lines(1)).event
    assert world.post("correct", data={"event": mine}, actor=actor).accepted == 2
