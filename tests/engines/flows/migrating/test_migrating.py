"""Moving running instances to a newer version: the preview says what happens, and exactly that happens."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.migrating.service import FEW, Preview, Wish
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, PlatformError
from tests.engines.flows.random_flows import flows
from tests.engines.flows.shop import APP, Shop, members, node
from tests.engines.flows.test_any_flow import action, open_tasks, owner, tokens


def work(key: str, *who: str, **more: Any) -> dict[str, Any]:
    return node("approve", key, who=members(*who or ("chen",)), **more)


def preview(shop: Shop, wish: Wish, **more: Any) -> Preview:
    return shop.system.flow_migrating.preview(shop.actors["boss"], APP, "f", wish, **more)


def move(shop: Shop, wish: Wish, seen: Preview | None = None) -> int:
    found = preview(shop, wish) if seen is None else seen
    count = shop.system.flow_migrating.move(shop.actors["boss"], APP, "f", wish, found.hash)[1]
    shop.system.jobs.run_pending()
    return count


def hows(found: Preview) -> list[tuple[str, str, str]]:
    return [(one.node, one.to, one.how) for plan in found.plans for one in plan.moves]


def test_who_stands_on_a_node_that_is_still_there_stays_there(shop: Shop) -> None:
    shop.draw(work("a"), work("b", "li"))
    number = shop.start()
    shop.draw(work("new", "zhang"), work("a"), work("c", "zhang"))
    wish = Wish(2)
    found = preview(shop, wish)
    assert (hows(found), found.counts) == ([("a", "a", "same")], {"can": 1, "cannot": 0})
    assert shop.instance(number).version == 1, "nothing happens"
    assert move(shop, wish) == 1
    assert shop.instance(number).version == 2
    shop.act("chen", "approve")
    assert shop.open(number) == ["c"], "it goes on as the newer version says"
    assert ("migrate", "") in shop.trail(number)


def test_a_node_that_is_gone_must_be_mapped_and_then_its_task_is_there(shop: Shop) -> None:
    shop.draw(work("a"), work("b", "li"))
    number, other = shop.start(), shop.start()
    shop.act("chen", "approve", shop.todo("chen")[0].id)
    shop.draw(work("a"), work("z", "zhang"))
    found = preview(shop, Wish(2))
    assert hows(found) == [("b", "", "gone"), ("a", "a", "same")]
    assert (found.undecided, found.counts) == ({"b": 1}, {"can": 1, "cannot": 1})
    assert move(shop, Wish(2)) == 1
    assert [shop.instance(one).version for one in (number, other)] == [1, 2], "who cannot be moved stays as it is"
    assert move(shop, Wish(2, {"b": "z"})) == 1
    assert shop.open(number) == ["z"]
    assert [(task.node, task.instance_id) for task in shop.todo("li")] == [("z", number)], "who has the work keeps it"
    shop.act("li", "approve")
    assert shop.instance(number).state == "done"


def test_the_people_of_the_newer_version_get_the_work_only_where_that_is_asked_for(shop: Shop) -> None:
    shop.draw(work("a", "chen"))
    number = shop.start()
    shop.draw(work("a", "li", "zhang"))
    wish = Wish(2, people=True)
    assert preview(shop, wish).plans[0].moves[0].people == ("li", "zhang")
    move(shop, wish)
    assert (shop.todo("chen"), len(shop.todo("li")), len(shop.todo("zhang"))) == ([], 1, 1)
    shop.act("li", "approve")
    assert shop.instance(number).state == "done"


def lanes(*keys: str) -> dict[str, Any]:
    return node("parallel", "p", *(node("lane", f"lane-{key}", work(key)) for key in keys))


def test_parallel_ways_must_fit(shop: Shop) -> None:
    shop.draw(lanes("a", "b"), work("end", "boss"))
    number = shop.start()
    shop.draw(lanes("a", "c"), work("b"), work("end", "boss"))
    assert hows(preview(shop, Wish(2)))[1:] == [("a", "a", "same"), ("b", "b", "lanes")]
    assert move(shop, Wish(2)) == 0
    wish = Wish(2, {"b": "c", "lane-b": "lane-c"})
    assert [one[2] for one in hows(preview(shop, wish))] == ["same", "same", "mapped"]
    one_lane = preview(shop, Wish(2, {"b": "a", "lane-b": "lane-a"}))
    assert one_lane.counts == {"can": 0, "cannot": 1}, "two ways never become one"
    move(shop, wish)
    for task in shop.todo("chen"):
        shop.act("chen", "approve", task.id)
    assert shop.open(number) == ["b"], "both ways have arrived, and it goes on behind them"


def test_nobody_is_moved_past_a_scan(shop: Shop) -> None:
    shop.draw(work("a"), work("b"))
    shop.start()
    scan = node("scan", "s", who=members("li"), against={"kind": "free"})
    shop.draw(scan, work("a"), work("b"))
    assert hows(preview(shop, Wish(2))) == [("a", "a", "skips")]


def test_what_became_different_since_the_preview_is_not_moved(shop: Shop) -> None:
    shop.draw(work("a"), work("b", "li"))
    number = shop.start()
    shop.draw(work("a"), work("b", "li"), work("c", "li"))
    seen = preview(shop, Wish(2))
    shop.act("chen", "approve")
    with pytest.raises(ConflictError, match="flow_migration_changed"):
        move(shop, Wish(2), seen)
    assert shop.instance(number).version == 1


def test_many_are_moved_by_a_job_and_those_that_went_on_meanwhile_are_left(shop: Shop) -> None:
    shop.draw(work("a"), work("b", "li"))
    numbers = [shop.start() for _ in range(FEW + 1)]
    shop.draw(work("a"), work("b", "li"), work("c", "li"))
    found = preview(shop, Wish(2), limit=2)
    assert (len(found.plans), found.next, found.counts["can"]) == (2, numbers[1], FEW + 1)
    assert preview(shop, Wish(2), after=numbers[1]).plans[0].instance == numbers[2]
    migrating, boss = shop.system.flow_migrating, shop.actors["boss"]
    job, count = migrating.move(boss, APP, "f", Wish(2), found.hash, client_key="k")
    assert migrating.move(boss, APP, "f", Wish(2), found.hash, client_key="k") == (job, count)
    shop.act("chen", "approve", shop.todo("chen")[0].id)
    shop.system.jobs.run_pending()
    done = shop.system.jobs.get(boss, job)
    assert (done.result, [one.item for one in done.errors]) == ({"moved": FEW, "left": 1}, [str(numbers[0])])
    assert [shop.instance(one).version for one in numbers] == [1] + [2] * FEW


def test_only_who_manages_flows_may_and_only_to_what_is_there(shop: Shop) -> None:
    shop.draw(work("a"))
    shop.draw(work("a"))
    with pytest.raises(ForbiddenError):
        shop.system.flow_migrating.preview(shop.actors["chen"], APP, "f", Wish(2))
    with pytest.raises(InvalidInputError):
        preview(shop, Wish(2, {"a": "nowhere"}))


# -- any flow, any edit ---------------------------------------------------------------------------------------------


def sequences(tree: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Give every sequence of a flow."""
    yield tree
    for one in tree:
        for child in one["children"]:
            if one["kind"] in {"branch", "parallel"}:
                yield from sequences(child["children"])


