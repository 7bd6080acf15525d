from __future__ import annotations

from typing import Any

import httpx


def add(client: httpx.Client, code: str, parent: str | None = None) -> httpx.Response:
    return client.post("/api/v1/places", json={"code": code, "name": f"库 {code}", "kind": "bin", "parent": parent})


def test_a_place_is_added_read_moved_and_deleted(client: httpx.Client) -> None:
    made = client.post("/api/v1/places", json={"code": "WH1", "name": "成品仓", "kind": "warehouse", "parent": None})
    assert made.status_code == 201
    assert made.json() == {
        "code": "WH1",
        "name": "成品仓",
        "kind": "warehouse",
        "parent": None,
        "path": ["WH1"],
        "active": True,
        "used": False,
        "version": 1,
    }
    add(client, "WH2")
    inner = add(client, "A/01", "WH1")
    assert inner.headers["location"] == "/api/v1/places/A%2F01"
    assert (inner.json()["parent"], inner.json()["path"]) == ("WH1", ["WH1", "A/01"])
    moved = client.patch("/api/v1/places/A/01", json={"version": 1, "parent": "WH2"})
    assert (moved.json()["path"], moved.headers["etag"]) == (["WH2", "A/01"], '"2"')
    assert client.get("/api/v1/places/A%2F01").json() == moved.json()
    root = client.patch("/api/v1/places/A/01", json={"parent": None}, headers={"if-match": '"2"'})
    assert root.json()["parent"] is None
    renamed = client.patch("/api/v1/places/A/01", json={"version": 3, "name": "甲"})
    assert (renamed.json()["name"], renamed.json()["parent"]) == ("甲", None)
    assert client.delete("/api/v1/places/A/01").status_code == 204
    assert client.get("/api/v1/places/A/01").status_code == 404


def test_wrong_parents_are_named_where_they_stand(client: httpx.Client) -> None:
    add(client, "A")
    add(client, "B", "A")
    circle = client.patch("/api/v1/places/A", json={"version": 1, "parent": "B"})
    assert circle.status_code == 422
    (error,) = circle.json()["errors"]
    assert (error["pointer"], error["code"], error["item"]) == ("/parent", "place_inside_itself", "B")
    assert add(client, "C", "nowhere").json()["errors"][0]["code"] == "unknown_place"
    assert add(client, "A").status_code == 409
    assert client.patch("/api/v1/places/A", json={"version": 2}).json()["code"] == "edit_conflict"
    assert client.delete("/api/v1/places/A").json()["errors"][0]["code"] == "used_by_places"


def test_places_are_listed_by_level_subtree_and_page(client: httpx.Client) -> None:
    for code, parent in (("WH1", None), ("A", "WH1"), ("A-1", "A"), ("WH2", None)):
        add(client, code, parent)

    def codes(**params: Any) -> list[str]:
        return [place["code"] for place in client.get("/api/v1/places", params=params).json()["places"]]

    assert codes() == ["A", "A-1", "WH1", "WH2"]
    assert codes(parent="") == ["WH1", "WH2"]
    assert codes(parent="WH1") == ["A"]
    assert codes(inside="WH1") == ["A", "A-1", "WH1"]
    assert codes(q="A", kind="bin", active=True) == ["A", "A-1"]
    assert client.get("/api/v1/places", params={"limit": 1}).json()["next"] == "A"
    assert codes(limit=1, after="A") == ["A-1"]
    assert client.get("/api/v1/places", params={"parent": "nowhere"}).status_code == 404


def test_a_place_of_no_known_kind_is_refused(client: httpx.Client) -> None:
    answer = client.post("/api/v1/places", json={"code": "A", "name": "库", "kind": "cave"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/kind")
