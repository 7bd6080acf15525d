"""Which period a counter is in, as far as the code shows it.

A counter that starts again each day may only do so where the code tells the days apart; else the second day makes
the codes of the first once more. Years of one digit come round after ten years: then the counter goes on where it
stood, so that no code comes twice, and the user is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mazhi.kernel.codes import calendar
from mazhi.kernel.codes.calendar import FIRST_DAY, Reset

SHORTEST_CYCLE = timedelta(days=9 * 365)
"""Periods that look alike must lie this far apart: from single-digit years on."""
CENTURY = 98
"""Two-digit years come round at the edge of the calendar that we look at; nobody needs to be told."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of a reset, told apart by the signs of a rule.

    Attributes:
        labels: The period of each day from 2000 to 2099, under one name with those that look like it.
        cycle_years: After so many years a period looks like an earlier one; None: not in this century.
        apart: The code tells them apart well enough for the counter to start again.
    """

    labels: list[str]
    cycle_years: int | None
    apart: bool

    def label(self, day: date) -> str:
        """Return the name of the period of a day."""
        return self.labels[(day - FIRST_DAY).days]


def _names(reset: Reset) -> Iterator[list[str]]:
    """Give the calendars that may be meant: a year may be that of the weeks, where the code counts in weeks."""
    if reset == "day":
        yield [(FIRST_DAY + timedelta(days=offset)).isoformat() for offset in range(calendar.DAYS)]
    if reset == "week":
        yield [f"{year}-W{week}" for year, week in zip(*map(calendar.column, ("GGGG", "WW")), strict=True)]
    if reset == "month":
        yield [f"{year}-{month}" for year, month in zip(*map(calendar.column, ("YYYY", "MM")), strict=True)]
    if reset == "year":
        yield calendar.column("YYYY")
        yield [f"{year}-W" for year in calendar.column("GGGG")]


@lru_cache(maxsize=64)
def periods(signs: tuple[str, ...], reset: Reset) -> Periods:
    """Work out the periods of a reset for the day signs that a rule shows; ``reset`` is not ``never``."""
    written = calendar.texts(signs) if signs else [""] * calendar.DAYS
    found = [_merged(written, names) for names in _names(reset)]
    return next((entry for entry in found if entry.apart), found[0])


def _merged(written: list[str], names: list[str]) -> Periods:
    """Put the periods that share a text under the name of the first of them."""
    meant = dict(zip(written, names, strict=True))
    if all(map(str.__eq__, map(meant.__getitem__, written), names)):
        return Periods(names, None, apart=True)  # each text has one period: nothing to merge
    first_day: dict[str, int] = {}
    for offset, name in enumerate(names):
        first_day.setdefault(name, offset)
    leader = {name: name for name in first_day}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    owner: dict[str, str] = {}
    for text, name in dict.fromkeys(zip(written, names, strict=True)):
        one, other = find(owner.setdefault(text, name)), find(name)
        if one != other:
            early, late = sorted((one, other), key=first_day.__getitem__)
            leader[late] = early
    gap = _shortest_gap([(find(name), offset) for name, offset in first_day.items()])
    if gap is not None and timedelta(days=gap) < SHORTEST_CYCLE:
        return Periods(names, None, apart=False)
    years = None if gap is None else round(gap / 365.25)
    return Periods([find(name) for name in names], None if years is None or years >= CENTURY else years, apart=True)


def _shortest_gap(groups: list[tuple[str, int]]) -> int | None:
    """Return the fewest days between two periods of one group; the groups come in the order of days."""
    last: dict[str, int] = {}
    shortest: int | None = None
    for leader, offset in groups:
        if leader in last:
            gap = offset - last[leader]
            shortest = gap if shortest is None else min(shortest, gap)
        last[leader] = offset
    return shortest
