"""Planning a count, and following it: which places and products, where nobody was yet, paper and sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.counts.model import OpenRequest, Unit
from mazhi.kernel.counts.planning import classes
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.places.store import place
from mazhi.kernel.posting.model import QuantityLine
from tests.kernel.counts.conftest import ANNA, BOSS, Shop


def test_a_count_is_planned_by_class_by_empty_places_and_by_chance(shop: Shop) -> None:
    world = shop.world
    for number in range(9):
        world.add(place, f"E{number}", name="空位", kind="bin", parent_id=world.ids["WH1"],
                  path=f"/1/{world.ids['WH2'] + 1 + number}/")  # fmt: skip
    world.post("ship", from_="A-01", partner="D-GD", quantities=[QuantityLine("SKU", Decimal(1))])

    def spots(**plan: Any) -> list[str]:
        number = shop.open(**plan)
        found = [one["place"] for one in shop.counts.reading.places(BOSS, number)[0]]
        shop.counts.cancel(BOSS, number)
        return found

    assert spots(only="stocked") == ["A-01", "WH1"]
    assert spots(only="empty") == [f"E{number}" for number in range(9)]
    assert len(spots(only="empty", sample=30)) == 3
    assert len(spots(sample=1)) == 1
    assert spots(abc=["A"]) == ["A-01"]
    shop.open(abc=["C"], only="stocked")
    assert shop.counts.reading.get(BOSS, shop.number)["abc"] == ["C"]
    assert shop.scan("SKU", "A-01", 9) == "wrong count_not_counted"
    shop.counts.cancel(BOSS, shop.number)
    with pytest.raises(ConflictError, match="count_nothing_planned"):
        shop.open(abc=["B"])
    with pytest.raises(InvalidInputError) as error:
        shop.counts.open(BOSS, OpenRequest(["WH1"], only="full", sample=101, abc=["D"], days=0))
    assert [one.pointer for one in error.value.problems] == ["/only", "/sample", "/abc", "/days"]


@given(st.dictionaries(st.integers(1, 30), st.integers(0, 50)), st.sets(st.integers(1, 30)))
def test_classes_are_in_the_order_of_how_often_products_leave(times: dict[int, int], products: set[int]) -> None:
    found = classes(times, products)
    assert found.keys() == products
    total = sum(times.get(one, 0) for one in products)
    for one, name in found.items():
        mine = times.get(one, 0)
        assert mine > 0 or name == "C"
        assert all(found[other] <= name for other in products if times.get(other, 0) > mine)
    share = sum(times.get(one, 0) for one, name in found.items() if name == "A")
    assert share * 100 >= 80 * total


def test_it_is_known_where_nobody_was_and_that_an_empty_place_was_looked_at(shop: Shop) -> None:
    shop.open()
    look = shop.counts.reading
    assert look.get(BOSS, shop.number)["unvisited"] == 2
    assert shop.ask("A-01", client_key="a")["line"] is None
    assert shop.ask("A-01", client_key="a")["answer"] == "place"
    assert [(one["place"], one["visited"], one["scans"]) for one in look.places(BOSS, shop.number)[0]] == [
        ("A-01", True, 0), ("WH1", False, 0),
    ]  # fmt: skip
    assert look.get(BOSS, shop.number)["unvisited"] == 1
    assert look.get(ANNA, shop.number)["unvisited"] is None
    assert look.get(BOSS, shop.number)["people"] == []
    assert look.scans(BOSS, shop.number)[0] == []
    with pytest.raises(NotFoundError):
        shop.counts.undo(ANNA, shop.number, 1)
    shop.scan("S3", "WH1")
    assert look.get(BOSS, shop.number)["unvisited"] == 0
    shop.finish()
    shop.counts.recount(BOSS, shop.number, [Unit("A-01")])
    assert look.get(BOSS, shop.number)["unvisited"] == 1
    # Whoever only came by has not counted there.
    assert shop.scan("S1", "A-01") == "right"


def test_the_sheet_says_what_to_count_and_the_summary_what_differs(shop: Shop) -> None:
    shop.open(blind=True)
    look = shop.counts.reading
    first, more = look.sheet(BOSS, shop.number, limit=2)
    rest, end = look.sheet(BOSS, shop.number, after=more or "")
    assert [(one["place"], one["product"], one["batch"], one["expected"]) for one in (*first, *rest)] == [
        ("A-01", "SKU", None, None), ("A-01", "WM", None, None), ("WH1", "BT", "B2", None), ("WH1", "WM", None, None),
    ]  # fmt: skip
    assert end is None
    with pytest.raises(ForbiddenError):
        look.summary(ANNA, shop.number)
    for code, at in (("S1", "A-01"), ("S3", "A-01"), ("S5", "WH1")):
        shop.scan(code, at)
    shop.scan("SKU", "A-01", 12)
    shop.finish()
    names = ("expected", "counted", "more", "less")
    told = {one["product"]: tuple(one[name] for name in names) for one in look.summary(BOSS, shop.number)}
    assert told == {"SKU": (10, 12, 2, 0), "BT": (4, 0, 0, 4), "WM": (1, 1, 1, 1)}
