"""What flows do with goods: operations, codes, recalls and labels, posted with the step and taken back with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.labels.printers.model import Printer
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ConflictError, InvalidInputError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.recalls.model import OpenRequest
from tests.engines.flows.shop import APP, Shop, field, members, node, on_sqlite

GOODS = [
    field("no"), field("amount", "number"), field("place", "place"), field("to", "place"), field("partner", "partner"),
    field("pieces", "items"), field("one", "item"), field("product", "product"), field("recall"),
    field("lines", "subform", fields=[
        field("goods", "product"), field("lot", "text"), field("qty", "number"), field("piece", "item"),
    ]),
]  # fmt: skip
LABEL = {
    "format": 1, "width_mm": 50, "height_mm": 25,
    "elements": [{"kind": "barcode", "x": 1, "y": 8, "w": 48, "h": 12, "symbology": "code128", "value": "{item.code}"}],
}  # fmt: skip


@pytest.fixture
def shop(db_url: str, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(db_url, tmp_path / "data")
    shop.furnish()
    shop.form("goods", GOODS, name="货单")
    rule = {"code": "SN", "name": "序列号", "segments": [
        {"kind": "constant", "value": "N"}, {"kind": "counter", "width": 4},
    ]}  # fmt: skip
    shop.system.codes.create(SYSTEM, rule)
    yield shop
    shop.close()


def check(who: str = "chen", key: str = "check", **options: Any) -> dict[str, Any]:
    return node("approve", key, who=members(who), **options)


def item(shop: Shop, code: str) -> Any:
    return shop.system.items.find(SYSTEM, code)


def count(shop: Shop, table: str) -> int:
    with shop.db.read() as tx:
        return int(tx.scalar(f"SELECT count(*) FROM {table}"))


RECEIVE = node(
    "operation", "receive", operation="receive", items={"field": "pieces"}, place={"field": "place"},
    quantities={"table": "lines", "product": {"field": "goods"}, "batch": {"field": "lot"},
                "quantity": {"formula": "qty * 2"}, "when": "qty > 0"},
    partner={"value": "SUP"}, document="{no}",
)  # fmt: skip
LINES = [
    {"goods": "SKU", "qty": 2.5},
    {"goods": "BT", "lot": "B1", "qty": 1},
    {"goods": "SKU", "qty": 0},
    {"goods": "BT"},
]


def test_an_operation_posts_items_and_quantities_and_is_corrected_when_it_is_sent_back_past(shop: Shop) -> None:
    shop.make("W1", "W2")
    shop.draw(check("li", "first"), RECEIVE, check(), form="goods")
    record = shop.record("goods", no="R1", place="A-01", pieces=["W1", "W2"], lines=LINES)
    instance = shop.start(record=record)
    shop.act("li", "approve")
    assert (item(shop, "W1")["state"], item(shop, "W1")["place"]) == ("in_stock", "A-01")
    (step,) = [one for one in shop.steps(instance) if one.node == "receive"]
    event = shop.system.events.get(SYSTEM, step.event_id)
    assert (event["document"], event["actor"], step.data["count"]) == ("R1", "li", 4)
    shop.act("chen", "send_back", to=("first",), comment="x")
    assert item(shop, "W1")["state"] == "coded"
    assert list(verify(shop.db)) == []
    shop.act("li", "approve")
    assert item(shop, "W2")["state"] == "in_stock"


def test_a_refused_posting_refuses_the_whole_action_with_every_reason(shop: Shop) -> None:
    shop.make("W1")
    ship = node("operation", "ship", operation="ship", items={"field": "pieces"}, partner={"value": "SUP"})
    create = node("create_record", "note", assignments=[{"field": "no", "formula": 'no & "+"'}])
    shop.draw(check("li", "first"), create, ship, form="goods")
    record = shop.record("goods", no="R1", pieces=["W1"])
    instance = shop.start(record=record)
    before, records, events = shop.trail(instance), count(shop, "record_change"), count(shop, "event")
    with pytest.raises(ConflictError) as caught:
        shop.act("li", "approve")
    assert (caught.value.code, caught.value.params["node"]) == ("flow_step_refused", "ship")
    assert [one.item for one in caught.value.problems] == ["W1"]
    assert (shop.trail(instance), count(shop, "record_change"), count(shop, "event")) == (before, records, events)


@on_sqlite
@pytest.mark.parametrize(("nothing", "goes"), [("go_on", True), ("fail", False)])
def test_where_there_is_nothing_to_post_the_node_says_what_then(shop: Shop, nothing: str, goes: bool) -> None:
    shop.draw(
        node("operation", "x", operation="move", items={"table": "lines", "column": "piece"}, place={"value": "A-01"},
             nothing=nothing),
        check(), form="goods",
    )  # fmt: skip
    record = shop.record("goods", lines=[{"goods": "SKU"}])
    if goes:
        assert shop.open(shop.start(record=record)) == ["check"]
    else:
        with pytest.raises(ConflictError) as caught:
            shop.start(record=record)
        assert [one.code for one in caught.value.problems] == ["nothing_to_do"]


MAKE = node("make_codes", "make", rule="SN", product={"field": "product"}, count="amount", into="pieces")


def test_codes_are_made_in_the_step_used_by_the_next_and_void_when_it_is_sent_back(shop: Shop) -> None:
    receive = node("operation", "in", operation="receive", items={"step": "make"}, place={"value": "A-01"})
    shop.draw(check("li", "first"), MAKE, receive, check(), form="goods")
    record = shop.record("goods", product="WM", amount=3)
    shop.make("N0002")  # somebody typed a code that the rule makes, too
    shop.start(record=record)
    shop.act("li", "approve")
    assert shop.values(record, "goods")["pieces"] == ["N0001", "N0003", "N0004"]
    assert item(shop, "N0004")["state"] == "in_stock"
    shop.act("chen", "send_back", to=("first",), comment="x")
    assert not shop.values(record, "goods")["pieces"]
    assert item(shop, "N0003")["state"] is None, "it never was"
    assert list(verify(shop.db)) == []
    shop.act("li", "approve")
    assert shop.values(record, "goods")["pieces"] == ["N0005", "N0006", "N0007"]


def test_codes_that_are_in_use_cannot_be_taken_back(shop: Shop) -> None:
    shop.draw(check("li", "first"), MAKE, check(), form="goods")
    record = shop.record("goods", product="WM", amount=2)
    instance = shop.start(record=record)
    shop.act("li", "approve")
    from mazhi.kernel.posting.model import ItemRef, PostRequest

    shop.system.posting.post(SYSTEM, PostRequest(kind="receive", items=[ItemRef("N0001")], place="A-01"))
    before = shop.trail(instance)
    with pytest.raises(ConflictError) as caught:
        shop.act("chen", "send_back", to=("first",), comment="x")
    assert caught.value.code == "flow_cannot_undo"
    assert shop.trail(instance) == before
    assert shop.values(record, "goods")["pieces"] == ["N0001", "N0002"]


@on_sqlite
@pytest.mark.parametrize("amount", [-1, 1.5, 10_001])
def test_a_count_that_is_none_is_refused(shop: Shop, amount: float) -> None:
    shop.draw(MAKE, form="goods")
    with pytest.raises(ConflictError) as caught:
        shop.start(record=shop.record("goods", product="WM", amount=amount))
    assert [one.code for one in caught.value.problems] == ["flow_count_range"]


@on_sqlite
def test_a_count_that_is_no_number_is_refused(shop: Shop) -> None:
    shop.draw({**MAKE, "options": {**MAKE["options"], "count": "no"}}, form="goods")
    with pytest.raises(ConflictError) as caught:
        shop.start(record=shop.record("goods", product="WM", no="many"))
    assert [one.code for one in caught.value.problems] == ["flow_count_range"]


@on_sqlite
def test_what_a_rule_refuses_refuses_the_step(shop: Shop) -> None:
    shop.draw(MAKE, form="goods")
    with pytest.raises(ConflictError) as caught:
        shop.start(record=shop.record("goods", product="SKU", amount=1))
    assert [one.code for one in caught.value.problems] == ["wrong_product"]


def test_pieces_of_a_recall_are_dealt_with_and_that_stays_on_record(shop: Shop) -> None:
    shop.make("W1", "W2", "W3")
    case = shop.system.recalls.open(SYSTEM, OpenRequest("试", {"any": [{"codes": "W1\nW2"}]}, confirmed=True))
    act = node("recall_action", "back", recall={"field": "recall"}, action="return", items={"field": "pieces"})
    destroy = node("recall_action", "destroy", recall={"field": "recall"}, action="destroy")
    shop.draw(check("li", "first"), act, check(), destroy, form="goods")
    number = case["id"]
    record = shop.record("goods", recall=number, pieces=["W1"])
    shop.start(record=record)
    shop.act("li", "approve")
    with shop.db.read() as tx:
        rows = tx.tuples("SELECT i.code, r.status FROM recall_item r JOIN item i ON i.id = r.item_id ORDER BY i.code")
    assert rows == [("W1", "returned"), ("W2", "open")]
    with pytest.raises(ConflictError) as caught:
        shop.act("chen", "send_back", to=("first",), comment="x")
    assert [one.code for one in caught.value.problems] == ["flow_recall_stays"]
    shop.act("chen", "approve")
    assert item(shop, "W2")["state"] == "scrapped"
    other = shop.record("goods", recall=number, pieces=["W3"])
    shop.start(record=other)
    with pytest.raises(ConflictError) as caught:
        shop.act("li", "approve")
    assert [one.code for one in caught.value.problems] == ["not_in_recall"]


def labels(shop: Shop) -> None:
    shop.system.labels.create(SYSTEM, "L", "标签", LABEL)
    shop.system.printers.create(
        SYSTEM, Printer(code="P1", name="P1", driver="folder", language="zpl", options={"folder": "out"})
    )


PRINT = node("print_label", "print", label="L", printer={"value": "P1"}, items={"step": "make"}, copies=2)


def test_labels_of_what_was_made_are_ordered_once_after_the_step(shop: Shop) -> None:
    labels(shop)
    shop.draw(check("li", "first"), MAKE, PRINT, check(), form="goods")
    instance = shop.start(record=shop.record("goods", product="WM", amount=2))
    shop.act("li", "approve")
    assert shop.open(instance) == ["print"]
    assert count(shop, "print_job") == 0
    shop.system.jobs.run_pending()
    assert (shop.open(instance), count(shop, "print_job"), count(shop, "print_label")) == (["check"], 1, 4)


@on_sqlite
def test_labels_that_cannot_be_printed_stop_the_flow_where_everybody_sees_it(shop: Shop) -> None:
    labels(shop)
    shop.make("W1")
    again = node("print_label", "print", label="L", printer={"value": "P1"}, items={"field": "pieces"})
    shop.draw(again, check(), form="goods", again=True)
    record = shop.record("goods", pieces=["W1"])
    shop.start(record=record)
    shop.system.jobs.run_pending()
    instance = shop.start(record=record)
    shop.system.jobs.run_pending()
    assert shop.instance(instance).state == "failed"
    (step,) = shop.steps(instance, "failed")
    assert [one["code"] for one in step.data["problems"]] == ["label_printed_before"]
    assert [one.kind for one in shop.system.notices.page(shop.actors["boss"])[0]] == ["notice_flow_failed"]


def test_nothing_of_a_test_run_stays_or_leaves(shop: Shop) -> None:
    labels(shop)
    shop.draw(MAKE, PRINT, check(), RECEIVE, form="goods")
    record = shop.record("goods", product="WM", amount=2, place="A-01", pieces=[], lines=LINES)
    tried = shop.system.flow_trials.run(shop.actors["boss"], APP, "f", record)
    assert [(one.node, one.outcome) for one in tried.path][1:3] == [("make", "made"), ("print", "nothing")]
    assert (tried.state, tried.problems) == ("done", ())
    assert (count(shop, "item"), count(shop, "job"), count(shop, "event"), count(shop, "flow_instance")) == (0, 0, 0, 0)
    shop.start(record=record)
    assert item(shop, "N0001")["state"] == "coded", "no number was used up by trying"


@on_sqlite
def test_what_is_not_there_or_not_the_publishers_to_do_stands_in_the_way(shop: Shop) -> None:
    nodes = (
        node("operation", "a"), node("operation", "b", operation="fly"),
        node("operation", "c", operation="receive", items={"field": "nix"}, quantities={"table": "lines"}),
        node("make_codes", "d", rule="NONE", product={"value": "SKU"}, count="nix + 1"),
        node("recall_action", "e", action="return"),
        node("print_label", "f", label="NONE", printer={"value": "NONE"}, items={"step": "z"}),
    )  # fmt: skip
    with pytest.raises(InvalidInputError) as caught:
        shop.draw(*nodes, form="goods")
    assert {(one.item, one.code, one.pointer) for one in caught.value.problems} >= {
        ("a", "flow_not_set", "/options/operation"), ("b", "flow_no_operation", "/options/operation"),
        ("c", "flow_field_gone", "/options/items/field"), ("c", "flow_not_set", "/options/place"),
        ("c", "flow_no_source", "/options/quantities/product"),
        ("d", "flow_product_without_codes", "/options/product"), ("e", "flow_not_set", "/options/recall"),
        ("f", "unknown_printer", "/options/printer"), ("f", "flow_node_gone", "/options/items/step"),
    }  # fmt: skip
    drawer = Actor("drawer", shop.actors["li"].user_id, rights={"apps.edit": None})
    flows = shop.system.flows
    flows.create(SYSTEM, APP, "g", "g", "goods")
    tree = node("start", "start", RECEIVE, MAKE, node("recall_action", "e", recall={"value": "1"}))
    flows.save_draft(SYSTEM, APP, "g", {"form": "goods", "tree": tree}, base=0)
    found = {(one.node, one.problem.params["right"]) for one in flows.check(drawer, APP, "g")
             if one.problem.code == "flow_no_right_for"}  # fmt: skip
    assert found >= {("receive", "operation.receive"), ("make", "items.make"), ("e", "recalls.manage"),
                     ("e", "operation.hold")}  # fmt: skip
