"""The web application: every router of ``web/api``, problems, headers, the front end."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from mazhi import bootstrap
from mazhi.bootstrap import System
from mazhi.web import api, openapi, problems
from mazhi.web.edge import Edge
from mazhi.web.front_end import FrontEnd

TITLE = "码志 Mazhi"
PREFIX = "/api/v1"
STATIC = Path(__file__).with_name("static")


def create_app(system: System, *, static: Path = STATIC, close: bool = False) -> FastAPI:
    """Make the application; it starts and stops the system's background work, and closes it where told to."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        running: System = app.state.system
        await run_in_threadpool(running.start)
        try:
            yield
        finally:
            await run_in_threadpool(running.stop)
            if close:
                await run_in_threadpool(running.db.close)

    app = FastAPI(
        title=TITLE,
        version=version("mazhi"),
        openapi_url="/openapi.json",
        docs_url=None,  # its page loads scripts from outside
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    app.state.system = system
    include_routers(app)
    problems.install(app)
    openapi.install(app)
    # Not mounted at "/": a mount would swallow what should be "method not allowed".
    app.router.default = FrontEnd(static)
    app.add_middleware(Edge, shown=system.settings.shown_hosts)
    return app


def include_routers(app: FastAPI) -> None:
    """Include the ``router`` of every module of ``web/api``: at the site's root if it says ``AT_ROOT``."""
    for found in sorted(pkgutil.iter_modules(api.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{api.__name__}.{found.name}")
        app.include_router(module.router, prefix="" if getattr(module, "AT_ROOT", False) else PREFIX)


def from_environment() -> FastAPI:
    """Make the application as the environment says; each worker of ``mazhi serve`` calls it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return create_app(bootstrap.build(bootstrap.Settings.from_environment()), close=True)
