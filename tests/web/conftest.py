"""Clients of the application over a real database of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

from mazhi.bootstrap import Settings, System, build
from mazhi.web.app import create_app
from tests.web.asgi import AppTransport, running

Connect = Callable[[str | None], httpx.Client]


@pytest.fixture
def system(db_url: str, tmp_path: Path) -> Iterator[System]:
    """Give a whole system over an empty database."""
    built = build(Settings(database_url=db_url, data=tmp_path / "data"))
    yield built
    built.db.close()


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small front end."""
    return furnish(tmp_path_factory.mktemp("web") / "static")


def furnish(folder: Path) -> Path:
    """Write a small front end into a new folder."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>码志</title>" + "<p>字</p>" * 200, "utf-8")
    (folder / "assets" / "main-1a2b.js").write_text("export const answer = 42;\n" * 100, "utf-8")
    return folder


_made: list[FastAPI] = []


@pytest.fixture
def app(system: System, static: Path) -> FastAPI:
    """Give the application; its hundreds of routes are made once, each test puts a system of its own behind them."""
    if not _made:
        _made.append(create_app(system, static=static))
    (made,) = _made
    made.state.system = system
    return made


@pytest.fixture
def portal(app: FastAPI) -> Iterator[BlockingPortal]:
    """Run the application."""
    with running(app) as portal:
        yield portal


@pytest.fixture
def connect(app: FastAPI, portal: BlockingPortal) -> Iterator[Connect]:
    """Make clients with the token given, or without one."""
    with ExitStack() as stack:

        def make(token: str | None) -> httpx.Client:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            client = httpx.Client(
                transport=AppTransport(app, portal), base_url="http://127.0.0.1", headers=headers, timeout=60
            )
            return stack.enter_context(client)

        yield make


@pytest.fixture
def as_role(connect: Connect, system: System) -> Callable[[str], httpx.Client]:
    """Make clients signed in as a new user of a role (admin, keeper, line, service, quality, viewer)."""
    return lambda role: connect(system.access.open_for(f"a-{role}", role=role))


@pytest.fixture
def client(as_role: Callable[[str], httpx.Client]) -> httpx.Client:
    """Give a client signed in as an administrator."""
    return as_role("admin")


@pytest.fixture
def anonymous(connect: Connect) -> httpx.Client:
    """Give a client that nobody signed in."""
    return connect(None)
