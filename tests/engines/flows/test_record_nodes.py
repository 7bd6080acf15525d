"""Records that flows add, change and find: with values that are worked out, all or nothing, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.flows.shop import APP, Shop, field, members, node, on_sqlite

ORDER = [
    field("title"),
    field("total", "number", options={"least": 0}),
    field("due", "date"),
    field("receipt", "record", options={"form": f"{APP}/receipt"}),
    field("parts", "subform", fields=[field("part", "product"), field("pieces", "number")]),
]
LINKS = [
    field("no"), field("amount", "number"), field("note"), field("place", "place"),
    field("order", "record", options={"form": f"{APP}/order"}),
    field("orders", "records", options={"form": f"{APP}/order"}),
    field("found", "number"),
    field("lines", "subform", fields=[field("product", "product"), field("qty", "number")]),
]  # fmt: skip


@pytest.fixture
def shop(db_url: str, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(db_url, tmp_path / "data")
    shop.furnish()
    shop.form("order", ORDER, name="订单")
    shop.form("linked", LINKS, name="挂单")
    yield shop
    shop.close()


CREATE = node(
    "create_record", "make", form=f"{APP}/order", link="order",
    assignments=[
        {"field": "title", "formula": 'no & "-单"'}, {"field": "total", "formula": "SUM(lines.qty) + amount"},
        {"field": "due", "value": "2026-12-01"},
        {"table": "parts", "from": "lines", "when": "qty > 1",
         "columns": [{"field": "part", "from": "product"}, {"field": "pieces", "formula": "qty * amount"}]},
    ],
)  # fmt: skip
LINES = [{"product": "WM", "qty": 1}, {"product": "SKU", "qty": 2.5}, {"product": "BT", "qty": 3}]


def check(who: str = "chen", key: str = "check", **options: Any) -> dict[str, Any]:
    return node("approve", key, who=members(who), **options)


def orders(shop: Shop) -> list[Any]:
    return shop.system.records.find(SYSTEM, APP, "order").rows


def test_a_record_is_added_with_rows_and_linked_and_deleted_when_it_is_sent_back_past(shop: Shop) -> None:
    shop.draw(check("li", "first"), CREATE, check(), form="linked")
    record = shop.record("linked", no="R1", amount=2, lines=LINES)
    instance = shop.start(record=record)
    shop.act("li", "approve")
    number = shop.values(record, "linked")["order"]
    made = shop.values(int(number), "order")
    assert (made["title"], made["total"], made["due"]) == ("R1-单", 8.5, "2026-12-01")
    assert [(row["part"], row["pieces"]) for row in made["parts"]] == [("SKU", 5), ("BT", 6)]
    shop.act("chen", "send_back", to=("first",), comment="再看")
    assert orders(shop) == []
    assert shop.values(record, "linked")["order"] is None
    shop.act("li", "approve")
    assert len(orders(shop)) == 1
    assert [one.state for one in shop.steps(instance) if one.node == "make"] == ["undone", "done"]


def test_what_somebody_has_changed_is_not_deleted_and_nothing_else_changes(shop: Shop) -> None:
    shop.draw(check("li", "first"), CREATE, check(), form="linked")
    record = shop.record("linked", no="R1", amount=2)
    instance = shop.start(record=record)
    shop.act("li", "approve")
    (made,) = orders(shop)
    shop.system.records.change(SYSTEM, APP, "order", made.id, made.version, {"title": "改"})
    before = shop.trail(instance)
    with pytest.raises(ConflictError) as caught:
        shop.act("chen", "send_back", to=("first",), comment="x")
    assert caught.value.code == "flow_cannot_undo"
    assert [one.code for one in caught.value.problems] == ["flow_record_touched"]
    assert shop.trail(instance) == before
    assert len(orders(shop)) == 1


def test_a_record_that_is_refused_refuses_the_whole_action(shop: Shop) -> None:
    shop.draw(check("li", "first"), CREATE, form="linked")
    record = shop.record("linked", no="R1", amount=-5)
    instance = shop.start(record=record)
    before = shop.trail(instance)
    with pytest.raises(ConflictError) as caught:
        shop.act("li", "approve")
    assert (caught.value.code, caught.value.params["node"]) == ("flow_step_refused", "make")
    assert [one.code for one in caught.value.problems] == ["entry_out_of_range"]
    assert shop.trail(instance) == before
    assert orders(shop) == []
    assert shop.open(instance) == ["first"]


@on_sqlite
def test_a_formula_that_comes_to_nothing_is_named(shop: Shop) -> None:
    bad = node("create_record", "make", form=f"{APP}/order", assignments=[{"field": "total", "formula": "1 / amount"}])
    shop.draw(bad, form="linked")
    with pytest.raises(ConflictError) as caught:
        shop.start(record=shop.record("linked", amount=0))
    assert caught.value.code == "flow_step_refused"
    assert caught.value.problems[0].item == "1 / amount"


def change(**options: Any) -> dict[str, Any]:
    return node("update_record", "change", **options)


def test_linked_records_are_changed_by_their_own_values_and_put_back(shop: Shop) -> None:
    shop.draw(
        check("li", "first"),
        change(which="linked", link="order", assignments=[
            {"field": "total", "formula": "target.total + amount"}, {"field": "receipt", "value": None},
        ]),
        check(), form="linked",
    )  # fmt: skip
    order = shop.record("order", title="A", total=10)
    record = shop.record("linked", amount=5, order=str(order))
    shop.start(record=record)
    shop.act("li", "approve")
    assert shop.values(order, "order")["total"] == 15
    shop.act("chen", "send_back", to=("first",), comment="x")
    assert shop.values(order, "order")["total"] == 10
    shop.act("li", "approve")
    shop.system.records.change(SYSTEM, APP, "order", order, 4, {"total": 99})
    with pytest.raises(ConflictError) as caught:
        shop.act("chen", "send_back", to=("first",), comment="x")
    assert [one.code for one in caught.value.problems] == ["flow_changed_since"]
    assert shop.values(order, "order")["total"] == 99


def test_rows_that_were_written_anew_are_put_back(shop: Shop) -> None:
    rows = {"table": "lines", "from": "lines", "columns": [
        {"field": "product", "from": "product"}, {"field": "qty", "formula": "qty + 1"},
    ]}  # fmt: skip
    shop.draw(check("li", "first"), change(assignments=[rows]), check(), form="linked")
    record = shop.record("linked", lines=LINES)
    shop.start(record=record)
    shop.act("li", "approve")
    assert [row["qty"] for row in shop.values(record, "linked")["lines"]] == [2, 3.5, 4]
    shop.act("chen", "send_back", to=("first",), comment="x")
    assert [row["qty"] for row in shop.values(record, "linked")["lines"]] == [1, 2.5, 3]


def test_records_are_found_changed_up_to_so_many_and_none_is_said(shop: Shop) -> None:
    find = {
        "and": [
            {"field": "title", "is": "equal", "from": "no"},
            {"field": "total", "is": "less", "formula": "amount*2"},
        ]
    }
    shop.draw(
        node("find_records", "find", form=f"{APP}/order", filter=find, count="found", first="order", all="orders"),
        change(which="step", step="find", assignments=[{"field": "title", "formula": 'target.title & "!"'}], most=2),
        form="linked",
    )
    made = [shop.record("order", title="A", total=total) for total in (1, 3, 30)]
    record = shop.record("linked", no="A", amount=5)
    shop.start(record=record)
    held = shop.values(record, "linked")
    assert (held["found"], held["order"], held["orders"]) == (2, str(made[0]), [str(made[0]), str(made[1])])
    assert [shop.values(one, "order")["title"] for one in made] == ["A!", "A!", "A"]
    empty = shop.record("linked", no="", amount=5)
    shop.start(record=empty)
    assert shop.values(empty, "linked")["found"] == 0
    for _ in range(2):
        shop.record("order", title="A", total=2)
    shop.record("order", title="A", total=2)
    with pytest.raises(ConflictError) as caught:
        shop.start(record=shop.record("linked", no="A", amount=5))
    assert caught.value.problems[0].code == "flow_too_many_records"


@on_sqlite
@pytest.mark.parametrize(("none", "state"), [("go_on", "running"), ("end", "done"), ("fail", None)])
def test_where_nothing_is_found_the_node_says_what_then(shop: Shop, none: str, state: str | None) -> None:
    shop.draw(
        node("find_records", "find", form=f"{APP}/order", filter={"field": "title", "is": "filled"}, none=none),
        check(), form="linked",
    )  # fmt: skip
    record = shop.record("linked")
    if state is None:
        with pytest.raises(ConflictError) as caught:
            shop.start(record=record)
        assert caught.value.problems[0].code == "flow_no_record"
    else:
        assert shop.instance(shop.start(record=record)).state == state


@on_sqlite
def test_what_is_not_there_stands_in_the_way_of_publishing(shop: Shop) -> None:
    with pytest.raises(InvalidInputError) as caught:
        shop.draw(
            node("create_record", "a", form=f"{APP}/nowhere"),
            node("create_record", "b", form=f"{APP}/order", link="order2", assignments=[
                {"field": "nothing", "value": 1}, {"field": "title", "formula": "nix + 1"}, {"field": "due"},
                {"table": "parts", "from": "lines", "columns": [{"field": "part", "from": "qty2"}]},
            ]),
            node("update_record", "c", which="step", step="gone"),
            node("find_records", "d", form=f"{APP}/order", filter={"field": "x", "is": "equal", "value": 1}),
            form="linked",
        )  # fmt: skip
    found = {(one.item, one.code, one.pointer) for one in caught.value.problems}
    assert found == {
        ("a", "unknown_form", "/options/form"),
        ("b", "flow_field_gone", "/options/assignments/0/field"),
        ("b", "formula_unknown_field", "/options/assignments/1/formula"),
        ("b", "flow_no_source", "/options/assignments/2"),
        ("b", "flow_field_gone", "/options/assignments/3/columns/0/field"),
        ("b", "flow_field_gone", "/options/link"),
        ("c", "flow_node_gone", "/options/step"),
        ("d", "flow_field_gone", "/options/filter/field"),
    }


@on_sqlite
def test_a_flow_reads_and_writes_no_records_that_its_publisher_may_not(shop: Shop) -> None:
    nodes = (
        node("create_record", "a", form=f"{APP}/order", assignments=[{"field": "title", "value": "x"}]),
        node("update_record", "b", which="linked", link="order", assignments=[{"field": "title", "value": "x"}]),
        node("find_records", "c", form=f"{APP}/order", filter={"field": "title", "is": "filled"}),
    )  # fmt: skip
    shop.draw(check(), form="linked")
    flows = shop.system.flows
    tree = node("start", "start", *nodes)
    flows.save_draft(SYSTEM, APP, "f", {"form": "linked", "tree": tree}, base=1)
    drawer = Actor("drawer", shop.actors["li"].user_id, rights={"apps.edit": None})
    found = [one for one in flows.check(drawer, APP, "f") if one.problem.code == "flow_no_right_for"]
    assert [(one.node, one.problem.params["right"]) for one in found] == [
        ("a", "order: create"), ("b", "order: change"), ("c", "order: view"),
    ]  # fmt: skip


def test_a_test_run_uses_up_no_number_of_anything(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    segments = [{"kind": "constant", "value": "RO"}, {"kind": "counter", "width": 4}]
    shop.system.codes.create(SYSTEM, {"code": "RO", "name": "检验单", "segments": segments})
    serial = field("serial", "serial_number", options={"rule": "RO"})
    shop.form("card", [serial, field("title"), field("rows", "subform", fields=[field("pieces", "number")])], name="卡")
    rows = {"table": "rows", "from": "lines", "columns": [{"field": "pieces", "from": "qty"}]}
    made = [
        node("create_record", key, form=f"{APP}/card", assignments=[{"field": "title", "from": "no"}, rows])
        for key in ("one", "two")
    ]
    change = node(
        "update_record",
        "change",
        which="step",
        step="two",
        assignments=[{"field": "title", "formula": "target.serial"}],
    )
    each = node("sub_flow", "each", flow="inspect", which="rows", table="lines", form=f"{APP}/card",
                assignments=[{"field": "title", "from": "product"}])  # fmt: skip
    much = {"table": "lines", "product": {"field": "product"}, "quantity": {"field": "qty"}}
    goods = node("operation", "goods", operation="receive", place={"value": "A-01"}, quantities=much)
    shop.draw(check(), code="inspect", form="card")
    shop.draw(*made, change, each, goods, node("notify", "tell", who=members("li"), text="x"), form="linked")
    record = shop.record("linked", no="R1", lines=[{"product": "SKU", "qty": 2}, {"product": "SKU", "qty": 3}])

    def refuse(*_args: Any, **_more: Any) -> Any:
        raise AssertionError("a number was taken")

    with monkeypatch.context() as patch:
        patch.setattr(Ids, "take", refuse)
        patch.setattr(CodeRules, "issue", refuse)
        tried = shop.system.flow_trials.run(shop.actors["boss"], APP, "f", record)
    assert (tried.problems, tried.state) == ((), "done")
    told = {one.node: one.data for one in tried.path}
    assert [told[key]["numbers"] for key in ("one", "two")] == ["RO…1", "RO…2"]
    assert "record" not in told["one"], "there is no such record"
    card = shop.record("card")
    assert shop.values(card, "card")["serial"] == "RO0001"
