from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.places.model import Place
from mazhi.kernel.places.service import Places
from mazhi.kernel.products import store
from mazhi.kernel.products.model import Capture, CaptureRule, Product
from mazhi.kernel.products.service import Products
from mazhi.kernel.products.store import ProductFilter

FULL = Product(
    code="WM-20",
    name="智能水表 DN20",
    tracking="serial",
    batch_managed=True,
    shelf_life_days=540,
    gtin="6901234567892",
    unit="台",
    category="WM",
    warranty_days=730,
    warranty_from="ship",
    warranty_delay_days=30,
    stock_age_days=180,
    inspect_on=("receive", "return_"),
    life_cycle="goods",
    capture=Capture((CaptureRule("none", "receive", "WH1"),), pattern="SN####"),
    rule="WM",
)


@pytest.fixture
def products(db: Database) -> Products:
    Places(db).create(SYSTEM, Place(code="WH1", name="成品仓", kind="warehouse"))
    with db.write() as tx:
        tx.run(
            "INSERT INTO code_rule (code, version, name, body, status, used, revision, created_at, created_by)"
            " VALUES ('WM', 1, '水表', '[]', 'in_force', false, 1, 0, 'x')"
        )
    return Products(db, LifeCycles(db))


def plain(code: str, **fields: Any) -> Product:
    return Product(**{"code": code, "name": f"产品 {code}", "tracking": "serial", **fields})


def refused(work: Callable[[], object]) -> tuple[type[PlatformError], str]:
    with pytest.raises(PlatformError) as error:
        work()
    return type(error.value), error.value.code


def test_a_product_is_kept_as_it_was_given_with_its_gtin_at_14_digits(products: Products) -> None:
    made = products.create(SYSTEM, FULL)
    assert made.gtin == "06901234567892"
    assert made.id > 0
    assert products.get("WM-20") == made
    assert {name: made.facts()[name] for name in made.facts() if name != "gtin"} == {
        name: value for name, value in FULL.facts().items() if name != "gtin"
    }


def test_a_taken_code_is_refused_where_it_stands(products: Products) -> None:
    products.create(SYSTEM, plain("A"))
    with pytest.raises(ConflictError) as error:
        products.create(SYSTEM, plain("A"))
    assert error.value.code == "already_exists"
    assert [(problem.pointer, problem.item) for problem in error.value.problems] == [("/code", "A")]


def test_of_several_who_add_the_same_code_one_wins(products: Products) -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        try:
            outcomes.append(products.create(SYSTEM, plain("A")).code)
        except ConflictError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["A", *["already_exists"] * 3]


def test_every_fault_of_a_new_product_is_named_at_once(products: Products) -> None:
    wrong = plain(
        " A",
        name="",
        gtin="123",
        life_cycle="nothing",
        rule="R",
        capture=Capture((CaptureRule("none", place="nowhere"),)),
    )
    with pytest.raises(InvalidInputError) as error:
        products.create(SYSTEM, wrong)
    assert {(problem.pointer, problem.code) for problem in error.value.problems} == {
        ("/code", "bad_code"),
        ("/name", "text_missing"),
        ("/gtin", "bad_gtin"),
        ("/life_cycle", "unknown_life_cycle"),
        ("/rule", "unknown_rule"),
        ("/capture/rules/0/place", "unknown_place"),
    }
    assert products.find(ProductFilter()).rows == []


def test_a_change_touches_only_what_was_given_and_makes_the_next_version(products: Products) -> None:
    made = products.create(SYSTEM, FULL)
    changed = products.change(SYSTEM, "WM-20", 1, {"name": "水表", "gtin": None, "active": False})
    assert (changed.version, changed.name, changed.gtin, changed.active) == (2, "水表", None, False)
    assert products.get("WM-20") == changed
    rest = set(made.facts()) - {"name", "gtin", "active"}
    assert {name: changed.facts()[name] for name in rest} == {name: made.facts()[name] for name in rest}


def test_who_changes_an_old_version_is_told_the_present_one(products: Products) -> None:
    products.create(SYSTEM, plain("A"))
    products.change(SYSTEM, "A", 1, {"unit": "台"})
    with pytest.raises(ConflictError) as error:
        products.change(SYSTEM, "A", 1, {"unit": "件"})
    assert (error.value.code, error.value.params) == ("edit_conflict", {"version": 1, "present": 2})
    assert products.get("A").unit == "台"


