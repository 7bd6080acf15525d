"""Any flow, whoever does whatever: never stuck, tokens conserved, nothing by halves, also where it is killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.state import Step, Task
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import PlatformError
from tests.engines.flows.random_flows import PEOPLE, flows
from tests.engines.flows.shop import Shop

TABLES = ("flow_instance", "flow_step", "flow_task", "flow_copy", "flow_trail", "notice", "job")
ACTIONS = ["approve", "submit", "agree", "agree", "agree", "refuse", "send_back", "transfer", "add_before", "save"]


SCANS = ["scan", "scan", "scan", "scan", "complete", "complete", "undo", "approve", "send_back", "transfer"]
SCAN_TABLES = (*TABLES, "flow_scan", "flow_scan_line", "flow_expected", "item", "history", "stock")


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


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tree=flows(scans=True), wanted=st.integers(1, 3), data=st.data())
def test_no_scan_step_is_passed_without_its_set_and_what_is_posted_is_what_was_scanned(
    shop: Shop, tree: list[dict[str, Any]], wanted: int, data: st.DataObject
) -> None:
    with shop.db.read() as tx:
        there = tx.scalar("SELECT count(*) FROM product")
        made = int(tx.scalar("SELECT count(*) FROM item"))
    if not there:
        shop.furnish()
    codes = [f"X{made + place}" for place in range(5)]
    shop.make(*codes)
    shop.draw(*tree)
    number = shop.start("boss", amount=5, lines=[{"product": "WM", "qty": wanted}])
    for _ in range(data.draw(st.integers(1, 30), label="actions")):
        tasks = open_tasks(shop, number)
        if not tasks:
            break
        task = data.draw(st.sampled_from(tasks), label="task")
        before, kill_at = content(shop, SCAN_TABLES), data.draw(st.none() | st.integers(0, 60), label="killed at")
        try:
            if task.node.startswith("scan"):
                scan_or_so(shop, task, codes, data, kill_at)
            else:
                kind, asked = action(shop, task, data)
                with_kill(shop, task, kind, asked, kill_at)
        except (PlatformError, _KilledError):
            assert content(shop, SCAN_TABLES) == before, "nothing has changed"
        invariants(shop, number)
        scanned(shop, number, codes)
    finish(shop, number, codes)
    scanned(shop, number, codes)
    way_scanned(shop, number, tree)


def scan_or_so(shop: Shop, task: Task, codes: list[str], data: st.DataObject, kill_at: int | None) -> None:
    """Scan something, take it back, or try to get past."""
    kind = data.draw(st.sampled_from(SCANS), label="action")
    actor, scans = owner(shop, task), shop.system.task_scans
    if kind == "scan":
        raw = data.draw(st.sampled_from([*codes, "unknown"]), label="scanned")
        with_death(kill_at, lambda: scans.scan(actor, task.id, raw))
    elif kind == "undo":
        with_death(kill_at, lambda: scans.undo(actor, task.id, 1))
    elif kind == "transfer":
        to = data.draw(st.sampled_from(PEOPLE), label="to")
        with_kill(shop, task, kind, Asked(to=(to,), comment="x"), kill_at)
    else:
        how = data.draw(st.sampled_from(["", "anyway"]), label="how")
        with_kill(shop, task, kind, Asked(how=how, comment="x"), kill_at)


def scanned(shop: Shop, number: int, codes: list[str]) -> None:
    """Hold what was posted against what the scan steps that are done have taken."""
    with shop.db.read() as tx:
        for one in shop.steps(number, "done"):
            if one.kind == "scan":
                row = tx.row("SELECT state, expected, matched, overrides FROM flow_scan WHERE step_id = :id", id=one.id)
                assert row is not None
                assert (row.state, row.matched >= row.expected or row.overrides != "[]") == ("done", True)
        posting = [one for one in shop.steps(number, "done") if one.kind == "scan" and one.event_id is not None]
        lines = tx.rows(
            "SELECT i.code FROM flow_scan_line l JOIN item i ON i.id = l.item_id "
            "WHERE l.answer = 'right' AND l.step_id ANY(:steps, bigint)",
            steps=[one.id for one in posting],
        )
        there = tx.rows("SELECT code FROM item WHERE state = 'in_stock' AND code ANY(:codes, text)", codes=codes)
    assert sorted(row.code for row in there) == sorted(row.code for row in lines)


def way_scanned(shop: Shop, number: int, tree: list[dict[str, Any]]) -> None:
    """Hold the drawing against the steps: on the way that was gone every scan was done, whoever was sent back."""
    if shop.instance(number).state != "done":
        return
    done = {one.node: one for one in shop.steps(number, "done")}
    needed: list[str] = []
    on_the_way(tree, done, needed)
    assert [key for key in needed if key not in done] == []


def on_the_way(nodes: list[dict[str, Any]], done: dict[str, Step], needed: list[str]) -> bool:
    """Collect the scans on the way through a sequence; tell whether the flow has ended there."""
    for one in nodes:
        if one["kind"] == "scan":
            needed.append(one["id"])
        elif one["kind"] == "end":
            return True
        elif one["kind"] == "branch":
            (way,) = [case for case in one["children"] if case["id"] == done[one["id"]].outcome]
            if on_the_way(way["children"], done, needed):
                return True
        elif one["kind"] == "parallel":
            ended = [lane for lane in one["children"] if any(key in done for key in ends(lane))]
            for lane in ended or one["children"]:
                on_the_way(lane["children"], done, needed)
            if ended:
                return True
    return False


def ends(node: dict[str, Any]) -> list[str]:
    inner = [key for child in node["children"] for key in ends(child)]
    return [node["id"]] if node["kind"] == "end" else inner


def owner(shop: Shop, task: Task) -> Actor:
    return next(actor for actor in shop.actors.values() if actor.user_id == task.user_id)


def with_kill(shop: Shop, task: Task, kind: str, asked: Asked, kill_at: int | None) -> None:
    """Act, and die at a statement, if it is to be."""
    with_death(kill_at, lambda: shop.system.running.act(owner(shop, task), task.id, kind, asked))


def with_death(kill_at: int | None, work: Callable[[], object]) -> None:
    """Do something, and die at a statement, if it is to be."""
    if kill_at is None:
        work()
        return
    ask, left = Tx._ask, [kill_at]

    def dying(self: Tx, *rest: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise _KilledError
        return ask(self, *rest)

    Tx._ask = dying  # type: ignore[method-assign]  # the one door that every statement goes through
    try:
        work()
    finally:
        Tx._ask = ask  # type: ignore[method-assign]  # as it was


def action(shop: Shop, task: Task, data: st.DataObject) -> tuple[str, Asked]:
    """Choose what is done with a task."""
    kind = data.draw(st.sampled_from(ACTIONS), label="action")
    values: dict[str, Any] = {}
    if data.draw(st.booleans()):
        values["amount"] = data.draw(st.integers(0, 10), label="amount")
    if data.draw(st.booleans(), label="other lines"):
        values["lines"] = [{"product": "WM", "qty": data.draw(st.integers(1, 3), label="wanted")}]
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


def content(shop: Shop, tables: tuple[str, ...] = TABLES) -> dict[str, list[Any]]:
    """Return everything that flows have written."""
    with shop.db.read() as tx:
        return {name: sorted(map(repr, tx.tuples(f"SELECT * FROM {name}"))) for name in tables}


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
    entered = Counter(one.node for one in steps if one.kind in {"fill", "approve", "scan", "start"})
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


def finish(shop: Shop, number: int, codes: list[str] | None = None) -> None:
    """Let everybody agree to the end: it comes."""
    for _ in range(200):
        tasks = open_tasks(shop, number)
        if not tasks:
            break
        task = tasks[0]
        if task.node.startswith("scan"):
            complete(shop, task, codes or [])
        else:
            with_kill(shop, task, "approve" if task.node.startswith("approve") else "submit", Asked(), None)
    assert shop.instance(number).state in {"done", "refused"}
    invariants(shop, number)


def complete(shop: Shop, task: Task, codes: list[str]) -> None:
    """Scan until nothing is missing, and complete."""
    scans, actor = shop.system.task_scans, owner(shop, task)
    told: list[object] = []
    for code in codes:
        if scans.look(actor, task.id).missing:
            told.append(scans.scan(actor, task.id, code))
    assert not scans.look(actor, task.id).missing, told
    with_kill(shop, task, "complete", Asked(), None)
