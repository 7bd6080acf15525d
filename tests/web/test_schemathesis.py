"""Whatever fits the description, and much that does not, is answered as described and never with a 5xx."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mazhi.bootstrap import Settings, System, build
from mazhi.web import api
from mazhi.web.app import PREFIX, create_app
from tests.postgres import PostgresServer
from tests.web.asgi import AppTransport, running

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 10
ADMIN = "fuzz-admin"

FORM_FIELD = {"id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a01", "code": "serial", "kind": "text", "title": "序列号"}
WORLD: list[tuple[str, dict[str, Any]]] = [
    ("departments", {"code": "CK", "name": "仓储部"}),
    ("users", {"username": "li", "password": "correct horse", "roles": ["keeper"], "department": "CK"}),
    ("tokens", {"name": "ERP", "scopes": ["items.view"]}),
    ("products", {"code": "WM-20", "name": "智能水表", "tracking": "serial", "gtin": "06901234567892"}),
    ("products", {"code": "PB", "name": "泵", "tracking": "batch"}),
    ("places", {"code": "WH1", "name": "成品仓", "kind": "warehouse", "parent": None}),
    ("partners", {"code": "D-GD-01", "name": "广东经销商", "kind": "dealer", "region": "440000"}),
    ("batches", {"code": "B2611", "product": "PB", "made_on": "2026-11-21"}),
    (
        "code-rules",
        {
            "code": "WM",
            "name": "水表",
            "segments": [
                {"kind": "constant", "value": "WM"},
                {"kind": "counter", "width": 6, "base": 10, "start": 1, "step": 1, "reset": "never"},
            ],
        },
    ),
    ("items:generate", {"product": "WM-20", "codes": "SN001-SN009", "count": 9}),
    ("operations/receive", {"items": ["SN001", "SN002"], "place": "WH1"}),
    ("package-types", {"code": "BOX", "name": "外箱", "level": 2, "capacity": 24}),
    ("items:generate", {"kind": "package", "codes": "BX1", "package_type": "BOX"}),
    ("operations/pack", {"items": ["SN003"], "data": {"into": "BX1"}}),
    ("operations/assemble", {"items": ["SN004"], "data": {"components": ["SN005"]}}),
    ("operations/ship", {"items": ["SN002"], "partner": "D-GD-01"}),
    (
        "labels",
        {
            "code": "PLATE",
            "name": "铭牌",
            "template": {
                "format": 1,
                "width_mm": 60,
                "height_mm": 40,
                "elements": [{"kind": "text", "x": 2, "y": 2, "w": 50, "h": 6, "value": "{item.code}"}],
            },
        },
    ),
    (
        "recalls",
        {
            "name": "漏水",
            "mock": True,
            "criteria": {"any": [{"codes": "SN001-SN002"}]},
            "occurred_at": "2026-11-20T08:00:00+08:00",
        },
    ),
    ("apps", {"code": "qc", "name": "质检"}),
    ("apps/qc/forms", {"code": "card", "name": "产品身份证", "fields": [FORM_FIELD]}),
    ("apps/qc/forms/card/publish", {"base": 0}),
    ("apps/qc/forms/card/records", {"values": {"serial": "SN001"}}),
    (
        "printers",
        {"code": "HOT", "name": "文件夹", "driver": "folder", "language": "zpl", "options": {"folder": "line-1"}},
    ),
]
"""What there is before the first guess, so that guesses meet something."""

KNOWN = {
    "app": ["qc", "nothing"],
    "form": ["card", "nothing"],
    "username": ["li", "nobody"],
    "identifier": ["SN001", "SN002", "SN009", "BX1", "SN004", "nothing"],
    "kind": ["receive", "move", "hold", "ship", "scrap", "correct", "assemble", "swap", "pack", "unpack", "fly"],
    "name": ["ERP"],
    "recall": ["RC-2611-01", "RC-0000-00"],
    "partner": ["D-GD-01", "nobody"],
    "code": ["WM-20", "PB", "WH1", "D-GD-01", "B2611", "WM", "BOX", "CK", "keeper", "goods", "PLATE", "nothing"],
}
"""Values of path parameters that lead somewhere."""


def described() -> list[str]:
    """Name every operation that the description will have; every run of tests asks, and it takes long to write."""
    found = []
    for one in pkgutil.iter_modules(api.__path__):
        module = importlib.import_module(f"{api.__name__}.{one.name}")
        prefix = "" if getattr(module, "AT_ROOT", False) else PREFIX
        routes = [route for route in module.router.routes if isinstance(route, APIRoute) and route.include_in_schema]
        found += [f"{method} {prefix}{route.path_format}" for route in routes for method in route.methods]
    return sorted(found)


@contextmanager
def world(url: str, data: Path) -> Iterator[tuple[System, FastAPI]]:
    """Build a system in which guesses meet something."""
    system = build(Settings(database_url=url, data=data))
    app = create_app(system)
    token = system.access.open_for(ADMIN, role="admin")
    with (
        running(app) as portal,
        httpx.Client(
            transport=AppTransport(app, portal),
            base_url="http://x",
            headers={"authorization": f"Bearer {token}"},
            timeout=60,
        ) as client,
    ):
        for path, body in WORLD:
            answer = client.post(f"/api/v1/{path}", json=body)
            assert answer.is_success, f"{path}: {answer.text}"
        yield system, app
    system.db.close()


@pytest.fixture(scope="module")
def worlds(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[System, FastAPI]]]:
    """Give one over each kind of database: to think of a request takes longer than to send it to both."""
    url = postgres.create_database()
    sqlite = f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'mazhi.db'}"
    with (
        world(sqlite, tmp_path_factory.mktemp("data")) as one,
        world(url, tmp_path_factory.mktemp("data")) as other,
    ):
        yield {"sqlite": one, "postgresql": other}
    postgres.drop_database(url)


@pytest.fixture(scope="module")
def schema(worlds: dict[str, tuple[System, FastAPI]]) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(worlds["sqlite"][1].openapi())


def test_every_operation_of_the_description_is_guessed_at(schema: schemathesis.BaseSchema) -> None:
    paths = schema.raw_schema["paths"]
    assert described() == sorted(f"{method.upper()} {path}" for path, methods in paths.items() for method in methods)


@pytest.mark.parametrize("name", described())
def test_every_route_answers_as_described(
    name: str, worlds: dict[str, tuple[System, FastAPI]], schema: schemathesis.BaseSchema
) -> None:
    method, path = name.split(" ")
    operation = schema[path][method]
    guesses = operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(GenerationMode.NEGATIVE)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=guesses, data=st.data())
    def guess(case: Case, data: st.DataObject) -> None:
        for parameter in case.path_parameters or {}:
            if parameter in KNOWN and data.draw(st.booleans()):
                case.path_parameters[parameter] = data.draw(st.sampled_from(KNOWN[parameter]))
        for database, (system, app) in worlds.items():
            note(f"on {database}")
            # A session of its own for each, since some routes end it.
            token = system.access.sessions.open_by_name(ADMIN)
            response = case.call(app=app, headers={"Authorization": f"Bearer {token}"})
            case.validate_response(response, checks=CHECKS)

    guess()
