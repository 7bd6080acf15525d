"""Other systems for tests: one that is asked over HTTP, and one that takes mail, both on real sockets."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class OtherSystem:
    """A system that remembers what it was told, and answers what it is set to, or hangs."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status = 200
        self.answer: Any = {"data": {"id": "ERP-7", "n": 3}}
        self.hangs = False
        self.headers: dict[str, str] = {}
        self.raw: bytes | None = None
        """What is said in place of any answer in HTTP."""
        self.over = threading.Event()
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                world.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                if world.hangs:
                    world.over.wait(20)
                    return
                if world.raw is not None:
                    self.wfile.write(world.raw)
                    return
                content = world.answer if isinstance(world.answer, bytes) else json.dumps(world.answer).encode()
                self.send_response(world.status)
                for name, value in world.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST  # noqa: N815 - so the server calls them

            def log_message(self, *_args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.server.server_address[1])

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    """Let a server run."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class MailBox(socketserver.ThreadingTCPServer):
    """A mail server that takes everything but mail to ``nobody``."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], str]] = []
        self.busy = 0
        self.greeting: bytes | None = None
        """What is said in place of any conversation; nothing at all where it is empty."""
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Talk)

    @property
    def url(self) -> str:
        """As the settings name it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: MailBox

    def handle(self) -> None:
        to: list[str] = []
        if self.server.greeting is not None:
            self.wfile.write(self.server.greeting)
            self.server.over.wait(20)
            return
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.decode().strip()
            match word.split(" ")[0].upper():
                case "EHLO" | "HELO" | "RSET" | "NOOP":
                    self._say("250 good")
                case "MAIL" if self.server.busy:
                    self.server.busy -= 1
                    self._say("451 later")
                case "MAIL":
                    self._say("250 good")
                case "RCPT":
                    address = word.partition("<")[2].partition(">")[0]
                    to.append(address)
                    self._say("550 unknown" if address.startswith("nobody@") else "250 good")
                case "DATA":
                    self._say("354 go on")
                    lines = []
                    while (row := self.rfile.readline()) not in {b".\r\n", b""}:
                        lines.append(row.decode())
                    self.server.mails.append((to, "".join(lines)))
                    self._say("250 taken")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("500 what")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
