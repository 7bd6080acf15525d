"""Code rules, typed codes, and everything that is read: items, histories, stock, scans, imports."""

from __future__ import annotations

import json
from typing import Any

from tests.web.contract.conftest import House

ITEM = {
    "code", "kind", "product", "batch", "state", "quality", "owner", "holder", "marks", "place", "parent",
    "identifiers", "born_at", "place_since", "state_since", "warranty", "seq",
}  # fmt: skip


def rule(code: str, first: str = "WM", width: int = 4) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "segments": [
            {"kind": "constant", "value": first},
            {"kind": "date", "format": "YYMMDD"},
            {"kind": "field", "name": "line", "width": 3},
            {"kind": "counter", "width": width, "base": 10, "start": 1, "step": 1, "reset": "day", "per": ["line"]},
            {"kind": "check", "method": "iso7064_mod37_36"},
        ],
    }


def test_a_rule_is_saved_previewed_and_used_and_a_preview_uses_up_no_number(house: House) -> None:
    saved = house.call("code-rules", rule("WM"), 201)
    assert saved["version"] == 1 and saved["examples"] and saved["capacity"] > 0
    body = {"count": 5, "fields": {"line": "L01"}, "at": "2026-11-21T08:00:00+08:00"}
    seen = [house.call("code-rules/WM/preview", body, 200)["examples"] for _ in range(2)]
    assert seen[0] == seen[1] and len(set(seen[0])) == 5
    assert all(code.startswith("WM261121L01") for code in seen[0])
    order = {"product": "WM", "rule": "WM", "count": 3, "fields": {"line": "L01"}, "place": "WH1"}
    made = house.call("items:generate", {**order, "occurred_at": body["at"]}, 201)
    assert made["codes"] == seen[0][:3]
    assert (made["count"], made["first"], made["last"]) == (3, seen[0][0], seen[0][2])
    assert isinstance(made["event"], int)
    assert house.facts(made["first"], "state", "place", "seq") == ("coded", "WH1", 1)


def test_a_rule_that_overlaps_another_is_refused_and_names_it(house: House) -> None:
    house.call("code-rules", rule("WM"), 201)
    answer = house.call("code-rules", rule("WM2"), 409)
    assert answer["code"] == "rule_overlap"
    assert "WM" in json.dumps([answer["params"], answer["errors"]])


def test_a_rule_that_runs_out_is_refused_before_anything_is_made(house: House) -> None:
    house.call("code-rules", rule("WM", width=1), 201)
    body = {"product": "WM", "rule": "WM", "count": 50, "fields": {"line": "L01"}}
    assert house.client.post("/api/v1/items:generate", json=body).status_code == 409
    assert house.get("items")["items"] == []
    assert house.call("items:generate", {**body, "count": 9}, 201)["count"] == 9


TYPED = [
    ("SN001-SN003, SN9", ["SN001", "SN002", "SN003", "SN9"]),
    ("SN001 ~ SN003；SN9、SN8", ["SN001", "SN002", "SN003", "SN9", "SN8"]),
    ("ＳＮ００１－ＳＮ００２，SN9", ["SN001", "SN002", "SN9"]),
    ("SN7+2\nSN1\tSN2", ["SN7", "SN8", "SN9", "SN1", "SN2"]),
    ('"SN001-SN003"', ["SN001-SN003"]),
    ("AB-CD", ["AB-CD"]),
]


def test_typed_codes_are_spelled_out(house: House) -> None:
    for number, (typed, codes) in enumerate(TYPED):
        assert house.make(typed, count=len(codes), namespace=f"n{number}")["codes"] == codes


NOT_MEANT = ["SN5-SN1", "A1-B5"]


def test_ranges_that_cannot_be_meant_are_refused(house: House) -> None:
    for typed in NOT_MEANT:
        house.call("items:generate", {"product": "WM", "codes": typed}, 422)
        assert house.get("items")["items"] == []


