"""The outermost layer: what holds for every request, whatever route answers it.

One pure ASGI wrapper does it all, because every layer costs on each scan: strict headers, a limit on
bodies, no NUL in what a client sends (PostgreSQL's text cannot hold it), and an answer without details for
what nobody foresaw.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mazhi.kernel.errors import Problem
from mazhi.web import problems

log = logging.getLogger("mazhi.web")

JSON_LIMIT = 16 * 2**20
UPLOAD_LIMIT = 64 * 2**20
STREAMED = re.compile(r"/api/v1/(?:public/[^/]+/)?files")
"""Where files are taken in piece by piece; how large they may be is said and counted there."""


def content_security(shown: Sequence[str] = ()) -> str:
    """Write what a page may load: nothing from outside, but pages, pictures and videos of the hosts that forms show."""
    hosts = "".join(f" {host}" for host in shown)
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",  # the barcode reader is WebAssembly
            "style-src 'self' 'unsafe-inline'",  # antd writes its styles at run time
            f"img-src 'self' data: blob:{hosts}",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            f"media-src 'self' blob:{hosts}",
            f"frame-src 'self'{hosts}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=()"),
]
_NO_STORE = (b"cache-control", b"no-store")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
DEEPEST = 100
"""So deep may lists and objects of a body lie within one another; what is deeper could be kept, but not shown again."""
_TEXT = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = tuple((sign in b"[{") - (sign in b"]}") for sign in range(256))


class Edge:
    """Wrap the application, see the module."""

    def __init__(self, app: ASGIApp, shown: Sequence[str] = ()) -> None:
        self._app = app
        self._headers = [(b"content-security-policy", content_security(shown).encode()), *HEADERS]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = message.setdefault("headers", [])
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(_NO_STORE)
                headers += self._headers
            await send(message)

        request = Request(scope)
        try:
            refusal, receive = await _admit(request, receive)
            if refusal is not None:
                await refusal(scope, receive, answer)
                return
            await self._app(scope, receive, answer)
        except Exception:  # the edge: whatever it is, it is logged whole and nothing of it is said
            if started:
                raise
            log.exception("%s %s", scope["method"], scope["path"])
            await problems.response(request, 500, "internal_error")(scope, receive, answer)


async def _admit(request: Request, receive: Receive) -> tuple[Response | None, Receive]:
    """Look at what comes in; return a refusal, or None and where the application reads the body from."""
    if b"%00" in request.scope.get("query_string", b"") or "\0" in request.scope["path"]:
        return _nul(request, None), receive
    headers = dict(request.scope["headers"])
    length = headers.get(b"content-length")
    if length is None and b"transfer-encoding" not in headers:
        return None, receive
    if not headers.get(b"content-type", b"").partition(b";")[0].strip().endswith(b"json"):
        streamed = request.method == "POST" and STREAMED.fullmatch(request.scope["path"])
        return None, receive if streamed else _counted(receive)
    if length is not None and (not length.isdigit() or int(length) > JSON_LIMIT):
        return _too_large(request), receive
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None, _replay([message], receive)
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > JSON_LIMIT:
            return _too_large(request), receive
        chunks.append(chunk)
        if not message.get("more_body", False):
            break
    whole = b"".join(chunks) if len(chunks) > 1 else chunks[0]
    return _looked_at(request, whole), _replay([{"type": "http.request", "body": whole, "more_body": False}], receive)


def _looked_at(request: Request, body: bytes) -> Response | None:
    if b"\\u0000" in body and _NUL.search(body):
        return _nul(request, "")
    if _is_too_deep(body):
        return problems.response(request, 422, "body_too_deep", params={"most": DEEPEST})
    return None


def _is_too_deep(body: bytes) -> bool:
    """Tell whether a body of JSON is deeper than may be."""
    # Brackets may stand in texts, too; only where there are so many is it worth while to leave texts out.
    return _goes_deep(body) and _goes_deep(_TEXT.sub(b"", body))


def _goes_deep(body: bytes) -> bool:
    steps = map(_STEPS.__getitem__, body.translate(None, _NO_BRACKETS))
    return any(map(DEEPEST.__lt__, accumulate(steps)))


def _nul(request: Request, pointer: str | None) -> Response:
    return problems.response(request, 422, "invalid_input", problems=[Problem("nul_character", {}, pointer)])


def _too_large(request: Request) -> Response:
    return problems.response(request, 413, "body_too_large", params={"megabytes": JSON_LIMIT >> 20})


def _replay(messages: list[Any], receive: Receive) -> Receive:
    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > UPLOAD_LIMIT:
            # The framework passes this one on and takes any other for a broken body.
            raise HTTPException(413, {"megabytes": UPLOAD_LIMIT >> 20})
        return message

    return counted
