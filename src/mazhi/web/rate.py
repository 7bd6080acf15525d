"""How often one caller may ask, for routes whose work costs more than it looks."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Hashable

from mazhi.kernel.errors import TooManyError

MOST_CALLERS = 10_000
"""So many are remembered; beyond it those who have asked least lately are forgotten."""


class Rate:
    """So many questions a second for each caller, and some at once; counted by this process alone."""

    def __init__(self, a_second: float, at_once: int, now: Callable[[], float] = time.monotonic) -> None:
        self._a_second = a_second
        self._at_once = float(at_once)
        self._now = now
        self._left: dict[Hashable, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def ask(self, caller: Hashable) -> None:
        """Count one question.

        Raises:
            TooManyError: The caller asked too often; ``seconds`` says how long to wait (``asked_too_often``).
        """
        with self._lock:
            now = self._now()
            left, since = self._left.pop(caller, (self._at_once, now))
            left = min(self._at_once, left + (now - since) * self._a_second)
            enough = left >= 1
            self._left[caller] = (left - 1 if enough else left, now)
            if len(self._left) > MOST_CALLERS:
                del self._left[next(iter(self._left))]
        if not enough:
            raise TooManyError("asked_too_often", seconds=math.ceil((1 - left) / self._a_second))
