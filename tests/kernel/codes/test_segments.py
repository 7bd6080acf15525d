from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.kernel import clock, texts
from mazhi.kernel.codes import segments
from mazhi.kernel.codes.alphabets import BASES
from mazhi.kernel.codes.catalogue import catalogue
from mazhi.kernel.codes.model import KINDS
from mazhi.kernel.codes.segment import (
    GROUPS,
    AnySegmentKind,
    Context,
    NumberSegment,
    ProductWords,
    RandomSegment,
    Segment,
    StaticSegment,
)
from mazhi.kernel.errors import Problem
from tests.kernel.codes.small_rules import number_texts

FILES = sorted(file.stem for file in Path(segments.__path__[0]).glob("[a-z]*.py"))
ALL = pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.name)
AT = datetime(2026, 11, 21, 8, 5, tzinfo=clock.DEFAULT_ZONE)
SAMPLES = Context(AT, with_samples=True)

anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def clean(body: dict[str, Any]) -> Segment:
    problems: list[Problem] = []
    segment = KINDS[body["kind"]].clean(body, "", problems)
    assert segment is not None, problems
    return segment


def faults(body: dict[str, Any]) -> list[tuple[str | None, str]]:
    problems: list[Problem] = []
    assert KINDS[body["kind"]].clean(body, "/segments/0", problems) is None
    return [(problem.pointer, problem.code) for problem in problems]


def text(body: dict[str, Any], context: Context) -> str | Problem:
    segment = clean(body)
    assert isinstance(segment, StaticSegment)
    return segment.text(context)


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert [kind.name for kind in KINDS] == FILES


@ALL
class TestEveryKind:
    def test_accepts_its_example_and_presets(self, kind: AnySegmentKind) -> None:
        for body in [kind.example, *(preset.body for preset in kind.presets)]:
            assert clean(dict(body)).kind == kind.name

    def test_what_is_stored_means_the_same(self, kind: AnySegmentKind) -> None:
        stored = clean(dict(kind.example)).body
        assert dict(clean(json.loads(json.dumps(dict(stored)))).body) == dict(stored)

    def test_says_everything_in_both_languages(self, kind: AnySegmentKind) -> None:
        assert kind.zh
        assert kind.en
        assert kind.group in GROUPS
        for parameter in kind.parameters:
            assert parameter.zh
            assert parameter.en
            assert bool(parameter.zh_help) == bool(parameter.en_help)
            assert bool(parameter.choices) == (parameter.type == "choice")
            assert all(choice.zh and choice.en for choice in parameter.choices)
        assert all(preset.zh and preset.en for preset in kind.presets)

    @given(data=st.data())
    @settings(deadline=None)
    def test_accepts_or_refuses_but_never_crashes(self, kind: AnySegmentKind, data: st.DataObject) -> None:
        names = st.sampled_from([parameter.name for parameter in kind.parameters]) | st.text(max_size=4)
        body = {**kind.example, **data.draw(st.dictionaries(names, anything, max_size=4)), "kind": kind.name}
        problems: list[Problem] = []
        segment = kind.clean(body, "/segments/0", problems)
        assert (segment is None) == bool(problems)
        for problem in problems:
            assert problem.code in texts.catalogue()
            assert (problem.pointer or "").startswith("/segments/0")

    def test_its_texts_fit_its_places_and_are_read_back(self, kind: AnySegmentKind) -> None:
        for body in [kind.example, *(preset.body for preset in kind.presets)]:
            segment = clean(dict(body))
            for written in made_by(segment):
                assert len(written) in segment.widths
                classes = segment.classes(len(written))
                assert all(sign in allowed for sign, allowed in zip(written, classes, strict=True))
                meaning = segment.read(written)
                assert meaning is not None
                assert meaning.zh
                assert meaning.en


def made_by(segment: Segment) -> list[str]:
    if isinstance(segment, StaticSegment):
        written = segment.text(SAMPLES)
        assert isinstance(written, str)
        return [written]
    if isinstance(segment, NumberSegment):
        return segment.write(1, 20)
    return segment.draw(20) if isinstance(segment, RandomSegment) else ["7"]


