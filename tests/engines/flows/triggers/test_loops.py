"""Flows that start one another: what one brings about is counted, and a loop ends with a message."""

from __future__ import annotations

from mazhi.engines.flows.service import DEEPEST
from mazhi.engines.flows.triggers import store
from tests.engines.flows.shop import APP, Shop, field, node
from tests.engines.flows.triggers.test_records import instances, work


def test_two_flows_that_start_one_another_are_stopped_and_the_chain_is_named(shop: Shop) -> None:
    for one in ("ping", "pong"):
        shop.form(one, [field("n", "number")], name=one)
    for one, other in (("ping", "pong"), ("pong", "ping")):
        add = node("create_record", "c", form=f"{APP}/{other}", assignments=[{"field": "n", "value": 1}])
        shop.draw(add, code=one, form=one, triggers=[{"kind": "record_created"}])
    shop.record("ping", n=1)
    shop.system.jobs.run_pending()
    found = instances(shop)
    assert [one.depth for one in found] == list(range(DEEPEST + 1))
    assert [one.state for one in found] == ["done"] * DEEPEST + ["failed"]
    with shop.db.read() as tx:
        assert store.chain(tx, found[-1].id) == ["ping", "pong"] * (DEEPEST // 2) + ["ping"]
    loop = next(one for one in shop.steps(found[-1].id)[0].data["problems"] if one["code"] == "flow_loop")
    assert loop["params"]["chain"] == " → ".join((["ping", "pong"] * DEEPEST)[: DEEPEST + 2])


def test_what_a_step_writes_does_not_start_the_flow_again_on_its_own_record(shop: Shop) -> None:
    shop.draw(work(fields={}), work("b", "li"), triggers=[{"kind": "record_changed"}, {"kind": "record_created"}])
    number = shop.record(no="1")
    with shop.db.read() as tx:
        before = tx.scalar("SELECT count(*) FROM job")
    shop.act("chen", "approve")
    shop.system.jobs.run_pending()
    assert len(instances(shop, number)) == 1
    assert before == 1