def ids(tree: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in tree:
        yield one["id"], one["kind"]
        yield from ids(one["children"])


def edited(tree: list[dict[str, Any]], data: st.DataObject) -> list[dict[str, Any]]:
    """Take nodes out, put others in, exchange some, move some elsewhere, and swap ways of blocks."""
    found = copy.deepcopy(tree)
    for place in range(data.draw(st.integers(0, 4), label="edits")):
        some = data.draw(st.sampled_from(list(sequences(found))), label="where")
        at = data.draw(st.integers(0, len(some)), label="at")
        match data.draw(st.sampled_from(["out", "in", "move", "swap"]), label="edit"):
            case "out" if at < len(some):
                del some[at]
            case "in":
                some.insert(at, work(f"approve_new{place}", "li"))
            case "move" if at < len(some):
                moved = some.pop(at)
                to = data.draw(st.sampled_from(list(sequences(found))), label="to")
                to.append(moved)
            case "swap" if at < len(some) and some[at]["kind"] == "parallel":
                some[at]["children"].reverse()
            case _:
                pass
    return found or [work("approve_only")]


def state(shop: Shop, number: int) -> Any:
    one = shop.instance(number)
    steps = [(step.id, step.node, step.lane, step.resume, step.state) for step in shop.steps(number)]
    return one.version, one.seq, steps, [task.node for task in open_tasks(shop, number)]


@settings(max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tree=flows(), data=st.data())
def test_any_flow_with_any_edit_does_exactly_what_the_preview_says(
    shop: Shop, tree: list[dict[str, Any]], data: st.DataObject
) -> None:
    shop.draw(*tree)
    numbers = [shop.start("boss", amount=data.draw(st.integers(0, 10), label="amount")) for _ in range(2)]
    for _ in range(data.draw(st.integers(0, 8), label="actions")):
        tasks = [task for number in numbers for task in open_tasks(shop, number)]
        if tasks:
            task = data.draw(st.sampled_from(tasks), label="task")
            kind, asked = action(shop, task, data)
            with suppress(PlatformError):
                shop.system.running.act(owner(shop, task), task.id, kind, asked)
    newer = edited(tree, data)
    shop.draw(*newer)
    version = shop.system.flows.get(APP, "f").version
    known = dict(ids(newer))
    gone = [(key, kind) for key, kind in ids(tree) if key not in known]
    mapping = {}
    for key, kind in gone:
        fits = [other for other, its in known.items() if its == kind]
        if fits and data.draw(st.booleans(), label="mapped"):
            mapping[key] = data.draw(st.sampled_from(fits), label="to")
    wish = Wish(version, mapping, people=data.draw(st.booleans(), label="people"))
    before = {number: state(shop, number) for number in numbers}
    found = preview(shop, wish, limit=1000)
    assert {number: state(shop, number) for number in numbers} == before, "looking changes nothing"
    move(shop, wish, found)
    plans = {plan.instance: plan for plan in found.plans}
    for number in numbers:
        plan, after = plans.get(number), state(shop, number)
        if plan is None or not plan.can:
            assert after == before[number]
            continue
        assert shop.instance(number).version == version
        by_id = {one.step: one for one in plan.moves}
        lanes_of = dict(plan.lanes)
        assert after[2] == [
            (step, by_id[step].to, by_id[step].lane, by_id[step].resume, held) if step in by_id
            else (step, at, lanes_of.get(step, lane), resume, held)
            for step, at, lane, resume, held in before[number][2]
        ]  # fmt: skip
        for one in plan.moves:
            if one.people is not None:
                assert sorted(owner(shop, task).name for task in open_tasks(shop, number) if task.step_id == one.step)
        tokens(shop.steps(number, "open"))
        leaves = {step.id for step in shop.steps(number, "open") if step.kind != "parallel"}
        assert leaves == {task.step_id for task in open_tasks(shop, number)}, "somebody can always go on"
        for _ in range(200):
            tasks = open_tasks(shop, number)
            if tasks:
                kind = "approve" if tasks[0].node.startswith("approve") else "submit"
                shop.system.running.act(owner(shop, tasks[0]), tasks[0].id, kind, Asked())
        assert shop.instance(number).state in {"done", "refused"}