def test_the_count_and_what_exists_are_checked_before_anything_is_made(house: House) -> None:
    house.call("items:generate", {"product": "WM", "codes": "A1-A5", "count": 6}, 422)
    house.make("A2, A4")
    answer = house.call("items:generate", {"product": "WM", "codes": "A1-A5"}, 409)
    assert answer["code"] == "already_exists"
    assert [one["item"] for one in answer["errors"]] == ["A2", "A4"]
    house.make("A2", "IQ", namespace="supplier")
    assert len(house.get("items")["items"]) == 3
    house.call("code-rules", rule("BOX", "BX"), 201)
    box = house.call("items:generate", {"kind": "package", "rule": "BOX", "count": 2, "fields": {"line": "L01"}}, 201)
    assert house.facts(box["first"], "kind", "product") == ("package", None)


def test_an_item_a_list_and_a_history_have_the_shapes_that_clients_rely_on(house: House) -> None:
    codes = house.make("B1-B5")["codes"]
    house.post("receive", *codes[:3], place="A-01", document="PO-1024", note="早班")
    item = house.item("B1")
    assert item.keys() >= ITEM
    assert item["identifiers"] == [{"namespace": "own", "value": "B1"}]
    assert item["warranty"] == {"start": None, "end": None, "active": False}
    listed: list[str] = []
    page: dict[str, Any] = {"next": None}
    while True:
        params = {"after": page["next"]} if page["next"] else {}
        page = house.get("items", prefix="B", limit=2, **params)
        listed += [one["code"] for one in page["items"]]
        if page["next"] is None:
            break
    assert listed == codes
    assert [one["code"] for one in house.get("items", place="WH1", state="in_stock")["items"]] == codes[:3]
    assert house.get("items", product="IQ") == {"items": [], "next": None}
    assert house.client.get("/api/v1/items", params={"limit": 1001}).status_code == 422
    first = house.get("items/B1/history", limit=1)
    assert len(first["events"]) == 1 and first["next"] is not None
    (event,) = house.get("items/B1/history", after=first["next"])["events"]
    assert event.keys() >= {"seq", "operation", "occurred_at", "recorded_at", "actor", "event", "note", "data"}
    assert (event["seq"], event["operation"], event["document"], event["note"]) == (2, "receive", "PO-1024", "早班")
    assert (event["from"], event["to"]) == (
        {"state": "coded", "place": None},
        {"state": "in_stock", "place": "A-01"},
    )
    row = {"product": "WM", "batch": None, "place": "A-01", "state": "in_stock", "quality": "released", "owner": None}
    assert house.get("stock", place="WH1")["rows"] == [{**row, "blocked": False, "quantity": 3}]
    assert house.get("items/NO", 404)["code"] == "unknown_item"


def test_a_scan_gives_readings_with_elements(house: House) -> None:
    house.make("SN21")
    (first, *_) = house.call("scans", {"raw": "SN21", "symbology": None, "context": {}}, 200)["readings"]
    assert first.keys() >= {"kind", "rank", "via", "item", "elements", "problems", "advice"}
    assert (first["kind"], first["rank"], first["via"], first["item"]["code"]) == ("item", 1, "identifier", "SN21")
    readings = house.call("scans", {"raw": "6901234567892"}, 200)["readings"]
    assert readings[0]["kind"] == "product" and readings[0]["elements"]["01"] == "06901234567892"
    (first, *_) = house.call("scans", {"raw": "]d2010690123456789221SN21"}, 200)["readings"]
    assert (first["kind"], first["item"]["code"], first["elements"]["21"]) == ("item", "SN21", "SN21")
    assert house.call("scans", {"raw": "什么也不是"}, 200)["readings"][0]["kind"] == "unknown"


def test_a_dry_run_of_an_import_names_every_bad_row_and_stores_nothing(house: House) -> None:
    text = "序列号,产品,状态,库位\nI1,WM,in_stock,WH1\nI1,WM,in_stock,WH1\nI2,NO,in_stock,WH1\n"
    mapping = {"序列号": "code", "产品": "product", "状态": "state", "库位": "place"}
    answer = house.client.post(
        "/api/v1/items:import",
        files={"file": ("a.csv", text.encode("gbk"))},
        data={"mapping": json.dumps(mapping), "dry_run": "true"},
    )
    found = answer.json()
    assert (answer.status_code, found["rows"], found["good"]) == (200, 3, 1)
    assert [(one["row"], one["column"]) for one in found["bad"]] == [(3, "序列号"), (4, "产品")]
    assert all(one["code"] and one["message"] for one in found["bad"])
    house.get("items/I1", 404)
