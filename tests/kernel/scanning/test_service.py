from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches.store import batch
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.items.store import identifier
from mazhi.kernel.partners.store import partner
from mazhi.kernel.places.store import place
from mazhi.kernel.products.store import product
from mazhi.kernel.scanning.guessing import phone_spellings
from mazhi.kernel.scanning.reading import Reading
from mazhi.kernel.scanning.service import Scanning
from mazhi.kernel.statements import Result
from tests.kernel.world import World, unguard

GTIN = "06901234567892"
OTHER = "06901234567908"
SSCC = "169012340000000014"
GLN = "6901234000016"
IMEI = "490154203237518"


class Shop:
    """A small company and its scanner."""

    def __init__(self, db: Database) -> None:
        self.world = World(db)
        self.scanning = Scanning(db, self.world.items.by_ids)
        add = self.world.add
        add(product, "RO", name="净水机", tracking="serial", gtin=GTIN)
        add(product, "RX", name="商用机", tracking="serial", gtin=OTHER)
        add(product, "PKG", name="包装", tracking="sku")
        add(batch, "B2611", product_id=self.world.ids["RO"], supplier_batch="S-77")
        add(place, "WH1", name="成品仓", kind="warehouse", path="/1/")
        add(place, "A-01", name="库位", kind="bin", path="/2/")
        add(place, GLN, name="总部", kind="site", path="/3/")
        add(partner, "D-GD", name="广东经销商", kind="dealer", phone="13800138000")
        self.world.bear(["SN0001", "SN0002"], "RO", batch_id=self.world.ids["B2611"])
        self.world.bear(["X77"], "RX")

    def name(self, code: str, value: str, namespace: str) -> None:
        """Give an item one more identifier."""
        with self.world.db.write() as tx:
            item_id = self.id_of(tx, code)
            tx.conn.execute(identifier.insert().values(value=value, namespace=namespace, item_id=item_id))

    def forget(self, value: str, namespace: str) -> None:
        """Take the identifier away again."""
        with self.world.db.write() as tx:
            unguard(tx, "identifier")
            tx.run("DELETE FROM identifier WHERE value = :value AND namespace = :space", value=value, space=namespace)

    def id_of(self, tx: Tx, code: str) -> int:
        return int(tx.scalar("SELECT id FROM item WHERE code = :code", code=code))

    def read(self, raw: str, **asked: Any) -> list[Reading]:
        return self.scanning.read(raw, **asked)

    def first(self, raw: str, **asked: Any) -> Reading:
        return self.read(raw, **asked)[0]


@pytest.fixture
def shop(db: Database) -> Shop:
    return Shop(db)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def item_code(reading: Reading) -> str | None:
    return None if reading.item is None else str(reading.item["code"])


def test_our_own_code_is_the_item(shop: Shop) -> None:
    (reading,) = shop.read("SN0001\r\n")
    assert (reading.kind, reading.via, reading.rank, codes(reading)) == ("item", "identifier", 1, [])
    assert (item_code(reading), reading.product, reading.batch) == ("SN0001", "RO", "B2611")
    assert reading.namespaces == ("own",)


def test_our_own_code_behind_an_aim_identifier_is_the_item(shop: Shop) -> None:
    for aim in ("]C0", "]Q1", "]d1", "]A0"):
        assert item_code(shop.first(aim + "SN0001")) == "SN0001"


