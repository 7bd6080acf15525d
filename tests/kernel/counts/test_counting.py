"""Count sessions: what is expected, what is answered, what differs."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from mazhi.kernel.access.model import Actor
from mazhi.kernel.counts.model import Decision, OpenRequest, Unit
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.posting.model import QuantityLine
from tests.kernel.counts.conftest import ANNA, BEN, BOSS, Shop, person


def test_what_is_found_missing_surplus_and_in_the_wrong_place(shop: Shop) -> None:
    shop.open()
    assert shop.counts.reading.get(BOSS, shop.number)["expected"] == 5
    assert shop.ask("A-01")["answer"] == "place"
    assert shop.scan("S1", "A-01") == "right"
    assert shop.scan("S1", "A-01") == "duplicate count_twice"
    assert shop.scan("S3", "A-01") == "wrong count_wrong_place"
    assert shop.scan("S4", "WH1") == "wrong count_wrong_place"
    assert shop.scan("S5", "WH1") == "wrong count_surplus"
    assert shop.scan("??-7", "WH1") == "unknown unknown_item"
    assert shop.scan("??-7", "A-01") == "duplicate count_twice"
    assert [shop.scan("SKU", "A-01", n) for n in (7, "1.5")] == ["right", "right"]
    totals = shop.finish()
    assert shop.told() == {
        ("missing", "S2", "A-01", "A-01"), ("wrong_place", "S3", "A-01", "WH1"), ("wrong_place", "S4", "WH1", "WH2"),
        ("surplus", "S5", "WH1", None), ("unknown", "??-7", "WH1", None), ("quantity", "SKU", "A-01", -1.5),
        ("quantity", "BT", "WH1", -4),
    }  # fmt: skip
    assert totals == {
        "expected_pieces": 3, "found_pieces": 4, "quantity_lines": 2, "right": 1, "missing": 1, "surplus": 1,
        "wrong_place": 2, "quantity": 2, "unknown": 1, "moved": 0, "accuracy": 14.29,
    }  # fmt: skip
    (anna,) = shop.counts.reading.get(BOSS, shop.number)["people"]
    assert (anna["scans"], anna["counted"], anna["wrong"], anna["duplicates"], anna["unknown"]) == (9, 7, 3, 2, 1)


def test_only_what_was_asked_for_is_counted(shop: Shop) -> None:
    shop.open("A-01", tracking=("serial",))
    assert shop.scan("SKU", None, 1) == "wrong count_not_counted"
    with pytest.raises(ConflictError, match="count_place_outside"):
        shop.scan("S1", "WH2")
    with pytest.raises(ConflictError, match="count_place_outside"):
        shop.scan("WH2")
    shop.counts.cancel(BOSS, shop.number)
    with pytest.raises(ConflictError, match="count_wrong_state"):
        shop.scan("S1")
    shop.open("A-01", products=("SKU",))
    assert shop.scan("S1") == "wrong count_not_counted"
    assert shop.scan("WM") == "wrong count_serial_needed"
    assert shop.scan("BT") == "wrong count_batch_needed"
    assert shop.scan("SKU", None, 10) == "right"
    assert shop.finish()["accuracy"] == 100.0


def test_blind_counters_learn_nothing_and_guided_ones_what_is_where(shop: Shop) -> None:
    shop.open(blind=True)
    answer = shop.ask("S4", "WH1")
    assert (answer["answer"], answer["code"], answer["expected"]) == ("right", "", None)
    assert shop.scan("S4", "WH1") == "duplicate count_twice"
    assert shop.counts.reading.get(ANNA, shop.number)["expected"] is None
    assert "wrong" not in shop.counts.reading.get(ANNA, shop.number)["people"][0]
    assert [one["answer"] for one in shop.counts.reading.scans(ANNA, shop.number)[0]] == ["duplicate", "right"]
    assert {one["expected"] for one in shop.counts.reading.places(ANNA, shop.number)[0]} == {None}
    assert shop.counts.reading.goods(ANNA, shop.number, "A-01") == []
    shop.finish()
    with pytest.raises(ForbiddenError):
        shop.counts.reading.differences(ANNA, shop.number)
    assert ("wrong_place", "S4", "WH1", "WH2") in shop.told()
    shop.counts.cancel(BOSS, shop.number)
    shop.open()
    shop.scan("S1", "A-01")
    places = shop.counts.reading.places(ANNA, shop.number)[0]
    assert [(one["place"], one["expected"], one["counted"]) for one in places] == [("A-01", 3, 1), ("WH1", 2, 0)]
    goods = shop.counts.reading.goods(ANNA, shop.number, "A-01")
    assert [(one["product"], one["expected"], one["counted"]) for one in goods] == [("SKU", 10, 0), ("WM", 2, 1)]


def test_live_counting_takes_what_moves_meanwhile_into_account(shop: Shop) -> None:
    world = shop.world
    shop.open(kind="live")
    assert shop.scan("S1", "A-01") == "right"
    world.post("ship", "S1", partner="D-GD")  # after it was counted
    world.post("ship", "S2", partner="D-GD")  # before anybody came
    world.post("move", "S4", place="WH1")  # came in, and is found
    assert shop.scan("S4", "WH1") == "right"
    world.post("receive", "S5", place="WH1")  # came in, and is not found
    assert shop.scan("SKU", "A-01", 4) == "right"
    world.post("issue", from_="A-01", place="WH2", quantities=[QuantityLine("SKU", Decimal(3))])
    assert shop.scan("SKU", "A-01", 3) == "right count_moved"
    world.post("move", from_="WH1", place="WH2", quantities=[QuantityLine("BT", Decimal(1), batch="B2")])
    shop.finish()
    assert shop.told() == {("missing", "S3", "WH1", "WH1"), ("quantity moved", "BT", "WH1", -3)}


def test_a_snapshot_tells_what_moved_and_adjusts_none_of_it(shop: Shop) -> None:
    world = shop.world
    shop.open()
    world.post("ship", "S2", partner="D-GD")
    world.post("receive", "S5", place="WH1")
    world.post("move", "S3", place="A-01")
    world.post("move", from_="A-01", place="WH2", quantities=[QuantityLine("SKU", Decimal(2))])
    assert shop.scan("S5", "WH1") == "wrong count_surplus"
    assert shop.scan("S3", "A-01") == "wrong count_wrong_place"
    assert shop.scan("S1", "A-01") == "right"
    shop.scan("SKU", "A-01", 8)
    shop.scan("BT", "WH1", 4)
    totals = shop.finish()
    assert shop.told() == {
        ("missing moved", "S2", "A-01", "A-01"), ("surplus moved", "S5", "WH1", "WH1"),
        ("wrong_place moved", "S3", "A-01", "WH1"), ("quantity moved", "SKU", "A-01", -2),
        ("quantity", "BT", "WH1", -4),
    }  # fmt: skip
    assert totals["moved"] == 4
    with pytest.raises(InvalidInputError) as error:
        shop.counts.decide(BOSS, shop.number, [Decision(one["line"], "lost") for one in shop.differences()])
    assert {one.code for one in error.value.problems} == {"count_moved_stays", "not_one_of"}


def test_a_package_counts_with_everything_in_it(shop: Shop) -> None:
    shop.world.boxes("BOX")
    shop.world.post("pack", "S1", "S2", data={"into": "BOX"})
    shop.open()
    shop.scan("S2", "A-01")
    assert shop.ask("BOX", "WH1")["params"] == {"item": "BOX", "pieces": 1, "wrong": 1}
    assert shop.scan("BOX", "A-01") == "wrong count_empty_box"
    box = shop.counts.reading.scans(BOSS, shop.number)[0][-1]
    assert shop.counts.undo(ANNA, shop.number, box["line"]["seq"]) == 1
    assert shop.ask("BOX", "A-01")["answer"] in {"right", "wrong"}
    seq = shop.counts.reading.scans(BOSS, shop.number)[0][0]["line"]["seq"]
    assert shop.counts.reading.get(BOSS, shop.number)["counted"] == 2
    with pytest.raises(ForbiddenError):
        shop.counts.undo(BEN, shop.number, seq)
    with pytest.raises(NotFoundError):
        shop.counts.undo(ANNA, shop.number, 99)
    shop.counts.undo(ANNA, shop.number, seq)
    assert shop.counts.reading.get(BOSS, shop.number)["counted"] == 1


def test_a_scan_that_is_sent_twice_is_answered_once(shop: Shop) -> None:
    shop.open()
    first = shop.ask("SKU", "A-01", 2, client_key="k1")
    shop.ask("S1", "A-01")
    assert shop.ask("SKU", "A-01", 2, client_key="k1") == first
    assert shop.counts.reading.get(BOSS, shop.number)["counted"] == 2
    with pytest.raises(ConflictError, match="client_key_reused"):
        shop.ask("S2", "A-01", client_key="k1")
    shop.finish()
    assert shop.ask("SKU", "A-01", 2, client_key="k1") == first


def test_several_people_count_at_once_and_every_piece_counts_once(shop: Shop) -> None:
    codes = [f"N{number:03d}" for number in range(60)]
    shop.world.bear(codes, state="in_stock", place_id=shop.world.ids["WH1"])
    shop.open()
    people = [person(f"p{number}") for number in range(6)]

    def count(number: int) -> list[str]:
        for time in range(5):
            scans = [shop.ask("SKU", "A-01", 1, by=people[number], client_key=f"{number}+{time}") for _ in range(2)]
            assert scans[0] == scans[1]  # sent twice, it counts once
        return [shop.scan(code, "WH1", by=people[number], client_key=f"{number}-{code}") for code in codes]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(count, range(6)))
    assert sum(one.count("right") for one in answers) == 60
    assert sum(one.count("duplicate count_twice") for one in answers) == 300
    view = shop.counts.reading.get(BOSS, shop.number)
    assert view["counted"] == 60 + 30
    assert sum(one["counted"] for one in view["people"]) == 60 + 30
    assert sum(one["scans"] for one in view["people"]) == 360 + 30
    goods = {one["product"]: one["counted"] for one in shop.counts.reading.goods(BOSS, shop.number, "A-01")}
    assert goods["SKU"] == 30


def test_somebody_else_counts_again_what_differs(shop: Shop) -> None:
    shop.open()
    for code, place in (("S3", "A-01"), ("S1", "A-01")):
        shop.scan(code, place)
    shop.scan("SKU", "A-01", 10)
    shop.scan("BT", "WH1", 9)  # a batch is needed
    shop.scan("B2", "WH1", 3)
    shop.finish()
    assert ("quantity", "BT", "WH1", -1) in shop.told()
    # The shelf and the batch that differ, and where the piece that lay wrongly belongs.
    assert shop.counts.recount(BOSS, shop.number) == 3
    for raw in ("S2", "A-01"):
        with pytest.raises(ConflictError, match="count_same_counter"):
            shop.scan(raw, "A-01")
    assert shop.scan("S2", "A-01", by=BEN) == "right"
    assert shop.scan("S1", "A-01", by=BEN) == "right"
    assert shop.scan("SKU", "A-01", 1, by=BEN) == "wrong count_not_again"
    assert shop.scan("S5", "A-01", by=BEN) == "wrong count_surplus"
    shop.counts.undo(BEN, shop.number, shop.counts.reading.scans(BOSS, shop.number)[0][0]["line"]["seq"])
    assert shop.scan("B2", "WH1", 4, by=BEN) == "right"
    shop.finish()
    assert shop.told() == {("missing", "S3", "WH1", "WH1")}
    assert shop.counts.recount(BOSS, shop.number, [Unit("WH1")]) == 1
    assert shop.scan("S3", "WH1", by=person("carl")) == "right"
    assert shop.scan("B2", "WH1", 4, by=person("carl")) == "right"
    assert shop.finish()["accuracy"] == 100.0
    with pytest.raises(ConflictError, match="count_nothing_again"):
        shop.counts.recount(BOSS, shop.number)


def test_the_only_counter_does_not_approve_unless_it_is_allowed(shop: Shop) -> None:
    both = person("both", counts_manage=None, counts_approve=None)
    shop.open("A-01")
    shop.scan("S1", by=both)
    shop.finish()
    with pytest.raises(ConflictError, match="count_own"):
        shop.counts.approve(both, shop.number)
    with pytest.raises(ForbiddenError):
        shop.counts.approve(ANNA, shop.number)
    shop.counts.cancel(BOSS, shop.number)
    shop.open("A-01", same_counter=True)
    shop.scan("S1", by=both)
    shop.finish()
    shop.counts.approve(both, shop.number)
    with pytest.raises(ConflictError, match="count_wrong_state"):
        shop.counts.recount(BOSS, shop.number)
    with shop.world.db.read() as tx:
        trail = tx.tuples("SELECT action, actor FROM audit WHERE subject = 'count' AND key = :key ORDER BY id",
                          key=shop.number)  # fmt: skip
    assert trail == [("open", "boss"), ("finish", "boss"), ("approve", "both")]


def test_what_cannot_be_opened_is_refused_with_every_reason(shop: Shop) -> None:
    with pytest.raises(InvalidInputError) as error:
        shop.counts.open(BOSS, OpenRequest(["NO", "WH1"], products=["NO"], tracking=["box"]))
    assert [(one.pointer, one.code) for one in error.value.problems] == [
        ("/tracking", "not_one_of"), ("/places/0", "unknown_place"), ("/products/0", "unknown_product"),
    ]  # fmt: skip
    with pytest.raises(ForbiddenError):
        shop.counts.open(ANNA, OpenRequest(["WH1"]))
    shop.open("WH1", products=("WM",))
    with pytest.raises(ConflictError) as overlap:
        shop.counts.open(BOSS, OpenRequest(["A-01"]))
    assert (overlap.value.code, overlap.value.params["item"]) == ("count_overlaps", shop.number)
    shop.open("A-01", products=("SKU",))
    with pytest.raises(InvalidInputError):
        shop.scan("SKU", None, "0.0000001")
    far = person("far")
    far.rights["operation.count"] = frozenset({shop.world.ids["WH2"]})  # type: ignore[index]  # a dict in this test
    with pytest.raises(ForbiddenError):
        shop.scan("SKU", by=far)
    assert json.dumps(shop.counts.reading.page(BOSS)[0][0]["places"]) == '["A-01"]'


def test_rights_of_counting_hold_for_places(shop: Shop) -> None:
    ids = shop.world.ids
    here, there = frozenset({ids["A-01"]}), frozenset({ids["WH1"], ids["A-01"]})
    local = {"operation.count": here, "counts.manage": here, "counts.approve": here, "items.view": here}
    shelf, store = Actor("shelf", rights=local), Actor("store", rights=dict.fromkeys(local, there))
    away = Actor("away", rights=dict.fromkeys(local, frozenset({ids["WH2"]})))
    with pytest.raises(ForbiddenError):
        shop.counts.open(shelf, OpenRequest(["WH1"]))
    shop.open("WH1")
    assert shop.scan("S4", "A-01", by=shelf) == "wrong count_wrong_place"
    assert shop.ask("S4", "A-01", by=shelf)["params"]["place"] == "A-01"
    with pytest.raises(ForbiddenError):
        shop.scan("S3", "WH1", by=shelf)
    with pytest.raises(ForbiddenError):
        shop.scan("WH1", by=shelf)
    shop.scan("S3", "WH1")
    reading = shop.counts.reading
    assert [one["number"] for one in reading.page(shelf)[0]] == [shop.number]
    assert reading.page(away)[0] == []
    for ask in (reading.get, reading.places, reading.scans, reading.differences):
        with pytest.raises(NotFoundError):
            ask(away, shop.number)
    seen = reading.get(shelf, shop.number)
    assert (seen["expected"], seen["counted"], seen["may"]) == (3, 1, ["count"])
    assert [one["user"] for one in seen["people"]] == ["shelf"]
    assert [one["place"] for one in reading.places(shelf, shop.number)[0]] == ["A-01"]
    assert {one["line"]["item"] for one in reading.scans(shelf, shop.number)[0]} == {"S4"}
    assert reading.scans(shelf, shop.number)[0][-1]["params"] == {"item": "S4", "place": "—", "state": "in_stock"}
    with pytest.raises(NotFoundError):
        reading.goods(shelf, shop.number, "WH1")
    for act in (shop.counts.finish, shop.counts.cancel):
        with pytest.raises(ForbiddenError):
            act(shelf, shop.number)
    shop.finish()
    told = {(one["item"] or one["product"], one["book_place"]) for one in reading.differences(shelf, shop.number)[0]}
    assert told == {("S1", "A-01"), ("S2", "A-01"), ("S4", None), ("SKU", "A-01")}
    with pytest.raises(ForbiddenError):
        shop.counts.approve(shelf, shop.number)
    assert reading.get(store, shop.number)["may"] == ["approve", "count", "manage"]
    shop.counts.approve(store, shop.number)
    answer = shop.counts.post(store, shop.number)
    # What the books have in the other store is not taken from there by who manages this one only.
    assert (answer["state"], answer["refused"]) == ("posted", 1)
    problems = {one["item"]: one["problem"] for one in shop.differences() if one["problem"]}
    assert problems == {"S4": "no_right"}
    assert shop.world.item("S4")["place"] == "WH2"


def test_figures_of_people_are_those_of_one_round(shop: Shop) -> None:
    shop.open("A-01")
    shop.scan("S1")
    shop.scan("??-1")
    shop.finish()
    shop.counts.recount(BOSS, shop.number)
    assert shop.counts.reading.get(BOSS, shop.number)["people"] == []
    shop.scan("S2", by=BEN)
    view = shop.counts.reading.get(BOSS, shop.number)
    assert [(one["user"], one["scans"]) for one in view["people"]] == [("ben", 1)]
    assert (view["people_round"], view["unknown"], view["counted"]) == (2, 1, 2)
    first = shop.counts.reading.get(BOSS, shop.number, round_=1)
    assert [(one["user"], one["scans"], one["counted"]) for one in first["people"]] == [("anna", 2, 1)]
