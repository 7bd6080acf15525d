"""Files: brought in pieces, looked at by whoever brought them, and had through the records that have them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ForbiddenError, NotFoundError, invalid
from mazhi.kernel.files.media_types import GROUPS
from mazhi.kernel.files.model import MEGABYTE, StoredFile, uploader_of
from mazhi.kernel.files.pictures import Size
from mazhi.web.api.forms import App, FormCode
from mazhi.web.api.records import RecordId
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.uploads import BODY, BYTES, receive, send

router = APIRouter(tags=["files"])

FileId = Annotated[str, Path(max_length=64, description="What the upload was answered with.")]
Sized = Annotated[Size | None, Query(description="Of a picture a smaller one: 240 or 1600 px at its longer side.")]
Save = Annotated[bool, Query(description="To be saved, not shown.")]


class StoredFileOut(BaseModel):
    """A file that was brought."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0b7c6b0e-0d5a-4c39-9a6e-5b8f7f2b9d11",
                    "name": "外观.jpg",
                    "size": 482113,
                    "type": "image/jpeg",
                    "width": 2048,
                    "height": 1536,
                    "url": "/api/v1/files/0b7c6b0e-0d5a-4c39-9a6e-5b8f7f2b9d11",
                    "thumbnail": "/api/v1/files/0b7c6b0e-0d5a-4c39-9a6e-5b8f7f2b9d11?size=small",
                    "uploaded_at": "2026-11-22T08:40:00Z",
                }
            ]
        }
    )
    id: str
    name: str
    size: int = Field(description="Bytes.")
    type: str = Field(description="What it is, by its content.")
    width: int = Field(description="Of a picture, upright; else 0.")
    height: int
    url: str = Field(description="Where it is until a record has it, for whoever brought it.")
    thumbnail: str | None = Field(description="A small picture of it, if there is one.")
    uploaded_at: str


class FileLimits(BaseModel):
    """What may be brought."""

    largest_mb: int = Field(ge=1, le=4096, description="Megabytes that one file may have.", examples=[100])


def file_out(found: StoredFile, where: str = "/api/v1/files") -> StoredFileOut:
    """Write what is answered of an upload that waits."""
    url = f"{where}/{found.uuid}"
    return StoredFileOut(
        id=found.uuid, name=found.name, size=found.size, type=found.type.name, width=found.width,
        height=found.height, url=url, thumbnail=f"{url}?size=small" if found.previewed else None,
        uploaded_at=clock.to_text(found.made_at),
    )  # fmt: skip


def read_groups(raw: str) -> list[str]:
    """Read what a field takes, as it stands in an address.

    Raises:
        InvalidInputError: There is no such group (code ``file_unknown_group``).
    """
    found = [one.strip() for one in raw.split(",") if one.strip()]
    if not set(found) <= set(GROUPS):
        raise invalid("/accept", "file_unknown_group", known=", ".join(GROUPS))
    return found


@router.post("/files", status_code=201, summary="Upload a file", openapi_extra=BODY)
async def upload_file(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    name: Annotated[str, Query(max_length=300, description="For a body that is the file itself.")] = "",
    accept: Annotated[
        str, Query(max_length=200, description="What it may be, such as `picture,pdf`; empty: anything.")
    ] = "",
    client_key: Annotated[str | None, Query(min_length=1, max_length=100, description="A repeat adds nothing.")] = None,
) -> StoredFileOut:
    """Take a file in, in pieces; it waits a day for the record that names it, and only its uploader reaches it.

    What it is is told by its content: one that says it is something else is refused.
    """
    found = await receive(
        request, system.files, uploader_of(actor), name=name, groups=read_groups(accept), client_key=client_key
    )
    return file_out(found)


@router.get("/files:limits", summary="How large a file may be")
def file_limits(system: SystemDep, actor: ActorDep) -> FileLimits:
    """Return how many megabytes one file may have."""
    return FileLimits(largest_mb=system.files.largest(uploader_of(actor)) // MEGABYTE)


@router.put("/files:limits", summary="Set how large a file may be")
def set_file_limits(system: SystemDep, actor: ActorDep, body: FileLimits) -> FileLimits:
    """Set how many megabytes one file may have; it needs the right to manage users."""
    system.files.set_largest(actor, body.largest_mb)
    return body


@router.get("/files/{file}", summary="An upload that waits", response_class=Response, responses=BYTES)
def waiting_file(
    request: Request, system: SystemDep, actor: ActorDep, file: FileId, size: Sized = None, save: Save = False
) -> Response:
    """Return a file to whoever brought it, until a record has it."""
    return send(request, system.files, system.files.waiting(uploader_of(actor), file), size, save=save)


@router.delete("/files/{file}", status_code=204, summary="Take an upload back")
def take_back(system: SystemDep, actor: ActorDep, file: FileId) -> None:
    """Remove an upload that no record has."""
    system.files.take_back(uploader_of(actor), file)


@router.get(
    "/apps/{app}/forms/{form}/records/{record}/files/{file}",
    summary="A file of a record",
    response_class=Response,
    responses=BYTES,
)
def record_file(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    record: RecordId,
    file: FileId,
    size: Sized = None,
    save: Save = False,
) -> Response:
    """Return a file of a record in a field that the reader sees whole there, by rights or in their work in a flow."""
    try:
        found = system.record_files.get(actor, app, form, record, file)
    except (ForbiddenError, NotFoundError):
        if not system.work_list.shows_file(actor, app, form, record, file):
            raise
        found = system.record_files.get(SYSTEM, app, form, record, file)
    return send(request, system.files, found, size, save=save)
