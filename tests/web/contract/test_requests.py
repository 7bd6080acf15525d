"""Requests and refusals: their shapes, times, client keys, corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from mazhi.bootstrap import System
from mazhi.kernel import clock
from mazhi.kernel.settings.store import write_setting
from tests.web.contract.conftest import House


def at(**ago: float) -> str:
    return (datetime.now(UTC) - timedelta(**ago)).isoformat()


def test_refusals_name_pointer_item_code_message_and_advice_in_both_languages(house: House) -> None:
    house.stocked("R1-R2")
    body = {"items": ["R1", "NO", {"identifier": "R2", "namespace": "imei"}, "R1"], "place": "WH2"}
    said = []
    for language in ("zh-CN", "en"):
        answer = house.client.post("/api/v1/operations/move", json=body, headers={"accept-language": language})
        assert answer.status_code == 409
        assert answer.headers["content-type"].startswith("application/problem+json")
        problem = answer.json()
        assert problem.keys() >= {"type", "title", "status", "code", "detail", "errors"}
        assert (problem["status"], problem["code"]) == (409, "operation_refused")
        assert [(one["pointer"], one["item"], one["code"]) for one in problem["errors"]] == [
            ("/items/1", "NO", "unknown_item"),
            ("/items/2", "R2", "unknown_item"),
            ("/items/3", "R1", "duplicate_in_request"),
        ]
        assert all(one["message"] and one["advice"] for one in problem["errors"])
        said.append([(one["message"], one["advice"]) for one in problem["errors"]])
    assert all(
        "\u4e00" <= text[-1][0] <= "\u9fff" or any("\u4e00" <= s <= "\u9fff" for s in text[0]) for text in said[0]
    )
    assert not any("\u4e00" <= sign <= "\u9fff" for pair in said[1] for text in pair for sign in text)
    assert house.facts("R1", "place", "seq") == ("WH1", 2)


def test_partial_does_what_is_right_and_the_first_of_duplicates_counts(house: House) -> None:
    house.stocked("R1")
    house.make("R2")
    answer = house.post("issue", "R1", "R2", "R1", mode="partial")
    assert answer["accepted"] == 1 and isinstance(answer["event"], int)
    assert [(one["pointer"], one["code"]) for one in answer["refused"]] == [
        ("/items/1", "wrong_state"),
        ("/items/2", "duplicate_in_request"),
    ]
    assert house.facts("R1", "state") == ("issued",)
    assert house.post("issue", "R2", mode="partial")["event"] is None


def test_a_client_key_gives_the_same_answer_again_and_refuses_another_body(house: House) -> None:
    house.stocked("R1-R2")
    first = house.post("issue", "R1", "NO", mode="partial", client_key="k")
    assert house.post("issue", "R1", "NO", mode="partial", client_key="k") == first
    assert house.facts("R1", "seq") == (3,)
    assert house.post("issue", "R2", client_key="k", status=409)["code"] == "client_key_reused"
    made = house.make("K1-K3", client_key="m")
    assert house.make("K1-K3", client_key="m") == made
    for body in ({"codes": "K4"}, {"codes": "K00001-K10001"}):
        answer = house.call("items:generate", {"product": "WM", "client_key": "m", **body}, 409)
        assert answer["code"] == "client_key_reused"
    house.get("items/K4", 404)


def test_a_large_order_is_a_job_that_is_found_again_by_its_key(house: House) -> None:
    body = {"product": "WM", "codes": "J00001-J10001", "count": 10001, "client_key": "big"}
    job = house.call("items:generate", body, 202)["job"]
    found: dict[str, Any] = {"state": "queued"}
    while found["state"] in {"queued", "running"}:
        found = house.get(f"jobs/{job}")
    assert (found["state"], found["done"], found["total"], found["errors"]) == ("done", 10001, 10001, [])
    result = found["result"]
    assert (result["count"], result["first"], result["last"]) == (10001, "J00001", "J10001")
    assert len(result["codes"]) == 10000 and len(result["events"]) == 2 and result["event"] == result["events"][0]
    assert house.call("items:generate", body, 202)["job"] == job
    other = house.call("items:generate", {"product": "WM", "codes": "J9", "client_key": "big"}, 409)
    assert other["code"] == "client_key_reused"


def test_times_are_late_or_future_or_closed(
    house: House, system: System, as_role: Callable[[str], httpx.Client]
) -> None:
    house.stocked("T1")
    late = house.post("move", "T1", place="WH2", occurred_at=at(days=3))
    event = house.get("items/T1/history")["events"][-1]
    assert event["event"] == late["event"] and event["occurred_at"] < event["recorded_at"]
    assert [e["seq"] for e in house.get("items/T1/history")["events"]] == [1, 2, 3]
    house.post("move", "T1", place="WH1", occurred_at=at(minutes=-4))
    assert house.refused("move", "T1", place="WH1", occurred_at=at(minutes=-6)) == ["bad_time"]
    assert house.post("move", "T1", place="WH1", occurred_at="2026-01-01T00:00:00", status=422)["code"]
    with system.db.write() as tx:
        write_setting(tx, "ledger.closed_until", str(clock.now()))
    for ago in ({"days": 3}, {"minutes": 1}):
        assert house.refused("move", "T1", place="WH1", occurred_at=at(**ago)) == ["closed_period"]
    house.post("move", "T1", place="WH2")
    keeper = House(as_role("line"))
    answer = keeper.call("items:generate", {"product": "WM", "codes": "T9", "occurred_at": at(days=1)})
    assert (answer["status"], answer["code"]) == (403, "no_right")


def test_a_correction_is_for_the_whole_event_or_for_some_of_its_items(house: House) -> None:
    items = house.stocked("C1-C3")
    event = house.post("move", *items, place="WH2")["event"]
    assert house.post("correct", "C1", data={"event": event, "reason": "错"})["accepted"] == 1
    assert [house.facts(code, "place") for code in items] == [("WH1",), ("WH2",), ("WH2",)]
    assert house.refused("correct", "C1", data={"event": event}) == ["already_corrected"]
    house.stocked("C9")
    assert house.refused("correct", "C9", data={"event": event}) == ["not_in_event"]
    assert house.post("correct", data={"event": event, "reason": "错"})["accepted"] == 2
    assert [house.facts(code, "place") for code in items] == [("WH1",)] * 3
    assert house.refused("correct", data={"event": event}) == ["already_corrected"]


def test_later_events_stand_in_the_way_unless_the_chain_is_asked_for(house: House) -> None:
    items = house.stocked("C1-C2")
    before = [{**house.item(code), "seq": 0} for code in items]
    first = house.post("move", *items, place="WH2", document="YK-1")["event"]
    second = house.post("issue", "C1", document="LL-2")["event"]
    house.post("hold", "C1", data={"reason": "查"}, document="ZJ-3")
    answer = house.post("correct", data={"event": first, "reason": "错"}, status=409)
    assert [(one["item"], one["code"]) for one in answer["errors"]] == [("C1", "later_events")]
    assert "LL-2" in answer["errors"][0]["message"] + answer["errors"][0]["advice"]
    assert second in [one["event"] for one in answer["errors"][0]["params"]["events"]]
    house.post("correct", data={"event": first, "reason": "错", "chain": True})
    assert [{**house.item(code), "seq": 0} for code in items] == before
    told = house.get("items/C1/history")["events"]
    assert [one["operation"] for one in told[-3:]] == ["correct"] * 3
    assert [one["data"]["corrects"] for one in told[-3:]][1:] == [second, first]


def test_an_exchange_is_taken_back_for_both_pieces(house: House) -> None:
    house.stocked("X1-X3")
    shipped = house.post("ship", "X1", partner="C-1")["event"]
    before = {**house.item("X2"), "seq": 0}
    event = house.post("exchange", "X1", data={"new": "X2"}, place="WH1")["event"]
    house.post("correct", "X1", data={"event": event, "reason": "错"})
    assert {**house.item("X2"), "seq": 0} == before
    house.post("exchange", "X1", data={"new": "X2"}, place="WH1")
    house.post("return_", "X2", place="WH2")
    house.post("correct", data={"event": shipped, "reason": "错", "chain": True})
    assert {**house.item("X2"), "seq": 0} == before
    assert house.facts("X1", "state", "place", "holder") == ("in_stock", "WH1", None)


def test_a_long_chain_is_taken_back_in_one_go(house: House) -> None:
    event = house.make("L1")["event"]
    house.post("receive", "L1", place="WH1")
    for number in range(70):
        house.post("move", "L1", place=("WH2", "WH1")[number % 2])
    house.post("correct", data={"event": event, "reason": "错", "chain": True})
    assert house.facts("L1", "state") == (None,)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("hold", {"owner": {"a": 1}}),
    ("count", {"owner": 5}),
    ("exchange", {"new": {"identifier": 5}}),
    ("exchange", {"new": {"identifier": "R1", "namespace": {}}}),
    ("correct", {"event": "9" * 5000}),
    ("adjust", {"reason": "x", "to": []}),
    ("inspect", {"quality": "good"}),
    ("inspect", {}),
]


def test_data_of_the_wrong_form_is_refused_at_its_pointer(house: House) -> None:
    house.stocked("R1")
    for kind, data in WRONG:
        answer = house.post(kind, "R1", data=data, status=422)
        assert answer["errors"][0]["pointer"].startswith("/data/")


def test_a_request_is_refused_above_its_size_and_for_unknown_words(house: House) -> None:
    assert house.post("move", *(["X"] * 100_001), place="WH1", status=413)["status"] == 413
    for kind in ("nope", "commission"):
        assert house.client.post(f"/api/v1/operations/{kind}", json={"items": ["X"]}).status_code in {404, 422}
    answer = house.post("move", "X", place="NO", partner="NO", from_="NO2", status=422)
    assert {one["pointer"] for one in answer["errors"]} == {"/place", "/partner", "/from"}


def test_several_items_with_one_identifier_are_told_apart_by_the_namespace(house: House) -> None:
    house.make("D1", place="WH1")
    house.make("D1", "IQ", namespace="supplier", place="WH1")
    answer = house.get("items/D1", 409)
    assert answer["code"] == "ambiguous_item"
    assert {one["params"]["namespace"] for one in answer["errors"]} == {"own", "supplier"}
    assert house.get("items/D1", namespace="supplier")["product"] == "IQ"
    assert house.get("items/D1/history", namespace="own")["events"][0]["operation"] == "commission"
    assert house.refused("move", "D1", place="WH2") == ["ambiguous_item"]
    house.post("move", {"identifier": "D1", "namespace": "own"}, place="WH2")
    assert house.get("items/D1", namespace="own")["place"] == "WH2"
    assert house.get("items/D1", namespace="supplier")["place"] == "WH1"
