"""A product goes from quantity to batch to serial, and its stock with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mazhi.bootstrap import System
from mazhi.kernel.ledger.verification import verify
from tests.web.contract.conftest import House


def change(house: House, product: str, status: int = 200, *, dry_run: bool = False, **body: Any) -> Any:
    return house.call(f"products/{product}:change-tracking?dry_run={str(dry_run).lower()}", body, status)


def faults(answer: Any) -> list[str]:
    return [error["code"] for error in answer["errors"]]


def receive(house: House, quantity: float, product: str = "SKU", place: str = "WH1", **line: Any) -> None:
    house.post("receive", place=place, quantities=[{"product": product, "quantity": quantity, **line}])


@pytest.fixture
def clean(system: System) -> Callable[[], None]:
    """Check that the books still agree with the ledger."""

    def check() -> None:
        assert [fault.code for fault in verify(system.db)] == []

    return check


def test_quantities_get_an_opening_batch_wherever_they_are(house: House, clean: Callable[[], None]) -> None:
    receive(house, 5.5)
    receive(house, 3, place="A-01")
    house.post("hold", place="A-01", quantities=[{"product": "SKU", "quantity": 1}], data={"reason": "查"})
    house.post("ship", partner="D-GD", quantities=[{"product": "SKU", "quantity": 2}], **{"from_": "WH1"})
    before = house.stock(product="SKU")
    seen = change(house, "SKU", dry_run=True, to="batch", batch="QC", per_place=True)
    assert (seen["from"], len(seen["lines"]), seen["left"]) == ("sku", 4, [])
    assert house.get("products/SKU")["tracking"] == "sku" and house.stock(product="SKU") == before
    done = change(house, "SKU", to="batch", batch="QC", per_place=True, reason="上批次", client_key="k")
    assert done == change(house, "SKU", to="batch", batch="QC", per_place=True, reason="上批次", client_key="k")
    assert (
        done["from"] == "sku"
        and house.get("products/SKU")["tracking"] == "batch"
        and house.stock(product="SKU") == before
    )
    assert {(row["place"], row["batch"]) for row in house.get("stock", product="SKU")["rows"]} == {
        ("WH1", "QC-WH1"), ("A-01", "QC-A-01"), (None, "QC"),
    }  # fmt: skip
    assert house.get(f"events/{done['events'][0]}")["operation"] == "adjust"
    house.post("issue", quantities=[{"product": "SKU", "batch": "QC-WH1", "quantity": 1}])
    clean()


def test_pieces_get_codes_by_a_rule_and_keep_batch_place_quality_and_owner(
    house: House, clean: Callable[[], None]
) -> None:
    segments = [{"kind": "constant", "value": "LX"}, {"kind": "counter", "width": 4}]
    house.call("code-rules", {"code": "LX", "name": "滤芯", "segments": segments}, 201)
    receive(house, 2, "BT", batch="B2")
    receive(house, 1, "BI", batch="B2")
    receive(house, 3, "BT", "A-01", batch="B2", owner="SUP")
    done = change(house, "BT", to="serial", rule="LX")
    assert (done["count"], done["codes"]) == (5, [f"LX{number:04d}" for number in range(1, 6)])
    found = {house.facts(code, "batch", "place", "owner", "state", "quality") for code in done["codes"]}
    assert found == {("B2", "WH1", None, "in_stock", "released"), ("B2", "A-01", "SUP", "in_stock", "released")}
    assert house.stock(product="BT") == {("WH1", "in_stock"): 2, ("A-01", "in_stock"): 3}
    assert house.refused("issue", quantities=[{"product": "BT", "batch": "B2", "quantity": 1}]) == ["wrong_product"]
    house.post("issue", done["codes"][0])
    assert [row["operation"] for row in house.get(f"items/{done['codes'][0]}/history")["events"]] == [
        "commission", "issue",
    ]  # fmt: skip
    house.make("NEW1", "BT", batch="B2")
    change(house, "BI", to="serial", rule="LX")
    assert house.facts("LX0006", "quality", "place") == ("pending", "WH1")
    clean()


def test_what_cannot_be_turned_is_named(house: House) -> None:
    receive(house, 1.5)
    receive(house, 2, place="WH2")
    house.post("hold", place="WH2", quantities=[{"product": "SKU", "quantity": 1}], data={"reason": "查"})
    assert faults(change(house, "SKU", 422, to="serial", scan=True)) == ["half_units", "held_stock"]
    assert faults(change(house, "SKU", 422, to="serial")) == ["rule_or_scan", "half_units", "held_stock"]
    assert faults(change(house, "SKU", 422, to="batch")) == ["opening_batch_needed"]
    assert faults(change(house, "BT", 422, to="batch")) == ["tracking_is_so"]
    assert change(house, "NO", 404, to="batch")["code"] == "unknown_product"
    assert house.get("products/SKU")["tracking"] == "sku"


def test_it_goes_back_only_when_nothing_is_there(house: House) -> None:
    receive(house, 2, "BT", batch="B2")
    assert faults(change(house, "BT", 422, to="sku")) == ["still_in_stock"]
    house.post("ship", partner="D-GD", quantities=[{"product": "BT", "batch": "B2", "quantity": 2}])
    change(house, "BT", to="sku")
    assert house.get("products/BT")["tracking"] == "sku"
    house.stocked("W1")
    assert faults(change(house, "WM", 422, to="batch")) == ["still_in_stock"]


def test_codes_are_bound_while_counting_until_every_piece_has_one(house: House, clean: Callable[[], None]) -> None:
    house.make("OLD1")
    receive(house, 2)
    receive(house, 1, place="WH2")
    change_id = change(house, "SKU", to="serial", scan=True, reason="逐件管理")["change"]
    path = f"tracking-changes/{change_id}"
    assert change(house, "SKU", 409, to="serial", scan=True)["code"] == "count_open"
    numbers = {line["place"]: line["line"] for line in house.get(path)["lines"]}
    first = house.call(f"{path}/codes", {"line": numbers["WH1"], "codes": ["P1", "OLD1", "P1", "P2", "P3"]}, 200)
    assert (first["accepted"], [e["code"] for e in first["refused"]]) == (2, ["already_exists", "over_quantity"])
    wrong = house.call(f"{path}/codes", {"line": numbers["WH2"], "codes": ["P1"]}, 200)
    assert [e["code"] for e in wrong["refused"]] == ["duplicate_in_request"]
    assert faults(house.call(f"{path}:finish", {}, 409)) == ["units_differ"]
    receive(house, 1, place="A-01")  # it goes on while people count
    new = {line["place"]: (line["line"], line["quantity"], line["bound"]) for line in house.get(path)["lines"]}
    assert new["A-01"] == (3, 1, 0) and new["WH1"][1:] == (2, 2)
    assert house.call(f"{path}/codes", {"line": 9, "codes": ["P9"]}, 404)["code"] == "unknown_line"
    house.call(f"{path}/codes", {"line": 3, "codes": ["P4"]}, 200)
    assert house.call(f"{path}/codes:remove", {"codes": ["P2", "P9"]}, 200) == {"removed": 1}
    house.call(f"{path}/codes", {"line": numbers["WH1"], "codes": ["P3"]}, 200)
    house.call(f"{path}/codes", {"line": numbers["WH2"], "codes": ["P5"]}, 200)
    done = house.call(f"{path}:finish", {}, 200)
    assert done["count"] == 4 and done == house.call(f"{path}:finish", {}, 200)
    assert [house.facts(code, "place") for code in ("P1", "P3", "P4", "P5")] == [
        ("WH1",), ("WH1",), ("A-01",), ("WH2",),
    ]  # fmt: skip
    assert house.get("products/SKU")["tracking"] == "serial" and house.get(path)["state"] == "done"
    assert house.call(f"{path}/codes", {"line": 1, "codes": ["P8"]}, 409)["code"] == "count_closed"
    clean()


def test_a_count_is_given_up_and_nothing_has_happened(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    receive(house, 1)
    change_id = change(house, "SKU", to="serial", scan=True)["change"]
    house.call(f"tracking-changes/{change_id}/codes", {"line": 1, "codes": ["P1"]}, 200)
    assert house.client.delete(f"/api/v1/tracking-changes/{change_id}").status_code == 204
    assert house.get(f"tracking-changes/{change_id}")["state"] == "cancelled"
    assert house.get("tracking-changes/999", status=404)["code"] == "unknown_count"
    assert house.get("products/SKU")["tracking"] == "sku"
    keeper = House(as_role("keeper"))
    assert change(keeper, "SKU", 403, to="batch", batch="B")["code"] == "no_right"


@pytest.mark.parametrize("half", [0, 1])
def test_a_change_to_pieces_is_taken_back_whole_from_either_of_its_events(
    house: House, clean: Callable[[], None], half: int
) -> None:
    segments = [{"kind": "constant", "value": "LY"}, {"kind": "counter", "width": 4}]
    house.call("code-rules", {"code": "LY", "name": "滤芯", "segments": segments}, 201)
    receive(house, 2, "BT", batch="B2")
    before = house.stock(product="BT")
    done = change(house, "BT", to="serial", rule="LY")
    house.make("OTHER", "BT", batch="B2")
    data = {"event": done["events"][half], "reason": "改错了"}
    assert house.refused("correct", data=data) == ["tracking_stays"]
    made = house.get("items/OTHER/history")["events"][0]["event"]
    house.post("correct", data={"event": made, "reason": "多做"})
    assert house.refused("correct", "LY0001", data=data) in (["tracking_whole"], ["not_in_event", "tracking_whole"])
    house.post("correct", data=data)
    assert house.get("products/BT")["tracking"] == "batch"
    assert house.stock(product="BT") == before
    assert house.facts("LY0001", "state") == (None,)
    house.post("issue", quantities=[{"product": "BT", "batch": "B2", "quantity": 1}])
    clean()
