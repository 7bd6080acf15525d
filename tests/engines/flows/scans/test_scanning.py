"""Each scan of a step is answered once: right, wrong with the reason and what to do, or there already."""

from __future__ import annotations

import pytest

from mazhi.engines.flows.scans import store
from mazhi.kernel import texts
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.posting.model import ItemRef
from mazhi.kernel.reservations.model import ReserveRequest
from tests.engines.flows.scans.dock import RECEIVE, SHIP, Dock, row
from tests.engines.flows.shop import members, node


def test_pieces_fill_the_lines_of_an_order_in_their_order(dock: Dock) -> None:
    dock.draw(operation=RECEIVE)
    dock.shop.make("S1", "S2", "S3")
    dock.start(row("WM", 1), row("WM", 2))
    first = dock.scan("S1")
    assert (first.answer, first.done, first.expected, first.missing, first.stop) == ("right", 1, 3, 2, False)
    assert dock.said("S1") == ("duplicate", "task_scan_again")
    dock.scan("S2")
    view = dock.look()
    assert [(one.line, one.expected, one.done) for one in view.lines] == [(1, 1, 1), (2, 2, 1)]
    assert (view.done, view.missing, view.wrong, view.duplicates) == (2, 1, 0, 1)
    assert dock.said("NOBODY") == ("wrong", "unknown_item")
    assert dock.look().wrong == 1


def test_a_piece_too_many_is_refused_unless_the_flow_tolerates_it(dock: Dock) -> None:
    dock.draw(tolerance={"extra": 50})
    dock.shop.make("S1", "S2", "S3", "S4")
    dock.start(row("WM", 2))
    for code in ("S1", "S2", "S3"):
        assert dock.said(code) == ("right", "")
    refused = dock.scan("S4")
    assert refused.problem is not None
    assert (refused.problem.code, refused.stop, refused.done) == ("task_scan_extra", True, 3)
    assert dock.look().lines[0].done == 3


def test_the_same_client_key_says_the_same_and_counts_nothing(dock: Dock) -> None:
    dock.draw()
    dock.shop.make("S1", "S2")
    dock.start(row("WM", 2))
    once = dock.scan("S1", client_key="k")
    assert dock.scan("S1", client_key="k") == once
    assert dock.look().duplicates == 0
    with pytest.raises(ConflictError) as caught:
        dock.scan("S2", client_key="k")
    assert caught.value.code == "client_key_reused"


def test_a_piece_of_another_order_names_whose_it_is_and_where_it_goes_back_to(dock: Dock) -> None:
    dock.draw(operation=SHIP)
    picked = node("scan", "scan", who=members("li"), against={"kind": "items", "field": "picks"})
    dock.draw_titled("pick", "{so_no}", picked)
    dock.stock("S1", "S2", "T1")
    dock.start(code="pick", so_no="SO-1031", picks=["S2"])
    dock.start(code="pick", so_no="SO-1024", picks=["S1"])
    told = dock.scan("S2", "li")
    assert told.problem is not None
    message = texts.message(told.problem.code, "zh", told.problem.params)
    advice = texts.advice(told.problem.code, "zh", told.problem.params)
    assert message == "S2 属于 SO-1031，不在 SO-1024 里"
    assert advice is not None
    assert advice.startswith("放回 A-01")
    assert dock.said("T1", "li") == ("wrong", "task_scan_not_listed")
    dock.stock("X1", product="OTHER")
    assert dock.said("X1", "li") == ("wrong", "task_scan_wrong_product")


def test_what_the_operation_would_refuse_is_refused_at_the_scan(dock: Dock) -> None:
    dock.draw(operation=SHIP, policies={"wrong_state": "pass"})
    dock.stock("S1", "S2", "S3", "S4")
    dock.shop.make("S5")
    dock.post("hold", "S1", data={"reason": "漏水"})
    dock.start(row("WM", 9), dealer=dealer(dock))
    assert dock.said("S1") == ("wrong", "held")
    assert dock.said("S5") == ("wrong", "wrong_state"), "it was never received"
    assert dock.said("S2") == ("right", "")


def test_what_is_reserved_for_another_document_is_refused_at_the_scan(dock: Dock) -> None:
    dock.draw(operation=SHIP)
    dock.stock("S1", "S2")
    keep = ReserveRequest("SO-1031", [ItemRef("S1")])
    dock.shop.system.reservations.reserve(SYSTEM, keep)
    dock.start(row("WM", 2), so_no="SO-1024", dealer=dealer(dock))
    told = dock.scan("S1")
    assert told.problem is not None
    assert (told.problem.code, told.problem.params["owner"]) == ("task_scan_of_another", "SO-1031")
    dock.draw(operation=SHIP, code="g")
    dock.start(row("WM", 1), so_no="SO-1031", dealer="D-GD", code="g")
    assert dock.said("S1") == ("right", "")


