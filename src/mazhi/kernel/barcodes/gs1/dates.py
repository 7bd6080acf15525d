"""Dates as GS1 writes them: two digits for the year, day 00 for the end of the month."""

from __future__ import annotations

from calendar import monthrange


def full_year(two_digits: int, this_year: int) -> int:
    """Return the year that two digits mean: at most 49 years back, at most 50 ahead."""
    century = this_year - this_year % 100
    ahead = two_digits - this_year % 100
    if ahead >= 51:
        return century - 100 + two_digits
    if ahead <= -50:
        return century + 100 + two_digits
    return century + two_digits


def day_exists(year: int, month: str, day: str) -> bool:
    """Tell whether a day is in the calendar."""
    return 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(year, int(month))[1]


def to_iso(value: str, this_year: int) -> str | None:
    """Turn YYMMDD into YYYY-MM-DD, day 00 into the last day of the month; None where there is no such day."""
    month, day = value[2:4], value[4:6]
    if not "01" <= month <= "12":
        return None
    year = full_year(int(value[:2]), this_year)
    last = monthrange(year, int(month))[1]
    number = int(day) or last
    return f"{year}-{month}-{number:02d}" if number <= last else None
