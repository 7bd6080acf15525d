from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from mazhi.bootstrap import System
from mazhi.web import front_end
from mazhi.web.app import create_app
from mazhi.web.front_end import FrontEnd
from tests.web.asgi import AppTransport, running
from tests.web.conftest import furnish

PAGE = {"accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def db_url(tmp_path: Path, sqlite_template: Path) -> str:
    """These are about files alone: one database is enough."""
    target = tmp_path / "mazhi.db"
    target.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{target}"


@pytest.fixture
def app(app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """Give the application with files of its own, since the tests change them."""
    monkeypatch.setattr(app.router, "default", FrontEnd(furnish(tmp_path / "static")))
    return app


@pytest.mark.parametrize("path", ["/", "/index.html", "/items/SN.001", "/login?next=/items"])
def test_every_page_of_the_front_end_is_its_index(anonymous: httpx.Client, path: str) -> None:
    answer = anonymous.get(path, headers=PAGE)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<title>码志</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


def test_the_index_is_sent_again_only_when_it_changed(anonymous: httpx.Client, tmp_path: Path) -> None:
    first = anonymous.get("/", headers=PAGE)
    again = anonymous.get("/", headers={**PAGE, "if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    (tmp_path / "static" / "index.html").write_text("new", "utf-8")
    assert anonymous.get("/", headers={**PAGE, "if-none-match": first.headers["etag"]}).text == "new"


def test_assets_are_kept_for_ever_and_come_compressed(anonymous: httpx.Client, tmp_path: Path) -> None:
    answer = anonymous.get("/assets/main-1a2b.js")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == (tmp_path / "static" / "assets" / "main-1a2b.js").read_text("utf-8")
    plain = anonymous.get("/assets/main-1a2b.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_heads_have_no_body(anonymous: httpx.Client) -> None:
    answer = anonymous.head("/", headers=PAGE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == anonymous.get("/", headers=PAGE).headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone.js",
        "/favicon.ico",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets",
        "/api/",
        "/api/v2/x",
    ],
)
def test_what_is_not_there_is_not_found(anonymous: httpx.Client, path: str) -> None:
    answer = anonymous.get(path, headers={"accept": "*/*"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_page")


def test_files_outside_of_the_build_are_out_of_reach(anonymous: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "static" / "link.txt").symlink_to(tmp_path / "secret.txt")
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt", "//secret.txt"):
        assert "secret" not in anonymous.get(path, headers=PAGE).text


def test_files_are_only_read(anonymous: httpx.Client) -> None:
    answer = anonymous.post("/index.html")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_large_file_is_read_from_the_disk(
    anonymous: httpx.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(front_end, "KEEP_UP_TO", 10)
    answer = anonymous.get("/assets/main-1a2b.js")
    assert answer.content == (tmp_path / "static" / "assets" / "main-1a2b.js").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_missing_build_is_explained(system: System, tmp_path: Path) -> None:
    app = create_app(system, static=tmp_path / "nothing")
    with running(app) as portal, httpx.Client(transport=AppTransport(app, portal), base_url="http://x") as client:
        answer = client.get("/", headers=PAGE)
    assert (answer.status_code, answer.json()["code"]) == (404, "front_end_missing")


def test_what_compresses_is_compressed_once(anonymous: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    anonymous.get("/", headers=PAGE)
    monkeypatch.setattr(gzip, "compress", None)
    assert anonymous.get("/", headers=PAGE).status_code == 200
