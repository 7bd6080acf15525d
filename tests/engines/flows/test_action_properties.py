"""Whatever people do in whatever order: a running flow always waits for somebody, an ended one for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.running import seats
from mazhi.engines.flows.state import Task
from mazhi.kernel.errors import PlatformError
from tests.engines.flows.shop import Shop, members, node

PEOPLE = ("chen", "li", "zhang", "boss")
TASK = (
    "approve",
    "approve",
    "submit",
    "refuse",
    "send_back",
    "transfer",
    "add_before",
    "add_after",
    "save",
    "take_back",
)
FLOW = ("reassign", "jump", "remind", "withdraw")
NODES = ("start", "one", "a", "b", "c", "d", "end_", "x", "y", "both", "how")

Move = tuple[str, str, str, str, int]
MOVE = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(TASK * 3 + FLOW), st.sampled_from(PEOPLE), st.sampled_from(NODES),
    st.integers(0, 5),
)  # fmt: skip
ONCE = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def drawn(shop: Shop) -> Shop:
    """Draw a flow with every way of several people, lanes, and a branch."""
    several = members("chen", "li", "zhang")
    shop.draw(
        node("fill", "one", who=members("boss", "chen")),
        node(
            "parallel", "both",
            node(
                "lane", "x",
                node("approve", "a", who=several, many="all"), node("approve", "b", who=several, many="turn"),
            ),
            node("lane", "y", node("approve", "c", who=several, many="ratio", ratio=60)),
        ),
        node(
            "branch", "how",
            node("case", "p", node("approve", "d", who=several, refused="start"), when="amount>1"),
            node("case", "q"),
        ),
        node("fill", "end_", who=members("li", same="pass")),
        withdraw="always",
    )  # fmt: skip
    return shop


def move(shop: Shop, number: int, one: Move) -> bool:
    """Let somebody do something, and tell whether it was done."""
    who, kind, other, to, place = one
    actor = shop.actors[who]
    try:
        if kind in FLOW:
            named = (to,) if kind == "jump" else (other,)
            steps = [step.id for step in shop.steps(number, "open") if step.kind != "parallel"]
            step = steps[place % len(steps)] if steps and kind in {"jump", "reassign"} else 0
            shop.system.managing.act(shop.actors["boss"], number, kind, Asked(to=named, comment="x"), step=step)
            return True
        state = "done" if kind == "take_back" else "open"
        with shop.db.read() as tx:
            own = [task for task in store.tasks_of(tx, number) if (task.user_id, task.state) == (actor.user_id, state)]
        if not own:
            return False
        named = (other,) if kind in {"transfer", "add_before", "add_after"} else ()
        shop.system.running.act(actor, own[place % len(own)].id, kind, Asked(to=named, comment="x"))
    except PlatformError:
        return False
    return True


def holds(shop: Shop, number: int) -> None:
    """Check what is always so."""
    with shop.db.read() as tx:
        held = store.instance(tx, number)
        steps = store.steps(tx, number)
        tasks = store.tasks_of(tx, number)
        lines = store.trail(tx, number)
    assert held is not None
    open_ = {step.id: step for step in steps if step.state == "open"}
    waiting = [task for task in tasks if task.state in {"open", "waiting"}]
    assert [line.seq for line in lines] == list(range(1, held.seq + 1))
    assert all(task.step_id in open_ for task in waiting), "no work without a step"
    if held.state != "running":
        assert (open_, waiting) == ({}, [])
        return
    assert sum(step.scope == 0 for step in open_.values()) == 1, "one token outside of all lanes"
    for step in open_.values():
        if step.kind == "parallel":
            lanes = [inner.lane for inner in open_.values() if inner.scope == step.id]
            assert step.waiting == len(lanes) == len(set(lanes)) > 0
        else:
            assert any(task.state == "open" for task in waiting if task.step_id == step.id), "somebody's turn it is"


@ONCE
@given(moves=st.lists(MOVE, min_size=5, max_size=40), amount=st.sampled_from([None, 5]))
def test_there_is_always_somebody_who_can_go_on_or_it_is_over(
    drawn: Shop, moves: list[Move], amount: int | None
) -> None:
    number = drawn.start("boss", amount=amount)
    holds(drawn, number)
    for one in moves:
        if move(drawn, number, one):
            holds(drawn, number)


@ONCE
@given(moves=st.lists(MOVE, min_size=5, max_size=30))
def test_whatever_was_done_everybody_agreeing_ends_the_flow(drawn: Shop, moves: list[Move]) -> None:
    number = drawn.start("boss")
    for one in moves:
        move(drawn, number, one)
    for _ in range(60):
        for who in PEOPLE:
            for kind in ("approve", "submit"):
                move(drawn, number, (who, kind, "", "", 0))
        if drawn.instance(number).state != "running":
            break
    assert drawn.instance(number).state in {"done", "refused", "withdrawn"}
    holds(drawn, number)


def task(number: int, **rest: Any) -> Task:
    base: dict[str, Any] = {
        "instance_id": 1, "step_id": 1, "node": "n", "user_id": number, "state": "open", "place": number, "via": "who",
        "origin": 0, "action": "", "comment": "", "draft": {}, "created_at": 0,
    }  # fmt: skip
    return Task(id=number, **{**base, **rest})


STATES = st.sampled_from(
    [("open", ""), ("waiting", ""), ("done", "approve"), ("done", "add_after"), ("done", "refuse")]
)


@given(st.lists(st.tuples(STATES, st.sampled_from(["who", "before", "after"]), st.integers(0, 9)), max_size=10),
       st.integers(1, 100))  # fmt: skip
def test_whoever_was_asked_never_counts_by_themselves(
    raw: Sequence[tuple[tuple[str, str], str, int]], ratio: int
) -> None:
    tasks: list[Task] = []
    for number, ((state, action), via, origin) in enumerate(raw, 1):
        asked = via != "who" and tasks
        tasks.append(
            task(
                number, state=state, action=action, via=via if asked else "who",
                origin=tasks[origin % len(tasks)].id if asked else 0,
            )
        )  # fmt: skip
    own = seats.seats_of(tasks)
    assert len(own) == sum(one.via == "who" for one in tasks)
    assert sorted(one.id for seat in own for one in seat.tasks()) == [one.id for one in tasks], "everybody sits once"
    if own and seats.is_enough(own, "all", ratio):
        assert seats.is_enough(own, "any", ratio)
        assert seats.is_enough(own, "ratio", ratio)
        assert not any(seat.refused for seat in own)
    for _ in range(20):  # turns settle
        changes = seats.turns(own, in_turn=True)
        for one, state in changes:
            one.state = state
    assert seats.turns(own, in_turn=True) == []


def test_the_first_in_turn_and_whoever_they_asked_can_act() -> None:
    tasks = [task(1, state="waiting"), task(2, state="waiting"), task(3, via="before", origin=1, state="waiting")]
    assert seats.turns(seats.seats_of(tasks), in_turn=True) == [(tasks[2], "open")]
