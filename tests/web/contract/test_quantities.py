"""Quantities of SKU and batch goods."""

from __future__ import annotations

from typing import Any

from tests.web.contract.conftest import House


def line(quantity: Any, product: str = "SKU", **rest: Any) -> list[dict[str, Any]]:
    return [{"product": product, "quantity": quantity, **rest}]


def test_decimals_are_exact_and_never_go_below_zero(house: House) -> None:
    house.post("receive", place="WH1", quantities=line(0.1))
    house.post("receive", place="WH1", quantities=line("0.2"))
    assert house.stock(product="SKU") == {("WH1", "in_stock"): 0.3}
    assert house.refused("issue", quantities=line(0.300001)) == ["not_enough"]
    assert house.post("issue", quantities=line(0.3))["accepted"] == 1
    assert house.stock(product="SKU") == {("WH1", "issued"): 0.3}
    for wrong in (0, -1, 0.0000001):
        assert house.refused("receive", place="WH1", quantities=line(wrong)) == ["bad_quantity"]


def test_an_adjustment_is_signed_and_says_why(house: House) -> None:
    house.post("adjust", place="WH1", quantities=line(10), data={"reason": "盘盈"})
    house.post("adjust", place="WH1", quantities=line(-2.5), data={"reason": "盘亏"})
    assert house.stock(product="SKU") == {("WH1", "in_stock"): 7.5}
    assert house.refused("adjust", place="WH1", quantities=line(-8), data={"reason": "盘亏"}) == ["not_enough"]
    assert house.refused("adjust", place="WH2", quantities=line(-1), data={"reason": "盘亏"}) == ["not_enough"]
    answer = house.post("adjust", place="WH1", quantities=line(1), status=422)
    assert answer["errors"][0]["pointer"] == "/data/reason"


def test_a_count_records_what_was_seen_and_moves_nothing(house: House) -> None:
    house.post("receive", place="WH1", quantities=line(10))
    house.stocked("W1")
    done = house.post("count", "W1", place="WH2", quantities=line(12), data={"session": "PD-1"})
    assert done["accepted"] == 2
    assert house.stock(product="SKU") == {("WH1", "in_stock"): 10}
    assert house.facts("W1", "place", "seq") == ("WH1", 3)


def test_goods_go_through_a_whole_life_as_quantities(house: House) -> None:
    pick = line(4, "BT", batch="B2")
    house.post("receive", place="WH1", quantities=line(10, "BT", batch="B2"))
    house.post("ship", partner="D-GD", quantities=pick)
    house.post("store_receive", place="WH2", quantities=pick)
    assert house.stock(product="BT") == {("WH1", "in_stock"): 6, ("WH2", "at_dealer"): 4}
    house.post("ship", partner="C-1", quantities=line(1, "BT", batch="B2", state="at_dealer"))
    house.post("return_", place="WH1", quantities=line(1, "BT", batch="B2"))
    house.post("check_out", partner="C-1", quantities=line(2, "BT", batch="B2"))
    house.post("check_in", place="WH1", data={"to": "in_stock"}, quantities=line(2, "BT", batch="B2"))
    house.post("receive", place="WH1", quantities=line(1, "BT", batch="B2", state="returned"))
    assert house.stock(product="BT") == {("WH1", "in_stock"): 7, ("WH2", "at_dealer"): 3}


def test_a_place_with_bins_gives_what_its_bins_have_together(house: House) -> None:
    for place in ("A-01", "A-02", "WH2"):
        house.post("receive", place=place, quantities=line(6))
    assert house.refused("issue", quantities=line(4)) == ["wrong_place"]
    assert house.post("move", from_="WH1", place="WH2", quantities=line(10))["accepted"] == 1
    assert house.stock(product="SKU", place="WH2") == {("WH2", "in_stock"): 16}
    assert sum(house.stock(product="SKU", place="WH1").values()) == 2
    assert house.refused("issue", from_="WH1", quantities=line(3)) == ["not_enough"]


def test_quality_rules_hold_for_quantities(house: House) -> None:
    five = line(5, "BI", batch="B2")
    house.post("receive", place="WH1", quantities=five)
    assert house.refused("issue", quantities=five) == ["not_enough"]
    assert house.refused("issue", quantities=line(5, "BI", batch="B2", quality="pending")) == ["not_released"]
    house.post("inspect", quantities=five, data={"quality": "concession"})
    assert house.get("stock", product="BI")["rows"][0]["quality"] == "concession"
    house.post("issue", quantities=line(5, "BI", batch="B2", quality="concession"))
    house.post("receive", place="WH1", quantities=line(5, "BT", batch="B1"))
    assert house.refused("issue", quantities=line(5, "BT", batch="B1")) == ["expired"]
    house.post("ship", partner="SUP", quantities=line(5, "BT", batch="B1"))


