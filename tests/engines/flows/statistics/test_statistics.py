"""Statistics: what waits where, how long it takes, what began and ended on which day."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.engines.flows.statistics import store
from mazhi.engines.flows.triggers import timing
from mazhi.kernel import clock
from mazhi.kernel.errors import ForbiddenError, InvalidInputError
from tests.engines.flows.shop import APP, Shop, members, node

HOUR = 3_600 * clock.MICROS_PER_SECOND


def test_a_flow_by_its_nodes_versions_and_days(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    boss, now = shop.actors["boss"], timing.moment_of(date(2026, 11, 20), time(23, 30))
    monkeypatch.setattr("time.time_ns", lambda: now * 1000)
    shop.draw(node("approve", "a", who=members("chen"), due={"hours": 5}), node("approve", "b", who=members("li")))
    began = now
    for hours in (1, 2, 3, 30):
        shop.start()
        now = began + hours * HOUR
        shop.act("chen", "approve")
        now = began
    shop.start()
    shop.draw(node("approve", "b", who=members("li")))
    now = began + 40 * HOUR
    shop.act("li", "approve", shop.todo("li")[0].id)
    found = shop.system.flow_statistics.of(boss, APP, "f", days=3)
    nodes = {one.node: one for one in found.nodes}
    assert [one.node for one in found.nodes] == ["start", "b", "a"], "what the drawing no longer has comes last"
    a, b = nodes["a"], nodes["b"]
    assert (a.passed, a.median, a.ninetieth) == (4, 2 * HOUR, 30 * HOUR)
    assert (a.waiting, a.late, a.oldest) == (1, 1, began)
    assert (b.passed, b.waiting, b.median) == (1, 3, 39 * HOUR)
    assert found.versions == [(1, "done", 1), (1, "running", 4)]
    assert [(one.day, one.started, one.ended) for one in found.days] == [
        (date(2026, 11, 20), 5, 0), (date(2026, 11, 21), 0, 0), (date(2026, 11, 22), 0, 1),
    ]  # fmt: skip


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(times=st.lists(st.integers(0, 10**12), min_size=1, max_size=40), data=st.data())
def test_percentiles_are_the_smallest_time_that_so_many_did_not_exceed(
    shop: Shop, times: list[int], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, 10**9), label="flow")
    with shop.db.trial() as tx:
        tx.run("DELETE FROM flow_step")
        for took in times:
            tx.run(
                "INSERT INTO flow_step (instance_id, flow_id, node, kind, state, scope, lane, waiting, outcome, data, "
                "resume, entered_at, left_at) VALUES (1, :flow, 'a', 'fill', 'done', 0, '', 0, '', '{}', '', 0, :took)",
                flow=number,
                took=took,
            )
        (row,) = store.nodes(tx, number, 0)
        found = (row.number, row.median, row.ninetieth)
        ordered = sorted(times)
        expected = [ordered[-(-len(ordered) * share // 100) - 1] for share in (50, 90)]
        assert found == (len(times), *expected)


def test_statistics_are_for_who_manages_or_draws_flows(shop: Shop) -> None:
    shop.draw(node("approve", "a", who=members("chen")))
    with pytest.raises(ForbiddenError):
        shop.system.flow_statistics.of(shop.actors["chen"], APP, "f")
    with pytest.raises(InvalidInputError):
        shop.system.flow_statistics.of(shop.actors["boss"], APP, "f", days=0)
