"""A purse (号袋): what a transaction needs that must be taken before it opens, where nobody knows beforehand how much.

Row ids and serial numbers come from counters with transactions of their own, which must not wait inside another one.
A flow's step may lead to any number of records and postings, so it is tried: what is missing ends the trial, is
fetched, and the work begins again. What is left over at the end is a gap, which is harmless::

    with_purse(lambda purse: ...)          # the work opens its transaction itself and may be called several times
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import gave_way
from mazhi.kernel.errors import ProgrammingError

T = TypeVar("T")
Make = Callable[[int], Sequence[Any]]
Pretend = Callable[[int], Any]
"""Makes the so-manieth stand-in of a trial."""

SPARE = 8
"""So many more are fetched than were missing, so that a chain of steps is not tried once for each."""
MOST_TRIALS = 100
MOST_RIVALS = 10
"""So often work begins again that has given way to other transactions."""
PAUSE = 0.02
"""Up to so many seconds, and as many more each time, it waits before."""
NOWHERE = 1 << 52
"""No counter comes so far; and every client reads a number like this as it is."""


class ShortageError(Exception):
    """The purse does not hold enough; the transaction is given up and begun again with more."""

    def __init__(self, key: Hashable, count: int, make: Make) -> None:
        """``count`` is how many to fetch."""
        super().__init__(key, count)
        self.key = key
        self.count = count
        self.make = make


class Purse:
    """What was fetched so far."""

    def __init__(self) -> None:
        self._held: dict[Hashable, list[Any]] = {}
        self._used: dict[Hashable, int] = {}

    def take(
        self, key: Hashable, count: int, make: Make | Ids, *, spare: int = SPARE, pretend: Pretend | None = None
    ) -> list[Any]:
        """Return ``count`` things of one kind; ``make`` fetches more of them, outside of every transaction.

        Of row ids a block is in memory nearly always: then nothing has to be begun again. ``spare`` more are fetched
        than are missing; 0 for numbers of which a gap would be noticed. ``pretend`` makes what stands in for one in a
        trial, where it is no number.

        Raises:
            ShortageError: There are not enough; let it through.
        """
        del pretend
        held, used = self._held.get(key, []), self._used.get(key, 0)
        missing = count - (len(held) - used)
        ready = make.at_hand(missing) if missing > 0 and isinstance(make, Ids) else None
        if ready is not None:
            held = self._held.setdefault(key, held)
            held.extend(ready)
        elif missing > 0:
            # As much again as was used: many alike in one transaction are not tried once for every few of them.
            more = max(spare, used) if spare else 0
            raise ShortageError(key, missing + more, make.take if isinstance(make, Ids) else make)
        self._used[key] = used + count
        return held[used : used + count]

    def begin(self) -> None:
        """Begin a trial: nothing is used yet."""
        self._used.clear()

    def fill(self, shortage: ShortageError) -> None:
        """Fetch what was missing."""
        self._held.setdefault(shortage.key, []).extend(shortage.make(shortage.count))


class TrialPurse(Purse):
    """A purse for work that is taken back: it takes nothing from anywhere, so that a trial uses nothing up.

    What it gives are numbers that nothing has and nothing will get, or whatever stands in for a thing.
    """

    def take(
        self, key: Hashable, count: int, make: Make | Ids, *, spare: int = SPARE, pretend: Pretend | None = None
    ) -> list[Any]:
        """Return ``count`` stand-ins, each of them once."""
        del make, spare
        used = self._used.get(key, 0)
        self._used[key] = used + count
        places = range(used + 1, used + count + 1)
        return [place + NOWHERE if pretend is None else pretend(place) for place in places]


def with_purse(work: Callable[[Purse], T]) -> T:
    """Do work that opens a transaction, as often as it takes to know what it needs.

    It also begins again where the database has ended the transaction because others waited for it as it waited for
    them: what a chain of steps locks, and in which order, is known by nobody beforehand either.

    Raises:
        ProgrammingError: It never ends to need more.
    """
    purse, rivals = Purse(), 0
    for _ in range(MOST_TRIALS):
        purse.begin()
        try:
            return work(purse)
        except ShortageError as shortage:
            purse.fill(shortage)
        except DBAPIError as error:
            rivals += 1
            if not gave_way(error) or rivals > MOST_RIVALS:
                raise
            # Whoever begins again at the same moment as the other would only meet them again.
            time.sleep(random.uniform(0, PAUSE * rivals))  # noqa: S311 - nothing to be guessed
    raise ProgrammingError("a transaction needs something else each time that it is tried")
