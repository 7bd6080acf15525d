"""The threads that do jobs: woken by this process's own enqueues, else looking once a second."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

IDLE_SECONDS = 1.0
FIRST_LOOK = 0.005
SWEEP_SECONDS = 3600.0
_log = logging.getLogger("mazhi.jobs")


class Workers:
    """A few threads for jobs and one for leases and tidying up."""

    def __init__(
        self,
        run_one: Callable[[], bool],
        beat_leases: Callable[[], None],
        sweep: Callable[[], None],
        *,
        beat: float,
    ) -> None:
        self._run_one = run_one
        self._beat_leases = beat_leases
        self._sweep = sweep
        self._beat = beat
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._woken = 0
        self._threads: list[threading.Thread] = []

    def start(self, count: int) -> None:
        """Start ``count`` job threads."""
        targets = [self._work] * count + [self._tend]
        for number, target in enumerate(targets):
            thread = threading.Thread(target=target, name=f"jobs-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def wake(self) -> None:
        """Tell the threads that something was enqueued; its transaction need not have committed yet."""
        with self._changed:
            self._woken += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End all threads and wait for them."""
        self._stop.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        pause = IDLE_SECONDS
        seen = 0
        while not self._stop.is_set():
            if self._guarded(self._run_one):
                pause = IDLE_SECONDS
                continue
            with self._changed:
                if self._woken == seen:
                    self._changed.wait(pause)
                # Woken by an enqueue whose transaction commits in a moment: look soon, then less often.
                pause = FIRST_LOOK if self._woken != seen else min(IDLE_SECONDS, pause * 2)
                seen = self._woken

    def _tend(self) -> None:
        swept = time.monotonic() - SWEEP_SECONDS
        while not self._stop.wait(self._beat):
            self._guarded(self._beat_leases)
            if time.monotonic() - swept > SWEEP_SECONDS:
                swept = time.monotonic()
                self._guarded(self._sweep)

    def _guarded(self, step: Callable[[], bool | None]) -> bool:
        try:
            return bool(step())
        except Exception:  # noqa: BLE001 - the edge of a thread: the database may be away for a while
            _log.exception("job worker")
            self._stop.wait(IDLE_SECONDS)
            return False
