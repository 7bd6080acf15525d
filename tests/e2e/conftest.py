"""A real server over a fresh SQLite file, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.postgres import free_port

PASSWORD = "first-day-2026"
expect.set_options(timeout=30_000)  # machines that test are busy; five seconds, the default, are soon over
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
MAZHI = Path(sys.executable).with_name("mazhi")
SHOTS = Path(os.environ.get("MAZHI_SHOTS", ""))
"""Where screenshots go; nowhere unless the environment names a folder."""


@dataclass(frozen=True)
class Server:
    """A running server and an administrator's way in."""

    url: str
    api: httpx.Client


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start ``mazhi serve`` on a free port over an empty folder."""
    with serve(tmp_path_factory.mktemp("server")) as running:
        yield running


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a command whose data lies in a folder."""
    env = {**os.environ, "MAZHI_DATA": str(folder), "MAZHI_ADMIN_PASSWORD": PASSWORD}
    env.pop("MAZHI_DATABASE_URL", None)
    return env


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Start ``mazhi serve`` on a free port over a folder, and end it."""
    port = free_port()
    process = subprocess.Popen(
        [MAZHI, "serve", "--port", str(port)], env=environment(folder), stdout=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=f"{url}/api/v1", timeout=60) as api:
            answer = api.post("/login", json={"username": "admin", "password": PASSWORD}).raise_for_status()
            api.headers["authorization"] = f"Bearer {answer.json()['token']}"
            yield Server(url, api)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start within two minutes")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium is not None, "no Chromium on this machine; on Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """Open a page, once at a desk and once on a phone; anything red in the console is a failure."""
    width = request.param
    context = browser.new_context(
        base_url=server.url, locale="zh-CN", viewport={"width": width, "height": 900 if width > 400 else 844}
    )
    context.set_default_timeout(30_000)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda sent: errors.append(sent.url) if not sent.url.startswith((server.url, "blob:", "data:")) else None,
    )
    yield page
    context.close()
    assert errors == []


def sign_in(page: Page) -> None:
    """Sign in as the administrator."""
    page.goto("/")
    page.get_by_label("账号").fill("admin")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="首页").first.wait_for()


def shoot(page: Page, name: str) -> None:
    """Keep a screenshot, where one is wanted."""
    if str(SHOTS) != ".":
        SHOTS.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size
        assert size is not None
        page.screenshot(path=SHOTS / f"{name}-{size['width']}.png")
