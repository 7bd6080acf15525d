from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.places import store
from mazhi.kernel.places.model import DEEPEST, Place, PlaceView
from mazhi.kernel.places.service import Places
from mazhi.kernel.places.store import PlaceFilter


@pytest.fixture
def places(db: Database) -> Places:
    return Places(db)


def add(places: Places, code: str, parent: str | None = None) -> PlaceView:
    return places.create(SYSTEM, Place(code=code, name=f"库位 {code}", kind="bin"), parent=parent)


@pytest.fixture
def tree(places: Places) -> Places:
    """Give WH1 > (A > (A-01, A-02), B), WH2."""
    for code, parent in (("WH1", None), ("A", "WH1"), ("A-01", "A"), ("A-02", "A"), ("B", "WH1"), ("WH2", None)):
        add(places, code, parent)
    return places


def fault(work: Callable[[], object]) -> tuple[str | None, str]:
    with pytest.raises(PlatformError) as error:
        work()
    if isinstance(error.value, InvalidInputError):
        (problem,) = error.value.problems
        return problem.pointer, problem.code
    return None, error.value.code


def paths(places: Places) -> dict[str, tuple[str, ...]]:
    return {view.place.code: view.path for view in places.find(PlaceFilter(), limit=1000).rows}


def test_places_nest(tree: Places) -> None:
    assert paths(tree) == {
        "WH1": ("WH1",),
        "WH2": ("WH2",),
        "A": ("WH1", "A"),
        "B": ("WH1", "B"),
        "A-01": ("WH1", "A", "A-01"),
        "A-02": ("WH1", "A", "A-02"),
    }
    assert tree.get("A-01").parent == "A"
    assert tree.get("WH1").parent is None


def test_a_moved_place_takes_everything_within_along(tree: Places) -> None:
    moved = tree.change(SYSTEM, "A", 1, {"parent": "WH2"})
    assert (moved.parent, moved.path, moved.place.version) == ("WH2", ("WH2", "A"), 2)
    assert paths(tree) == {
        "WH1": ("WH1",),
        "WH2": ("WH2",),
        "A": ("WH2", "A"),
        "B": ("WH1", "B"),
        "A-01": ("WH2", "A", "A-01"),
        "A-02": ("WH2", "A", "A-02"),
    }
    assert tree.get("A").place == moved.place


def test_a_place_becomes_a_root_and_goes_back(tree: Places) -> None:
    assert tree.change(SYSTEM, "A", 1, {"parent": None}).path == ("A",)
    assert tree.get("A-01").path == ("A", "A-01")
    assert tree.change(SYSTEM, "A", 2, {"parent": "B"}).path == ("WH1", "B", "A")
    assert tree.get("A-01").path == ("WH1", "B", "A", "A-01")


@pytest.mark.parametrize("parent", ["A", "A-01"])
def test_a_place_never_lies_in_itself(tree: Places, parent: str) -> None:
    before = paths(tree)
    assert fault(lambda: tree.change(SYSTEM, "A", 1, {"parent": parent})) == ("/parent", "place_inside_itself")
    assert paths(tree) == before


def test_an_unknown_parent_is_refused_where_it_stands(tree: Places) -> None:
    assert fault(lambda: add(tree, "C", "nowhere")) == ("/parent", "unknown_place")
    assert fault(lambda: tree.change(SYSTEM, "A", 1, {"parent": "nowhere"})) == ("/parent", "unknown_place")


def test_other_changes_leave_a_place_where_it_is(tree: Places) -> None:
    changed = tree.change(SYSTEM, "A", 1, {"name": " 甲区 ", "kind": "zone", "active": False})
    assert changed.path == ("WH1", "A")
    assert (changed.place.name, changed.place.kind, changed.place.active) == ("甲区", "zone", False)
    assert tree.get("A") == changed


