"""The OpenAPI description, completed with what every route has in common."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from mazhi.web.problems import MEDIA_TYPE

DESCRIPTION = """\
序列号与一物一码管理:编码、履历、库存、追溯。

Sign in with `POST /api/v1/login` and send the token as `Authorization: Bearer …`;
programs use an API token in the same way. A scanner may name itself in the header `Mazhi-Device`. Errors
are problems of RFC 9457 in the language of `Accept-Language` (Chinese by default); their `code` is stable,
their texts are not.
"""

_TEXT_OR_NULL = {"anyOf": [{"type": "string"}, {"type": "null"}]}

PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457: what went wrong, and every single fault of the request.",
    "required": ["type", "title", "status", "code", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; for programs."},
        "detail": {"type": "string"},
        "advice": {"type": "string"},
        "params": {"type": "object", "additionalProperties": True},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "item", "code", "message", "advice"],
                "properties": {
                    "pointer": {**_TEXT_OR_NULL, "description": "JSON pointer into the body (RFC 6901)."},
                    "item": {**_TEXT_OR_NULL, "description": "The code as it was given."},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "advice": {"type": "string"},
                    "params": {"type": "object", "additionalProperties": True, "description": "What the texts say."},
                },
            },
        },
    },
    "examples": [
        {
            "type": "urn:mazhi:problem:invalid_input",
            "title": "请求内容有误",
            "status": 422,
            "code": "invalid_input",
            "detail": "提交的内容有误，请按提示修改。",
            "errors": [
                {
                    "pointer": "/code",
                    "item": None,
                    "code": "field_missing",
                    "message": "缺少 code。",
                    "advice": "请填写后再提交。",
                }
            ],
        }
    ],
}

_DEFAULT = {
    "description": "A problem.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def install(app: FastAPI) -> None:
    """Let the application describe itself by :func:`describe`."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def describe(app: FastAPI) -> dict[str, Any]:
    """Build the description; problems replace FastAPI's own error shape."""
    document = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = PROBLEM
    tags: set[str] = set()
    for path in document.get("paths", {}).values():
        for operation in path.values():
            tags.update(operation.get("tags", ()))
            _complete(operation)
    document["tags"] = [{"name": name} for name in sorted(tags)]
    return document


def _complete(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    if "requestBody" in operation or operation.get("parameters"):
        responses["422"] = {**_DEFAULT, "description": "The request is wrong; `errors` names every fault."}
    else:
        responses.pop("422", None)
    if operation.get("security"):
        responses["401"] = {
            **_DEFAULT,
            "description": "Nobody is signed in, or the token is no longer valid.",
        }
        responses["403"] = {**_DEFAULT, "description": "The right is missing."}
    responses["default"] = _DEFAULT
