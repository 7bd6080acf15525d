"""Formula fields and roll-ups: worked out at every save, stored, found, sorted, filled in by publishing."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import read
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.partners.service import Partners
from tests.engines.forms.test_publishing import Shop, field, ident


def formula(code: str, text: str, result: str = "number", **options: Any) -> dict[str, Any]:
    return field(code, "formula", options={"formula": text, "result": result, **options})


def rollup(code: str, method: str, column: str = "", table: str = "lines", when: str = "") -> dict[str, Any]:
    return field(code, "rollup", options={"table": table, "field": column, "method": method, "when": when})


@pytest.fixture
def shop(db: Database) -> Shop:
    found = Shop(db)
    found.forms.create(SYSTEM, "qc", "card", "x")
    return found


ORDER = [
    field("price", "money"),
    field("lines", "subform", fields=[
        field("qty", "number"), field("good", "switch"), field("made", "date"), field("what"),
        formula("amount", "qty*price", decimals=2),
        formula("share", "amount/total", decimals=4),
    ]),
    formula("total", "SUM(lines.amount)"),
    formula("told", '"共"&total&"元"', "text"),
    formula("due", "first_made+30", "date"),
    formula("dear", "total>=100", "boolean"),
    formula("at", "due", "datetime"),
    rollup("first_made", "min", "made"),
    rollup("goods", "sum", "qty", when="good"),
    rollup("mean", "average", "qty"),
    rollup("rows", "count"),
    rollup("sorts", "count_distinct", "what"),
    rollup("all", "join", "what"),
    rollup("latest", "last", "good"),
]  # fmt: skip
GIVEN = {
    "price": 10.5,
    "lines": [
        {"qty": 2, "good": True, "made": "2026-11-05", "what": "a"},
        {"qty": 4, "good": False, "made": "2026-11-02", "what": "b"},
        {"what": "A"},
    ],
}  # fmt: skip
COME_TO = {
    "total": 63, "told": "共63元", "due": "2026-12-02", "dear": False, "at": "2026-12-01T16:00:00Z",
    "first_made": "2026-11-02", "goods": 2, "mean": 3, "rows": 3, "sorts": 2, "all": "a、b、A", "latest": False,
}  # fmt: skip


def worked_out(shop: Shop, number: int) -> dict[str, Any]:
    values = shop.values(number)[0]
    return {code: values[code] for code in COME_TO}


def test_what_is_worked_out_is_stored_and_follows_every_change(shop: Shop) -> None:
    shop.publish(ORDER)
    one, two = shop.add(GIVEN, {})
    assert worked_out(shop, one) == COME_TO
    assert [(line["amount"], line["share"]) for line in shop.values(one)[0]["lines"]] == [
        (21, 0.3333), (42, 0.6667), (0, 0),
    ]  # fmt: skip
    assert worked_out(shop, two)["total"] == 0
    assert worked_out(shop, two)["due"] is None
    shop.records.change(SYSTEM, "qc", "card", one, 1, {"price": 20})
    assert worked_out(shop, one) == {**COME_TO, "total": 120, "told": "共120元", "dear": True}
    assert [line["amount"] for line in shop.values(one)[0]["lines"]] == [40, 80, 0]
    shop.records.change(SYSTEM, "qc", "card", one, 2, {"lines": [{"qty": 1, "made": "2026-01-01"}]})
    assert (worked_out(shop, one)["total"], worked_out(shop, one)["due"]) == (20, "2026-01-31")
    latest, earlier = shop.records.history(SYSTEM, "qc", "card", one)
    assert earlier.fields[ident("total")] == {"from": 63, "to": 120}
    assert latest.fields[ident("rows")] == {"from": 3, "to": 1}


def test_lists_filter_and_sort_by_what_is_worked_out(shop: Shop) -> None:
    shop.publish(ORDER)
    one, two, three = shop.add(GIVEN, {**GIVEN, "price": 1}, {**GIVEN, "price": 100})
    found = shop.records.find(
        SYSTEM, "qc", "card", filter_={"field": "total", "is": "more", "value": 10}, sort="-total"
    )
    assert [record.id for record in found.rows] == [three, one]
    wanted = {"field": "told", "is": "equal", "value": "共6元"}
    assert [record.id for record in shop.records.find(SYSTEM, "qc", "card", filter_=wanted).rows] == [two]


def test_nobody_gives_what_is_worked_out(shop: Shop) -> None:
    shop.publish(ORDER)
    with pytest.raises(InvalidInputError) as refused:
        shop.add({"total": 1, "lines": [{"amount": 2}], "rows": 1})
    assert [(one.pointer, one.code) for one in refused.value.problems] == [
        ("/values/lines/0/amount", "entry_takes_nothing"),
        ("/values/total", "entry_takes_nothing"),
        ("/values/rows", "entry_takes_nothing"),
    ]


def test_a_fault_is_stored_as_empty(shop: Shop) -> None:
    shop.publish([field("a", "number"), formula("b", "1/a"), formula("c", "b+1"), formula("d", "a*10^15")])
    one, two = shop.add({"a": 0}, {"a": 4})
    assert shop.values(one, two) == [{"a": 0, "b": None, "c": 1, "d": 0}, {"a": 4, "b": 0.25, "c": 1.25, "d": None}]


def test_facts_of_what_a_record_names_are_read_at_every_save(shop: Shop) -> None:
    partners = Partners(shop.db)
    partners.create(SYSTEM, Partner(code="C-1", name="京东", kind="customer", region="440000"))
    shop.forms.create(SYSTEM, "qc", "part", "x")
    shop.publish([field("name"), field("weight", "number"), field("made", "date")], code="part")
    (part,) = shop.records.create(SYSTEM, "qc", "part", [{"name": "阀", "weight": 2.5, "made": "2026-01-31"}])
    shop.publish([
        field("who", "customer"),
        field("n", "number"),
        field("part", "record", options={"form": "qc/part", "title": "name"}),
        field("seen", "lookup", options={"source": "part", "field": "weight"}),
        formula("told", 'who.name&"/"&part.name', "text"),
        formula("weight", "n*part.weight+seen"),
        formula("lasts", "EDATE(part.made, 1)", "date"),
        field("lines", "subform", fields=[field("q", "number"), formula("w", "q*part.weight")]),
    ])  # fmt: skip
    one, two = shop.add({"who": "C-1", "n": 3, "part": str(part), "lines": [{"q": 2}]}, {"n": 1})
    values = shop.values(one)[0]
    assert (values["told"], values["weight"], values["lasts"]) == ("京东/阀", 10, "2026-02-28")
    assert values["lines"] == [{"q": 2, "w": 5}]
    assert shop.values(two)[0]["told"] == "/"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ([formula("a", "nobody+1")], ("/fields/0/options/formula", "form_formula_unknown_field")),
        ([formula("a", "b"), formula("b", "c"), formula("c", "a")], ("/fields/0", "form_formula_circle")),
        ([formula("a", "a+1")], ("/fields/0", "form_formula_circle")),
        (
            [field("lines", "subform", fields=[formula("x", "total")]), formula("total", "SUM(lines.x)")],
            ("/fields/0/fields/0", "form_formula_circle"),
        ),
        (
            [field("lines", "subform", fields=[field("x")]), rollup("r", "sum", "gone")],
            ("/fields/1/options/field", "form_option_unknown_column"),
        ),
        (
            [field("lines", "subform", fields=[field("x")]), rollup("r", "count", when="y=1")],
            ("/fields/1/options/when", "form_formula_unknown_field"),
        ),
        ([rollup("r", "sum", "x", table="lines")], ("/fields/0/options/table", "form_option_unknown_field")),
        (
            [field("lines", "subform", fields=[field("x"), rollup("r", "count")])],
            ("/fields/0/fields/1/options/table", "form_rollup_in_table"),
        ),
    ],
)
def test_what_cannot_be_worked_out_is_refused_when_the_form_is_read(fields: list[Any], fault: tuple[str, str]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read({"fields": fields}, field_kinds)
    assert fault in [(problem.pointer, problem.code) for problem in refused.value.problems]


def test_the_path_of_a_circle_through_a_rule_is_told() -> None:
    rule = {"id": ident("r"), "name": "r", "kind": "set", "when": "TRUE", "fields": [ident("a")], "value": "b+1"}
    with pytest.raises(InvalidInputError) as refused:
        read({"fields": [field("a", "number"), formula("b", "a*2")], "rules": [rule]}, field_kinds)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params["path"]) == ("form_formula_circle", "字段b → 字段a → 字段b")


def test_publishing_fills_in_what_is_new_or_comes_to_something_else(shop: Shop) -> None:
    lines = field("lines", "subform", fields=[field("qty", "number"), field("price", "text")])
    shop.publish([field("a", "text"), lines])
    one, two, gone = shop.add({"a": "3", "lines": [{"qty": 2, "price": "1.5"}, {"qty": 1}]}, {"a": "x"}, {"a": "5"})
    shop.records.delete(SYSTEM, "qc", "card", gone, 1)
    inner = [*lines["fields"], formula("amount", "qty*COALESCE(price,0)")]
    computed = [formula("twice", "a*2"), rollup("total", "sum", "amount"), formula("tax", "total*0.1")]
    shop.publish([field("a", "text"), {**lines, "fields": inner}, *computed])
    assert [(one["twice"], one["total"], one["tax"]) for one in shop.values(one, two)] == [(6, 3, 0.3), (None, 0, 0)]
    assert [line["amount"] for line in shop.values(one)[0]["lines"]] == [3, 0]
    assert shop.records.get(SYSTEM, "qc", "card", [one])[0].version == 1
    # What it hangs on becomes of another kind: "x" is no number, and what was written stays for later.
    shop.publish([field("a", "number"), {**lines, "fields": inner}, *computed], accept_misfits=True)
    assert [one["twice"] for one in shop.values(one, two)] == [6, 0]
    # Another method, another result: the columns are of another type.
    changed = [formula("twice", 'a&"!"', "text"), rollup("total", "count"), formula("tax", "total*0.1")]
    shop.publish([field("a", "number"), {**lines, "fields": inner}, *changed])
    assert [(one["twice"], one["total"], one["tax"]) for one in shop.values(one, two)] == [("3!", 2, 0.2), ("!", 0, 0)]
    shop.records.restore(SYSTEM, "qc", "card", [gone])
    assert shop.values(gone)[0]["twice"] == "5!", "deleted records are filled in too"


def test_a_number_that_becomes_a_formula_and_a_number_again_keeps_what_people_wrote(shop: Shop) -> None:
    shop.publish([field("a", "number"), field("b", "number")])
    (one,) = shop.add({"a": 1, "b": 7})
    shop.publish([field("a", "number"), formula("b", "a+1")])
    assert shop.values(one) == [{"a": 1, "b": 2}]
    shop.publish([field("a", "number"), field("b", "number")])
    assert shop.values(one) == [{"a": 1, "b": 7}]
    shop.publish([field("a", "number"), field("b", "text")])
    assert shop.values(one) == [{"a": 1, "b": "7"}]


def test_a_formula_that_becomes_a_field_leaves_what_it_came_to(shop: Shop) -> None:
    shop.publish([field("a", "number"), formula("b", "a+0.5")])
    (one,) = shop.add({"a": 1})
    shop.publish([field("a", "number"), field("b", "text")])
    assert shop.values(one) == [{"a": 1, "b": "1.5"}]


def test_what_is_set_by_rules_is_set_when_records_are_saved_and_not_by_publishing(shop: Shop) -> None:
    rule = {"id": ident("r"), "name": "r", "kind": "set", "when": "a>0", "fields": [ident("b")], "value": "a*2"}
    fields = [field("a", "number"), field("b", "number"), formula("c", "b+1")]
    shop.publish(fields)
    (one,) = shop.add({"a": 2, "b": 1})
    base = shop.forms.get("qc", "card").version
    shop.forms.save_draft(SYSTEM, "qc", "card", {"fields": fields, "rules": [rule]}, base=base)
    shop.forms.publish(SYSTEM, "qc", "card", base=base)
    assert shop.values(one) == [{"a": 2, "b": 1, "c": 2}]
    shop.records.change(SYSTEM, "qc", "card", one, 1, {"a": 3})
    assert shop.values(one) == [{"a": 3, "b": 6, "c": 7}]
