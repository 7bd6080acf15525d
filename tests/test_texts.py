"""Every code that the source can answer with is said in Chinese and English."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import mazhi
from mazhi.kernel import errors, texts
from mazhi.kernel.errors import PlatformError
from mazhi.web import problems

SOURCES = sorted(Path(mazhi.__file__).parent.rglob("*.py"))
CLASSES = {cls.__name__ for cls in PlatformError.__subclasses__()}
CODE = re.compile(r"[a-z][a-z0-9_]*")
WHERE = {"invalid": 1, "Problem": 0, "fault": 1} | dict.fromkeys(CLASSES, 0)
"""Which argument of a call is the code: of ``invalid`` and of ``Checks.fault`` the second."""


def literals(node: ast.expr | None) -> Iterator[str]:
    """Yield the strings that an argument may be; nothing where it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def codes_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, code) for every call that raises or notes a problem."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in WHERE:
            continue
        given = node.args[WHERE[name]] if len(node.args) > WHERE[name] else None
        keyword = next((keyword.value for keyword in node.keywords if keyword.arg == "code"), None)
        for code in literals(given or keyword):
            yield node.lineno, code


def used() -> dict[str, str]:
    """Return every code that stands in the source, with one place where it does."""
    found: dict[str, str] = {}
    for path in SOURCES:
        for line, code in codes_of(path.read_text("utf-8")):
            found.setdefault(code, f"{path.name}:{line}")
    return found


def test_the_search_finds_codes_however_they_are_raised() -> None:
    source = """
raise ConflictError("a", item=1)
raise errors.NotFoundError(code="b")
raise invalid("/x", "c")
Problem("d" if x else "e", {}, "/y")
checks.fault("/x", "f", limit=3)
print("g")
"""
    assert sorted(code for _, code in codes_of(source)) == ["a", "b", "c", "d", "e", "f"]


def test_every_code_in_the_source_is_said_in_both_languages() -> None:
    codes = used()
    assert len(codes) > 40
    catalogue = texts.catalogue()
    missing = {code: place for code, place in codes.items() if code not in catalogue}
    assert missing == {}
    assert {code: place for code, place in codes.items() if not CODE.fullmatch(code)} == {}


def test_every_status_and_every_fault_of_a_field_is_said() -> None:
    catalogue = texts.catalogue()
    needed = {f"status_{status}" for status in {*problems.STATUS.values(), 400, 405, 500, 503}}
    needed |= {*problems._HTTP_CODES.values(), *problems._PYDANTIC_CODES.values()}
    needed |= {"internal_error", "request_refused", "value_not_storable", "nul_character", "body_too_large"}
    needed |= {"field_wrong_type", "field_invalid"}
    assert needed <= catalogue.keys()


@pytest.mark.parametrize(("code", "entry"), texts.catalogue().items(), ids=list(texts.catalogue()))
def test_every_text_is_whole_and_fills_the_same_gaps_in_both_languages(code: str, entry: dict[str, str]) -> None:
    assert {"zh", "en"} <= entry.keys() <= {"zh", "en", "zh_advice", "en_advice"}
    assert ("zh_advice" in entry) == ("en_advice" in entry)
    assert all(text.strip() for text in entry.values())

    def gaps(text: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        return {re.sub("_(zh|en)$", "", name) for name in names}  # a word given in both languages

    assert "" not in gaps(entry["zh"]) | gaps(entry["en"])
    assert gaps(entry["zh"]) == gaps(entry["en"])
    assert re.search(r"[\u4e00-\u9fff]", entry["zh"]), code


def test_a_text_without_its_parameters_is_still_said() -> None:
    assert texts.message("no_right", "en", {}) == "The right is missing: ."
    assert texts.message("never_heard_of", "zh", {"a": 1}) == "never_heard_of"
    assert texts.advice("never_heard_of", "zh", {}) == ""


def test_the_tree_of_errors_is_the_one_drawn() -> None:
    drawing = errors.__doc__ or ""
    for name in CLASSES:
        assert re.search(rf"{name}\s+\d{{3}}", drawing), name
