"""Other systems that hang, break, answer nonsense, lead elsewhere, or may not be asked any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.outside import sending
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.mailing import service as mailing
from mazhi.kernel.mailing.model import Server
from mazhi.kernel.mailing.service import Mailing
from mazhi.kernel.outbound.fetching import is_public
from mazhi.kernel.outbound.hosts import Host
from tests.engines.flows.outside_world import MailBox, OtherSystem, served
from tests.engines.flows.shop import Shop, members, node, on_sqlite

HTML = b"<html>login</html>"
LAST = sending.ATTEMPTS


@pytest.fixture
def erp() -> Iterator[OtherSystem]:
    world = OtherSystem()
    with served(world.server):
        yield world
        world.over.set()


@pytest.fixture
def box() -> Iterator[MailBox]:
    found = MailBox()
    with served(found):
        yield found
        found.over.set()


@pytest.fixture
def shop(db_url: str, tmp_path: Path, erp: OtherSystem, box: MailBox) -> Iterator[Shop]:
    found = Shop(db_url, tmp_path / "data", mail=Mailing(Server.read(box.url, "mazhi@example.com")))
    allow(found, erp)
    found.system.outbound_secrets.set(SYSTEM, "group", f"{erp.address}/robot")
    yield found
    found.close()


def allow(shop: Shop, erp: OtherSystem, host: str = "127.0.0.1", *, private: bool = True) -> None:
    shop.system.outbound_hosts.set(SYSTEM, [Host(host, erp.port, plain=True, private=private)])


def check() -> dict[str, Any]:
    return node("approve", "check", who=members("chen"))


def call(erp: OtherSystem, **options: Any) -> dict[str, Any]:
    return node("webhook", "call", address=f"{erp.address}/in", mapping=[{"field": "note", "path": "id"}], **options)


def work(shop: Shop) -> None:
    """Do what is due, also what was put off."""
    with shop.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0 WHERE state = 'queued'")
    shop.system.jobs.run_pending()


def manage(shop: Shop, instance: int, kind: str) -> None:
    shop.system.managing.act(shop.actors["boss"], instance, kind, Asked(comment="x"))


WAYS: dict[str, tuple[dict[str, Any], str, int]] = {
    "an error of its own": ({"status": 500}, "flow_answered", LAST),
    "too busy": ({"status": 429}, "flow_answered", LAST),
    "nothing in time": ({"hangs": True}, "query_unreachable", LAST),
    "no HTTP at all": ({"raw": b"\x16\x03\x01 nonsense\r\n\r\n"}, "query_unreachable", LAST),
    "half an answer": (
        {"raw": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\": 1"}, "query_unreachable", LAST,
    ),
    "a page in place of JSON": ({"answer": HTML}, "query_not_json", 1),
    "JSON without end": ({"answer": b"[" * 100_000}, "query_not_json", 1),
    "what is no number": ({"answer": b'{"id": NaN}'}, "query_not_json", 1),
    "half a character": ({"answer": b'{"id": "\\ud800"}'}, "query_not_json", 1),
    "a sign that no text holds": ({"answer": b'{"id": "a\\u0000b"}'}, "entry_not_printable", 1),
    "too much": ({"answer": b'"' + b"x" * (1 << 20) + b'"'}, "query_too_large", 1),
    "elsewhere": ({"status": 302, "headers": {"Location": "http://127.0.0.1:1/"}}, "query_refused", 1),
}  # fmt: skip


def test_whatever_another_system_does_the_step_says_so_and_can_be_tried_again_or_passed(
    shop: Shop, erp: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_SECONDS", 0.2)
    shop.draw(call(erp), check(), again=True)
    record = shop.record(no="1")
    good = {"status": 200, "hangs": False, "raw": None, "headers": {}, "answer": {"id": "ok"}}
    for name, (badly, code, attempts) in WAYS.items():
        erp.seen.clear()
        for key, value in (good | badly).items():
            setattr(erp, key, value)
        instance = shop.start(record=record)
        for turn in range(1, attempts):
            work(shop)
            (step,) = shop.steps(instance, "open")
            assert (step.data["attempts"], step.data["problems"][0]["code"]) == (turn, code), name
        work(shop)
        (step,) = shop.steps(instance, "failed")
        assert (name, step.data["problems"][0]["code"], len(erp.seen)) == (name, code, attempts)
        assert shop.trail(instance)[-1] == ("fail", "call")
        for key, value in good.items():
            setattr(erp, key, value)
        if attempts > 1:
            manage(shop, instance, "retry")
            work(shop)
            (done,) = [one for one in shop.steps(instance, "done") if one.node == "call"]
            assert not {"problems", "attempts"} & done.data.keys()
        else:
            manage(shop, instance, "skip")
        assert (shop.instance(instance).state, shop.open(instance)) == ("running", ["check"])
    assert shop.values(record)["note"] == "ok"


@on_sqlite
def test_a_host_is_looked_at_each_time_that_it_is_asked(shop: Shop, erp: OtherSystem) -> None:
    tell = node("notify", "tell", text="x", robot="wecom", secret="group")
    shop.draw(tell, call(erp), check(), again=True)
    erp.answer = {"id": "ok"}
    for hosts, code in (
        ([], "query_host_not_allowed"),
        ([Host("127.0.0.1", erp.port, plain=False, private=True)], "query_not_https"),
        ([Host("127.0.0.1", erp.port, plain=True, private=False)], "query_private_address"),
    ):
        shop.system.outbound_hosts.set(SYSTEM, hosts)
        instance = shop.start(no="1")
        work(shop)
        (step,) = shop.steps(instance, "failed")
        assert (step.node, step.data["problems"][0]["code"], erp.seen) == ("call", code, [])
        assert ("not_sent", "tell") in shop.trail(instance), "nobody waits for it, but it is told"
        allow(shop, erp)
        manage(shop, instance, "retry")
        work(shop)
        assert shop.open(instance) == ["check"]
        erp.seen.clear()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True), ("2606:4700::1111", True), ("10.0.0.1", False), ("169.254.169.254", False), ("::1", False),
        ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::101:101", True), ("2002:7f00:1::", False),
        ("fe80::1%eth0", False), ("fec0::1", False), ("224.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False),
    ],
)  # fmt: skip
def test_a_private_address_is_known_also_within_a_public_one(address: str, public: bool) -> None:
    assert is_public(address) is public


@on_sqlite
def test_a_step_is_told_also_of_what_nobody_foresaw(
    shop: Shop, erp: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.draw(call(erp), check())
    broken, cancelled = shop.start(no="1"), shop.start(no="2")
    with shop.db.read() as tx:
        jobs = [row[0] for row in tx.tuples("SELECT id FROM job WHERE kind = 'flow_webhook' ORDER BY id")]
    shop.system.jobs.cancel(SYSTEM, jobs[1])

    def breaks(*_args: Any, **_more: Any) -> Any:
        raise MemoryError("no room")

    monkeypatch.setattr(sending, "ask", breaks)
    for _ in range(LAST):
        assert shop.instance(broken).state == "running"
        work(shop)
    codes = [shop.steps(one, "failed")[0].data["problems"][0]["code"] for one in (broken, cancelled)]
    assert codes == ["job_broke", "job_cancelled"]


@on_sqlite
@pytest.mark.parametrize("greeting", [b"", b"\x00\xff nonsense\r\n", b"554 not today\r\n"])
def test_mail_that_nobody_takes_is_tried_again_and_then_told_and_stops_nothing(
    shop: Shop, box: MailBox, monkeypatch: pytest.MonkeyPatch, greeting: bytes
) -> None:
    monkeypatch.setattr(mailing, "SECONDS", 0.1)
    box.greeting = greeting
    shop.draw(node("notify", "tell", text="x", mail="a@example.com"), check())
    instance = shop.start()
    good = greeting.startswith(b"554")  # said for good: no second try
    for _ in range(1 if good else LAST):
        assert ("not_sent", "tell") not in shop.trail(instance)
        work(shop)
    assert (shop.trail(instance)[-1], shop.open(instance)) == (("not_sent", "tell"), ["check"])
    with shop.db.read() as tx:
        (problem,) = store.trail(tx, instance)[-1].data["problems"]
    assert problem["code"] == ("mail_refused" if good else "mail_unreachable")
    assert "notice_flow_not_sent" in [one.kind for one in shop.system.notices.page(shop.actors["boss"])[0]]
