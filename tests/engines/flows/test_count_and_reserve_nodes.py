"""What flows do with count sessions and reservations: opened and kept with the step, given up when it is sent back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.flows import store
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counts.model import ScanRequest
from mazhi.kernel.errors import ConflictError, InvalidInputError
from mazhi.kernel.posting.model import ItemRef, PostRequest
from tests.engines.flows.shop import Shop, members, node

COUNTER = Actor("li", rights={"operation.count": None})


@pytest.fixture
def shop(db_url: str, tmp_path: Path) -> Iterator[Shop]:
    found = Shop(db_url, tmp_path / "data")
    found.furnish()
    found.make("S1", "S2", "S3")
    receive = PostRequest("receive", [ItemRef(code) for code in ("S1", "S2", "S3")], place="A-01")
    found.system.posting.post(SYSTEM, receive)
    yield found
    found.close()


def session(shop: Shop) -> dict[str, Any]:
    return shop.system.counts.reading.page(SYSTEM)[0][0]


def kept(shop: Shop, document: str = "D-1") -> list[str]:
    return [one["state"] for one in shop.system.reservations.page(SYSTEM, document=document, open_only=False)[0]]


COUNT = node("count", "count", who=members("chen"), places={"field": "place"}, name="{no}", document="{no}")
LAST = node("approve", "last", who=members("zhang"))


def test_a_flow_waits_until_its_count_is_posted(shop: Shop) -> None:
    shop.draw(COUNT, LAST)
    instance = shop.start(no="PD-7", place="WH1")
    opened = session(shop)
    assert (opened["title"], opened["document"], opened["places"], opened["expected"]) == ("PD-7", "PD-7", ["WH1"], 3)
    with pytest.raises(ConflictError, match="counts_open"):
        shop.act("chen", "submit")
    for code in ("S1", "S2"):
        shop.system.counts.scan(COUNTER, opened["number"], ScanRequest(code, place="A-01"))
    shop.system.counts.finish(SYSTEM, opened["number"])
    shop.system.counts.approve(SYSTEM, opened["number"])
    with pytest.raises(ConflictError, match="counts_open"):
        shop.act("chen", "submit")
    shop.system.counts.post(SYSTEM, opened["number"])
    assert shop.open(instance) == ["count"]
    shop.act("chen", "submit")
    assert shop.open(instance) == ["last"]
    assert shop.system.items.find(SYSTEM, "S3")["state"] == "lost"
    with pytest.raises(ConflictError, match="count_is_posted"):
        shop.act("zhang", "send_back", to=("count",), comment="?")


def test_a_count_is_given_up_when_the_flow_is_sent_back_past_it_and_opened_anew(shop: Shop) -> None:
    count = {**COUNT, "options": {**COUNT["options"], "until": "approved"}}
    shop.draw(count, LAST)
    shop.start(no="PD-7", place="WH1")
    first = session(shop)["number"]
    shop.system.counts.finish(SYSTEM, first)
    shop.system.counts.approve(SYSTEM, first)
    shop.act("chen", "submit")
    shop.act("zhang", "send_back", to=("count",), comment="?")
    assert session(shop)["number"] != first
    assert shop.system.counts.reading.get(SYSTEM, first)["state"] == "cancelled"


def test_goods_are_kept_by_a_step_and_freed_when_it_is_sent_back(shop: Shop) -> None:
    reserve = node(
        "reserve", "keep", document="{no}",
        quantities={"table": "lines", "product": {"field": "product"}, "quantity": {"field": "qty"}},
    )  # fmt: skip
    shop.draw(node("approve", "first", who=members("chen")), reserve, LAST)
    shop.start(no="D-1", lines=[{"product": "WM", "qty": 2}])
    shop.act("chen", "approve")
    assert kept(shop) == ["open", "open"]
    with pytest.raises(ConflictError) as error:
        shop.system.posting.post(SYSTEM, PostRequest("issue", [ItemRef("S1")], document="D-2"))
    assert [problem.code for problem in error.value.problems] == ["reserved"]
    shop.system.posting.post(SYSTEM, PostRequest("issue", [ItemRef("S1")], document="D-1"))
    shop.act("zhang", "send_back", to=("first",), comment="?")
    assert sorted(kept(shop)) == ["released", "used"]
    shop.act("chen", "approve")
    assert sorted(kept(shop)) == ["open", "open", "released", "used"]
    shop.start(no="D-3", lines=[{"product": "WM", "qty": 1}])
    with pytest.raises(ConflictError) as refused:
        shop.act("chen", "approve")
    assert (refused.value.code, refused.value.problems[0].code) == ("flow_step_refused", "reserve_not_enough")
    assert kept(shop, "D-3") == []


def test_a_step_keeps_what_there_is_and_another_frees_it(shop: Shop) -> None:
    quantities = {"table": "lines", "product": {"field": "product"}, "quantity": {"field": "qty"}}
    shop.draw(
        node("reserve", "keep", document="{no}", quantities=quantities, missing="partial", hours=2),
        node("approve", "look", who=members("chen")),
        node("reserve", "free", document="{no}", what="release"), LAST,
    )  # fmt: skip
    instance = shop.start(no="D-1", lines=[{"product": "WM", "qty": 5}])
    (step,) = [one for one in shop.steps(instance, "done") if one.node == "keep"]
    assert (step.outcome, step.data["lines"][0]["missing"]) == ("partly", 2)
    assert kept(shop) == ["open"] * 3
    shop.act("chen", "approve")
    assert kept(shop) == ["released"] * 3


def test_what_is_incomplete_is_said_before_it_is_published(shop: Shop) -> None:
    with pytest.raises(InvalidInputError) as error:
        shop.draw(node("count", "count", who=members("chen")), node("reserve", "keep", items={"field": "nope"}))
    codes = {problem.code for problem in error.value.problems}
    assert {"flow_not_set", "flow_field_gone"} <= codes


def test_what_led_to_a_count_can_be_taken_back_until_somebody_counts(shop: Shop) -> None:
    shop.draw(node("approve", "first", who=members("li")), COUNT, LAST)
    instance = shop.start(no="PD-7", place="WH1")
    task = shop.todo("li")[0].id
    shop.act("li", "approve", task)
    first = session(shop)["number"]
    with shop.db.read() as tx:
        (line,) = [one for one in store.trail(tx, instance) if one.action == "count_opened"]
    (step,) = shop.steps(instance, "open")
    assert (line.node, line.step_id, line.data, step.data["count"]) == ("count", step.id, {"count": first}, first)
    shop.act("li", "take_back", task)
    assert shop.system.counts.reading.get(SYSTEM, first)["state"] == "cancelled"
    shop.act("li", "approve", task)
    shop.system.counts.scan(COUNTER, session(shop)["number"], ScanRequest("S1", place="A-01"))
    with pytest.raises(ConflictError, match="flow_acted_since"):
        shop.act("li", "take_back", task)
    assert shop.open(instance) == ["count"]
