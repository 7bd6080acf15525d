"""Whose work a step is: every way of finding people, absence, and nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.people.family import way_kinds
from mazhi.engines.flows.people.model import follow, leads_to
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.engines.flows.shop import APP, Shop, field, ident, members, node

HOUR = 3_600 * clock.MICROS_PER_SECOND
MANY = [field("people", "members"), field("team", "department"), field("teams", "departments"), field("post", "role"),
        field("lines", "subform", fields=[field("by", "member")]), field("plain")]  # fmt: skip


def asked(shop: Shop, *ways: Mapping[str, Any], who: str = "chen", form: str = "receipt", **values: Any) -> list[str]:
    """Return who gets the work of a step with these ways, everybody at once."""
    shop.draw(node("approve", "ok", who={"ways": list(ways)}, many="all"), form=form, code=form)
    before = {one: len(shop.todo(one)) for one in shop.actors}
    shop.start(who, form, shop.record(form, **values))
    return sorted(one for one in shop.actors if len(shop.todo(one)) > before[one])


@pytest.fixture
def tree(shop: Shop) -> Shop:
    """Add users and departments: ``CK`` (led by ``li``) below ``YY`` (by nobody) below ``GS`` (by ``boss``)."""
    shop.add_user("wang")
    shop.department("GS", head="boss")
    shop.department("YY", "wang", above="GS")
    shop.department("CK", "chen", "li", above="YY", head="li")
    return shop


def test_people_are_found_by_name_role_and_department(tree: Shop) -> None:
    assert asked(tree, {"kind": "member", "values": ["li", "wang"]}) == ["li", "wang"]
    assert asked(tree, {"kind": "role", "values": ["keeper", "quality"]}) == ["chen", "li", "zhang"]
    assert asked(tree, {"kind": "department", "values": ["YY"]}) == ["wang"]
    assert asked(tree, {"kind": "department", "values": ["YY"], "below": True}) == ["chen", "li", "wang"]
    assert asked(tree, {"kind": "starter"}, {"kind": "member", "values": ["chen", "li"]}) == ["chen", "li"]


def test_heads_and_superiors_are_found_above_and_vacant_posts_are_passed(tree: Shop) -> None:
    assert asked(tree, {"kind": "head", "values": ["CK", "GS"]}) == ["boss", "li"]
    assert asked(tree, {"kind": "head", "values": ["YY"]}) == ["boss"], "nobody leads it, so who leads the one above"
    assert asked(tree, {"kind": "head"}) == ["li"]
    assert asked(tree, {"kind": "head", "levels": 1}) == ["boss"]
    assert asked(tree, {"kind": "superior", "of": "starter", "levels": 1}) == ["li"]
    assert asked(tree, {"kind": "superior", "of": "starter", "levels": 2}) == ["boss"]
    assert asked(tree, {"kind": "superior", "of": "starter", "levels": 9, "up_to": True}) == ["boss", "li"]
    assert asked(tree, {"kind": "superior"}, who="li") == ["boss"], "nobody is their own superior"
    assert asked(tree, {"kind": "superior", "levels": 3}) == ["boss"], "nobody is left: who manages flows"
    tree.leave("li")
    assert asked(tree, {"kind": "head"}) == ["boss"]


def test_people_are_found_in_the_fields_of_the_record(tree: Shop) -> None:
    tree.form("people", MANY)
    by = lambda name, **rest: {"kind": "field", "field": name, **rest}  # noqa: E731 - a word for the lines below
    assert asked(tree, by("people"), form="people", people=["li", "wang"]) == ["li", "wang"]
    assert asked(tree, by("team"), form="people", team="CK") == ["chen", "li"]
    assert asked(tree, by("team", below=True), form="people", team="YY") == ["chen", "li", "wang"]
    assert asked(tree, by("teams", head=True), form="people", teams=["CK", "GS"]) == ["boss", "li"]
    assert asked(tree, by("post"), form="people", post="quality") == ["zhang"]
    assert asked(tree, by("lines.by"), form="people", lines=[{"by": "li"}, {"by": "wang"}, {}]) == ["li", "wang"]
    assert asked(tree, by("people"), form="people") == ["boss"], "an empty field names nobody"


def test_who_did_another_step_does_this_one_too(shop: Shop) -> None:
    shop.draw(
        node("fill", "one", who=members("chen", "li")),
        node("approve", "mid", who=members("zhang")),
        node(
            "fill",
            "two",
            who={"ways": [{"kind": "step", "node": "one"}, {"kind": "step", "node": "start"}]},
            many="all",
        ),
    )
    shop.start()
    shop.act("li", "submit")
    shop.act("zhang", "approve")
    assert [len(shop.todo(who)) for who in ("li", "chen", "boss")] == [1, 0, 1]


def test_who_is_to_choose_is_asked_and_nobody_else_can_be_chosen(shop: Shop) -> None:
    chosen = {"ways": [{"kind": "chosen", "by": "before", "from": {"ways": [{"kind": "role", "values": ["keeper"]}]}}]}
    shop.draw(node("fill", "one", who=members("chen")), node("approve", "ok", who=chosen))
    number = shop.start()
    (task,) = shop.todo("chen")
    for said, code in (
        ({}, "flow_choose_people"),
        ({"ok": ("zhang",)}, "flow_not_to_choose"),
        ({"ok": ("x",)}, "unknown_user"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            shop.act("chen", "submit", task.id, chosen=said)
        assert [(one.pointer, one.code) for one in refused.value.problems] == [("/chosen/ok", code)]
    shop.act("chen", "submit", task.id, chosen={"ok": ("li",)})
    assert (shop.open(number), len(shop.todo("li"))) == (["ok"], 1)


def test_the_starter_chooses_once_and_a_machine_is_not_asked(shop: Shop) -> None:
    by_starter = {"ways": [{"kind": "chosen", "by": "starter"}]}
    shop.draw(node("fill", "one", who=members("li")), node("approve", "ok", who=by_starter))
    grant = {"role": "keeper", "actions": ["view", "create"], "scopes": []}
    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [grant])
    start = shop.system.running.start
    start(shop.actors["chen"], APP, "f", shop.record(), chosen={"ok": ["zhang"]})
    shop.act("li", "submit")
    assert len(shop.todo("zhang")) == 1
    start(shop.actors["chen"], APP, "f", shop.record(), chosen={})
    shop.act("li", "submit")
    assert len(shop.todo("boss")) == 1, "who could choose is not there any more"
    shop.draw(node("approve", "ok", who=by_starter))
    with pytest.raises(InvalidInputError):
        start(shop.actors["chen"], APP, "f", shop.record(), chosen={})
    start(SYSTEM, APP, "f", shop.record())
    assert len(shop.todo("boss")) == 2


def test_the_starter_and_who_has_just_agreed_are_not_asked_again(shop: Shop) -> None:
    shop.draw(
        node("approve", "a", who=members("chen", same="pass")),
        node("approve", "b", who=members("zhang", same="ask")),
        node("approve", "c", who=members("zhang", "li", same="pass"), many="all"),
        node("approve", "d", who=members("zhang", same="pass"), sign={"needed": True}),
    )
    number = shop.start("chen")
    assert shop.open(number) == ["b"], "the starter need not agree"
    shop.act("zhang", "approve")
    assert shop.open(number) == ["c"]
    assert (len(shop.todo("zhang")), len(shop.todo("li"))) == (0, 1)
    shop.act("li", "approve")
    assert shop.open(number) == ["d"], "nobody signs by saying nothing"
    assert [line for line in shop.trail(number) if line[0] == "same"] == [("same", "a"), ("same", "c")]


def test_nobody_is_passed_only_where_it_may_be(shop: Shop) -> None:
    shop.add_user("gone")
    shop.draw(
        node("approve", "a", who=members("gone", nobody={"then": "pass"})),
        node("approve", "b", who=members("gone", nobody={"then": "member", "member": "li"})),
        node("approve", "c", who=members("gone")),
    )
    shop.leave("gone")
    number = shop.start()
    shop.act("li", "approve")
    assert shop.open(number) == ["c"]
    assert [line for line in shop.trail(number) if line[0] == "nobody"] == [("nobody", one) for one in "abc"]
    shop.act("boss", "approve")


def test_publishing_names_the_people_that_are_not_there(shop: Shop) -> None:
    ways = [
        {"kind": "member", "values": ["nobody"]}, {"kind": "role", "values": []},
        {"kind": "department", "values": ["X"]},
        {"kind": "head", "values": ["X"]}, {"kind": "field", "field": "gone"}, {"kind": "field", "field": "no"},
        {"kind": "step", "node": "gone"}, {"kind": "step", "node": "ok2"}, {"kind": "astrology"},
        {"kind": "chosen", "from": {"ways": [{"kind": "chosen"}]}},
    ]  # fmt: skip
    with pytest.raises(InvalidInputError) as refused:
        shop.draw(
            node("approve", "ok", who={"ways": ways}, due={"hours": 1, "then": "transfer", "to": "nobody"}),
            node("copy", "ok2", who=members("boss")),
            node("fill", "f", who=members("boss"), due={"hours": -1, "then": "refuse"}),
        )
    assert sorted(one.code for one in refused.value.problems) == sorted([
        "unknown_user", "flow_way_empty", "unknown_department", "unknown_department", "flow_field_gone",
        "flow_field_names_nobody", "flow_node_gone", "flow_node_not_work", "flow_unknown_way", "flow_choice_of_choice",
        "unknown_user", "flow_bad_hours", "flow_due_cannot_refuse",
    ])  # fmt: skip


def test_every_way_has_titles() -> None:
    assert len(way_kinds) == 9
    assert all(one.zh and one.en for one in way_kinds)


def away(shop: Shop, owner: str, to: str, *, start: int = -1, end: int = 5, **rest: Any) -> int:
    now = clock.now()
    given = (now + start * HOUR, now + end * HOUR)
    return shop.system.delegations.add(shop.actors[owner], to, *given, **rest).id


def test_who_stands_in_gets_the_work_and_both_see_it(shop: Shop) -> None:
    away(shop, "chen", "li")
    away(shop, "li", "zhang", apps=[APP])
    shop.draw(node("approve", "ok", who=members("chen")))
    number = shop.start()
    (task,) = shop.todo("zhang")
    with shop.db.read() as tx:
        held = store.tasks(tx, [task.step_id])
    assert [(one.via, one.state, one.action) for one in held] == [("who", "done", "delegate"), ("delegate", "open", "")]
    assert held[1].origin == held[0].id
    shop.act("zhang", "approve")
    assert shop.instance(number).state == "done"
    assert ("delegate", "ok") in shop.trail(number)


def test_who_stands_in_for_two_acts_once(shop: Shop) -> None:
    away(shop, "chen", "zhang")
    away(shop, "li", "zhang")
    shop.draw(node("approve", "ok", who=members("chen", "li", "zhang"), many="all"))
    number = shop.start()
    shop.act("zhang", "approve")
    assert shop.instance(number).state == "done"


def test_delegations_hold_for_their_time_and_apps_and_make_no_circles(shop: Shop) -> None:
    with pytest.raises(ConflictError, match="delegation_circle"):
        away(shop, "chen", "li"), away(shop, "li", "zhang"), away(shop, "zhang", "chen")
    with pytest.raises(ConflictError, match="delegation_overlaps"):
        away(shop, "chen", "zhang", start=2)
    later = away(shop, "chen", "zhang", start=6, end=8)
    with pytest.raises(InvalidInputError) as refused:
        away(shop, "zhang", "zhang", start=2, end=1, apps=["gone"])
    assert sorted(one.code for one in refused.value.problems) == [
        "delegation_bad_period",
        "delegation_to_oneself",
        "unknown_app",
    ]
    with pytest.raises(ForbiddenError):
        shop.system.delegations.add(shop.actors["li"], "zhang", clock.now(), clock.now() + HOUR, owner="chen")
    delegations = shop.system.delegations
    assert [one.id for one in delegations.page(shop.actors["zhang"])[0]][:1] == [later]
    with pytest.raises(NotFoundError):
        delegations.end(shop.actors["zhang"], later)
    delegations.end(shop.actors["boss"], later)
    own = delegations.page(shop.actors["chen"])[0]
    assert [(one.from_user, one.to_user) for one in own] == [("chen", "li")]
    delegations.end(shop.actors["chen"], own[0].id)
    assert delegations.page(shop.actors["chen"])[0] == []
    shop.draw(node("approve", "ok", who=members("chen")))
    shop.start()
    assert len(shop.todo("chen")) == 1


EDGES = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.sampled_from([(), ("a",), ("b",)])), max_size=20)


@given(EDGES, st.integers(1, 8))
def test_a_chain_always_ends_within_its_depth_and_a_circle_leads_home(
    edges: list[tuple[int, int, tuple[str, ...]]], user: int
) -> None:
    absences: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    for one, other, apps in edges:
        if one != other and one not in absences:
            absences[one] = [(other, apps)]
    found = follow(absences, user, "a", 5)
    assert found == user or leads_to([(one, to, apps) for one, [(to, apps)] in absences.items()], user, found, ("a",))
    if found != user:
        assert follow(absences, user, "a", 5) == found


def test_deleting_what_a_way_names_stops_no_flow(shop: Shop) -> None:
    shop.add_role("extra")
    shop.department("TMP", head="li")
    ways = {"role": "extra", "department": "TMP", "head": "TMP"}
    for kind, code in ways.items():
        shop.draw(node("approve", "ok", who={"ways": [{"kind": kind, "values": [code]}]}), code=kind)
    shop.system.access.roles.delete(SYSTEM, "extra")
    shop.system.access.departments.delete(SYSTEM, "TMP")
    for kind in ways:
        assert shop.trail(shop.start(code=kind))[-1] == ("nobody", "ok")
    assert len(shop.todo("boss")) == 3


def test_what_a_person_asks_carries_no_password() -> None:
    said = Asked(password="secret", address="1.2.3.4", comment="x").said()
    assert (said["password"], said["address"], said["comment"]) == ("", "", "x")
    assert ident("x") == ident("x")