def test_the_catalogue_is_plain_data_in_two_languages() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert json.loads(json.dumps(zh)) == zh
    assert [kind["kind"] for kind in zh["kinds"]] == [kind["kind"] for kind in en["kinds"]]
    assert sorted(kind["kind"] for kind in zh["kinds"]) == FILES
    assert [group["label"] for group in zh["groups"]] == ["固定", "随业务变", "保证不重"]
    assert {kind["label"] for kind in zh["kinds"]}.isdisjoint({kind["label"] for kind in en["kinds"]})


# Single kinds: what is special to them.


@pytest.mark.parametrize("value", ["", "a b", "水表", "\t", "\x00", "A" * 41, 5, None, ["A"]])
def test_a_constant_is_visible_ascii(value: Any) -> None:
    assert [pointer for pointer, _ in faults({"kind": "constant", "value": value})] == ["/segments/0/value"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("YYMMDD", "261121"), ("YYYYMMDD", "20261121"), ("DDMMYY", "211126"), ("MMDDYY", "112126"), ("YYMM", "2611"),
        ("YYYYMM", "202611"), ("MMYY", "1126"), ("MMDD", "1121"), ("YYYY", "2026"), ("YY", "26"), ("Y", "6"),
        ("MM", "11"), ("DD", "21"), ("YYWW", "2647"), ("YYYYWW", "202647"), ("YWW", "647"), ("WWYY", "4726"),
        ("YYWWD", "26476"), ("YWWD", "6476"), ("WW", "47"), ("D", "6"), ("YYDDD", "26325"), ("YYYYDDD", "2026325"),
        ("YDDD", "6325"), ("DDD", "325"), ("Y_VIN", "T"), ("Y_LETTER", "Z"), ("M_1C", "B"), ("M_AL", "K"),
        ("M_OND", "N"), ("D_1V", "L"), ("HHMM", "0805"), ("HH", "08"), ("H_AX", "I"),
    ],
)  # fmt: skip
def test_every_form_of_a_date(form: str, expected: str) -> None:
    assert text({"kind": "date", "format": form}, Context(AT)) == expected


def test_the_list_of_forms_above_is_complete() -> None:
    forms = {choice.value for choice in KINDS["date"].parameters[0].choices}
    assert len(forms) == 34


def test_the_year_of_a_week_is_that_of_its_thursday() -> None:
    new_year = Context(datetime(2027, 1, 1, tzinfo=clock.DEFAULT_ZONE))
    assert text({"kind": "date", "format": "YYWW"}, new_year) == "2653"
    assert text({"kind": "date", "format": "YYMM"}, new_year) == "2701"


def test_the_letter_of_a_year_begins_where_the_rule_says() -> None:
    assert text({"kind": "date", "format": "Y_LETTER", "first_year": 2020}, Context(AT)) == "G"
    assert faults({"kind": "date", "format": "Y_LETTER", "first_year": 1970}) == [
        ("/segments/0/first_year", "segment_out_of_range")
    ]


@pytest.mark.parametrize("year", [1999, 2100])
def test_dates_outside_of_the_century_are_refused(year: int) -> None:
    found = text({"kind": "date", "format": "YY"}, Context(datetime(year, 6, 1, tzinfo=UTC)))
    assert isinstance(found, Problem)
    assert (found.code, found.pointer) == ("code_date_out_of_range", "/at")


@pytest.mark.parametrize(
    ("body", "value", "expected"),
    [
        ({"width": 3}, "L01", "L01"),
        ({"width": 3}, "L1", "code_value_width"),
        ({"width": 3}, "L001", "code_value_width"),
        ({"width": 3}, "l01", "code_value_characters"),
        ({"width": 3}, "产01", "code_value_characters"),
        ({"width": 3}, "", "code_field_missing"),
        ({"width": 3, "fit": "pad"}, "7", "007"),
        ({"width": 3, "fit": "pad", "chars": "upper"}, "A", "00A"),
        ({"width": 3, "fit": "pad"}, "1234", "code_value_width"),
        ({"width": 3, "fit": "up_to"}, "7", "7"),
        ({"width": 3, "fit": "up_to"}, "1234", "code_value_width"),
        ({"width": 3, "chars": "digits"}, "L01", "code_value_characters"),
        ({"width": 3, "chars": "letters_digits"}, "l01", "l01"),
        ({"width": 4, "chars": "signs"}, "A-/.", "A-/."),
        ({"width": 3, "begins": "W"}, "W01", "W01"),
        ({"width": 3, "begins": "W"}, "L01", "code_value_beginning"),
        ({"width": 3, "begins": "W", "fit": "up_to"}, "W", "W"),
    ],
)
def test_a_value_fits_or_is_refused_where_it_stands(body: dict[str, Any], value: str, expected: str) -> None:
    found = text({"kind": "field", "name": "line", **body}, Context(AT, {"line": value}))
    if isinstance(found, Problem):
        assert found.pointer == "/fields/line"
        found = found.code
    assert found == expected