def test_of_several_changes_of_one_version_one_wins(products: Products) -> None:
    products.create(SYSTEM, plain("A"))
    outcomes: list[str] = []
    barrier = threading.Barrier(4)

    def work(number: int) -> None:
        barrier.wait()
        try:
            outcomes.append(str(products.change(SYSTEM, "A", 1, {"unit": f"u{number}"}).version))
        except ConflictError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["2", *["edit_conflict"] * 3]


def test_a_rule_that_is_gone_does_not_stop_other_changes(db: Database, products: Products) -> None:
    products.create(SYSTEM, FULL)
    with db.write() as tx:
        tx.run("DELETE FROM code_rule")
    assert products.change(SYSTEM, "WM-20", 1, {"unit": "件"}).unit == "件"
    products.change(SYSTEM, "WM-20", 2, {"rule": None})
    assert refused(lambda: products.change(SYSTEM, "WM-20", 3, {"rule": "WM"})) == (
        InvalidInputError,
        "invalid_input",
    )


def test_an_unused_product_can_be_deleted_and_its_code_taken_again(products: Products) -> None:
    products.create(SYSTEM, plain("A"))
    products.delete(SYSTEM, "A")
    assert refused(lambda: products.get("A")) == (NotFoundError, "unknown_product")
    products.create(SYSTEM, plain("A", tracking="sku"))


@pytest.mark.parametrize(
    ("statement", "by"),
    [
        ("UPDATE product SET used = true WHERE id = :id", ["history"]),
        (
            "INSERT INTO batch (product_id, code, supplier_id, attrs, used, version, created_at, updated_at)"
            " VALUES (:id, 'B', 0, '{}', false, 1, 0, 0)",
            ["batches"],
        ),
        (
            "INSERT INTO stock (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot, quantity)"
            " VALUES (:id, 0, 0, 'in_stock', 'released', 0, 0, 0, 5)",
            ["stock"],
        ),
    ],
)
def test_a_product_in_use_is_not_deleted_and_it_is_said_by_what(
    db: Database, products: Products, statement: str, by: list[str]
) -> None:
    made = products.create(SYSTEM, plain("A"))
    with db.write() as tx:
        tx.run(statement, id=made.id)
    with pytest.raises(ConflictError) as error:
        products.delete(SYSTEM, "A")
    assert (error.value.code, error.value.params["by"]) == ("in_use", by)
    assert [problem.code for problem in error.value.problems] == [f"used_by_{kind}" for kind in by]
    assert products.get("A").code == "A"


def test_how_a_used_product_is_tracked_stays(db: Database, products: Products) -> None:
    made = products.create(SYSTEM, plain("A"))
    assert products.change(SYSTEM, "A", 1, {"tracking": "batch"}).tracking == "batch"
    with db.write() as tx:
        assert master_data.mark_used(tx, store.product, [made])
    assert refused(lambda: products.change(SYSTEM, "A", 2, {"tracking": "serial"})) == (
        ConflictError,
        "tracking_in_use",
    )


def test_a_life_cycle_without_the_states_that_goods_are_in_is_refused(db: Database, products: Products) -> None:
    made = products.create(SYSTEM, plain("A"))
    with db.write() as tx:
        tx.run(
            "INSERT INTO stock (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot, quantity)"
            " VALUES (:id, 0, 0, 'in_stock', 'released', 0, 0, 0, 5)",
            id=made.id,
        )
    assert products.change(SYSTEM, "A", 1, {"life_cycle": "assets"}).life_cycle == "assets"
    products.change(SYSTEM, "A", 2, {"life_cycle": "goods"})
    with db.write() as tx:
        tx.run("UPDATE stock SET state = 'sold'")
    assert refused(lambda: products.change(SYSTEM, "A", 3, {"life_cycle": "assets"})) == (
        ConflictError,
        "states_in_use",
    )