def test_held_quantities_are_blocked_until_they_are_released(house: House) -> None:
    house.post("receive", place="WH1", quantities=line(5))
    house.post("hold", quantities=line(3), data={"reason": "查"})
    assert house.refused("issue", quantities=line(3)) == ["not_enough"]
    house.post("move", place="WH2", quantities=line(5))
    assert {row["blocked"]: row["quantity"] for row in house.get("stock", product="SKU")["rows"]} == {False: 2, True: 3}
    house.post("release", quantities=line(3))
    house.post("issue", quantities=line(5))


def test_a_line_names_an_owner_that_it_is_drawn_from(house: House) -> None:
    house.post("receive", place="WH1", quantities=line(5, owner="SUP"))
    assert house.refused("issue", quantities=line(1)) == ["not_enough"]
    house.post("issue", quantities=line(1, owner="SUP"), data={"owner": None})
    assert {row["owner"] for row in house.get("stock", product="SKU", state="issued")["rows"]} == {None}


def test_words_that_there_are_none_of_do_not_get_into_the_books(house: House) -> None:
    body: dict[str, Any]
    for body in ({"quality": "good"}, {"state": "nowhere"}):
        codes = house.refused("adjust", place="WH1", quantities=line(1, **body), data={"reason": "盘盈"})
        assert codes == ["wrong_value"]
    lines = [*line(1, "NO"), *line(1, "BT"), *line(1, "BT", batch="NO"), *line(1, "WM"), *line(1, owner="NO")]
    assert house.refused("receive", place="WH1", quantities=lines) == [
        "unknown_product", "batch_needed", "unknown_batch", "wrong_product", "unknown_partner",
    ]  # fmt: skip
    assert house.get("stock")["rows"] == []


def test_a_correction_of_quantities_is_refused_when_they_have_gone_on(house: House) -> None:
    event = house.post("receive", place="WH1", quantities=line(5))["event"]
    issued = house.post("issue", quantities=line(1))["event"]
    assert house.refused("correct", data={"event": event, "reason": "错"}) == ["not_enough"]
    house.post("correct", data={"event": issued, "reason": "错"})
    house.post("correct", data={"event": event, "reason": "错"})
    assert house.get("stock")["rows"] == []


def test_quantities_are_repaired_and_come_back(house: House) -> None:
    some = line(3, "BT", batch="B2")
    house.post("receive", place="WH1", quantities=some)
    house.post("ship", partner="D-GD", quantities=some)
    house.post("return_", place="WH1", quantities=some)
    house.post("repair_in", place="WH2", quantities=some)
    assert house.stock(product="BT") == {("WH2", "in_repair"): 3}
    house.post("repair_out", place="WH1", quantities=line(1, "BT", batch="B2"), data={"to": "in_stock"})
    house.post("repair_out", partner="C-1", quantities=line(2, "BT", batch="B2"), data={"to": "sold"})
    assert house.stock(product="BT") == {("WH1", "in_stock"): 1, (None, "sold"): 2}


def test_a_capture_rule_wants_serials_instead_of_a_quantity(house: House) -> None:
    rules = [{"mode": "required", "operation": "ship"}, {"mode": "optional", "operation": "ship", "place": "WH2"}]
    capture = {"outbound_only": True, "rules": rules}
    house.call("products", {"code": "RUL", "name": "出库逐件", "tracking": "serial", "capture": capture}, 201)
    some = line(3, "RUL")
    for place in ("A-01", "WH2"):
        house.post("receive", place=place, quantities=some)
    assert house.refused("ship", partner="D-GD", quantities=line(1, "RUL"), from_="WH1") == ["serials_needed"]
    house.make("R1", "RUL")
    house.post("ship", "R1", partner="D-GD", from_="A-01")
    house.post("ship", partner="D-GD", quantities=line(1, "RUL"), from_="WH2")
    assert house.stock(product="RUL")["A-01", "in_stock"] == house.stock(product="RUL")["WH2", "in_stock"] == 2


def test_where_only_the_quantity_is_written_down_scanned_serials_are_refused(house: House) -> None:
    rules = [{"operation": "receive", "mode": "none"}, {"operation": "receive", "place": "WH2", "mode": "optional"}]
    capture = {"outbound_only": True, "rules": rules}
    house.call("products", {"code": "NON", "name": "到货不采集", "tracking": "serial", "capture": capture}, 201)
    house.make("N1-N2", "NON")
    assert house.refused("receive", "N1", "N2", place="WH1") == ["serials_unwanted", "serials_unwanted"]
    assert house.post("receive", place="WH1", quantities=line(2, "NON"))["accepted"] == 1
    assert house.post("receive", "N1", place="WH2")["accepted"] == 1  # the nearer rule beats the farther one
