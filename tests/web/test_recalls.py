from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.contract.conftest import PLACES, PRODUCTS, House
from tests.web.test_exports import fetched


@pytest.fixture
def house(client: httpx.Client) -> House:
    """Give a company with machines in stock, two of them of a bad batch."""
    found = House(client)
    for product in PRODUCTS:
        found.call("products", product, 201)
    for code, parent in PLACES:
        found.call("places", {"code": code, "name": code, "kind": "warehouse", "parent": parent}, 201)
    found.call("partners", {"code": "D-GD", "name": "广东经销商", "kind": "dealer", "region": "440100"}, 201)
    found.call("batches", {"code": "B1", "product": "WM", "supplier_batch": "S-77"}, 201)
    found.make("M1-M3", batch="B1", place="WH1")
    found.make("M4-M6", place="WH2")
    found.post("receive", "M1", "M2", "M3", "M4", "M5", "M6", place="WH1")
    return found


def opened(house: House, **body: Any) -> str:
    """Open a recall of the batch and return its number."""
    return str(house.call("recalls", {"name": "漏水", "criteria": {"any": [{"batch": "B1"}]}, **body}, 201)["id"])


def test_a_recall_is_looked_at_opened_followed_and_closed(house: House) -> None:
    criteria = {"any": [{"supplier_batch": "S-77"}]}
    seen = house.call("recalls:preview", {"criteria": criteria}, 200)
    assert (seen["total"], seen["sample"], seen["warnings"]) == (3, ["M1", "M2", "M3"], [])
    answer = house.call("recalls", {"name": "密封圈漏水", "criteria": criteria, "client_key": "k"}, 201)
    assert answer == house.call("recalls", {"name": "密封圈漏水", "criteria": criteria, "client_key": "k"}, 201)
    assert (answer["total"], answer["marked"], len(answer["hash"])) == (3, 3, 64)
    number = answer["id"]
    told = house.get(f"recalls/{number}")
    assert (told["handled"], told["effectiveness"], told["clock"]["held"] is not None) == (0, 0.0, True)
    assert [(row["place"], row["total"]) for row in told["by_place"]] == [("WH1", 3)]
    assert house.get("items/M1")["marks"] == ["recalled"]
    assert house.refused("ship", "M1", "M4", partner="D-GD") == ["recalled"]
    acted = house.call(f"recalls/{number}/actions", {"kind": "rework", "items": ["M1"], "measure": "换泵"}, 200)
    assert acted == {"accepted": 1, "event": None, "job": None, "refused": []}
    assert house.get(f"recalls/{number}")["effectiveness"] == 33.3
    rows = house.client.get(f"/api/v1/recalls/{number}/items", params={"status": "handled"}).json()["items"]
    assert [(row["code"], row["status"], row["measure"]) for row in rows] == [("M1", "reworked", "换泵")]
    asked = house.call(f"recalls/{number}:close", {}, 409)
    assert (asked["code"], asked["params"]["open"]) == ("recall_items_open", 2)
    closed = house.call(f"recalls/{number}:close", {"confirmed": True}, 200)
    assert (closed["open"], closed["cleared"]) == (2, 1)
    assert (house.get("items/M1")["marks"], house.get("items/M2")["marks"]) == ([], ["recalled"])
    assert house.call(f"recalls/{number}/actions", {"kind": "notify", "where": {}}, 409)["code"] == "recall_closed"
    assert [entry["kind"] for entry in house.get(f"recalls/{number}/log")["entries"]] == ["close", "rework", "open"]
    assert [one["id"] for one in house.get("recalls", state="closed")["recalls"]] == [number]


def test_opening_asks_before_nothing_and_before_everything(house: House) -> None:
    house.call("batches", {"code": "B2", "product": "WM"}, 201)
    body = {"name": "空", "criteria": {"any": [{"batch": "B2"}]}}
    assert house.call("recalls", body, 409)["code"] == "recall_matches_nothing"
    window = {"product": "WM", "from": "2020-01-01", "to": "2099-01-01"}
    assert (
        house.call("recalls", {"name": "全", "criteria": {"any": [window]}}, 409)["code"] == "recall_matches_everything"
    )
    assert house.call("recalls", {**body, "confirmed": True}, 201)["total"] == 0


