from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.marks import read_marks
from mazhi.kernel.posting.model import ItemRef
from mazhi.kernel.recalls import marking, model, opening, scope_store
from mazhi.kernel.recalls.model import ACTIONS, HANDLED, STATUSES, ActionRequest, Where, next_status, share
from tests.kernel.recalls.conftest import RecallWorld

DAY = clock.MICROS_PER_DAY


@pytest.fixture
def stocked(world: RecallWorld) -> RecallWorld:
    """Six machines in stock, three of them of a bad batch."""
    for codes, batch in ((["M1", "M2", "M3"], "PB-1"), (["X1", "X2", "X3"], "PB-2")):
        world.bear(codes, batch_id=world.ids[batch], state="in_stock", place_id=world.ids["WH1"])
    return world


def marks_of(world: RecallWorld, code: str) -> list[tuple[str, str]]:
    with world.db.read() as tx:
        text = tx.scalar("SELECT marks FROM item WHERE code = :code", code=code)
    return [(mark, cause) for mark, cause, _ in read_marks(text)]


def test_opening_marks_every_piece_with_the_number(stocked: RecallWorld) -> None:
    opened = stocked.open({"batch": "PB-1"})
    assert opened["marked"] == 3
    for code in ("M1", "M2", "M3"):
        assert marks_of(stocked, code) == [("recalled", opened["id"])]
        assert stocked.life(code)[-1]["operation"] == "recall_mark"
        assert stocked.life(code)[-1]["document"] == opened["id"]
    assert marks_of(stocked, "X1") == []
    assert list(verify(stocked.db)) == []


def test_built_in_parts_and_sold_machines_are_marked_too(world: RecallWorld) -> None:
    world.bear(["P1", "M1", "M2"], batch_id=world.ids["PB-1"], state="sold")
    world.bear(["OLD"], state="scrapped")
    world.put_in("M1", "P1")
    opened = world.open({"codes": ["P1", "M2", "OLD"]})
    assert {code: marks_of(world, code) for code in ("P1", "M1", "M2", "OLD")} == {
        code: [("recalled", opened["id"])] for code in ("P1", "M1", "M2", "OLD")
    }


def test_each_recall_keeps_its_own_mark(stocked: RecallWorld) -> None:
    first = stocked.open({"batch": "PB-1"})["id"]
    second = stocked.open({"codes": "M1-M3"})["id"]
    assert marks_of(stocked, "M1") == [("recalled", first), ("recalled", second)]
    stocked.act(first, "clear", "M1")
    assert marks_of(stocked, "M1") == [("recalled", second)]
    stocked.post("recall_clear", "M1", data={"recall": first})
    assert marks_of(stocked, "M1") == [("recalled", second)]
    stocked.post("recall_clear", "M1", data={"recall": second})
    assert marks_of(stocked, "M1") == []


USES: list[tuple[str, str, dict[str, Any]]] = [
    ("issue", "in_stock", {}),
    ("pick", "in_stock", {}),
    ("ship", "in_stock", {"partner": "D-GD"}),
    ("check_out", "in_stock", {"partner": "C-1"}),
    ("activate", "shipped", {"partner": "C-1"}),
    ("repair_out", "in_repair", {"data": {"to": "sold"}, "partner": "C-1"}),
]


@pytest.mark.parametrize(("kind", "state", "rest"), USES)
def test_every_use_obeys_the_mark(world: RecallWorld, kind: str, state: str, rest: dict[str, Any]) -> None:
    place = world.ids["WH1"] if state in {"in_stock", "in_repair"} else 0
    world.bear(["M1", "X1"], state=state, place_id=place)
    number = world.open({"codes": ["M1"]})["id"]
    with pytest.raises(ConflictError) as refused:
        world.post(kind, "M1", "X1", **rest)
    assert [(one.code, one.item, one.params["cause"]) for one in refused.value.problems] == [("recalled", "M1", number)]
    world.act(number, "clear", "M1")
    assert world.post(kind, "M1", "X1", **rest).accepted == 2


def test_the_uses_above_are_all_that_there_are() -> None:
    """Whoever adds an operation that uses items up decides here whether the mark is tested with it."""
    uses = {kind.name for kind in operation_kinds if kind.use or kind.blocked_into}
    tested_elsewhere = {"exchange", "assemble", "install", "swap"}
    assert uses - tested_elsewhere <= {kind for kind, _, _ in USES}


