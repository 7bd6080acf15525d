"""People, forms and fields that are no more while flows run: what happens then is defined, and seen."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError
from tests.engines.flows.shop import APP, Shop, field, ident, members, node, on_sqlite
from tests.engines.flows.test_people import HOUR, MANY, away


def leave(shop: Shop, *names: str) -> None:
    for name in names:
        shop.system.access.users.deactivate(SYSTEM, name)
    shop.system.jobs.run_pending()


def have(shop: Shop, *states: str) -> dict[str, int]:
    """Count the tasks of everybody in some states."""
    with shop.db.read() as tx:
        rows = tx.tuples(
            "SELECT u.username, count(*) FROM flow_task t JOIN user_account u ON u.id = t.user_id "
            "WHERE t.state ANY(:states, text) GROUP BY u.username",
            states=list(states),
        )
    return dict(rows)


def test_work_of_who_is_shut_out_goes_to_somebody_who_can_do_it(shop: Shop) -> None:
    nobody = {"then": "member", "member": "zhang"}
    shop.draw(
        node("approve", "all", who=members("chen", "li"), many="all"), node("approve", "end", who=members("boss"))
    )
    shop.draw(node("approve", "turn", who=members("chen", "li"), many="turn"), code="g")
    shop.draw(node("approve", "named", who=members("li", nobody=nobody)), code="h")
    shop.draw(node("approve", "done", who=members("li")), code="i")
    every, turn, named, done = shop.start(), shop.start(code="g"), shop.start(code="h"), shop.start(code="i")
    shop.act("li", "approve", next(one.id for one in shop.todo("li") if one.instance_id == done))
    leave(shop, "li")
    assert (have(shop, "open"), have(shop, "waiting")) == ({"chen": 2, "boss": 1, "zhang": 1}, {"boss": 1})
    assert shop.trail(every)[-1] == ("left", "all")
    with shop.db.read() as tx:
        told = store.trail(tx, every)[-1]
    assert (told.actor, told.data["users"], told.data["to"]) == ("system", ["li"], ["boss"])
    assert [one.params["node"] for one in shop.system.notices.page(shop.actors["zhang"])[0]] == ["named"]
    shop.act("boss", "approve")
    shop.act("chen", "approve", next(one.id for one in shop.todo("chen") if one.instance_id == every))
    assert shop.open(every) == ["end"], "both seats have agreed"
    shop.act("chen", "approve")
    shop.act("boss", "approve", next(one.id for one in shop.todo("boss") if one.instance_id == turn))
    shop.act("zhang", "approve")
    assert [shop.instance(one).state for one in (turn, named, done)] == ["done"] * 3
    # Who stands in comes first; the job may run twice, and does nothing to who is back.
    number = shop.start("boss", "h")
    leave(shop, "zhang")
    assert have(shop, "open") == {"boss": 2}
    assert shop.open(number) == ["named"], "who should get it then is shut out too: who manages flows has it"


@on_sqlite
def test_who_stands_in_for_somebody_who_is_shut_out_comes_first(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("li")))
    shop.start()
    away(shop, "li", "chen")
    leave(shop, "li")
    assert have(shop, "open") == {"chen": 1}
    shop.start()
    assert have(shop, "open") == {"chen": 1, "boss": 1}, "new work is not theirs any more, so nobody is found"


WAYS: dict[str, dict[str, Any]] = {
    "member": {"kind": "member", "values": ["gone"]},
    "role": {"kind": "role", "values": ["extra"]},
    "department": {"kind": "department", "values": ["CK"]},
    "below": {"kind": "department", "values": ["GS"], "below": True},
    "head": {"kind": "head", "values": ["CK"]},
    "own head": {"kind": "head"},
    "superior": {"kind": "superior", "levels": 1},
    "starter": {"kind": "starter"},
    "step": {"kind": "step", "node": "first"},
    "start": {"kind": "step", "node": "start"},
    "chosen": {"kind": "chosen", "by": "starter"},
    "people": {"kind": "field", "field": "people"},
    "team": {"kind": "field", "field": "team"},
    "team head": {"kind": "field", "field": "team", "head": True},
    "post": {"kind": "field", "field": "post"},
    "line": {"kind": "field", "field": "lines.by"},
}


def test_whoever_is_shut_out_is_found_in_no_way_and_who_manages_flows_gets_the_work(shop: Shop) -> None:
    shop.add_role("extra")
    shop.add_user("gone", "extra")
    shop.department("GS", head="gone")
    shop.department("CK", "gone", above="GS", head="gone")
    shop.form("people", MANY)
    grant = {"role": "extra", "actions": ["view", "create"], "scopes": []}
    shop.system.forms.set_grants(SYSTEM, APP, "people", [grant])
    found = {}
    record = shop.record("people", people=["gone"], team="CK", post="extra", lines=[{"by": "gone"}])
    start = shop.system.running.start
    for place, (name, way) in enumerate(WAYS.items()):
        first = node("fill", "first", who=members("gone"))
        rest = (node("approve", "hold", who=members("boss")), node("approve", "ok", who={"ways": [way]}))
        shop.draw(first, *rest, code=f"w{place}", form="people")
        found[name] = start(shop.actors["gone"], APP, f"w{place}", record, chosen={"ok": ["gone"]})
        shop.act("gone", "submit")
    leave(shop, "gone")
    for name, instance in found.items():
        (task,) = [one for one in shop.todo("boss") if one.instance_id == instance]
        shop.act("boss", "approve", task.id)
        assert (name, shop.open(instance), shop.trail(instance)[-1][0]) == (name, ["ok"], "nobody")
        (task,) = [one for one in shop.todo("boss") if one.instance_id == instance]
        shop.act("boss", "approve", task.id)
        assert shop.instance(instance).state == "done"
    # A starter who is shut out is not asked to begin again.
    shop.draw(node("approve", "ok", who=members("chen")), form="people", code="back")
    number = shop.start("gone", "back", record)
    shop.act("chen", "send_back", to=("start",), comment="?")
    assert have(shop, "open") == {"boss": 1}
    assert shop.open(number) == ["start"]


@on_sqlite
def test_who_stands_in_and_is_shut_out_or_stands_in_a_circle_gets_nothing(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen")))
    away(shop, "chen", "li")
    away(shop, "li", "zhang")
    leave(shop, "li")
    shop.start()
    assert have(shop, "open") == {"chen": 1}, "the chain ends before who is shut out"
    with shop.db.write() as tx:  # from before such circles were refused, or put in by hand
        tx.run("UPDATE user_account SET active = :yes", yes=True)
        tx.run("DELETE FROM flow_delegation")
        now = clock.now()
        for one, other in (("chen", "li"), ("li", "zhang"), ("zhang", "chen")):
            ids = [shop.actors[name].user_id for name in (one, other)]
            tx.run(
                "INSERT INTO flow_delegation (from_id, to_id, starts_at, ends_at, apps, created_at, created_by) "
                "VALUES (:one, :other, :start, :end, '[]', 0, 'x')",
                one=ids[0], other=ids[1], start=now - HOUR, end=now + HOUR,
            )  # fmt: skip
    shop.start()
    assert have(shop, "open") == {"chen": 2}, "a circle leads home"


def test_a_field_that_is_deleted_from_the_form_stops_no_flow_without_a_word(shop: Shop) -> None:
    fields = [field("no"), field("amount", "number"), field("checker", "member"), field("note")]
    shop.form("card", fields)
    tree = (
        node("approve", "first", who=members("chen"), fields={ident("note"): "required", ident("no"): "writable"}),
        node("branch", "which", node("case", "big", when="amount > 5"), node("case", "rest")),
        node("approve", "theirs", who={"ways": [{"kind": "field", "field": "checker"}]}),
        node("update_record", "keep", assignments=[{"field": "note", "formula": "no"}]),
    )
    shop.draw(*tree, form="card", code="c", title="{no} {amount}")
    record = shop.record("card", no="1", amount=9, checker="li", note="x")
    number = shop.start(code="c", record=record)
    forms = shop.system.forms
    forms.save_draft(SYSTEM, APP, "card", {"fields": fields[:1]}, base=1)
    report = forms.try_out(SYSTEM, APP, "card")
    assert [(one.item, one.code) for one in report.broken] == [
        ("收货 · first", "flow_field_gone"), ("收货 · which", "formula_unknown_field"),
        ("收货 · theirs", "flow_field_gone"), ("收货 · keep", "flow_field_gone"),
    ], "whoever publishes the form is told before"  # fmt: skip
    forms.publish(SYSTEM, APP, "card", base=1, accept_misfits=True)
    view = shop.system.work_list.task(shop.actors["chen"], shop.todo("chen")[0].id)
    assert view.record is not None
    assert view.record.states == {"no": "writable"}, "what the step required is no more, and nobody is asked for it"
    shop.act("chen", "approve", values={"no": "2"})
    assert shop.open(number) == ["theirs"]
    assert [one for one in shop.trail(number) if one[0] in {"fault", "nobody"}] == [
        ("fault", "big"),
        ("nobody", "theirs"),
    ]
    # What would write it is refused with the reason, and nothing has changed; who manages flows goes on another way.
    task = shop.todo("boss")[0].id
    with pytest.raises(ConflictError, match="flow_step_refused") as refused:
        shop.act("boss", "approve", task)
    assert (refused.value.params["node"], shop.open(number)) == ("keep", ["theirs"])
    shop.draw(tree[0] | {"options": {"who": members("chen")}}, node("approve", "theirs", who=members("boss")),
              form="card", code="c")  # fmt: skip
    shop.system.managing.act(shop.actors["boss"], number, "end", Asked(comment="旧表单"))
    assert shop.instance(number).state == "ended"
