"""The days of the story: twelve weeks from Monday to Saturday that end yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mazhi.kernel import clock

WORKING_DAYS = 72
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Days:
    """The working days of the story, and its last day, which may be a Sunday."""

    working: tuple[date, ...]
    last: date

    @classmethod
    def until(cls, last: date, count: int = WORKING_DAYS) -> Days:
        """Take the last ``count`` working days up to and with ``last``."""
        found: list[date] = []
        day = last
        while len(found) < count:
            if day.weekday() != SUNDAY:
                found.append(day)
            day -= timedelta(days=1)
        return cls(tuple(reversed(found)), last)

    @property
    def first(self) -> date:
        """The first working day."""
        return self.working[0]

    @property
    def end(self) -> int:
        """When the story stops; nothing happens later."""
        return at(self.last, 20)

    def after(self, day: date) -> date | None:
        """Return the next working day; None where the story has none left."""
        return next((later for later in self.working if later > day), None)


def at(day: date, hour: float) -> int:
    """Return the moment of a day at an hour such as 15.5, in the zone of the house; whole seconds."""
    midnight = datetime.combine(day, time(), clock.DEFAULT_ZONE)
    return clock.to_micros(midnight + timedelta(seconds=round(hour * 3600)))


def day_of(moment: int) -> date:
    """Return the day on which a moment falls."""
    return clock.to_datetime(moment, clock.DEFAULT_ZONE).date()


def later(moment: int, days: float, hour: float) -> int:
    """Return an hour of the day that lies so many days after a moment."""
    return at(day_of(moment) + timedelta(days=round(days)), hour)


def week_of(day: date) -> str:
    """Write the ISO week of a day as ``2642``: year and week."""
    year, week, _ = day.isocalendar()
    return f"{year % 100:02d}{week:02d}"


def short(day: date) -> str:
    """Write a day as ``260908``."""
    return day.strftime("%y%m%d")
