from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.kernel import clock
from mazhi.kernel.codes.model import CodeRule, parse_rule
from mazhi.kernel.codes.plan import Plan
from mazhi.kernel.codes.reading import read, split
from mazhi.kernel.codes.segment import Context
from mazhi.kernel.codes.segments.check import METHODS
from mazhi.kernel.errors import ProgrammingError
from tests.kernel.codes.small_rules import rule_of

AT = datetime(2026, 11, 21, 8, tzinfo=clock.DEFAULT_ZONE)
FIELDS = {"line": "L01", "batch": "B7"}

parts = st.sampled_from(
    [
        {"kind": "constant", "value": "RO"},
        {"kind": "constant", "value": "%s-"},
        {"kind": "date", "format": "YYMMDD"},
        {"kind": "field", "name": "line", "width": 3},
        {"kind": "field", "name": "batch", "width": 4, "fit": "up_to"},
        {"kind": "random", "length": 3},
        {"kind": "random", "length": 2, "alphabet": "base36"},
    ]
)
counters = st.builds(
    lambda width, base, step: {"kind": "counter", "width": width, "base": base, "step": step},
    st.integers(3, 8),
    st.sampled_from([10, 32, 34, 36]),
    st.sampled_from([1, 1, 3]),
)
methods = st.sampled_from([method.name for method in METHODS])


@st.composite
def rules(draw: st.DrawFn) -> CodeRule:
    found = [draw(counters), *draw(st.lists(parts, max_size=4, unique_by=lambda part: part.get("name", id(part))))]
    found = draw(st.permutations(found))
    if "%s-" not in [part.get("value") for part in found]:
        found = [*found, *({"kind": "check", "method": name} for name in draw(st.lists(methods, max_size=1)))]
    return rule_of(*found)


@given(rule=rules(), first=st.integers(1, 200), count=st.integers(1, 60))
@settings(deadline=None)
def test_each_code_is_put_together_as_if_it_were_made_alone(rule: CodeRule, first: int, count: int) -> None:
    texts, problems = rule.plan.texts(Context(AT, FIELDS))
    assert problems == []
    assert rule.number is not None
    codes = rule.plan.make(texts, first, count)
    assert len(set(codes)) == len(codes) == count
    numbers = rule.number.write(first, count)
    for code, number in zip(codes, numbers, strict=True):
        found = read(rule, code, today=AT.date())
        assert found, code
        for text, segment, part in zip(texts, rule.segments, found[0].parts, strict=True):
            if segment is rule.number:
                assert part.text == number
            elif text:
                assert part.text == text
        assert [part.text for part in split(rule, code)] == [part.text for part in found[0].parts]


def test_random_codes_without_a_number_are_all_different_even_when_they_just_suffice() -> None:
    rule = rule_of({"kind": "constant", "value": "R"}, {"kind": "random", "length": 2, "alphabet": "digits"})
    assert sorted(rule.plan.make(["R", ""], 1, 100)) == [f"R{number:02d}" for number in range(100)]


def test_a_check_over_nothing_but_constants_is_a_constant() -> None:
    rule = rule_of(
        {"kind": "constant", "value": "79927398"},
        {"kind": "constant", "value": "71"},
        {"kind": "check", "method": "luhn"},
        {"kind": "counter", "width": 2},
    )
    assert rule.plan.make(["79927398", "71", "", ""], 1, 2) == ["7992739871301", "7992739871302"]


def test_a_check_may_guard_another_check() -> None:
    rule = rule_of(
        {"kind": "counter", "width": 4}, {"kind": "check", "method": "damm"}, {"kind": "check", "method": "verhoeff"}
    )
    for code in rule.plan.make(["", "", ""], 1, 50):
        assert code[4] == METHODS["damm"].compute(code[:4])
        assert code[5] == METHODS["verhoeff"].compute(code[:5])


def test_a_rule_that_makes_only_one_code_is_a_mistake() -> None:
    with pytest.raises(ProgrammingError):
        Plan(rule_of({"kind": "constant", "value": "R"}).segments).make(["R"], 1, 1)


def test_what_is_not_a_code_of_the_rule_cannot_be_split() -> None:
    rule = rule_of({"kind": "constant", "value": "R"}, {"kind": "counter", "width": 2})
    for code in ("X01", "R001"):
        with pytest.raises(ProgrammingError):
            split(rule, code)


def test_every_missing_value_is_named() -> None:
    segments: list[dict[str, Any]] = [
        {"kind": "field", "name": "line", "width": 3},
        {"kind": "field", "name": "batch", "width": 3},
        {"kind": "product", "width": 2},
        {"kind": "counter", "width": 2},
    ]
    _, problems = parse_rule({"code": "R", "name": "R", "segments": segments}).rule().plan.texts(Context(AT))
    assert [problem.pointer for problem in problems] == ["/fields/line", "/fields/batch", "/product"]
