"""The data of labels: what each field says, and how long ten thousand take."""

from __future__ import annotations

import time
from datetime import date

import pytest

from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.labels.data import store
from mazhi.engines.labels.data.catalogue import FIELDS, GROUPS, catalogue
from mazhi.engines.labels.data.loading import Loader, resolve
from mazhi.engines.labels.data.model import LabelData, sample
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches.store import batch
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, InvalidInputError
from mazhi.kernel.packaging.store import package_type, set_types
from mazhi.kernel.products.store import product
from tests.kernel.world import World

GTIN = "06901234567892"
SSCC = "069012345000000011"


@pytest.fixture
def world(db: Database) -> World:
    made = World(db).furnish()
    made.add(product, "MT", name="智能电表", tracking="serial", gtin=GTIN, unit="台", category="MT", warranty_days=365)
    made.add(
        batch, "MB", product_id=made.ids["MT"], made_on="2026-11-21", expires_on="2028-11-20", supplier_batch="S-7",
        supplier_id=made.ids["SUP"],
    )  # fmt: skip
    return made


def load(world: World, *codes: str, names: set[str] | None = None) -> list[LabelData]:
    with world.db.read() as tx:
        return Loader(world.cycles).load(tx, resolve(tx, SYSTEM, codes), names=names)


def test_an_item_is_told_with_all_that_belongs_to_it(world: World) -> None:
    place, partner = world.ids["WH1"], world.ids["D-GD"]
    world.bear(["SN/1"], "MT", batch_id=world.ids["MB"], place_id=place, holder_id=partner, state="in_stock")
    (data,) = load(world, "SN/1")
    assert (data("item.code"), data("序列号"), data("product.name"), data("产品名称")) == (
        "SN/1", "SN/1", "智能电表", "智能电表",
    )  # fmt: skip
    assert (data("item.state"), data("item.state_name")) == ("in_stock", "在库")
    assert (data("item.place"), data("item.place_name"), data("item.holder_name")) == ("WH1", "成品仓", "广东经销商")
    assert data("batch.made_on") == date(2026, 11, 21) and data("batch.supplier_name") == "供应商"
    assert data("product.gtin") == GTIN and data("product.unit") == "台"
    assert data("item.digital_link") == f"https://id.gs1.org/01/{GTIN}/21/SN%2F1"
    assert data("item.born_at").tzinfo is None and data("item.owner") is None
    assert data("package.count") is None and data("identifier.imei") is None
    with pytest.raises(LookupError):
        data("item.nonsense")
    assert parse_text('{产品名称} {TEXT(生产日期, "yyMMdd")}{package.sscc}').render(data) == "智能电表 261121"


def test_identifiers_are_there_by_namespace(world: World) -> None:
    world.bear(["P1"], "MT")
    with world.db.write() as tx:
        (item_id,) = resolve(tx, SYSTEM, ["P1"])
        tx.run("INSERT INTO identifier (value, namespace, item_id) VALUES ('IM1', 'imei1', :id)", id=item_id)
    (data,) = load(world, "IM1")
    assert (data.code, data("identifier.imei1"), data("identifier.own")) == ("P1", "IM1", "P1")


def test_a_package_is_told_by_what_is_in_it_however_deep(world: World) -> None:
    pallet, box, other = f"(00){SSCC}", "BOX1", "BOX2"
    world.boxes(pallet, box, other)
    with world.db.read() as tx:
        outer, inner, second = resolve(tx, SYSTEM, [pallet, box, other])
    world.bear(["A", "B"], "MT", batch_id=world.ids["MB"], parent_id=inner)
    world.bear(["C"], "MT", parent_id=second)
    kind = world.add(
        package_type, "K24", name="纸箱", level=1, mixed_products=True, mixed_batches=True, active=True, version=1
    )
    with world.db.write() as tx:
        tx.run("UPDATE item SET parent_id = :outer WHERE id ANY(:ids, bigint)", outer=outer, ids=[inner, second])
        set_types(tx, [inner], kind)
    whole, carton = load(world, pallet, box)
    assert (whole("package.count"), whole("package.sscc"), whole("item.digital_link")) == (
        3, SSCC, f"https://id.gs1.org/00/{SSCC}",
    )  # fmt: skip
    assert whole("contents.code") == [box, other]
    assert whole("product.name") == "智能电表" and whole("batch.code") is None  # one product, not all of one batch
    assert (carton("package.count"), carton("batch.code"), carton("装箱数量")) == (2, "MB", 2)
    assert (carton("package.type"), carton("package.type_name"), carton("package.sscc")) == ("K24", "纸箱", None)
    assert [row["product_name"] for row in carton("contents")] == ["智能电表", "智能电表"]
    assert carton("item.parent") == pallet
    assert parse_text('{TEXTJOIN("/", TRUE, contents.code)}').render(carton) == "A/B"