def test_places_nest_only_so_deep(places: Places) -> None:
    for level in range(DEEPEST):
        add(places, f"L{level:02}", f"L{level - 1:02}" if level else None)
    assert fault(lambda: add(places, "X", f"L{DEEPEST - 1}")) == ("/parent", "places_too_deep")
    add(places, "R")
    assert fault(lambda: places.change(SYSTEM, "L00", 1, {"parent": "R"})) == ("/parent", "places_too_deep")
    assert places.change(SYSTEM, "L01", 1, {"parent": "R"}).path == ("R", "L01")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 7), st.none() | st.integers(0, 7)), max_size=20))
def test_after_any_moves_every_path_is_that_of_the_parent_and_itself(
    db: Database, moves: list[tuple[int, int | None]]
) -> None:
    with db.write() as tx:
        tx.run("DELETE FROM place")
    places = Places(db)
    for number in range(8):
        add(places, f"P{number}", f"P{number // 2}" if number > 1 else None)
    for number, parent in moves:
        view = places.get(f"P{number}")
        try:
            places.change(
                SYSTEM, view.place.code, view.place.version, {"parent": None if parent is None else f"P{parent}"}
            )
        except InvalidInputError as error:
            assert [problem.code for problem in error.problems] == ["place_inside_itself"]
            assert parent is not None
            assert view.place.code in places.get(f"P{parent}").path
    views = {view.place.id: view.place for view in places.find(PlaceFilter()).rows}
    for place in views.values():
        outer = views[place.parent_id].path if place.parent_id else "/"
        assert place.path == f"{outer}{place.id}/"


