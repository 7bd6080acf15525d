"""Flows run exactly as they are drawn."""

from __future__ import annotations

import pytest

from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from tests.engines.flows.shop import Shop, ident, members, node


def test_a_flow_goes_from_person_to_person_and_ends(shop: Shop) -> None:
    shop.draw(
        node("fill", "count", who=members("chen")),
        node("approve", "ok", who=members("zhang")),
        node("copy", "tell", who=members("li")),
    )
    number = shop.start(no="PO-1", amount=3)
    assert shop.open(number) == ["count"]
    shop.act("chen", "submit", values={"amount": 5, "note": "点过"})
    assert shop.open(number) == ["ok"]
    shop.act("zhang", "approve", comment="可以")
    found = shop.instance(number)
    assert (found.state, found.ended_at is not None) == ("done", True)
    assert shop.values(found.record_id)["amount"] == 5
    assert shop.trail(number) == [
        ("start", "start"), ("enter", "count"), ("submit", "count"), ("enter", "ok"), ("approve", "ok"),
        ("leave", "tell"), ("end", ""),
    ]  # fmt: skip


def test_the_first_condition_that_holds_is_taken_and_an_empty_field_counts_as_no(shop: Shop) -> None:
    shop.draw(
        node(
            "branch", "how",
            node("case", "much", node("approve", "boss", who=members("boss")), when="amount>100"),
            node("case", "some", node("approve", "zhang", who=members("zhang")), when="amount>10"),
            node("case", "else"),
        ),
        node("fill", "after", who=members("chen")),
    )  # fmt: skip
    assert shop.open(shop.start(amount=500)) == ["boss"]
    assert shop.open(shop.start(amount=50)) == ["zhang"]
    assert shop.open(shop.start(amount=5)) == ["after"]
    assert shop.open(shop.start()) == ["after"]


def test_parallel_lanes_are_joined_when_the_last_arrives(shop: Shop) -> None:
    shop.draw(
        node(
            "parallel", "both",
            node("lane", "a", node("approve", "a1", who=members("chen")), node("approve", "a2", who=members("li"))),
            node("lane", "b", node("approve", "b1", who=members("zhang"))),
            node("lane", "c"),
        ),
        node("fill", "after", who=members("boss")),
    )  # fmt: skip
    number = shop.start()
    assert shop.open(number) == ["a1", "b1"]
    shop.act("zhang", "approve")
    assert shop.open(number) == ["a1"]
    shop.act("chen", "approve")
    shop.act("li", "approve")
    assert shop.open(number) == ["after"]


@pytest.mark.parametrize(
    ("many", "agree", "ends_after"),
    [("any", ["chen"], 1), ("all", ["li", "chen", "zhang"], 3), ("ratio", ["li", "zhang"], 2)],
)
def test_of_several_people_as_many_as_the_step_says_must_agree(
    shop: Shop, many: str, agree: list[str], ends_after: int
) -> None:
    shop.draw(node("approve", "ok", who=members("chen", "li", "zhang"), many=many, ratio=60))
    number = shop.start()
    for place, who in enumerate(agree, 1):
        assert shop.instance(number).state == "running"
        shop.act(who, "approve")
        assert (shop.instance(number).state == "done") == (place == ends_after)
    assert shop.todo("chen") == []


def test_in_turn_the_next_one_is_asked_when_the_one_before_has_agreed(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("zhang", "chen"), many="turn"))
    number = shop.start()
    assert (len(shop.todo("zhang")), len(shop.todo("chen"))) == (1, 0)
    shop.act("zhang", "approve")
    shop.act("chen", "approve")
    assert shop.instance(number).state == "done"


def test_who_refuses_ends_the_flow(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("zhang", "chen"), many="all"))
    number = shop.start()
    shop.act("zhang", "refuse", comment="不行")
    assert shop.instance(number).state == "refused"
    assert shop.todo("chen") == []


def test_sending_back_gives_the_work_again_and_goes_all_the_way_or_straight(shop: Shop) -> None:
    shop.draw(
        node("fill", "one", who=members("chen")),
        node("fill", "two", who=members("li")),
        node("approve", "ok", who=members("zhang"), buttons={"send_back": {"on": True}}),
    )
    number = shop.start()
    shop.act("chen", "submit")
    shop.act("li", "submit")
    shop.act("zhang", "send_back", to=("one",), comment="再点一次")
    assert shop.open(number) == ["one"]
    assert sorted((step.node, step.state) for step in shop.steps(number)) == [
        ("ok", "back"), ("one", "open"), ("one", "undone"), ("start", "done"), ("two", "undone"),
    ]  # fmt: skip
    shop.act("chen", "submit")
    assert shop.open(number) == ["two"]
    shop.act("li", "submit")
    shop.act("zhang", "send_back", to=("one",), how="straight", comment="只差一处")
    shop.act("chen", "submit")
    assert shop.open(number) == ["ok"]
    shop.act("zhang", "send_back", to=("start",), comment="重来")
    assert shop.open(number) == ["start"]
    shop.act("boss", "submit", values={"note": "改了"})
    assert shop.open(number) == ["one"]


