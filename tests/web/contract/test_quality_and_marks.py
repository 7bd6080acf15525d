"""Quality, marks, owner and capture, as the contract's words of the kernel say."""

from __future__ import annotations

from datetime import date, timedelta

from tests.web.contract.conftest import House

USES = (("issue", {}), ("pick", {}), ("ship", {"partner": "D-GD"}), ("check_out", {"partner": "C-1"}))


def test_quality_is_pending_after_the_operations_that_inspect_on_names(house: House) -> None:
    house.make("Q1", "IQ")
    assert house.facts("Q1", "quality") == ("released",)
    house.post("receive", "Q1", place="WH1")
    assert house.facts("Q1", "quality") == ("pending",)
    for kind, body in USES:
        assert house.refused(kind, "Q1", **body) == ["not_released"]
    house.post("inspect", "Q1", data={"quality": "rejected"})
    assert house.refused("issue", "Q1") == ["not_released"]
    house.post("move", "Q1", place="A-01")
    house.post("inspect", "Q1", data={"quality": "concession", "values": [{"name": "产水量", "value": "2.16"}]})
    house.post("ship", "Q1", partner="D-GD")
    house.post("return_", "Q1", place="WH1")
    assert house.facts("Q1", "state", "quality") == ("returned", "pending")


def test_pieces_are_born_pending_where_inspect_on_names_the_commission(house: House) -> None:
    house.call("products", {"code": "IC", "name": "下线检", "tracking": "serial", "inspect_on": ["commission"]}, 201)
    house.make("IC1", "IC")
    assert house.facts("IC1", "quality") == ("pending",)


def test_goods_that_go_back_to_a_supplier_pass_marks_and_quality(house: House) -> None:
    house.stocked("S1-S3")
    house.post("inspect", "S1", data={"quality": "rejected"})
    house.post("hold", "S2", data={"reason": "来料不良"})
    assert sorted(house.refused("ship", "S1", "S2", "S3", partner="D-GD")) == ["held", "not_released"]
    house.post("ship", "S1", "S2", "S3", partner="SUP")
    assert house.facts("S2", "state", "marks", "holder") == ("shipped", ["held"], "SUP")
    assert house.facts("S1", "state", "quality") == ("shipped", "rejected")


def test_a_hold_refuses_use_and_activation_and_repair_out_to_sold_and_nothing_else(house: House) -> None:
    house.bring_in(
        [
            *((f"H-{kind}", "WM", "in_stock", "WH1", "") for kind in ["issue", "pick", "ship", "check_out"]),
            ("H-activate", "WM", "shipped", "", "D-GD"),
            ("H-repair", "WM", "in_repair", "WH1", ""),
        ]
    )
    codes = [f"H-{kind}" for kind in ["issue", "pick", "ship", "check_out", "activate", "repair"]]
    house.post("hold", *codes, data={"reason": "查"})
    for kind, body in USES:
        assert house.refused(kind, f"H-{kind}", **body) == ["held"]
    assert house.refused("activate", "H-activate", partner="C-1") == ["held"]
    assert house.refused("repair_out", "H-repair", data={"to": "sold"}) == ["held"]
    house.post("repair_out", "H-repair", data={"to": "returned"})
    house.post("receive", "H-repair", place="WH1")
    for kind, body in (
        ("putaway", {"place": "A-01"}),
        ("move", {"place": "WH1"}),
        ("inspect", {"data": {"quality": "concession"}}),
        ("count", {}),
        ("adjust", {"data": {"to": "lost", "reason": "盘亏"}}),
        ("adjust", {"data": {"to": "in_stock", "reason": "盘盈"}, "place": "WH1"}),
        ("relabel", {"data": {"new": "H-new", "reason": "破损"}}),
        ("scrap", {}),
    ):
        house.post(kind, "H-repair", **body)
        assert house.facts("H-repair", "marks") == (["held"],), kind
    house.post("store_receive", "H-activate", partner="D-GD")
    house.post("return_", "H-activate", place="WH1")
    house.post("repair_in", "H-activate")
    assert house.facts("H-activate", "state", "marks") == ("in_repair", ["held"])


def test_there_is_one_hold_for_each_cause_and_releasing_one_leaves_the_others(house: House) -> None:
    house.stocked("M1")
    for cause in ("甲", "乙", "甲"):
        house.post("hold", "M1", data={"reason": cause})
    assert [one["cause"] for one in house.item("M1")["mark_causes"]] == ["甲", "乙"]
    house.post("release", "M1", data={"reason": "甲"})
    assert [one["cause"] for one in house.item("M1")["mark_causes"]] == ["乙"]
    assert house.refused("issue", "M1") == ["held"]
    house.post("release", "M1", data={"reason": "乙"})
    house.post("issue", "M1")


