"""What takes reserved goods is decided by what it does: out of the reach of their document nobody else brings them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.life_cycles.defaults import DEFAULTS
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.model import NEW, PostRequest, QuantityLine
from mazhi.kernel.reservations.reach import takes
from mazhi.kernel.reservations.service import Reservations
from tests.kernel.reservations.test_reservations import kept, refusals, reserve, ship, states, world
from tests.kernel.world import World

__all__ = ["kept", "world"]

TAKING: dict[str, dict[str, Any]] = {
    "ship": {"partner": "D-GD"}, "issue": {}, "pick": {}, "check_out": {"partner": "C-1"},
    "scrap": {"data": {"reason": "?"}}, "move": {"place": "A-01", "data": {"owner": "SUP"}},
}  # fmt: skip
LEAVING: dict[str, dict[str, Any]] = {
    "move": {"place": "WH2"}, "putaway": {"place": "WH1"}, "inspect": {"data": {"quality": "concession"}},
    "hold": {"data": {"reason": "?"}}, "release": {"data": {"reason": "?"}}, "count": {},
}  # fmt: skip


def test_pieces_that_are_reserved_are_not_taken_whatever_the_operation_is_called(
    world: World, kept: Reservations
) -> None:
    reserve(kept, "SO-1", "S1")
    for kind, rest in TAKING.items():
        for document in ("SO-2", ""):
            with pytest.raises(ConflictError) as error:
                world.post(kind, "S1", document=document, **rest)
            assert (kind, refusals(error)) == (kind, [("reserved", "S1")])
    for kind, rest in LEAVING.items():
        world.post(kind, "S1", **rest)
    with pytest.raises(ConflictError) as error:
        world.post("assemble", "S3", data={"components": [{"item": "S1"}]})
    assert refusals(error) == [("reserved", "S1")]
    with pytest.raises(ConflictError) as error:
        ship(world, "SO-3", "S2")
        world.post("exchange", "S2", data={"new": "S1"})
    assert refusals(error) == [("reserved", "S1")]
    assert states(kept, "SO-1") == ["open"]
    # What was found to be missing is missing, whoever wanted it.
    world.post("adjust", "S1", data={"reason": "盘亏", "to": "lost"})
    assert states(kept, "SO-1") == ["gone"]


def test_quantities_that_are_reserved_are_not_taken_either(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", lines=[("SKU", 8, {"place": "A-01"})])
    for kind in ("ship", "issue", "scrap", "move"):
        with pytest.raises(ConflictError) as error:
            world.post(kind, from_="A-01", quantities=[QuantityLine("SKU", Decimal(3))], **TAKING[kind])
        assert (kind, refusals(error)) == (kind, [("reserved", "SKU")])
    with pytest.raises(ConflictError) as error:
        component = {"product": "SKU", "quantity": 3, "from": "A-01"}
        world.post("assemble", "S1", data={"components": [component]})
    assert refusals(error) == [("reserved", "SKU")]
    world.post("scrap", from_="A-01", quantities=[QuantityLine("SKU", Decimal(2))], data={"reason": "?"})
    world.post("move", from_="A-01", place="WH2", quantities=[QuantityLine("SKU", Decimal(3))])
    assert sorted(row["left"] for row in kept.page(SYSTEM, document="SO-1")[0]) == [3, 5]


def test_what_is_packed_together_is_kept_for_one_document(world: World, kept: Reservations) -> None:
    world.boxes("BOX", "BIG")
    reserve(kept, "SO-1", "S1")
    reserve(kept, "SO-2", "S2")
    with pytest.raises(ConflictError) as error:
        world.post("pack", "S1", data={"into": "BOX"}, document="SO-2")
    assert refusals(error) == [("reserved", "S1")]
    world.post("pack", "S1", "S3", data={"into": "BOX"})
    with pytest.raises(ConflictError) as error:
        world.post("pack", "S2", data={"into": "BOX"})
    assert refusals(error) == [("reserved", "S2")]
    world.post("pack", "S1", data={"into": "BIG", "from_package": True}, document="SO-1")
    with pytest.raises(ConflictError) as error:
        world.post("pack", "S2", "BIG", data={"into": "BOX"})
    assert [code for code, _ in refusals(error)] == ["reserved"]
    assert list(verify(world.db)) == []


@pytest.mark.parametrize("cycle", DEFAULTS.values(), ids=list(DEFAULTS))
def test_every_operation_of_every_life_cycle_falls_under_the_rule(cycle: Any) -> None:
    """Whatever uses goods takes them, and whatever leads where nobody could take them from; nothing else does."""
    before = NEW._replace(product_id=1, state="in_stock", place_id=7)
    for kind in operation_kinds:
        for state in cycle.choices(kind.name, "in_stock"):
            stays = before._replace(state=state)
            taken = kind.use or not (state == "in_stock" or any(
                isinstance(cycle.target(use.name, state), str) for use in operation_kinds if use.use
            ))  # fmt: skip
            assert takes(kind, cycle, before, stays) == (taken and not kind.finding), (kind.name, state)
            for away in (stays._replace(place_id=0), stays._replace(owner_id=3), stays._replace(holder_id=3)):
                assert takes(kind, cycle, before, away) == (not kind.finding)


def correct(world: World, event: int | None) -> list[Problem]:
    return world.posting.post(SYSTEM, PostRequest("correct", data={"event": event, "reason": "扫错单"})).remarks


def test_a_shipment_that_is_taken_back_is_reserved_again(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", "S1", lines=[("SKU", 5, {"place": "A-01"}), ("WM", 1, {})])
    lines = [QuantityLine("SKU", Decimal(6))]
    shipped = world.post("ship", "S1", "S6", partner="D-GD", document="SO-1", from_=None, quantities=())
    more = world.post("ship", partner="D-GD", document="SO-1", from_="A-01", quantities=lines)
    assert sorted(states(kept, "SO-1")) == ["used", "used", "used"]
    assert [one.code for one in correct(world, shipped.event)] == ["reserve_back"]
    # The chosen piece was S2, but S6 went instead: it is S6 that is in hand now.
    assert {row["item"] for row in kept.page(SYSTEM, document="SO-1")[0]} == {"S1", "S6"}
    assert [one.code for one in correct(world, more.event)] == ["reserve_back"]
    assert {row["item"]: row["left"] for row in kept.page(SYSTEM, document="SO-1")[0]}[None] == 5
    with pytest.raises(ConflictError):
        ship(world, "SO-2", "S1")
    with pytest.raises(ConflictError):
        ship(world, "SO-2", from_="A-01", quantities=lines)
    ship(world, "SO-1", "S1", "S6")
    assert list(verify(world.db)) == []


def test_it_is_said_why_what_comes_back_is_not_reserved_again(
    world: World, kept: Reservations, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = clock.now() + 600 * clock.MICROS_PER_SECOND
    reserve(kept, "SO-1", "S1", "S2")
    reserve(kept, "SO-2", "S3", lines=[("SKU", 2, {"place": "WH2"})], expires_at=soon)
    first = world.post("ship", "S1", partner="D-GD", document="SO-1").event
    over = world.post("ship", "S3", partner="D-GD", document="SO-2").event
    lines = [QuantityLine("SKU", Decimal(2))]
    also = world.post("ship", partner="D-GD", document="SO-2", from_="WH2", quantities=lines).event
    assert kept.release(SYSTEM, "SO-1") == 1
    (closed,) = correct(world, first)
    assert (closed.code, closed.item, closed.params["document"]) == ("reserve_not_back_closed", "S1", "SO-1")
    monkeypatch.setattr(clock, "now", lambda: soon + 1)
    assert [(one.code, one.item) for one in correct(world, over)] == [("reserve_not_back_over", "S3")]
    assert [(one.code, one.item) for one in correct(world, also)] == [("reserve_not_back_over", "SKU")]
    assert kept.page(SYSTEM)[0] == []
    ship(world, "SO-9", "S1", "S3")
