"""Packing and unpacking: contents share state, place and holder with their package."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.ledger.verification import verify
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["S1", "S2", "S3", "S4"])
    world.post("receive", "S1", "S2", "S3", place="WH1")
    world.post("receive", "S4", place="WH2")
    world.boxes("B1", "B2", "PAL")
    return world


def refused(world: World, kind: str, *items: str, **rest: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(ConflictError) as caught:
        world.post(kind, *items, **rest)
    return [(problem.code, problem.pointer) for problem in caught.value.problems]


def where(world: World, *codes: str) -> list[tuple[Any, ...]]:
    items = [world.item(code) for code in codes]
    return [(item["state"], item["place"], item["parent"]) for item in items]


def test_an_empty_package_takes_the_situation_of_its_contents(world: World) -> None:
    assert world.post("pack", "S1", "S2", data={"into": "B1"}).accepted == 2
    assert where(world, "S1", "B1") == [("in_stock", "WH1", "B1"), ("in_stock", "WH1", None)]
    assert world.post("pack", "B1", data={"into": {"identifier": "PAL"}}).accepted == 1
    assert where(world, "B1", "PAL") == [("in_stock", "WH1", "PAL"), ("in_stock", "WH1", None)]
    assert world.post("ship", "PAL", partner="D-GD").accepted == 4
    assert where(world, "S1", "B1") == [("shipped", None, "B1"), ("shipped", None, "PAL")]
    assert world.item("S1")["holder"] == "D-GD"
    assert list(verify(world.db)) == []


def test_what_does_not_fit_is_refused_with_its_reason(world: World) -> None:
    world.post("pack", "S1", data={"into": "B1"})
    world.post("pack", "B1", data={"into": "PAL"})
    world.post("pick", "S2")
    assert refused(world, "pack", "S1", "S2", "S4", "B2", "?", data={"into": "B1"}) == [
        ("already_inside", "/items/0"),
        ("wrong_state", "/items/1"),
        ("wrong_place", "/items/2"),
        ("wrong_state", "/items/3"),
        ("unknown_item", "/items/4"),
    ]
    assert refused(world, "pack", "PAL", "B1", data={"into": "B1"}) == [("cycle", "/items/0"), ("cycle", "/items/1")]
    assert refused(world, "pack", "S4", data={"into": "S1"}) == [("wrong_product", "/data/into")]
    assert refused(world, "pack", "S4", data={"into": "?"}) == [("unknown_item", "/data/into")]
    assert world.post("pack", "S3", "S4", data={"into": "B1"}, mode="partial").accepted == 1


def test_what_is_taken_out_must_be_inside(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    world.post("pack", "S4", data={"into": "B2"})
    assert refused(world, "unpack", "S3") == [("not_inside", "/items/0")]
    with pytest.raises(ConflictError) as caught:
        world.post("unpack", "S1", "S4", data={"package": "B1"})
    (problem,) = caught.value.problems
    assert (problem.pointer, problem.params["holder"], problem.params["package"]) == ("/items/1", "B2", "B1")
    assert world.post("unpack", "S1").accepted == 1
    assert world.post("unpack", data={"package": "B1"}, place="A-01").accepted == 1
    assert where(world, "S1", "S2", "B1") == [
        ("in_stock", "WH1", None),
        ("in_stock", "A-01", None),
        ("in_stock", "WH1", None),
    ]
    assert refused(world, "unpack", data={"package": "B1"}) == [("empty_package", "/data/package")]
    assert list(verify(world.db)) == []


def test_repacking_is_one_event(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    assert refused(world, "pack", "S1", data={"into": "B2"}) == [("already_inside", "/items/0")]
    world.post("pack", "S1", data={"into": "B2", "from_package": True})
    assert where(world, "S1", "S2") == [("in_stock", "WH1", "B2"), ("in_stock", "WH1", "B1")]
    assert refused(world, "pack", "S1", data={"into": "B2", "from_package": True}) == [("already_inside", "/items/0")]
    assert list(verify(world.db)) == []


@pytest.mark.parametrize(
    ("kind", "rest"),
    [("pick", {}), ("move", {"place": "WH2"}), ("ship", {"partner": "D-GD"}), ("scrap", {})],
)
def test_what_changes_alone_leaves_its_package(world: World, kind: str, rest: dict[str, Any]) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    event = world.post(kind, "S1", **rest).event
    assert world.item("S1")["parent"] is None
    assert world.item("S2")["parent"] == "B1"
    assert list(verify(world.db)) == []
    world.post("correct", data={"event": event})
    assert world.item("S1")["parent"] == "B1"
    assert list(verify(world.db)) == []


def test_what_changes_nothing_of_its_situation_stays_in(world: World) -> None:
    world.post("pack", "S1", data={"into": "B1"})
    world.post("hold", "S1", data={"reason": "漏"})
    world.post("inspect", "S1", data={"quality": "rejected"})
    world.post("move", "S1", place="WH1")
    assert world.item("S1")["parent"] == "B1"


def test_a_package_goes_whole_or_not_at_all(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    world.post("hold", "S1", data={"reason": "漏"})
    outcome = world.post("ship", "B1", "S3", partner="D-GD", mode="partial")
    assert outcome.accepted == 1
    assert [(problem.code, problem.pointer) for problem in outcome.refused] == [("held", "/items/0")]
    assert where(world, "B1", "S1", "S2") == [
        ("in_stock", "WH1", None),
        ("in_stock", "WH1", "B1"),
        ("in_stock", "WH1", "B1"),
    ]


def test_a_part_that_is_built_in_leaves_its_package(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    event = world.post("assemble", "S3", data={"components": ["S1"]}).event
    assert where(world, "S1") == [("built_in", None, "S3")]
    world.post("correct", data={"event": event})
    assert where(world, "S1") == [("in_stock", "WH1", "B1")]
    world.post("assemble", "S3", data={"components": ["S1"]})
    assert refused(world, "pack", "S1", data={"into": "B1"}) == [("already_inside", "/items/0")]
    assert refused(world, "unpack", "S1") == [("already_inside", "/items/0")]
    assert list(verify(world.db)) == []


def test_packing_is_taken_back_for_some_or_for_all(world: World) -> None:
    event = world.post("pack", "S1", "S2", data={"into": "B1"}).event
    world.post("correct", "S1", data={"event": event})
    assert where(world, "S1", "S2", "B1") == [
        ("in_stock", "WH1", None),
        ("in_stock", "WH1", "B1"),
        ("in_stock", "WH1", None),
    ]
    world.post("pack", "S3", data={"into": "B1"})
    world.post("correct", data={"event": event})  # the package stays: something else is in it by now
    assert where(world, "S2", "S3", "B1") == [
        ("in_stock", "WH1", None),
        ("in_stock", "WH1", "B1"),
        ("in_stock", "WH1", None),
    ]
    assert list(verify(world.db)) == []


def test_packing_taken_back_whole_leaves_the_package_as_it_was(world: World) -> None:
    event = world.post("pack", "S1", "S2", data={"into": "B1"}).event
    world.post("correct", data={"event": event})
    assert where(world, "S1", "B1") == [("in_stock", "WH1", None), ("coded", None, None)]
    with world.db.read() as tx:
        assert all(row.until_at == row.since_at for row in tx.rows("SELECT * FROM part_of"))


def test_a_package_does_not_go_back_alone(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    event = world.post("ship", "B1", partner="D-GD").event
    with pytest.raises(ConflictError) as caught:
        world.post("correct", "B1", data={"event": event})
    (problem,) = caught.value.problems
    assert problem.code == "contents_stay"
    assert problem.params["content"] in {"S1", "S2"}
    world.post("correct", "S1", data={"event": event})  # this one alone comes back, and so leaves the package
    assert where(world, "S1", "S2") == [("in_stock", "WH1", None), ("shipped", None, "B1")]
    world.post("correct", data={"event": event})
    assert where(world, "S2", "B1") == [("in_stock", "WH1", "B1"), ("in_stock", "WH1", None)]
    assert list(verify(world.db)) == []


def test_an_unpacking_taken_back_only_rejoins_a_package_that_is_still_there(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    event = world.post("unpack", "S1").event
    world.post("ship", "B1", partner="D-GD")
    world.post("correct", data={"event": event})
    assert where(world, "S1") == [("in_stock", "WH1", None)]
    assert list(verify(world.db)) == []


def test_a_full_pallet_is_moved_while_it_is_packed(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    assert world.post("pack", "B1", data={"into": "PAL"}, place="WH2").accepted == 1
    assert where(world, "S1", "B1", "PAL") == [
        ("in_stock", "WH2", "B1"),
        ("in_stock", "WH2", "PAL"),
        ("in_stock", "WH2", None),
    ]
    assert list(verify(world.db)) == []


def test_a_package_is_not_exchanged_and_its_contents_leave_it_when_they_are(world: World) -> None:
    world.post("pack", "S1", "S2", data={"into": "B1"})
    assert refused(world, "exchange", "B1", data={"new": "S3"}) == [("wrong_product", "/items/0")]
    world.post("ship", "B1", partner="D-GD")
    world.post("exchange", "S1", data={"new": "S3"})
    assert where(world, "S1", "S2", "S3") == [("returned", None, None), ("shipped", None, "B1"), ("sold", None, None)]
    assert list(verify(world.db)) == []


def test_what_is_named_beside_its_package_rides_along_in_it(world: World) -> None:
    world.boxes("IN", "OUT")
    world.bear(["P1", "P2"])
    world.post("receive", "P1", "P2", place="WH1")
    world.post("pack", "P1", "P2", data={"into": "IN"})
    outcome = world.post("pack", "P1", "IN", data={"into": "OUT"}, place="WH2", mode="partial")
    assert (outcome.accepted, [one.code for one in outcome.refused]) == (1, ["already_inside"])
    assert {code: world.item(code)["place"] for code in ("P1", "P2", "IN", "OUT")} == dict.fromkeys(
        ("P1", "P2", "IN", "OUT"), "WH2"
    )


def test_a_package_stays_as_it_is_when_a_chain_brings_something_back_into_it(world: World) -> None:
    world.boxes("BX")
    world.bear(["M0", "M1", "M2"])
    world.post("receive", "M0", "M1", "M2", place="WH1")
    first = world.post("pack", "M1", data={"into": "BX"})
    world.post("pack", "M2", data={"into": "BX"})
    world.post("install", "M0", data={"components": [{"item": "M1"}, {"item": "M2"}]})
    world.post("correct", data={"event": str(first.event), "reason": "x", "chain": True})
    assert (world.item("M1")["parent"], world.item("M2")["parent"]) == (None, "BX")
    assert (world.item("BX")["place"], world.item("BX")["state"]) == ("WH1", "in_stock")
    assert list(verify(world.db)) == []
