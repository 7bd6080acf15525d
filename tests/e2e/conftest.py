"""A real server over a fresh SQLite file, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.postgres import free_port

PASSWORD = "first-day-2026"
PATIENCE = 60_000
"""Milliseconds: machines that test are busy; five seconds, what is usual, are soon over."""
expect.set_options(timeout=PATIENCE)
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


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, once for all."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found is not None, "no Chromium on this machine; on Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """Give Chromium, and close the windows that are left open: each is a profile of its own."""
    yield chromium
    for context in chromium.contexts:
        context.close()


_windows: list[BrowserContext] = []


def window(browser: Browser, server: Server | None, width: int = 1440, **more: Any) -> BrowserContext:
    """Open a window as wide as that of a desk or of a phone.

    Nothing moves in it: what is pressed while it still comes in is pressed beside.
    """
    context = browser.new_context(
        base_url=server.url if server is not None else None, locale="zh-CN", reduced_motion="reduce",
        viewport={"width": width, "height": 900 if width > 400 else 844}, **more,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    _windows.append(context)
    return context


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say of a failure what stood on the pages that were open."""
    report = yield
    if call.when == "call":
        for page in [page for context in _windows for page in context.pages] if report.failed else []:
            try:
                report.sections.append((page.url, page.locator("body").inner_text(timeout=5_000)[:2_000]))
            except Error as error:
                report.sections.append((page.url, error.message))
        _windows.clear()
    return report


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """Open a page, once at a desk and once on a phone; anything red in the console is a failure."""
    context = window(browser, server, request.param)
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


def sign_in(page: Page, username: str = "admin") -> None:
    """Sign in, as the administrator unless somebody is named."""
    page.goto("/")
    page.get_by_label("账号").fill(username)
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


@pytest.fixture
def opened(browser: Browser, server: Server) -> Iterator[Callable[[str, int], Page]]:
    """Sign people in, each in a window of their own; anything red in the console is a failure."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def signed_in(user: str, width: int) -> Page:
        context = window(browser, server, width)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/")
        page.get_by_label("账号").fill(user)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.get_by_role("link", name="首页").first.wait_for()
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert errors == []