def test_a_line_and_a_time_mean_what_got_its_code_there(house: House) -> None:
    segments = [
        {"kind": "constant", "value": "L"},
        {"kind": "field", "name": "line", "width": 3},
        {"kind": "counter", "width": 4},
    ]
    house.call("code-rules", {"code": "R", "name": "R", "segments": segments}, 201)
    for line in ("L01", "L02"):
        house.call("items:generate", {"product": "WM", "rule": "R", "count": 3, "fields": {"line": line}}, 201)
    day = {"from": "2020-01-01", "to": "2099-01-01"}
    seen = house.call("recalls:preview", {"criteria": {"any": [{"line": "L02", **day}]}}, 200)
    assert (seen["total"], seen["sample"][0][:4]) == (3, "LL02")


def test_every_refusal_of_an_action_is_named_at_once(house: House) -> None:
    number = opened(house)
    house.call(f"recalls/{number}/actions", {"kind": "return", "items": ["M1"]}, 200)
    body = {"kind": "rework", "items": ["M1", "M2", "M4", "NO", "M2"]}
    refused = house.call(f"recalls/{number}/actions", body, 409)
    assert {(error["pointer"], error["code"]) for error in refused["errors"]} == {
        ("/items/0", "recall_already_handled"), ("/items/2", "not_in_recall"), ("/items/3", "unknown_item"),
        ("/items/4", "duplicate_in_request"),
    }  # fmt: skip
    partial = house.call(f"recalls/{number}/actions", {**body, "mode": "partial"}, 200)
    assert (partial["accepted"], len(partial["refused"])) == (1, 4)


def test_wrong_requests_are_refused(house: House) -> None:
    number = opened(house)
    for body in ({"kind": "shout", "where": {}}, {"kind": "notify"}, {"kind": "notify", "items": ["M1"], "where": {}}):
        assert house.call(f"recalls/{number}/actions", body, 422)["code"] == "invalid_input"
    assert house.call("recalls", {"name": "x", "criteria": {"any": [{"batch": "NO"}]}}, 422)["errors"][0][
        "pointer"
    ] == ("/criteria/any/0/batch")
    assert house.call("recalls/RC-0000-00:close", {}, 404)["code"] == "unknown_recall"
    assert house.get(f"recalls/{number}/items", 422, after="x")["errors"][0]["code"] == "bad_page_mark"


def test_only_who_has_the_right_sees_and_manages(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    number = opened(house)
    quality, keeper = as_role("quality"), as_role("keeper")
    assert quality.get(f"/api/v1/recalls/{number}").status_code == 200
    body = {"kind": "notify", "where": {"role": "unit"}}
    assert quality.post(f"/api/v1/recalls/{number}/actions", json=body).json()["accepted"] == 3
    for answer in (
        keeper.get("/api/v1/recalls"),
        keeper.get(f"/api/v1/recalls/{number}/items"),
        keeper.post("/api/v1/recalls:preview", json={"criteria": {"any": [{"batch": "B1"}]}}),
        keeper.post("/api/v1/recalls", json={"name": "x", "criteria": {"any": [{"batch": "B1"}]}}),
        keeper.post(f"/api/v1/recalls/{number}/actions", json=body),
        keeper.post(f"/api/v1/recalls/{number}:close", json={}),
        keeper.get(f"/api/v1/recalls/{number}/comparison"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "no_right")


def test_the_list_is_taken_away_as_a_spreadsheet(house: House, tmp_path: Path) -> None:
    number = opened(house)
    house.call(f"recalls/{number}/actions", {"kind": "schedule", "items": ["M2"], "measure": "上门换泵"}, 200)
    job = house.call(f"recalls/{number}:export", {"format": "csv"}, 202)["job"]
    rows = fetched(house.client, job, tmp_path)
    assert rows[0][:3] == ["序列号", "角色", "产品"]
    assert [(row[0], row[4], row[9], row[12], row[13]) for row in rows[1:]] == [
        ("M1", "在库", "WH1", "未处理", None),
        ("M2", "在库", "WH1", "约定时间", "上门换泵"),
        ("M3", "在库", "WH1", "未处理", None),
    ]
    assert house.call("recalls/RC-0000-00:export", {}, 404)["code"] == "unknown_recall"


def test_the_words_of_actions_and_statuses_have_names(house: House) -> None:
    words = house.get("recall-words")
    assert {one["name"] for one in words["actions"]} >= {"notify", "return", "destroy"}
    assert all(one["zh"] and one["en"] for one in [*words["actions"], *words["statuses"]])
