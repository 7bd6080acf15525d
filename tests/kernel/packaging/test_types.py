"""Package types: how much goes in, what may be mixed; looking into a package and checking it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.packaging import store
from mazhi.kernel.packaging.model import Nested, PackageType, Room
from mazhi.kernel.packaging.service import Packaging
from tests.kernel.world import World


@given(st.integers(1, 5), st.lists(st.tuples(st.integers(1, 2), st.integers(1, 2)), max_size=10))
def test_a_room_never_holds_more_nor_other_things_than_it_may(most: int, contents: list[tuple[int, int]]) -> None:
    kind = PackageType(code="C", name="箱", capacity=most, mixed_products=False, mixed_batches=False)
    room = Room(kind, 0, set(), {})
    inside = [content for number, content in enumerate(contents) if room.take(number, content) is None]
    assert len(inside) <= most
    assert len(set(inside)) <= 1
    assert len(inside) == min(most, contents.count(inside[0])) if inside else not contents


def test_packages_go_into_larger_ones_with_all_that_is_in_them() -> None:
    kind = PackageType(code="P", name="托盘", level=3, mixed_products=False)
    room = Room(kind, 0, {(1, 1)}, {7: Nested(3, set()), 8: Nested(2, {(2, 1)}), 9: Nested(None, {(1, 2)})})
    assert [getattr(room.take(one, (0, 0)), "params", {}).get("why") for one in (7, 8, 9)] == [
        "level",
        "mixed_products",
        None,
    ]


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["S1", "S2", "S3", "S4"])
    world.bear(["T1"], "TRK")
    world.post("receive", "S1", "S2", "S3", "S4", "T1", place="WH1")
    world.boxes("B1", "B2", "PAL")
    packaging = Packaging(db, world.items)
    box = packaging.create(SYSTEM, PackageType(code="BOX", name="外箱", level=2, capacity=2, mixed_products=False))
    pallet = packaging.create(SYSTEM, PackageType(code="PAL", name="托盘", level=3, capacity=10))
    with db.write() as tx:
        ids = {row.code: row.id for row in tx.rows("SELECT id, code FROM item")}
        store.set_types(tx, [ids["B1"], ids["B2"]], box.id)
        store.set_types(tx, [ids["PAL"]], pallet.id)
    return world


def refused(world: World, *items: str, into: str) -> list[tuple[Any, ...]]:
    with pytest.raises(ConflictError) as caught:
        world.post("pack", *items, data={"into": into})
    return [(problem.code, problem.pointer, problem.params.get("why")) for problem in caught.value.problems]


def test_a_full_package_takes_no_more(world: World) -> None:
    assert refused(world, "S1", "T1", "S2", "S3", into="B1") == [
        ("wrong_product", "/items/1", "mixed_products"),
        ("over_quantity", "/items/3", None),
    ]
    world.post("pack", "S1", "S2", data={"into": "B1"})
    assert refused(world, "S3", into="B1")[0][0] == "over_quantity"
    world.post("pack", "B1", data={"into": "PAL"})
    world.post("pack", "S3", data={"into": "B2"})
    assert refused(world, "PAL", into="B2") == [("wrong_product", "/items/0", "level")]


def test_a_package_tells_what_is_in_it(world: World) -> None:
    packaging = Packaging(world.db, world.items)
    world.post("pack", "S1", "S2", data={"into": "B1"})
    world.post("pack", "B1", "T1", data={"into": "PAL"})
    box = packaging.look(SYSTEM, "B1")
    assert (box["type"]["code"], box["capacity"], box["count"], box["full"], box["tail"]) == ("BOX", 2, 2, True, False)
    pallet = packaging.look(SYSTEM, "PAL")
    assert (pallet["count"], pallet["pieces"], pallet["tail"], pallet["mixed"]) == (2, 3, True, True)
    assert [(one["product"], one["count"]) for one in pallet["contents"]] == [("WM", 2), ("TRK", 1)]
    assert [one["code"] for one in pallet["inside"]] == ["T1", "B1"]
    with pytest.raises(ConflictError) as caught:
        packaging.look(SYSTEM, "S1")
    assert caught.value.code == "not_a_package"


def test_a_package_is_checked_against_what_was_scanned(world: World) -> None:
    packaging = Packaging(world.db, world.items)
    world.post("pack", "S1", "S2", data={"into": "B1"})
    world.post("pack", "S3", data={"into": "B2"})
    assert packaging.check(SYSTEM, "B1", ["S1", "S3", "S4", "?", "S1"]) == {
        "package": "B1",
        "expected": 2,
        "matched": 1,
        "agrees": False,
        "missing": ["S2"],
        "foreign": [{"code": "S3", "item": "S3", "inside": "B2"}, {"code": "S4", "item": "S4", "inside": None}],
        "unknown": ["?"],
    }
    assert packaging.check(SYSTEM, "B1", ["S2", "S1"])["agrees"]


def test_types_are_kept_like_other_master_data(world: World) -> None:
    packaging = Packaging(world.db, world.items)
    assert [one.code for one in packaging.types().rows] == ["BOX", "PAL"]
    changed = packaging.change(SYSTEM, "BOX", 1, {"capacity": 3})
    assert (changed.capacity, changed.version) == (3, 2)
    world.post("pack", "S1", "S2", "S3", data={"into": "B1"})
    with pytest.raises(ConflictError):
        packaging.change(SYSTEM, "BOX", 1, {"capacity": 9})
    with pytest.raises(ConflictError):
        packaging.create(SYSTEM, PackageType(code="BOX", name="x"))
    with pytest.raises(InvalidInputError) as caught:
        packaging.create(SYSTEM, PackageType(code="", name="", level=0, capacity=0))
    assert len(caught.value.problems) == 4
    with pytest.raises(NotFoundError):
        packaging.change(SYSTEM, "?", 1, {})
    with pytest.raises(ForbiddenError):
        packaging.create(Actor("nobody"), PackageType(code="X", name="x"))
