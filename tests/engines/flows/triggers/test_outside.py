"""Buttons, webhooks and scans: who may press, what is sent, which record a code finds."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest

from mazhi.engines.flows.triggers.family import trigger_kinds
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    UnauthorizedError,
)
from mazhi.kernel.outbound.secrets import Secrets
from tests.engines.flows.shop import APP, Shop, field, members, node
from tests.engines.flows.triggers.test_records import instances, named, work


def test_a_button_is_had_by_who_may_start_on_records_that_fit(shop: Shop) -> None:
    trigger = {"kind": "button", "id": "b", "title": "质检", "when": "amount > 10", "confirm": "确定？"}
    shop.draw(work(), triggers=[trigger], who=members("li", "boss"))
    small, big = shop.record(amount=1), shop.record(amount=11)
    buttons = shop.system.triggers.buttons
    boss = shop.actors["boss"]
    (one,) = buttons.on(boss, APP, "receipt", [small, big])
    assert (one.title, one.confirm, one.key, list(one.records)) == ("质检", "确定？", "b", [big])
    with pytest.raises(ForbiddenError):
        buttons.on(shop.actors["chen"], APP, "receipt", [big])
    everything = shop.add_user("liu", "admin")
    assert buttons.on(everything, APP, "receipt", [big]) == [], "who may not start it"
    pressed = buttons.press(boss, APP, "f", "b", [big, small], client_key="k")
    assert [(one.record, one.instance is None) for one in pressed] == [(big, False), (small, True)]
    assert pressed[1].problems[0].code == "flow_no_button"
    assert instances(shop)[0].origin == "button"
    again = buttons.press(boss, APP, "f", "b", [big], client_key="k")
    assert again[0].instance == pressed[0].instance
    assert buttons.on(boss, APP, "receipt", [big]) == [], "it runs there"
    with pytest.raises(NotFoundError, match="flow_no_trigger"):
        buttons.press(boss, APP, "f", "other", [big])


def test_who_may_start_is_whom_the_start_names_else_who_may_add_records(shop: Shop) -> None:
    shop.draw(work(), who=members("li"), again=True)
    shop.system.forms.set_grants(SYSTEM, APP, "receipt", [{"role": "keeper", "actions": ["view"], "scopes": []}])
    start, number = shop.system.running.start, shop.record(no="1")
    start(shop.actors["li"], APP, "f", number)
    for name in ("chen", "boss"):
        with pytest.raises(ForbiddenError, match="flow_may_not_start"):
            start(shop.actors[name], APP, "f", number)
    start(SYSTEM, APP, "f", number)
    shop.draw(work(), again=True)
    start(shop.actors["boss"], APP, "f", number)
    with pytest.raises(ForbiddenError, match="flow_may_not_start"):
        start(shop.actors["chen"], APP, "f", number)
    assert len(instances(shop)) == 3


def test_by_whose_right_a_flow_starts_is_asked_whatever_way_it_starts(shop: Shop) -> None:
    """A person needs their own, at a station too; what a flow does by itself was allowed to who published it."""
    shop.furnish()
    shop.make("SN1")
    shop.form("repair", JOB)
    ways = [{"kind": "button"}, {"kind": "scan", "field": "item"}, {"kind": "record_created"}]
    shop.draw(work(), form="repair", triggers=ways, who=members("li"), again=True)
    run_it = node("sub_flow", "sub", flow="f", waits=False)
    shop.draw(run_it, work(), code="outer", form="repair", who=members("chen"), again=True)
    grant = {"role": "keeper", "actions": ["view", "create"], "scopes": []}
    shop.system.forms.set_grants(SYSTEM, APP, "repair", [grant])
    chen, li, triggers = shop.actors["chen"], shop.actors["li"], shop.system.triggers
    # A record that chen saves starts it, although chen may not start it by hand.
    number = shop.system.records.create(chen, APP, "repair", [{"item": "SN1"}])[0]
    assert [(one.origin, one.starter) for one in instances(shop)] == [("record", "chen")]
    with pytest.raises(ForbiddenError, match="flow_may_not_start"):
        shop.system.running.start(chen, APP, "f", number)
    (pressed,) = triggers.buttons.press(chen, APP, "f", "button-1", [number])
    assert (pressed.instance, pressed.problems[0].code) == (None, "flow_no_button")
    with pytest.raises(ConflictError):
        triggers.stations.scan(chen, "SN1")
    # A flow that chen may start starts it, too.
    shop.system.running.start(chen, APP, "outer", number)
    assert [one.origin for one in instances(shop)] == ["record", "api", "flow"]
    # Who may start it sees its records, or has the code in their hands.
    shop.system.forms.set_grants(SYSTEM, APP, "repair", [{**grant, "scopes": [{"kind": "own"}]}])
    with pytest.raises(NotFoundError, match="unknown_record"):
        shop.system.running.start(li, APP, "f", number)
    (scanned,) = triggers.stations.scan(li, "SN1")
    assert (scanned.record, scanned.instance is None) == (number, False)


def test_a_refused_start_by_a_button_is_told_to_who_pressed(shop: Shop) -> None:
    shop.draw(*named(), triggers=[{"kind": "button"}])
    number = shop.record(no="1")
    (one,) = shop.system.triggers.buttons.press(shop.actors["boss"], APP, "f", "button-1", [number])
    assert [problem.code for problem in one.problems] == ["flow_no_record"]
    assert instances(shop) == []


def hook(shop: Shop, **options: Any) -> str:
    shop.draw(work(), triggers=[{"kind": "webhook", **options}])
    return shop.system.triggers.hooks.renew(SYSTEM, APP, "f", "webhook-1")


MAPPING = [{"field": "no", "path": "order.no"}, {"field": "amount", "path": "order.lines.0.count"}]
SENT = json.dumps({"order": {"no": "SO-1", "lines": [{"count": 3}]}}).encode()


def test_a_webhook_makes_a_record_and_starts_the_flow_once(shop: Shop) -> None:
    token = hook(shop, mapping=MAPPING)
    hooks = shop.system.triggers.hooks
    taken = hooks.take(token, SENT, client_key="d1")
    assert shop.values(taken.record)["no"] == "SO-1"
    assert shop.instance(taken.instance or 0).origin == "webhook"
    again = hooks.take(token, SENT, client_key="d1")
    assert (again.record, len(instances(shop))) == (taken.record, 1)
    with shop.db.read() as tx:
        held = tx.scalar("SELECT token FROM flow_trigger")
    assert held == hashlib.sha256(token.encode()).hexdigest(), "the address itself is kept nowhere"


def test_an_address_outlives_publishing_and_dies_when_it_is_renewed(shop: Shop) -> None:
    token = hook(shop, mapping=MAPPING)
    shop.draw(work(), triggers=[{"kind": "webhook", "mapping": MAPPING, "start": False}])
    assert shop.system.triggers.hooks.take(token, SENT).job == ""
    new = shop.system.triggers.hooks.renew(SYSTEM, APP, "f", "webhook-1")
    with pytest.raises(NotFoundError, match="flow_hook_unknown"):
        shop.system.triggers.hooks.take(token, SENT)
    shop.system.triggers.hooks.take(new, SENT)
    with pytest.raises(ForbiddenError):
        shop.system.triggers.hooks.renew(shop.actors["chen"], APP, "f", "webhook-1")


def test_a_webhook_finds_a_record_and_changes_it(shop: Shop) -> None:
    token = hook(shop, record="find", field="no", path="order.no", mapping=[MAPPING[1]])
    with pytest.raises(NotFoundError, match="flow_hook_nothing_found"):
        shop.system.triggers.hooks.take(token, SENT)
    number = shop.record(no="SO-1")
    assert shop.system.triggers.hooks.take(token, SENT).record == number
    assert str(shop.values(number)["amount"]) == "3"


def test_what_is_sent_wrong_is_refused(shop: Shop) -> None:
    token = hook(shop, mapping=MAPPING)
    hooks = shop.system.triggers.hooks
    with pytest.raises(InvalidInputError, match="flow_hook_not_json"):
        hooks.take(token, b"<x/>")
    with pytest.raises(InvalidInputError):
        hooks.take(token, json.dumps({"order": {"lines": [{"count": "three"}]}}).encode())
    with pytest.raises(NotFoundError, match="flow_hook_unknown"):
        hooks.take("guess", SENT)
    assert instances(shop) == []


def test_a_signature_is_needed_where_there_is_a_secret(shop: Shop) -> None:
    token = hook(shop, mapping=MAPPING, secret="erp")
    hooks = shop.system.triggers.hooks
    with pytest.raises(ConflictError, match="flow_hook_no_secret"):
        hooks.take(token, SENT)
    Secrets(shop.db).set(SYSTEM, "erp", "s3cret")
    for wrong in ("", "sha256=00", "é"):
        with pytest.raises(UnauthorizedError):
            hooks.take(token, SENT, signature=wrong)
    signature = "sha256=" + hmac.new(b"s3cret", SENT, hashlib.sha256).hexdigest()
    assert hooks.take(token, SENT, signature=signature).record


JOB = [field("item", "item"), field("ok", "switch")]


def test_a_scan_finds_the_newest_record_of_the_item_or_makes_one(shop: Shop) -> None:
    shop.furnish()
    shop.make("SN1", "SN2")
    shop.form("repair", JOB)
    trigger = {"kind": "scan", "field": "item", "stations": ["WS-1"], "when": "ok"}
    shop.draw(work(), form="repair", triggers=[trigger])
    old, new = (shop.record("repair", item="SN1", ok=ok) for ok in (True, False))
    del new
    stations, boss = shop.system.triggers.stations, shop.actors["boss"]
    (one,) = stations.scan(boss, "SN1", station="WS-1", client_key="k")
    assert (one.record, one.made, shop.instance(one.instance or 0).origin) == (old, False, "scan")
    assert stations.scan(boss, "SN1", station="WS-1", client_key="k")[0].instance == one.instance
    (again,) = stations.scan(boss, "SN1", station="WS-1")
    assert (again.instance, again.record, again.running) == (None, old, one.instance), "it leads to what runs there"
    (made,) = stations.scan(boss, "SN2", station="WS-1")
    assert made.made and shop.values(made.record, "repair")["item"] == "SN2"
    assert (made.name, made.title) != ("", "")
    assert [(one.flow, one.stations) for one in stations.offered(boss)] == [("f", ["WS-1"])]
    refused = (
        ("SN1", "WS-2", "flow_scan_elsewhere"), ("NOTHING", "WS-1", "flow_scan_unknown"),
        ("WM", "WS-1", "flow_scan_starts_nothing"),
    )  # fmt: skip
    for raw, station, code in refused:
        with pytest.raises(ConflictError, match=code):
            stations.scan(boss, raw, station=station)


def test_every_kind_of_trigger_declares_itself() -> None:
    for kind in trigger_kinds:
        assert kind.zh and kind.en and kind.zh_hint and kind.en_hint
        assert {"kind", "id"}.isdisjoint(option.name for option in kind.options)
        assert kind.example.keys() <= {option.name for option in kind.options}
