"""Every kind of field, present and future."""

from __future__ import annotations

import contextlib
import json
import pkgutil
import re
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines import forms
from mazhi.engines.forms import fields as package
from mazhi.engines.forms.declaring import GROUPS, declaration
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import USUAL, FieldError, FieldKind, read
from mazhi.engines.forms.properties import COMMON
from mazhi.engines.forms.publishing.converting import convert
from mazhi.engines.options import Option
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.master_data.model import Checks

FILES = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
ALL = list(field_kinds)
VALUES = [
    kind
    for kind in ALL
    if kind.holds == "value" and kind.reference is None and kind.derive is None and kind.compute is None
]
DERIVED = [kind for kind in ALL if kind.derive is not None]
EVERY_OPTION = [*COMMON.values(), *(option for kind in ALL for option in kind.options)]
ICON = re.compile(r"[A-Z][A-Za-z0-9]+")

RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "to", "x", "region", "detail", "longitude", "latitude", "value", "name"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def settled(kind: FieldKind, given_options: dict[str, Any]) -> Any:
    checks = Checks()
    options = kind.settle(given_options, checks, "/options")
    checks.done()
    return options


def by_name(kind: Any) -> str:
    return str(kind.name)


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert sorted(kind.name for kind in field_kinds) == FILES


def test_there_are_as_many_as_were_promised() -> None:
    assert len(ALL) >= 45


@pytest.mark.parametrize("kind", ALL, ids=by_name)
class TestEveryKind:
    def test_is_told_of_in_both_languages(self, kind: FieldKind) -> None:
        assert all((kind.zh.strip(), kind.en.strip(), kind.zh_hint.strip(), kind.en_hint.strip()))
        assert kind.zh_hint.endswith("。")
        assert kind.group in {group.value for group in GROUPS}
        assert ICON.fullmatch(kind.icon)

    def test_names_unknown_options(self, kind: FieldKind) -> None:
        checks = Checks()
        kind.settle({**kind.example[0], "nonsense": 1}, checks, "/options")
        assert [problem.code for problem in checks.problems] == ["form_unknown_option"]

    def test_has_options_that_hold_as_they_are(self, kind: FieldKind) -> None:
        names = [option.name for option in kind.options]
        assert len(names) == len(set(names))
        checks = Checks()
        kind.settle({}, checks, "/options")
        missing = {f"/options/{option.name}" for option in kind.options if option.required and not option.default}
        assert {problem.pointer for problem in checks.problems} == missing
        assert all(problem.code == "form_option_missing" for problem in checks.problems)

    def test_names_a_wrong_value_of_any_option_and_never_crashes(self, kind: FieldKind) -> None:
        for option in kind.options:
            for wrong in ([1], {"x": 1}, -1e300, "\0", "x" * 10_000, True):
                checks = Checks()
                kind.settle({**kind.example[0], option.name: wrong}, checks, "/options")
                good = option.type == "flag" and wrong is True
                assert bool(checks.problems) is not good, (option.name, wrong)

    def test_has_common_properties_that_are_declared(self, kind: FieldKind) -> None:
        assert set(kind.common) <= set(COMMON)
        assert ("unique" in kind.common) is (kind.can_be_unique and kind.holds == "value")

    def test_is_one_sort_of_thing(self, kind: FieldKind) -> None:
        assert (kind.holds == "value" and kind.derive is None and kind.compute is None) is bool(kind.columns)
        assert not (kind.reference and kind.derive)


@pytest.mark.parametrize("option", EVERY_OPTION, ids=by_name)
def test_every_option_is_told_of_in_both_languages(option: Option) -> None:
    assert option.zh.strip()
    assert option.en.strip()
    assert bool(option.zh_hint) is bool(option.en_hint)
    assert option.choices or option.type != "choice"
    assert not option.choices or option.type in {"choice", "texts"}
    assert all(choice.zh and choice.en for choice in option.choices)
    if option.choices:
        given = option.default if option.type == "texts" else [option.default]
        assert set(given) <= {choice.value for choice in option.choices}
    assert all(kind in field_kinds for kind in option.kinds)


def test_the_common_properties_are_usual_where_nothing_is_said() -> None:
    assert {name: option.default for name, option in COMMON.items()} == dict(USUAL)


def test_everything_is_written_as_json_for_the_designer() -> None:
    found = json.loads(json.dumps(declaration()))
    assert [kind["name"] for kind in found["kinds"]] == FILES
    assert {kind["group"] for kind in found["kinds"]} == {group["value"] for group in found["groups"]}


