from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from mazhi.kernel import clock
from mazhi.kernel.codes.model import CodeRule, parse_rule
from mazhi.kernel.codes.overlap import find_clash, find_overlap, find_two_readings
from mazhi.kernel.codes.reading import read
from tests.kernel.codes.small_rules import MOST_CODES, all_codes, counting_rules, issues, rule_of, rules, size

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 8, tzinfo=clock.DEFAULT_ZONE)
BRUTE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)

RO: dict[str, Any] = {"kind": "constant", "value": "RO"}
DAY: dict[str, Any] = {"kind": "date", "format": "YYMMDD"}
LINE: dict[str, Any] = {"kind": "field", "name": "line", "width": 3}


def counter(**more: Any) -> dict[str, Any]:
    return {"kind": "counter", "width": 4, **more}


def check(method: str) -> dict[str, Any]:
    return {"kind": "check", "method": method}


def test_two_rules_of_one_shape_overlap_and_the_example_is_a_code_of_both() -> None:
    one = rule_of(RO, DAY, LINE, counter(), check("iso7064_mod37_36"))
    other = rule_of(RO, DAY, {"kind": "field", "name": "vendor", "width": 3}, counter(), check("iso7064_mod37_36"))
    found = find_overlap(one, other, like=one.specimen(AT))
    assert found is not None
    assert found.example is not None
    assert read(one, found.example or "", today=TODAY)
    assert read(other, found.example or "", today=TODAY)


def test_a_field_that_must_begin_with_a_letter_of_its_own_removes_the_overlap() -> None:
    one = rule_of(RO, DAY, {**LINE, "begins": "L"}, counter())
    other = rule_of(RO, DAY, {"kind": "field", "name": "vendor", "width": 3, "begins": "W"}, counter())
    assert find_overlap(one, other) is None


def test_sites_that_share_a_shape_by_ranges_of_numbers_do_not_overlap() -> None:
    one, other = rule_of(RO, counter(end=4999)), rule_of(RO, counter(start=5000))
    assert find_overlap(one, other) is None
    found = find_overlap(rule_of(RO, counter(end=5000)), other)
    assert found is not None
    assert found.example == "RO5000"


def test_numbers_on_different_steps_do_not_overlap_even_behind_check_characters() -> None:
    one = rule_of({"kind": "counter", "width": 8, "start": 1, "step": 1000}, check("luhn"))
    other = rule_of({"kind": "counter", "width": 8, "start": 7, "step": 1000}, check("gs1_mod10"))
    assert find_overlap(one, other) is None


def test_check_characters_of_two_methods_are_brought_to_agree_where_they_can() -> None:
    one = rule_of(RO, {"kind": "counter", "width": 8}, check("luhn"))
    other = rule_of(RO, {"kind": "counter", "width": 8}, check("verhoeff"))
    found = find_overlap(one, other)
    assert found is not None
    assert found.example is not None
    assert read(one, found.example, today=TODAY)
    assert read(other, found.example, today=TODAY)


def test_dates_are_days_that_exist() -> None:
    never = rule_of({"kind": "constant", "value": "260231"}, counter())
    leap = rule_of({"kind": "constant", "value": "280229"}, counter())
    assert find_overlap(rule_of(DAY, counter()), never) is None
    found = find_overlap(rule_of(DAY, counter()), leap)
    assert found is not None
    assert found.example == "2802290001"


def test_a_search_that_takes_too_long_counts_as_an_overlap() -> None:
    one = rule_of(DAY, counter(width=9, step=7919), check("iso7064_mod97_10"))
    other = rule_of(DAY, counter(width=9, start=3, step=7919), check("iso7064_mod97_10"))
    found = find_overlap(one, other, patience=50)
    assert found is not None
    assert found.example is None


def test_segments_of_variable_width_that_touch_can_be_read_in_two_ways() -> None:
    line: dict[str, Any] = {"kind": "field", "name": "line", "width": 3, "fit": "up_to"}
    batch: dict[str, Any] = {"kind": "field", "name": "batch", "width": 3, "fit": "up_to"}
    found = find_two_readings(rule_of(line, batch, counter()))
    assert found is not None
    assert found.example is not None
    assert len(read(rule_of(line, batch, counter()), found.example, today=TODAY)) > 1
    assert find_two_readings(rule_of(line, {"kind": "constant", "value": "-"}, batch, counter())) is None
    assert find_two_readings(rule_of(line, counter())) is None


@given(one=rules(), other=rules())
@BRUTE
def test_an_overlap_is_found_exactly_when_some_code_is_in_both_sets(one: CodeRule, other: CodeRule) -> None:
    assume(size(one) <= MOST_CODES and size(other) <= MOST_CODES)
    both = all_codes(one) & all_codes(other)
    found = find_overlap(one, other)
    assert (found is not None) == bool(both)
    if found is not None:
        assert found.example in both


@given(rule=rules())
@BRUTE
def test_every_code_of_a_rule_is_read_back_and_no_other_is(rule: CodeRule) -> None:
    assume(size(rule) <= MOST_CODES)
    codes = all_codes(rule)
    assert all(read(rule, code, today=TODAY) for code in codes)
    near = {code[:-1] + sign for code in list(codes)[:50] for sign in "059A-"}
    assert {code for code in near if read(rule, code, today=TODAY)} == near & codes


