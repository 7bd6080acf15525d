"""Nobody gets past a scan step without its set, or somebody who may and says why; then everything is posted at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.flows import store as flows
from mazhi.engines.flows.kind import Done
from mazhi.engines.flows.running import advancing, work
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import with_purse
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.files.model import uploader_of
from mazhi.kernel.files.service import Files, Wish
from mazhi.kernel.jobs.service import Jobs
from tests.engines.flows.scans.dock import LINES, RECEIVE, SHIP, Dock, row
from tests.engines.flows.shop import members, node
from tests.kernel.files.pictures import picture


def problems(caught: Any) -> list[str]:
    return [one.code for one in caught.value.problems]


def overseer(dock: Dock) -> Actor:
    """Return somebody who may let scans pass, and nothing else."""
    dock.shop.add_user("zhao")
    found = dock.shop.actors["zhao"]
    return Actor(found.name, found.user_id, rights={"flows.override_scan": None, "items.view": None})


def test_everything_that_was_scanned_is_posted_at_once(dock: Dock) -> None:
    dock.draw(node("approve", who=members("zhang")), operation={**RECEIVE, "document": {"template": "{so_no}"}})
    dock.shop.make("S1", "S2")
    instance = dock.start(row("WM", 2), so_no="PO-7")
    dock.scan("S1")
    dock.scan("S2")
    dock.complete()
    step = dock.shop.steps(instance, "done")[-1]
    assert (step.node, step.outcome) == ("scan", "completed")
    assert step.event_id is not None
    assert (step.data["done"], step.data["missing"], step.data["goods"]["items"]) == (2, 0, ["S1", "S2"])
    assert (dock.item("S1")["state"], dock.item("S2")["place"]) == ("in_stock", "A-01")
    with dock.shop.db.read() as tx:
        events = tx.rows("SELECT document FROM event WHERE id = :id", id=step.event_id)
    assert [one.document for one in events] == ["PO-7"]
    assert dock.shop.open(instance) == ["approve"]


def test_what_is_missing_is_named_and_nothing_has_changed(dock: Dock) -> None:
    dock.draw(operation=RECEIVE)
    dock.shop.make("S1")
    instance = dock.start(row("WM", 3), row("SKU", 5))
    dock.scan("S1")
    with pytest.raises(ConflictError) as caught:
        dock.complete()
    assert (caught.value.code, problems(caught)) == ("scans_missing", ["scans_missing_anywhere"] * 2)
    assert [one.params["missing"] for one in caught.value.problems] == [2, 5]
    assert (dock.item("S1")["state"], dock.shop.open(instance)) == ("coded", ["scan"])


def test_within_the_tolerance_nothing_is_missing(dock: Dock) -> None:
    dock.draw(tolerance={"missing": 10}, operation=RECEIVE)
    dock.start(row("SKU", 100))
    dock.scan("SKU", quantity=89)
    with pytest.raises(ConflictError):
        dock.complete()
    dock.scan("SKU", quantity=1)
    assert dock.complete().state == "done"


def test_where_the_flow_only_warns_somebody_answers_for_what_is_missing(dock: Dock) -> None:
    dock.draw(operation=RECEIVE, policies={"missing": "warn"})
    dock.shop.make("S1")
    instance = dock.start(row("WM", 2))
    dock.scan("S1")
    with pytest.raises(ConflictError) as caught:
        dock.complete()
    assert caught.value.code == "scans_missing"
    with pytest.raises(InvalidInputError):
        dock.complete(how="anyway")
    dock.complete(how="anyway", comment="供应商少发一台")
    assert ("override", "scan") in dock.shop.trail(instance)
    assert dock.shop.steps(instance, "done")[-1].data["overrides"][0]["by"] == "chen"


def test_anyway_is_nothing_where_the_flow_refuses(dock: Dock) -> None:
    dock.draw(operation=RECEIVE)
    dock.start(row("WM", 2))
    with pytest.raises(ConflictError):
        dock.complete(how="anyway", comment="我说了算")


def test_who_has_the_right_lets_it_pass_with_a_reason_in_the_trail(dock: Dock) -> None:
    dock.draw(operation=RECEIVE, override={"roles": ["quality"]})
    dock.shop.make("S1")
    instance = dock.start(row("WM", 2))
    dock.scan("S1")
    task = dock.task()
    with pytest.raises(ForbiddenError):
        dock.scans.override(dock.shop.actors["chen"], task, "missing", "我来放")
    with pytest.raises(InvalidInputError):
        dock.scans.override(overseer(dock), task, "missing", " ")
    dock.scans.override(dock.shop.actors["zhang"], task, "missing", "质量部同意", client_key="o")
    dock.scans.override(dock.shop.actors["zhang"], task, "missing", "质量部同意", client_key="o")
    assert len(dock.look().overrides) == 1
    dock.complete()
    assert dock.shop.trail(instance).count(("override", "scan")) == 1


def test_one_refused_scan_is_let_pass_and_the_others_are_not(dock: Dock) -> None:
    dock.draw(operation=RECEIVE)
    dock.shop.make("S1", "X1", "X2")
    dock.shop.make("Y1", "Y2", product="OTHER")
    dock.start(row("WM", 1))
    wrong = dock.scan("Y1")
    assert wrong.line is not None
    boss = overseer(dock)
    with pytest.raises(ConflictError):
        dock.scans.override(boss, dock.task(), "held", "x", seq=wrong.line.seq)
    view = dock.scans.override(boss, dock.task(), "wrong_product", "替代料", seq=wrong.line.seq)
    assert (view.done, view.wrong, view.missing) == (1, 0, 1)
    assert dock.said("Y2") == ("wrong", "task_scan_wrong_product")
    dock.scans.override(boss, dock.task(), "wrong_product", "都可以")
    assert dock.said("Y2") == ("right", "task_scan_wrong_product")


def test_what_the_posting_refuses_never_passes(dock: Dock) -> None:
    from mazhi.kernel.access.model import SYSTEM
    from mazhi.kernel.partners.model import Partner

    dock.shop.system.partners.create(SYSTEM, Partner(code="D-GD", name="广东", kind="dealer"))
    dock.draw(operation=SHIP)
    dock.stock("S1", "S2")
    dock.post("hold", "S1", data={"reason": "x"})
    instance = dock.start(row("WM", 2), dealer="D-GD")
    held = dock.scan("S1")
    assert held.line is not None
    with pytest.raises(ConflictError) as caught:
        dock.scans.override(overseer(dock), dock.task(), "held", "老板说的", seq=held.line.seq)
    assert caught.value.code == "scan_not_overridable"
    dock.scan("S2")
    dock.stock("S3")
    dock.scan("S3")
    dock.post("hold", "S3", data={"reason": "after it was scanned"})
    with pytest.raises(ConflictError) as late:
        dock.complete()
    assert (late.value.code, problems(late)) == ("flow_step_refused", ["held"])
    assert (dock.shop.open(instance), dock.item("S2")["state"]) == (["scan"], "in_stock")


def test_two_devices_complete_once(dock: Dock) -> None:
    dock.draw(operation=RECEIVE)
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1))
    dock.scan("S1")
    task = dock.task()
    dock.complete(task=task, client_key="c")
    dock.complete(task=task, client_key="c")
    with pytest.raises(ConflictError) as caught:
        dock.complete(task=task, client_key="d")
    assert caught.value.code == "task_closed"
    with dock.shop.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM event WHERE operation = 'receive'") == 1
    assert dock.shop.instance(instance).state == "done"


def test_sending_back_past_it_takes_it_all_back(dock: Dock) -> None:
    dock.draw(node("approve", who=members("zhang")), operation=RECEIVE, store_to={"field": "picks"})
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1))
    dock.scan("S1")
    dock.complete()
    assert dock.item("S1")["state"] == "in_stock"
    record = dock.shop.instance(instance).record_id
    assert dock.shop.values(record, "order")["picks"] == ["S1"]
    dock.shop.act("zhang", "send_back", to=("scan",), comment="重扫")
    assert dock.item("S1")["state"] == "coded"
    assert dock.look().done == 0, "it is scanned again"
    assert dock.said("S1") == ("right", "")
    dock.complete()
    assert dock.item("S1")["state"] == "in_stock"


def test_what_was_scanned_is_kept_in_the_record(dock: Dock) -> None:
    table = {"table": "taken", "product": "t_product", "quantity": "t_qty", "batch": "t_batch", "item": "t_item"}
    dock.draw(store_to=table)
    dock.shop.make("S1")
    instance = dock.start(row("WM", 1), row("BT", 4))
    dock.scan("S1")
    dock.scan("B1", quantity=4)
    dock.complete()
    rows = dock.shop.values(dock.shop.instance(instance).record_id, "order")["taken"]
    assert [(r["t_product"], r["t_qty"], r["t_batch"], r["t_item"]) for r in rows] == [
        ("WM", 1, None, "S1"), ("BT", 4, "B1", None),
    ]  # fmt: skip
    dock.draw(store_to={"field": "got"}, code="g")
    instance = dock.start(row("WM", 1), row("BT", 4), code="g")
    dock.scan("S1")
    dock.scan("B1", quantity=4)
    dock.complete()
    name = dock.shop.values(dock.shop.instance(instance).record_id, "order")["got"]
    (view,) = dock.shop.system.scan_lists.look(dock.shop.actors["boss"], [name])
    assert (view.state, view.count, view.done) == ("bound", 2, 5)


def test_what_an_earlier_step_took_or_another_record_orders_is_expected(dock: Dock) -> None:
    lines = {"kind": "lines", "via": "order", "table": "po_rows", "product": "p_product", "quantity": "p_qty"}
    dock.draw(
        node("scan", "again", who=members("li"), against={"kind": "step", "node": "scan"}, operation=RECEIVE),
        against=lines,
    )
    dock.shop.make("S1", "S2", "S3")
    order = dock.shop.record("purchase", po_rows=[{"p_product": "WM", "p_qty": 2}, {"p_product": "SKU", "p_qty": 3}])
    dock.start(order=str(order))
    for code in ("S1", "S2"):
        dock.scan(code)
    dock.scan("SKU", quantity=3)
    dock.complete()
    view = dock.look("li")
    assert [(one.item or one.product, one.expected) for one in view.lines] == [("S1", 1), ("S2", 1), ("SKU", 3)]
    assert dock.said("S3", "li") == ("wrong", "task_scan_not_listed")


def test_the_content_of_a_box_or_of_a_scan_list_is_expected(dock: Dock) -> None:
    dock.draw(against={"kind": "box", "field": "box"})
    dock.stock("S1", "S2", "S3")
    dock.box("BOX1", "S1", "S2")
    dock.start(box="BOX1")
    assert [one.item for one in dock.look().lines] == ["S1", "S2"]
    assert dock.said("S3") == ("wrong", "task_scan_not_listed")
    dock.draw(against={"kind": "items", "field": "wanted_list"}, code="g")
    boss = dock.shop.actors["boss"]
    name = dock.shop.system.scan_lists.open(boss, "wms/order", "wanted_list").id
    dock.shop.system.scan_lists.paste(boss, name, "S1,S3")
    dock.start(wanted_list=name, code="g")
    assert [one.item for one in dock.look().lines] == ["S1", "S3"]


def test_without_anything_to_check_against_the_step_before_is_refused(dock: Dock) -> None:
    dock.draw()
    with pytest.raises(ConflictError) as caught:
        dock.start()
    assert caught.value.code == "scan_nothing_expected"
    dock.draw(against={"kind": "free"}, code="g")
    dock.start(code="g")
    with pytest.raises(ConflictError) as nothing:
        dock.complete()
    assert problems(nothing) == ["scan_nothing"]
    dock.shop.make("S1")
    assert dock.said("S1") == ("right", "")
    dock.complete()


def test_a_picture_is_needed_where_the_flow_says_so(dock: Dock) -> None:
    dock.draw(photo="picture")
    dock.shop.make("S1")
    dock.start(row("WM", 1))
    dock.scan("S1")
    with pytest.raises(InvalidInputError) as caught:
        dock.complete()
    assert problems(caught) == ["scan_photo_needed"]


def test_the_picture_that_is_needed_is_handed_in_with_completing(dock: Dock, tmp_path: Path) -> None:
    shop, chen = dock.shop, dock.shop.actors["chen"]
    dock.draw(photo="picture")
    shop.make("S1")
    dock.start(row("WM", 1))
    dock.scan("S1")
    files = Files(shop.db, Ids(Counters(shop.db), "file"), Jobs(shop.db, tmp_path / "jobs"), tmp_path)
    incoming = files.begin(uploader_of(chen))
    incoming.write(picture("PNG"))
    kept = files.keep(uploader_of(chen), incoming, Wish("照片.png")).uuid
    done = dock.complete(values={"picture": kept})
    assert done.state == "done"
    assert kept in str(shop.values(done.record_id, "order")["picture"])


class TestNothingElsePasses:
    """The step ends by scanning or by a recorded override, and in no other way."""

    @pytest.fixture
    def instance(self, dock: Dock) -> int:
        dock.draw(node("approve", who=members("zhang")), operation=RECEIVE)
        return dock.start(row("WM", 2))

    def run(self, dock: Dock, instance: int, do: Any) -> None:
        def work_(purse: Any) -> None:
            with dock.shop.db.write() as tx:
                run = dock.shop.system.running.open(tx, purse, dock.shop.actors["boss"], instance)
                do(run, flows.steps(tx, instance, {"open"})[0])
                run.close()

        with_purse(work_)

    def test_by_an_action_of_other_steps_or_of_other_people(self, dock: Dock, instance: int) -> None:
        for kind in ("approve", "submit", "refuse", "nothing"):
            with pytest.raises(PlatformError):
                dock.shop.act("chen", kind, comment="x")
        with pytest.raises(NotFoundError):
            dock.shop.act("boss", "complete", dock.task())
        assert dock.shop.open(instance) == ["scan"]

    def test_by_closing_the_step_from_within(self, dock: Dock, instance: int) -> None:
        with pytest.raises(ConflictError) as caught:
            self.run(dock, instance, lambda run, step: advancing.leave(run, step, Done("timeout")))
        assert caught.value.code == "flow_unskippable"
        with pytest.raises(ConflictError) as settled:
            self.run(dock, instance, lambda run, step: advancing.settle(run, step, Done("approved")))
        assert settled.value.code == "flow_unskippable"
        with pytest.raises(ConflictError) as completed:
            self.run(dock, instance, lambda run, step: work.complete(run, step, "approved"))
        assert completed.value.code == "scans_missing"

    def test_by_a_drawing_that_would_pass_it_for_time_or_want_of_people(self, dock: Dock) -> None:
        who = members("chen", nobody={"then": "pass"})
        for options in ({"who": who}, {"who": members("chen"), "due": {"hours": 1, "then": "approve"}}):
            with pytest.raises(InvalidInputError) as caught:
                dock.shop.draw(node("scan", "scan", **options, against=LINES), code="n", form="order")
            assert caught.value.code == "flow_incomplete"

    def test_the_starter_is_asked_although_they_started_it(self, dock: Dock) -> None:
        who = {"ways": [{"kind": "starter"}], "same": "pass"}
        dock.shop.draw(node("scan", "scan", who=who, against=LINES), code="n", form="order")
        instance = dock.start(row("WM", 1), code="n")
        assert dock.shop.open(instance) == ["scan"]


def test_what_a_publisher_may_not_post_their_flow_may_not_either(dock: Dock) -> None:
    flows_, boss = dock.shop.system.flows, dock.shop.actors["boss"]
    dock.draw()
    drawn = node(
        "start", "start",
        node(
            "scan", "scan", who=members("chen"), against={"kind": "lines", "table": "nowhere"},
            operation={"kind": "pick"}, policies={"held": "pass", "x": "y"}, tolerance={"extra": 200},
            store_to={"field": "dealer"}, place={"field": "gone"},
        ),
    )  # fmt: skip
    flows_.save_draft(boss, "wms", "f", {"form": "order", "tree": drawn}, base=1)
    clerk = Actor("clerk", 7, rights={"apps.edit": None})
    codes = {(one.problem.code, one.problem.pointer) for one in flows_.check(clerk, "wms", "f") if one.hard}
    assert codes >= {
        ("flow_field_gone", "/options/against/table"), ("scan_policy_too_soft", "/options/policies/held"),
        ("scan_bad_policy", "/options/policies/x"), ("scan_bad_tolerance", "/options/tolerance/extra"),
        ("flow_no_right_for", "/options/operation/kind"), ("flow_field_gone", "/options/store_to/field"),
        ("flow_field_gone", "/options/place/field"),
    }  # fmt: skip