def test_parts_are_pieces_and_quantities_of_batches(world: World) -> None:
    world.bear(["UNIT"], "MT")
    with world.db.read() as tx:
        (unit,) = resolve(tx, SYSTEM, ["UNIT"])
    world.bear(["PUMP"], "WM", parent_id=unit, state="built_in")
    with world.db.write() as tx:
        tx.run(
            "INSERT INTO part_of (parent_id, child_kind, child_id, since_event, quantity, since_at) "
            "VALUES (:unit, 'batch', :batch, 1, 2000000, 0)",
            unit=unit, batch=world.ids["B1"],
        )  # fmt: skip
    (data,) = load(world, "UNIT")
    assert data("parts.code") == ["PUMP", None] and data("parts.batch") == [None, "B1"]
    assert data("parts.product_name") == ["水表", "滤芯"] and data("contents.code") == []


def test_every_unknown_and_ambiguous_item_is_named(world: World) -> None:
    world.bear(["X1", "X2"])
    with world.db.write() as tx:
        one, other = resolve(tx, SYSTEM, ["X1", "X2"])
        for namespace, item_id in (("own", one), ("supplier", other)):
            tx.run(
                "INSERT INTO identifier (value, namespace, item_id) VALUES ('S', :space, :id)",
                space=namespace, id=item_id,
            )  # fmt: skip
        assert resolve(tx, SYSTEM, [("S", "supplier"), "X1", "X1"]) == [other, one, one]
        with pytest.raises(InvalidInputError) as caught:
            resolve(tx, SYSTEM, ["X1", "none", "S", "no\0ne"])
    assert [(one.code, one.pointer, one.item) for one in caught.value.problems] == [
        ("unknown_item", "/items/1", "none"),
        ("ambiguous_item", "/items/2", "S"),
        ("unknown_item", "/items/3", "no\0ne"),
    ]


def test_only_items_that_one_may_see_are_printed(world: World) -> None:
    world.bear(["HERE"], place_id=world.ids["WH1"])
    world.bear(["THERE"], place_id=world.ids["WH2"])
    keeper = Actor("k", rights={"items.view": frozenset({world.ids["WH1"]})})
    with world.db.read() as tx:
        assert len(resolve(tx, keeper, ["HERE"])) == 1
        with pytest.raises(InvalidInputError):
            resolve(tx, keeper, ["THERE"])
        with pytest.raises(ForbiddenError):
            resolve(tx, Actor("nobody"), ["HERE"])


def test_records_stand_alone_or_beside_items(world: World) -> None:
    world.bear(["R1", "R2"])
    loader = Loader(world.cycles)
    with world.db.read() as tx:
        ids = resolve(tx, SYSTEM, ["R1", "R2"])
        alone = loader.load(tx, [], [{"客户": "甲", "地址": {"市": "深圳"}}, {"客户": "乙"}], run={"user": "u"})
        beside = loader.load(tx, ids, [{"n": 1}, {"n": 2}])
        with pytest.raises(InvalidInputError, match="label_records_paired"):
            loader.load(tx, ids, [{"n": 1}])
    assert [one("record.客户") for one in alone] == ["甲", "乙"] and alone[0]("record.地址.市") == "深圳"
    assert alone[0]("客户") == "甲" and alone[0]("item.code") is None
    assert [(one("print.number"), one("print.total"), one("print.user")) for one in alone] == [(1, 2, "u"), (2, 2, "u")]
    with pytest.raises(LookupError):
        alone[1]("record.地址.市")
    assert [(one("item.code"), one("record.n")) for one in beside] == [("R1", 1), ("R2", 2)]


def test_the_host_of_digital_links_is_a_setting(world: World) -> None:
    world.bear(["D1"], "MT")
    with world.db.write() as tx:
        store.set_host(tx, "https://q.example.com/a")
    assert load(world, "D1")[0]("item.digital_link") == f"https://q.example.com/a/01/{GTIN}/21/D1"
    assert store.is_host("http://10.0.0.1:8080") and not store.is_host("ftp://x") and not store.is_host("https://x/?a")


def test_the_sample_has_every_field_of_the_catalogue() -> None:
    data = sample()
    assert {one.name for one in FIELDS if data(one.name) is None} == set()
    assert data("record.客户") and sample({"客户": "甲"})("record.客户") == "甲"
    with pytest.raises(LookupError):
        data("客户")
    assert data("identifier.anything") and data("序列号") == catalogue.find("item.code").example  # type: ignore[union-attr]
    assert {one.group for one in FIELDS} == set(GROUPS)
    names = [name for one in FIELDS for name in (one.name, one.zh)]
    assert len(names) == len(set(names)) and catalogue.knows("record.x") and not catalogue.knows("item.x")


def test_ten_thousand_items_are_read_in_a_second(world: World) -> None:
    codes = [f"T{number:05}" for number in range(10_000)]
    world.bear(codes, "MT", batch_id=world.ids["MB"], place_id=world.ids["WH1"])
    started = time.perf_counter()
    found = load(world, *codes)
    took = time.perf_counter() - started
    assert [one("item.code") for one in found] == codes and found[-1]("print.number") == 10_000
    assert took < 5  # one second on a machine that does nothing else
