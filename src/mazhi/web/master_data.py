"""What the routes of all master data share: paging, and the version that a change is based on."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Header, Path, Query
from pydantic import StringConstraints
from starlette.responses import Response

from mazhi.kernel.errors import invalid

After = Annotated[str | None, Query(max_length=300, description="The `next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Search = Annotated[str | None, Query(max_length=100, description="The beginning of the code, or any part of the name.")]
CodeInPath = Annotated[str, Path(description="The code; slashes may stand as they are.")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A code in a body; the kernel checks its characters."""
Named = Annotated[str | None, Query(max_length=64)]
"""A code in a query."""
IfMatch = Annotated[
    str | None, Header(max_length=40, description="The version that was read, if the body does not hold it.")
]


def based_on(version: int | None, if_match: str | None) -> int:
    """Return the version that a change is based on, from the body or from If-Match.

    Raises:
        InvalidInputError: It is in neither (code ``version_missing``).
    """
    if version is not None:
        return version
    tag = (if_match or "").strip().removeprefix("W/").strip('"')
    if tag.isascii() and tag.isdigit() and len(tag) < 10:
        return int(tag)
    raise invalid("/version", "version_missing")


def tag(response: Response, version: int) -> None:
    """Name the version of what is answered in the ETag."""
    response.headers["ETag"] = f'"{version}"'


def locate(response: Response, area: str, code: str, version: int) -> None:
    """Name the address and version of what was added."""
    response.headers["Location"] = f"/api/v1/{area}/{quote(code, safe='')}"
    tag(response, version)
