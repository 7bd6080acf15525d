"""Browser (浏览器打印): the job becomes a PDF, which a person fetches and prints."""

from __future__ import annotations

from mazhi.engines.labels.printers.driver import Driver, Session, Setup
from mazhi.kernel.errors import ProgrammingError


def _open(_setup: Setup) -> Session:
    raise ProgrammingError("a browser is no printer to be connected to")


KIND = Driver(
    name="browser",
    zh="浏览器打印 (PDF)",
    en="Browser (PDF)",
    languages=("pdf",),
    options=(),
    open=_open,
    by_hand=True,
)
