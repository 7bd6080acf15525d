from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from mazhi.bootstrap import Settings
from mazhi.web import edge


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/v1/me", "/api/v1/nothing", "/openapi.json", "/assets/main-1a2b.js"]
)
def test_every_answer_carries_the_strict_headers(anonymous: httpx.Client, path: str) -> None:
    headers = anonymous.get(path, headers={"accept": "text/html"}).headers
    policy = headers["content-security-policy"]
    for demand in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert demand in policy
    assert "http" not in policy
    assert "'unsafe-eval'" not in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert len(headers.get_list("cache-control")) == 1


def test_only_hosts_that_an_administrator_named_may_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAZHI_SHOWN_HOSTS", "https://board.example.com, http://10.0.0.5:8080")
    policy = edge.content_security(Settings.from_environment().shown_hosts)
    assert "frame-src 'self' https://board.example.com http://10.0.0.5:8080;" in policy
    assert "connect-src 'self';" in policy
    monkeypatch.setenv("MAZHI_SHOWN_HOSTS", "https://board.example.com;script-src *")
    with pytest.raises(ValueError, match="MAZHI_SHOWN_HOSTS"):
        Settings.from_environment()


def test_answers_of_the_interface_are_never_cached(client: httpx.Client) -> None:
    assert client.get("/api/v1/me").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "content",
    [b'{"username":"a\\u0000b","password":"x"}', b'{"a\\u0000":1}', b'{"username":"\\\\\\u0000","password":"x"}'],
)
def test_a_nul_character_in_a_body_is_refused(anonymous: httpx.Client, content: bytes) -> None:
    answer = anonymous.post("/api/v1/login", content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "nul_character")


def test_a_backslash_before_a_u_is_no_nul_character(anonymous: httpx.Client) -> None:
    answer = anonymous.post(
        "/api/v1/login",
        content=b'{"username":"\\\\u0000","password":"x"}',
        headers={"content-type": "application/json"},
    )
    assert answer.json()["code"] == "wrong_credentials"


@pytest.mark.parametrize("path", ["/api/v1/users?after=a%00b", "/api/v1/users/a%00b"])
def test_a_nul_character_in_an_address_is_refused(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "nul_character")


def test_a_body_that_says_it_is_too_large_is_not_read(anonymous: httpx.Client) -> None:
    answer = anonymous.post(
        "/api/v1/login",
        content=b"{}",
        headers={"content-type": "application/json", "content-length": str(edge.JSON_LIMIT + 1)},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.json()["params"] == {"megabytes": 16}


def test_a_body_that_turns_out_too_large_is_refused(anonymous: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "JSON_LIMIT", 1000)

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 100

    answer = anonymous.post("/api/v1/login", content=pieces(), headers={"content-type": "application/json"})
    assert "content-length" not in answer.request.headers
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_large_body_below_the_limit_arrives_whole(client: httpx.Client) -> None:
    answer = client.post("/api/v1/users", json={"username": "li", "name": "x" * 10**6})
    assert [error["code"] for error in answer.json()["errors"]] == ["field_too_long"]


def test_an_upload_is_counted_while_it_comes_in(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "UPLOAD_LIMIT", 1000)
    answer = client.post("/api/v1/login", files={"file": b"x" * 5000})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_strange_length_is_refused(anonymous: httpx.Client) -> None:
    answer = anonymous.post(
        "/api/v1/login", content=b"{}", headers={"content-type": "application/json", "content-length": "-1"}
    )
    assert answer.status_code == 413


def post(client: httpx.Client, content: bytes) -> tuple[int, str]:
    answer = client.post("/api/v1/login", content=content, headers={"content-type": "application/json"})
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("text", [b'""', b'"[{"', b'"\\"]"'])
def test_a_body_that_is_too_deep_is_refused_whatever_its_texts_hold(anonymous: httpx.Client, text: bytes) -> None:
    for deep in (edge.DEEPEST + 1, 900, 200_000):
        assert post(anonymous, b"[" * deep + text + b"]" * deep) == (422, "body_too_deep")
        objects = b'{"a":' * (deep // 2) + b"[" * deep + text + b"]" * deep + b"}" * (deep // 2)
        assert post(anonymous, objects) == (422, "body_too_deep")
    assert post(anonymous, b"[" * edge.DEEPEST + text + b"]" * edge.DEEPEST) == (422, "invalid_input")
    wide = b"[" + b",".join([b'{"a": [' + text + b"]}"] * 10_000) + b"]"
    assert post(anonymous, wide) == (422, "invalid_input"), "many beside one another are not deep"


def test_half_a_pair_of_signs_cannot_be_stored_and_is_said_so(client: httpx.Client) -> None:
    client.post("/api/v1/apps", json={"code": "wms", "name": "仓储"})
    path, headers = "/api/v1/apps/wms/forms", {"content-type": "application/json"}
    body = b'{"code": "f", "name": "f", "fields": [{"\\ud800": 1}]}'
    answer = client.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "value_not_storable")
