"""Genealogy over HTTP: the shapes that clients rely on, and who may ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.web.contract.conftest import House, house
from tests.web.test_exports import fetched

__all__ = ["house"]


@pytest.fixture
def built(house: House) -> House:
    house.stocked("M1-M2")
    house.make("P1-P2", "AST")
    house.call("products", {"code": "PUMP", "name": "水泵", "tracking": "serial", "batch_managed": True}, 201)
    house.call("batches", {"code": "PB", "product": "PUMP"}, 201)
    house.make("PB1-PB3", "PUMP", batch="PB")
    house.post("assemble", "M1", data={"components": ["PB1", {"item": {"identifier": "PB2"}}]})
    return house


def test_a_tree_comes_in_the_promised_shape(built: House) -> None:
    answer = built.get("items/M1/genealogy", direction="down")
    assert answer.keys() >= {"root", "nodes", "edges", "next", "total"}
    assert [node["code"] for node in answer["nodes"]] == ["M1", "PB1", "PB2"]
    assert answer["nodes"][1].keys() >= {"id", "kind", "code", "product", "batch", "state", "place", "depth"}
    assert (answer["nodes"][1]["batch"], answer["nodes"][1]["state"]) == ("PB", "built_in")
    ids = {node["id"] for node in answer["nodes"]}
    assert answer["root"] in ids
    for edge in answer["edges"]:
        assert {edge["parent"], edge["child"]} <= ids
        assert (edge["quantity"], edge["until"]) == (1, None)
    up = built.get("items/PB1/genealogy", direction="up", depth=1, limit=1)
    assert (len(up["nodes"]), up["total"], up["next"] is not None) == (1, 2, True)
    more = built.get("items/PB1/genealogy", direction="up", depth=1, limit=1, after=up["next"])
    assert ([node["code"] for node in more["nodes"]], more["next"]) == (["M1"], None)
    assert [n["code"] for n in built.get("items/M1/genealogy", at="2020-01-01T00:00:00Z")["nodes"]] == ["M1"]


def test_a_batch_tells_where_it_is(built: House) -> None:
    answer = built.get("batches/PB/where-used")
    assert [node["code"] for node in answer["nodes"]] == ["PB", "PB1", "PB2", "PB3", "M1"]
    assert answer["total"] == 5
    assert answer["pieces"] == [{"state": "built_in", "count": 2}, {"state": "coded", "count": 1}]
    assert answer["units"] == [{"product": "WM", "state": "in_stock", "count": 1}]
    assert built.get("batches/PB/where-used", product="PUMP")["total"] == 5
    built.get("batches/?/where-used", 404)


def test_a_refusal_names_the_unit_that_a_part_is_in(built: House) -> None:
    answer = built.post("assemble", "M2", status=409, data={"components": ["PB3", "PB1"]})
    (error,) = answer["errors"]
    assert (error["code"], error["pointer"], error["item"]) == ("already_inside", "/data/components/1", "PB1")
    assert "M1" in error["message"]
    assert built.item("PB3")["parent"] is None
    listed = {kind["name"]: kind for kind in built.get("operations")}
    assert listed["assemble"]["data"][0]["kind"] == "components"
    assert listed["remove"]["chooses"][:3] == ["in_stock", "returned", "scrapped"]
    assert listed["pack"]["data"][0] | {"zh": "", "en": ""} == {
        "name": "into", "kind": "item", "zh": "", "en": "", "required": True, "choices": [], "example": "BOX000123",
    }  # fmt: skip


def test_genealogy_is_for_those_who_may_see_items(
    built: House, anonymous: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    viewer = as_role("viewer")
    for path in ("items/M1/genealogy", "batches/PB/where-used"):
        assert anonymous.get(f"/api/v1/{path}").status_code == 401
        assert viewer.get(f"/api/v1/{path}").status_code == 200
    assert built.get("items/nobody/genealogy", 404)["code"] == "unknown_item"
    built.get("items/M1/genealogy", 422, direction="sideways")
    built.get("items/M1/genealogy", 422, after="xx")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_tree_is_taken_away_as_a_spreadsheet(built: House, tmp_path: Path, kind: str) -> None:
    built.post("assemble", "M2", data={"components": ["PB3"]})
    built.post("assemble", "M1", data={"components": ["M2"]})
    job = built.call("items/M1/genealogy:export", {"direction": "down", "format": kind}, 202)["job"]
    rows = fetched(built.client, job, tmp_path)
    assert rows[0][:6] == ["层级", "上级", "编码", "产品", "批次", "数量"]
    assert [[int(float(row[0])), *row[1:3]] for row in rows[1:]] == [
        [1, "M1", "PB1"],
        [1, "M1", "PB2"],
        [1, "M1", "M2"],
        [2, "M2", "PB3"],
    ]
    assert rows[1][6] == "已装入"
    job = built.call("items/PB3/genealogy:export", {"direction": "up", "format": kind}, 202)["job"]
    assert [row[1:3] for row in fetched(built.client, job, tmp_path)[1:]] == [["M2", "PB3"], ["M1", "M2"]]
    built.call("items/nobody/genealogy:export", {}, 404)


def test_states_and_places_are_those_of_the_moment_that_is_asked_about(built: House) -> None:
    built.make("M7", place="WH1", occurred_at="2026-01-01T08:00:00+08:00")
    built.make("P7", "PUMP", batch="PB", occurred_at="2026-01-01T08:00:00+08:00")
    built.post("assemble", "M7", occurred_at="2026-01-02T08:00:00+08:00", data={"components": ["P7"]})
    built.post("receive", "M7", place="WH2", occurred_at="2026-01-03T08:00:00+08:00")

    def seen(at: str | None) -> list[tuple[str, str | None, str | None]]:
        asked = {} if at is None else {"at": at}
        return [(n["code"], n["state"], n["place"]) for n in built.get("items/M7/genealogy", **asked)["nodes"]]

    assert seen("2026-01-02T12:00:00+08:00") == [("M7", "coded", "WH1"), ("P7", "built_in", None)]
    assert seen("2026-01-01T12:00:00+08:00") == [("M7", "coded", "WH1")]
    assert seen("2025-01-01T12:00:00+08:00") == [("M7", None, None)]
    assert seen(None) == [("M7", "in_stock", "WH2"), ("P7", "built_in", None)]
