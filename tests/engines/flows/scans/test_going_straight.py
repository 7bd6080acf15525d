"""Who is sent back and comes straight again passes nothing that the record asks for differently by now."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.migrating.service import Wish
from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import ConflictError
from tests.engines.flows.scans.dock import LINES, RECEIVE, Dock, row
from tests.engines.flows.shop import APP, members, node

WRITES = {"send_back": {"on": True}}
SCAN = node("scan", "scan", who=members("chen"), against=LINES, operation=RECEIVE)


def back(dock: Dock, who: str, to: str, how: str = "straight") -> None:
    dock.shop.act(who, "send_back", to=(to,), how=how, comment="改一处")


def submit(dock: Dock, who: str, **values: Any) -> None:
    dock.shop.act(who, "submit", values=values)


def checked(dock: Dock, *codes: str) -> int:
    """Run a receipt up to its check: filled in by Li, scanned by Chen, checked by Zhang, and again by the boss."""
    dock.shop.draw(
        node("fill", "one", who=members("li")),
        SCAN,
        node("approve", "ok", who=members("zhang"), buttons=WRITES),
        node("approve", "last", who=members("boss"), buttons=WRITES),
        form="order",
    )
    dock.shop.make("S1", "S2")
    instance = dock.start(row("WM", len(codes)))
    submit(dock, "li")
    for code in codes:
        dock.scan(code)
    dock.complete()
    return instance


def test_what_the_scan_does_not_depend_on_may_be_put_right_on_the_straight_way(dock: Dock) -> None:
    instance = checked(dock, "S1")
    back(dock, "zhang", "one")
    submit(dock, "li", so_no="SO-9")
    assert (dock.shop.open(instance), dock.item("S1")["state"]) == (["ok"], "in_stock")


@pytest.mark.parametrize(
    "change",
    [{"rows": [{"r_product": "WM", "r_qty": 2}]}, {"rows": [{"r_product": "OTHER", "r_qty": 1}]}, {"where": "WH1"}],
)
def test_who_changes_what_was_scanned_or_where_it_went_has_it_scanned_anew(dock: Dock, change: dict[str, Any]) -> None:
    instance = checked(dock, "S1")
    back(dock, "zhang", "one")
    submit(dock, "li", **change)
    assert (dock.shop.open(instance), dock.item("S1")["state"]) == (["scan"], "coded")
    assert ("anew", "scan") in dock.shop.trail(instance)
    with pytest.raises(ConflictError, match="scans_missing"):
        dock.complete()


def test_sent_back_straight_twice_comes_straight_twice(dock: Dock) -> None:
    instance = checked(dock, "S1")
    dock.shop.act("zhang", "approve")
    back(dock, "boss", "ok")
    back(dock, "zhang", "one")
    submit(dock, "li")
    assert dock.shop.open(instance) == ["ok"]
    dock.shop.act("zhang", "approve")
    assert dock.shop.open(instance) == ["last"], "not to the scan, which is done"
    back(dock, "boss", "one")
    back(dock, "li", "start")
    submit(dock, "boss")
    assert dock.shop.open(instance) == ["one"]
    submit(dock, "li")
    assert dock.shop.open(instance) == ["last"]
    dock.shop.act("boss", "approve")
    assert dock.shop.instance(instance).state == "done"
    assert [one.state for one in dock.shop.steps(instance) if one.node == "scan"] == ["done"]


def test_another_way_of_a_branch_is_gone_instead_of_straight_past_it(dock: Dock) -> None:
    dock.shop.draw(
        node("fill", "one", who=members("li")),
        node("branch", "how", node("case", "goods", SCAN, when='so_no="GOODS"'), node("case", "papers")),
        node("approve", "ok", who=members("zhang"), buttons=WRITES),
        form="order",
    )
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1), so_no="PAPER")
    submit(dock, "li")
    assert dock.shop.open(instance) == ["ok"]
    back(dock, "zhang", "one")
    submit(dock, "li", so_no="GOODS")
    assert dock.shop.open(instance) == ["scan"]


def test_nobody_jumps_into_the_way_that_has_no_scan(dock: Dock) -> None:
    scan = node("scan", "scan", who=members("chen"), against=LINES)
    way = node("case", "papers", node("fill", "file", who=members("li")))
    dock.shop.draw(
        node("fill", "one", who=members("li")),
        node("branch", "how", node("case", "goods", scan, when='so_no="GOODS"'), way),
        node("fill", "last", who=members("zhang")),
        form="order",
    )
    dock.shop.make("S1")
    clerk = Actor("chen", dock.shop.actors["chen"].user_id, rights={"flows.manage": None})
    managing = dock.shop.system.managing
    instance = dock.start(row("WM", 1), so_no="GOODS")
    for done in (False, True):
        if done:
            dock.scan("S1")
            dock.complete()
        with pytest.raises(ConflictError, match="flow_would_skip"):
            managing.act(clerk, instance, "jump", Asked(to=("file",), comment="快些"))
        if not done:
            submit(dock, "li")
    paper = dock.start(row("WM", 1), so_no="PAPER")
    managing.act(clerk, paper, "jump", Asked(to=("file",), comment="就是这条路"))
    assert dock.shop.open(paper) == ["file"]


def test_a_scan_that_a_newer_version_puts_in_between_is_not_passed_straight(dock: Dock) -> None:
    one = node("fill", "one", who=members("li"))
    ok = node("approve", "ok", who=members("zhang"), buttons=WRITES)
    dock.shop.draw(one, ok, form="order")
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1))
    submit(dock, "li")
    back(dock, "zhang", "one")
    dock.shop.draw(one, SCAN, ok, form="order")
    migrating, boss = dock.shop.system.flow_migrating, dock.shop.actors["boss"]
    migrating.move(boss, APP, "f", Wish(2), migrating.preview(boss, APP, "f", Wish(2)).hash)
    dock.shop.system.jobs.run_pending()
    submit(dock, "li")
    assert dock.shop.open(instance) == ["scan"]