def dealer(dock: Dock) -> str:
    dock.shop.system.partners.create(SYSTEM, Partner(code="D-GD", name="广东", kind="dealer"))
    return "D-GD"


def test_held_goods_go_back_to_their_supplier_where_the_flow_lets_them(dock: Dock) -> None:
    dock.draw(operation=SHIP, policies={"held": "warn"})
    dock.stock("S1")
    dock.post("hold", "S1", data={"reason": "漏水"})
    dock.start(row("WM", 1))
    assert dock.said("S1") == ("right", "held"), "taken, and told"


def test_batches_and_quantities(dock: Dock) -> None:
    dock.draw(operation=RECEIVE, policies={"extra": "warn"})
    dock.start(row("BT", 10, batch="B1"), row("BT", 5), row("SKU", 30))
    asked = dock.scan("B1")
    assert asked.problem is not None
    assert (asked.ask, asked.problem.code, asked.line) == (True, "scan_how_much", None)
    assert dock.look().wrong == 0, "a question is no wrong scan"
    assert dock.scan("B2", quantity=5).answer == "right"
    assert dock.scan("B1", quantity=10).answer == "right"
    assert [one.done for one in dock.look().lines] == [10, 5, 0]
    assert dock.said("SKU", quantity=12.5) == ("right", "")
    assert dock.said("SKU", quantity=20) == ("right", "task_scan_extra")
    assert [one.done for one in dock.look().lines] == [10, 5, 32.5]
    assert dock.look().missing == 0
    with pytest.raises(InvalidInputError):
        dock.scan("SKU", quantity=-1)
    dock.complete()
    stock = {(one["product"], one["batch"] or ""): one["quantity"] for one in balances(dock)}
    assert stock == {("BT", "B1"): 10, ("BT", "B2"): 5, ("SKU", ""): 32.5}


def balances(dock: Dock) -> list[dict[str, object]]:
    with dock.shop.db.read() as tx:
        rows = tx.rows(
            "SELECT p.code AS product, b.code AS batch, sum(s.quantity) AS quantity FROM stock s "
            "JOIN product p ON p.id = s.product_id LEFT JOIN batch b ON b.id = s.batch_id GROUP BY p.code, b.code"
        )
    return [{"product": r.product, "batch": r.batch, "quantity": int(r.quantity) / 1_000_000} for r in rows]


def test_a_batch_that_the_order_does_not_want_is_wrong(dock: Dock) -> None:
    dock.draw()
    dock.start(row("BT", 10, batch="B1"))
    told = dock.scan("B2", quantity=1)
    assert told.problem is not None
    assert (told.problem.code, told.problem.params["wanted"]) == ("task_scan_wrong_batch", "B1")


def test_a_box_counts_with_its_content_and_goes_as_a_box(dock: Dock) -> None:
    dock.draw(operation={"kind": "move", "place": {"value": "WH1"}})
    dock.stock("S1", "S2", "S3")
    dock.box("BOX1", "S1", "S2")
    dock.start(row("WM", 3))
    dock.scan("S1")
    assert dock.said("BOX1") == ("right", "scan_box_partly")
    assert dock.look().done == 2
    assert dock.said("BOX1") == ("duplicate", "scan_box_again")
    assert [one.box for one in dock.lines("chen", "right")] == ["BOX1", None]
    dock.scan("S3")
    dock.complete()
    assert dock.item("S1")["place"] == "WH1"
    assert dock.item("S1")["parent"] is not None, "it stays packed"
    dock.draw(operation={"kind": "move", "place": {"value": "A-01"}}, policies={"missing": "pass"}, code="g")
    dock.start(row("WM", 3), code="g")
    dock.scan("BOX1")
    one = next(line for line in dock.lines("chen", "right") if line.item == "S2")
    dock.scans.undo(dock.shop.actors["chen"], dock.task(), one.seq)
    dock.complete()
    assert (dock.item("S1")["place"], dock.item("S2")["place"]) == ("A-01", "WH1")
    assert dock.item("S1")["parent"] is None, "only a part of the box was scanned"


