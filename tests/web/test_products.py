from __future__ import annotations

from typing import Any

import httpx
import pytest

WM: dict[str, Any] = {
    "code": "WM-20",
    "name": "智能水表 DN20",
    "tracking": "serial",
    "gtin": "06901234567892",
    "warranty_days": 730,
    "stock_age_days": 180,
    "inspect_on": [],
}
ODD = "螺钉 M4×10/304?#%"


def test_a_product_is_added_read_changed_and_deleted(client: httpx.Client) -> None:
    made = client.post("/api/v1/products", json=WM)
    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/products/WM-20"
    assert made.json() == {
        **WM,
        "batch_managed": False,
        "shelf_life_days": None,
        "unit": "",
        "category": "",
        "warranty_from": "activate",
        "warranty_delay_days": 0,
        "life_cycle": "goods",
        "capture": {"rules": [], "outbound_only": False, "track_only": False, "pattern": ""},
        "rule": None,
        "active": True,
        "used": False,
        "version": 1,
    }
    read = client.get("/api/v1/products/WM-20")
    assert (read.json(), read.headers["etag"]) == (made.json(), '"1"')
    changed = client.patch("/api/v1/products/WM-20", json={"version": 1, "name": "水表"})
    assert changed.json() == {**made.json(), "name": "水表", "version": 2}
    by_tag = client.patch("/api/v1/products/WM-20", json={"gtin": None}, headers={"if-match": changed.headers["etag"]})
    assert (by_tag.status_code, by_tag.json()["gtin"]) == (200, None)
    assert client.delete("/api/v1/products/WM-20").status_code == 204
    assert client.get("/api/v1/products/WM-20").status_code == 404


def test_a_gtin_is_answered_with_14_digits_however_it_was_given(client: httpx.Client) -> None:
    made = client.post("/api/v1/products", json={**WM, "gtin": "6901234567892"}).json()
    assert made["gtin"] == "06901234567892"
    found = client.get("/api/v1/products", params={"gtin": "6901234567892"}).json()
    assert [product["code"] for product in found["products"]] == ["WM-20"]


def test_any_printable_code_has_an_address(client: httpx.Client) -> None:
    made = client.post("/api/v1/products", json={**WM, "code": ODD})
    assert made.status_code == 201
    address = made.headers["location"]
    assert client.get(address).json()["code"] == ODD
    assert client.patch(address, json={"version": 1, "unit": "个"}).json()["unit"] == "个"
    assert client.delete(address).status_code == 204


def test_a_capture_rule_comes_back_as_it_was_given(client: httpx.Client) -> None:
    client.post("/api/v1/places", json={"code": "WH1", "name": "仓", "kind": "warehouse"})
    capture = {
        "rules": [{"operation": "ship", "place": "WH1", "mode": "optional"}],
        "outbound_only": True,
        "track_only": False,
        "pattern": "SN####",
    }
    client.post("/api/v1/products", json={**WM, "capture": capture})
    assert client.get("/api/v1/products/WM-20").json()["capture"] == capture
    changed = client.patch("/api/v1/products/WM-20", json={"version": 1, "inspect_on": ["receive"]}).json()
    assert (changed["capture"], changed["inspect_on"]) == (capture, ["receive"])
    capture["rules"] = []
    changed = client.patch("/api/v1/products/WM-20", json={"version": 2, "capture": capture}).json()
    assert changed["capture"] == capture


def test_the_same_code_again_is_a_conflict_at_the_code(client: httpx.Client) -> None:
    client.post("/api/v1/products", json=WM)
    again = client.post("/api/v1/products", json=WM)
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")
    (problem,) = again.json()["errors"]
    assert (problem["pointer"], problem["item"], problem["message"]) == ("/code", "WM-20", "“WM-20”已存在。")


def test_every_wrong_field_is_named_with_what_to_do(client: httpx.Client) -> None:
    answer = client.post(
        "/api/v1/products",
        json={**WM, "code": " WM", "gtin": "6901234567893", "inspect_on": ["fly"], "life_cycle": "x"},
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {(error["pointer"], error["code"]) for error in errors} == {
        ("/code", "bad_code"),
        ("/gtin", "bad_gtin"),
        ("/inspect_on/0", "unknown_operation"),
        ("/life_cycle", "unknown_life_cycle"),
    }
    assert all(error["message"] and error["advice"] for error in errors)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"tracking": "piece"}, "/tracking"),
        ({"colour": "red"}, "/colour"),
        ({"shelf_life_days": 0}, "/shelf_life_days"),
        ({"name": None}, "/name"),
        ({"capture": {"rules": [{"mode": "x"}]}}, "/capture/rules/0/mode"),
    ],
)
def test_what_does_not_fit_the_shape_is_named(client: httpx.Client, changes: dict[str, Any], pointer: str) -> None:
    answer = client.post("/api/v1/products", json={**WM, **changes})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_change_must_say_which_version_it_is_based_on(client: httpx.Client) -> None:
    client.post("/api/v1/products", json=WM)
    for headers in ({}, {"if-match": "*"}, {"if-match": '"x"'}, {"if-match": '"99999999999999999999"'}):
        answer = client.patch("/api/v1/products/WM-20", json={"name": "x"}, headers=headers)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "version_missing")
    old = client.patch("/api/v1/products/WM-20", json={"name": "x", "version": 7})
    assert (old.status_code, old.json()["code"]) == (409, "edit_conflict")
    assert old.json()["params"] == {"version": 7, "present": 1}


def test_a_product_with_batches_is_in_use(client: httpx.Client) -> None:
    client.post("/api/v1/products", json=WM)
    client.post("/api/v1/batches", json={"code": "B", "product": "WM-20"})
    answer = client.delete("/api/v1/products/WM-20")
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")
    assert [error["code"] for error in answer.json()["errors"]] == ["used_by_batches"]
    off = client.patch("/api/v1/products/WM-20", json={"version": 1, "active": False})
    assert off.json()["active"] is False


def test_products_are_listed_page_by_page(client: httpx.Client) -> None:
    for code in ("C", "A", "B"):
        client.post("/api/v1/products", json={**WM, "code": code, "name": f"产品 {code}"})
    first = client.get("/api/v1/products", params={"limit": 2}).json()
    assert ([product["code"] for product in first["products"]], first["next"]) == (["A", "B"], "B")
    rest = client.get("/api/v1/products", params={"limit": 2, "after": first["next"]}).json()
    assert ([product["code"] for product in rest["products"]], rest["next"]) == (["C"], None)
    named = client.get("/api/v1/products", params={"q": "品 b", "active": True, "tracking": "serial"}).json()
    assert [product["code"] for product in named["products"]] == ["B"]
    assert client.get("/api/v1/products", params={"limit": 1001}).status_code == 422