def test_a_list_is_read_page_by_page_in_the_order_of_codes(products: Products) -> None:
    codes = [f"P{number:02}" for number in range(7)] + ["a", "中"]
    for code in reversed(codes):
        products.create(SYSTEM, plain(code))
    seen: list[str] = []
    after: str | None = None
    while True:
        page = products.find(ProductFilter(), after=after, limit=3)
        seen += [product.code for product in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == codes


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ProductFilter(text="WM"), ["WM-20", "WM-25"]),
        (ProductFilter(text="M"), ["X_1"]),
        (ProductFilter(text="水表"), ["WM-20", "WM-25"]),
        (ProductFilter(text="_"), ["X_1"]),
        (ProductFilter(text="%"), []),
        (ProductFilter(tracking="sku"), ["X_1"]),
        (ProductFilter(category="WM"), ["WM-20"]),
        (ProductFilter(gtin="06901234567892"), ["WM-20"]),
        (ProductFilter(life_cycle="assets"), ["X_1"]),
        (ProductFilter(active=False), ["WM-25"]),
        (ProductFilter(active=True, text="WM"), ["WM-20"]),
    ],
)
def test_a_list_is_narrowed_by_code_name_and_fields(
    products: Products, wanted: ProductFilter, found: list[str]
) -> None:
    products.create(SYSTEM, FULL)
    products.create(SYSTEM, plain("WM-25", name="水表 DN25"))
    products.create(SYSTEM, plain("X_1", name="M4_螺钉", tracking="sku", life_cycle="assets"))
    products.change(SYSTEM, "WM-25", 1, {"active": False})
    assert [product.code for product in products.find(wanted).rows] == found


def test_products_are_looked_up_in_bulk(db: Database, products: Products) -> None:
    one, two = products.create(SYSTEM, FULL), products.create(SYSTEM, plain("B", gtin="06901234567892"))
    with db.read() as tx:
        assert store.by_codes(tx, ["WM-20", "B", "nothing"]) == {"WM-20": one, "B": two}
        assert store.by_ids(tx, [one.id, 999_999]) == {one.id: one}
        assert store.by_gtins(tx, ["06901234567892"]) == [two, one]
        assert store.by_codes(tx, []) == {}


def test_a_product_is_marked_as_used_once_and_notices_if_it_is_gone(db: Database, products: Products) -> None:
    made = products.create(SYSTEM, plain("A"))
    with db.write() as tx:
        assert master_data.mark_used(tx, store.product, [made, made])
    used = products.get("A")
    assert used.used
    with db.write() as tx:
        assert master_data.mark_used(tx, store.product, [used])
        assert not master_data.mark_used(tx, store.product, [Product(id=999_999, code="Z", name="Z", tracking="sku")])


def test_every_change_is_in_the_audit_trail_with_old_and_new_values(db: Database, products: Products) -> None:
    products.create(SYSTEM, plain("A"))
    products.change(SYSTEM, "A", 1, {"unit": "台"})
    products.delete(SYSTEM, "A")
    with db.read() as tx:
        rows = tx.rows("SELECT * FROM audit WHERE subject = 'product' ORDER BY id")
    assert [(row.key, row.action) for row in rows] == [("A", "create"), ("A", "change"), ("A", "delete")]
    assert (json.loads(rows[1].before), json.loads(rows[1].after)) == ({"unit": ""}, {"unit": "台"})
    assert json.loads(rows[0].after)["tracking"] == "serial"


@pytest.mark.parametrize(
    "work",
    [
        lambda products, actor: products.create(actor, plain("B")),
        lambda products, actor: products.change(actor, "A", 1, {"unit": "x"}),
        lambda products, actor: products.delete(actor, "A"),
    ],
)
def test_changes_need_the_right(products: Products, work: Callable[[Products, Actor], object]) -> None:
    products.create(SYSTEM, plain("A"))
    assert refused(lambda: work(products, Actor("viewer"))) == (ForbiddenError, "no_right")


@pytest.mark.parametrize(
    "work", [lambda p: p.get("A"), lambda p: p.change(SYSTEM, "A", 1, {}), lambda p: p.delete(SYSTEM, "A")]
)
def test_an_unknown_product_is_not_found(products: Products, work: Callable[[Products], object]) -> None:
    assert refused(lambda: work(products)) == (NotFoundError, "unknown_product")
