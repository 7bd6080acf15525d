from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.web.contract.conftest import House


def test_an_event_tells_what_it_was(house: House) -> None:
    house.stocked("T1-T3")
    body = {"from": "WH1", "place": "WH2", "document": "YK-1", "note": "急"}
    event = house.call("operations/move", {"items": ["T1", "T2"], **body}, 200)["event"]
    found = house.get(f"events/{event}")
    assert {name: found[name] for name in ("operation", "actor", "items", "quantities")} == {
        "operation": "move", "actor": "a-admin", "items": 2, "quantities": 0,
    }  # fmt: skip
    assert {name: found[name] for name in body} == body
    done = house.post("correct", "T1", data={"event": event, "reason": "错"})["event"]
    assert house.get(f"events/{event}")["corrected_by"] == [done]
    assert house.get(f"events/{done}")["corrects"] == event
    assert house.get("events/99999999", status=404)["code"] == "unknown_event"


def test_the_chain_is_what_the_correction_then_reverses(house: House) -> None:
    items = house.stocked("C1-C30")
    first = house.post("move", *items, place="WH2", document="YK-1")["event"]
    second = house.post("issue", "C1", "C2", document="LL-2")["event"]
    third = house.post("hold", "C1", data={"reason": "查"})["event"]
    before = house.item("C1")
    chain = house.get(f"events/{first}/later")
    assert chain["possible"] and not chain["refused"]
    assert [(one["event"], one["operation"], one["items"], one["more"]) for one in chain["later"]] == [
        (third, "hold", ["C1"], 0),
        (second, "issue", ["C1", "C2"], 0),
    ]
    assert chain["later"][1]["document"] == "LL-2"
    assert (chain["itself"]["event"], len(chain["itself"]["items"]), chain["itself"]["more"]) == (first, 20, 10)
    assert house.item("C1") == before
    house.post("correct", data={"event": first, "reason": "错", "chain": True})
    taken = [row for row in house.get("items/C1/history")["events"] if row["operation"] == "correct"]
    assert [row["data"]["corrects"] for row in taken] == [third, second, first]
    again = house.get(f"events/{first}/later")
    assert (again["possible"], [one["code"] for one in again["refused"]]) == (False, ["already_corrected"])


def test_quantities_that_are_gone_stand_in_the_way(house: House) -> None:
    line = [{"product": "SKU", "quantity": 5}]
    event = house.post("receive", place="WH1", quantities=line)["event"]
    assert house.get(f"events/{event}/later")["itself"]["quantities"] == 1
    house.post("issue", quantities=line)
    chain = house.get(f"events/{event}/later")
    assert (chain["possible"], [one["code"] for one in chain["refused"]]) == (False, ["not_enough"])


def test_only_who_may_correct_sees_the_chain(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    house.stocked("T1")
    event = house.post("move", "T1", place="WH2")["event"]
    keeper = House(as_role("keeper"))
    assert keeper.get(f"events/{event}/later", status=403)["code"] == "no_right"
    assert keeper.get(f"events/{event}")["items"] == 1