def test_a_missing_field_is_named_by_its_pointer() -> None:
    found = text({"kind": "field", "name": "产线", "width": 3}, Context(AT))
    assert isinstance(found, Problem)
    assert (found.code, found.pointer) == ("code_field_missing", "/fields/产线")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": "product", "width": 2}, ("/segments/0/name", "segment_field_named_product")),
        ({"name": "1st", "width": 2}, ("/segments/0/name", "segment_bad_name")),
        ({"width": 2}, ("/segments/0/name", "segment_parameter_missing")),
        ({"name": "line", "width": 0}, ("/segments/0/width", "segment_out_of_range")),
        ({"name": "line", "width": "3"}, ("/segments/0/width", "segment_not_integer")),
        ({"name": "line", "width": True}, ("/segments/0/width", "segment_not_integer")),
        ({"name": "line", "width": 2, "fit": "cut"}, ("/segments/0/fit", "segment_not_a_choice")),
        ({"name": "line", "width": 2, "begins": "ABC"}, ("/segments/0/begins", "segment_begins_too_long")),
        ({"name": "line", "width": 2, "begins": "A", "fit": "pad"}, ("/segments/0/begins", "segment_begins_padded")),
        (
            {"name": "line", "width": 2, "begins": "A", "chars": "digits"},
            ("/segments/0/begins", "segment_begins_characters"),
        ),
        ({"name": "line", "width": 2, "a/b~": 1}, ("/segments/0/a~1b~0", "segment_parameter_unknown")),
    ],
)
def test_a_wrong_parameter_is_named_by_its_pointer(body: dict[str, Any], expected: tuple[str, str]) -> None:
    assert faults({"kind": "field", **body}) == [expected]


def test_all_faults_of_a_segment_are_named_at_once() -> None:
    found = faults({"kind": "counter", "width": 0, "base": 11, "start": -1, "step": 0, "reset": "hour", "per": "line"})
    assert [pointer for pointer, _ in found] == [
        f"/segments/0/{name}" for name in ("width", "base", "start", "step", "reset", "per")
    ]


def test_a_product_shows_its_category_or_its_code() -> None:
    words = ProductWords("WM-20", "WM")
    assert text({"kind": "product", "width": 2}, Context(AT, product=words)) == "WM"
    by_code = {"kind": "product", "source": "code", "width": 5, "chars": "signs"}
    assert text(by_code, Context(AT, product=words)) == "WM-20"
    for product, code in [(None, "code_product_missing"), (ProductWords("X"), "code_product_without_category")]:
        found = text({"kind": "product", "width": 2}, Context(AT, product=product))
        assert isinstance(found, Problem)
        assert (found.code, found.pointer) == (code, "/product")


@given(data=st.data())
@settings(deadline=None)
def test_counters_write_the_numbers_that_a_table_lists(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from([10, 36]))
    width = data.draw(st.integers(1, 2))
    start, step = data.draw(st.integers(0, 9)), data.draw(st.integers(1, 50))
    end = data.draw(st.none() | st.integers(start, base**width - 1))
    body = {"kind": "counter", "width": width, "base": base, "start": start, "step": step, "end": end}
    segment = clean({name: value for name, value in body.items() if value is not None})
    assert isinstance(segment, NumberSegment)
    listed = number_texts(segment)
    assert segment.capacity == len(listed)
    assert segment.write(1, segment.capacity) == listed
    first = data.draw(st.integers(1, len(listed)))
    count = data.draw(st.integers(1, len(listed) - first + 1))
    assert segment.write(first, count) == listed[first - 1 : first - 1 + count]
    every = number_texts(clean({"kind": "counter", "width": width, "base": base, "start": 0}))
    accepted = [written for written in every if walks(segment, written)]
    assert accepted == listed == [written for written in every if segment.read(written)]