def test_every_identifier_of_an_item_finds_it(shop: Shop) -> None:
    for value, namespace, raw in [
        (IMEI, "imei", IMEI),
        (IMEI, "imei", "IMEI: " + IMEI),
        ("00:1B:44:11:3A:B7", "mac", "001b.4411.3ab7"),
        ("001b44113ab7", "mac", "00-1B-44-11-3A-B7"),
        ("1M8GDM9AXKP042788", "vin", "1m8gdm9axkp042788"),
        ("81001234567890123456", "drug", "81001234567890123456"),
        ("7Q2M9XK4", "public", "https://m.example.com/q/7Q2M9XK4"),
        ("7Q2M9XK4", "public", "https://m.example.com/?c=7Q2M9XK4"),
        ("urn:epc:id:sgtin:6901234.056789.9", "epc", "urn:epc:id:sgtin:6901234.056789.9"),
        ("A999712345678", "isbt", "=A99971234567890"),
        ("SUP-9", "S-1", "[)>\x1e06\x1d1PX\x1dSSUP-9\x1e\x04"),
        ("水表１号", "own", "水表１号"),
        ("a b", "own", "a b"),
        ("6901234ASSET1", "asset", "(8004)6901234ASSET1"),
    ]:
        shop.name("SN0002", value, namespace)
        assert item_code(shop.first(raw)) == "SN0002", raw
        shop.forget(value, namespace)
        assert shop.first(raw).item is None, raw


def test_an_own_code_that_looks_like_gs1_is_the_own_code_and_the_other_reading_is_kept(shop: Shop) -> None:
    shop.world.bear(["96385074"], "RX")
    first, *others = shop.read("96385074")
    assert (first.kind, first.via, item_code(first)) == ("item", "identifier", "96385074")
    assert [other.via for other in others] == ["gtin", "gs1"]
    assert all(other.kind == "unknown" for other in others)


def test_a_lot_that_looks_like_gs1_is_the_lot(shop: Shop) -> None:
    shop.world.add(batch, "10D9T", product_id=shop.world.ids["RO"])
    shop.world.add(batch, "D9T", product_id=shop.world.ids["RO"])
    first, second = shop.read("10D9T")
    assert (first.kind, first.via, first.batch, first.product) == ("batch", "code", "10D9T", "RO")
    assert (second.kind, second.via) == ("unknown", "gs1")


def test_a_serial_is_looked_for_among_the_items_of_its_product_only(shop: Shop) -> None:
    shop.name("SN0001", "7", "RO")
    shop.name("X77", "7", "RX")
    for spelled in ("01{}217", "(01){}(21)7", "https://id.example.com/01/{}/21/7", "]d201{}217"):
        assert [item_code(reading) for reading in shop.read(spelled.format(GTIN))] == ["SN0001"]
        assert [item_code(reading) for reading in shop.read(spelled.format(OTHER))] == ["X77"]


def test_a_serial_of_several_products_asks(shop: Shop) -> None:
    shop.name("SN0001", "7", "RO")
    shop.name("X77", "7", "RX")
    readings = shop.read("7")
    assert [item_code(reading) for reading in readings] == ["SN0001", "X77"]
    assert [reading.rank for reading in readings] == [1, 2]
    assert all(codes(reading) == ["ambiguous_item"] for reading in readings)
    assert readings[0].problems[0].params == {"item": "7", "namespaces": "RO, RX"}


def test_what_the_field_expects_stands_first(shop: Shop) -> None:
    shop.name("SN0001", "7", "RO")
    shop.name("X77", "7", "RX")
    shop.world.add(place, "7", name="七号位", kind="bin", path="/7/")
    assert shop.first("7", context={"kind": "place"}).place == "7"
    assert shop.first("7", context={"kind": ["place", "partner"]}).place == "7"
    assert item_code(shop.first("7", context={"namespace": "RX"})) == "X77"
    assert item_code(shop.first("7", context={"product": "RX"})) == "X77"
    assert item_code(shop.first("7", context={"kind": {"odd": 1}, "product": 5, "namespace": None})) == "SN0001"


def test_one_item_with_the_same_value_in_two_namespaces_is_one_reading(shop: Shop) -> None:
    shop.name("SN0001", "SN0001", "supplier")
    (reading,) = shop.read("SN0001")
    assert reading.namespaces == ("own", "supplier")
    assert codes(reading) == []


