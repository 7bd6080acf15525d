"""What people do with their work, and what several people at one step come to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from tests.engines.flows.shop import Shop, members, node


def manage(shop: Shop, who: str, number: int, kind: str, **asked: Any) -> str:
    """Do something with an instance and return its state."""
    where = {key: asked.pop(key) for key in ("step", "task", "client_key") if key in asked}
    return shop.system.managing.act(shop.actors[who], number, kind, Asked(**asked), **where).state


def told(shop: Shop, who: str) -> list[str]:
    """Return the kinds of notices that somebody got, the newest first."""
    return [one.kind for one in shop.system.notices.page(shop.actors[who])[0]]


def test_work_is_handed_on_with_its_turn_and_never_to_who_has_it(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen", "zhang"), many="turn"))
    number = shop.start()
    with pytest.raises(InvalidInputError) as refused:
        shop.act("chen", "transfer", to=("zhang",))
    assert [(one.pointer, one.code) for one in refused.value.problems] == [("/to", "task_has_it")]
    for wrong in ((), ("nobody",), ("li", "boss")):
        with pytest.raises(InvalidInputError):
            shop.act("chen", "transfer", to=wrong)
    shop.act("chen", "transfer", to=("li",), comment="出差")
    assert [len(shop.todo(who)) for who in ("chen", "li", "zhang")] == [0, 1, 0]
    shop.act("li", "approve")
    shop.act("zhang", "approve")
    assert shop.instance(number).state == "done"
    assert told(shop, "li") == ["notice_task"]


def test_who_was_asked_to_sign_before_comes_first(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen")))
    number = shop.start()
    shop.act("chen", "add_before", to=("li", "zhang"))
    assert [len(shop.todo(who)) for who in ("chen", "li", "zhang")] == [0, 1, 1]
    shop.act("zhang", "approve")
    assert shop.todo("chen") == []
    shop.act("li", "transfer", to=("boss",))
    shop.act("boss", "approve")
    assert shop.instance(number).state == "running"
    shop.act("chen", "approve")
    assert shop.instance(number).state == "done"


def test_who_was_asked_to_sign_after_must_agree_too(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen", "li"), many="turn"))
    number = shop.start()
    shop.act("chen", "add_after", to=("zhang",), comment="好")
    assert [len(shop.todo(who)) for who in ("chen", "zhang", "li")] == [0, 1, 0], "the next one's turn is after that"
    shop.act("zhang", "approve")
    shop.act("li", "approve")
    assert shop.instance(number).state == "done"


def test_of_any_one_another_may_agree_while_somebody_was_asked(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen", "li"), many="any"))
    number = shop.start()
    shop.act("chen", "add_after", to=("zhang",))
    assert shop.instance(number).state == "running", "the agreement counts with theirs only"
    shop.act("li", "approve")
    assert shop.instance(number).state == "done"
    assert shop.todo("zhang") == []


def test_of_a_share_who_was_asked_refuses_for_the_seat(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen", "li", "zhang"), many="ratio", ratio=60))
    number = shop.start()
    shop.act("chen", "add_before", to=("boss",))
    shop.act("boss", "refuse", comment="x")
    assert (shop.instance(number).state, shop.todo("chen")) == ("running", [])
    shop.act("li", "approve")
    assert shop.instance(number).state == "running", "one of three is no 60 %"
    shop.act("zhang", "approve")
    assert shop.instance(number).state == "done"
    number = shop.start()
    shop.act("li", "refuse", comment="x")
    shop.act("zhang", "refuse", comment="x")
    assert shop.instance(number).state == "refused"


def test_sending_back_ends_what_others_were_asked_and_they_are_not_asked_again(shop: Shop) -> None:
    shop.draw(node("fill", "one", who=members("boss")), node("approve", "ok", who=members("chen")))
    number = shop.start()
    shop.act("boss", "submit")
    shop.act("chen", "add_before", to=("li",))
    shop.act("li", "send_back", comment="缺附件")
    assert (shop.open(number), shop.todo("li")) == (["one"], [])
    shop.act("boss", "submit")
    assert [len(shop.todo(who)) for who in ("chen", "li")] == [1, 0]


def test_a_button_says_where_and_how_one_can_send_back(shop: Shop) -> None:
    button = {"send_back": {"on": True, "to": ["one"], "how": ["straight"]}}
    shop.draw(
        node("fill", "one", who=members("boss")),
        node("fill", "two", who=members("li")),
        node("approve", "ok", who=members("chen"), buttons=button),
    )
    number = shop.start()
    shop.act("boss", "submit")
    shop.act("li", "submit")
    for asked in ({"to": ("two",)}, {"to": ("one",), "how": "again"}):
        with pytest.raises(InvalidInputError):
            shop.act("chen", "send_back", comment="x", **asked)
    shop.act("chen", "send_back", comment="x")
    shop.act("boss", "submit")
    assert shop.open(number) == ["ok"]


def test_the_starter_withdraws_as_the_flow_lets_them(shop: Shop) -> None:
    for lets, acted, result in (
        ("before", False, "withdrawn"), ("before", True, "flow_acted_since"), ("always", True, "withdrawn"),
        ("never", False, "flow_no_withdrawing"),
    ):  # fmt: skip
        shop.draw(
            node("approve", "a", who=members("li")), node("approve", "b", who=members("zhang")), withdraw=lets
        )  # fmt: skip
        number = shop.start("chen")
        if acted:
            shop.act("li", "approve")
        if result == "withdrawn":
            assert manage(shop, "chen", number, "withdraw") == "withdrawn"
            assert (shop.todo("li"), shop.todo("zhang"), shop.open(number)) == ([], [], [])
            with pytest.raises(ConflictError, match="flow_over"):
                manage(shop, "chen", number, "withdraw")
        else:
            with pytest.raises(PlatformError, match=result):
                manage(shop, "chen", number, "withdraw")
            manage(shop, "boss", number, "end", comment="x")
        with pytest.raises((ForbiddenError, NotFoundError)):
            manage(shop, "li", number, "withdraw")


def test_an_agreement_is_taken_back_while_nobody_has_acted_after_it(shop: Shop) -> None:
    shop.draw(
        node("approve", "a", who=members("chen", "li")),
        node("approve", "b", who=members("zhang")),
        node("fill", "c", who=members("boss")),
    )
    number = shop.start()
    (task,) = shop.todo("chen")
    shop.act("chen", "approve")
    manage(shop, "boss", number, "remind")
    shop.act("chen", "take_back", task.id, comment="看错了")
    assert (shop.open(number), shop.todo("zhang"), len(shop.todo("li"))) == (["a"], [], 1)
    with pytest.raises(ConflictError, match="task_closed"):
        shop.act("chen", "take_back", task.id)
    shop.act("li", "approve")
    with pytest.raises(ConflictError, match="task_closed"):
        shop.act("chen", "take_back", task.id)
    (second,) = shop.todo("zhang")
    shop.act("zhang", "approve", second.id)
    shop.act("boss", "submit")
    with pytest.raises(ConflictError, match="task_closed"):
        shop.act("zhang", "take_back", second.id)
    assert shop.instance(number).state == "done"


def test_taking_back_opens_the_lanes_and_the_join_again(shop: Shop) -> None:
    shop.draw(
        node(
            "parallel", "both",
            node("lane", "x", node("approve", "x1", who=members("chen"))),
            node("lane", "y", node("approve", "y1", who=members("li")), node("approve", "y2", who=members("li"))),
        ),
        node("fill", "after", who=members("zhang")),
    )  # fmt: skip
    number = shop.start()
    (task,) = shop.todo("chen")
    shop.act("li", "approve")
    shop.act("chen", "approve", task.id)
    assert shop.open(number) == ["y2"]
    shop.act("chen", "take_back", task.id)
    assert shop.open(number) == ["x1", "y2"], "what others did before stays"
    shop.act("chen", "approve", task.id)
    (last,) = shop.todo("li")
    shop.act("li", "approve", last.id)
    assert shop.open(number) == ["after"]
    shop.act("li", "take_back", last.id)
    assert shop.open(number) == ["y2"]
    with pytest.raises(ConflictError, match="flow_acted_since"):
        shop.act("chen", "take_back", task.id)
    shop.act("li", "approve", last.id)
    shop.act("zhang", "submit")
    assert shop.instance(number).state == "done"


def test_taking_back_an_agreement_drops_whom_one_had_asked(shop: Shop) -> None:
    shop.draw(node("approve", "a", who=members("chen", "li"), many="turn"))
    number = shop.start()
    (task,) = shop.todo("chen")
    shop.act("chen", "add_after", task.id, to=("zhang",))
    shop.act("chen", "take_back", task.id)
    assert [len(shop.todo(who)) for who in ("chen", "zhang", "li")] == [1, 0, 0]
    shop.act("chen", "approve", task.id)
    shop.act("chen", "take_back", task.id)
    assert [len(shop.todo(who)) for who in ("chen", "li")] == [1, 0], "the next one waits again"
    shop.act("chen", "approve", task.id)
    shop.act("li", "approve")
    assert shop.instance(number).state == "done"


def test_the_starter_reminds_each_once_an_hour(shop: Shop) -> None:
    shop.draw(node("approve", "a", who=members("chen", "li"), many="all"))
    number = shop.start("zhang")
    (task,) = shop.todo("chen")
    manage(shop, "zhang", number, "remind", task=task.id)
    manage(shop, "zhang", number, "remind")
    assert (told(shop, "chen").count("notice_remind"), told(shop, "li").count("notice_remind")) == (1, 1)
    with pytest.raises(ConflictError, match="flow_reminded_lately"):
        manage(shop, "zhang", number, "remind")
    with pytest.raises(ForbiddenError, match="flow_only_starter"):
        manage(shop, "chen", number, "remind")
    with shop.db.write() as tx:
        tx.run("UPDATE flow_trail SET at = at - :hour WHERE action = 'remind'", hour=3_600_000_001)
    manage(shop, "zhang", number, "remind")
    assert told(shop, "li").count("notice_remind") == 2


def test_who_manages_flows_gives_work_to_others(shop: Shop) -> None:
    shop.draw(node("approve", "a", who=members("chen", "li"), many="all"), node("fill", "b", who=members("zhang")))
    number = shop.start("zhang")
    with pytest.raises(ForbiddenError):
        manage(shop, "zhang", number, "reassign", to=("boss",))
    (task,) = shop.todo("chen")
    manage(shop, "boss", number, "reassign", task=task.id, to=("zhang",), comment="病假")
    assert [len(shop.todo(who)) for who in ("chen", "zhang", "li")] == [0, 1, 1]
    shop.act("li", "approve")
    manage(shop, "boss", number, "reassign", to=("boss", "chen"))
    assert [len(shop.todo(who)) for who in ("chen", "zhang", "boss")] == [1, 0, 1]
    shop.act("chen", "approve")
    shop.act("boss", "approve")
    assert shop.open(number) == ["b"]


def test_who_manages_flows_jumps_and_what_was_done_since_is_undone(shop: Shop) -> None:
    shop.draw(
        node("fill", "one", who=members("chen")),
        node(
            "branch", "how",
            node("case", "x", node("approve", "x1", who=members("li")), node("approve", "x2", who=members("li")),
                 when="amount>1"),
            node("case", "y", node("approve", "y1", who=members("zhang"))),
        ),
        node("fill", "two", who=members("chen")),
    )  # fmt: skip
    number = shop.start(amount=5)
    jump: Callable[[str], str] = lambda to: manage(shop, "boss", number, "jump", to=(to,), comment="改路")  # noqa: E731 - said twice below
    shop.act("chen", "submit")
    shop.act("li", "approve")
    assert shop.open(number) == ["x2"]
    jump("y1")
    assert shop.open(number) == ["y1"]
    assert [one.state for one in shop.steps(number) if one.node in {"x1", "x2"}] == ["undone", "void"]
    shop.act("zhang", "approve")
    assert shop.open(number) == ["two"], "behind the branch it goes on as drawn"
    jump("x2")
    assert shop.open(number) == ["x2"]
    jump("two")
    shop.act("chen", "submit")
    assert shop.instance(number).state == "done"
    number = shop.start(amount=5)
    jump("two")
    jump("one")
    shop.act("chen", "submit")
    assert shop.open(number) == ["x1"]
    jump("start")
    shop.act("boss", "submit")
    assert shop.open(number) == ["one"]
    with pytest.raises(InvalidInputError):
        jump("nowhere")
    with pytest.raises(InvalidInputError, match="invalid_input"):
        manage(shop, "boss", number, "jump", to=("two",))


def test_a_jump_keeps_as_many_places_as_were_drawn(shop: Shop) -> None:
    shop.draw(
        node(
            "parallel", "both",
            node("lane", "x", node("approve", "x1", who=members("chen")), node("approve", "x2", who=members("chen"))),
            node("lane", "y", node("approve", "y1", who=members("li"))),
        ),
        node("fill", "after", who=members("zhang")),
    )  # fmt: skip
    number = shop.start()
    x1 = next(one.id for one in shop.steps(number, "open") if one.node == "x1")
    with pytest.raises(InvalidInputError) as refused:
        manage(shop, "boss", number, "jump", to=("x2",), comment="x")
    assert [one.code for one in refused.value.problems] == ["flow_which_step"]
    with pytest.raises(ConflictError, match="flow_cannot_jump"):
        manage(shop, "boss", number, "jump", to=("y1",), step=x1, comment="x")
    manage(shop, "boss", number, "jump", to=("x2",), step=x1, comment="x")
    assert shop.open(number) == ["x2", "y1"]
    x2 = next(one.id for one in shop.steps(number, "open") if one.node == "x2")
    manage(shop, "boss", number, "jump", to=("after",), step=x2, comment="x")
    assert (shop.open(number), shop.todo("li")) == (["after"], [])
    shop.act("zhang", "submit")
    assert shop.instance(number).state == "done"


def test_ending_says_why_and_closes_everything(shop: Shop) -> None:
    shop.draw(node("approve", "a", who=members("chen")))
    number = shop.start("li")
    with pytest.raises(InvalidInputError):
        manage(shop, "boss", number, "end")
    assert manage(shop, "boss", number, "end", comment="重复了", client_key="k") == "ended"
    assert manage(shop, "boss", number, "end", comment="重复了", client_key="k") == "ended"
    assert (shop.todo("chen"), told(shop, "li")) == ([], ["notice_flow_ended"])
    with pytest.raises(NotFoundError, match="unknown_action"):
        manage(shop, "boss", number, "approve")


@pytest.mark.parametrize("kinds", [("approve", "approve"), ("approve", "refuse"), ("approve", "transfer")])
def test_of_two_at_the_same_moment_exactly_one_wins(shop: Shop, kinds: tuple[str, str]) -> None:
    shop.draw(node("approve", "a", who=members("chen")), node("fill", "b", who=members("li")))
    number = shop.start()
    (task,) = shop.todo("chen")
    answers: list[str] = []
    ready = threading.Barrier(2)

    def act(kind: str) -> None:
        ready.wait()
        try:
            shop.act("chen", kind, task.id, comment="x", to=("zhang",) if kind == "transfer" else ())
            answers.append("won")
        except ConflictError as error:
            answers.append(error.code)

    threads = [threading.Thread(target=act, args=(kind,)) for kind in kinds]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == ["task_closed", "won"]
    with shop.db.read() as tx:
        tasks = [one for one in store.tasks_of(tx, number) if one.user_id == shop.actors["chen"].user_id]
    assert [one.state for one in tasks] == ["done"]
