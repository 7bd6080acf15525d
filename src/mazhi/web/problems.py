"""Errors as the client sees them: RFC 9457 problems in the reader's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mazhi.kernel import errors, texts
from mazhi.kernel.errors import PlatformError, Problem
from mazhi.kernel.texts import Language
from mazhi.web import language

log = logging.getLogger("mazhi.web")

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[PlatformError], int] = {
    errors.InvalidInputError: 422,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.ForbiddenError: 403,
    errors.UnauthorizedError: 401,
    errors.TooLargeError: 413,
    errors.TooManyError: 429,
}

_HTTP_CODES = {
    400: "body_not_readable",
    404: "no_such_page",
    405: "method_not_allowed",
    413: "body_too_large",
}

_PYDANTIC_CODES = {
    "missing": "field_missing",
    "extra_forbidden": "field_unknown",
    "json_invalid": "body_not_json",
    "literal_error": "field_not_one_of",
    "enum": "field_not_one_of",
    "union_tag_invalid": "field_not_one_of",
    "union_tag_not_found": "field_missing",
    "string_too_short": "field_too_short",
    "string_too_long": "field_too_long",
    "too_short": "field_too_short",
    "too_long": "field_too_long",
    "string_pattern_mismatch": "field_wrong_form",
    "greater_than": "field_too_small",
    "greater_than_equal": "field_too_small",
    "less_than": "field_too_large",
    "less_than_equal": "field_too_large",
}


def status_of(error: PlatformError) -> int:
    """Return the HTTP status of an error by the most precise class that has one."""
    for cls in type(error).__mro__:
        if cls in STATUS:
            return STATUS[cls]
    return 400


def body(
    status: int,
    code: str,
    lang: Language,
    *,
    params: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
) -> bytes:
    """Write one problem document."""
    given = dict(params or {})
    document: dict[str, Any] = {
        "type": f"urn:mazhi:problem:{code}",
        "title": texts.message(f"status_{status}", lang, {}),
        "status": status,
        "code": code,
        "detail": texts.message(code, lang, given),
        "errors": [entry(problem, lang) for problem in problems],
    }
    if advice := texts.advice(code, lang, given):
        document["advice"] = advice
    if given:
        document["params"] = given
    try:
        return orjson.dumps(document, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:  # a number beyond 64 bits, which somebody may well have typed
        return json.dumps(document, default=str, ensure_ascii=False).encode(errors="replace")  # half a pair of signs


def entry(problem: Problem, lang: Language) -> dict[str, Any]:
    """Write one fault of a request in the reader's language."""
    params = {"item": problem.item or "", **problem.params}
    return {
        "pointer": problem.pointer,
        "item": problem.item,
        "code": problem.code,
        "message": texts.message(problem.code, lang, params),
        "advice": texts.advice(problem.code, lang, params),
        "params": dict(problem.params),
    }


def response(
    request: Request,
    status: int,
    code: str,
    *,
    params: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build the response that carries a problem."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return Response(
        body(status, code, lang, params=params, problems=problems),
        status,
        headers={"content-language": lang, **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def on_platform_error(request: Request, error: Exception) -> Response:
    """Answer what the user caused."""
    if not isinstance(error, PlatformError):
        raise error
    status = status_of(error)
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        headers["retry-after"] = str(error.params.get("seconds", 60))
    return response(request, status, error.code, params=error.params, problems=error.problems, headers=headers)


def on_invalid_request(request: Request, error: Exception) -> Response:
    """Answer a body or parameter that does not fit its declaration, naming every field."""
    if not isinstance(error, RequestValidationError):
        raise error
    problems = [_from_pydantic(entry, error.body) for entry in error.errors()]
    return response(request, 422, "invalid_input", problems=problems)


def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer what the framework itself refuses, such as an unknown path."""
    if not isinstance(error, HTTPException):
        raise error
    code = _HTTP_CODES.get(error.status_code, "request_refused")
    detail: object = error.detail  # text by its type, but the framework's own class takes anything
    params = detail if isinstance(detail, dict) else None
    return response(request, error.status_code, code, params=params, headers=error.headers)


def on_not_storable(request: Request, error: Exception) -> Response:
    """Answer a value that the database cannot hold: beyond 64 bits, or a character that text may not have."""
    log.warning("%s %s: value not storable", request.method, request.url.path, exc_info=error)
    return response(request, 422, "value_not_storable")


def _from_pydantic(entry: Mapping[str, Any], sent: object) -> Problem:
    place, *path = entry["loc"]
    kind = str(entry["type"])
    code = _PYDANTIC_CODES.get(kind)
    if code is None:
        code = "field_wrong_type" if kind.endswith(("_type", "_parsing")) else "field_invalid"
    context = entry.get("ctx", {})
    params: dict[str, object] = {
        "field": ".".join(str(part) for part in path) or str(place),
        "reason": str(entry["msg"]),
        "expected": context.get("expected", context.get("expected_tags", "")),
        "limit": next(
            (context[name] for name in ("min_length", "max_length", "gt", "ge", "lt", "le") if name in context),
            "",
        ),
    }
    if place != "body":
        return Problem(code, params, _pointer([place, *path]))
    return Problem(code, params, "" if code == "body_not_json" else _pointer(_existing(path, sent)))


def _existing(path: Sequence[str | int], sent: object) -> list[str | int]:
    """Drop what pydantic adds to a path, such as the tag of a union, so that it fits what was sent."""
    found: list[str | int] = []
    here = sent
    for place, part in enumerate(path):
        if (isinstance(here, dict) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        ):
            here = here[part]  # type: ignore[index]
            found.append(part)
        elif place == len(path) - 1 and isinstance(here, dict):
            found.append(part)
    return found


def _pointer(parts: Sequence[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def install(app: FastAPI) -> None:
    """Register the handlers; the 500 of an unknown exception is answered at the edge."""
    app.add_exception_handler(PlatformError, on_platform_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(DataError, on_not_storable)
    app.add_exception_handler(OverflowError, on_not_storable)
    app.add_exception_handler(UnicodeEncodeError, on_not_storable)