def test_no_later_event_hides_the_mark(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    stocked.post("move", "M1", place="WH2")
    stocked.post("inspect", "M1", data={"quality": "released"})
    stocked.post("hold", "M1", data={"reason": "x"})
    stocked.post("release", "M1", data={"reason": "x"})
    stocked.post("scrap", "M1")
    assert ("recalled", number) in marks_of(stocked, "M1")


def test_who_may_not_mark_may_not_take_a_mark_back_by_correcting(stocked: RecallWorld) -> None:
    stocked.open({"batch": "PB-1"})
    event = stocked.life("M1")[-1]["event"]
    rights = {"operation.correct": None, "ledger.late_entry": None}
    with pytest.raises(ForbiddenError):
        stocked.post("correct", actor=Actor("keeper", rights=rights), data={"event": event})
    stocked.post(
        "correct", actor=Actor("chief", rights={**rights, "operation.recall_mark": None}), data={"event": event}
    )
    assert marks_of(stocked, "M1") == []


def test_a_mock_recall_touches_no_piece(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"}, mock=True, deadline=clock.now() + 4 * 3600 * 1_000_000)["id"]
    before = {code: stocked.item(code) for code in ("M1", "M2", "M3")}
    for kind in ACTIONS:
        stocked.act(number, kind, where=Where())
        if kind in {"destroy", "clear"}:
            stocked.act(number, "reopen", where=Where())
    assert {code: stocked.item(code) for code in before} == before
    stocked.act(number, "contact", where=Where())
    stocked.act(number, "return", where=Where())
    told = stocked.look(number)
    assert told["effectiveness"] == 100.0
    clock_ = told["clock"]
    assert all(clock_[name] is not None for name in ("located", "held", "listed", "answered"))
    assert clock_["located"] <= clock_["held"] <= clock_["answered"] <= clock_["elapsed"]
    assert (clock_["within"], clock_["limit"]) == (True, pytest.approx(4 * 3600, abs=2))


def test_effectiveness_counts_what_is_handled(stocked: RecallWorld) -> None:
    number = stocked.open({"codes": "M1-M3, X1"})["id"]
    stocked.act(number, "notify", where=Where())
    stocked.act(number, "schedule", "M1", measure="上门换泵", due="2020-01-01")
    stocked.act(number, "notify", "M1")
    stocked.act(number, "refuse", "M2")
    stocked.act(number, "replace", "M3", note="已换新机")
    rows = stocked.rows(number)
    assert (rows["M1"]["status"], rows["M1"]["attempts"], rows["M1"]["overdue"]) == ("scheduled", 2, True)
    assert (rows["X1"]["status"], rows["M3"]["status"]) == ("notified", "replaced")
    told = stocked.look(number)
    assert (told["handled"], told["open"], told["effectiveness"], told["completeness"]) == (1, 3, 25.0, 50.0)
    assert {row["status"]: row["total"] for row in told["by_status"]} == {
        "notified": 1, "refused": 1, "replaced": 1, "scheduled": 1,
    }  # fmt: skip
    assert [row["handled"] for row in told["curve"]] == [1]
    assert set(stocked.rows(number, status="unhandled")) == {"M1", "M2", "X1"}
    stocked.act(number, "reopen", "M3")
    assert stocked.look(number)["handled"] == 0


def test_the_curve_adds_up_by_days(stocked: RecallWorld) -> None:
    now = clock.now()
    number = stocked.open({"batch": "PB-1"}, occurred_at=now - 3 * DAY)["id"]
    stocked.act(number, "return", "M1", occurred_at=now - 2 * DAY)
    stocked.act(number, "return", "M2", occurred_at=now - 1 * DAY)
    stocked.act(number, "return", "M3", occurred_at=now - 1 * DAY)
    told = stocked.look(number)
    assert [(one["handled"], one["on_day"]) for one in told["curve"]] == [(1, 1), (3, 2)]
    assert told["opened_at"] == clock.to_text(now - 3 * DAY)


def test_what_is_destroyed_is_scrapped_in_the_same_transaction(stocked: RecallWorld) -> None:
    stocked.put_in("X1", "M2")
    number = stocked.open({"batch": "PB-1"})["id"]
    with pytest.raises(ConflictError) as refused:
        stocked.act(number, "destroy", "M1", "M2")
    (problem,) = refused.value.problems
    assert (problem.code, problem.pointer, problem.item) == ("already_inside", "/items/1", "M2")
    assert stocked.item("M1")["state"] == "in_stock"
    assert stocked.rows(number)["M1"]["status"] == "open"
    done = stocked.act(number, "destroy", "M1", "M2", mode="partial")
    assert (done["accepted"], [one.code for one in done["refused"]]) == (1, ["already_inside"])
    assert stocked.item("M1")["state"] == "scrapped"
    assert stocked.life("M1")[-1]["event"] == done["event"]


def test_hold_is_one_more_mark_with_the_number(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    stocked.act(number, "hold", where=Where(place="WH1"))
    assert marks_of(stocked, "M1") == [("recalled", number), ("held", number)]


def test_the_same_key_changes_nothing_twice(stocked: RecallWorld) -> None:
    first = stocked.open({"batch": "PB-1"}, client_key="k")
    assert stocked.open({"batch": "PB-1"}, client_key="k") == first
    with pytest.raises(ConflictError, match="client_key_reused"):
        stocked.open({"batch": "PB-2"}, client_key="k")
    done = stocked.act(first["id"], "notify", "M1", client_key="a")
    assert stocked.act(first["id"], "notify", "M1", client_key="a") == done
    assert stocked.rows(first["id"])["M1"]["attempts"] == 1
    with pytest.raises(ConflictError, match="client_key_reused"):
        stocked.act(first["id"], "refuse", "M1", client_key="a")
    assert len(stocked.recalls.reading.page(SYSTEM)[0]) == 1


def test_several_who_open_at_once_get_numbers_of_their_own_and_a_repeat_the_same(stocked: RecallWorld) -> None:
    with ThreadPoolExecutor(4) as pool:
        keyed = [pool.submit(stocked.open, {"batch": "PB-1"}, client_key="k") for _ in range(3)]
        others = [pool.submit(stocked.open, {"batch": "PB-2"}) for _ in range(3)]
    assert len({one.result()["id"] for one in keyed}) == 1
    assert len({one.result()["id"] for one in [*keyed, *others]}) == 4
    assert sorted(cause for _, cause in marks_of(stocked, "X1")) == sorted(one.result()["id"] for one in others)
    assert list(verify(stocked.db)) == []


def test_closing_clears_what_is_handled_and_keeps_the_rest(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    stocked.act(number, "rework", "M1")
    with pytest.raises(ConflictError) as refused:
        stocked.recalls.close(SYSTEM, number)
    assert (refused.value.code, refused.value.params["open"]) == ("recall_items_open", 2)
    assert stocked.recalls.close(SYSTEM, number, confirmed=True)["cleared"] == 1
    assert (marks_of(stocked, "M1"), marks_of(stocked, "M2")) == ([], [("recalled", number)])
    with pytest.raises(ConflictError, match="recall_closed"):
        stocked.act(number, "notify", "M2")
    assert stocked.look(number)["state"] == "closed"


def test_a_large_scope_is_marked_by_a_job_in_chunks(stocked: RecallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (marking, model, opening):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(scope_store, "MANY", 2)
    opened = stocked.open({"batch": "PB-1"})
    assert (opened["marked"], opened["job"] is not None) == (0, True)
    assert stocked.jobs.run_pending() == 1
    job = stocked.jobs.get(SYSTEM, opened["job"])
    assert (job.state, job.done, job.result) == (
        "done", 3, {"recall": opened["id"], "after": stocked.id_of("M3"), "marked": 3, "events": 2},
    )  # fmt: skip
    assert all(marks_of(stocked, code) == [("recalled", opened["id"])] for code in ("M1", "M2", "M3"))
    assert stocked.look(opened["id"])["clock"]["held"] is not None
    stocked.act(opened["id"], "return", "M1", "M2", "M3")
    assert stocked.recalls.close(SYSTEM, opened["id"])["job"] is not None
    stocked.jobs.run_pending()
    assert marks_of(stocked, "M1") == marks_of(stocked, "M3") == []
    assert list(verify(stocked.db)) == []


def test_where_a_piece_is_now_and_where_it_was(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    stocked.post("move", "M1", place="A-01")
    assert {row["place"]: row["total"] for row in stocked.look(number)["by_place"]} == {"WH1": 3}
    assert {row["place"]: row["total"] for row in stocked.look(number, now=True)["by_place"]} == {"A-01": 1, "WH1": 2}
    row = stocked.rows(number)["M1"]
    assert (row["place"], row["opened"]["place"]) == ("A-01", "WH1")
    assert set(stocked.rows(number, place="A-01")) == {"M1"}
    assert stocked.rows(number, place="NOWHERE") == {}


def test_pages_meet_without_gap_or_overlap(stocked: RecallWorld) -> None:
    number = stocked.open({"codes": "M1-M3, X1-X3"}, confirmed=True)["id"]
    found: list[str] = []
    after: str | None = None
    while True:
        rows, after = stocked.recalls.reading.items(SYSTEM, number, Where(), after=after, limit=4)
        found += [row["code"] for row in rows]
        if after is None:
            break
    assert sorted(found) == ["M1", "M2", "M3", "X1", "X2", "X3"]


def test_a_scope_that_was_touched_does_not_fit_its_hash(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    stocked.act(number, "return", "M1")
    stocked.post("relabel", "M2", data={"new": "M2-NEW", "reason": "旧码磨损"})
    assert stocked.recalls.reading.check_scope(SYSTEM, number)["intact"] is True
    with stocked.db.write() as tx:
        tx.run("DELETE FROM recall_item WHERE code = 'M3'")
    assert stocked.recalls.reading.check_scope(SYSTEM, number)["intact"] is False


def test_rights_and_areas(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    nobody = Actor("nobody", rights={"items.view": None})
    viewer = Actor("viewer", rights={"recalls.view": None, "items.view": frozenset({stocked.ids["WH2"]})})
    manager = Actor("manager", rights={"recalls.view": None, "recalls.manage": None})
    with pytest.raises(ForbiddenError):
        stocked.recalls.reading.get(nobody, number)
    with pytest.raises(ForbiddenError):
        stocked.act(number, "notify", "M1", actor=viewer)
    with pytest.raises(ForbiddenError):
        stocked.open({"batch": "PB-2"}, actor=viewer)
    with pytest.raises(ForbiddenError):
        stocked.act(number, "destroy", "M1", actor=manager)
    stocked.post("move", "M2", place="WH2")
    assert [row["code"] for row in stocked.recalls.reading.items(viewer, number, Where())[0]] == ["M2"]
    assert stocked.open({"batch": "PB-2"}, actor=manager)["marked"] == 3
    stocked.act(number, "clear", "M1", actor=manager)
    assert marks_of(stocked, "M1") == []
    with pytest.raises(ForbiddenError):
        stocked.post("recall_mark", "M1", data={"recall": number}, actor=manager)
    with pytest.raises(ForbiddenError):
        stocked.open({"batch": "PB-2"}, actor=manager, occurred_at=clock.now() - DAY)


def test_requests_that_cannot_be_right(stocked: RecallWorld) -> None:
    number = stocked.open({"batch": "PB-1"})["id"]
    request = ActionRequest("shout", [ItemRef("M1")], where=Where(), due="tomorrow")
    with pytest.raises(InvalidInputError) as refused:
        stocked.recalls.act(SYSTEM, number, request)
    assert {one.pointer for one in refused.value.problems} == {"/kind", "/items", "/due"}
    with pytest.raises(NotFoundError):
        stocked.recalls.act(SYSTEM, "RC-0000-01", replace(request, kind="notify", items=[], due=None))
    with pytest.raises(ConflictError) as outside:
        stocked.act(number, "notify", "X1", "NO", "M1", "M1")
    assert [one.code for one in outside.value.problems] == ["unknown_item", "duplicate_in_request", "not_in_recall"]


def test_dates_would_have_called_back_too_much_and_missed_some(world: RecallWorld) -> None:
    world.bear(["P1", "P2", "P3"], batch_id=world.ids["PB-1"])
    for code, days in (("OLD", 30), ("A1", 5), ("A2", 4), ("N1", 4), ("N2", 3)):
        world.bear([code], days_ago=days)
    world.put_in("A1", "P1")
    world.put_in("A2", "P2")
    world.put_in("OLD", "P3", name="swap")
    number = world.open({"batch": "PB-1"}, mock=True)["id"]
    told = world.recalls.comparison.compare(SYSTEM, number)
    assert {name: told[name] for name in ("precise", "by_dates", "shared", "needless", "missed")} == {
        "precise": 3, "by_dates": 3, "shared": 2, "needless": 1, "missed": 1,
    }  # fmt: skip
    assert told["missed_codes"] == ["OLD"]
    assert [(row["product"], row["days"]) for row in told["products"]] == [("WM", 2)]


def test_statuses_follow_from_actions() -> None:
    assert set(HANDLED) < set(STATUSES)
    assert next_status(ACTIONS["notify"], "scheduled") == "scheduled"
    assert next_status(ACTIONS["notify"], "open") == "notified"
    assert next_status(ACTIONS["hold"], "refused") == "refused"
    assert (share(503, 572), share(0, 0)) == (87.9, 100.0)
