"""Another system is asked through the server: only where it is allowed, never for long, never for much."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.queries.service import Queries
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.outbound import fetching
from mazhi.kernel.outbound.fetching import fetch
from mazhi.kernel.outbound.hosts import Host, Hosts

BIG = "x" * (fetching.MOST_BYTES + 1)


class Erp(BaseHTTPRequestHandler):
    """A system that answers by the path."""

    seen: ClassVar[list[tuple[str, str, Any, str | None]]] = []

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        Erp.seen.append((self.command, self.path, body, self.headers.get("authorization")))
        if self.path.startswith("/elsewhere"):
            self.send_response(302)
            self.send_header("location", "/items")
            self.end_headers()
            return
        texts = {"/big": json.dumps(BIG), "/page": "<p>"}
        text = texts.get(self.path, json.dumps({"data": {"items": [{"name": "净水机", "n": 3}], "deep": {}}}))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    do_POST = do_GET  # noqa: N815 - so the server calls it

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Erp)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_what_is_allowed_is_asked(port: int) -> None:
    here = f"http://127.0.0.1:{port}/items"
    for hosts, code in (
        ([], "query_host_not_allowed"),
        ([Host("127.0.0.1")], "query_host_not_allowed"),
        ([Host("127.0.0.1", port)], "query_not_https"),
        ([Host("127.0.0.1", port, plain=True)], "query_private_address"),
    ):
        with pytest.raises(ForbiddenError) as caught:
            fetch(here, hosts)
        assert caught.value.code == code
    for address in (f"ftp://127.0.0.1:{port}/", f"http://user@127.0.0.1:{port}/", "http:///x"):
        with pytest.raises(ForbiddenError):
            fetch(address, [Host("127.0.0.1", port, plain=True, private=True)])
    assert fetch(here, [Host("127.0.0.1", port, plain=True, private=True)])["data"]["deep"] == {}


@pytest.mark.parametrize(
    ("path", "code"), [("elsewhere", "query_refused"), ("big", "query_too_large"), ("page", "query_not_json")]
)
def test_an_answer_that_is_none_is_refused(port: int, path: str, code: str) -> None:
    with pytest.raises(ConflictError) as caught:
        fetch(f"http://127.0.0.1:{port}/{path}", [Host("127.0.0.1", port, plain=True, private=True)])
    assert caught.value.code == code


def test_nobody_there_is_said_at_once() -> None:
    with pytest.raises(ConflictError) as caught:
        fetch("http://127.0.0.1:1/", [Host("127.0.0.1", 1, plain=True, private=True)])
    assert caught.value.code == "query_unreachable"


def field(number: int, code: str, kind: str = "text", **options: Any) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}", "code": code, "kind": kind, "title": code, "options": options
    }  # fmt: skip


def test_the_button_fills_fields_from_the_answer(db: Database, port: int) -> None:
    forms = Forms(db)
    forms.create_app(SYSTEM, "qc", "质检")
    forms.create(SYSTEM, "qc", "card", "卡")
    ask: dict[str, Any] = {
        "text": "查", "address": f"http://127.0.0.1:{port}/items?sn={{serial}}",
        "fills": ["name = data.items.0.name", "n=data.items.0.n", "deep = data.deep", "none = data.items.7"],
    }  # fmt: skip
    codes = ("serial", "name", "n", "deep", "none")
    fields = [field(place, code) for place, code in enumerate(codes, 1)]
    post = field(8, "post", "api_query", **ask, method="POST", sends=["serial"])
    forms.save_draft(SYSTEM, "qc", "card", {"fields": [*fields, field(9, "ask", "api_query", **ask), post]}, base=0)
    forms.publish(SYSTEM, "qc", "card", base=0)
    queries, hosts = Queries(db), Hosts(db)
    with pytest.raises(ForbiddenError):
        hosts.set(Actor("li"), [])
    with pytest.raises(InvalidInputError):
        hosts.set(SYSTEM, [Host("http://x/")])
    hosts.set(SYSTEM, [Host("127.0.0.1", port, plain=True, private=True, authorization="Bearer s")])
    hosts.set(SYSTEM, [Host("127.0.0.1", port, plain=True, private=True)])
    filled = queries.ask(SYSTEM, "qc/card", "ask", {"serial": "A/1 ?&x=水"})
    assert filled == {"name": "净水机", "n": 3, "deep": None, "none": None}
    sent = "/items?sn=A%2F1%20%3F%26x%3D%E6%B0%B4"
    assert Erp.seen[-1] == ("GET", sent, None, "Bearer s"), "an authorization is kept until another is given"
    queries.ask(SYSTEM, "qc/card", "post", {"serial": "B"})
    assert Erp.seen[-1][2] == {"serial": "B"}
    with pytest.raises(InvalidInputError):
        queries.ask(SYSTEM, "qc/card", "ask", {"serial": ""})
    with pytest.raises(NotFoundError):
        queries.ask(SYSTEM, "qc/card", "serial", {})
    with pytest.raises(ForbiddenError):
        queries.ask(Actor("li", 7), "qc/card", "ask", {"serial": "A"})