def test_sending_back_out_of_a_lane_gives_up_the_other_lanes(shop: Shop) -> None:
    shop.draw(
        node("fill", "before", who=members("boss")),
        node(
            "parallel", "both",
            node("lane", "a", node("approve", "a1", who=members("chen")), node("approve", "a2", who=members("chen"))),
            node("lane", "b", node("approve", "b1", who=members("zhang"))),
        ),
    )  # fmt: skip
    number = shop.start()
    shop.act("boss", "submit")
    shop.act("chen", "approve")
    shop.act("chen", "send_back", to=("a1",), comment="x")
    assert shop.open(number) == ["a1", "b1"], "the other lane goes on"
    shop.act("zhang", "send_back", to=("before",), comment="x")
    assert shop.open(number) == ["before"]
    assert [one.state for one in shop.steps(number) if one.kind == "parallel"] == ["void"]
    shop.act("boss", "submit")
    assert shop.open(number) == ["a1", "b1"]


def test_a_step_gives_the_right_to_its_fields_and_to_no_others(shop: Shop) -> None:
    shop.draw(
        node("fill", "count", who=members("chen"), fields={ident("amount"): "required", ident("no"): "read_only"}),
        node("end", "end"),
    )
    number = shop.start(no="PO-1")
    with pytest.raises(InvalidInputError) as refused:
        shop.act("chen", "submit", values={"no": "PO-2", "note": "x"})
    assert sorted((one.pointer, one.code) for one in refused.value.problems) == [
        ("/values/amount", "record_required"), ("/values/no", "record_unknown_field"),
    ]  # fmt: skip
    assert shop.open(number) == ["count"], "nothing has changed"
    shop.act("chen", "submit", values={"amount": 2})
    assert shop.instance(number).state == "done"


def test_the_same_task_is_done_once_and_the_same_key_answers_the_same(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen", "li")), node("fill", "after", who=members("boss")))
    number = shop.start()
    (task,) = shop.todo("chen")
    shop.act("chen", "approve", task.id, client_key="k")
    assert shop.act("chen", "approve", task.id, client_key="k").id == number
    with pytest.raises(ConflictError, match="task_closed"):
        shop.act("chen", "approve", task.id)
    with pytest.raises(NotFoundError, match="unknown_task"):
        shop.act("li", "approve", task.id)
    assert shop.trail(number).count(("approve", "ok")) == 1


def test_nobody_found_stops_nothing_by_halves(shop: Shop) -> None:
    shop.add_user("gone")
    shop.add_user("also-gone")
    shop.draw(
        node("fill", "one", who=members("chen")),
        node("approve", "ok", who=members("gone", nobody={"then": "member", "member": "also-gone"})),
    )
    shop.leave("gone", "also-gone", "boss")
    number = shop.start()
    with pytest.raises(ConflictError, match="flow_nobody"):
        shop.act("chen", "submit", values={"note": "x"})
    assert shop.open(number) == ["one"]
    assert shop.values(shop.instance(number).record_id)["note"] is None
    with shop.db.write() as tx:
        tx.run("UPDATE user_account SET active = :yes WHERE username = 'boss'", yes=True)
    shop.draw(node("approve", "ok", who=members("gone")))
    assert shop.open(shop.start()) == ["ok"]
    assert len(shop.todo("boss")) == 1, "who manages flows gets it"


def test_publishing_names_everything_that_is_missing(shop: Shop) -> None:
    with pytest.raises(InvalidInputError) as refused:
        shop.draw(
            node("fill", "one", fields={ident("gone"): "writable"}),
            node("branch", "how", node("case", "a", when="nothing>1"), node("case", "b", when="amount>1")),
        )
    assert sorted((one.item, one.pointer, one.code) for one in refused.value.problems) == [
        ("how", "/children/0/options/when", "formula_unknown_field"),
        ("how", "/children/1/options/when", "flow_last_case"),
        ("one", "/options/fields/" + ident("gone"), "flow_field_gone"),
        ("one", "/options/who", "flow_nobody_chosen"),
    ]


def test_whoever_begins_again_cannot_send_back(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("zhang"), refused="start"))
    number = shop.start()
    shop.act("zhang", "refuse", comment="x")
    assert shop.open(number) == ["start"]
    with pytest.raises(InvalidInputError):
        shop.act("boss", "send_back", to=("ok",), how="straight", comment="x")
    shop.act("boss", "submit")
    assert shop.open(number) == ["ok"]
