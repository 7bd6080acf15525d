"""Each scan into a list is answered once: right, wrong with the reason, or there already."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, TooLargeError
from tests.engines.forms.scan_lists.conftest import Dock, field


def test_a_scan_is_right_once_and_then_there_already(dock: Dock) -> None:
    name = dock.open()
    first = dock.lists.scan(SYSTEM, name, "SN001")
    assert (first.line.answer, first.line.item, first.line.product, first.line.place) == ("right", "SN001", "WM", "WH1")
    assert (first.done, first.expected) == (1, None)
    assert dock.scan(name, " SN001\r\n") == ("duplicate", "scan_again")
    assert dock.scan(name, "NOBODY-KNOWS") == ("wrong", "unknown_item")
    (view,) = dock.lists.look(SYSTEM, [name])
    assert (view.count, view.done, view.wrong, view.duplicates) == (1, 1, 1, 1)


def test_the_same_client_key_says_the_same_and_counts_nothing(dock: Dock) -> None:
    name = dock.open()
    once = dock.lists.scan(SYSTEM, name, "SN001", client_key="k")
    assert dock.lists.scan(SYSTEM, name, "SN001", client_key="k") == once
    assert dock.lists.look(SYSTEM, [name])[0].duplicates == 0
    with pytest.raises(ConflictError) as caught:
        dock.lists.scan(SYSTEM, name, "SN002", client_key="k")
    assert caught.value.code == "client_key_reused"


def test_a_near_miss_is_wrong_and_says_what_may_be_meant(dock: Dock) -> None:
    name = dock.open()
    dock.world.bear(["RO260908L010037"])
    answer = dock.lists.scan(SYSTEM, name, "RO260908L010073").line
    assert answer.problem is not None
    assert (answer.answer, answer.problem.code, answer.meant) == ("wrong", "scan_near", ["RO260908L010037"])
    ending = dock.lists.scan(SYSTEM, name, "010037").line
    assert ending.problem is not None
    assert (ending.problem.code, ending.meant) == ("scan_ending", ["RO260908L010037"])


def test_the_conditions_of_the_field_are_kept(dock: Dock) -> None:
    dock.publish(
        field("goods", "product"), field("where", "place"), field("many", "number"),
        product="goods", place="where", expected="many", states=["in_stock"],
    )  # fmt: skip
    name = dock.open(values={"goods": "WM", "where": "WH2", "many": 2})
    assert dock.scan(name, "OUT1") == ("wrong", "scan_wrong_product")
    assert dock.scan(name, "SN001") == ("wrong", "scan_wrong_place")
    dock.lists.set_values(SYSTEM, name, {"goods": "WM", "where": "WH1", "many": "2"})
    assert dock.scan(name, "SN001") == ("right", "")
    dock.world.post("pick", "SN002")
    assert dock.scan(name, "SN002") == ("wrong", "scan_wrong_state")
    dock.world.post("hold", "SN003", data={"reason": "x"})
    assert dock.scan(name, "SN003") == ("wrong", "scan_held")
    assert dock.lists.scan(SYSTEM, name, "SN004").expected == 2
    assert dock.scan(name, "SN005") == ("wrong", "scan_over")


def test_a_product_that_is_not_there_lets_nothing_in(dock: Dock) -> None:
    dock.publish(field("goods", "product"), product="goods")
    assert dock.scan(dock.open(values={"goods": "NO-SUCH"}), "SN001") == ("wrong", "scan_wrong_product")


def test_a_box_counts_with_its_content_and_goes_back_with_it(dock: Dock) -> None:
    name = dock.open()
    dock.scan(name, "SN012")
    answer = dock.lists.scan(SYSTEM, name, "BOX1")
    assert answer.line.problem is not None
    assert (answer.line.answer, answer.line.problem.code, answer.done) == ("box", "scan_box_partly", 3)
    assert dock.codes(name) == ["SN012", "SN011", "SN013"]
    assert [one.box for one in dock.lists.lines(SYSTEM, name, ("right",), newest=False).rows] == [None, "BOX1", "BOX1"]
    assert dock.scan(name, "BOX1") == ("duplicate", "scan_box_again")
    assert dock.scan(name, "SN013") == ("duplicate", "scan_again")
    assert dock.lists.undo(SYSTEM, name, [answer.line.line]).count == 1
    assert dock.lists.undo(SYSTEM, name, [answer.line.line]).count == 1, "what is gone is gone once"
    assert dock.scan(name, "BOX1") == ("box", "scan_box_partly")


def test_a_box_with_something_wrong_in_it_does_not_count_at_all(dock: Dock) -> None:
    dock.publish(field("many", "number"), expected="many")
    name = dock.open(values={"many": 5})
    dock.world.post("hold", "SN012", data={"reason": "x"})
    wrong = dock.lists.scan(SYSTEM, name, "BOX1").line
    assert wrong.problem is not None
    assert (wrong.problem.code, wrong.problem.params["first"], wrong.problem.params["why"]) == (
        "scan_box_wrong", "SN012", "scan_held",
    )  # fmt: skip
    assert dock.codes(name) == []
    for number in range(1, 4):
        dock.scan(name, f"SN{number:03d}")
    assert dock.scan(name, "BOX2") == ("wrong", "scan_box_over")
    dock.world.boxes("EMPTY")
    assert dock.scan(name, "EMPTY") == ("wrong", "scan_empty_box")


def test_boxes_may_stand_for_themselves_or_be_refused(dock: Dock) -> None:
    dock.publish(boxes="whole")
    name = dock.open()
    assert dock.scan(name, "BOX1") == ("right", "")
    assert dock.codes(name) == ["BOX1"]
    dock.publish(boxes="refuse")
    assert dock.scan(dock.open(), "BOX1") == ("wrong", "scan_no_boxes")


def test_goods_are_taken_by_quantity(dock: Dock) -> None:
    dock.publish(takes="goods")
    name = dock.open()
    assert dock.scan(name, "B2") == ("right", "")
    assert dock.scan(name, "B2") == ("right", "")
    assert dock.scan(name, "BT") == ("wrong", "scan_batch_needed")
    assert dock.scan(name, "SN001") == ("wrong", "scan_goods_only")
    assert dock.scan(name, "WM") == ("wrong", "scan_items_only")
    assert dock.lists.look(SYSTEM, [name])[0].done == 2
    assert dock.scan(dock.open(), "WH1") == ("wrong", "scan_no_goods")


def test_thousands_are_pasted_with_ranges_and_every_fault_is_named(dock: Dock) -> None:
    name = dock.open()
    dock.scan(name, "SN002")
    told = dock.lists.paste(SYSTEM, name, "SN001-SN005, NO-1；OUT1\nBOX1 SN001", client_key="p")
    assert (told.right, told.wrong, told.duplicate, told.boxes, told.done) == (8, 1, 2, 1, 9)
    assert dock.lists.paste(SYSTEM, name, "SN001-SN005, NO-1；OUT1\nBOX1 SN001", client_key="p") == told
    bad = dock.lists.lines(SYSTEM, name, ("wrong", "duplicate"), after=told.first - 1, newest=False).rows
    assert [(one.raw, one.source, one.problem.code if one.problem else "") for one in bad] == [
        ("SN002", 2, "scan_again"), ("NO-1", 6, "unknown_item"), ("SN001", 9, "scan_again"),
    ]  # fmt: skip
    with pytest.raises(InvalidInputError):
        dock.lists.paste(SYSTEM, name, "SN009-SN001")
    with pytest.raises(TooLargeError):
        dock.lists.batch(SYSTEM, name, ["x"] * 100_001)
    cleared = dock.lists.clear(SYSTEM, name, ["wrong", "duplicate"])
    assert (cleared.count, cleared.wrong, cleared.duplicates) == (9, 0, 0)
    assert dock.lists.clear(SYSTEM, name, ["right"]).done == 0


def test_lines_come_by_the_page_in_both_directions(dock: Dock) -> None:
    name = dock.open()
    dock.lists.paste(SYSTEM, name, "SN001-SN010 BOX1")
    page = dock.lists.lines(SYSTEM, name, scans=True, limit=4)
    assert [one.raw for one in page.rows] == ["BOX1", "SN010", "SN009", "SN008"]
    rest = dock.lists.lines(SYSTEM, name, scans=True, after=int(page.next or 0), limit=100)
    assert (rest.rows[0].raw, len(rest.rows), rest.next) == ("SN007", 7, None)


def test_eight_who_scan_into_one_list_lose_nothing_and_double_nothing(dock: Dock) -> None:
    name = dock.open()
    codes = [f"SN{number:03d}" for number in range(1, 31)]
    start = threading.Barrier(8)

    def work(worker: int) -> list[tuple[str, str]]:
        start.wait()
        turned = codes[worker * 3 :] + codes[: worker * 3]
        return [(code, dock.scan(name, code, client_key=f"{worker}-{code}")[0]) for code in turned]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for one in pool.map(work, range(8)) for answer in one]
    assert sorted(code for code, answer in answers if answer == "right") == codes
    assert sum(answer == "duplicate" for _, answer in answers) == 7 * 30
    (view,) = dock.lists.look(SYSTEM, [name])
    assert (view.count, view.done, view.duplicates) == (30, 30, 210)
    lines = dock.lists.lines(SYSTEM, name, limit=1_000, newest=False).rows
    assert [one.line for one in lines] == list(range(1, 241))


def test_what_nobody_opened_is_not_there(dock: Dock) -> None:
    for name in ("6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5c01", "x\0"):
        with pytest.raises(NotFoundError):
            dock.scan(name, "SN001")
