"""The built front end, served from memory: compressed once, cached for ever where its name says so."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from mazhi.web import problems

KEEP_UP_TO = 8 * 2**20
"""Larger files are read from the disk for each request."""
_FOR_EVER = "public, max-age=31536000, immutable"
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "application/wasm", "image/svg")
_TYPES = {".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class _File:
    media_type: str
    etag: str
    plain: bytes
    packed: bytes | None
    cache: str


class FrontEnd:
    """Answer every path that no route has: a file of the build, or its index page for its own routes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._files: dict[tuple[Path, int], _File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        response = await run_in_threadpool(self._respond, Request(scope))
        await response(scope, receive, send)

    def _respond(self, request: Request) -> Response:
        path = request.url.path
        if path.startswith(("/api/", "/openapi.json")):
            return problems.response(request, 404, "no_such_page")
        if request.method not in {"GET", "HEAD"}:
            return problems.response(request, 405, "method_not_allowed", headers={"allow": "GET, HEAD"})
        found = self._find(path)
        if found is None and not path.startswith("/assets/") and "text/html" in request.headers.get("accept", ""):
            found = self._find("/index.html")
            if found is None:
                return problems.response(request, 404, "front_end_missing")
        if found is None:
            return problems.response(request, 404, "no_such_page")
        return self._send(request, found)

    def _find(self, path: str) -> Path | None:
        wanted = (self._folder / path.lstrip("/")).resolve()
        if wanted == self._folder:
            wanted = wanted / "index.html"
        return wanted if wanted.is_relative_to(self._folder) and wanted.is_file() else None

    def _send(self, request: Request, path: Path) -> Response:
        state = path.stat()
        if state.st_size > KEEP_UP_TO:
            return FileResponse(path, headers={"cache-control": self._cache(path)}, media_type=_media_type(path))
        file = self._files.get((path, state.st_mtime_ns))
        if file is None:
            file = self._files[path, state.st_mtime_ns] = self._load(path)
        headers = {"cache-control": file.cache, "etag": file.etag, "vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == file.etag:
            return Response(status_code=304, headers=headers)
        content = file.plain
        if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            content = file.packed
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(content))
        return Response(b"" if request.method == "HEAD" else content, headers=headers, media_type=file.media_type)

    def _load(self, path: Path) -> _File:
        plain = path.read_bytes()
        media_type = _media_type(path)
        packed = None
        if media_type.startswith(_COMPRESSIBLE) and len(plain) > 1024:
            packed = gzip.compress(plain, 9, mtime=0)
        etag = f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
        return _File(media_type, etag, plain, packed, self._cache(path))

    def _cache(self, path: Path) -> str:
        # The build puts a hash of the content into the names under assets/.
        return _FOR_EVER if path.is_relative_to(self._folder / "assets") else "no-cache"


def _media_type(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
