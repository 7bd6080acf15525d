"""Every operation in every state of the default life cycles, as the contract's table says."""

from __future__ import annotations

from typing import Any

from tests.web.contract.conftest import House

# All but built_in, which needs a parent.
STATES = [
    *("coded", "in_stock", "issued", "picked", "shipped", "at_dealer"),
    *("sold", "returned", "in_repair", "on_loan", "lost", "scrapped"),
]
INSIDE = frozenset({"in_stock", "issued", "picked", "returned", "in_repair"})
HELD_BY_DEALER = frozenset({"shipped", "at_dealer", "sold", "on_loan"})
LIVE = [state for state in STATES if state not in {"lost", "scrapped"}]
SAME = ""

# kind, body, starts, state afterwards (SAME: as before), place afterwards, holder afterwards (… : as before)
TABLE: tuple[tuple[str, dict[str, Any], list[str], str, Any, Any], ...] = (
    ("receive", {"place": "WH2", "partner": "SUP"}, ["coded", "shipped", "returned"], "in_stock", "WH2", None),
    ("putaway", {"place": "A-01"}, ["in_stock", "picked", "issued"], "in_stock", "A-01", ...),
    ("issue", {}, ["in_stock"], "issued", ..., ...),
    ("pick", {}, ["in_stock"], "picked", ..., ...),
    ("ship", {"partner": "C-1"}, ["in_stock", "picked", "at_dealer", "returned"], "shipped", None, "C-1"),
    ("ship", {}, ["in_stock", "picked", "at_dealer", "returned"], "shipped", None, ...),
    ("store_receive", {"partner": "C-1"}, ["shipped"], "at_dealer", ..., "C-1"),
    ("activate", {"partner": "C-1"}, ["shipped", "at_dealer"], "sold", None, "C-1"),
    ("return_", {"place": "WH2", "partner": "C-1"}, ["shipped", "at_dealer", "sold"], "returned", "WH2", None),
    ("repair_in", {"partner": "C-1"}, ["returned", "sold"], "in_repair", ..., None),
    ("repair_out", {"data": {"to": "returned"}}, ["in_repair"], "returned", ..., ...),
    ("repair_out", {"data": {"to": "in_stock"}, "place": "WH2"}, ["in_repair"], "in_stock", "WH2", ...),
    ("repair_out", {"data": {"to": "sold"}, "partner": "C-1"}, ["in_repair"], "sold", None, "C-1"),
    ("check_out", {"partner": "C-1"}, ["in_stock"], "on_loan", None, "C-1"),
    ("check_in", {"data": {"to": "in_stock"}, "place": "WH2"}, ["on_loan"], "in_stock", "WH2", None),
    ("check_in", {"data": {"to": "returned"}}, ["on_loan"], "returned", ..., None),
    ("move", {"place": "WH2"}, LIVE, SAME, "WH2", ...),
    ("count", {"place": "WH2", "data": {"session": "PD-1"}}, STATES, SAME, ..., ...),
    ("adjust", {"data": {"to": "in_stock", "reason": "盘盈"}, "place": "WH2"}, STATES, "in_stock", "WH2", ...),
    ("adjust", {"data": {"to": "lost", "reason": "盘亏"}}, STATES, "lost", None, ...),
    ("scrap", {"data": {"reason": "坏"}}, STATES, "scrapped", ..., ...),
    ("inspect", {"data": {"quality": "rejected", "values": []}}, STATES, SAME, ..., ...),
    ("hold", {"data": {"reason": "查"}}, STATES, SAME, ..., ...),
    ("release", {"data": {"reason": "查"}}, STATES, SAME, ..., ...),
)


def before(state: str) -> tuple[str | None, str | None]:
    """Return place and holder of the items that were brought in."""
    return ("WH1" if state in INSIDE else None), ("D-GD" if state in HELD_BY_DEALER else None)


def bring_in(house: House, product: str, prefix: str) -> None:
    rows = []
    for state in STATES:
        place, holder = before(state)
        rows.append((f"{prefix}-{state}", product, state, place or "", holder or ""))
    house.bring_in(rows)


def test_every_operation_starts_and_leads_where_the_table_says(house: House) -> None:
    rows = [
        (f"{number}-{state}", "WM", state, before(state)[0] or "", before(state)[1] or "")
        for number in range(len(TABLE))
        for state in STATES
    ]
    house.bring_in(rows)
    wrong = []
    for number, (kind, body, starts, to, place, holder) in enumerate(TABLE):
        answer = house.post(kind, *(f"{number}-{state}" for state in STATES), mode="partial", **body)
        refusals = {refusal["item"]: refusal["code"] for refusal in answer["refused"]}
        found = {one["code"]: one for one in house.get("items", prefix=f"{number}-", limit=1000)["items"]}
        for state in STATES:
            code = f"{number}-{state}"
            old_place, old_holder = before(state)
            expected: tuple[Any, ...] = (None, state, old_place, old_holder)
            if state in starts:
                expected = (
                    None,
                    to or state,
                    old_place if place is ... else place,
                    old_holder if holder is ... else holder,
                )
            else:
                expected = ("wrong_state", *expected[1:])
            item = found[code]
            seen = (refusals.get(code), item["state"], item["place"], item["holder"])
            if seen != expected:
                wrong.append((kind, body, state, "expected", expected, "seen", seen))
            if item["warranty"]["active"] != (kind == "activate" and state in starts):
                wrong.append((kind, state, item["warranty"]))
    assert wrong == []


