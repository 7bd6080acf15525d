"""A print server of our own, written from RFC 8010 and 8011: it takes jobs, and may break the line around them."""

from __future__ import annotations

import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal


def attribute(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def parse(body: bytes) -> tuple[int, int, dict[str, list[bytes]], bytes]:
    """Read a request: operation, number, attributes, document."""
    assert body[:2] == b"\x01\x01"
    operation, number = struct.unpack(">HI", body[2:8])
    found: dict[str, list[bytes]] = {}
    at, name, groups = 8, "", []
    while body[at] != 3:
        if body[at] < 16:
            groups.append(body[at])
            at += 1
            continue
        (length,) = struct.unpack_from(">H", body, at + 1)
        name = body[at + 3 : at + 3 + length].decode() or name
        at += 3 + length
        (length,) = struct.unpack_from(">H", body, at)
        found.setdefault(name, []).append(body[at + 2 : at + 2 + length])
        at += 2 + length
    assert groups == [1]
    assert list(found)[:3] == ["attributes-charset", "attributes-natural-language", "printer-uri"]
    return operation, number, found, body[at + 1 :]


@dataclass
class FakeServer:
    """A print server.

    Attributes:
        documents: Name and bytes of the jobs that it took.
        breaks: At which job it breaks the line, before or after it has taken it.
        state: Of new jobs: 9 completed, 5 processing, 8 aborted.
    """

    documents: list[tuple[str, bytes]] = field(default_factory=list)
    breaks: dict[int, Literal["before", "after"]] = field(default_factory=dict)
    state: int = 9
    reasons: tuple[str, ...] = ("none",)
    requests: list[dict[str, list[bytes]]] = field(default_factory=list)

    def __enter__(self) -> FakeServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answer = outer.answer(self.rfile.read(int(self.headers["content-length"])))
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("content-type", "application/ipp")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, body: bytes) -> bytes | None:
        """Do what is asked; None breaks the line."""
        operation, number, asked, document = parse(body)
        self.requests.append(asked)
        groups = b""
        if operation == 0x0002:
            broken = self.breaks.pop(len(self.documents), None)
            if broken != "before":
                self.documents.append((asked["job-name"][0].decode(), document))
            if broken:
                return None
            groups = self._job(len(self.documents) - 1)
        elif operation == 0x0009:
            groups = self._job(struct.unpack(">i", asked["job-id"][0])[0] - 1)
        elif operation == 0x000A and asked["which-jobs"] == [b"completed" if self.state > 6 else b"not-completed"]:
            groups = b"".join(self._job(place) for place in range(len(self.documents)))
        elif operation == 0x000B:
            groups = b"\x04" + attribute(0x23, "printer-state", struct.pack(">i", 3))
            for place, reason in enumerate(self.reasons):
                groups += attribute(0x44, "" if place else "printer-state-reasons", reason.encode())
            groups += attribute(0x21, "queued-job-count", struct.pack(">i", 0))
        return struct.pack(">HHI", 0x0101, 0, number) + b"\x01" + groups + b"\x03"

    def _job(self, place: int) -> bytes:
        return (
            b"\x02"
            + attribute(0x21, "job-id", struct.pack(">i", place + 1))
            + attribute(0x42, "job-name", self.documents[place][0].encode())
            + attribute(0x23, "job-state", struct.pack(">i", self.state))
        )
