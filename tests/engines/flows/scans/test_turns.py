"""Whoever asks at the same moment is answered together: in order, each for themselves, nobody for another's fault."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from mazhi.engines.flows.scans.together import MOST, Together
from mazhi.kernel.errors import ConflictError, PlatformError

REFUSED, FATAL = 7, MOST + 9
FIRST = 1_000


class Desk:
    """Answers numbers by their doubles; the first group is held until so many others wait."""

    def __init__(self, waiting: int) -> None:
        self.groups: list[list[int]] = []
        self._waiting = waiting
        self._together: Together[str, int, int] = Together(self._work)

    def _work(self, key: str, asked: Sequence[int]) -> list[int | PlatformError]:
        self.groups.append([*asked])
        while asked[0] == FIRST and len(self._together._queues[key]) < self._waiting:
            pass
        if FATAL in asked:
            raise ZeroDivisionError
        return [ConflictError("task_closed", item="x", state="done") if one == REFUSED else 2 * one for one in asked]

    def ask_all(self) -> list[Future[int]]:
        """Let somebody be first, and then the others come one after another."""
        with ThreadPoolExecutor(self._waiting + 1) as pool:
            said = [pool.submit(self._together.ask, "a", FIRST)]
            while not self.groups:
                pass
            for one in range(self._waiting):
                said.append(pool.submit(self._together.ask, "a", one))
                while len(self._together._queues.get("a", ())) == one and len(self.groups) == 1:
                    pass
        assert not self._together._queues
        return said


def test_who_waits_is_answered_with_the_others_in_the_order_of_asking() -> None:
    desk = Desk(MOST + 6)
    said = desk.ask_all()
    assert desk.groups == [[FIRST], [*range(MOST)], [*range(MOST, MOST + 6)]]
    answers = [one.result() for one in said if one.exception() is None]
    assert answers == [2 * one for one in (FIRST, *range(MOST + 6)) if one != REFUSED]


def test_what_is_refused_to_one_is_refused_to_no_other_and_a_fault_is_that_ones_alone() -> None:
    desk = Desk(2 * MOST)
    said = desk.ask_all()
    wrong = {place - 1: one.exception() for place, one in enumerate(said) if one.exception() is not None}
    assert {place: type(error) for place, error in wrong.items()} == {REFUSED: ConflictError, FATAL: ZeroDivisionError}
    assert [one.result() for place, one in enumerate(said[1:]) if place not in wrong] == [
        2 * one for one in range(2 * MOST) if one not in wrong
    ]
    # The group that failed was tried again, each alone; the one before was not touched by it.
    assert desk.groups[1:3] == [[*range(MOST)], [*range(MOST, 2 * MOST)]]
    assert desk.groups[3:] == [[one] for one in range(MOST, 2 * MOST)]


def test_who_asks_alone_is_answered_at_once_and_told_their_own_fault() -> None:
    together: Together[str, int, int] = Together(lambda key, asked: [one // len(key) for one in asked])
    assert together.ask("aa", 8) == 4
    with pytest.raises(ZeroDivisionError):
        together.ask("", 8)
    assert not together._queues
