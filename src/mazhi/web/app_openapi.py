"""The interface of one app as OpenAPI (接口文档): every form's records with the fields that it really has.

The addresses are those that serve all forms; what is generated is what a form's records look like, so that other
programs get typed clients and mistakes are found before anything is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import ColumnType, Field, FieldKind, Form
from mazhi.engines.forms.records.model import flat
from mazhi.kernel.designs.model import InForce

Schema = dict[str, Any]

_OF_COLUMN: Mapping[ColumnType, Schema] = {
    "text": {"type": "string"}, "number": {"type": "number"}, "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"}, "moment": {"type": "string", "format": "date-time"},
    "reference": {"type": "string"},
}  # fmt: skip
_PROBLEM: Schema = {
    "description": "What is wrong, where, and what to do (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
_KEPT: Schema = {
    "id": {"type": "integer"}, "version": {"type": "integer", "description": "Grows with each change; give it back."},
    "deletable": {"type": "boolean"}, "created_at": {"type": "string", "format": "date-time"},
    "created_by": {"type": "string"}, "updated_at": {"type": "string", "format": "date-time"},
    "updated_by": {"type": "string"}, "titles": {"type": "object"}, "states": {"type": "object"},
}  # fmt: skip


def document(app: str, name: str, forms: Iterable[tuple[InForce, Form]]) -> Schema:
    """Write the document of an app's published forms."""
    paths: Schema = {}
    schemas: Schema = {}
    for design, form in forms:
        code = design.code.split("/", 1)[1]
        schemas |= _schemas(code, form)
        paths |= _paths(app, code, design.name)
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


def _schemas(code: str, form: Form) -> Schema:
    """Return what records of a form look like: as they are read, as they are added, and as they are changed."""
    outer = list(flat(form.fields, field_kinds))
    given = [one for one in outer if _given(field_kinds[one.kind])]
    needed = sorted(one.code for one in given if one.required and one.default is None and not form.rules)
    written = {one.code: _value(one, writing=True) for one in given}
    values = {"type": "object", "properties": written, "additionalProperties": False}
    read = {"type": "object", "properties": {one.code: _value(one, writing=False) for one in outer}}
    key = {"type": "string", "maxLength": 200, "description": "The same again adds nothing."}
    return {
        f"{code}.record": {
            "type": "object", "required": ["id", "version", "values"], "properties": {**_KEPT, "values": read},
        },
        f"{code}.new": {
            "type": "object", "required": ["values"],
            "properties": {"values": {**values, **({"required": needed} if needed else {})}, "client_key": key},
        },
        f"{code}.change": {
            "type": "object", "required": ["values"], "properties": {"values": values, "version": {"type": "integer"}},
        },
    }  # fmt: skip


def _given(kind: FieldKind) -> bool:
    return kind.derive is None and kind.issue is None and kind.compute is None


def _value(one: Field, *, writing: bool) -> Schema:
    """Return what the value of a field looks like; every field may be empty, and masked ones are read as text."""
    kind = field_kinds[one.kind]
    found = _rows(one, writing=writing) if kind.holds == "rows" else _plain(one, kind)
    told = {"title": one.title, **({"description": one.hint} if one.hint else {})}
    if not found:
        return told
    return {**told, "anyOf": [found, {"type": "null"}]}


def _rows(one: Field, *, writing: bool) -> Schema:
    inner = [field for field in flat(one.fields, field_kinds) if not writing or _given(field_kinds[field.kind])]
    properties = {field.code: _value(field, writing=writing) for field in inner}
    return {"type": "array", "items": {"type": "object", "properties": properties}}


def _plain(one: Field, kind: FieldKind) -> Schema:
    if kind.reference is not None:
        return {"type": "array", "items": {"type": "string"}} if kind.reference.many else {"type": "string"}
    types = [column.type for column in kind.columns]
    if len(types) != 1 or types[0] == "json":
        return {}
    choices = one.options.get("choices")
    if isinstance(choices, list) and choices and not one.options.get("other"):
        return {"type": "string", "enum": choices}
    return dict(_OF_COLUMN[types[0]])


def _paths(app: str, form: str, title: str) -> Schema:
    base = f"/apps/{app}/forms/{form}/records"
    record = {"$ref": f"#/components/schemas/{form}.record"}
    number = {"name": "record", "in": "path", "required": True, "schema": {"type": "integer"}}
    version = {"name": "version", "in": "query", "required": True, "schema": {"type": "integer"}}
    page = {
        "type": "object",
        "properties": {"records": {"type": "array", "items": record}, "next": {"type": ["string", "null"]}},
    }
    batch = {
        "type": "object", "required": ["records"],
        "properties": {
            "records": {
                "type": "array", "maxItems": 1_000,
                "items": {"$ref": f"#/components/schemas/{form}.new/properties/values"},
            },
            "client_key": {"type": "string"},
        },
    }  # fmt: skip
    ids = {"type": "object", "properties": {"ids": {"type": "array", "items": {"type": "integer"}}}}
    return {
        base: {
            "get": _operation(title, f"{form}_list", _answer(page), parameters=[_asked(name) for name in _ASKED]),
            "post": _operation(title, f"{form}_add", _answer(record), "201", body=f"{form}.new"),
        },
        f"{base}:batch": {"post": _operation(title, f"{form}_add_many", _answer(ids), "201", body=batch)},
        f"{base}/{{record}}": {
            "get": _operation(title, f"{form}_get", _answer(record), parameters=[number]),
            "patch": _operation(title, f"{form}_change", _answer(record), parameters=[number], body=f"{form}.change"),
            "delete": _operation(
                title, f"{form}_delete", {"description": "Deleted."}, "204", parameters=[number, version]
            ),
        },
    }


_ASKED: Mapping[str, str] = {
    "filter": 'JSON: {"and": […]}, {"or": […]} or {"field", "is", "value"}.',
    "sort": "The code of a field, after a minus downwards.",
    "after": "The `next` of the page before.",
    "limit": "How many.",
}


def _asked(name: str) -> Schema:
    type_ = "integer" if name == "limit" else "string"
    return {"name": name, "in": "query", "description": _ASKED[name], "schema": {"type": type_}}


def _answer(schema: Schema) -> Schema:
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _operation(
    title: str,
    name: str,
    answer: Schema,
    status: str = "200",
    *,
    parameters: list[Schema] | None = None,
    body: str | Schema | None = None,
) -> Schema:
    found: Schema = {"tags": [title], "operationId": name, "responses": {status: answer, "default": _PROBLEM}}
    if parameters:
        found["parameters"] = parameters
    if body is not None:
        schema = {"$ref": f"#/components/schemas/{body}"} if isinstance(body, str) else body
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return found
