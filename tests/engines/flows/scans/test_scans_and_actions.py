"""Whatever people do with a flow: no scan is passed by it, and what was posted is taken back with the step."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.flows.scans.dock import LINES, RECEIVE, Dock, row
from tests.engines.flows.shop import members, node


def manage(dock: Dock, who: str | Actor, number: int, kind: str, **asked: Any) -> str:
    actor = dock.shop.actors[who] if isinstance(who, str) else who
    return dock.shop.system.managing.act(actor, number, kind, Asked(**asked)).state


def test_a_jump_past_a_scan_needs_the_right_and_a_reason_and_is_recorded(dock: Dock) -> None:
    dock.draw(node("approve", "ok", who=members("zhang")), node("fill", "last", who=members("li")))
    instance = dock.start(row("WM", 1))
    clerk = Actor("chen", dock.shop.actors["chen"].user_id, rights={"flows.manage": None})
    for to in ("ok", "last"):
        with pytest.raises(ConflictError, match="flow_would_skip"):
            manage(dock, clerk, instance, "jump", to=(to,), comment="急")
    with pytest.raises(InvalidInputError):
        manage(dock, "boss", instance, "jump", to=("ok",), comment=" ")
    assert dock.shop.open(instance) == ["scan"]
    manage(dock, "boss", instance, "jump", to=("ok",), comment="台风停电")
    assert dock.shop.open(instance) == ["ok"]
    assert ("override", "scan") in dock.shop.trail(instance)
    assert [one.state for one in dock.shop.steps(instance) if one.node == "scan"] == ["void"]
    manage(dock, clerk, instance, "jump", to=("scan",), comment="还是要扫")
    assert dock.shop.open(instance) == ["scan"]


def test_many_at_once_never_pass_a_scan(dock: Dock) -> None:
    dock.draw()
    instance = dock.start(row("WM", 1))
    task = dock.task()
    managing, chen = dock.shop.system.managing, dock.shop.actors["chen"]
    for kind in ("approve", "submit"):
        (told,) = managing.batch(chen, [task], kind, Asked())
        assert told.error is not None
        assert told.error.code == "action_unfit"
    with pytest.raises(InvalidInputError):
        managing.batch(chen, [task], "complete", Asked(how="anyway"))
    assert dock.shop.open(instance) == ["scan"]


def test_scans_are_handed_on_with_the_work(dock: Dock) -> None:
    dock.draw(node("fill", "last", who=members("zhang")), operation=RECEIVE)
    dock.shop.make("S1", "S2")
    instance = dock.start(row("WM", 2))
    dock.scan("S1")
    dock.shop.act("chen", "transfer", dock.task(), to=("li",))
    assert dock.said("S1", "li")[0] == "duplicate"
    dock.scan("S2", "li")
    dock.complete("li")
    assert dock.shop.open(instance) == ["last"]


def test_withdrawing_and_jumping_back_take_back_what_was_posted(dock: Dock) -> None:
    dock.draw(node("fill", "last", who=members("zhang")), operation=RECEIVE, code="f")
    dock.shop.make("S1", "S2")
    instance = dock.start(row("WM", 1))
    dock.scan("S1")
    dock.complete()
    assert dock.item("S1")["state"] == "in_stock"
    manage(dock, "boss", instance, "jump", to=("scan",), comment="数错了")
    assert (dock.item("S1")["state"], dock.shop.open(instance)) == ("coded", ["scan"])
    dock.scan("S2")
    dock.complete()
    assert dock.item("S2")["state"] == "in_stock"
    with pytest.raises(ConflictError, match="flow_acted_since"):
        manage(dock, "boss", instance, "withdraw")
    manage(dock, "boss", instance, "end", comment="x")
    assert dock.item("S2")["state"] == "in_stock", "what was posted stays when it is ended"


def test_taking_an_agreement_back_corrects_what_it_led_to(dock: Dock) -> None:
    receive = node("operation", "in", operation="receive", items={"step": "scan"}, place={"field": "where"})
    dock.draw(node("approve", "ok", who=members("zhang")), receive, node("fill", "last", who=members("li")))
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1))
    dock.scan("S1")
    dock.complete()
    (task,) = dock.shop.todo("zhang")
    dock.shop.act("zhang", "approve")
    assert (dock.item("S1")["state"], dock.shop.open(instance)) == ("in_stock", ["last"])
    dock.shop.act("zhang", "take_back", task.id)
    assert (dock.item("S1")["state"], dock.shop.open(instance)) == ("coded", ["ok"])
    dock.shop.act("zhang", "approve", task.id)
    assert dock.item("S1")["state"] == "in_stock"
    again = [one for one in dock.shop.trail(instance) if one[0] == "correct"]
    assert again == [("correct", "in")]


def test_an_agreement_is_not_taken_back_when_scanning_has_begun(dock: Dock) -> None:
    dock.shop.draw(
        node("approve", "ok", who=members("zhang")),
        node("scan", "scan", who=members("chen"), against=LINES),
        form="order",
    )
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1))
    (task,) = dock.shop.todo("zhang")
    dock.shop.act("zhang", "approve")
    dock.scan("S1")
    with pytest.raises(ConflictError, match="flow_acted_since"):
        dock.shop.act("zhang", "take_back", task.id)
    assert dock.shop.open(instance) == ["scan"]
