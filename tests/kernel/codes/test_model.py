from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from mazhi.kernel import clock, texts
from mazhi.kernel.codes.model import CodeRule, hints, parse_rule
from mazhi.kernel.codes.segment import Context, ProductWords
from mazhi.kernel.errors import InvalidInputError

AT = datetime(2026, 11, 21, 8, tzinfo=clock.DEFAULT_ZONE)
RO: dict[str, Any] = {"kind": "constant", "value": "RO"}
DAY: dict[str, Any] = {"kind": "date", "format": "YYMMDD"}
LINE: dict[str, Any] = {"kind": "field", "name": "line", "width": 3}
COUNTER: dict[str, Any] = {"kind": "counter", "width": 4}
RANDOM: dict[str, Any] = {"kind": "random", "length": 8}
LUHN: dict[str, Any] = {"kind": "check", "method": "luhn"}


def faults(*segments: Any, code: Any = "R", name: Any = "规则") -> list[tuple[str | None, str]]:
    draft = parse_rule({"code": code, "name": name, "segments": list(segments)})
    for problem in draft.problems:
        for language in ("zh", "en"):
            assert "{" not in texts.message(problem.code, language, problem.params)
            assert texts.message(problem.code, language, problem.params) != problem.code
    return [(problem.pointer, problem.code) for problem in draft.problems]


def rule(*segments: Any) -> CodeRule:
    return parse_rule({"code": "R", "name": "规则", "segments": list(segments)}).rule()


def test_the_rule_of_the_contract_is_right() -> None:
    number = {
        "kind": "counter", "width": 4, "base": 10, "start": 1, "step": 1, "reset": "day", "per": ["product", "line"],
    }  # fmt: skip
    found = rule(RO, DAY, LINE, number, RANDOM, LUHN)
    assert found.capacity == 9999 * 32**8
    assert found.lengths == (24, 24)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([RO, LINE], [("/segments", "rule_not_unique")]),
        ([COUNTER, COUNTER], [("/segments/1", "rule_two_counters")]),
        ([LINE, COUNTER, LINE], [("/segments/2", "rule_field_twice")]),
        ([LUHN, COUNTER], [("/segments/0", "rule_check_first")]),
        ([{"kind": "random", "length": 32}, {"kind": "random", "length": 32}], [("/segments", "rule_too_long")]),
        ([{"kind": "zebra"}], [("/segments/0/kind", "segment_kind_unknown")]),
        ([{}], [("/segments/0/kind", "segment_kind_unknown")]),
        ([5, COUNTER], [("/segments/0", "segment_not_an_object")]),
        ([], [("/segments", "rule_segments_count")]),
        ([RO] * 21, [("/segments", "rule_segments_count")]),
        (
            [{"kind": "constant", "value": "ro"}, COUNTER, LUHN],
            [("/segments/2/method", "rule_check_cannot_cover")],
        ),
        (
            [COUNTER, {"kind": "check", "method": "iso7064_mod37_2"}, LUHN],
            [("/segments/2/method", "rule_check_cannot_cover")],
        ),
        (
            [{"kind": "field", "name": name, "width": 3, "fit": "up_to"} for name in ("a", "b", "c")] + [COUNTER],
            [("/segments", "rule_too_variable")],
        ),
        ([RO, {**COUNTER, "reset": "day"}], [("/segments/1/reset", "rule_ambiguous_reset")]),
        ([DAY, {**COUNTER, "per": ["line"]}], [("/segments/1/per/0", "rule_ambiguous_per")]),
        ([RO, {"kind": "random", "length": 2}, {**COUNTER, "reset": "day"}], [
            ("/segments/2/reset", "rule_ambiguous_reset"),
        ]),
        ([RO, RANDOM, {**COUNTER, "reset": "day", "per": ["line"]}], []),
        ([DAY, LINE, {**COUNTER, "reset": "day", "per": ["line", "product"]}], []),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_named_where_it_stands(segments: list[Any], expected: list[Any]) -> None:
    assert faults(*segments) == expected


@pytest.mark.parametrize("code", ["", " A", "a/b", "x" * 65, "\x00", "segment-kinds", None, 5])
def test_a_rule_needs_a_code_that_can_stand_in_an_address(code: Any) -> None:
    assert faults(COUNTER, code=code) == [("/code", "rule_bad_code")]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201, None, 5, "\ud800"])
