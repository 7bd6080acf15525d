"""Answering together what is asked at the same moment.

Whoever comes while others are being answered waits for them, and is answered with all who came meanwhile. Fifty
people who scan into one step would otherwise queue for its counter one by one, each with a commit of their own, and
PostgreSQL lets them in in no particular order. A turn costs about the same for one and for fifty.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from mazhi.kernel.errors import PlatformError

Key = TypeVar("Key", bound=Hashable)
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MOST = 64
"""So many are answered together at the most, so that the first of them does not wait for the last for ever."""


@dataclass(slots=True, eq=False)
class _Turn(Generic[Asked, Answer]):
    """Somebody who asks; ``woken`` when there is an answer, or when it is their turn to work for all who wait."""

    asked: Asked
    woken: threading.Event = field(default_factory=threading.Event)
    settled: bool = False
    answer: Answer | None = None
    error: BaseException | None = None

    def settle(self, answer: Answer | None, error: BaseException | None) -> None:
        self.answer, self.error, self.settled = answer, error, True


class Together(Generic[Key, Asked, Answer]):
    """The queues of one process, one for each key."""

    def __init__(self, work: Callable[[Key, Sequence[Asked]], Sequence[Answer | PlatformError]]) -> None:
        """Take what answers a group, all or none of it; what it refuses to one is that one's answer alone."""
        self._work = work
        self._lock = threading.Lock()
        self._queues: dict[Key, deque[_Turn[Asked, Answer]]] = {}

    def ask(self, key: Key, asked: Asked) -> Answer:
        """Return the answer, in the order of asking; raise what was refused."""
        turn: _Turn[Asked, Answer] = _Turn(asked)
        with self._lock:
            queue = self._queues.get(key)
            if queue is None:
                self._queues[key] = deque()
            else:
                queue.append(turn)
        if queue is not None:
            turn.woken.wait()
        if not turn.settled:
            self._lead(key, turn)
        if turn.error is not None:
            raise turn.error
        return cast("Answer", turn.answer)

    def _lead(self, key: Key, first: _Turn[Asked, Answer]) -> None:
        """Answer all who wait, with one's own thread, and leave the rest to the first who came since."""
        with self._lock:
            queue = self._queues[key]
            group = [first, *(queue.popleft() for _ in range(min(len(queue), MOST - 1)))]
        try:
            self._settle(key, group)
        finally:
            with self._lock:
                following = [queue.popleft()] if queue else []
                if not following:
                    del self._queues[key]
            for turn in (*group[1:], *following):
                turn.woken.set()

    def _settle(self, key: Key, group: Sequence[_Turn[Asked, Answer]]) -> None:
        try:
            answers = self._work(key, [one.asked for one in group])
        except BaseException as error:  # noqa: BLE001 - whoever waits must learn of it, whatever it is
            if len(group) == 1 or not isinstance(error, Exception):
                for turn in group:
                    turn.settle(None, error)
                return
            # One of them may have brought it upon all: nothing of the group was kept, so each is tried alone.
            for turn in group:
                self._settle(key, [turn])
            return
        for turn, answer in zip(group, answers, strict=True):
            if isinstance(answer, PlatformError):
                turn.settle(None, answer)
            else:
                turn.settle(answer, None)
