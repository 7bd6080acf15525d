"""What two people do at once, what is left of earlier versions, and work that would be nobody's."""

from __future__ import annotations

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.migrating.service import Wish
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.flows.shop import APP, Shop, members, node, on_sqlite

pytestmark = on_sqlite


def move(shop: Shop, **mapping: str) -> dict[str, int]:
    """Move everything that runs to the second version, and return how much could be."""
    migrating, boss, wish = shop.system.flow_migrating, shop.actors["boss"], Wish(2, mapping)
    seen = migrating.preview(boss, APP, "f", wish)
    migrating.move(boss, APP, "f", wish, seen.hash)
    return dict(seen.counts)


def test_who_has_agreed_meanwhile_is_not_asked_again_by_who_reassigns(shop: Shop) -> None:
    shop.draw(
        node("parallel", "p",
             node("lane", "l1", node("approve", "one", who=members("chen", "zhang"), many="all")),
             node("lane", "l2", node("approve", "two", who=members("boss")))),
    )  # fmt: skip
    number = shop.start()
    one, two = (next(it for it in shop.steps(number) if it.node == key) for key in ("one", "two"))
    mine, other = shop.todo("chen")[0], shop.todo("boss")[0]
    shop.act("chen", "approve")
    for task, step in ((mine.id, one.id), (mine.id, two.id), (other.id, one.id)):
        with pytest.raises(ConflictError, match="task_closed"):
            shop.system.managing.act(
                shop.actors["boss"], number, "reassign", Asked(to=("li",)), task=task, step=step
            )  # fmt: skip
    shop.act("zhang", "approve")
    assert shop.open(number) == ["two"], "the agreement still counts"


def test_who_refuses_or_sends_back_says_why(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen")))
    shop.start()
    for kind, comment in (("refuse", ""), ("send_back", " \n")):
        with pytest.raises(InvalidInputError) as refused:
            shop.act("chen", kind, comment=comment)
        assert [(one.pointer, one.code) for one in refused.value.problems] == [("/comment", "text_missing")]


@pytest.mark.parametrize("starter", ["", "chen"])
def test_what_goes_back_to_a_start_that_is_nobodys_comes_to_who_manages_flows(shop: Shop, starter: str) -> None:
    shop.draw(node("approve", "ok", who=members("zhang")), node("approve", "end", who=members("li")))
    by = shop.actors[starter] if starter else SYSTEM
    if starter:
        shop.system.forms.set_grants(
            SYSTEM, APP, "receipt", [{"role": "keeper", "actions": ["view", "create"], "scopes": []}]
        )  # fmt: skip
    number = shop.system.running.start(by, APP, "f", shop.record(no="1"))
    shop.leave("chen")
    shop.act("zhang", "send_back", to=("start",), comment="缺件")
    assert ("nobody", "start") in shop.trail(number)
    shop.act("boss", "submit")
    assert shop.open(number) == ["ok"]


def test_who_need_not_be_asked_is_passed_straight_too(shop: Shop) -> None:
    shop.draw(
        node("approve", "one", who={**members("boss"), "same": "pass"}),
        node("update_record", "add", assignments=[{"field": "amount", "formula": "amount + 1"}]),
        node("approve", "ok", who=members("zhang"), buttons={"send_back": {"on": True, "how": ["straight"]}}),
    )
    number = shop.start("boss", amount=1)
    shop.act("zhang", "send_back", to=("one",), comment="x")
    assert (shop.open(number), shop.values(shop.instance(number).record_id)["amount"]) == (["ok"], 2)


def test_a_step_that_a_newer_version_made_a_scan_of_was_not_scanned(shop: Shop) -> None:
    shop.draw(node("approve", "one", who=members("chen")), node("approve", "ok", who=members("zhang")))
    number = shop.start()
    shop.act("chen", "approve")
    shop.draw(node("scan", "one", who=members("chen")), node("approve", "ok", who=members("zhang")))
    assert move(shop) == {"can": 0, "cannot": 1}
    assert shop.instance(number).version == 1


def test_what_was_done_at_nodes_that_are_gone_is_over(shop: Shop) -> None:
    shop.draw(node("update_record", "set", assignments=[{"field": "note", "value": "x"}]), code="g")
    shop.draw(
        node("approve", "old", who=members("chen")),
        node("sub_flow", "each", flow="g"),
        node("approve", "ok", who=members("zhang")),
    )
    number = shop.start()
    (task,) = shop.todo("chen")
    shop.act("chen", "approve")
    shop.draw(node("approve", "ok", who=members("zhang")))
    assert move(shop) == {"can": 1, "cannot": 0}
    with pytest.raises(ConflictError, match="task_closed"):
        shop.act("chen", "approve", task=task.id)
    with pytest.raises(ConflictError, match="flow_cannot_undo"):
        shop.act("zhang", "send_back", to=("start",), comment="x")
    assert shop.open(number) == ["ok"]