@given(rule=rules())
@BRUTE
def test_two_readings_are_found_exactly_when_a_code_can_be_cut_in_two_ways(rule: CodeRule) -> None:
    assume(size(rule) <= MOST_CODES)
    cut_twice = {code for code in all_codes(rule) if len(read(rule, code, today=TODAY)) > 1}
    found = find_two_readings(rule)
    assert (found is not None) == bool(cut_twice)
    if found is not None:
        assert found.example in cut_twice


@given(new=counting_rules(), old=counting_rules())
@BRUTE
def test_a_new_version_that_is_let_pass_never_repeats_a_code_of_an_old_one(new: CodeRule, old: CodeRule) -> None:
    assume(size(new) <= MOST_CODES and size(old) <= MOST_CODES)
    made: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for code, counter_name, number in issues(old):
        made[code].add((counter_name, number))
    repeated = {code for code, name, number in issues(new) if made.get(code, {(name, number)}) != {(name, number)}}
    found = find_clash(new, old)
    if repeated:
        assert found is not None
    if found is not None:
        assert found.example in all_codes(new) & all_codes(old)


@given(rule=counting_rules())
@BRUTE
def test_a_rule_that_may_be_saved_never_makes_a_code_twice(rule: CodeRule) -> None:
    draft = parse_rule({"code": rule.code, "name": rule.name, "segments": rule.body()})
    assume(size(rule) <= MOST_CODES and not draft.problems and find_two_readings(rule) is None)
    made: dict[str, tuple[str, str]] = {}
    for code, counter_name, number in issues(rule):
        assert made.setdefault(code, (counter_name, number)) == (counter_name, number)


@pytest.mark.parametrize(
    "change",
    [
        {"check": "luhn"},
        {"counter": {"end": 500}},
        {"line": {"chars": "digits"}},
    ],
)
def test_a_version_that_counts_on_in_the_same_counter_does_not_clash(change: dict[str, Any]) -> None:
    count = counter(reset="day", per=["line"])
    old = rule_of(RO, DAY, LINE, count, check("iso7064_mod37_36"))
    new = rule_of(
        RO,
        DAY,
        {**LINE, **change.get("line", {})},
        {**count, **change.get("counter", {})},
        check(change.get("check", "iso7064_mod37_36")),
    )
    assert find_clash(new, old) is None


@pytest.mark.parametrize("change", [{"reset": "never"}, {"base": 36}, {"start": 2}, {"step": 2}, {"per": []}])
def test_a_version_that_counts_differently_in_codes_of_one_shape_clashes(change: dict[str, Any]) -> None:
    count = counter(reset="day", per=["line"])
    old, new = rule_of(RO, DAY, LINE, count), rule_of(RO, DAY, LINE, {**count, **change})
    found = find_clash(new, old)
    assert found is not None
    assert read(old, found.example or "", today=TODAY)
    assert read(new, found.example or "", today=TODAY)


def test_a_version_with_a_long_random_part_draws_again_when_it_meets_an_old_code() -> None:
    drawn = rule_of(RO, {"kind": "random", "length": 8})
    assert find_clash(drawn, rule_of(RO, counter(width=8))) is None
    found = find_clash(rule_of(RO, counter(width=8)), drawn)
    assert found is not None


def test_what_a_random_rule_counts_apart_need_not_stand_in_the_code() -> None:
    number = {"kind": "counter", "width": 2}
    old = rule_of(number, {"kind": "random", "length": 8})
    found = find_clash(rule_of(number, {"kind": "field", "name": "line", "width": 8}), old)
    assert found is not None


def test_codes_are_read_back_with_their_times() -> None:
    by_minute = rule_of({"kind": "date", "format": "HHMM"}, counter())
    (reading,) = read(by_minute, "08050001", today=TODAY)
    assert reading.parts[0].meaning.zh == "08:05 制码"
    by_hour = rule_of(DAY, {"kind": "date", "format": "HH"}, counter())
    (reading,) = read(by_hour, "261121080001", today=TODAY)
    assert [part.meaning.value for part in reading.parts] == ["2026-11-21", "08:00/08:59", "1"]
    assert read(by_hour, "261121240001", today=TODAY) == []
    assert read(by_hour, "260231080001", today=TODAY) == []


def test_a_time_that_its_parts_contradict_is_no_code() -> None:
    twice = rule_of({"kind": "date", "format": "HH"}, {"kind": "date", "format": "H_AX"}, counter())
    assert read(twice, "08I0001", today=TODAY)
    assert read(twice, "08J0001", today=TODAY) == []


def test_a_counter_that_moves_or_dates_that_are_written_otherwise_can_repeat_a_code() -> None:
    zeros = {"kind": "constant", "value": "0000"}
    moved = find_clash(rule_of(RO, counter(), zeros), rule_of(RO, zeros, counter(start=0)))
    assert moved is None  # it starts elsewhere, but both can only make RO00000000, which the new one never does
    moved = find_clash(rule_of(RO, counter(start=0), zeros), rule_of(RO, zeros, counter(start=0)))
    assert moved is not None
    assert moved.example == "RO00000000"
    turned = {"kind": "date", "format": "DDMMYY"}
    found = find_clash(rule_of(turned, counter(reset="day")), rule_of(DAY, counter(reset="day")))
    assert found is not None
    assert find_clash(rule_of(turned, counter()), rule_of(DAY, counter())) is None
