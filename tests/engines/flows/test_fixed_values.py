"""Fixed values are what their fields take: what is not is told when the flow is checked, each at its place."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.flows.checking import Fault
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import InvalidInputError
from tests.engines.flows.shop import APP, Shop, field, node

CARD = [
    field("size", "number"),
    field("until", "date"),
    field("verdict", "choice", options={"choices": ["合格", "不合格"]}),
    field("keeper", "member"),
    field("sum", "formula", options={"formula": "size * 2"}),
    field("parts", "subform", fields=[field("part", "product"), field("count", "number")]),
]
GOOD = [
    {"field": "size", "value": 2.5}, {"field": "until", "value": "2026-12-01"}, {"field": "verdict", "value": "合格"},
    {"field": "keeper", "value": "chen"},
    {"table": "parts", "from": "", "columns": [{"field": "part", "value": "WM"}, {"field": "count", "value": "3"}]},
]  # fmt: skip
BAD = [
    {"field": "size", "value": "viel"}, {"field": "until", "value": "2026-13-01"},
    {"field": "verdict", "value": "也许"}, {"field": "keeper", "value": "nobody"},
    {"table": "parts", "from": "lines",
     "columns": [{"field": "part", "value": "XX"}, {"field": "count", "value": "x"}]},
    {"table": "parts", "from": "lines", "columns": ["count"]}, {"table": "parts", "from": "lines", "columns": []},
]  # fmt: skip


def checked(shop: Shop, *children: Any, form: str = "receipt", **options: Any) -> list[Fault]:
    """Draw a flow and look at what is wrong with it."""
    flows, body = shop.system.flows, {"form": form, "tree": node("start", "start", *children, **options)}
    flows.save_draft(SYSTEM, APP, "f", body, base=0)
    return [one for one in flows.check(shop.actors["boss"], APP, "f") if one.hard]


def places(faults: list[Fault]) -> set[str]:
    return {one.problem.pointer or "" for one in faults}


def test_fixed_values_that_a_field_would_not_take_are_told_at_their_places(shop: Shop) -> None:
    shop.furnish()
    shop.form("card", CARD, name="检验卡")
    shop.system.flows.create(SYSTEM, APP, "f", "收货", "receipt")
    assert checked(shop, node("create_record", "a", form=f"{APP}/card", assignments=GOOD)) == []
    assert places(checked(shop, node("create_record", "a", form=f"{APP}/card", assignments=BAD))) == {
        *(f"/options/assignments/{place}/value" for place in range(4)),
        "/options/assignments/4/columns/0/value", "/options/assignments/4/columns/1/value",
        "/options/assignments/5/columns", "/options/assignments/6/columns",
    }  # fmt: skip
    update = node(
        "update_record", "a", assignments=[{"field": "amount", "value": "x"}, {"field": "note", "value": "7"}]
    )
    assert places(checked(shop, update)) == {"/options/assignments/0/value"}
    with pytest.raises(InvalidInputError) as refused:
        shop.system.flows.publish(shop.actors["boss"], APP, "f", base=0)
    assert refused.value.problems[0].pointer is not None

    values = [{"field": "size", "value": "x"}, {"field": "until", "formula": "TODAY()"},
              {"field": "sum", "value": 1}, {"field": "verdict", "formula": "amount & 1"}]  # fmt: skip
    trigger = {"id": "s", "kind": "schedule", "every": "day", "at": "08:00", "on": "new"}
    found = checked(shop, form="card", triggers=[{**trigger, "values": values}])
    assert places(found) == {
        f"/options/triggers/0/values/{place}" for place in ("0/value", "2/field", "3/formula")
    }  # fmt: skip
    assert checked(shop, form="card", triggers=[{**trigger, "values": GOOD[:4]}]) == []