def test_every_refusal_of_a_value_or_option_has_its_text() -> None:
    folder = Path(forms.__file__).parent
    sources = [path.read_text() for path in [*folder.glob("*.py"), *(folder / "fields").glob("*.py")]]
    codes = {code for source in sources for code in re.findall(r'"((?:entry|form)_[a-z_]+)"', source)}
    texts = tomllib.loads((folder / "texts.toml").read_text())
    tables = {"form_field", "form_grid", "form_slot", "form_grant"}
    assert codes - texts.keys() - tables == set()
    assert all(texts[code].keys() >= {"zh", "en"} for code in codes - tables)


@pytest.mark.parametrize("kind", VALUES, ids=by_name)
class TestEveryKindThatHoldsAValue:
    def test_takes_its_example_and_shows_it_again(self, kind: FieldKind) -> None:
        options, value = kind.example
        if kind.issue is None:
            values = kind.clean(value, settled(kind, dict(options)))
            assert len(values) == len(kind.columns)
            assert kind.show(values) == value

    @settings(max_examples=60, deadline=None)
    @given(raw=RAW)
    def test_takes_or_refuses_but_never_crashes(self, kind: FieldKind, raw: object) -> None:
        options = settled(kind, dict(kind.example[0]))
        with contextlib.suppress(FieldError):
            values = kind.clean(raw, options)
            assert len(values) == len(kind.columns)
            if any(value is not None for value in values):
                assert kind.clean(kind.show(values), options) == values

    def test_converts_from_every_other_kind_or_says_why_not(self, kind: FieldKind) -> None:
        nothing = cast(Tx, None)
        for other in VALUES:
            if other.issue is not None:
                continue
            options, value = other.example
            values = other.clean(value, settled(other, dict(options)))
            (became,) = convert(nothing, [values], other, kind, settled(kind, dict(kind.example[0])))
            assert (became.values is None) is (became.problem is not None)
            assert became.values is None or len(became.values) == len(kind.columns)


@pytest.mark.parametrize("kind", DERIVED, ids=by_name)
def test_what_is_worked_out_takes_nothing(kind: FieldKind) -> None:
    with pytest.raises(FieldError, match="entry_takes_nothing"):
        kind.clean("x", settled(kind, dict(kind.example[0])))


GOOD: list[tuple[str, dict[str, Any], object, object]] = [
    ("number", {"least": 0, "most": 10}, "10", 10),
    ("money", {}, "￥1,280.50", 1280.5),
    ("percent", {}, "98.5%", 98.5),
    ("time", {"seconds": True}, "8:05", "08:05:00"),
    ("month", {}, "2026年1月", "2026-01"),
    ("duration", {}, "1:30", 5400),
    ("duration", {}, "1天2小时", 93600),
    ("phone", {}, "+86 138-0013-8000", "13800138000"),
    ("phone", {"only": "any"}, "020-38888888", "020-38888888"),
    ("email", {}, " A@EXAMPLE.com ", "A@example.com"),
    ("id_card", {}, "11010519491231002x", "11010519491231002X"),
    ("choice", {"choices": ["甲"], "other": True}, "乙", "乙"),
    ("cascade", {"paths": ["a/b/c"], "halfway": True}, "a/b", ["a", "b"]),
    ("tags", {}, "急单，样品, 急单", ["急单", "样品"]),
    ("text", {"upper": True, "format": "letters_digits"}, "ab1", "AB1"),
    ("color", {}, "fff", "#FFFFFF"),
    ("switch", {"yes": "合格", "no": "不合格"}, "不合格", False),
    ("measurement", {"low": 1.5, "high": 1.7}, 1.8, {"value": 1.8, "good": False}),
    ("measurement", {"low": 1.5}, {"value": 1.5, "good": False}, {"value": 1.5, "good": True}),
    ("rich_text", {}, "<p onclick=x()>好<script>alert(1)</script><b>!", "<p>好<b>!</b></p>"),
    ("rich_text", {}, '<a href="javascript:alert(1)">x</a>&lt;b&gt;', "<a>x</a>&lt;b&gt;"),
]
BAD: list[tuple[str, dict[str, Any], object, str]] = [
    ("number", {"least": 0}, -1, "entry_out_of_range"),
    ("number", {}, "1e400", "entry_number_too_large"),
    ("rating", {}, 4.5, "entry_not_a_rating"),
    ("rating", {}, 6, "entry_out_of_range"),
    ("time", {}, "24:00", "entry_not_a_time"),
    ("month", {}, "2026-13", "entry_not_a_month"),
    ("phone", {}, "020-38888888", "entry_not_a_phone"),
    ("email", {}, "a@b", "entry_not_an_email"),
    ("id_card", {}, "110105194912310021", "entry_wrong_check_digit"),
    ("id_card", {}, "110105194913310020", "entry_not_an_id_card"),
    ("credit_code", {}, "91350100M000100Y44", "entry_wrong_check_digit"),
    ("address", {}, {"region": "990000"}, "entry_not_a_region"),
    ("address", {"depth": "district"}, {"region": "440100"}, "entry_region_too_wide"),
    ("location", {}, {"longitude": 181, "latitude": 0}, "entry_out_of_range"),
    ("link", {}, "javascript:alert(1)", "entry_not_a_link"),
    ("tags", {"most": 1}, ["a", "b"], "entry_too_many"),
    ("choices", {"choices": ["a", "b"], "most": 1}, ["a", "b"], "entry_too_many"),
    ("text", {"format": "digits"}, "１２", "entry_wrong_format"),
    ("cascade", {"paths": ["a/b"]}, ["a"], "entry_not_a_choice"),
]