def test_a_place_is_where_things_are_afterwards_and_from_is_where_they_must_be_now(house: House) -> None:
    house.stocked("P1-P2", place="A-01")
    assert house.refused("move", "P1", from_="WH2", place="WH2") == ["wrong_place"]
    house.post("move", "P1", from_="WH1", place="WH2")  # A-01 is inside WH1
    assert house.facts("P1", "place") == ("WH2",)
    house.post("issue", "P2", place=None)
    assert house.facts("P2", "place") == ("A-01",)
    for kind in ("receive", "putaway", "move", "return_"):
        answer = house.post(kind, "P2", status=422)
        assert (answer["errors"][0]["code"], answer["errors"][0]["pointer"]) == ("place_needed", "/place")


def test_an_owner_changes_only_by_data_owner(house: House) -> None:
    house.stocked("O1")
    house.post("move", "O1", place="WH2", partner="SUP")
    assert house.facts("O1", "owner") == (None,)
    house.post("move", "O1", place="WH1", data={"owner": "SUP"})
    house.post("ship", "O1", partner="D-GD")
    assert house.facts("O1", "owner", "holder") == ("SUP", "D-GD")
    house.post("return_", "O1", place="WH1", data={"owner": None})
    assert house.facts("O1", "owner") == (None,)


def test_a_warranty_starts_once(house: House) -> None:
    house.stocked("G1")
    house.post("ship", "G1", partner="D-GD")
    house.post("activate", "G1", partner="C-1", occurred_at="2026-01-02T08:00:00+08:00")
    start = date(2026, 1, 2)
    warranty = house.item("G1")["warranty"]
    assert (warranty["start"], warranty["end"]) == (str(start), str(start + timedelta(days=730)))
    house.post("return_", "G1", place="WH1")
    house.post("ship", "G1", partner="D-GD")
    house.post("activate", "G1", partner="D-GD")
    assert house.item("G1")["warranty"] == warranty


def test_goods_that_are_only_tracked_are_activated_from_coded(house: House) -> None:
    house.make("T1", "TRK")
    assert house.refused("ship", "T1", partner="D-GD") == ["wrong_state"]
    house.post("activate", "T1", partner="C-1")
    assert house.facts("T1", "state", "holder") == ("sold", "C-1")
    assert house.item("T1")["warranty"]["active"]


def test_pieces_captured_only_when_shipped_draw_from_the_quantity_at_from(house: House) -> None:
    for place, quantity in (("A-01", 1), ("A-02", 1), ("WH2", 5)):
        house.post("receive", place=place, quantities=[{"product": "OUT", "quantity": quantity}])
    house.make("U1-U3", "OUT")
    assert house.refused("ship", "U1", "U2", "U3", from_="WH1", partner="D-GD") == ["not_enough"]
    event = house.post("ship", "U1", "U2", from_="WH1", partner="D-GD")
    assert event["accepted"] == 2
    assert house.stock(product="OUT") == {("WH2", "in_stock"): 5, (None, "shipped"): 2, (None, "coded"): 1}
    # One of them comes back by a correction, then the rest of the event: nothing is lost, nothing doubled.
    house.post("correct", "U1", data={"event": event["event"], "reason": "扫错"})
    assert house.stock(product="OUT", state="in_stock") in (
        {("WH2", "in_stock"): 5, ("A-01", "in_stock"): 1},
        {("WH2", "in_stock"): 5, ("A-02", "in_stock"): 1},
    )
    assert house.post("correct", data={"event": event["event"], "reason": "扫错"})["accepted"] == 1
    assert house.stock(product="OUT") == {
        ("WH2", "in_stock"): 5, ("A-01", "in_stock"): 1, ("A-02", "in_stock"): 1, (None, "coded"): 3,
    }  # fmt: skip
    assert house.post("correct", data={"event": event["event"]}, status=409)["errors"][0]["code"] == "already_corrected"


def test_a_chain_of_corrections_gives_back_what_a_shipment_drew(house: House) -> None:
    house.post("receive", place="WH1", quantities=[{"product": "OUT", "quantity": 3}])
    born = house.make("V1", "OUT")["event"]
    house.post("ship", "V1", from_="WH1", partner="D-GD")
    house.post("correct", data={"event": born, "reason": "作废", "chain": True})
    assert house.stock(product="OUT") == {("WH1", "in_stock"): 3}


QUALITIES = ["released", "concession", "rejected", "pending"]


def test_an_inspection_sets_each_quality(house: House) -> None:
    house.stocked("K1")
    for quality in QUALITIES:
        house.post("inspect", "K1", data={"quality": quality})
        assert house.facts("K1", "quality", "state") == (quality, "in_stock")