def test_a_trade_item_number_is_the_product(shop: Shop) -> None:
    for raw in ("6901234567892", GTIN, "]E06901234567892", "01" + GTIN, "(01)" + GTIN):
        reading = shop.first(raw)
        assert (reading.kind, reading.product, reading.name, reading.item) == ("product", "RO", "净水机", None)
        assert reading.elements["01"] == GTIN
        assert reading.carries == "product"


def test_number_and_lot_are_the_batch(shop: Shop) -> None:
    reading = shop.first(f"]C101{GTIN}10B2611")
    assert (reading.kind, reading.batch, reading.product, reading.carries) == ("batch", "B2611", "RO", "batch")


def test_a_part_that_is_not_known_is_named(shop: Shop) -> None:
    serial = shop.first(f"(01){GTIN}(21)NOPE")
    assert (serial.kind, serial.product, codes(serial)) == ("product", "RO", ["unknown_serial"])
    lot = shop.first(f"(01){GTIN}(10)NOPE")
    assert (lot.kind, lot.product, codes(lot)) == ("product", "RO", ["unknown_batch"])
    both = shop.first(f"(01){GTIN}(10)B2611(21)NOPE")
    assert (both.kind, both.batch, codes(both)) == ("batch", "B2611", ["unknown_serial"])
    neither = shop.first("(01)00000096385074(21)SN0001")
    assert (neither.kind, neither.item, codes(neither)) == ("unknown", None, ["unknown_product"])


def test_a_serial_on_the_wrong_box_is_told(shop: Shop) -> None:
    reading = shop.first(f"(01){OTHER}(21)SN0001")
    assert (reading.kind, reading.product, codes(reading)) == ("product", "RX", ["serial_elsewhere"])
    assert reading.problems[0].params["other"] == "RO"


def test_a_label_with_another_batch_than_the_item_is_doubted(shop: Shop) -> None:
    reading = shop.first(f"(01){GTIN}(10)OTHER(21)SN0001")
    assert (item_code(reading), codes(reading)) == ("SN0001", ["batch_differs"])
    assert codes(shop.first(f"(01){GTIN}(10)S-77(21)SN0001")) == []


def test_an_outer_package_names_what_it_holds(shop: Shop) -> None:
    reading = shop.first("16901234567899")
    assert (reading.kind, reading.product, codes(reading)) == ("product", "RO", ["packaging_level"])


def test_two_products_with_one_number_ask(shop: Shop) -> None:
    shop.world.add(product, "RO-B", name="净水机 B", tracking="serial", gtin=GTIN)
    readings = shop.read(GTIN)
    assert {reading.product for reading in readings} == {"RO", "RO-B"}
    assert all(codes(reading) == ["ambiguous_product"] for reading in readings)


def test_a_package_is_found_however_its_number_is_kept(shop: Shop) -> None:
    shop.world.bear(["BOX-1"], "PKG", kind="package")
    for kept in (SSCC, "00" + SSCC, f"(00){SSCC}"):
        shop.name("BOX-1", kept, "sscc")
        for raw in (f"(00){SSCC}", f"]C100{SSCC}", f"https://id.example.com/00/{SSCC}"):
            reading = shop.first(raw)
            assert (reading.kind, item_code(reading), reading.carries) == ("package", "BOX-1", "package")
        shop.forget(kept, "sscc")


def test_places_partners_and_products_are_found_by_their_codes(shop: Shop) -> None:
    assert (shop.first("WH1").kind, shop.first("WH1").place, shop.first("WH1").name) == ("place", "WH1", "成品仓")
    assert (shop.first("D-GD").kind, shop.first("D-GD").partner) == ("partner", "D-GD")
    assert (shop.first("RO").kind, shop.first("RO").product) == ("product", "RO")
    shop.world.add(product, GLN, name="同名产品", tracking="sku")
    assert [reading.place for reading in shop.read(f"(414){GLN}")] == [GLN]
    assert (shop.first("S-77").kind, shop.first("S-77").via, shop.first("S-77").batch) == (
        "batch",
        "supplier_batch",
        "B2611",
    )


