from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from mazhi.bootstrap import System
from mazhi.web.answers import answer
from mazhi.web.app import create_app
from mazhi.web.dependencies import ActorDep
from tests.web.asgi import running

trial = APIRouter()


@trial.get("/trial/actor")
def actor(actor: ActorDep) -> dict[str, object]:
    return {"name": actor.name, "device": actor.device, "thread": threading.current_thread().name}


@trial.get("/trial/answer", response_model=dict[str, int])
def written(_: ActorDep) -> object:
    return answer({"n": 1}, status=202)


@pytest.fixture
def app(system: System, static: Path) -> FastAPI:
    app = create_app(system, static=static)
    app.include_router(trial)
    return app


def test_a_ready_system_says_so(anonymous: httpx.Client) -> None:
    found = anonymous.get("/healthz")
    assert (found.status_code, found.json()) == (200, {"status": "ok"})
    assert found.headers["cache-control"] == "no-store"


def test_a_device_names_itself_beside_the_user(client: httpx.Client) -> None:
    assert client.get("/trial/actor").json()["device"] == ""
    found = client.get("/trial/actor", headers={"mazhi-device": "PDA-7" * 20}).json()
    assert (found["name"], found["device"]) == ("a-admin", ("PDA-7" * 20)[:64])


def test_routes_run_beside_the_event_loop(client: httpx.Client) -> None:
    assert "worker" in client.get("/trial/actor").json()["thread"].lower()


def test_a_hot_route_writes_its_answer_itself(client: httpx.Client) -> None:
    found = client.get("/trial/answer")
    assert (found.status_code, found.json()) == (202, {"n": 1})


class Recorder:
    """Stands for whatever runs in the background."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def start(self) -> None:
        self.calls.append("start")

    def stop(self) -> None:
        self.calls.append("stop")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    background = Recorder()
    monkeypatch.setattr(System, "_background", lambda _: [background])
    yield background


def test_background_work_starts_and_stops_with_the_application(system: System, recorder: Recorder) -> None:
    with running(create_app(system)):
        assert recorder.calls == ["start"]
    assert recorder.calls == ["start", "stop"]
    with system.db.read() as tx:
        assert tx.scalar("SELECT 1") == 1
