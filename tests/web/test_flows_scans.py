"""Scan steps over HTTP: one answer for each scan, and no way on before everything was scanned."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

FLOW = "/api/v1/apps/wms/flows/receive"
FIELDS: list[dict[str, Any]] = [
    {
        "id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a01", "code": "rows", "kind": "subform", "title": "明细",
        "fields": [
            {"id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a02", "code": "product", "kind": "product", "title": "产品"},
            {"id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a03", "code": "qty", "kind": "number", "title": "数量"},
        ],
    },
]  # fmt: skip
SCAN: dict[str, Any] = {
    "id": "scan", "kind": "scan", "title": "收货核对", "children": [],
    "options": {
        "who": {"ways": [{"kind": "starter"}]},
        "against": {"kind": "lines", "table": "rows", "product": "product", "quantity": "qty"},
        "operation": {"kind": "receive", "place": {"value": "WH1"}},
    },
}  # fmt: skip


@pytest.fixture
def task(client: httpx.Client) -> str:
    """Start a flow with a scan step, and give the address of its task."""
    client.post("/api/v1/products", json={"code": "WM", "name": "水表", "tracking": "serial"})
    client.post("/api/v1/products", json={"code": "SKU", "name": "螺丝", "tracking": "sku"})
    client.post("/api/v1/places", json={"code": "WH1", "name": "成品仓", "kind": "warehouse"})
    client.post("/api/v1/items:generate", json={"product": "WM", "codes": "S1-S3", "client_key": "m"})
    client.post("/api/v1/apps", json={"code": "wms", "name": "仓储"})
    client.post("/api/v1/apps/wms/forms", json={"code": "receipt", "name": "到货单", "fields": FIELDS})
    client.post("/api/v1/apps/wms/forms/receipt/publish", json={"base": 0})
    client.post("/api/v1/apps/wms/flows", json={"code": "receive", "name": "采购收货", "form": "receipt"})
    tree = {"id": "s", "kind": "start", "title": "提交", "options": {}, "children": [SCAN]}
    client.put(f"{FLOW}/draft", json={"form": "receipt", "tree": tree, "base": 0})
    published = client.post(f"{FLOW}/publish", json={"base": 0})
    assert published.status_code == 200, published.text
    rows = [{"product": "WM", "qty": 2}, {"product": "SKU", "qty": 5}]
    number = client.post("/api/v1/apps/wms/forms/receipt/records", json={"values": {"rows": rows}}).json()["id"]
    started = client.post(f"{FLOW}/instances", json={"record": number, "client_key": "s"})
    assert started.status_code == 201, started.text
    return "/api/v1/tasks/1"


def test_each_scan_has_one_answer_and_the_counter_is_everybodys(client: httpx.Client, task: str) -> None:
    right = client.post(f"{task}/scans", json={"raw": "S1", "client_key": "a"}).json()
    assert (right["answer"], right["done"], right["expected"], right["line"]["item"]) == ("right", 1, 7, "S1")
    assert client.post(f"{task}/scans", json={"raw": "S1", "client_key": "a"}).json() == right
    again = client.post(f"{task}/scans", json={"raw": "S1"}).json()
    assert (again["answer"], again["code"]) == ("duplicate", "task_scan_again")
    asked = client.post(f"{task}/scans", json={"raw": "SKU"}).json()
    assert (asked["ask"], asked["line"]) == (True, None)
    assert client.post(f"{task}/scans", json={"raw": "SKU", "quantity": 5}).json()["answer"] == "right"
    over = client.post(f"{task}/scans", json={"raw": "SKU", "quantity": 1}, headers={"accept-language": "en"}).json()
    assert (over["code"], over["stop"]) == ("task_scan_extra", True)
    assert over["message"] == "SKU: 5 wanted, 5 scanned; these 1 are too many"
    state = client.get(f"{task}/scan").json()
    assert (state["done"], state["missing"], state["wrong"], state["duplicates"], state["closed"]) == (
        6,
        1,
        1,
        1,
        False,
    )
    assert [(one["title"], one["done"]) for one in state["lines"]] == [("水表", 1), ("螺丝", 5)]
    assert [one["line"] for one in client.get(f"{task}/scan?open=true").json()["lines"]] == [1]
    page = client.get(f"{task}/scans?answer=right&limit=1").json()
    assert (len(page["scans"]), page["scans"][0]["product"]) == (1, "SKU")
    rest = client.get(f"{task}/scans?answer=right&after={page['next']}").json()
    assert [one["raw"] for one in rest["scans"]] == ["S1"]
    back = client.post(f"{task}/scans:undo", json={"seq": right["line"]["seq"], "client_key": "u"}).json()
    assert (back["done"], back["missing"]) == (5, 2)


def test_letting_pass_needs_a_reason_and_stands_with_the_step(client: httpx.Client, task: str) -> None:
    wrong = client.post(f"{task}/scans:override", json={"kind": "missing", "reason": " "})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "scan_reason_needed")
    assert client.post(f"{task}/scans:override", json={"kind": "nothing", "reason": "x"}).status_code == 422
    said = client.post(f"{task}/scans:override", json={"kind": "missing", "reason": "少发", "client_key": "o"}).json()
    assert [(one["kind"], one["reason"], one["seq"]) for one in said["overrides"]] == [("missing", "少发", 0)]
    assert client.get("/api/v1/tasks/99/scan").status_code == 404
