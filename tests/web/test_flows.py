"""Flows over HTTP: drawn, checked, published, tried out and started."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

FLOWS = "/api/v1/apps/wms/flows"
RECEIVE = f"{FLOWS}/receive"
AMOUNT = {"id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a01", "code": "amount", "kind": "number", "title": "数量"}


def tree(*children: dict[str, Any]) -> dict[str, Any]:
    return {"id": "s", "kind": "start", "title": "提交", "options": {}, "children": list(children)}


def work(key: str, **options: Any) -> dict[str, Any]:
    return {"id": key, "kind": "approve", "title": "质检", "options": options, "children": []}


def case(key: str, when: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, "kind": "case", "title": key, "options": {"when": when} if when else {}, "children": [*children]}


BOSS = {"ways": [{"kind": "member", "values": ["a-admin"]}]}


@pytest.fixture
def drawn(client: httpx.Client) -> httpx.Client:
    """Give a client with a form and the draft of a flow for it."""
    client.post("/api/v1/apps", json={"code": "wms", "name": "仓储"})
    client.post("/api/v1/apps/wms/forms", json={"code": "receipt", "name": "到货单", "fields": [AMOUNT]})
    client.post("/api/v1/apps/wms/forms/receipt/publish", json={"base": 0})
    made = client.post(FLOWS, json={"code": "receive", "name": "采购收货", "form": "receipt"})
    assert made.status_code == 201, made.text
    return client


def test_a_flow_is_drawn_checked_and_published(drawn: httpx.Client) -> None:
    body = {"form": "receipt", "tree": tree(work("a")), "base": 0}
    saved = drawn.put(f"{RECEIVE}/draft", json=body).json()
    assert (saved["revision"], saved["form"]) == (2, "receipt")
    faults = drawn.post(f"{RECEIVE}:check").json()["faults"]
    assert [(one["node"], one["code"], one["hard"]) for one in faults] == [
        ("a", "flow_nobody_chosen", True), ("a", "flow_no_due", False),
    ]  # fmt: skip
    refused = drawn.post(f"{RECEIVE}/publish", json={"base": 0})
    assert (refused.status_code, refused.json()["code"]) == (422, "flow_incomplete")
    assert refused.json()["errors"][0]["item"] == "a"
    body["tree"] = tree(work("a", who=BOSS))
    drawn.put(f"{RECEIVE}/draft", json=body)
    assert drawn.post(f"{RECEIVE}/publish", json={"base": 0}).json() == {"version": 1, "running": 0}
    stale = drawn.put(f"{RECEIVE}/draft", json=body)
    assert (stale.status_code, stale.json()["code"]) == (409, "publish_conflict")
    found = drawn.get(RECEIVE).json()
    assert (found["version"], found["form"], found["tree"]["children"][0]["id"]) == (1, "receipt", "a")
    assert drawn.get(FLOWS).json()["flows"][0]["form"] == "receipt"
    assert drawn.get(f"{RECEIVE}/versions").json()["versions"][0]["version"] == 1
    assert drawn.post(f"{RECEIVE}/restore", json={"version": 1}).json()["base"] == 1
    assert drawn.put(RECEIVE, json={"name": "收货"}).json()["name"] == "收货"


def test_a_test_run_goes_the_whole_way_and_leaves_nothing(drawn: httpx.Client) -> None:
    record = drawn.post("/api/v1/apps/wms/forms/receipt/records", json={"values": {"amount": 7}}).json()["id"]
    branch = {
        "id": "b", "kind": "branch", "title": "多少", "options": {}, "children": [
            case("c1", "amount>5", work("a", who=BOSS)), case("c2", ""),
        ],
    }  # fmt: skip
    drawn.put(f"{RECEIVE}/draft", json={"form": "receipt", "tree": tree(branch), "base": 0})
    tried = drawn.post(f"{RECEIVE}:try", json={"record": record}).json()
    assert [(one["node"], one["outcome"]) for one in tried["path"]] == [("s", "started"), ("b", "c1"), ("a", "assumed")]
    [who] = tried["path"][2]["people"]
    assert (who["code"], tried["state"], tried["problems"]) == ("a-admin", "done", [])
    [looked] = tried["path"][1]["looked"]
    assert (looked["case"], looked["when"], looked["held"], list(looked["values"].values())) == (
        "c1", "amount>5", True, ["7"],
    )  # fmt: skip
    drawn.post(f"{RECEIVE}/publish", json={"base": 0})
    assert drawn.get(RECEIVE).json()["running"] == {}


def test_a_flow_is_started_once_for_a_client_key(drawn: httpx.Client) -> None:
    record = drawn.post("/api/v1/apps/wms/forms/receipt/records", json={"values": {"amount": 7}}).json()["id"]
    early = drawn.post(f"{RECEIVE}/instances", json={"record": record})
    assert (early.status_code, early.json()["code"]) == (409, "flow_not_published")
    drawn.put(f"{RECEIVE}/draft", json={"form": "receipt", "tree": tree(work("a", who=BOSS)), "base": 0})
    drawn.post(f"{RECEIVE}/publish", json={"base": 0})
    started = drawn.post(f"{RECEIVE}/instances", json={"record": record, "client_key": "k"})
    assert started.status_code == 201
    assert drawn.post(f"{RECEIVE}/instances", json={"record": record, "client_key": "k"}).json() == started.json()
    assert drawn.get(RECEIVE).json()["running"] == {"1": 1}
    missing = drawn.post(f"{RECEIVE}/instances", json={"record": 999_999_999})
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_record")
    kinds = drawn.get("/api/v1/flows/kinds").json()
    assert {"start", "fill", "approve", "branch"} <= {one["name"] for one in kinds["kinds"]}
