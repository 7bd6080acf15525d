"""Label rolls over HTTP, from the printer's list to the balance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.web.contract.conftest import House, house
from tests.web.test_exports import fetched

__all__ = ["house"]

PARTS = [
    {"name": "机身", "kind": "piece", "count": 2, "codes": "M1-M6"},
    {"name": "外箱", "kind": "package", "count": 1, "codes": "C1-C3"},
]


def _roll(house: House, **rest: Any) -> Any:
    return house.call("rolls", {"code": "R/1", "name": "子母标", "product": "WM", "parts": PARTS, **rest}, 201)


def test_a_roll_is_followed_from_the_printer_to_its_balance(house: House, tmp_path: Path) -> None:
    made = _roll(house)
    assert (made["sets"], made["balance"]["made"], made["balance"]["ready"]) == (3, 9, 9)
    (reading,) = house.call("scans", {"raw": "M3"}, 200)["readings"]
    assert (reading["kind"], reading["product"]) == ("unknown", "WM")
    assert "R/1" in reading["problems"][0]["message"]
    answer = house.call("rolls/R/1:bind", {"scans": [{"label": "M3"}]}, 409)
    assert [error["code"] for error in answer["errors"]] == ["label_not_issued"]
    assert house.call("rolls/R/1:issue", {"line": "A", "place": "WH1"}, 200) == {"number": 1, "labels": 9}
    bound = house.call("rolls:bind", {"scans": [{"label": "M3"}], "place": "WH1", "client_key": "k"}, 200)
    assert [(one["label"], one["package"]) for one in bound["labels"]] == [("M3", "C2"), ("C2", None)]
    assert house.call("rolls:bind", {"scans": [{"label": "M3"}], "place": "WH1", "client_key": "k"}, 200) == bound
    assert house.facts("M3", "state", "place", "parent") == ("coded", "WH1", "C2")
    assert house.call("rolls:spoil", {"labels": ["M5"], "reason": "torn", "whole_set": True}, 200) == {"labels": 3}
    assert house.call("rolls/R/1:return", {"labels": ["M4"]}, 200) == {"labels": 1}
    found = house.get("rolls/R/1")
    assert found["balance"] == {
        "made": 9, "ready": 1, "spoiled_before": 0, "issued": 9, "bound": 2, "spoiled": 3, "returned": 1, "left": 3,
        "missing": 3, "adds_up": True,
    }  # fmt: skip
    assert found["issues"][0] | {"line": "A", "place": "WH1", "left": 3} == found["issues"][0]
    missing = house.get("rolls/R/1/labels", state="missing")
    assert [label["code"] for label in missing["labels"]] == ["M1", "M2", "C1"]
    first = house.get("rolls/R/1/labels", limit=5)
    rest = house.get("rolls/R/1/labels", after=first["next"])
    codes = [label["code"] for label in first["labels"] + rest["labels"]]
    assert codes == ["M1", "M2", "C1", "M3", "M4", "C2", "M5", "M6", "C3"]
    log = house.get("rolls/R/1/log", limit=2)
    assert [entry["kind"] for entry in log["entries"]] == ["returned", "spoiled"]
    log = house.get("rolls/R/1/log", after=log["next"])
    assert [entry["kind"] for entry in log["entries"]] == ["bound", "issued", "made"]
    assert [roll["code"] for roll in house.get("rolls", product="WM", search="R/")["rolls"]] == ["R/1"]
    assert house.get("rolls", product="nobody") == {"rolls": [], "next": None}
    job = house.call("rolls/R/1:export", {"format": "csv", "state": "missing"}, 202)["job"]
    assert [row[3] for row in fetched(house.client, job, tmp_path)] == ["码", "M1", "M2", "C1"]


def test_the_wrong_product_is_refused_before_anything_is_bound(house: House) -> None:
    _roll(house)
    house.call("rolls/R/1:issue", {}, 200)
    answer = house.call("rolls:bind", {"scans": [{"label": "M1"}], "product": "IQ"}, 409)
    assert (answer["code"], answer["errors"][0]["code"]) == ("labels_refused", "label_for_other_product")
    assert answer["errors"][0]["advice"]
    house.get("rolls/nobody", 404)
    house.get("rolls/R/1/log", 422, after="x")
    house.get("rolls/R/1/labels", 422, after="zz")
    house.call("rolls/R/1:issue", {"first_set": 2, "last_set": 9}, 422)
    assert house.call("rolls/R/1:issue", {}, 409)["code"] == "nothing_to_issue"
    taken = house.call("items:generate", {"product": "WM", "codes": "M1"}, 409)
    assert taken["errors"][0]["code"] == "already_exists"


def test_who_may_make_rolls_and_who_may_bind(as_role: Callable[[str], httpx.Client], house: House) -> None:
    _roll(house)
    keeper, line = as_role("keeper"), as_role("line")
    assert line.post("/api/v1/rolls/R/1:issue", json={}).status_code == 403
    assert keeper.post("/api/v1/rolls/R/1:issue", json={}).status_code == 200
    body = {"scans": [{"label": "M1", "whole_set": True}], "place": "WH1"}
    assert keeper.post("/api/v1/rolls:bind", json=body).status_code == 403
    assert line.post("/api/v1/rolls:bind", json=body).status_code == 200
