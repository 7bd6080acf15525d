"""Bills of materials: what fits, and that building in obeys them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.boms.model import MILLION, BomLine, Fitting, NamedLine
from mazhi.kernel.boms.service import Boms
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.posting.model import PostRequest, QuantityLine
from tests.kernel.world import World


@given(st.integers(1, 5), st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.integers(1, 3)), max_size=12))
def test_never_more_goes_in_than_the_bill_says(most: int, wanted: list[tuple[int, int]]) -> None:
    fitting = Fitting([BomLine(1, most, (2,))], {})
    taken = 0
    for product, quantity in wanted:
        problem = fitting.take(product, quantity)
        if problem is None:
            taken += quantity
        else:
            assert problem.code == ("wrong_product" if product == 3 else "over_quantity")
            assert product == 3 or taken + quantity > most
    assert taken <= most


def test_its_own_line_is_filled_before_the_one_where_it_stands_in() -> None:
    fitting = Fitting([BomLine(1, MILLION, (2,)), BomLine(2, MILLION)], {2: MILLION})
    assert fitting.take(1, MILLION) is None
    problem = fitting.take(2, MILLION)
    assert problem is not None
    assert (problem.code, problem.params["most"]) == ("over_quantity", "2")


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["M1", "M2"])
    world.bear(["P1", "P2", "P3"], "TRK")
    world.bear(["Q1"], "IQ")
    world.post("receive", "M1", "M2", "P1", "P2", "P3", place="WH1")
    world.posting.post(
        SYSTEM,
        PostRequest("receive", quantities=[QuantityLine("SKU", Decimal(50))], place="WH1"),
    )
    Boms(db).publish(SYSTEM, "WM", 0, [line("TRK", 2, "IQ"), line("SKU", "8.5")])
    return world


def line(component: str, quantity: Any, *substitutes: str) -> NamedLine:
    return NamedLine(component, Decimal(quantity), substitutes)


def refused(world: World, kind: str, parent: str, **data: Any) -> list[tuple[Any, ...]]:
    with pytest.raises(ConflictError) as caught:
        world.post(kind, parent, data=data)
    return [(problem.code, problem.pointer) for problem in caught.value.problems]


def test_what_is_built_in_must_be_in_the_bill_and_no_more_of_it(world: World) -> None:
    screws = {"product": "SKU", "quantity": 8}
    assert refused(world, "assemble", "M1", components=["P1", "M2", "P2", "Q1", screws, {**screws, "quantity": 1}]) == [
        ("wrong_product", "/data/components/1"),
        ("over_quantity", "/data/components/3"),
        ("over_quantity", "/data/components/5"),
    ]
    world.post("assemble", "M1", data={"components": ["P1", screws]})
    world.post("install", "M1", data={"components": ["Q1"]})
    assert refused(world, "install", "M1", components=["P2"]) == [("over_quantity", "/data/components/0")]
    world.post("swap", "M1", data={"out": "P1", "in": "P2"})
    assert refused(world, "swap", "M1", **{"out": "P2", "in": "M2"}) == [("wrong_product", "/data/in")]
    world.post("swap", "M1", data={"out": screws, "in": screws})
    world.post("assemble", "P3", data={"components": ["M2"]})  # no bill: anything goes


def test_a_version_is_published_on_top_of_the_one_that_was_seen(world: World) -> None:
    boms = Boms(world.db)
    with pytest.raises(ConflictError) as caught:
        boms.publish(SYSTEM, "WM", 0, [])
    assert caught.value.code == "edit_conflict"
    boms.publish(SYSTEM, "WM", 1, [], "先放开")
    assert [(one["version"], one["lines"], one["note"]) for one in boms.versions("WM")] == [
        (2, 0, "先放开"),
        (1, 2, ""),
    ]
    world.post("assemble", "M1", data={"components": ["M2"]})
    assert boms.get("WM", 1).facts()["lines"] == [
        {"component": "TRK", "quantity": 2, "substitutes": ["IQ"], "note": ""},
        {"component": "SKU", "quantity": 8.5, "substitutes": [], "note": ""},
    ]
    for code, version in (("?", None), ("TRK", None), ("WM", 9)):
        with pytest.raises(NotFoundError):
            boms.get(code, version)
    with pytest.raises(ForbiddenError):
        boms.publish(Actor("nobody"), "WM", 2, [])


def test_every_fault_of_a_bill_is_named(world: World) -> None:
    lines = [
        line("?", 1),
        line("WM", 1),
        line("TRK", 0),
        line("TRK", "0.0000001"),
        line("SKU", 1, "?", "WM"),
        line("BT", 1, "IQ", "IQ"),
    ]
    with pytest.raises(InvalidInputError) as caught:
        Boms(world.db).publish(SYSTEM, "WM", 1, lines)
    assert [(problem.code, problem.pointer) for problem in caught.value.problems] == [
        ("unknown_product", "/lines/0/component"),
        ("bom_of_itself", "/lines/1/component"),
        ("bad_quantity", "/lines/2/quantity"),
        ("bom_line_twice", "/lines/3/component"),
        ("bad_quantity", "/lines/3/quantity"),
        ("unknown_product", "/lines/4/substitutes/0"),
        ("bom_of_itself", "/lines/4/substitutes/1"),
        ("bom_substitutes", "/lines/5/substitutes"),
    ]
