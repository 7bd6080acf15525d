"""The description of the interface, and what must hold for every route there is or will be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from mazhi.kernel import texts
from mazhi.web.description import description

PUBLIC = {
    ("post", "/api/v1/login"),
    ("get", "/healthz"),
    # What a public link opens, and nothing else: see tests of sharing.
    ("get", "/api/v1/public/forms/{token}"),
    ("post", "/api/v1/public/forms/{token}/records"),
    ("get", "/api/v1/public/forms/{token}/options"),
    # The address is the secret; a signature may be asked for: see tests of triggers.
    ("post", "/api/v1/hooks/{token}"),
}


@pytest.fixture
def db_url(tmp_path: Path, sqlite_template: Path) -> str:
    """These are about routes, not about data: one database is enough."""
    target = tmp_path / "mazhi.db"
    target.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{target}"


@pytest.fixture
def document(anonymous: httpx.Client) -> dict[str, Any]:
    answer = anonymous.get("/openapi.json")
    assert answer.status_code == 200
    described: dict[str, Any] = answer.json()
    return described


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method, path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_but_the_public_ones_wants_somebody_signed_in(
    anonymous: httpx.Client, document: dict[str, Any]
) -> None:
    open_ = set()
    for method, path in operations(document):
        answer = anonymous.request(method, re.sub(r"\{[^}]+\}", "x", path))
        if answer.status_code != 401:
            open_.add((method, path))
        else:
            assert answer.json()["code"] == "not_signed_in"
            assert answer.headers["www-authenticate"] == "Bearer"
    assert open_ == PUBLIC


def test_every_route_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    assert "bearer" in document["components"]["securitySchemes"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for (method, path), operation in operations(document).items():
        name = f"{method} {path}"
        assert operation.get("description"), name
        assert operation.get("tags"), name
        assert bool(operation.get("security")) == ((method, path) not in PUBLIC), name
        assert "default" in operation["responses"], name
        assert any(status.startswith("2") for status in operation["responses"]), name
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                assert list(response["content"]) == ["application/problem+json"], f"{name} {status}"


def test_every_body_has_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    missing = set()
    for name, operation in operations(document).items():
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind != "application/json":
                continue
            schema = content["schema"]
            if "$ref" in schema:
                schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
            parts = [schema, content, *schema.get("properties", {}).values()]
            if not any("example" in key for part in parts for key in part):
                missing.add(name)
    assert missing == set()


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for operation in operations(document).values()]
    assert len(set(ids)) == len(ids)


def test_the_example_of_a_problem_is_one_that_we_write(document: dict[str, Any]) -> None:
    problem = document["components"]["schemas"]["Problem"]
    (example,) = problem["examples"]
    assert set(problem["required"]) <= example.keys()
    assert example["detail"] == texts.message("invalid_input", "zh", {})
    assert example["errors"][0]["message"] == texts.message("field_missing", "zh", {"field": "code"})


def test_the_description_without_a_server_is_the_servers(document: dict[str, Any]) -> None:
    assert description() == document
