"""What flows send: to other systems, by mail, into chats, to people: once, after the step, or they say why not."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from mazhi.engines.flows.outside import sending
from mazhi.engines.flows.outside.messages import robot_message
from mazhi.engines.flows.running import failing
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.mailing.model import Server
from mazhi.kernel.mailing.service import Mailing
from mazhi.kernel.outbound.hosts import Host
from mazhi.kernel.outbound.secrets import read
from tests.engines.flows.outside_world import MailBox, OtherSystem, served
from tests.engines.flows.shop import APP, Shop, members, node, on_sqlite


@pytest.fixture
def erp() -> Iterator[OtherSystem]:
    world = OtherSystem()
    with served(world.server):
        yield world
        world.over.set()


@pytest.fixture
def box() -> Iterator[MailBox]:
    box = MailBox()
    with served(box):
        yield box


@pytest.fixture
def shop(db_url: str, tmp_path: Path, box: MailBox, erp: OtherSystem) -> Iterator[Shop]:
    shop = Shop(db_url, tmp_path / "data", mail=Mailing(Server.read(box.url, "mazhi@example.com")))
    shop.system.outbound_hosts.set(SYSTEM, [Host("127.0.0.1", erp.port, plain=True, private=True)])
    shop.system.outbound_secrets.set(SYSTEM, "erp", "s3cret")
    shop.system.outbound_secrets.set(SYSTEM, "group", f"{erp.address}/robot?key=1")
    yield shop
    shop.close()


def check(who: str = "chen", key: str = "check", **options: Any) -> dict[str, Any]:
    return node("approve", key, who=members(who), **options)


def work(shop: Shop) -> None:
    """Do what is due, also what was put off."""
    with shop.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0 WHERE state = 'queued'")
    shop.system.jobs.run_pending()


def call(erp: OtherSystem, **options: Any) -> dict[str, Any]:
    return node("webhook", "call", address=f"{erp.address}/in/{{no}}", **options)


def test_another_system_is_asked_and_its_answer_fills_fields(shop: Shop, erp: OtherSystem) -> None:
    shop.draw(
        call(erp, sign="erp", headers={"X-Key": {"secret": "erp", "prefix": "Bearer "}, "X-No": "{no}"},
             body={"no": "{no}!", "amount": {"$field": "amount"}, "twice": [{"$formula": "字段amount * 2"}], "fix": 1,
                    "half": {"formula": "amount / 2"}},
             mapping=[{"field": "note", "path": "data.id"}, {"as": "n", "path": "data.n"}]),
        node("update_record", "keep", assignments=[{"field": "amount", "step": "call", "key": "answer.n"}]), check(),
    )  # fmt: skip
    record = shop.record(no="A/1 水", amount=5)
    instance = shop.start(record=record)
    assert (shop.open(instance), erp.seen) == (["call"], [])
    work(shop)
    assert shop.open(instance) == ["check"]
    assert (shop.values(record)["note"], shop.values(record)["amount"]) == ("ERP-7", 3)
    ((method, path, headers, body),) = erp.seen
    assert (method, path) == ("POST", "/in/A%2F1%20%E6%B0%B4")
    assert json.loads(body) == {"no": "A/1 水!", "amount": 5, "twice": [10], "fix": 1, "half": 2.5}
    assert (headers["x-key"], headers["x-no"].encode("latin-1").decode()) == ("Bearer s3cret", "A/1 水")
    at, signed = (part.partition("=")[2] for part in headers["x-mazhi-signature"].split(","))
    assert signed == hmac.new(b"s3cret", f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    with shop.db.read() as tx:
        stored = "".join(map(str, tx.tuples("SELECT body FROM job"))) + "".join(
            map(str, tx.tuples("SELECT data FROM flow_step"))
        )
    assert "s3cret" not in stored


def take_up(shop: Shop, instance: int, *, skip: bool = False) -> None:
    """Let the manager do a failed step again, or pass it."""

    def work_(purse: Purse) -> None:
        with shop.db.write() as tx:
            run = shop.system.running.open(tx, purse, shop.actors["boss"], instance)
            from mazhi.engines.flows import store

            (step,) = store.steps(tx, instance, {"failed"})
            failing.skip(run, step, "x") if skip else failing.retry(run, step)
            run.close()

    with_purse(work_)


def test_a_system_that_fails_is_asked_again_and_then_the_step_fails_and_can_be_taken_up(
    shop: Shop, erp: OtherSystem
) -> None:
    erp.status = 500
    shop.draw(call(erp), check())
    instance = shop.start(no="1")
    for _ in range(sending.ATTEMPTS):
        assert shop.instance(instance).state == "running"
        work(shop)
    assert (len(erp.seen), len({seen[2]["x-mazhi-delivery"] for seen in erp.seen})) == (sending.ATTEMPTS, 1)
    assert shop.instance(instance).state == "failed"
    (step,) = shop.steps(instance, "failed")
    assert [one["code"] for one in step.data["problems"]] == ["flow_answered"]
    assert "notice_flow_failed" in [one.kind for one in shop.system.notices.page(shop.actors["boss"])[0]]
    work(shop)
    assert len(erp.seen) == sending.ATTEMPTS, "nobody asks any more"
    erp.status = 200
    take_up(shop, instance)
    work(shop)
    assert (shop.instance(instance).state, shop.open(instance)) == ("running", ["check"])


@on_sqlite
def test_a_system_that_hangs_is_left_and_the_step_can_be_passed(
    shop: Shop, erp: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ATTEMPTS", 1)
    monkeypatch.setattr(sending, "MOST_SECONDS", 0.1)
    erp.hangs = True
    shop.draw(call(erp), check())
    instance = shop.start(no="1")
    work(shop)
    assert [one["code"] for one in shop.steps(instance, "failed")[0].data["problems"]] == ["query_unreachable"]
    take_up(shop, instance, skip=True)
    assert shop.open(instance) == ["check"]


def test_a_system_that_refuses_is_not_asked_again_and_one_that_nobody_waits_for_stops_nothing(
    shop: Shop, erp: OtherSystem
) -> None:
    erp.status = 404
    shop.draw(call(erp, waits=False), check())
    instance = shop.start(no="1")
    assert shop.open(instance) == ["check"]
    work(shop)
    work(shop)
    assert (len(erp.seen), shop.instance(instance).state) == (1, "running")
    assert ("not_sent", "call") in shop.trail(instance)
    assert "notice_flow_not_sent" in [one.kind for one in shop.system.notices.page(shop.actors["boss"])[0]]


def test_an_answer_that_the_record_refuses_stops_the_flow_and_asks_nobody_twice(shop: Shop, erp: OtherSystem) -> None:
    erp.answer = {"data": {"id": "many"}}
    shop.draw(call(erp, mapping=[{"field": "amount", "path": "data.id"}]), check())
    instance = shop.start(no="1")
    work(shop)
    work(shop)
    assert [one["code"] for one in shop.steps(instance, "failed")[0].data["problems"]] == ["entry_not_a_number"]
    assert len(erp.seen) == 1


def test_what_follows_is_refused_and_then_done_without_asking_again(shop: Shop, erp: OtherSystem) -> None:
    shop.furnish()
    ship = node("operation", "ship", operation="receive", items={"value": "W1"}, place={"value": "A-01"})
    shop.draw(call(erp), ship, check())
    instance = shop.start(no="1")
    work(shop)
    assert shop.steps(instance, "failed")[0].node == "call"
    shop.make("W1")
    take_up(shop, instance)
    assert (shop.open(instance), len(erp.seen)) == (["check"], 1)


@on_sqlite
def test_nobody_is_asked_for_a_flow_that_was_ended(shop: Shop, erp: OtherSystem) -> None:
    shop.draw(call(erp), check())
    instance = shop.start(no="1")
    shop.system.managing.act(shop.actors["boss"], instance, "end", asked("x"))
    work(shop)
    assert erp.seen == []


def asked(comment: str) -> Any:
    from mazhi.engines.flows.kind import Asked

    return Asked(comment=comment)


def test_people_mailboxes_and_chats_are_told(shop: Shop, erp: OtherSystem, box: MailBox) -> None:
    erp.answer = {"errcode": 0}
    tell = node(
        "notify", "tell", who=members("zhang"), text="{no} 到了", mail="a@example.com，{note}", subject="收货 {no}",
        robot="feishu", secret="group",
    )  # fmt: skip
    shop.draw(tell, check())
    instance = shop.start(no="R7", note="b@example.com")
    assert shop.open(instance) == ["check"]
    (notice,) = shop.system.notices.page(shop.actors["zhang"])[0]
    assert (notice.kind, notice.params["text"]) == ("notice_flow_text", "R7 到了")
    assert (erp.seen, box.mails) == ([], [])
    box.busy = 1
    work(shop)
    work(shop)
    assert json.loads(erp.seen[0][3]) == {"msg_type": "text", "content": {"text": "R7 到了"}}
    ((to, text),) = box.mails
    mail = email.message_from_string(text, policy=email.policy.default)
    assert (to, mail["Subject"], mail["From"]) == (["a@example.com", "b@example.com"], "收货 R7", "mazhi@example.com")
    assert mail.get_content().strip() == "R7 到了"


@on_sqlite
def test_a_mail_that_is_refused_and_a_robot_that_says_no_are_told(shop: Shop, erp: OtherSystem, box: MailBox) -> None:
    erp.answer = {"errcode": 93000, "errmsg": "invalid webhook"}
    shop.draw(node("notify", "tell", text="x", mail="nobody@example.com", robot="wecom", secret="group"), check())
    instance = shop.start()
    work(shop)
    with shop.db.read() as tx:
        errors = [json.loads(row[0])[0][0] for row in tx.tuples("SELECT errors FROM job WHERE state = 'failed'")]
    assert sorted(errors) == ["flow_robot_refused", "mail_refused"]
    assert shop.trail(instance).count(("not_sent", "tell")) == 2
    assert shop.open(instance) == ["check"]


@on_sqlite
def test_an_address_that_is_none_refuses_the_step(shop: Shop) -> None:
    shop.draw(node("notify", "tell", text="x", mail="{note}"), check())
    for note in ("me", "a@b@c", 'x"y@z', "a@example.com\nbcc:b"):
        with pytest.raises(ConflictError) as caught:
            shop.start(note=note)
        assert caught.value.problems[0].code == "flow_bad_address"


@on_sqlite
def test_what_is_not_set_up_or_not_allowed_stands_in_the_way(shop: Shop, tmp_path: Path, db_url: str) -> None:
    nodes = (
        node("webhook", "a"), node("webhook", "b", address="https://{no}.example.com/"),
        node("webhook", "c", address="https://elsewhere.example.com/", sign="none", body={"x": {"$field": "nix"}}),
        node("notify", "d"), node("notify", "e", text="{nix}", robot="feishu", secret="none"),
    )  # fmt: skip
    with pytest.raises(InvalidInputError) as caught:
        shop.draw(*nodes)
    assert {(one.item, one.code, one.pointer) for one in caught.value.problems} == {
        ("a", "flow_not_set", "/options/address"), ("b", "query_host_not_allowed", "/options/address"),
        ("c", "query_host_not_allowed", "/options/address"), ("c", "unknown_secret", "/options/headers"),
        ("c", "flow_field_gone", "/options/body/x/field"), ("d", "flow_not_set", "/options/text"),
        ("d", "flow_not_set", "/options/who"), ("e", "formula_unknown_field", "/options/text"),
        ("e", "unknown_secret", "/options/secret"),
    }  # fmt: skip


def test_nothing_of_a_test_run_leaves(shop: Shop, erp: OtherSystem) -> None:
    shop.draw(
        call(erp), node("notify", "tell", text="x", mail="a@example.com"), node("wait", "rest", amount=1), check()
    )
    shop.system.flow_trials.run(shop.actors["boss"], APP, "f", shop.record(no="1"))
    with shop.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM job") == 0


@on_sqlite
def test_secrets_are_set_by_administrators_and_never_told(shop: Shop) -> None:
    secrets = shop.system.outbound_secrets
    assert secrets.names(Actor("li")) == ["erp", "group"]
    with pytest.raises(ForbiddenError):
        secrets.set(Actor("li"), "x", "y")
    for name, value in (("1x", "y"), ("x", ""), ("x", "a\nb")):
        with pytest.raises(InvalidInputError):
            secrets.set(SYSTEM, name, value)
    secrets.set(SYSTEM, "erp", "s3cret", host="ERP.example.com")
    with shop.db.read() as tx:
        assert read(tx, "erp.example.com")["erp"] == "s3cret"
        assert "erp" not in read(tx, "elsewhere.example.com")
    secrets.remove(SYSTEM, "erp")
    with pytest.raises(NotFoundError):
        secrets.remove(SYSTEM, "erp")
    with shop.db.read() as tx:
        assert "s3cret" not in str(tx.tuples("SELECT before, after FROM audit"))


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://x/y", "smtp://x?z"])
def test_a_mail_server_that_is_none_is_said(url: str) -> None:
    with pytest.raises(ValueError, match="MAZHI_SMTP_URL"):
        Server.read(url, "a@example.com")


def test_a_password_is_not_told_in_the_open(box: MailBox) -> None:
    server = Server.read(box.url.replace("//", "//user:p%40ss@"), "a@example.com")
    assert (server.user, server.password) == ("user", "p@ss")
    with pytest.raises(ConflictError) as caught:
        Mailing(server).send(["b@example.com"], "x", "y", "1")
    assert (caught.value.code, box.mails) == ("mail_unreachable", [])


def test_what_comes_while_the_flow_stands_still_is_not_lost(shop: Shop, erp: OtherSystem) -> None:
    erp.status = 404
    lanes = node(
        "parallel", "both", node("lane", "one", call(erp)),
        node("lane", "two", node("wait", "rest", amount=1)),
        node("lane", "three", {**call(erp, mapping=[{"field": "note", "path": "data.id"}]), "id": "more"}),
    )  # fmt: skip
    shop.draw(lanes, check())
    record = shop.record(no="1")
    instance = shop.start(record=record)
    (step,) = [one.id for one in shop.steps(instance, "open") if one.node == "call"]
    with shop.db.write() as tx:
        jobs = tx.tuples("SELECT id, body FROM job WHERE kind = 'flow_webhook'")
        tx.run("UPDATE flow_step SET entered_at = 0 WHERE node = 'rest'")
    (first,) = [number for number, body in jobs if json.loads(body)["step"] == step]
    shop.system.jobs.run_now(shop.actors["boss"], first)
    erp.status = 200
    work(shop)
    work(shop)
    failed = [one.node for one in shop.steps(instance, "failed")]
    assert (sorted(failed), len(erp.seen)) == (["call", "more", "rest"], 2)
    for one in shop.steps(instance, "failed"):
        assert shop.instance(instance).state == "failed"
        shop.system.managing.act(shop.actors["boss"], instance, "retry", asked(""), step=one.id)
    assert shop.values(record)["note"] == "ERP-7"
    work(shop)
    assert (shop.instance(instance).state, shop.open(instance), len(erp.seen)) == ("running", ["check"], 3)


def test_robots_that_want_a_signature_get_it_their_own_way() -> None:
    signed = robot_message("dingtalk", "https://oapi.example.com/robot?t=1", "x", "SEC1", 1_700_000_000)
    digest = hmac.new(b"SEC1", b"1700000000000\nSEC1", hashlib.sha256).digest()
    query = dict(parse_qsl(urlsplit(signed[0]).query))
    assert query == {"t": "1", "timestamp": "1700000000000", "sign": base64.b64encode(digest).decode()}
    assert signed[1] == {"msgtype": "text", "text": {"content": "x"}}
    address, body = robot_message("feishu", "https://open.example.com/hook", "x", "SEC1", 1_700_000_000)
    digest = hmac.new(b"1700000000\nSEC1", b"", hashlib.sha256).digest()
    assert (address, body["timestamp"], body["sign"]) == (
        "https://open.example.com/hook", "1700000000", base64.b64encode(digest).decode(),
    )  # fmt: skip
    assert robot_message("wecom", "https://qy.example.com", "x", "", 0) == (
        "https://qy.example.com", {"msgtype": "text", "text": {"content": "x"}},
    )  # fmt: skip
