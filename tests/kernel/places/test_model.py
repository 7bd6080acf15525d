from __future__ import annotations

from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.places.model import Place, check_place


def place(path: str) -> Place:
    return Place(code="A", name="库位", kind="bin", path=path)


def test_a_place_knows_what_is_around_it_from_the_inside_out() -> None:
    assert place("/1/7/23/").around == (23, 7, 1)
    assert place("/1/7/23/").depth == 3
    assert place("/5/").around == (5,)


def test_a_place_is_inside_itself_and_what_is_around_it_and_nothing_else() -> None:
    inner = place("/1/7/23/")
    assert [inner.is_inside(place(path)) for path in ("/1/", "/1/7/", "/1/7/23/")] == [True] * 3
    assert [inner.is_inside(place(path)) for path in ("/1/7/2/", "/7/", "/1/7/23/4/")] == [False] * 3


def test_every_fault_of_a_place_is_named() -> None:
    checks = Checks()
    check_place(Place(code="", name=" ", kind="cave"), checks)  # type: ignore[arg-type]
    assert [(problem.pointer, problem.code) for problem in checks.problems] == [
        ("/code", "bad_code"),
        ("/name", "text_missing"),
        ("/kind", "not_one_of"),
    ]