def test_a_rule_needs_a_name(name: Any) -> None:
    assert faults(COUNTER, name=name) == [("/name", "rule_bad_name")]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    found = faults({"kind": "zebra"}, {"kind": "counter", "width": 99}, {"kind": "constant"}, LUHN, LUHN, code="")
    assert found == [
        ("/code", "rule_bad_code"),
        ("/segments/0/kind", "segment_kind_unknown"),
        ("/segments/1/width", "segment_out_of_range"),
        ("/segments/2/value", "segment_parameter_missing"),
    ]
    draft = parse_rule({"code": "", "name": "", "segments": None})
    with pytest.raises(InvalidInputError) as error:
        draft.rule()
    assert [problem.pointer for problem in error.value.problems] == ["/code", "/name", "/segments"]


def test_a_rule_that_is_being_drawn_up_needs_no_code_and_no_name() -> None:
    assert parse_rule({"segments": [COUNTER]}, unnamed=True).problems == []
    assert parse_rule({"segments": [COUNTER]}).problems != []


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([RO, DAY, LINE, {**COUNTER, "reset": "day"}], []),
        ([DAY, {**COUNTER, "per": ["product"]}], ["rule_hint_per_product"]),
        ([{"kind": "product", "width": 2}, {**COUNTER, "per": ["product"]}], []),
        ([RO, COUNTER, LUHN], ["rule_hint_check_letters"]),
        ([RO, COUNTER, {"kind": "check", "method": "iso7064_mod37_36"}], []),
        ([COUNTER, LUHN], []),
        ([{"kind": "date", "format": "YWW"}, {**COUNTER, "reset": "week"}], ["rule_hint_years_come_round"]),
        ([RO, {"kind": "random", "length": 3}], ["rule_hint_few_random"]),
        ([RO, {"kind": "random", "length": 20}], ["rule_hint_long"]),
    ],
)
def test_what_should_be_known_is_said(segments: list[Any], expected: list[str]) -> None:
    found = hints(rule(*segments))
    assert [hint.code for hint in found] == expected
    for hint in found:
        assert "{" not in texts.message(hint.code, "zh", hint.params)
        assert texts.advice(hint.code, "en", hint.params)


def counter_name(found: CodeRule, at: datetime = AT, **more: Any) -> str:
    context = Context(at, **more)
    written, problems = found.plan.texts(context)
    name = found.counter_name(context, written, problems)
    assert problems == []
    return name


def test_a_counter_is_named_by_what_its_codes_show() -> None:
    found = rule(DAY, {**LINE, "fit": "pad"}, {**COUNTER, "reset": "day", "per": ["line"]})
    assert counter_name(found, fields={"line": "1"}) == counter_name(found, fields={"line": "001"})
    assert counter_name(found, fields={"line": "1"}) != counter_name(found, fields={"line": "2"})
    assert counter_name(found, AT.replace(day=22), fields={"line": "1"}) != counter_name(found, fields={"line": "1"})


def test_the_order_in_which_things_are_counted_apart_does_not_matter() -> None:
    batch = {"kind": "field", "name": "batch", "width": 3}
    one = rule(LINE, batch, {**COUNTER, "per": ["line", "batch"]})
    other = rule(LINE, batch, {**COUNTER, "per": ["batch", "line"]})
    fields = {"line": "L01", "batch": "B01"}
    assert counter_name(one, fields=fields) == counter_name(other, fields=fields)


def test_products_share_numbers_unless_the_code_shows_them_or_is_random() -> None:
    one, other = ProductWords("A-1", "A"), ProductWords("B-1", "B")
    hidden = rule(DAY, {**COUNTER, "per": ["product"]})
    assert counter_name(hidden, product=one) == counter_name(hidden, product=other)
    shown = rule({"kind": "product", "width": 1}, {**COUNTER, "per": ["product"]})
    assert counter_name(shown, product=one) != counter_name(shown, product=other)
    assert counter_name(shown, product=one) == counter_name(shown, product=ProductWords("A-2", "A"))
    drawn = rule(RANDOM, {**COUNTER, "per": ["product"]})
    assert counter_name(drawn, product=one) != counter_name(drawn, product=other)


def test_a_value_that_is_counted_apart_but_not_shown_must_still_be_given() -> None:
    found = rule(RANDOM, {**COUNTER, "per": ["line"]})
    context = Context(AT)
    written, problems = found.plan.texts(context)
    found.counter_name(context, written, problems)
    assert [(problem.pointer, problem.code) for problem in problems] == [("/fields/line", "code_field_missing")]


def test_a_specimen_looks_like_a_code() -> None:
    assert rule(RO, DAY, LINE, COUNTER).specimen(AT) == "RO261121L010001"
    assert rule({"kind": "product", "width": 2}, COUNTER).specimen(AT) == "P10001"
