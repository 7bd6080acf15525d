from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches import store
from mazhi.kernel.batches.model import Batch, BatchView
from mazhi.kernel.batches.service import Batches
from mazhi.kernel.batches.store import BatchFilter
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.partners.service import Partners
from mazhi.kernel.products.model import Product
from mazhi.kernel.products.service import Products

MADE = date(2026, 11, 21)


@pytest.fixture
def batches(db: Database) -> Batches:
    products = Products(db, LifeCycles(db))
    products.create(SYSTEM, Product(code="F", name="滤芯", tracking="batch", shelf_life_days=540))
    products.create(SYSTEM, Product(code="WM", name="水表", tracking="serial"))
    products.create(SYSTEM, Product(code="S", name="螺钉", tracking="sku"))
    Partners(db).create(SYSTEM, Partner(code="SUP", name="供应商", kind="supplier"))
    return Batches(db)


def add(batches: Batches, code: str, product: str = "F", **fields: object) -> BatchView:
    return batches.create(SYSTEM, Batch(code=code, **fields), product=product)  # type: ignore[arg-type]


def test_a_batch_is_kept_as_it_was_given(batches: Batches) -> None:
    made = batches.create(
        SYSTEM,
        Batch(code="B1", made_on=MADE, expires_on=date(2027, 1, 1), supplier_batch="S-77"),
        product="WM",
        supplier="SUP",
    )
    assert batches.get("B1") == made
    assert made.facts() == {
        "product": "WM",
        "code": "B1",
        "made_on": MADE,
        "expires_on": date(2027, 1, 1),
        "supplier_batch": "S-77",
        "supplier": "SUP",
    }


def test_without_a_last_day_the_shelf_life_counts(batches: Batches) -> None:
    assert add(batches, "B1", made_on=MADE).batch.expires_on == date(2028, 5, 14)
    assert add(batches, "B2").batch.expires_on is None
    assert add(batches, "B3", "WM", made_on=MADE).batch.expires_on is None


def test_a_reckoned_last_day_follows_the_date_and_a_given_one_stays(batches: Batches) -> None:
    add(batches, "B1", made_on=MADE)
    add(batches, "B2", made_on=MADE, expires_on=date(2027, 1, 1))
    later = {"made_on": date(2026, 11, 22)}
    assert batches.change(SYSTEM, "B1", 1, later).batch.expires_on == date(2028, 5, 15)
    assert batches.change(SYSTEM, "B2", 1, later).batch.expires_on == date(2027, 1, 1)
    assert batches.change(SYSTEM, "B2", 2, {"expires_on": None}).batch.expires_on == date(2028, 5, 15)
    assert batches.get("B2").batch.expires_on == date(2028, 5, 15)


def test_a_code_is_unique_within_a_product_only(batches: Batches) -> None:
    add(batches, "B1")
    add(batches, "B1", "WM")
    with pytest.raises(ConflictError, match="already_exists"):
        add(batches, "B1")
    with pytest.raises(ConflictError) as error:
        batches.get("B1")
    assert error.value.code == "ambiguous_batch"
    assert [problem.params["product"] for problem in error.value.problems] == ["F", "WM"]
    assert batches.get("B1", product="WM").product == "WM"


def test_every_fault_of_a_new_batch_is_named_at_once(batches: Batches) -> None:
    with pytest.raises(InvalidInputError) as error:
        batches.create(SYSTEM, Batch(code=" "), product="nothing", supplier="nobody")
    assert [(problem.pointer, problem.code) for problem in error.value.problems] == [
        ("/product", "unknown_product"),
        ("/supplier", "unknown_partner"),
        ("/code", "bad_code"),
    ]
    with pytest.raises(InvalidInputError) as error:
        add(batches, "B1", "S")
    assert [problem.code for problem in error.value.problems] == ["sku_has_no_batches"]


def test_a_change_touches_only_what_was_given(batches: Batches) -> None:
    add(batches, "B1", made_on=MADE, supplier_batch="S-1")
    changed = batches.change(SYSTEM, "B1", 1, {"supplier": "SUP"}, product="F")
    assert (changed.supplier, changed.batch.supplier_batch, changed.batch.version) == ("SUP", "S-1", 2)
    assert batches.get("B1") == changed
    assert batches.change(SYSTEM, "B1", 2, {"supplier": None}).supplier is None
    with pytest.raises(ConflictError, match="edit_conflict"):
        batches.change(SYSTEM, "B1", 2, {})
    with pytest.raises(InvalidInputError):
        batches.change(SYSTEM, "B1", 3, {"supplier": "nobody"})


def test_only_an_unused_batch_is_deleted(db: Database, batches: Batches) -> None:
    for code in ("A", "B", "C"):
        add(batches, code)
    with db.write() as tx:
        assert master_data.mark_used(tx, store.batch, [batches.get("A").batch])
        used = batches_of(tx, "B")
        tx.run(
            "INSERT INTO stock (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot, quantity)"
            " VALUES (:product, :id, 0, 'in_stock', 'released', 0, 0, 0, 5)",
            product=used.product_id,
            id=used.id,
        )
    for code, by in (("A", "history"), ("B", "stock")):
        with pytest.raises(ConflictError) as error:
            batches.delete(SYSTEM, code)
        assert (error.value.code, error.value.params["by"]) == ("in_use", [by])
    batches.delete(SYSTEM, "C")
    with pytest.raises(NotFoundError):
        batches.get("C")


