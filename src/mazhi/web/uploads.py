"""Files that come in and go out in pieces: however large one is, no more than a piece of it is in memory."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from mazhi.kernel.errors import invalid
from mazhi.kernel.files.folder import Incoming
from mazhi.kernel.files.media_types import UNKNOWN
from mazhi.kernel.files.model import MEGABYTE, StoredFile, Uploader
from mazhi.kernel.files.pictures import Size
from mazhi.kernel.files.service import Files, Wish

_PIECE = MEGABYTE
_AROUND = 64 * 1024
"""Bytes that a form may have around its file."""
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FORM = {
    "schema": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": _FORM, "application/octet-stream": _BINARY},
    }
}
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": _BINARY}, "description": "The bytes, with the type that they are."},
    206: {"content": {"application/octet-stream": _BINARY}, "description": "The part that `Range` asks for."},
}
SECURITY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


class _Part:
    """Takes the part called ``file`` out of a form; what else it holds is passed over."""

    def __init__(self, boundary: bytes) -> None:
        self.name = ""
        self.found = False
        self.ended = False
        self.data = bytearray()
        self._inside = False
        self._field = bytearray()
        self._value = bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._around = 0
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_end": self._all,
            },
        )

    def write(self, piece: bytes) -> None:
        self._parser.write(piece)

    def _begin(self) -> None:
        self._headers = {}
        self._inside = False

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[bytes(self._field).lower()] = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if not self.found and options.get(b"name") == b"file" and b"filename" in options:
            self._inside = self.found = True
            self.name = options[b"filename"].decode("utf-8", "replace")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self.data += data[start:end]
            return
        self._around += end - start
        if self._around > _AROUND:
            raise invalid("/file", "upload_without_file")

    def _end(self) -> None:
        self._inside = False

    def _all(self) -> None:
        self.ended = True


async def receive(
    request: Request,
    files: Files,
    uploader: Uploader,
    *,
    name: str = "",
    groups: Sequence[str] = (),
    client_key: str | None = None,
) -> StoredFile:
    """Take a file in: a form's part called ``file``, or a body that is the file itself.

    Raises:
        TooLargeError: It is too large; by what ``Content-Length`` says it is not read at all.
        InvalidInputError: There is none, or it is not taken.
    """
    length = request.headers.get("content-length", "")
    announced = max(0, int(length) - _AROUND) if length.isascii() and length.isdigit() else None
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    part = _Part(_boundary(options)) if kind == b"multipart/form-data" else None
    incoming = await run_in_threadpool(files.begin, uploader, announced=announced)
    try:
        await _copy(request, part, incoming)
        if part is not None:
            if not part.found or not part.ended:
                raise invalid("/file", "upload_without_file")
            name = name or part.name
        wish = Wish(name, tuple(groups), client_key)
        return await run_in_threadpool(files.keep, uploader, incoming, wish)
    except FormParserError:
        raise invalid("/file", "upload_without_file") from None
    finally:
        await run_in_threadpool(incoming.give_up)


def _boundary(options: dict[bytes, bytes]) -> bytes:
    found = options.get(b"boundary", b"")
    if not 0 < len(found) <= 200:
        raise invalid("/file", "upload_without_file")
    return found


async def _copy(request: Request, part: _Part | None, incoming: Incoming) -> None:
    waiting = part.data if part is not None else bytearray()
    async for piece in request.stream():
        if part is None:
            waiting += piece
        else:
            part.write(piece)
        if len(waiting) >= _PIECE:
            await run_in_threadpool(incoming.write, bytes(waiting))
            waiting.clear()
    if waiting:
        await run_in_threadpool(incoming.write, bytes(waiting))


def send(request: Request, files: Files, stored: StoredFile, size: Size | None, *, save: bool) -> Response:
    """Answer with the bytes of a file, or with a smaller picture of it.

    A browser runs nothing of it: what is not known to be harmless is only ever saved, and the rest is shut in.
    """
    path, media_type = files.path(stored, size)
    shown = stored.type.inline or size is not None
    tag = f'"{stored.sha256[:40]}{f"-{size}" if size else ""}"'
    headers = {
        "etag": tag,
        # Asked for anew each time, since rights may go; what is still the same is not sent again.
        "cache-control": "private, no-cache",
        "content-security-policy": SECURITY,
        "x-content-type-options": "nosniff",
        "content-disposition": f"{'inline' if shown and not save else 'attachment'}; {_filename(stored, size)}",
    }
    if any(one.strip().removeprefix("W/") in {tag, "*"} for one in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return FileResponse(path, headers=headers, media_type=media_type if shown else UNKNOWN.name)


def _filename(stored: StoredFile, size: Size | None) -> str:
    name = stored.name if size is None else f"{stored.name.rpartition('.')[0] or stored.name}.webp"
    return f"filename*=UTF-8''{quote(name, safe='')}"