def test_an_operation_leaves_what_it_does_not_touch(house: House) -> None:
    bring_in(house, "WM", "x")
    house.post("inspect", "x-in_stock", data={"quality": "concession"})
    item = house.item("x-in_stock")
    house.post("move", "x-in_stock", place="A-01")
    moved = house.item("x-in_stock")
    changed = {name for name in item if item[name] != moved[name]}
    assert changed == {"place", "place_since", "seq"}
    house.post("issue", "x-in_stock")
    issued = house.item("x-in_stock")
    assert {name for name in item if moved[name] != issued[name]} == {"state", "state_since", "seq"}


def test_exchange_gives_the_new_one_the_holder_and_the_warranty_of_the_old_one(house: House) -> None:
    starts = ["shipped", "at_dealer", "sold", "returned", "in_repair"]
    bring_in(house, "WM", "o")
    house.bring_in([(f"n-{state}", "WM", "in_stock", "WH1", "") for state in STATES])
    for state in STATES:
        body = {"data": {"new": f"n-{state}", "reason": "漏水"}, "place": "WH2"}
        if state not in starts:
            assert house.refused("exchange", f"o-{state}", **body) == ["wrong_state"], state
            assert house.facts(f"n-{state}", "state", "seq") == ("in_stock", 1)
            continue
        assert house.post("exchange", f"o-{state}", **body)["accepted"] == 1
        assert house.facts(f"o-{state}", "state", "place", "holder") == ("returned", "WH2", None)
        assert house.facts(f"n-{state}", "state", "holder") == ("sold", before(state)[1])


def test_the_new_one_of_an_exchange_must_be_there_and_usable(house: House) -> None:
    house.stocked("W1-W6")
    house.post("ship", "W1", partner="D-GD")
    house.post("activate", "W1", partner="C-1")
    warranty = house.item("W1")["warranty"]
    house.post("hold", "W2", data={"reason": "查"})
    house.post("inspect", "W3", data={"quality": "rejected"})
    house.post("issue", "W4")
    for new, code in (("W2", "held"), ("W3", "not_released"), ("W4", "wrong_state"), ("NO", "unknown_item")):
        assert house.refused("exchange", "W1", data={"new": new}) == [code]
    assert house.refused("exchange", "W1", data={"new": "W1"}) == ["duplicate_in_request"]
    house.post("pick", "W5")
    # The new one's holder is the old one's, whoever the request names.
    house.post("exchange", "W1", data={"new": "W5"}, partner="D-GD")
    new = house.item("W5")
    assert (new["state"], new["holder"], new["warranty"]) == ("sold", "C-1", warranty)


def test_relabel_works_in_every_state_and_the_old_code_still_leads_to_the_item(house: House) -> None:
    bring_in(house, "WM", "r")
    for state in STATES:
        house.post("relabel", f"r-{state}", data={"new": f"new-{state}", "reason": "破损"})
        item = house.item(f"r-{state}")
        assert (item["code"], item["state"]) == (f"new-{state}", state)
        assert {one["value"] for one in item["identifiers"]} == {f"r-{state}", f"new-{state}"}
    assert house.refused("relabel", "r-coded", data={"new": "r-sold"}) == ["already_exists"]


def test_a_correction_works_in_every_state_and_brings_back_what_was_before(house: House) -> None:
    bring_in(house, "WM", "c")
    for state in STATES:
        item = house.item(f"c-{state}")
        event = house.post("scrap", f"c-{state}", place="WH2")["event"]
        house.post("correct", data={"event": event, "reason": "扫错"})
        assert {**house.item(f"c-{state}"), "seq": 1} == item


def test_assets_go_round_in_their_own_life_cycle(house: House) -> None:
    house.make("A1", "AST", place="WH1")
    assert house.facts("A1", "state", "place") == ("in_stock", "WH1")
    house.post("issue", "A1", place="WH2")
    assert house.facts("A1", "state", "place") == ("in_use", "WH2")
    house.post("check_out", "A1", partner="C-1")
    assert house.facts("A1", "state", "place", "holder") == ("lent", None, "C-1")
    house.post("check_in", "A1", place="WH1", data={"to": "in_stock"})
    assert house.facts("A1", "state", "place", "holder") == ("in_stock", "WH1", None)
    house.post("repair_in", "A1")
    assert house.facts("A1", "state") == ("in_maintenance",)
    house.post("repair_out", "A1", data={"to": "in_stock"})
    assert house.refused("ship", "A1") == ["wrong_state"]
    house.post("adjust", "A1", data={"reason": "盘亏", "to": "lost"})
    assert house.facts("A1", "state", "place") == ("lost", None)
    house.post("adjust", "A1", place="WH1", data={"reason": "找到", "to": "in_stock"})
    house.post("scrap", "A1")
    assert house.facts("A1", "state") == ("scrapped",)


def test_the_word_for_where_it_leads_must_be_one_that_may_follow(house: House) -> None:
    house.bring_in([("I1", "WM", "in_repair", "WH1", "")])
    assert house.refused("repair_out", "I1", data={"to": "lost"}) == ["wrong_choice"]


def test_a_refusal_calls_states_as_the_products_own_life_cycle_does(house: House) -> None:
    house.stocked("G1")
    house.stocked("A1", "AST")
    for code, name in (("G1", "在库"), ("A1", "闲置")):
        (error,) = house.post("check_in", code, place="WH1", status=409, data={"to": "in_stock"})["errors"]
        assert error["params"]["state_zh"] == name and name in error["message"]
        assert "life_cycle" not in error["params"]


def test_a_history_names_what_something_was_put_into_and_taken_out_of(house: House) -> None:
    house.stocked("P1")
    house.call("items:generate", {"kind": "package", "codes": "BOX1"}, 201)
    house.post("pack", "P1", data={"into": "BOX1"})
    house.post("unpack", "P1")
    rows = house.get("items/P1/history")["events"][-2:]
    assert [row["data"]["changes"]["parent"] for row in rows] == [[None, "BOX1"], ["BOX1", None]]
