"""Rows of sub-tables of which a step lets people fill in some columns: the others stay as they are."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import InvalidInputError
from tests.engines.flows.shop import APP, Shop, ident, members, node, on_sqlite

LINES = [{"product": "WM", "qty": 5}, {"product": "BT", "qty": 6}, {"product": "WM", "qty": 7}]
KEPT = [("WM", 1), ("BT", 2), ("WM", 3)]


def begun(shop: Shop, state: str, table: str = "writable") -> int:
    """Start a flow whose step lets chen fill in quantities, and return the record."""
    shop.furnish()
    fields = {ident("lines"): table, ident("product"): state, ident("qty"): "writable"}
    shop.draw(node("fill", "count", who=members("chen"), fields=fields))
    return shop.instance(shop.start(lines=LINES)).record_id


def lines(shop: Shop, number: int) -> list[tuple[Any, Any]]:
    return [(one["product"], one["qty"]) for one in shop.values(number)["lines"]]


def seen(shop: Shop) -> list[dict[str, Any]]:
    """Return the rows as chen's task shows them."""
    record = shop.system.work_list.task(shop.actors["chen"], shop.todo("chen")[0].id).record
    assert record is not None
    return [dict(one) for one in record.values["lines"]]


def refused(shop: Shop, rows: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    with pytest.raises(InvalidInputError) as error:
        shop.act("chen", "submit", values={"lines": rows})
    return [(one.pointer, one.code) for one in error.value.problems]


@pytest.mark.parametrize("table", ["writable", "read_only"])
@pytest.mark.parametrize("state", ["read_only", "masked", "hidden"])
def test_columns_that_are_not_the_steps_stay_when_its_rows_are_handed_in(shop: Shop, state: str, table: str) -> None:
    number = begun(shop, state, table)
    rows = [{**one, "qty": place} for place, one in enumerate(seen(shop), 1)]
    assert all(("product" in one) == (state != "hidden") for one in rows)
    shop.act("chen", "submit", values={"lines": rows})
    assert lines(shop, number) == KEPT


@on_sqlite
def test_rows_without_what_is_shown_are_those_in_the_same_places(shop: Shop) -> None:
    number = begun(shop, "read_only")
    assert refused(shop, [{"qty": 1}]) == [("/values/lines", "record_rows_stay")], "which are to go?"
    shop.act("chen", "submit", values={"lines": [{"qty": 1}, {"qty": 2}, {"qty": 3}, {"qty": 4}]})
    assert lines(shop, number) == [*KEPT, (None, 4)]


@on_sqlite
def test_rows_may_go_where_it_can_be_told_which(shop: Shop) -> None:
    number = begun(shop, "read_only")
    first, second, third = seen(shop)
    shop.act("chen", "submit", values={"lines": [{**third, "qty": 9}, second]})
    assert lines(shop, number) == [("WM", 9), ("BT", 6)]
    shop.start(record=number)
    shop.act("chen", "submit", values={"lines": []})
    assert (lines(shop, number), first["product"]) == ([], "WM")


@on_sqlite
def test_what_is_only_shown_cannot_be_given_otherwise(shop: Shop) -> None:
    begun(shop, "read_only")
    rows = seen(shop)
    rows[1]["product"] = "SKU"
    assert refused(shop, rows) == [("/values/lines/1/product", "record_unknown_field")]


@on_sqlite
def test_a_table_that_is_read_only_but_for_a_column_keeps_its_rows(shop: Shop) -> None:
    begun(shop, "read_only", "read_only")
    rows = seen(shop)
    for wrong in (rows[:2], [*rows, {"qty": 1}], []):
        assert refused(shop, wrong) == [("/values/lines", "record_rows_stay")]


@on_sqlite
def test_columns_that_a_role_does_not_see_stay_too(shop: Shop) -> None:
    shop.furnish()
    grant = {"role": "keeper", "actions": ["view", "change"], "scopes": [], "fields": {ident("product"): "hidden"}}
    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [grant])
    number, chen = shop.record(lines=LINES), shop.actors["chen"]
    rows = [{"qty": place} for place in (1, 2, 3)]
    shop.system.records.change(chen, APP, "receipt", number, 1, {"lines": rows})
    assert lines(shop, number) == KEPT
    with pytest.raises(InvalidInputError):
        shop.system.records.change(chen, APP, "receipt", number, 2, {"lines": rows[:2]})
