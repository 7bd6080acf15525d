"""The interface of an app says what its records really look like."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import jsonschema_rs
import pytest


def _field(code: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid5(NAMESPACE_URL, code)), "code": code, "kind": kind, "title": f"字段 {code}", **more}


FIELDS = [
    _field("serial", "text", required=True, hint="扫码或输入"),
    _field("result", "select", options={"choices": ["合格", "不合格"]}),
    _field("weight", "number", options={"decimals": 2}),
    _field("made", "date"),
    _field("good", "switch"),
    _field("customer", "customer"),
    _field("lines", "subform", fields=[_field("note", "text"), _field("at", "datetime")]),
    _field("words", "amount_words", options={"source": "weight"}),
]
VALUES = {
    "serial": "A1", "result": "合格", "weight": 1.25, "made": "2026-11-22", "good": True,
    "lines": [{"note": "轻微划痕", "at": "2026-11-22T05:40:00Z"}],
}  # fmt: skip


@pytest.fixture
def document(client: httpx.Client) -> dict[str, Any]:
    """Publish a form and return its app's interface."""
    client.post("/api/v1/apps", json={"code": "qc", "name": "质检"}).raise_for_status()
    client.post("/api/v1/apps/qc/forms", json={"code": "card", "name": "检验单", "fields": FIELDS}).raise_for_status()
    client.post("/api/v1/apps/qc/forms", json={"code": "later", "name": "还没发布", "fields": []}).raise_for_status()
    answer = client.post("/api/v1/apps/qc/forms/card/publish", json={"base": 0})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = client.get("/api/v1/apps/qc/openapi.json").raise_for_status().json()
    return found


def _schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def test_the_document_is_valid_and_names_only_published_forms(document: dict[str, Any]) -> None:
    assert document["info"]["title"] == "质检"
    assert [path for path in document["paths"] if "later" in path] == []
    operations = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(operations) == len(set(operations)) == 6
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def test_records_as_they_are_added_and_read_fit_their_schemas(client: httpx.Client, document: dict[str, Any]) -> None:
    assert jsonschema_rs.is_valid(_schema(document, "card.new"), {"values": VALUES})
    made = client.post("/api/v1/apps/qc/forms/card/records", json={"values": VALUES}).raise_for_status().json()
    read = client.get(f"/api/v1/apps/qc/forms/card/records/{made['id']}").json()
    jsonschema_rs.validate(_schema(document, "card.record"), read)


@pytest.mark.parametrize(
    "wrong",
    [
        {**VALUES, "result": "差不多"},
        {**VALUES, "weight": "重"},
        {**VALUES, "unknown": 1},
        {**VALUES, "lines": [{"at": 5}]},
        {**VALUES, "words": "壹元整"},
        {"result": "合格"},
    ],
)
def test_what_the_server_refuses_does_not_fit_either(
    client: httpx.Client, document: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert not jsonschema_rs.is_valid(_schema(document, "card.new"), {"values": wrong})
    assert client.post("/api/v1/apps/qc/forms/card/records", json={"values": wrong}).status_code == 422
