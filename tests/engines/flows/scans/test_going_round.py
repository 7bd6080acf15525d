"""What is scanned in a flow that another one waits for: nobody gets round it by ending or passing the inner one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.migrating.service import Wish
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ConflictError, ForbiddenError
from tests.engines.flows.shop import APP, Shop, members, node, on_sqlite

pytestmark = on_sqlite


def waiting(shop: Shop, **options: Any) -> tuple[int, int]:
    """Start a flow that waits for another one in which something is scanned; return both."""
    shop.system.forms.set_grants(
        SYSTEM, APP, "receipt", [{"role": "keeper", "actions": ["view", "create"], "scopes": []}]
    )  # fmt: skip
    shop.draw(node("scan", "scan", who=members("chen")), code="inner", withdraw="always")
    shop.draw(
        node("sub_flow", "each", flow="inner", title="收货", **options), node("approve", "after", who=members("zhang"))
    )
    outer = shop.start("li")
    with shop.db.read() as tx:
        inner = int(tx.scalar("SELECT max(id) FROM flow_instance"))
    assert (outer != inner, shop.open(inner)) == (True, ["scan"])
    return outer, inner


def manager(shop: Shop, *rights: str) -> Actor:
    return replace(shop.actors["li"], rights=dict.fromkeys(("flows.manage", *rights)))


def act(shop: Shop, actor: Actor, number: int, kind: str, **asked: Any) -> None:
    shop.system.managing.act(actor, number, kind, Asked(**asked))


def test_who_started_the_inner_flow_without_knowing_cannot_withdraw_it(shop: Shop) -> None:
    outer, inner = waiting(shop)
    with pytest.raises(ForbiddenError, match="flow_no_withdrawing"):
        act(shop, shop.actors["li"], inner, "withdraw")
    offered = shop.system.work_list.instance(shop.actors["li"], inner).offered
    assert "withdraw" not in [one.action.name for one in offered]
    act(shop, shop.actors["li"], outer, "withdraw")
    assert [shop.instance(one).state for one in (outer, inner)] == ["withdrawn", "ended"], "both together may go"


@pytest.mark.parametrize("way", ["end", "jump"])
def test_who_manages_flows_passes_it_by_a_recorded_override_alone(shop: Shop, way: str) -> None:
    outer, inner = waiting(shop)
    number, asked = (inner, {}) if way == "end" else (outer, {"to": ("after",)})
    with pytest.raises(ConflictError, match="flow_unskippable" if way == "end" else "flow_would_skip") as refused:
        act(shop, manager(shop), number, way, comment="赶时间", **asked)
    assert [one.code for one in refused.value.problems] == ["flow_unskippable"]
    assert (shop.open(outer), shop.open(inner)) == (["each"], ["scan"])
    act(shop, manager(shop, "flows.override_scan"), number, way, comment="赶时间", **asked)
    assert shop.open(outer) == ["after"]
    assert ("override", "scan" if way == "end" else "each") in shop.trail(number)


def test_a_step_whose_inner_flow_was_ended_is_not_passed_either(shop: Shop) -> None:
    outer, inner = waiting(shop, refused="fail")
    act(shop, manager(shop, "flows.override_scan"), inner, "end", comment="坏了")
    assert shop.instance(outer).state == "failed"
    with pytest.raises(ConflictError, match="flow_unskippable"):
        act(shop, manager(shop), outer, "skip", comment="赶时间")
    act(shop, manager(shop, "flows.override_scan"), outer, "skip", comment="赶时间")
    assert shop.open(outer) == ["after"]


def test_nobody_is_moved_to_a_newer_version_behind_it(shop: Shop) -> None:
    shop.draw(node("scan", "scan", who=members("chen")), code="inner")
    shop.draw(node("approve", "first", who=members("zhang")), node("approve", "after", who=members("zhang")))
    shop.start()
    shop.draw(node("sub_flow", "each", flow="inner"), node("approve", "after", who=members("zhang")))
    migrating, boss = shop.system.flow_migrating, shop.actors["boss"]
    (plan,) = migrating.preview(boss, APP, "f", Wish(2, {"first": "after"})).plans
    assert [one.how for one in plan.moves] == ["skips"]
