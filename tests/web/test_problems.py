from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict, Field

from mazhi.bootstrap import System
from mazhi.kernel import errors, texts
from mazhi.kernel.errors import PlatformError, Problem
from mazhi.web import problems
from mazhi.web.app import create_app
from tests.web.asgi import AppTransport, running


class Constant(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["constant"]
    value: Annotated[str, Field(min_length=2)]


class Counter(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["counter"]
    width: Annotated[int, Field(ge=1, le=20)]


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: Annotated[str, Field(max_length=5, pattern="^[A-Z]+$")]
    segments: Annotated[list[Annotated[Constant | Counter, Field(discriminator="kind")]], Field(max_length=3)] = []
    odd: dict[str, int] = {}


trial = APIRouter()


@trial.post("/trial/rules")
def take(body: Rule) -> None:
    pass


@trial.get("/trial/raise/{name}")
def fail(name: str, code: str = "no_right") -> None:
    kinds: dict[str, type[PlatformError]] = {cls.__name__: cls for cls in problems.STATUS}
    if name == "bug":
        raise ZeroDivisionError("the secret of the house")
    if name == "overflow":
        raise OverflowError
    raise kinds[name](code, right="X", problems=[Problem("unknown_place", {"by": 1}, "/place", "WH9")])


_made: list[FastAPI] = []


@pytest.fixture
def rough(system: System) -> Iterator[httpx.Client]:
    if not _made:
        _made.append(create_app(system))
        _made[0].include_router(trial)
    (app,) = _made
    app.state.system = system
    with running(app) as portal, httpx.Client(transport=AppTransport(app, portal), base_url="http://x") as client:
        yield client


@pytest.fixture
def db_url(tmp_path: Path, sqlite_template: Path) -> str:
    """These are about HTTP alone: one database is enough."""
    target = tmp_path / "mazhi.db"
    target.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{target}"


@pytest.mark.parametrize(("cls", "status"), problems.STATUS.items())
def test_every_class_of_error_has_its_status_and_the_whole_shape(
    rough: httpx.Client, cls: type[PlatformError], status: int
) -> None:
    answer = rough.get(f"/trial/raise/{cls.__name__}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "zh"
    body = answer.json()
    assert body == {
        "type": "urn:mazhi:problem:no_right",
        "title": texts.message(f"status_{status}", "zh", {}),
        "status": status,
        "code": "no_right",
        "detail": "没有权限：X。",
        "advice": "请向管理员申请这项权限。",
        "params": {"right": "X"},
        "errors": [
            {
                "pointer": "/place",
                "item": "WH9",
                "code": "unknown_place",
                "message": texts.message("unknown_place", "zh", {"item": "WH9"}),
                "advice": texts.advice("unknown_place", "zh", {}),
                "params": {"by": 1},
            }
        ],
    }
    assert "WH9" in body["errors"][0]["message"]


def test_every_class_of_the_tree_has_a_status() -> None:
    assert set(PlatformError.__subclasses__()) == set(problems.STATUS)

    class FinerError(errors.ConflictError):
        pass

    assert problems.status_of(FinerError("x")) == 409
    assert problems.status_of(PlatformError("x")) == 400


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.5, zh;q=0.4", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr", "zh"),
        ("en;q=0", "zh"),
        ("en;q=high", "zh"),
        (";;,,=", "zh"),
    ],
)
def test_problems_speak_the_readers_language(rough: httpx.Client, asked: str, given: str) -> None:
    answer = rough.get("/trial/raise/ForbiddenError", headers={"accept-language": asked})
    assert answer.headers["content-language"] == given
    assert answer.json()["detail"] == {"zh": "没有权限：X。", "en": "The right is missing: X."}[given]


def test_a_bug_is_logged_whole_and_told_to_nobody(rough: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "mazhi.web"):
        answer = rough.get("/trial/raise/bug")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "the secret of the house" in caplog.text
    assert "GET /trial/raise/bug" in caplog.text


def test_a_value_that_no_database_holds_is_the_clients_fault(rough: httpx.Client) -> None:
    answer = rough.get("/trial/raise/overflow")
    assert (answer.status_code, answer.json()["code"]) == (422, "value_not_storable")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, [("/code", "field_missing")]),
        ({"code": "A", "x": 1}, [("/x", "field_unknown")]),
        ({"code": "ABCDEF"}, [("/code", "field_too_long")]),
        ({"code": "a"}, [("/code", "field_wrong_form")]),
        ({"code": 7}, [("/code", "field_wrong_type")]),
        ({"code": "A", "segments": [{}] * 4}, [("/segments", "field_too_long")]),
        ({"code": "A", "segments": [{}]}, [("/segments/0", "field_missing")]),
        ({"code": "A", "segments": [{"kind": "nix"}]}, [("/segments/0", "field_not_one_of")]),
        ({"code": "A", "segments": [{"kind": "constant"}]}, [("/segments/0/value", "field_missing")]),
        (
            {"code": "A", "segments": [{"kind": "constant", "value": "x"}, {"kind": "counter", "width": 0}]},
            [("/segments/0/value", "field_too_short"), ("/segments/1/width", "field_too_small")],
        ),
        (
            {"code": "A", "segments": [{"kind": "counter", "width": 99, "constant": 1}]},
            [("/segments/0/width", "field_too_large"), ("/segments/0/constant", "field_unknown")],
        ),
        ({"code": "A", "odd": {"a/b~c": "x"}}, [("/odd/a~1b~0c", "field_wrong_type")]),
        ([], [("", "field_wrong_type")]),
        ("x", [("", "field_wrong_type")]),
        (None, [("", "field_wrong_type")]),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_wrong_field_is_named_by_pointer_and_code(
    rough: httpx.Client, body: object, faults: list[tuple[str, str]], lang: str
) -> None:
    answer = rough.post(
        "/trial/rules", content=json.dumps(body), headers={"content-type": "application/json", "accept-language": lang}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    found = answer.json()["errors"]
    assert [(error["pointer"], error["code"]) for error in found] == faults
    for error in found:
        assert "{" not in error["message"] + error["advice"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"code":', b"\xff\xfe", b"nul\x00"])
def test_a_body_that_is_no_json_is_refused(rough: httpx.Client, content: bytes) -> None:
    answer = rough.post("/trial/rules", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"invalid_input", "body_not_readable"}


def test_a_body_without_a_type_is_refused(rough: httpx.Client) -> None:
    assert rough.post("/trial/rules", content=b'{"code":"A"}').status_code == 422


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_parameter_is_named(client: httpx.Client, lang: str) -> None:
    answer = client.get("/api/v1/users", params={"limit": "many"}, headers={"accept-language": lang})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/query/limit", "field_wrong_type")
    assert "limit" in error["message"]


def test_what_the_framework_refuses_is_a_problem_too(client: httpx.Client) -> None:
    missing = client.get("/api/v1/nothing")
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_page")
    wrong = client.put("/api/v1/me")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["allow"]
