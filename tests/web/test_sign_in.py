from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from mazhi.bootstrap import System
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.users import NewUser
from tests.web.conftest import Connect

PASSWORD = "correct horse"
AsRole = Callable[[str], httpx.Client]


@pytest.fixture(autouse=True)
def li(system: System) -> None:
    system.access.users.create(SYSTEM, NewUser("li", "李", ("keeper",), PASSWORD, must_change=False))


def sign_in(anonymous: httpx.Client, password: str = PASSWORD, **others: object) -> httpx.Response:
    return anonymous.post("/api/v1/login", json={"username": "li", "password": password, **others})


def test_signing_in_gives_a_token_that_opens_the_other_routes(anonymous: httpx.Client, connect: Connect) -> None:
    answer = sign_in(anonymous, remember=True)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["user"]["username"] == "li"
    assert body["user"]["rights"]["operation.receive"] is None
    assert not body["user"]["admin"]
    assert connect(body["token"]).get("/api/v1/me").json() == body["user"]


def test_a_wrong_password_is_refused_without_saying_more(anonymous: httpx.Client) -> None:
    answer = sign_in(anonymous, "wrong")
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert answer.headers["www-authenticate"] == "Bearer"
    other = anonymous.post("/api/v1/login", json={"username": "nobody", "password": "x"})
    assert other.json() == answer.json()


def test_guessing_is_told_when_to_try_again(anonymous: httpx.Client) -> None:
    for _ in range(5):
        assert sign_in(anonymous, "wrong").status_code == 401
    answer = sign_in(anonymous)
    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")
    assert 0 < int(answer.headers["retry-after"]) <= 10


@pytest.mark.parametrize(
    "body",
    [{}, {"username": "li"}, {"username": "", "password": "x"}, {"username": "li", "password": "x", "otp": 1}, []],
)
def test_a_bad_sign_in_is_explained(anonymous: httpx.Client, body: object) -> None:
    answer = anonymous.post("/api/v1/login", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert all(error["message"] for error in answer.json()["errors"])


def test_signing_out_ends_the_session(anonymous: httpx.Client, connect: Connect) -> None:
    client = connect(sign_in(anonymous).json()["token"])
    answer = client.post("/api/v1/logout")
    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get("/api/v1/me").status_code == 401


def test_one_chooses_ones_language(anonymous: httpx.Client, connect: Connect) -> None:
    client = connect(sign_in(anonymous).json()["token"])
    assert client.patch("/api/v1/me", json={"language": "en"}).json()["language"] == "en"
    assert client.patch("/api/v1/me", json={"language": "fr"}).status_code == 422


def test_an_initial_password_must_be_changed_before_anything_else(
    anonymous: httpx.Client, connect: Connect, client: httpx.Client
) -> None:
    made = client.post("/api/v1/users", json={"username": "wang", "roles": ["keeper"]}).json()
    first = anonymous.post("/api/v1/login", json={"username": "wang", "password": made["password"]}).json()
    assert first["user"]["must_change_password"]
    wang = connect(first["token"])
    assert wang.get("/api/v1/me").status_code == 200
    refused = wang.get("/api/v1/departments")
    assert (refused.status_code, refused.json()["code"]) == (403, "password_change_required")
    changed = wang.post("/api/v1/me/password", json={"old_password": made["password"], "new_password": "another horse"})
    assert changed.status_code == 204
    assert wang.get("/api/v1/departments").status_code == 200
    assert not wang.get("/api/v1/me").json()["must_change_password"]


def test_a_bad_new_password_is_explained(anonymous: httpx.Client, connect: Connect) -> None:
    client = connect(sign_in(anonymous).json()["token"])
    for body, pointer in (
        ({"old_password": "wrong", "new_password": "another horse"}, "/old_password"),
        ({"old_password": PASSWORD, "new_password": "short"}, "/new_password"),
        ({"old_password": PASSWORD}, "/new_password"),
    ):
        answer = client.post("/api/v1/me/password", json=body)
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_program_signs_in_with_a_token_of_its_own(anonymous: httpx.Client, connect: Connect) -> None:
    client = connect(sign_in(anonymous).json()["token"])
    made = client.post(
        "/api/v1/tokens",
        json={"name": "ERP", "scopes": ["items.view"], "expires_at": "2099-01-01T00:00:00+08:00"},
    )
    assert made.status_code == 201
    assert made.json()["expires_at"] == "2098-12-31T16:00:00Z"
    program = connect(made.json()["token"])
    assert program.get("/api/v1/me").json()["rights"] == {"items.view": None}
    assert program.post("/api/v1/tokens", json={"name": "second"}).json()["code"] == "session_required"
    assert program.post("/api/v1/logout").json()["code"] == "session_required"
    (listed,) = client.get("/api/v1/tokens").json()["tokens"]
    assert listed["name"] == "ERP"
    assert "token" not in listed
    assert client.delete("/api/v1/tokens/ERP").status_code == 204
    assert program.get("/api/v1/me").status_code == 401
    assert client.delete("/api/v1/tokens/ERP").status_code == 404


def test_a_scope_that_one_lacks_is_refused(anonymous: httpx.Client, connect: Connect) -> None:
    client = connect(sign_in(anonymous).json()["token"])
    answer = client.post("/api/v1/tokens", json={"name": "ERP", "scopes": ["users.manage"]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/scopes/0")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic bGk6eA==", "Bearer nix", "bearer mzs_nix"])
def test_what_is_no_token_signs_nobody_in(anonymous: httpx.Client, header: str) -> None:
    answer = anonymous.get("/api/v1/me", headers={"authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_the_name_of_the_scheme_has_no_case(anonymous: httpx.Client) -> None:
    token = sign_in(anonymous).json()["token"]
    assert anonymous.get("/api/v1/me", headers={"authorization": f"bEARER  {token}"}).status_code == 200


def test_sign_ins_are_on_the_record(anonymous: httpx.Client, client: httpx.Client) -> None:
    sign_in(anonymous, "wrong")
    sign_in(anonymous)
    entries = client.get("/api/v1/audit", params={"subject": "session", "key": "li"}).json()["entries"]
    assert [entry["action"] for entry in entries] == ["sign_in", "sign_in_failed"]
    assert entries[0]["after"]["address"] == "127.0.0.1"
