"""Who sees what of running flows, and of records through them: nothing that they would not see otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from tests.engines.flows.shop import APP, Shop, field, ident, members, node, on_sqlite

HIDES = {ident("amount"): "hidden"}


def seen(shop: Shop, who: str, number: int) -> dict[str, object] | None:
    """Return the values of the record that somebody sees with an instance."""
    record = shop.system.work_list.instance(shop.actors[who], number).record
    return None if record is None else dict(record.values)


@on_sqlite
def test_what_automatic_steps_need_to_take_themselves_back_is_shown_to_nobody(shop: Shop) -> None:
    shop.draw(
        node("update_record", "set", assignments=[{"field": "amount", "formula": "amount * 3"}]),
        node("approve", "ok", who=members("zhang"), fields=HIDES),
    )
    number = shop.start(amount=4711)
    view = shop.system.work_list.instance(shop.actors["zhang"], number)
    shown = str([one.data for one in view.steps]) + str([one.data for one in view.trail])
    assert [one.data.get("records") is None for one in view.steps if one.node == "set"] == [False]
    assert ("4711" in shown, "14133" in shown, "undo" in shown) == (False, False, False)
    shop.act("zhang", "send_back", to=("start",), comment="x")
    assert shop.values(view.instance.record_id)["amount"] == 4711, "it is taken back all the same"


@on_sqlite
def test_who_shows_a_flow_to_others_shows_no_more_than_they_see(shop: Shop) -> None:
    shop.draw(
        node("fill", "all", who=members("chen")),
        node("approve", "ok", who=members("zhang"), fields=HIDES),
        node("copy", "tell", who=members("li"), fields=HIDES),
        node("approve", "end", who=members("boss")),
    )
    number = shop.start("chen", amount=7)
    shop.act("chen", "submit")
    shop.act("zhang", "approve")
    act, (first, *_) = shop.system.managing.act, [one.id for one in shop.steps(number) if one.node == "all"]
    assert ("amount" in (seen(shop, "zhang", number) or {}), "amount" in (seen(shop, "li", number) or {})) == (
        False, False,
    )  # fmt: skip
    liu = shop.add_user("liu")
    act(shop.actors["zhang"], number, "copy", Asked(to=("liu",)))
    assert "amount" not in (seen(shop, "liu", number) or {}), "zhang does not see it either"
    act(liu, number, "copy", Asked(to=("liu",)), step=first)
    act(shop.actors["li"], number, "copy", Asked(to=("li", "liu")), step=first)
    assert ["amount" in (seen(shop, who, number) or {}) for who in ("li", "liu")] == [False, False]
    act(shop.actors["chen"], number, "copy", Asked(to=("liu",)))
    assert (seen(shop, "liu", number) or {})["amount"] == 7, "who sees all of it may show it"


@on_sqlite
def test_a_flow_is_started_on_records_alone_that_one_may_see(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("zhang")))
    grant = {"role": "keeper", "actions": ["view", "create"], "scopes": [{"kind": "own"}]}
    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [grant])
    start, foreign = shop.system.running.start, shop.record(no="1")
    own = shop.system.records.create(shop.actors["chen"], APP, "receipt", [{"no": "2"}])[0]
    start(shop.actors["chen"], APP, "f", own)
    for number in (foreign, 999_999_999):
        with pytest.raises(NotFoundError, match="unknown_record"):
            start(shop.actors["chen"], APP, "f", number)
    shop.draw(node("approve", "ok", who=members("zhang")), who=members("zhang"))
    with pytest.raises(ForbiddenError):  # named to start it, and sees no record at all
        start(shop.actors["zhang"], APP, "f", foreign)


@on_sqlite
def test_a_flow_writes_no_record_that_its_publisher_may_not_write(shop: Shop) -> None:
    shop.form("card", [field("no"), field("n", "number"), field("found", "record", options={"form": f"{APP}/card"}),
                       field("piece", "item")])  # fmt: skip
    shop.system.forms.set_grants(SYSTEM, APP, "card", [{"role": "keeper", "actions": ["view"], "scopes": []}])
    may = {right: None for right in ("apps.edit", "items.make")}
    designer = replace(shop.actors["chen"], rights=may)
    shop.system.flows.create(SYSTEM, APP, "f", "卡", "card")
    triggers = [
        {"kind": "webhook"}, {"kind": "webhook", "record": "find", "field": "no", "path": "a", "mapping": [
            {"field": "n", "path": "b"}]},
        {"kind": "schedule", "on": "new"}, {"kind": "scan", "field": "piece"},
    ]  # fmt: skip
    tree = node(
        "start", "start",
        node("find_records", "find", form=f"{APP}/card", filter={"field": "no", "is": "filled"}, count="n",
             first="found"),
        node("make_codes", "make", rule="x", count="1", product={"field": "no"}, into="piece"),
        node("webhook", "ask", address="https://x/", mapping=[{"field": "n", "path": "n"}]),
        triggers=triggers,
    )  # fmt: skip
    shop.system.flows.save_draft(SYSTEM, APP, "f", {"form": "card", "tree": tree}, base=0)
    lacking = [
        (one.node, one.problem.pointer, one.problem.params["right"])
        for one in shop.system.flows.check(designer, APP, "f")
        if one.problem.code == "flow_no_right_for"
    ]
    assert lacking == [
        ("start", "/options/triggers/0/record", "card: create"),
        ("start", "/options/triggers/1/mapping", "card: change"),
        ("start", "/options/triggers/2/on", "card: create"),
        ("start", "/options/triggers/3/record", "card: create"),
        ("find", "/options/count", "card: change"), ("find", "/options/first", "card: change"),
        ("make", "/options/into", "card: change"), ("ask", "/options/mapping/0/field", "card: change"),
    ]  # fmt: skip
    boss = {one.problem.code for one in shop.system.flows.check(shop.actors["boss"], APP, "f")}
    assert "flow_no_right_for" not in boss
    with pytest.raises(InvalidInputError) as refused:
        shop.system.flow_trials.run(designer, APP, "f", shop.record("card", no="1"))
    assert {one.code for one in refused.value.problems} == {"flow_no_right_for"}, "nor does a test run show it"


@on_sqlite
def test_a_test_run_goes_with_records_that_its_designer_sees(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("chen")))
    grant = {"role": "keeper", "actions": ["view"], "scopes": [{"kind": "own"}]}
    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [grant])
    designer = replace(shop.actors["chen"], rights={"apps.edit": None})
    with pytest.raises(NotFoundError, match="unknown_record"):
        shop.system.flow_trials.run(designer, APP, "f", shop.record(no="1"))


@on_sqlite
def test_who_starts_a_flow_sees_no_more_by_it_than_their_rights_show_unless_the_start_says_so(shop: Shop) -> None:
    grant = {"role": "keeper", "actions": ["view", "create"], "scopes": [], "fields": HIDES}
    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [grant])
    shop.draw(node("approve", "ok", who=members("zhang")))
    number, boss = shop.start("chen", amount=7), shop.start("boss", amount=7)
    assert (seen(shop, "chen", number), (seen(shop, "boss", boss) or {})["amount"]) == (None, 7)
    shop.system.managing.act(shop.actors["chen"], number, "copy", Asked(to=("li",)))
    assert seen(shop, "li", number) is None, "nor do they whom they show it to"
    shop.draw(node("approve", "ok", who=members("zhang")), fields={ident("note"): "hidden"})
    assert (seen(shop, "chen", shop.start("chen", amount=7)) or {})["amount"] == 7


@on_sqlite
def test_a_record_offers_the_flows_that_one_may_start_on_it(shop: Shop) -> None:
    shop.draw(node("approve", "ok", who=members("zhang")), code="mine", who=members("li"))
    shop.draw(node("approve", "ok", who=members("zhang")), code="all")
    number = shop.record(no="1")

    def offered(who: str) -> list[str]:
        return [code for code, _ in shop.system.running.startable(shop.actors[who], APP, "receipt", number)]

    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [{"role": "keeper", "actions": ["view"], "scopes": []}])
    assert offered("li") == ["mine"]
    shop.system.forms.set_grants(
        SYSTEM, APP, "receipt", [{"role": "keeper", "actions": ["view", "create"], "scopes": []}]
    )
    assert (offered("li"), offered("chen")) == (["all", "mine"], ["all"])
