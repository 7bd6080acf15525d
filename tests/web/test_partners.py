from __future__ import annotations

from typing import Any

import httpx

DEALER: dict[str, Any] = {"code": "D-GD-01", "name": "广东经销商", "kind": "dealer", "region": "440000"}


def test_a_partner_is_added_read_changed_and_deleted(client: httpx.Client) -> None:
    made = client.post("/api/v1/partners", json=DEALER)
    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/partners/D-GD-01"
    assert made.json() == {**DEALER, "regions": [], "phone": None, "active": True, "used": False, "version": 1}
    changed = client.patch("/api/v1/partners/D-GD-01", json={"version": 1, "regions": ["440100", "450000"]})
    assert changed.json() == {**made.json(), "regions": ["440100", "450000"], "version": 2}
    read = client.get("/api/v1/partners/D-GD-01")
    assert (read.json(), read.headers["etag"]) == (changed.json(), '"2"')
    off = client.patch("/api/v1/partners/D-GD-01", json={"active": False}, headers={"if-match": '"2"'})
    assert off.json()["active"] is False
    assert client.delete("/api/v1/partners/D-GD-01").status_code == 204
    assert client.get("/api/v1/partners/D-GD-01").status_code == 404


def test_a_phone_number_is_masked_in_lists_only(client: httpx.Client) -> None:
    made = client.post("/api/v1/partners", json={**DEALER, "phone": "13812345678"})
    assert made.json()["phone"] == "13812345678"
    assert client.get("/api/v1/partners/D-GD-01").json()["phone"] == "13812345678"
    (listed,) = client.get("/api/v1/partners").json()["partners"]
    assert listed["phone"] == "138****5678"


def test_every_wrong_field_is_named(client: httpx.Client) -> None:
    answer = client.post(
        "/api/v1/partners", json={**DEALER, "region": "99", "regions": ["x"], "phone": "?", "name": " "}
    )
    assert answer.status_code == 422
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {
        ("/name", "text_missing"),
        ("/region", "bad_region"),
        ("/regions/0", "bad_region"),
        ("/phone", "bad_phone"),
    }
    assert client.post("/api/v1/partners", json={**DEALER, "kind": "friend"}).status_code == 422


def test_taken_codes_and_old_versions_are_conflicts(client: httpx.Client) -> None:
    client.post("/api/v1/partners", json=DEALER)
    assert client.post("/api/v1/partners", json=DEALER).json()["code"] == "already_exists"
    assert client.patch("/api/v1/partners/D-GD-01", json={"version": 3}).json()["code"] == "edit_conflict"


def test_partners_are_listed_by_kind_region_name_and_page(client: httpx.Client) -> None:
    client.post("/api/v1/partners", json=DEALER)
    client.post("/api/v1/partners", json={"code": "P-1", "name": "王工", "kind": "person", "region": "330200"})

    def codes(**params: Any) -> list[str]:
        return [partner["code"] for partner in client.get("/api/v1/partners", params=params).json()["partners"]]

    assert codes() == ["D-GD-01", "P-1"]
    assert codes(kind="person") == ["P-1"]
    assert codes(region="44") == ["D-GD-01"]
    assert codes(q="王", active=True) == ["P-1"]
    assert client.get("/api/v1/partners", params={"limit": 1}).json()["next"] == "D-GD-01"
    assert codes(after="D-GD-01") == ["P-1"]
