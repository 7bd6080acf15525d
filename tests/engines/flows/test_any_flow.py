"""Any flow, whoever does whatever: never stuck, tokens conserved, nothing by halves, also where it is killed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.state import Step, Task
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import PlatformError
from tests.engines.flows.random_flows import PEOPLE, flows
from tests.engines.flows.shop import Shop

TABLES = ("flow_instance", "flow_step", "flow_task", "flow_copy", "flow_trail", "notice", "job")
ACTIONS = ["approve", "submit", "agree", "agree", "agree", "refuse", "send_back", "transfer", "add_before", "save"]


class _KilledError(BaseException):
    """The process is no more."""


@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tree=flows(), amount=st.integers(0, 10), data=st.data())
def test_any_flow_is_never_stuck_and_conserves_its_tokens(
    shop: Shop, tree: list[dict[str, Any]], amount: int, data: st.DataObject
) -> None:
    shop.draw(*tree)
    number = shop.start("boss", amount=amount)
    invariants(shop, number)
    for _ in range(data.draw(st.integers(1, 25), label="actions")):
        tasks = open_tasks(shop, number)
        if not tasks:
            break
        task = data.draw(st.sampled_from(tasks), label="task")
        kind, asked = action(shop, task, data)
        before = content(shop)
        kill_at = data.draw(st.none() | st.integers(0, 40), label="killed at")
        try:
            with_kill(shop, task, kind, asked, kill_at)
        except (PlatformError, _KilledError):
            assert content(shop) == before, "nothing has changed"
        else:
            assert kind == "save" or content(shop) != before
        invariants(shop, number)
    finish(shop, number)


def with_kill(shop: Shop, task: Task, kind: str, asked: Asked, kill_at: int | None) -> None:
    """Act, and die at a statement, if it is to be."""
    user = next(actor for actor in shop.actors.values() if actor.user_id == task.user_id)
    if kill_at is None:
        shop.system.running.act(user, task.id, kind, asked)
        return
    ask, left = Tx._ask, [kill_at]

    def dying(self: Tx, *rest: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise _KilledError
        return ask(self, *rest)

    Tx._ask = dying  # type: ignore[method-assign]
    try:
        shop.system.running.act(user, task.id, kind, asked)
    finally:
        Tx._ask = ask  # type: ignore[method-assign]


def action(shop: Shop, task: Task, data: st.DataObject) -> tuple[str, Asked]:
    """Choose what is done with a task."""
    kind = data.draw(st.sampled_from(ACTIONS), label="action")
    values = {"amount": data.draw(st.integers(0, 10), label="amount")} if data.draw(st.booleans()) else {}
    if kind == "agree":
        kind = "approve" if task.node.startswith("approve") else "submit"
    if kind in {"transfer", "add_before"}:
        return kind, Asked(to=(data.draw(st.sampled_from(PEOPLE), label="to"),), comment="x")
    if kind == "send_back":
        done = sorted({one.node for one in shop.steps(task.instance_id, "done")}) or ["start"]
        how = data.draw(st.sampled_from(["", "straight"]), label="how")
        return kind, Asked(to=(data.draw(st.sampled_from(done), label="back to"),), how=how, comment="x")
    return kind, Asked(values=values if kind == "submit" else {}, comment="x")


def open_tasks(shop: Shop, number: int) -> list[Task]:
    return [one for who in PEOPLE for one in shop.todo(who) if one.instance_id == number]


def content(shop: Shop) -> dict[str, list[Any]]:
    """Return everything that flows have written."""
    with shop.db.read() as tx:
        return {name: sorted(map(repr, tx.tuples(f"SELECT * FROM {name}"))) for name in TABLES}


def invariants(shop: Shop, number: int) -> None:
    """Hold the rows against what must always be so."""
    instance, steps = shop.instance(number), shop.steps(number)
    open_steps = [one for one in steps if one.state == "open"]
    tasks = open_tasks(shop, number)
    if instance.state != "running":
        assert open_steps == []
        assert tasks == []
        return
    assert tasks, "somebody can always go on"
    assert {one.step_id for one in tasks} <= {one.id for one in open_steps}
    leaves = {one.id for one in open_steps if one.kind != "parallel"}
    assert leaves == {one.step_id for one in tasks}, "every open step has somebody who can do it"
    tokens(open_steps)
    trail = Counter(shop.trail(number))
    entered = Counter(one.node for one in steps if one.kind in {"fill", "approve", "start"})
    assert all(trail["enter", key] == count for key, count in entered.items() if key != "start")


def tokens(open_steps: list[Step]) -> None:
    """Every lane has one token at the most, a block as many lanes with one as it waits for; outside there is one."""
    by_scope: dict[int, list[str]] = {}
    for one in open_steps:
        by_scope.setdefault(one.scope, []).append(one.lane)
    assert len(by_scope.pop(0)) == 1
    blocks = {one.id: one.waiting for one in open_steps if one.kind == "parallel"}
    assert {scope: len(lanes) for scope, lanes in by_scope.items()} == blocks
    assert all(len(set(lanes)) == len(lanes) for lanes in by_scope.values())


def finish(shop: Shop, number: int) -> None:
    """Let everybody agree to the end: it comes."""
    for _ in range(200):
        tasks = open_tasks(shop, number)
        if not tasks:
            break
        kind = "approve" if tasks[0].node.startswith("approve") else "submit"
        with_kill(shop, tasks[0], kind, Asked(), None)
    assert shop.instance(number).state in {"done", "refused"}
    invariants(shop, number)
