"""Building parts in and taking them out, one unit at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError, PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.posting.model import Outcome, PostRequest, QuantityLine
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["M1", "M2"])
    world.bear(["P1", "P2", "P3"], "TRK")
    world.post("receive", "M1", "M2", place="WH1")
    world.post("receive", "P1", "P2", "P3", place="A-01")
    lines = [QuantityLine("BT", Decimal(100), "B2"), QuantityLine("SKU", Decimal(50))]
    world.posting.post(SYSTEM, PostRequest("receive", quantities=lines, place="A-01"))
    return world


def part(world: World, kind: str, parent: str, *components: Any, **rest: Any) -> Outcome:
    data = {"components": list(components), **rest.pop("data", {})}
    return world.post(kind, parent, data=data, **rest)


def refused(world: World, kind: str, parent: str, *components: Any, **rest: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(ConflictError) as caught:
        part(world, kind, parent, *components, **rest)
    return [(problem.code, problem.pointer) for problem in caught.value.problems]


def edges(world: World) -> list[tuple[Any, ...]]:
    """Return the open edges as (parent, child, whole units)."""
    with world.db.read() as tx:
        rows = tx.rows(
            "SELECT p.code AS parent, e.child_kind AS kind, e.child_id AS child, e.quantity AS quantity FROM part_of e "
            "JOIN item p ON p.id = e.parent_id WHERE e.until_event IS NULL ORDER BY p.code, e.child_kind, e.child_id"
        )
        codes = {row[0]: row[1] for row in tx.rows("SELECT id, code FROM item")}
    return [(r.parent, codes[r.child] if r.kind == "item" else r.kind, r.quantity // 1_000_000) for r in rows]


def test_parts_are_built_in_and_have_no_place_of_their_own(world: World) -> None:
    screws = {"product": "SKU", "quantity": 8, "from": "A-01"}
    outcome = part(world, "assemble", "M1", "P1", {"item": {"identifier": "P2"}}, screws)
    assert outcome.accepted == 1
    pump = world.item("P1")
    assert (pump["state"], pump["place"], pump["parent"]) == ("built_in", None, "M1")
    assert edges(world) == [("M1", "P1", 1), ("M1", "P2", 1), ("M1", "product", 8)]
    assert world.stock()["SKU", "", "built_in"] == 8
    assert world.stock()["SKU", "A-01", "in_stock"] == 42
    assert world.life("M1")[-1]["operation"] == "assemble"
    assert list(verify(world.db)) == []


def test_what_is_inside_already_names_its_unit(world: World) -> None:
    part(world, "assemble", "M1", "P1")
    with pytest.raises(ConflictError) as caught:
        part(world, "install", "M2", "P2", {"item": "P1"})
    (problem,) = caught.value.problems
    assert (problem.code, problem.pointer, problem.params["holder"]) == ("already_inside", "/data/components/1", "M1")
    assert world.item("P2")["state"] == "in_stock"
    assert [problem.code for problem in _refusal(world, "move", "P1", place="WH1")] == ["already_inside"]
    assert refused(world, "assemble", "P1", "P2") == [("already_inside", "/items/0")]


def _refusal(world: World, kind: str, *items: str, **rest: Any) -> list[Any]:
    with pytest.raises(ConflictError) as caught:
        world.post(kind, *items, **rest)
    return caught.value.problems


def test_a_part_must_be_usable(world: World) -> None:
    world.post("hold", "P1", data={"reason": "漏"})
    world.post("inspect", "P2", data={"quality": "rejected"})
    world.post("ship", "P3", partner="D-GD")
    world.boxes("BOX")
    expired = {"product": "BT", "batch": "B1", "quantity": 1}
    many = {"product": "BT", "batch": "B2", "quantity": 101}
    single = {"product": "WM", "quantity": 1}
    assert refused(world, "assemble", "M1", "P1", "P2", "P3", "M1", "?", "BOX", expired, many, single) == [
        ("held", "/data/components/0"),
        ("not_released", "/data/components/1"),
        ("wrong_state", "/data/components/2"),
        ("cycle", "/data/components/3"),
        ("unknown_item", "/data/components/4"),
        ("wrong_product", "/data/components/5"),
        ("expired", "/data/components/6"),
        ("not_enough", "/data/components/7"),
        ("wrong_product", "/data/components/8"),
    ]
    assert refused(world, "assemble", "BOX", "P1") == [("wrong_product", "/items/0")]
    assert refused(world, "assemble", "M1", {"item": "P2", "from": "WH2"})[0][0] == "wrong_place"
    assert refused(world, "assemble", "M1", {"item": "P2", "from": "?"})[0] == (
        "unknown_place",
        "/data/components/0/from",
    )


@pytest.mark.parametrize(
    "components", [None, [], [7], [{"item": 3}], [{"product": "SKU", "quantity": "x"}], [{"item": "P1", "colour": 1}]]
)
def test_components_must_be_named_in_one_of_the_known_ways(world: World, components: Any) -> None:
    with pytest.raises(InvalidInputError):
        world.post("assemble", "M1", data={"components": components})


def test_in_partial_mode_the_good_parts_go_in(world: World) -> None:
    outcome = part(world, "assemble", "M1", "P1", "?", mode="partial")
    assert outcome.accepted == 1
    assert [problem.code for problem in outcome.refused] == ["unknown_item"]
    assert edges(world) == [("M1", "P1", 1)]


def test_removed_parts_go_where_they_are_said_to_else_to_the_place_of_the_unit(world: World) -> None:
    screws = {"product": "SKU", "quantity": 8}
    part(world, "assemble", "M1", "P1", "P2", screws, {"product": "BT", "batch": "B2", "quantity": 2.5})
    part(world, "remove", "M1", "P1", data={"to": "returned"}, place="WH2")
    part(world, "remove", "M1", "P2", {**screws, "quantity": 3})
    assert (world.item("P1")["state"], world.item("P1")["place"]) == ("returned", "WH2")
    assert (world.item("P2")["state"], world.item("P2")["place"]) == ("in_stock", "WH1")
    assert world.stock()["SKU", "WH1", "in_stock"] == 3
    assert world.stock()["SKU", "", "built_in"] == 5
    assert edges(world) == [("M1", "batch", 2), ("M1", "product", 5)]
    assert refused(world, "remove", "M1", "P1", {**screws, "quantity": 6}) == [
        ("not_inside", "/data/components/0"),
        ("not_enough", "/data/components/1"),
    ]
    part(world, "remove", "M1", {"product": "SKU"}, data={"to": "scrapped"})
    assert world.stock()["SKU", "WH1", "scrapped"] == 5
    assert list(verify(world.db)) == []


def test_a_unit_taken_apart_loses_everything(world: World) -> None:
    part(world, "assemble", "M1", "P1", "P2", {"product": "SKU", "quantity": 8})
    assert world.post("disassemble", "M1").accepted == 1
    assert edges(world) == []
    assert world.stock()["SKU", "WH1", "in_stock"] == 8
    assert refused(world, "disassemble", "M1", "P1") == [("not_inside", "/data/components/0")]
    assert [problem.code for problem in _refusal(world, "disassemble", "M1")] == ["empty_package"]
    assert list(verify(world.db)) == []


def test_a_part_is_swapped_in_the_field(world: World) -> None:
    part(world, "assemble", "M1", "P1")
    world.post("ship", "M1", partner="D-GD")
    world.post("activate", "M1", partner="C-1")
    outcome = world.post("swap", "M1", data={"out": "P1", "in": {"item": "P2", "from": "A-01"}, "reason": "漏水"})
    assert outcome.accepted == 1
    assert (world.item("P1")["state"], world.item("P1")["parent"], world.item("P1")["place"]) == (
        "returned",
        None,
        None,
    )
    assert (world.item("P2")["state"], world.item("P2")["parent"]) == ("built_in", "M1")
    assert world.item("M1")["state"] == "sold"
    # Neither goes through alone.
    outcome = world.post("swap", "M1", data={"out": "P1", "in": "P3", "reason": ""}, mode="partial")
    assert outcome.event is None
    assert [(problem.code, problem.pointer) for problem in outcome.refused] == [("not_inside", "/data/out")]
    assert world.item("P3")["state"] == "in_stock"
    assert list(verify(world.db)) == []


def test_a_quantity_is_swapped_for_the_same_quantity(world: World) -> None:
    filter_ = {"product": "BT", "batch": "B2", "quantity": 2}
    part(world, "assemble", "M1", filter_)
    world.post("swap", "M1", data={"out": filter_, "in": {**filter_, "from": "A-01"}}, place="WH1")
    assert edges(world) == [("M1", "batch", 2)]
    assert world.stock()["BT", "WH1", "returned"] == 2
    assert list(verify(world.db)) == []


def test_a_part_of_a_part_is_swapped_and_no_unit_gets_into_itself(world: World) -> None:
    part(world, "assemble", "M2", "P1")
    part(world, "assemble", "M1", "M2")
    assert part(world, "remove", "M2", "P1").accepted == 1
    assert world.item("P1")["place"] == "WH1"  # where the outermost unit is
    assert refused(world, "install", "M2", "P1") == [("already_inside", "/items/0")]
    part(world, "remove", "M1", "M2")
    part(world, "assemble", "M2", "M1")
    problems = _refusal(world, "swap", "M1", data={"out": "P2", "in": "M2"})
    assert [problem.code for problem in problems] == ["cycle", "not_inside"]


def test_two_clients_want_the_same_part_and_one_gets_it(world: World) -> None:
    def build(parent: str) -> str:
        try:
            part(world, "assemble", parent, "P1")
        except PlatformError as error:
            return error.problems[0].code
        return "built"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(build, ["M1", "M2"]))
    assert sorted(results) == ["already_inside", "built"]
    assert len(edges(world)) == 1
    assert list(verify(world.db)) == []


def test_a_correction_takes_unit_and_parts_back_together(world: World) -> None:
    before = {code: world.item(code) for code in ("M1", "P1")}
    stock = world.stock()
    event = part(world, "assemble", "M1", "P1", {"product": "SKU", "quantity": 8}).event
    world.post("correct", "M1", data={"event": event})
    for code, old in before.items():
        assert {**world.item(code), "seq": 0} == {**old, "seq": 0}
    assert world.stock() == stock
    assert edges(world) == []
    with world.db.read() as tx:
        assert all(row.until_at == row.since_at for row in tx.rows("SELECT * FROM part_in"))
    assert list(verify(world.db)) == []


def test_a_removal_taken_back_goes_on_from_when_it_was_removed(world: World) -> None:
    built = part(world, "assemble", "M1", "P1", {"product": "SKU", "quantity": 8}).event
    removed = part(world, "remove", "M1", "P1", {"product": "SKU", "quantity": 3}).event
    assert built and removed
    with pytest.raises(ConflictError) as caught:
        world.post("correct", data={"event": built})
    assert {problem.code for problem in caught.value.problems} == {"later_events"}
    world.post("correct", data={"event": removed})
    assert edges(world) == [("M1", "P1", 1), ("M1", "product", 8)]
    with world.db.read() as tx:
        rows = tx.rows("SELECT * FROM part_in WHERE child_kind = 'item' ORDER BY since_event")
    assert rows[1].since_at == rows[0].until_at
    world.post("correct", data={"event": built})
    assert edges(world) == []
    assert world.stock()["SKU", "A-01", "in_stock"] == 50
    assert list(verify(world.db)) == []


def test_a_chain_takes_everything_back_newest_first(world: World) -> None:
    at_first = {code: {**world.item(code), "seq": 0} for code in ("M1", "P1", "P2")}
    stock = world.stock()
    built = part(world, "assemble", "M1", "P1", {"product": "SKU", "quantity": 8}).event
    world.post("swap", "M1", data={"out": "P1", "in": "P2"}, place="WH2")
    part(world, "remove", "M1", {"product": "SKU", "quantity": 3})
    part(world, "install", "M1", {"product": "BT", "batch": "B2", "quantity": 1})
    world.post("ship", "M1", partner="D-GD")
    world.post("correct", data={"event": built, "chain": True})
    assert {code: {**world.item(code), "seq": 0} for code in at_first} == at_first
    assert world.stock() == stock
    assert edges(world) == []
    assert list(verify(world.db)) == []


def test_what_came_out_and_is_used_elsewhere_cannot_be_put_back(world: World) -> None:
    part(world, "assemble", "M1", {"product": "SKU", "quantity": 50})
    removed = part(world, "remove", "M1", {"product": "SKU", "quantity": 3}).event
    part(world, "assemble", "M2", {"product": "SKU", "quantity": 2})
    with pytest.raises(ConflictError) as caught:
        world.post("correct", data={"event": removed})
    assert [problem.code for problem in caught.value.problems] == ["not_enough"]