@pytest.mark.parametrize(("name", "options", "raw", "shown"), GOOD)
def test_what_people_type_is_understood(name: str, options: dict[str, Any], raw: object, shown: object) -> None:
    kind = field_kinds[name]
    assert kind.show(kind.clean(raw, settled(kind, options))) == shown


@pytest.mark.parametrize(("name", "options", "raw", "code"), BAD)
def test_what_cannot_be_is_refused(name: str, options: dict[str, Any], raw: object, code: str) -> None:
    kind = field_kinds[name]
    with pytest.raises(FieldError) as refused:
        kind.clean(raw, settled(kind, options))
    assert refused.value.code == code


def field(number: int, kind: str, **rest: Any) -> dict[str, Any]:
    key = f"00000000-0000-4000-8000-{number:012d}"
    return {"id": key, "code": f"f{number}", "kind": kind, "title": f"字段{number}", **rest}


def faults(*fields: dict[str, Any]) -> list[tuple[str | None, str]]:
    with pytest.raises(InvalidInputError) as refused:
        read({"fields": list(fields)}, field_kinds)
    return sorted((problem.pointer, problem.code) for problem in refused.value.problems)


def test_every_wrong_property_is_named_with_its_place() -> None:
    assert faults(
        field(1, "text", width=5, hint=7, mask="x", read_only="yes", options={"longest": 3}, default="abcd"),
        field(2, "section", hint="x"),
        field(3, "note", options={"text": "x"}, fields=[field(4, "text")]),
        field(5, "subform", fields=[field(6, "serial_number", options={"rule": "R"})]),
        field(7, "member", default=7),
    ) == [
        ("/fields/0/default", "entry_too_long"),
        ("/fields/0/hint", "form_option_not_text"),
        ("/fields/0/mask", "form_option_not_a_choice"),
        ("/fields/0/read_only", "form_not_a_flag"),
        ("/fields/0/width", "form_option_not_a_choice"),
        ("/fields/1/hint", "form_property_unfit"),
        ("/fields/2/fields", "form_holds_no_fields"),
        ("/fields/3/fields/0/kind", "form_issued_in_table"),
        ("/fields/4/default", "entry_not_a_code"),
    ]  # fmt: skip


def test_properties_are_kept_and_usual_ones_not_written() -> None:
    said = {"hint": "看铭牌", "width": 6, "hidden_when_new": True, "mask": "all", "scan_to_fill": True, "default": "x"}
    form = read({"fields": [field(1, "text", **said, hidden=False, read_only=False)]}, field_kinds)
    (body,) = form.body()["fields"]
    assert {name: value for name, value in body.items() if name in USUAL} == said
    assert read(form.body(), field_kinds) == form


def test_a_look_up_of_what_nobody_knows_is_refused() -> None:
    fields = [field(1, "product"), field(2, "lookup", options={"source": "f1", "field": "colour"})]
    assert faults(*fields) == [("/fields/1/options/field", "form_option_unknown_fact")]


def test_options_that_name_fields_are_checked() -> None:
    assert faults(
        field(1, "text"),
        field(2, "amount_words", options={"source": "f1"}),
        field(3, "text_combination", options={"text": "{f9} {f4}"}),
        field(4, "text_combination", options={"text": "{f3}"}),
        field(5, "subform", fields=[field(6, "amount_words", options={"source": "f7"}), field(7, "money")]),
    ) == [
        ("/fields/1/options/source", "form_option_unfit_field"),
        ("/fields/2", "form_derived_circle"),
        ("/fields/2/options/text", "form_option_unknown_field"),
        ("/fields/3", "form_derived_circle"),
    ]  # fmt: skip
