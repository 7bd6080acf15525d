"""Counts and reservations over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.web.contract.conftest import PLACES, PRODUCTS, House


@pytest.fixture
def house(client: httpx.Client) -> House:
    found = House(client)
    for product in PRODUCTS:
        found.call("products", product, 201)
    for code, parent in PLACES:
        found.call("places", {"code": code, "name": code, "kind": "warehouse", "parent": parent}, 201)
    found.call("partners", {"code": "D-GD", "name": "广东经销商", "kind": "dealer", "region": "440100"}, 201)
    found.make("M1-M4")
    found.post("receive", "M1", "M2", "M3", "M4", place="A-01")
    found.post("receive", quantities=[{"product": "SKU", "quantity": 10}], place="A-01")
    return found


def test_a_count_from_its_opening_to_the_books(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    keeper, viewer = House(as_role("keeper")), House(as_role("viewer"))
    number = keeper.call("counts", {"places": ["WH1"], "title": "月盘", "client_key": "c"}, 201)["number"]
    assert keeper.call("counts", {"places": ["WH1"], "title": "月盘", "client_key": "c"}, 201)["number"] == number
    assert keeper.call("counts", {"places": ["A-01"]}, 409)["code"] == "count_overlaps"
    assert viewer.get("counts", 403)["code"] == "no_right"
    scans = f"counts/{number}/scans"
    assert keeper.call(scans, {"raw": "A-01"}, 200)["answer"] == "place"
    assert keeper.call(scans, {"raw": "M1"}, 422)["errors"][0]["code"] == "count_place_needed"
    first = keeper.call(scans, {"raw": "M1", "place": "A-01", "client_key": "k"}, 200)
    assert (first["answer"], first["done"], first["expected"], first["line"]["item"]) == ("right", 1, 5, "M1")
    assert keeper.call(scans, {"raw": "M1", "place": "A-01", "client_key": "k"}, 200) == first
    wrong = keeper.call(scans, {"raw": "M2", "place": "A-02"}, 200)
    assert (wrong["code"], wrong["message"]) == ("count_wrong_place", "M2 账上在 A-01")
    assert keeper.call(scans, {"raw": "SKU", "place": "A-01", "quantity": 8.5}, 200)["answer"] == "right"
    assert keeper.call(scans, {"raw": "X9", "place": "A-01"}, 200)["answer"] == "unknown"
    oops = keeper.call(scans, {"raw": "M3", "place": "A-02"}, 200)["line"]["seq"]
    assert keeper.call(f"{scans}:undo", {"seq": oops}, 200) == {"undone": 1}
    rows = keeper.get(f"counts/{number}/places")["places"]
    assert [(row["place"], row["expected"], row["counted"]) for row in rows] == [("A-01", 5, 2), ("A-02", 0, 1)]
    assert keeper.get(f"counts/{number}/goods", place="A-01")["goods"][0]["product"] == "SKU"
    assert [row["answer"] for row in keeper.get(scans, answer="unknown")["scans"]] == ["unknown"]
    assert keeper.call(f"counts/{number}:post", {}, 409)["detail"].startswith(f"盘点单 {number} 现在是「盘点中」")
    totals = keeper.call(f"counts/{number}:finish", {}, 200)
    assert (totals["missing"], totals["wrong_place"], totals["quantity"], totals["unknown"]) == (2, 1, 1, 1)
    shown = keeper.get(f"counts/{number}/differences", limit=3)
    rest = keeper.get(f"counts/{number}/differences", after=shown["next"])["differences"]
    kinds = [row["kind"] for row in [*shown["differences"], *rest]]
    assert kinds == ["missing", "missing", "wrong_place", "quantity", "unknown"]
    line = shown["differences"][0]["line"]
    body = {"lines": [{"line": line, "action": "leave", "reason": "在样品柜"}]}
    assert keeper.call(f"counts/{number}:decide", body, 200) == {"decided": 1}
    assert keeper.call(f"counts/{number}:approve", {}, 403)["code"] == "no_right"
    assert house.call(f"counts/{number}:approve", {}, 200)["state"] == "approved"
    posted = keeper.call(f"counts/{number}:post", {}, 200)
    assert (posted["state"], posted["adjusted"], posted["left"], posted["refused"]) == ("posted", 3, 2, 0)
    assert house.get("items/M2")["place"] == "A-02"
    assert house.get(f"counts/{number}")["outcome"] == {"adjusted": 3, "left": 2, "refused": 0}
    assert [one["number"] for one in house.get("counts", state="posted")["counts"]] == [number]
    assert house.get("counts/NO", 404)["code"] == "count_unknown"


def test_counting_again_and_giving_up(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    number = house.call("counts", {"places": ["A-01"], "tracking": ["serial"], "blind": True}, 201)["number"]
    for code in ("M1", "M2", "M3"):
        house.call(f"counts/{number}/scans", {"raw": code}, 200)
    assert house.call(f"counts/{number}:finish", {}, 200)["accuracy"] == 75.0
    assert house.call(f"counts/{number}:recount", {}, 200) == {"units": 1}
    assert house.get(f"counts/{number}")["again"] == [{"place": "A-01", "product": "WM"}]
    assert house.call(f"counts/{number}/scans", {"raw": "M4"}, 409)["code"] == "count_same_counter"
    keeper = House(as_role("keeper"))
    assert keeper.call(f"counts/{number}/scans", {"raw": "M4"}, 200)["answer"] == "right"
    assert house.call(f"counts/{number}:cancel", {}, 200)["state"] == "cancelled"
    assert house.call(f"counts/{number}:cancel", {}, 409)["code"] == "count_wrong_state"


def test_goods_are_kept_for_a_document_and_freed(house: House) -> None:
    lines = [{"product": "WM", "quantity": 2}, {"product": "SKU", "quantity": 12}]
    assert house.call("reservations", {"document": "SO-1", "lines": lines}, 409)["errors"][0]["code"] == (
        "reserve_not_enough"
    )
    kept = house.call("reservations", {"document": "SO-1", "lines": lines, "mode": "partial"}, 201)
    assert [(line["found"], line["missing"]) for line in kept["lines"]] == [(2, 0), (10, 2)]
    assert [row["item"] for row in kept["lines"][0]["rows"]] == ["M1", "M2"]
    assert [error["advice"] for error in kept["refused"]] == ["减少数量、等入库，或解除别的单据的预留"]
    refusal = house.post("ship", "M1", partner="D-GD", document="SO-2", status=409)["errors"][0]
    assert (refusal["code"], refusal["message"]) == ("reserved", "M1 已为单据 SO-1 预留")
    assert house.get("reservations/available", product="SKU")["rows"] == [
        {"batch": None, "place": "A-01", "quantity": 10, "reserved": 10, "available": 0}
    ]
    proposal = house.call("reservations:propose", {"lines": [{"product": "WM", "quantity": 3}]}, 200)["lines"][0]
    assert ([row["item"] for row in proposal["rows"]], proposal["missing"]) == (["M3", "M4"], 1)
    house.post("ship", "M1", partner="D-GD", document="SO-1")
    rows = house.get("reservations", document="SO-1", ended=True)["reservations"]
    assert sorted(row["state"] for row in rows) == ["open", "open", "used"]
    assert house.call("reservations:release", {"document": "SO-1"}, 200) == {"released": 2}
    assert house.get("reservations")["reservations"] == []
    body = {"document": "SO-1", "items": ["M2"], "expires_at": "2020-01-01T00:00:00Z"}
    assert house.call("reservations", body, 422)["errors"][0]["code"] == "reserve_over"