def test_places_moved_into_one_another_at_once_make_no_circle(db: Database, places: Places) -> None:
    for round_ in range(5):
        one, two = f"X{round_}", f"Y{round_}"
        add(places, one)
        add(places, two)
        barrier = threading.Barrier(2)
        outcomes: list[str] = []

        def work(
            moved: str, parent: str, *, barrier: threading.Barrier = barrier, outcomes: list[str] = outcomes
        ) -> None:
            barrier.wait()
            outcomes.append(self_or_fault(moved, parent))

        def self_or_fault(moved: str, parent: str) -> str:
            try:
                places.change(SYSTEM, moved, 1, {"parent": parent})
            except InvalidInputError as error:
                return error.problems[0].code
            return "moved"

        threads = [threading.Thread(target=work, args=pair) for pair in ((one, two), (two, one))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["moved", "place_inside_itself"]
        assert sorted([len(places.get(one).path), len(places.get(two).path)]) == [1, 2]


def test_what_is_inside_a_place_is_found_in_one_look(db: Database, tree: Places) -> None:
    add(tree, "A-0", "WH2")
    ids = {code: tree.get(code).place.id for code in ("WH1", "A", "A-01", "A-02", "B", "WH2", "A-0")}
    with db.read() as tx:
        assert store.inside(tx, [ids["A"]]) == {ids["A"], ids["A-01"], ids["A-02"]}
        assert store.inside(tx, [ids["WH2"], ids["B"]]) == {ids["WH2"], ids["A-0"], ids["B"]}
        assert store.inside(tx, [ids["A-01"]]) == {ids["A-01"]}
        assert store.inside(tx, []) == set()


def test_a_list_shows_roots_children_or_a_whole_subtree(tree: Places) -> None:
    def codes(**wanted: str) -> list[str]:
        return [view.place.code for view in tree.find(PlaceFilter(), **wanted).rows]  # type: ignore[arg-type]

    assert codes(parent="") == ["WH1", "WH2"]
    assert codes(parent="WH1") == ["A", "B"]
    assert codes(inside="A") == ["A", "A-01", "A-02"]
    assert fault(lambda: codes(inside="nowhere")) == (None, "unknown_place")


def test_a_list_is_narrowed_and_paged(tree: Places) -> None:
    tree.change(SYSTEM, "A-02", 1, {"kind": "zone", "active": False})

    def codes(**wanted: object) -> list[str]:
        return [view.place.code for view in tree.find(PlaceFilter(**wanted)).rows]  # type: ignore[arg-type]

    assert codes(text="A-") == ["A-01", "A-02"]
    assert codes(text="库位 B") == ["B"]
    assert codes(kind="zone") == ["A-02"]
    assert codes(active=True, text="A") == ["A", "A-01"]
    first = tree.find(PlaceFilter(), limit=2)
    assert ([view.place.code for view in first.rows], first.next) == (["A", "A-01"], "A-01")
    assert [view.path for view in tree.find(PlaceFilter(), after="A-01", limit=1).rows] == [("WH1", "A", "A-02")]


def test_a_taken_code_and_an_old_version_are_refused(tree: Places) -> None:
    assert fault(lambda: add(tree, "A", "WH2")) == (None, "already_exists")
    tree.change(SYSTEM, "A", 1, {"name": "x"})
    assert fault(lambda: tree.change(SYSTEM, "A", 1, {"parent": "WH2"})) == (None, "edit_conflict")
    assert tree.get("A").path == ("WH1", "A")


def test_only_an_unused_and_empty_place_is_deleted(db: Database, tree: Places) -> None:
    with pytest.raises(ConflictError) as error:
        tree.delete(SYSTEM, "A")
    assert (error.value.code, error.value.params["by"]) == ("in_use", ["places"])
    tree.delete(SYSTEM, "A-01")
    assert fault(lambda: tree.get("A-01")) == (None, "unknown_place")
    with db.write() as tx:
        assert master_data.mark_used(tx, store.place, [tree.get("A-02").place])
    with pytest.raises(ConflictError) as error:
        tree.delete(SYSTEM, "A-02")
    assert error.value.params["by"] == ["history"]


def test_a_place_is_marked_as_used_once_and_notices_if_it_is_gone(db: Database, tree: Places) -> None:
    place = tree.get("B").place
    with db.write() as tx:
        assert master_data.mark_used(tx, store.place, [place])
    used = tree.get("B").place
    assert used.used
    with db.write() as tx:
        assert master_data.mark_used(tx, store.place, [used])
        assert not master_data.mark_used(tx, store.place, [Place(id=999_999, code="Z", name="Z", kind="bin")])


def test_places_are_looked_up_in_bulk(db: Database, tree: Places) -> None:
    one = tree.get("A").place
    with db.read() as tx:
        assert store.by_codes(tx, ["A", "nothing"]) == {"A": one}
        assert store.by_ids(tx, [one.id, 999_999]) == {one.id: one}


def test_a_move_is_in_the_audit_trail_by_codes(db: Database, tree: Places) -> None:
    tree.change(SYSTEM, "A", 1, {"parent": "WH2"})
    tree.delete(SYSTEM, "B")
    with db.read() as tx:
        rows = tx.rows("SELECT * FROM audit WHERE subject = 'place' AND action <> 'create' ORDER BY id")
    assert [(row.key, row.action) for row in rows] == [("A", "change"), ("B", "delete")]
    assert (json.loads(rows[0].before), json.loads(rows[0].after)) == ({"parent": "WH1"}, {"parent": "WH2"})


@pytest.mark.parametrize(
    "work",
    [
        lambda places, actor: places.create(actor, Place(code="C", name="C", kind="bin")),
        lambda places, actor: places.change(actor, "A", 1, {"name": "x"}),
        lambda places, actor: places.delete(actor, "B"),
    ],
)
def test_changes_need_the_right(tree: Places, work: Callable[[Places, Actor], object]) -> None:
    with pytest.raises(ForbiddenError):
        work(tree, Actor("viewer"))


@pytest.mark.parametrize(
    "work", [lambda p: p.get("Z"), lambda p: p.change(SYSTEM, "Z", 1, {}), lambda p: p.delete(SYSTEM, "Z")]
)
def test_an_unknown_place_is_not_found(places: Places, work: Callable[[Places], object]) -> None:
    with pytest.raises(NotFoundError):
        work(places)
