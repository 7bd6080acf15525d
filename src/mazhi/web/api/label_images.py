"""Pictures on labels: logos, signs, seals."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartException, MultiPartParser

from mazhi.engines.labels.templates.images import LARGEST_FILE, StoredImage
from mazhi.kernel import clock
from mazhi.kernel.errors import InvalidInputError, Problem, TooLargeError
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.label_shapes import ImageOut, ImagePage
from mazhi.web.master_data import After, Limit

router = APIRouter(prefix="/label-images", tags=["labels"])

_AROUND = 16 * 1024
"""Bytes that a form has around its file."""
_FILE = {"schema": {"type": "string", "format": "binary"}}
_FORM = {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": _FORM, "image/png": _FILE, "application/octet-stream": _FILE},
    }
}
PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}, "description": "PNG"}
}


def _answer(found: StoredImage) -> ImageOut:
    return ImageOut(
        id=found.id, name=found.name, width=found.width, height=found.height, size=found.size,
        uploaded_at=clock.to_text(found.uploaded_at), uploaded_by=found.uploaded_by,
    )  # fmt: skip


def _too_large() -> TooLargeError:
    return TooLargeError("label_image_too_large", most=LARGEST_FILE // 1024 // 1024)


async def _limited(request: Request) -> bytes:
    """Read the body, but no further than a picture may be large."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > LARGEST_FILE + _AROUND:
        raise _too_large()
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST_FILE + _AROUND:
            raise _too_large()
    return bytes(found)


async def _file(request: Request, body: bytes) -> tuple[str, bytes]:
    """Take the file out of a form; any other body is the file itself."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return "", body

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    missing = InvalidInputError("invalid_input", problems=[Problem("field_missing", {"field": "file"}, "/file")])
    try:
        form = await MultiPartParser(request.headers, whole()).parse()
    except (MultiPartException, KeyError):
        raise missing from None
    try:
        sent = form.get("file")
        if sent is None or isinstance(sent, str):
            raise missing
        return sent.filename or "", await sent.read()
    finally:
        await form.close()


@router.post("", status_code=201, summary="Upload a picture", openapi_extra=BODY)
async def upload(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    name: Annotated[str, Query(max_length=200, description="For a body that is the file itself.")] = "",
) -> ImageOut:
    """Take in a PNG, JPEG, GIF, BMP or WebP of up to 5 MB; the same picture again is the same id.

    It is read only as far as it may be large.
    """
    filename, data = await _file(request, await _limited(request))
    return _answer(await run_in_threadpool(system.labels.images.add, actor, name or filename, data))


@router.get("", summary="All pictures")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - signed in is enough
    after: After = None,
    limit: Limit = 100,
) -> ImagePage:
    """List the pictures that were uploaded, in the order of their ids."""
    page, more = system.labels.images.find(after, limit)
    return ImagePage(images=[_answer(one) for one in page], next=more)


@router.get("/{image}", summary="One picture", response_class=Response, responses=PNG)
def get(image: str, system: SystemDep, actor: ActorDep) -> Response:  # noqa: ARG001 - signed in is enough
    """Return a picture as PNG; what an id names never changes."""
    headers = {"cache-control": "private, max-age=31536000, immutable"}
    return Response(system.labels.images.data(image), media_type="image/png", headers=headers)