def test_one_code_of_several_things_gives_them_all(shop: Shop) -> None:
    shop.world.add(place, "SN0001", name="怪名", kind="bin", path="/5/")
    shop.world.add(batch, "B2611", product_id=shop.world.ids["RX"])
    assert [reading.kind for reading in shop.read("SN0001")] == ["item", "place"]
    both = shop.read("B2611")
    assert {reading.product for reading in both} == {"RO", "RX"}
    assert all(codes(reading) == ["ambiguous_batch"] for reading in both)


def test_a_product_whose_code_is_its_number_still_tells_the_number(shop: Shop) -> None:
    shop.world.add(product, "96385074", name="小包装", tracking="sku", gtin="00000096385074")
    first, *others = shop.read("96385074")
    assert (first.product, first.via, first.elements) == ("96385074", "code", {"01": "00000096385074"})
    assert [other.kind for other in others] == ["unknown"]


def test_other_capitals_and_full_width_find_it_and_say_so(shop: Shop) -> None:
    lower = shop.first("sn0001")
    assert (item_code(lower), codes(lower)) == ("SN0001", ["letter_case"])
    wide = shop.first("ＳＮ０００１")
    assert (item_code(wide), codes(wide)) == ("SN0001", ["fullwidth_characters"])
    assert shop.first("wh1").place == "WH1"


def test_two_codes_that_differ_in_capitals_are_two(shop: Shop) -> None:
    shop.world.bear(["sn0001"], "RX")
    (reading,) = shop.read("sn0001")
    assert (item_code(reading), codes(reading)) == ("sn0001", [])


def test_a_lost_separator_is_found_by_what_exists(shop: Shop) -> None:
    short = shop.first(f"01{GTIN}10B261121SN0001")
    assert (item_code(short), short.via, codes(short)) == ("SN0001", "gs1", ["lost_separator"])
    assert short.elements == {"01": GTIN, "10": "B2611", "21": "SN0001"}
    shop.name("SN0002", "A-VERY-LONG-SERIAL", "own")
    long = shop.first(f"]C101{GTIN}10B261121A-VERY-LONG-SERIAL")
    assert (item_code(long), codes(long)) == ("SN0002", ["lost_separator"])
    key = shop.first(f"01{GTIN}10B2611F821SN0001")
    assert (item_code(key), codes(key)) == ("SN0001", ["lost_separator"])
    dated = shop.first(f"01{GTIN}10B261117261231")
    assert (dated.kind, dated.batch, dated.elements["17"]) == ("batch", "B2611", "261231")


def test_a_lost_separator_is_not_seen_where_the_code_is_known(shop: Shop) -> None:
    shop.world.add(batch, "B261121SN0001", product_id=shop.world.ids["RO"])
    first = shop.first(f"01{GTIN}10B261121SN0001")
    assert (first.kind, first.batch, codes(first)) == ("batch", "B261121SN0001", [])


def test_a_slip_of_the_finger_is_offered_but_not_taken(shop: Shop) -> None:
    first, *others = shop.read("SN0010")
    assert (first.kind, codes(first)) == ("unknown", ["unknown_item"])
    assert [(other.via, item_code(other), codes(other)) for other in others] == [("near_miss", "SN0001", ["near_miss"])]
    assert shop.first("SN0010", context={"kind": "item"}).kind == "unknown"
    assert {item_code(reading) for reading in shop.read("SN000")} == {None, "SN0001", "SN0002"}
    assert len(shop.read("ZZZZZZZZ")) == 1


def test_a_telephone_number_finds_the_partner(shop: Shop) -> None:
    for typed in ("13800138000", "+86 138 0013 8000", "0086-13800138000"):
        reading = shop.first(typed)
        assert (reading.kind, reading.via, reading.partner) == ("partner", "phone", "D-GD")