def walks(segment: NumberSegment, written: str) -> bool:
    state: int | None = segment.state()
    for place, sign in enumerate(written):
        if state is not None:
            state = segment.step(state, place, sign)
    return state is not None


@pytest.mark.parametrize("base", [10, 32, 34, 36])
def test_wide_counters_count_on_where_the_last_digits_run_over(base: int) -> None:
    segment = clean({"kind": "counter", "width": 8, "base": base, "start": 0, "step": 7})
    assert isinstance(segment, NumberSegment)
    digits = BASES[base]
    for number, written in enumerate(segment.write(5000, 20_000), start=4999):
        value = 0
        for sign in written:
            value = value * base + digits.index(sign)
        assert value == number * 7


def test_a_counter_whose_numbers_do_not_fit_is_refused() -> None:
    assert faults({"kind": "counter", "width": 2, "start": 100}) == [("/segments/0/start", "segment_out_of_range")]
    assert faults({"kind": "counter", "width": 2, "end": 100}) == [("/segments/0/end", "segment_out_of_range")]
    assert faults({"kind": "counter", "width": 2, "start": 9, "end": 8}) == [
        ("/segments/0/start", "segment_out_of_range")
    ]


def test_a_counter_names_what_it_counts_apart_once_and_by_a_name() -> None:
    assert faults({"kind": "counter", "width": 2, "per": ["line", "line", 5]}) == [
        ("/segments/0/per/1", "segment_name_twice"),
        ("/segments/0/per/2", "segment_bad_name"),
    ]


@pytest.mark.parametrize("alphabet", ["digits", "base32", "base34", "base36"])
def test_random_parts_use_all_characters_alike(alphabet: str) -> None:
    segment = clean({"kind": "random", "length": 5, "alphabet": alphabet})
    assert isinstance(segment, RandomSegment)
    written = "".join(segment.draw(20_000))
    signs = sorted(set(written))
    expected = len(written) / len(signs)
    assert segment.space == len(signs) ** 5
    # Chi-squared with at most 35 degrees of freedom: beyond 120 by chance once in 10^10 runs.
    assert sum((written.count(sign) - expected) ** 2 / expected for sign in signs) < 120


def test_the_32_characters_leave_out_what_is_misread() -> None:
    segment = clean({"kind": "random", "length": 32})
    assert isinstance(segment, RandomSegment)
    assert set("".join(segment.draw(500))).isdisjoint("ILOU")


def test_a_counter_goes_on_by_none_but_its_own_digits() -> None:
    segment = clean({"kind": "counter", "width": 2})
    assert isinstance(segment, NumberSegment)
    assert not walks(segment, "A1")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"kind": "field", "name": "line", "width": 3}, "L01"),
        ({"kind": "field", "name": "产线", "width": 3}, "001"),
        ({"kind": "field", "name": "line", "width": 3, "chars": "upper"}, "AAA"),
        ({"kind": "field", "name": "line", "width": 3, "chars": "digits"}, "001"),
        ({"kind": "field", "name": "line", "width": 3, "begins": "W"}, "W01"),
        ({"kind": "field", "name": "line", "width": 1, "begins": "W"}, "W"),
        ({"kind": "product", "width": 3}, "P01"),
    ],
)
def test_samples_look_like_values(body: dict[str, Any], expected: str) -> None:
    assert text(body, SAMPLES) == expected


def test_a_product_without_a_category_is_shown_as_a_sample() -> None:
    assert text({"kind": "product", "width": 2}, Context(AT, product=ProductWords("X"), with_samples=True)) == "P1"


def test_a_product_is_read_back_as_what_it_shows() -> None:
    for source, value in (("category", "产品类别 WM"), ("code", "产品 WM")):
        segment = clean({"kind": "product", "source": source, "width": 2})
        meaning = segment.read("WM")
        assert meaning is not None
        assert meaning.zh == value
        assert segment.read("W-") is None
