"""Flows that wait: for a moment, and for other flows; they go on once, and take along what they wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.nodes import wait
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.flows.shop import APP, Shop, field, members, node, on_sqlite

PARENT = [
    field("no"), field("due", "date"), field("amount", "number"),
    field("card", "record", options={"form": f"{APP}/card"}),
    field("cards", "records", options={"form": f"{APP}/card"}),
    field("lines", "subform", fields=[
        field("what"), field("qty", "number"), field("each", "record", options={"form": f"{APP}/card"}),
    ]),
]  # fmt: skip
CARD = [field("what"), field("qty", "number"), field("good", "switch")]


@pytest.fixture
def shop(db_url: str, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(db_url, tmp_path / "data")
    shop.form("card", CARD, name="质检卡")
    shop.form("order", PARENT, name="订单")
    yield shop
    shop.close()


def check(who: str = "chen", key: str = "check", **options: Any) -> dict[str, Any]:
    return node("approve", key, who=members(who), **options)


def later(shop: Shop, **delta: float) -> None:
    """Let time pass for a flow that waits: its steps were entered so much earlier."""
    micros = int(timedelta(**delta).total_seconds() * clock.MICROS_PER_SECOND)
    with shop.db.write() as tx:
        tx.run("UPDATE flow_step SET entered_at = entered_at - :by", by=micros)
        tx.run("UPDATE job SET run_at = run_at - :by WHERE state = 'queued'", by=micros)
    shop.system.jobs.run_pending()


def test_a_flow_rests_for_a_while_and_goes_on_once(shop: Shop) -> None:
    shop.draw(node("wait", "rest", amount=2, unit="hours"), check(), form="order")
    instance = shop.start(record=shop.record("order"))
    shop.system.jobs.run_pending()
    assert shop.open(instance) == ["rest"]
    later(shop, hours=1)
    assert shop.open(instance) == ["rest"]
    later(shop, hours=1)
    later(shop, hours=5)
    assert shop.open(instance) == ["check"]
    assert [one.node for one in shop.steps(instance)].count("check") == 1


@on_sqlite
def test_a_clock_that_was_set_back_lets_it_wait_on(shop: Shop) -> None:
    shop.draw(node("wait", "rest", amount=2, unit="hours"), check(), form="order")
    instance = shop.start(record=shop.record("order"))
    with shop.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0")
    shop.system.jobs.run_pending()
    assert shop.open(instance) == ["rest"]
    later(shop, hours=3)
    assert shop.open(instance) == ["check"]


def test_a_flow_waits_for_a_date_that_may_be_moved_meanwhile(shop: Shop) -> None:
    shop.draw(
        node("wait", "rest", until="date", date="due", amount=-1, unit="days", time="08:30"), check(), form="order"
    )
    today = datetime.now(clock.DEFAULT_ZONE).date()
    past = shop.start(record=shop.record("order", due=str(today - timedelta(days=3))))
    assert shop.open(past) == ["check"]
    empty = shop.start(record=shop.record("order"))
    assert shop.open(empty) == ["check"]
    record = shop.record("order", due=str(today + timedelta(days=5)))
    waiting = shop.start(record=record)
    (step,) = shop.steps(waiting, "open")
    assert step.data["until"] == f"{today + timedelta(days=4)}T08:30+08:00"
    shop.system.records.change(SYSTEM, APP, "order", record, 1, {"due": str(today + timedelta(days=9))})
    with shop.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0 WHERE state = 'queued'")
    shop.system.jobs.run_pending()
    assert shop.open(waiting) == ["rest"]
    shop.system.records.change(SYSTEM, APP, "order", record, 2, {"due": str(today)})
    with shop.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0 WHERE state = 'queued'")
    shop.system.jobs.run_pending()
    assert shop.open(waiting) == ["check"]


@on_sqlite
def test_what_is_no_date_is_said(shop: Shop) -> None:
    shop.draw(node("wait", "rest", until="date", date="no"), check(), form="order")
    with pytest.raises(ConflictError) as caught:
        shop.start(record=shop.record("order", no="soon"))
    assert [one.code for one in caught.value.problems] == ["flow_no_date"]


@pytest.mark.parametrize(
    ("entered", "at", "until"),
    [("2026-11-22T07:00", "08:30", "2026-11-22T08:30"), ("2026-11-22T08:30", "08:30", "2026-11-23T08:30")],
)
def test_a_time_of_the_day_is_the_next_one(entered: str, at: str, until: str) -> None:
    began = datetime.fromisoformat(entered).replace(tzinfo=clock.DEFAULT_ZONE)
    found = clock.to_datetime(wait._next(clock.to_micros(began), at), clock.DEFAULT_ZONE)
    assert found.isoformat(timespec="minutes") == f"{until}+08:00"


def test_what_a_moment_brings_about_and_is_refused_stops_the_flow_where_everybody_sees_it(shop: Shop) -> None:
    bad = node("create_record", "bad", form=f"{APP}/card", assignments=[{"field": "qty", "formula": "1 / amount"}])
    shop.draw(node("wait", "rest", amount=1), bad, check(), form="order")
    record = shop.record("order", amount=0)
    instance = shop.start(record=record)
    later(shop, hours=2)
    assert shop.instance(instance).state == "failed"
    (step,) = shop.steps(instance, "failed")
    assert (step.node, step.data["problems"][0]["item"]) == ("rest", "1 / amount")
    shop.system.records.change(SYSTEM, APP, "order", record, 1, {"amount": 4})
    shop.system.managing.act(shop.actors["boss"], instance, "retry", Asked())
    assert (shop.instance(instance).state, shop.open(instance)) == ("running", ["check"])


def inspect(**options: Any) -> dict[str, Any]:
    return node("sub_flow", "sub", flow="inspect", **options)


def draw(shop: Shop, *children: Any) -> None:
    shop.draw(check("zhang", "look"), code="inspect", form="card", again=True)
    shop.draw(*children, form="order")


def children(shop: Shop) -> list[int]:
    with shop.db.read() as tx:
        return [row[0] for row in tx.tuples("SELECT id FROM flow_instance WHERE flow = 'inspect' ORDER BY id")]


ROWS = {
    "which": "rows", "table": "lines", "form": f"{APP}/card", "when": "qty > 0",
    "assignments": [{"field": "what", "formula": 'no & "/" & what'}, {"field": "qty", "from": "qty"}],
}  # fmt: skip
LINES = [{"what": "a", "qty": 1}, {"what": "b", "qty": 0}, {"what": "c", "qty": 2}]


def test_a_flow_for_each_row_is_waited_for_until_the_last_has_ended(shop: Shop) -> None:
    draw(shop, inspect(**ROWS), check())
    instance = shop.start(record=shop.record("order", no="N", lines=LINES))
    first, second = shop.todo("zhang")
    titles = [one.values["what"] for one in shop.system.records.find(SYSTEM, APP, "card").rows]
    assert sorted(titles) == ["N/a", "N/c"]
    shop.act("zhang", "approve", task=second.id)
    assert shop.open(instance) == ["sub"]
    shop.act("zhang", "approve", task=first.id)
    assert shop.open(instance) == ["check"]
    (step,) = [one for one in shop.steps(instance) if one.node == "sub"]
    assert (step.outcome, set(step.data["flows"].values())) == ("done", {"done"})
    with pytest.raises(ConflictError) as caught:
        shop.act("chen", "send_back", to=("start",), comment="x")
    assert [one.code for one in caught.value.problems] == ["flow_child_stays"]


@pytest.mark.parametrize(("refused", "state", "outcome"), [("go_on", "running", "refused"), ("fail", "failed", "")])
def test_a_flow_that_is_refused_is_told_to_the_one_that_waits(
    shop: Shop, refused: str, state: str, outcome: str
) -> None:
    draw(shop, inspect(which="linked", link="card", refused=refused), check())
    card = shop.record("card")
    instance = shop.start(record=shop.record("order", card=str(card)))
    shop.act("zhang", "refuse", comment="no")
    (step,) = [one for one in shop.steps(instance) if one.node == "sub"]
    assert (shop.instance(instance).state, step.outcome) == (state, outcome)
    if refused == "fail":
        shop.system.managing.act(shop.actors["boss"], instance, "skip", Asked(comment="doch"))
        assert shop.open(instance) == ["check"]


def test_flows_that_are_over_at_once_are_counted_and_flows_that_nobody_waits_for_go_their_own_way(shop: Shop) -> None:
    shop.draw(
        node("update_record", "mark", assignments=[{"field": "good", "value": True}]), code="inspect", form="card"
    )
    cards = [str(shop.record("card")) for _ in range(2)]
    shop.draw(inspect(which="linked", link="cards"), check(), form="order")
    instance = shop.start(record=shop.record("order", cards=cards))
    assert shop.open(instance) == ["check"]
    assert [shop.values(int(card), "card")["good"] for card in cards] == [True, True]
    draw(shop, inspect(which="linked", link="card", waits=False), check())
    other = shop.start(record=shop.record("order", card=cards[0]))
    assert shop.open(other) == ["check"]
    shop.act("chen", "approve", task=shop.todo("chen")[-1].id)
    assert shop.instance(children(shop)[-1]).state == "running"


@pytest.mark.parametrize("how", ["withdraw", "end"])
def test_what_is_waited_for_ends_with_the_flow_that_waits(shop: Shop, how: str) -> None:
    draw(shop, inspect(**ROWS), check())
    instance = shop.start(record=shop.record("order", lines=LINES))
    actor = shop.actors["boss"]
    shop.system.managing.act(actor, instance, how, Asked(comment="x"))
    assert {shop.instance(one).state for one in children(shop)} == {"ended"}
    assert shop.todo("zhang") == []


@on_sqlite
def test_flows_that_start_one_another_for_ever_are_stopped(shop: Shop) -> None:
    shop.draw(check(), code="inspect", form="card", again=True)
    shop.draw(inspect(which="this"), code="inspect", form="card", again=True)
    with pytest.raises(ConflictError) as caught:
        shop.start(code="inspect", record=shop.record("card"))
    assert "flow_loop" in {caught.value.code, *(one.code for one in caught.value.problems)}
    assert children(shop) == []


@on_sqlite
def test_what_is_not_there_stands_in_the_way(shop: Shop) -> None:
    shop.draw(check(), code="inspect", form="card")
    nodes = (
        node("wait", "a"), node("wait", "b", until="date", date="nix", time="25:00"), node("wait", "c", until="time"),
        node("sub_flow", "d"), node("sub_flow", "e", flow="nowhere"), node("sub_flow", "f", flow="inspect"),
        node("sub_flow", "g", flow="inspect", which="rows", table="lines", form=f"{APP}/card"),
        node("sub_flow", "h", flow="inspect", which="rows", table="lines", column="what"),
    )  # fmt: skip
    with pytest.raises(InvalidInputError) as caught:
        shop.draw(*nodes, form="order")
    assert {(one.item, one.code, one.pointer) for one in caught.value.problems} == {
        ("a", "flow_not_set", "/options/amount"), ("b", "formula_unknown_field", "/options/date"),
        ("b", "flow_bad_time", "/options/time"), ("c", "flow_not_set", "/options/time"),
        ("d", "flow_not_set", "/options/flow"), ("e", "unknown_flow", "/options/flow"),
        ("f", "flow_child_of_other_form", "/options/flow"), ("g", "flow_not_set", "/options/assignments"),
        ("h", "flow_field_gone", "/options/column"),
    }  # fmt: skip


def test_flows_that_end_at_the_same_moment_are_each_counted_once(shop: Shop) -> None:
    draw(shop, inspect(**ROWS), check())
    lines = [{"what": str(one), "qty": 1} for one in range(6)]
    instance = shop.start(record=shop.record("order", lines=lines))
    tasks = [one.id for one in shop.todo("zhang")]
    barrier = Barrier(len(tasks))
    failed: list[BaseException] = []

    def approve(task: int) -> None:
        barrier.wait()
        try:
            shop.act("zhang", "approve", task=task)
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            failed.append(error)

    threads = [Thread(target=approve, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert shop.open(instance) == ["check"]
    assert len(shop.todo("chen")) == 1