@pytest.mark.parametrize("text", ["", "12345", "SN0001", "138001380001", "1380013800a", GTIN])
def test_what_is_no_telephone_number_is_not_looked_for(text: str) -> None:
    assert phone_spellings(text) == []


def test_the_end_of_a_code_finds_it(shop: Shop) -> None:
    shop.world.bear(["RO2611-00A042"], "RO")
    for typed in ("00A042", "00a042", "2611-00A042"):
        reading = shop.first(typed)
        assert (reading.kind, reading.via, item_code(reading), codes(reading)) == (
            "item",
            "suffix",
            "RO2611-00A042",
            [],
        )
    assert shop.first("0A042").via == "raw"
    shop.world.bear(["A-123456789", "B-123456789", "C-223456789"], "RX")
    both = [reading for reading in shop.read("-123456789") if reading.via == "suffix"]
    assert {item_code(reading) for reading in both} == {"A-123456789", "B-123456789"}
    assert all(codes(reading) == ["ambiguous_ending"] for reading in both)
    assert len([one for one in shop.read("3456789") if one.via == "suffix"]) == 3


def test_an_item_that_the_actor_may_not_see_is_not_known(shop: Shop) -> None:
    here = shop.world.ids["WH1"]
    shop.world.bear(["P1"], "RX", place_id=here)
    shop.world.bear(["P2"], "RX", place_id=shop.world.ids["A-01"])
    keeper = Actor("keeper", 1, {"items.view": frozenset({here})})
    nobody = replace(SYSTEM, everything=False)
    assert item_code(shop.first("P1", actor=keeper)) == "P1"
    assert shop.first("P2", actor=keeper).kind == "unknown"
    assert item_code(shop.first("SN0001", actor=keeper)) == "SN0001"  # it has no place yet
    assert shop.first("P1", actor=nobody).kind == "unknown"
    assert all(reading.item is None for reading in shop.read("P3", actor=nobody))
    assert shop.first("WH1", actor=nobody).place == "WH1"


def test_nothing_that_is_scanned_breaks_it(shop: Shop) -> None:
    for raw in ("", "\r\n", "\0", "a\0b", "\ud800", "SN\udfff", "x" * 9000, "'", "%", "中" * 300):
        (reading, *_) = shop.read(raw)
        assert (reading.kind, reading.rank) == ("unknown", 1)
        assert reading.problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(raw=st.text(max_size=60) | st.text("0123456789SNROBX()/]C1\x1d", max_size=40))
def test_any_text_is_answered(shop: Shop, raw: str) -> None:
    readings = shop.read(raw)
    assert [reading.rank for reading in readings] == list(range(1, len(readings) + 1))
    assert all((reading.item is None) == (reading.item_id is None) for reading in readings)


def test_a_scan_asks_the_database_few_times_whatever_it_is(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = Tx.run

    def counted(tx: Tx, template: str, **params: Any) -> Result:
        asked.append(template)
        return run(tx, template, **params)

    monkeypatch.setattr(Tx, "run", counted)
    scanning = Scanning(shop.world.db, lambda _tx, ids, _rows: {one: {} for one in ids})
    for raw, most in [("SN0001", 3), (f"]C101{GTIN}10B2611\x1d21SN0001", 3), (GTIN, 3), ("NOBODY-KNOWS", 4)]:
        asked.clear()
        scanning.read(raw)
        statements = [one for one in asked if one.lstrip().startswith("SELECT")]
        assert 0 < len(statements) <= most, (raw, statements)


def test_elements_are_explained(shop: Shop) -> None:
    parts = {part.ai: part for part in shop.first(f"]d201{GTIN}17261200").parts}
    assert (parts["17"].zh, parts["17"].meaning) == ("有效期", "2026-12-31")


def test_errors_stand_before_warnings(shop: Shop) -> None:
    reading = shop.first("(21)A B(17)261301")
    assert codes(reading) == ["wrong_character", "bad_date", "unknown_item", "missing_partner", "missing_partner"]
