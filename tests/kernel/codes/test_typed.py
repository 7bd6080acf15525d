from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.kernel import texts
from mazhi.kernel.codes import typed
from mazhi.kernel.errors import InvalidInputError

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "typed_codes.json").read_text("utf-8")
)
plain = st.text("ABXYZ_/.:", min_size=1, max_size=5)


def refused(text: str) -> list[tuple[str, str | None]]:
    with pytest.raises(InvalidInputError) as error:
        typed.expand(text, limit=1000)
    for problem in error.value.problems:
        assert problem.pointer == "/codes"
        for language in ("zh", "en"):
            said = texts.message(problem.code, language, {"item": problem.item, **problem.params})
            assert said != problem.code
            assert "{" not in said
    return [(problem.code, problem.item) for problem in error.value.problems]


def test_there_are_enough_vectors_and_no_text_stands_there_twice() -> None:
    assert len({vector["text"] for vector in VECTORS}) == len(VECTORS) >= 60


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["text"]))
def test_vectors(vector: dict[str, Any]) -> None:
    if "errors" in vector:
        assert refused(vector["text"]) == [(error["code"], error["item"]) for error in vector["errors"]]
        return
    if "codes" in vector:
        assert typed.expand(vector["text"], limit=1000) == vector["codes"]
        assert typed.count(vector["text"]) == len(vector["codes"])
        return
    assert typed.count(vector["text"]) == vector["count"]
    pieces = typed.parse(vector["text"])
    first, last = pieces[0], pieces[-1]
    assert isinstance(first, typed.Range)
    assert next(first.codes()) == vector["first"]
    assert (last if isinstance(last, str) else f"{last.prefix}{last.last}") == vector["last"]


def test_too_many_are_refused_before_one_is_made() -> None:
    assert refused("A1-A1000000000000") == [("typed_too_many", None)]
    assert typed.expand("A1-A1000", limit=1000)[-1] == "A1000"
    assert refused("A1-A1000, B") == [("typed_too_many", None)]


def test_a_code_or_a_number_of_endless_length_is_refused() -> None:
    assert [code for code, _ in refused("A" * 201)] == ["typed_too_long"]
    assert [code for code, _ in refused("1" * 5000 + "-" + "2" * 5000)] == ["typed_too_long"]
    assert typed.count("A" * 200) == 1


def test_of_many_faults_the_first_are_listed() -> None:
    assert len(refused(", ".join(f"A9-A{number % 9}" for number in range(500)))) == typed.MOST_PROBLEMS


@given(text=st.text(max_size=60) | st.text('SN019-~+" ,\n', max_size=40))
@settings(deadline=None)
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        codes = typed.expand(text, limit=2000)
    except InvalidInputError:
        return
    assert len(codes) == typed.count(text)
    assert all(codes)


@given(codes=st.lists(st.text('AB9 ,;-~+"”“产\n', min_size=1, max_size=10), max_size=10))
@settings(deadline=None)
def test_whatever_is_in_quotes_comes_out_as_it_is(codes: list[str]) -> None:
    # A quote of any form within a code is written twice.
    quoted = [code.replace('"', '""').replace("“", "““").replace("”", "””") for code in codes]
    found = typed.expand(", ".join(f'"{code}"' for code in quoted), limit=100)
    assert found == [code.replace("“", '"').replace("”", '"') for code in codes]


@given(prefix=plain, first=st.integers(0, 10**6), more=st.integers(0, 300), width=st.integers(1, 8))
@settings(deadline=None)
def test_all_spellings_of_a_range_are_the_same(prefix: str, first: int, more: int, width: int) -> None:
    left, right = (f"{prefix}{number:0{width}d}" for number in (first, first + more))
    expected = [f"{prefix}{number:0{width}d}" for number in range(first, first + more + 1)]
    for text in (f"{left}-{right}", f"{left}~{right}", f"{left} - {right}", f"{left}－{right}"):
        assert typed.expand(text, limit=1000) == expected
    if len(right) == len(left) or not left[len(prefix) :].startswith("0"):
        assert typed.expand(f"{left}+{more}", limit=1000) == expected
