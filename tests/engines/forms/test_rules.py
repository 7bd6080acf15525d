"""Rules as a form holds them: read, written back, compared."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import read
from mazhi.engines.forms.publishing.comparing import compare
from mazhi.engines.forms.trees import trees
from mazhi.kernel.errors import InvalidInputError
from tests.engines.forms.test_publishing import field, ident

FIELDS = [
    field("serial"),
    field("weight", "number"),
    field("who", "customer"),
    field("made_of", "section", fields=[field("maker")]),
    field("lines", "subform", fields=[field("qty", "number"), field("what")]),
    field("words", "amount_words", options={"source": "weight"}),
]


def rule(kind: str, when: str, *fields: str, key: str = "r", **rest: Any) -> dict[str, Any]:
    named = [ident(one) for one in fields]
    return {"id": ident(f"rule {key}"), "name": f"规则{key}", "kind": kind, "when": when, "fields": named, **rest}


GOOD = [
    rule("show", "weight>0", "made_of", "lines", key="1"),
    rule("require", 'AND(qty>0, who.region<>"440000")', "what", key="2"),
    rule("lock", "SUM(lines.qty)>3", "serial", "lines", key="3"),
    rule("check", "weight>0", key="4", message="重量要大于零"),
    rule("set", "TRUE", "weight", key="5", value="SUM(lines.qty)"),
]


def faults(*rules: Any) -> list[tuple[str | None, str]]:
    with pytest.raises(InvalidInputError) as refused:
        read({"fields": FIELDS, "rules": list(rules)}, field_kinds)
    return sorted((problem.pointer, problem.code) for problem in refused.value.problems)


def test_rules_are_read_and_written_back_as_they_were() -> None:
    form = read({"fields": FIELDS, "rules": GOOD}, field_kinds)
    assert form.body()["rules"] == GOOD
    assert read(form.body(), field_kinds) == form
    assert "rules" not in read({"fields": FIELDS}, field_kinds).body()


def test_every_formula_of_a_form_is_told_as_a_tree() -> None:
    form = read({"fields": FIELDS, "rules": GOOD}, field_kinds)
    found = trees(form)
    assert set(found) == {text for one in form.rules for _, text in one.formulas()}
    assert found["SUM(lines.qty)"]["name"] == "SUM"


def test_every_fault_of_a_rule_is_named_with_its_place() -> None:
    assert faults(
        7,
        rule("wish", "TRUE", "serial"),
        rule("check", "nobody=1", "serial", key="a"),
        rule("set", "1+", "serial", key="b", value="lines"),
        rule("set", "TRUE", "words", "lines", "made_of", key="c", value="1"),
        rule("show", "TRUE", key="d"),
        rule("require", "who.colour=1", "gone", key="e", colour=1),
        rule("check", "TRUE", "serial", key="e", message="x"),
        {**rule("lock", " ", "serial"), "id": ident("serial"), "name": ""},
    ) == [
        ("/rules/0", "form_not_a_rule"),
        ("/rules/1/kind", "form_rule_unknown_kind"),
        ("/rules/2/message", "text_missing"),
        ("/rules/2/when", "form_formula_unknown_field"),
        ("/rules/3/value", "form_formula_unknown_field"),
        ("/rules/3/when", "formula_unfinished"),
        ("/rules/4/fields/0", "form_rule_unfit_field"),
        ("/rules/4/fields/1", "form_rule_unfit_field"),
        ("/rules/4/fields/2", "form_rule_unfit_field"),
        ("/rules/5/fields", "form_rule_no_fields"),
        ("/rules/6/colour", "form_rule_unknown_property"),
        ("/rules/6/fields/0", "form_rule_unknown_field"),
        ("/rules/6/when", "form_formula_unknown_field"),
        ("/rules/7/id", "form_rule_id_twice"),
        ("/rules/8/id", "form_rule_id_twice"),
        ("/rules/8/name", "text_missing"),
        ("/rules/8/when", "form_rule_no_formula"),
    ]


def test_a_column_is_known_to_rules_about_its_row_only() -> None:
    assert faults(rule("show", "qty>0", "serial")) == [("/rules/0/when", "form_formula_unknown_field")]
    assert read({"fields": FIELDS, "rules": [rule("show", "qty>weight", "what")]}, field_kinds).rules


def test_what_differs_between_the_rules_of_two_versions_is_told() -> None:
    before = read({"fields": FIELDS, "rules": GOOD}, field_kinds)
    changed = [GOOD[3], {**GOOD[0], "when": "weight>1"}, GOOD[4], rule("lock", "TRUE", "serial", key="new")]
    after = read({"fields": FIELDS, "rules": changed}, field_kinds)
    found = compare(before, after)
    assert all(one.of == "rule" for one in found)
    assert [(one.title, one.what) for one in found] == [
        ("规则1", "changed"), ("规则new", "added"), ("规则4", "moved"), ("规则1", "moved"),
        ("规则2", "deleted"), ("规则3", "deleted"),
    ]  # fmt: skip
    assert (found[0].before, found[0].after) == ({"when": "weight>0"}, {"when": "weight>1"})
