from __future__ import annotations

import os
import pkgutil
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from mazhi import cli, commands
from mazhi.bootstrap import Settings, build
from mazhi.commands import serve, user
from tests.postgres import free_port


@pytest.fixture(autouse=True)
def environment(db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAZHI_DATABASE_URL", db_url)
    monkeypatch.setenv("MAZHI_DATA", str(tmp_path / "data"))
    for name in ("MAZHI_HOST", "MAZHI_PORT", "MAZHI_ADMIN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def sign_in(username: str, password: str) -> bool:
    system = build(Settings.from_environment())
    try:
        return bool(system.access.sign_in.sign_in(username, password)[1].must_change)
    finally:
        system.db.close()


def test_every_command_is_a_module_and_helps(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    for found in pkgutil.iter_modules(commands.__path__):
        assert found.name in shown
        with pytest.raises(SystemExit) as left:
            cli.main([found.name, "--help"])
        assert left.value.code == 0
        capsys.readouterr()


@pytest.mark.parametrize("arguments", [[], ["fly"], ["serve", "--port", "x"], ["serve", "--workers", "0"], ["user"]])
def test_a_wrong_call_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2


@pytest.mark.parametrize("text", ["-1", "65536", "", "8o", "１２"])
def test_what_is_no_port_is_refused(text: str) -> None:
    if text == "１２":  # full-width digits are digits
        assert serve.port(text) == 12
        return
    with pytest.raises(serve.argparse.ArgumentTypeError):
        serve.port(text)


def test_a_user_is_added_with_a_password_made_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["user", "add", "Li", "--role", "keeper", "--role", "quality", "--name", "李"]) == 0
    shown = capsys.readouterr().out
    assert "li（keeper, quality）" in shown
    password = shown.split("初始密码 ")[1].split("（")[0]
    assert sign_in("li", password)


def test_a_user_is_added_with_the_password_typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(user.getpass, "getpass", lambda _: "correct horse")
    assert cli.main(["user", "add", "li", "--role", "keeper"]) == 0
    assert "密码" not in capsys.readouterr().out
    assert not sign_in("li", "correct horse")
    monkeypatch.setattr(user.getpass, "getpass", lambda _: "another horse")
    assert cli.main(["user", "password", "li"]) == 0
    assert not sign_in("li", "another horse")


def test_two_different_passwords_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["correct horse", "wrong horse"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(user.getpass, "getpass", lambda _: next(typed))
    with pytest.raises(SystemExit, match="不一致"):
        cli.main(["user", "add", "li", "--role", "keeper"])


def test_what_is_refused_is_explained_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["user", "add", "li", "--role", "nix"]) == 2
    assert "没有角色“nix”。 (unknown_role)" in capsys.readouterr().err
    assert cli.main(["user", "password", "nobody"]) == 2
    assert "(unknown_user)" in capsys.readouterr().err


def test_sqlite_refuses_several_workers(
    db_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[str, int, int]] = []
    monkeypatch.setattr(serve, "_serve", lambda *arguments: served.append(arguments))
    code = cli.main(["serve", "--workers", "2", "--port", "0"])
    if db_url.startswith("sqlite"):
        assert (code, served) == (2, [])
        assert "PostgreSQL" in capsys.readouterr().err
    else:
        assert (code, served) == (0, [("127.0.0.1", 0, 2)])


def test_the_first_start_shows_the_password_and_the_second_does_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[str, int, int]] = []
    monkeypatch.setattr(serve, "_serve", lambda *arguments: served.append(arguments))
    monkeypatch.setenv("MAZHI_HOST", "::1")
    monkeypatch.setenv("MAZHI_PORT", "8123")
    assert cli.main(["serve"]) == 0
    shown = capsys.readouterr().out
    assert sign_in("admin", shown.split("初始密码 ")[1].split("（")[0])
    assert "http://[::1]:8123" in shown
    assert cli.main(["serve", "--host", "127.0.0.1", "--port", "0"]) == 0
    assert "密码" not in capsys.readouterr().out
    assert served == [("::1", 8123, 1), ("127.0.0.1", 0, 1)]


def test_a_given_password_is_taken_and_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_serve", lambda *_: None)
    monkeypatch.setenv("MAZHI_ADMIN_PASSWORD", "correct horse")
    assert cli.main(["serve"]) == 0
    assert "horse" not in capsys.readouterr().out
    assert not sign_in("admin", "correct horse")


def test_a_port_of_the_environment_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAZHI_PORT", "web")
    assert cli.main(["serve"]) == 2
    assert "MAZHI_PORT" in capsys.readouterr().err


@pytest.mark.slow
def test_the_server_serves_until_it_is_told_to_stop(db_url: str, tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "MAZHI_ADMIN_PASSWORD": "correct horse", "MAZHI_PORT": str(port)}
    workers = "1" if db_url.startswith("sqlite") else "2"
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from mazhi.cli import main; raise SystemExit(main())",
                "serve",
                "--workers",
                workers,
            ],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 120
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
            while True:
                try:
                    assert client.get("/healthz").json() == {"status": "ok"}
                    break
                except httpx.TransportError:
                    assert process.poll() is None, (tmp_path / "log").read_text("utf-8")
                    assert time.monotonic() < deadline, (tmp_path / "log").read_text("utf-8")
                    select.select([], [], [], 0.1)  # leaves the processor to what is being waited for
            body = {"username": "admin", "password": "correct horse"}
            token = client.post("/api/v1/login", json=body).json()["token"]
            for _ in range(8):  # a session opened by one worker is known to the others
                answer = client.get("/api/v1/me", headers={"authorization": f"Bearer {token}", "connection": "close"})
                assert answer.json()["username"] == "admin"
                assert "server" not in answer.headers
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()
            process.wait()
    assert process.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")
