"""What has gone wrong with a running flow, as readers of both languages are told it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mazhi.bootstrap import System
from tests.engines.flows.shop import field, members, node, on_sqlite
from tests.web.conftest import Connect
from tests.web.test_flow_tasks import Firm


@pytest.fixture
def firm(system: System, connect: Connect) -> Firm:
    return Firm(system, connect)


def fails(firm: Firm, instance: int, lang: str) -> dict[str, Any]:
    found = firm.client("boss").get(f"/api/v1/flow-instances/{instance}", headers={"accept-language": lang}).json()
    (line,) = [one for one in found["trail"] if one["action"] == "fail"]
    (step,) = [one for one in found["steps"] if one["state"] == "failed"]
    assert step["data"]["problems"] == line["data"]["problems"]
    data: dict[str, Any] = line["data"]
    return data


@on_sqlite
def test_why_a_step_has_failed_is_said_in_the_language_of_the_reader(firm: Firm) -> None:
    rest = node("wait", "rest", until="date", date="note", none="fail")
    firm.draw(node("wait", "first", amount=1), rest, node("approve", "ok", who=members("chen")))
    instance = firm.start(no="1")
    with firm.db.write() as tx:
        tx.run("UPDATE flow_step SET entered_at = 0")
        tx.run("UPDATE job SET run_at = 0")
    firm.system.jobs.run_pending()
    zh, en = fails(firm, instance, "zh-CN"), fails(firm, instance, "en")
    assert zh["reason"] == zh["problems"][0]["message"] != en["reason"]
    assert (zh["problems"][0]["code"], en["problems"][0]["code"]) == ("flow_no_date", "flow_no_date")
    assert en["reason"].isascii()
    with firm.db.write() as tx:
        assert "reason" not in json.loads(tx.scalar("SELECT data FROM flow_trail WHERE action = 'fail'"))
        tx.run("UPDATE flow_trail SET data = :data WHERE action = 'fail'", data='{"reason": "没有日期"}')
        tx.run("""UPDATE flow_step SET data = '{}' WHERE state = 'failed'""")
    found = firm.get("boss", f"/flow-instances/{instance}")
    assert [one["data"] for one in found["trail"] if one["action"] == "fail"] == [{"reason": "没有日期"}], "an old line"


@on_sqlite
def test_a_date_of_a_record_that_starts_nothing_any_more_is_shown_with_its_flows(firm: Firm) -> None:
    firm.form("goods", [field("due", "date")])
    date = {"kind": "date", "field": "due", "days": 1, "at": "08:00"}
    firm.draw(node("approve", "ok", who=members("chen")), form="goods", triggers=[date])
    record = firm.record("goods", due="2020-02-28")
    found = firm.get("boss", f"/apps/wms/forms/goods/records/{record}/flows")
    assert found["instances"] == []
    assert [(one["flow"], one["name"], one["day"]) for one in found["skipped"]] == [("f", "收货", "2020-02-28")]
    assert found["skipped"][0]["moment"] == "2020-02-29T00:00:00Z", "eight o'clock in Shanghai"
