"""What starts flows over HTTP; moving them, exporting them, and how they go."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from mazhi.web.api import flow_triggers
from tests.web.test_flows import BOSS, RECEIVE, drawn, tree, work

__all__ = ["drawn"]
FORM = "/api/v1/apps/wms/forms/receipt"


def publish(client: httpx.Client, *children: dict[str, Any], base: int = 0, **options: Any) -> None:
    body = {"form": "receipt", "tree": {**tree(*children), "options": options}, "base": base}
    assert client.put(f"{RECEIVE}/draft", json=body).status_code == 200
    answer = client.post(f"{RECEIVE}/publish", json={"base": base})
    assert answer.status_code == 200, answer.text


def record(client: httpx.Client, **values: Any) -> int:
    return int(client.post(f"{FORM}/records", json={"values": values}).json()["id"])


def test_a_button_is_shown_and_pressed(drawn: httpx.Client) -> None:
    publish(
        drawn, work("a", who=BOSS), triggers=[{"kind": "button", "id": "go", "title": "质检", "when": "amount > 5"}]
    )
    number, small = record(drawn, amount=7), record(drawn, amount=1)
    (button,) = drawn.get(f"{FORM}/flow-buttons", params={"records": f"{number},{small}"}).json()["buttons"]
    assert (button["title"], button["records"], button["flow"]) == ("质检", [number], "receive")
    body = {"records": [number, small], "client_key": "k"}
    results = drawn.post(f"{RECEIVE}/buttons/go", json=body).json()["results"]
    assert results[0]["id"] is not None
    assert (results[1]["id"], results[1]["problems"][0]["code"]) == (None, "flow_no_button")
    assert drawn.post(f"{RECEIVE}/buttons/other", json=body).status_code == 404
    for wrong in ("", "x", ",".join("1" * 101)):
        assert drawn.get(f"{FORM}/flow-buttons", params={"records": wrong}).status_code == 422


def test_a_save_that_is_refused_says_why(drawn: httpx.Client) -> None:
    trigger = {"kind": "before_save", "when": "amount > 9", "message": "数量 {amount} 太多", "field": "amount"}
    publish(drawn, work("a", who=BOSS), triggers=[trigger])
    refused = drawn.post(f"{FORM}/records", json={"values": {"amount": 10}})
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["code"], error["pointer"]) == (422, "flow_save_refused", "/values/amount")
    assert "数量 10 太多" in refused.text


def test_a_webhook_needs_no_sign_in_and_is_slowed_down(
    drawn: httpx.Client,
    anonymous: httpx.Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(drawn, work("a", who=BOSS), triggers=[{"kind": "webhook", "mapping": [{"field": "amount", "path": "n"}]}])
    made = drawn.post(f"{RECEIVE}/hooks/webhook-1/token")
    assert made.status_code == 201
    path = made.json()["path"]
    taken = anonymous.post(path, json={"n": 3}, headers={"Idempotency-Key": "1"}).json()
    again = anonymous.post(path, json={"n": 3}, headers={"Idempotency-Key": "1"}).json()
    assert taken["id"] is not None and again["record"] == taken["record"]
    assert anonymous.post("/api/v1/hooks/guess", json={}).status_code == 404
    assert anonymous.post(path, content=b"{").status_code == 422
    assert anonymous.post(path, content=b"[" * (flow_triggers.LARGEST + 1)).status_code == 413
    monkeypatch.setattr(flow_triggers, "hook_rate", flow_triggers.Rate(a_second=0.001, at_once=1))
    assert [anonymous.post(path, json={"n": 1}).status_code for _ in range(2)] == [200, 429]


def test_a_scan_that_starts_nothing_says_so(drawn: httpx.Client) -> None:
    answer = drawn.post("/api/v1/flow-scans", json={"raw": "SN1", "station": "WS-01"})
    assert (answer.status_code, answer.json()["code"]) == (409, "flow_scan_unknown")
    assert drawn.get("/api/v1/flow-stations").json() == {"flows": []}


def test_running_instances_are_moved_as_the_preview_says(drawn: httpx.Client) -> None:
    publish(drawn, work("a", who=BOSS))
    number = drawn.post(f"{RECEIVE}/instances", json={"record": record(drawn, amount=1)}).json()["id"]
    publish(drawn, work("z", who=BOSS), base=1)
    seen = drawn.post(f"{RECEIVE}:migrate", json={"to": 2}).json()
    assert (seen["undecided"], seen["counts"]) == ({"a": 1}, {"can": 0, "cannot": 1})
    wish = {"to": 2, "map": {"a": "z"}}
    seen = drawn.post(f"{RECEIVE}:migrate", json=wish).json()
    assert [(one["id"], one["can"], one["moves"][0]["how"]) for one in seen["instances"]] == [(number, True, "mapped")]
    assert drawn.post(f"{RECEIVE}:migrate", json={**wish, "dry_run": False}).status_code == 422
    stale = drawn.post(f"{RECEIVE}:migrate", json={**wish, "dry_run": False, "hash": "0"})
    assert (stale.status_code, stale.json()["code"]) == (409, "flow_migration_changed")
    moved = drawn.post(f"{RECEIVE}:migrate", json={**wish, "dry_run": False, "hash": seen["hash"]}).json()
    assert moved["moving"] == 1
    assert drawn.post(f"{RECEIVE}:migrate", json={"to": 2}).json()["instances"] == []


def test_a_flow_is_exported_and_counted(drawn: httpx.Client) -> None:
    assert drawn.get(f"{RECEIVE}/bpmn").status_code == 409
    publish(drawn, work("a", who=BOSS))
    answer = drawn.get(f"{RECEIVE}/bpmn")
    assert answer.headers["content-type"] == "application/xml"
    assert "receive.bpmn" in answer.headers["content-disposition"]
    assert ET.fromstring(answer.content).tag.endswith("definitions")
    assert drawn.get(f"{RECEIVE}/bpmn", params={"version": 7}).status_code == 404
    drawn.post(f"{RECEIVE}/instances", json={"record": record(drawn, amount=1)})
    found = drawn.get(f"{RECEIVE}/statistics", params={"days": 2}).json()
    assert {one["node"]: one["waiting"] for one in found["nodes"]} == {"s": 0, "a": 1}
    assert found["versions"] == [{"version": 1, "state": "running", "count": 1}]
    assert [one["started"] for one in found["days"]] == [0, 1]
