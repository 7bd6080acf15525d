"""Test runs tell what would come of each step, by names and values, and leave nothing behind."""

from __future__ import annotations

from typing import Any

from mazhi.engines.flows.telling import Effect
from mazhi.engines.flows.trying import Passed, Trials, Tried
from mazhi.kernel.access.model import SYSTEM
from tests.engines.flows.shop import APP, Shop, field, members, node

CARD = [field("cno"), field("cqty", "number"), field("clines", "subform", fields=[field("what", "product")])]
ROBOT = {"method": "POST", "address": "https://erp.example.com/r/{no}", "waits": False,
         "body": {"no": "{no}", "inner": {"sum": {"$formula": "amount * 2"}}}}  # fmt: skip


def tried(shop: Shop, *children: Any, **values: Any) -> Tried:
    """Draw a flow and let a record with these values try it."""
    flows, body = shop.system.flows, {"form": "receipt", "tree": node("start", "start", *children)}
    flows.create(SYSTEM, APP, "f", "收货", "receipt")
    flows.save_draft(SYSTEM, APP, "f", body, base=0)
    number = shop.record(**values)
    trials: Trials = shop.system.flow_trials
    return trials.run(shop.actors["boss"], APP, "f", number)


def of(found: Tried, key: str) -> Passed:
    [step] = [one for one in found.path if one.node == key]
    return step


def only(step: Passed, what: str) -> dict[str, Any]:
    [effect] = [one for one in step.effects if one.what == what]
    return dict(effect.data)


def test_a_test_run_tells_people_conditions_records_postings_and_messages(shop: Shop) -> None:
    shop.furnish()
    shop.make("N1", "N2")
    shop.form("card", CARD, name="检验卡")
    create = node(
        "create_record", "make", form=f"{APP}/card",
        assignments=[{"field": "cno", "from": "no"}, {"field": "cqty", "value": 3},
                     {"table": "clines", "from": "lines", "columns": [{"field": "what", "from": "product"}]}],
    )  # fmt: skip
    post = node("operation", "post", operation="receive", items={"formula": '"N1"'}, place={"value": "A-01"},
                document="{no}")  # fmt: skip
    branch = node(
        "branch", "way",
        node("case", "much", title="多", when="amount > 10"),
        node("case", "odd", title="怪", when="amount / 0 > 1"),
        node("case", "some", create, post, title="一些", when="字段amount > 5"),
        node("case", "else", title="其余"),
    )  # fmt: skip
    found = tried(
        shop,
        node("approve", "ok", who=members("chen", "li")),
        branch,
        node("update_record", "note", assignments=[{"field": "note", "template": "收到 {no}"}]),
        node("webhook", "erp", **ROBOT),
        node("copy", "copy", who=members("zhang")),
        node("notify", "tell", who=members("li"), text="{no} 好了"),
        no="R1", amount=7, lines=[{"product": "WM", "qty": 1}, {"product": "BT", "qty": 2}],
    )  # fmt: skip
    assert (found.state, found.problems) == ("done", ())
    assert [(one.code, one.name) for one in of(found, "ok").people] == [("chen", "Chen"), ("li", "Li")]
    way = of(found, "way")
    assert way.outcome == "some"
    assert [(one.case, one.held, one.fault, dict(one.values)) for one in way.looked] == [
        ("much", False, "", {"字段amount": "7"}),
        ("odd", False, "formula_division_by_zero", {"字段amount": "7"}),
        ("some", True, "", {"字段amount": "7"}),
    ]
    assert only(of(found, "make"), "create") == {
        "form": "检验卡",
        "values": [{"field": "字段cno", "value": "R1"}, {"field": "字段cqty", "value": 3},
                   {"field": "字段clines", "value": {"rows": 2}}],
    }  # fmt: skip
    assert "undo" not in of(found, "make").data
    posted = only(of(found, "post"), "post")
    assert (posted["operation"], posted["items"], posted["place"], posted["document"]) == (
        "receive", ["N1"], "A-01", "R1",
    )  # fmt: skip
    changed = only(of(found, "note"), "change")
    assert changed["values"] == [{"field": "字段note", "value": "收到 R1", "before": None}]
    sent = only(of(found, "erp"), "send")
    assert (sent["address"], sent["content"]) == ("https://erp.example.com/r/R1", {"no": "R1", "inner": {"sum": 14}})
    assert [one.code for one in of(found, "copy").people] == ["zhang"]
    assert ([one.code for one in of(found, "tell").people], only(of(found, "tell"), "tell")) == (
        ["li"], {"text": "R1 好了"},
    )  # fmt: skip
    assert shop.system.records.find(SYSTEM, APP, "card").rows == []


def test_a_test_run_stops_where_it_cannot_go_on_and_says_why(shop: Shop) -> None:
    shop.furnish()
    found = tried(
        shop,
        node("approve", "ok", who=members("nobody")),
        node("operation", "post", operation="receive", items={"formula": '"NONE"'}, place={"value": "A-01"}),
        node("copy", "never", who=members("li")),
        amount=1,
    )
    assert (found.state, found.node) == ("running", "post")
    assert found.problems
    step = of(found, "ok")
    assert Effect("note", {"action": "nobody", "then": "admin"}) in step.effects
    assert [one.code for one in step.people] == ["boss"]
    assert "never" not in [one.node for one in found.path]
