"""``mazhi serve``: the server."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec

from mazhi.bootstrap import Settings, build
from mazhi.commands import Command

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_ONE_WRITER = """\
mazhi serve: SQLite 只能由一个进程写入，--workers 大于 1 需要 PostgreSQL（MAZHI_DATABASE_URL）。
mazhi serve: SQLite has one writing process; --workers above 1 needs PostgreSQL (MAZHI_DATABASE_URL)."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments; what is missing comes from the environment."""
    parser.add_argument("--host", help=f"address to listen on (MAZHI_HOST, default {DEFAULT_HOST})")
    parser.add_argument("--port", type=port, help=f"port to listen on (MAZHI_PORT, default {DEFAULT_PORT})")
    parser.add_argument("--workers", type=workers, default=1, help="processes; more than one needs PostgreSQL")


def port(text: str) -> int:
    """Read a port.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def workers(text: str) -> int:
    """Read a number of processes.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes (1 to 256)")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Bring the tables up to date, make the administrator, and serve until told to stop."""
    settings = Settings.from_environment()
    host = arguments.host or os.environ.get("MAZHI_HOST") or DEFAULT_HOST
    try:
        at = arguments.port if arguments.port is not None else port(os.environ.get("MAZHI_PORT") or str(DEFAULT_PORT))
    except argparse.ArgumentTypeError as error:
        print(f"mazhi serve: MAZHI_PORT: {error}", file=sys.stderr)
        return 2
    if arguments.workers > 1 and not settings.database_url.startswith("postgres"):
        print(_ONE_WRITER, file=sys.stderr)
        return 2
    system = build(settings)
    try:
        password = system.access.sign_in.ensure_administrator(settings.admin_password)
    finally:
        system.db.close()
    if password is not None:
        print(f"首次启动：账号 admin，初始密码 {password}（只显示这一次，登录后须修改）")
        print(f"First start: user admin, initial password {password} (shown only now; to be changed after signing in)")
    print(f"码志 http://{f'[{host}]' if ':' in host else host}:{at}", flush=True)
    _serve(host, at, arguments.workers)
    return 0


def _serve(host: str, at: int, processes: int) -> None:
    import uvicorn

    uvicorn.run(
        "mazhi.web.app:from_environment",
        factory=True,
        host=host,
        port=at,
        workers=processes,
        loop="uvloop" if find_spec("uvloop") else "asyncio",
        http="httptools",
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=20,
        timeout_worker_healthcheck=60,  # a process that a busy machine is slow to start is no dead one
    )


KIND = Command("serve", "start the server", configure, run)
