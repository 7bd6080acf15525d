from __future__ import annotations

from typing import Any

import httpx

BATCH: dict[str, Any] = {
    "code": "B2611",
    "product": "WM-20",
    "made_on": "2026-11-21",
    "expires_on": None,
    "supplier_batch": "S-77",
}


def products(client: httpx.Client) -> None:
    for code, more in (("WM-20", {}), ("F-1", {"tracking": "batch", "shelf_life_days": 540})):
        client.post("/api/v1/products", json={"code": code, "name": code, "tracking": "serial", **more})


def test_a_batch_is_added_read_changed_and_deleted(client: httpx.Client) -> None:
    products(client)
    made = client.post("/api/v1/batches", json=BATCH)
    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/batches/B2611"
    assert made.json() == {**BATCH, "supplier": None, "used": False, "version": 1}
    read = client.get("/api/v1/batches/B2611")
    assert (read.json(), read.headers["etag"]) == (made.json(), '"1"')
    changed = client.patch("/api/v1/batches/B2611", json={"version": 1, "expires_on": "2027-11-21"})
    assert changed.json() == {**made.json(), "expires_on": "2027-11-21", "version": 2}
    by_tag = client.patch("/api/v1/batches/B2611", json={"supplier_batch": None}, headers={"if-match": '"2"'})
    assert by_tag.json()["supplier_batch"] is None
    assert client.delete("/api/v1/batches/B2611").status_code == 204
    assert client.get("/api/v1/batches/B2611").status_code == 404


def test_the_last_good_day_is_reckoned_from_the_shelf_life(client: httpx.Client) -> None:
    products(client)
    made = client.post("/api/v1/batches", json={**BATCH, "product": "F-1"})
    assert made.json()["expires_on"] == "2028-05-14"


def test_the_product_tells_batches_of_the_same_code_apart(client: httpx.Client) -> None:
    products(client)
    client.post("/api/v1/batches", json=BATCH)
    client.post("/api/v1/batches", json={**BATCH, "product": "F-1"})
    doubtful = client.get("/api/v1/batches/B2611")
    assert (doubtful.status_code, doubtful.json()["code"]) == (409, "ambiguous_batch")
    assert ["F-1" in error["message"] or "WM-20" in error["message"] for error in doubtful.json()["errors"]] == [
        True,
        True,
    ]
    of = {"product": "F-1"}
    assert client.get("/api/v1/batches/B2611", params=of).json()["product"] == "F-1"
    assert client.patch("/api/v1/batches/B2611", params=of, json={"version": 1, "supplier": None}).status_code == 200
    assert client.delete("/api/v1/batches/B2611", params=of).status_code == 204
    assert client.get("/api/v1/batches/B2611").json()["product"] == "WM-20"


def test_every_wrong_field_is_named(client: httpx.Client) -> None:
    answer = client.post("/api/v1/batches", json={**BATCH, "product": "x", "supplier": "y", "expires_on": "2020-01-01"})
    assert answer.status_code == 422
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {
        ("/product", "unknown_product"),
        ("/supplier", "unknown_partner"),
        ("/expires_on", "dates_out_of_order"),
    }
    shape = client.post("/api/v1/batches", json={**BATCH, "made_on": "21.11.2026"})
    assert [error["pointer"] for error in shape.json()["errors"]] == ["/made_on"]


def test_taken_codes_and_old_versions_are_conflicts(client: httpx.Client) -> None:
    products(client)
    client.post("/api/v1/batches", json=BATCH)
    assert client.post("/api/v1/batches", json=BATCH).json()["code"] == "already_exists"
    assert client.patch("/api/v1/batches/B2611", json={"version": 3}).json()["code"] == "edit_conflict"


def test_batches_are_listed_by_product_code_expiry_and_page(client: httpx.Client) -> None:
    products(client)
    client.post("/api/v1/batches", json=BATCH)
    client.post("/api/v1/batches", json={**BATCH, "product": "F-1"})

    def found(**params: Any) -> list[str]:
        return [batch["product"] for batch in client.get("/api/v1/batches", params=params).json()["batches"]]

    assert found() == ["WM-20", "F-1"]
    assert found(product="F-1", q="B", supplier_batch="S-77") == ["F-1"]
    assert found(expires_until="2028-05-14") == ["F-1"]
    assert found(q="C") == []
    first = client.get("/api/v1/batches", params={"limit": 1}).json()
    assert found(limit=1, after=first["next"]) == ["F-1"]
    assert client.get("/api/v1/batches", params={"after": "x"}).status_code == 422
    assert client.get("/api/v1/batches", params={"product": "nothing"}).status_code == 404
