from __future__ import annotations

from typing import Any

from tests.web.contract.conftest import House


def dry(house: House, kind: str, *items: Any, status: int = 200, **body: Any) -> Any:
    return house.call(f"operations/{kind}?dry_run=true", {"items": list(items), **body}, status)


def test_a_dry_run_answers_as_the_posting_would_and_changes_nothing(house: House) -> None:
    house.stocked("T1-T3")
    before, stock = house.item("T1"), house.stock()
    body = {"place": "WH2", "client_key": "k1"}
    assert dry(house, "move", "T1", "T2", **body) == {"event": None, "accepted": 2, "refused": [], "remarks": []}
    assert (house.item("T1"), house.stock()) == (before, stock)
    posted = house.post("move", "T1", "T2", **body)
    assert posted["accepted"] == 2 and posted["event"]
    house.post("scrap", "T3")
    answers = [
        dry(house, "move", "T1", "T3", "NIX", status=409, **body),
        house.post("move", "T1", "T3", "NIX", status=409, place="WH2"),
    ]
    assert [[e["code"] for e in answer["errors"]] for answer in answers] == [["wrong_state", "unknown_item"]] * 2
    partial = dry(house, "move", "T1", "T3", place="WH1", mode="partial")
    assert (partial["accepted"], [e["code"] for e in partial["refused"]]) == (1, ["wrong_state"])


def test_quantities_corrections_and_new_codes_are_tried_out_too(house: House) -> None:
    line = [{"product": "SKU", "quantity": 5}]
    dry(house, "receive", place="WH1", quantities=line)
    assert house.stock(product="SKU") == {}
    house.stocked("C1")
    event = house.post("relabel", "C1", data={"new": "C9", "reason": "换标"})["event"]
    assert dry(house, "correct", data={"event": event, "reason": "错"})["accepted"] == 1
    dry(house, "relabel", "C9", data={"new": "C10", "reason": "换标"})
    assert house.item("C1")["code"] == "C9"
    assert house.get("items/C10", status=404)["code"] == "unknown_item"
    assert dry(house, "move", "C9", status=422)["errors"][0]["pointer"] == "/place"
