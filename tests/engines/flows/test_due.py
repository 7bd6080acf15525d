"""Work whose time is over."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.flows import store
from mazhi.engines.flows.due import SEEN
from mazhi.kernel import clock
from mazhi.kernel.errors import InvalidInputError
from tests.engines.flows.shop import Shop, ident, members, node

HOUR = 3_600 * clock.MICROS_PER_SECOND


def overdue(shop: Shop, number: int, *, by: int = HOUR) -> tuple[int, int]:
    """Let the only open step of an instance have been due for so long, and return it with its due moment."""
    (step,) = [one for one in shop.steps(number, "open") if one.due_at is not None]
    at = clock.now() - by
    with shop.db.write() as tx:
        tx.run("UPDATE flow_step SET due_at = :at WHERE id = :id", at=at, id=step.id)
    return step.id, at


def told(shop: Shop, who: str, kind: str) -> int:
    return [one.kind for one in shop.system.notices.page(shop.actors[who])[0]].count(kind)


def says(shop: Shop, number: int) -> list[Any]:
    with shop.db.read() as tx:
        return [line.data["then"] for line in store.trail(tx, number) if line.action == "due"]


def draw(shop: Shop, kind: str = "approve", **rest: Any) -> int:
    due = rest.pop("due")
    shop.draw(
        node("fill", "before", who=members("boss")),
        node(kind, "work", who=members("chen", "li"), many="all", due={"hours": 2, **due}, **rest),
        node("fill", "after", who=members("zhang")),
    )
    number = shop.start("zhang")
    shop.act("boss", "submit")
    return number


def test_time_reminds_and_the_same_job_again_does_nothing(shop: Shop) -> None:
    number = draw(shop, due={"then": "remind"})
    step, at = overdue(shop, number)
    for _ in range(3):
        shop.system.due.look(step, at)
    assert (told(shop, "chen", "notice_due"), told(shop, "li", "notice_due"), says(shop, number)) == (1, 1, ["remind"])


def test_the_job_comes_by_itself_at_its_moment(shop: Shop) -> None:
    number = draw(shop, due={"hours": 0.000_000_3, "then": "approve"})
    while shop.open(number) == ["work"]:
        shop.system.jobs.run_pending()
    assert shop.open(number) == ["after"]
    assert (shop.todo("chen"), says(shop, number)) == ([], ["approve"])


def test_reminders_are_repeated_and_missed_ones_are_not_made_up_for(shop: Shop) -> None:
    number = draw(shop, due={"then": "remind", "every": 1})
    step, at = overdue(shop, number, by=50 * HOUR)
    shop.system.due.look(step, at)
    with shop.db.read() as tx:
        rows = tx.rows("SELECT run_at FROM job WHERE kind = 'flow_due' AND body LIKE '%turn%'")
    assert [0 < one.run_at - clock.now() <= HOUR for one in rows] == [True]
    shop.system.due.look(step, at, 1)
    shop.system.due.look(step, at, 1)
    assert (told(shop, "chen", "notice_due"), len(says(shop, number))) == (2, 2)


@pytest.mark.parametrize(
    ("then", "stands", "state"),
    [("approve", ["after"], "running"), ("refuse", [], "refused"), ("send_back", ["before"], "running")],
)
def test_time_decides_as_the_node_says(shop: Shop, then: str, stands: list[str], state: str) -> None:
    number = draw(shop, due={"then": then})
    step, at = overdue(shop, number)
    shop.system.due.look(step, at)
    shop.system.due.look(step, at)
    assert (shop.open(number), shop.instance(number).state, says(shop, number)) == (stands, state, [then])


def test_time_hands_the_work_on(shop: Shop) -> None:
    number = draw(shop, due={"then": "transfer", "to": "zhang"})
    shop.act("chen", "approve")
    shop.system.due.look(*overdue(shop, number))
    assert [len(shop.todo(who)) for who in ("chen", "li", "zhang")] == [0, 0, 1]
    shop.act("zhang", "approve")
    assert shop.open(number) == ["after"]


def test_a_job_of_a_step_that_is_over_or_due_another_time_does_nothing(shop: Shop) -> None:
    number = draw(shop, due={"then": "refuse"})
    step, at = overdue(shop, number)
    shop.system.due.look(step, at - 1)
    assert says(shop, number) == []
    shop.act("chen", "approve")
    shop.act("li", "approve")
    shop.system.due.look(step, at)
    shop.system.due.look(999_999, at)
    assert (shop.open(number), says(shop, number)) == (["after"], [])


def test_a_clock_that_was_put_back_waits_until_it_is_due(shop: Shop) -> None:
    number = draw(shop, due={"then": "refuse"})
    (step,) = [one for one in shop.steps(number, "open") if one.due_at is not None]
    assert step.due_at is not None
    with shop.db.write() as tx:
        tx.run("DELETE FROM job")
    shop.system.due.look(step.id, step.due_at)
    assert (shop.open(number), says(shop, number)) == (["work"], [])
    with shop.db.read() as tx:
        assert tx.scalar("SELECT run_at FROM job WHERE kind = 'flow_due'") == step.due_at
        assert SEEN not in (store.step(tx, step.id) or step).data


def test_time_hands_in_nothing_incomplete_and_tells_who_manages(shop: Shop) -> None:
    number = draw(shop, "fill", due={"then": "approve"}, fields={ident("note"): "required"})
    step, at = overdue(shop, number)
    shop.system.due.look(step, at)
    shop.system.due.look(step, at)
    assert (shop.open(number), says(shop, number)) == (["work"], ["refused"])
    assert (told(shop, "boss", "notice_due_failed"), told(shop, "chen", "notice_due_failed")) == (1, 1)
    assert shop.instance(number).state == "running", "people can still do it"


def test_time_never_passes_what_must_be_scanned(shop: Shop) -> None:
    for rest in ({"due": {"hours": 1, "then": "approve"}}, {"who": members("chen", nobody={"then": "pass"})}):
        with pytest.raises(InvalidInputError) as refused:
            shop.draw(node("scan", "scan", **{"who": members("chen"), **rest}))
        assert "flow_never_passed" in {one.code for one in refused.value.problems}


def test_time_that_leads_to_nobody_leaves_the_work_where_it_is(shop: Shop) -> None:
    shop.add_user("gone")
    shop.add_user("away")
    shop.draw(
        node("approve", "work", who=members("chen"), due={"hours": 1, "then": "approve"}),
        node("approve", "next", who=members("gone", nobody={"then": "member", "member": "away"})),
    )
    shop.leave("gone", "away", "boss")  # and nobody manages flows either
    number = shop.start()
    shop.system.due.look(*overdue(shop, number))
    assert (shop.open(number), len(shop.todo("chen")), says(shop, number)) == (["work"], 1, ["refused"])