def test_a_box_with_something_wrong_in_it_does_not_count_at_all(dock: Dock) -> None:
    dock.draw()
    dock.stock("S1", "S2")
    dock.box("BOX1", "S1", "S2")
    dock.start(row("WM", 1))
    told = dock.scan("BOX1")
    assert told.problem is not None
    assert (told.answer, told.problem.code) == ("wrong", "scan_box_wrong")
    assert dock.look().done == 0
    assert dock.said("S1") == ("right", "")


def test_taking_a_scan_back_gives_the_lines_what_they_had(dock: Dock) -> None:
    dock.draw()
    dock.stock("S1", "S2", "S3")
    dock.box("BOX1", "S2", "S3")
    dock.start(row("WM", 1), row("WM", 2))
    one = dock.scan("S1").line
    assert one is not None
    dock.scan("BOX1")
    chen = dock.shop.actors["chen"]
    dock.scans.undo(chen, dock.task(), one.seq, client_key="u")
    dock.scans.undo(chen, dock.task(), one.seq, client_key="u")
    assert [line.done for line in dock.look().lines] == [1, 1]
    box = dock.lines("chen", "box")[0]
    dock.scans.undo(chen, dock.task(), box.seq)
    view = dock.look()
    assert (view.done, view.missing, [line.done for line in view.lines]) == (0, 3, [0, 0])
    assert dock.said("S1") == ("right", "")
    with pytest.raises(NotFoundError):
        dock.scans.undo(chen, dock.task(), 99)


def test_an_exact_serial_goes_before_its_product(dock: Dock) -> None:
    dock.draw(against={"kind": "lines", "table": "rows", "product": "r_product", "quantity": "r_qty", "item": "r_item"})
    dock.shop.make("S1", "S2")
    dock.start(row("WM", 1), row("WM", None, item="S2"))
    dock.scan("S2")
    assert [(line.item, line.done) for line in dock.look().lines] == [(None, 0), ("S2", 1)]
    dock.scan("S1")
    assert dock.look().missing == 0


def test_typing_is_allowed_to_whom_the_flow_says(dock: Dock) -> None:
    dock.draw(manual="right")
    dock.shop.make("S1")
    dock.start(row("WM", 1))
    with pytest.raises(ForbiddenError):
        dock.scan("S1", manual=True)
    assert dock.said("S1") == ("right", "")


def test_nobody_else_scans_into_a_task_and_nobody_when_it_is_over(dock: Dock) -> None:
    dock.draw()
    dock.shop.make("S1", "S2")
    dock.start(row("WM", 1))
    task = dock.task()
    with pytest.raises(NotFoundError):
        dock.scan("S1", "li", task=task)
    with pytest.raises(NotFoundError):
        dock.scans.look(dock.shop.actors["li"], task)
    dock.scan("S1")
    dock.complete()
    with pytest.raises(ConflictError) as caught:
        dock.scan("S2", task=task)
    assert caught.value.code == "task_closed"
    assert dock.look(task=task).closed


def test_state_and_place_are_looked_at(dock: Dock) -> None:
    dock.draw(states=["in_stock"], place={"value": "WH1"}, policies={"wrong_place": "warn"})
    dock.stock("S1")
    dock.shop.make("S2")
    dock.start(row("WM", 2))
    assert dock.said("S2") == ("wrong", "scan_wrong_state")
    assert dock.said("S1") == ("right", ""), "A-01 lies within WH1"
    dock.draw(place={"value": "A-01"}, policies={"wrong_place": "warn"}, code="g")
    dock.stock("S3", place="WH1")
    dock.start(row("WM", 1), code="g")
    assert dock.said("S3") == ("right", "scan_wrong_place")


def test_the_statements_of_one_scan_are_few(dock: Dock, monkeypatch: pytest.MonkeyPatch) -> None:
    dock.draw(operation=RECEIVE)
    dock.shop.make("S1", "S2")
    dock.start(row("WM", 2))
    task = dock.task()
    dock.scan("S1", task=task)
    from mazhi.kernel.db import Tx

    asked: list[str] = []
    ask = Tx._ask

    def counted(self: Tx, template: str, params: dict[str, object], answer: object) -> object:
        asked.append(template)
        return ask(self, template, params, answer)  # type: ignore[arg-type]  # whatever it is asked for

    monkeypatch.setattr(Tx, "_ask", counted)
    dock.scan("S2", task=task)
    assert len(asked) <= 18, asked
    with dock.shop.db.read() as tx:
        assert store.scan(tx, dock.shop.todo("chen")[0].step_id).last == 2
