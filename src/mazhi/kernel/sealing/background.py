"""The thread that seals: it looks twice a second, which costs one look-up, and seals what it finds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

LOOK_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
_log = logging.getLogger("mazhi.sealing")


class SealingThread:
    """Calls a step again and again until it is stopped."""

    def __init__(self, step: Callable[[], object]) -> None:
        self._step = step
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start; started twice is once."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._work, name="sealing", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        pause = LOOK_SECONDS
        while not self._stop.wait(pause):
            try:
                self._step()
                pause = LOOK_SECONDS
            except Exception:  # noqa: BLE001 - the edge of a thread: the database may be away for a while
                _log.exception("sealing")
                pause = TROUBLE_SECONDS