def batches_of(tx: store.Tx, code: str) -> Batch:
    (found,) = store.by_code(tx, code)
    return found


def test_a_list_is_narrowed_by_product_supplier_code_and_expiry(batches: Batches) -> None:
    add(batches, "B1", made_on=MADE)
    add(batches, "B2", "WM", expires_on=date(2027, 1, 1))
    batches.create(SYSTEM, Batch(code="C1", supplier_batch="S-1"), product="WM", supplier="SUP")

    def codes(wanted: BatchFilter | None = None, **more: str) -> list[str]:
        return [view.batch.code for view in batches.find(wanted or BatchFilter(), **more).rows]  # type: ignore[arg-type]

    assert codes() == ["B1", "B2", "C1"]
    assert codes(product="WM") == ["B2", "C1"]
    assert codes(supplier="SUP") == ["C1"]
    assert codes(BatchFilter(prefix="B")) == ["B1", "B2"]
    assert codes(BatchFilter(supplier_batch="S-1")) == ["C1"]
    assert codes(BatchFilter(expires_until=date(2027, 1, 1))) == ["B2"]
    with pytest.raises(NotFoundError):
        codes(product="nothing")
    with pytest.raises(NotFoundError):
        codes(supplier="nobody")


def test_pages_go_on_between_batches_of_the_same_code(batches: Batches) -> None:
    for code in ("B1", "B2"):
        for product in ("WM", "F"):
            add(batches, code, product)
    seen: list[tuple[str, str]] = []
    after: str | None = None
    while True:
        page = batches.find(BatchFilter(), after=after, limit=1)
        seen += [(view.batch.code, view.product) for view in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == [("B1", "F"), ("B1", "WM"), ("B2", "F"), ("B2", "WM")]


@pytest.mark.parametrize(
    "after", ["", "B1", "[]", '["B1"]', '["B1","nothing"]', '["\\ud800","F"]', '["B1","\\ud800"]', "5", '{"a":1}']
)
def test_a_page_begins_only_where_an_earlier_one_ended(batches: Batches, after: str) -> None:
    with pytest.raises(InvalidInputError) as error:
        batches.find(BatchFilter(), after=after)
    assert [problem.code for problem in error.value.problems] == ["bad_after"]


def test_batches_are_looked_up_in_bulk_and_marked_as_used_once(db: Database, batches: Batches) -> None:
    one, two = add(batches, "B1").batch, add(batches, "B1", "WM").batch
    with db.write() as tx:
        pairs = [(one.product_id, "B1"), (two.product_id, "B1"), (two.product_id, "B2")]
        assert store.by_codes(tx, pairs) == {pairs[0]: one, pairs[1]: two}
        assert store.by_codes(tx, []) == {}
        assert store.by_code(tx, "B1") == [one, two]
        assert master_data.mark_used(tx, store.batch, [one])
        (used,) = store.by_ids(tx, [one.id]).values()
        assert used.used
        assert master_data.mark_used(tx, store.batch, [used])
        assert not master_data.mark_used(tx, store.batch, [Batch(id=999_999, code="Z")])


def test_every_change_is_in_the_audit_trail(db: Database, batches: Batches) -> None:
    add(batches, "B1", made_on=MADE)
    batches.change(SYSTEM, "B1", 1, {"expires_on": date(2027, 1, 1)})
    batches.delete(SYSTEM, "B1")
    with db.read() as tx:
        rows = tx.rows("SELECT * FROM audit WHERE subject = 'batch' ORDER BY id")
    assert [(row.key, row.action) for row in rows] == [("F B1", "create"), ("F B1", "change"), ("F B1", "delete")]
    assert (json.loads(rows[1].before), json.loads(rows[1].after)) == (
        {"expires_on": "2028-05-14"},
        {"expires_on": "2027-01-01"},
    )


@pytest.mark.parametrize(
    "work",
    [
        lambda batches, actor: batches.create(actor, Batch(code="C"), product="F"),
        lambda batches, actor: batches.change(actor, "B1", 1, {}),
        lambda batches, actor: batches.delete(actor, "B1"),
    ],
)
def test_changes_need_the_right(batches: Batches, work: Callable[[Batches, Actor], object]) -> None:
    add(batches, "B1")
    with pytest.raises(ForbiddenError):
        work(batches, Actor("viewer"))


@pytest.mark.parametrize(
    "work",
    [
        lambda b: b.get("Z"),
        lambda b: b.get("Z", product="F"),
        lambda b: b.get("Z", product="nothing"),
        lambda b: b.change(SYSTEM, "Z", 1, {}),
        lambda b: b.delete(SYSTEM, "Z"),
    ],
)
def test_an_unknown_batch_is_not_found(batches: Batches, work: Callable[[Batches], object]) -> None:
    with pytest.raises(NotFoundError):
        work(batches)
