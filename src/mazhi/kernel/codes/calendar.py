"""How a moment is written in a code, and which moments a text can mean.

A date segment is a list of *signs*, each written from the day alone (``YY``, ``MM``, ``WW``…) or from the time of
day alone (``HH``, ``mm``). A text is read back by looking through every day from 2000 to 2099: codes have two-digit
years, week numbers, letters for years that come round again, and no shorter way is right for all of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from mazhi.kernel.codes.alphabets import DIGITS, UPPER

Slot = Literal["day", "minute"]
Reset = Literal["never", "day", "week", "month", "year"]

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
MINUTES = 24 * 60
_ONE_OF_MONTHS = "123456789ABC"
_ONE_OF_DAYS = "123456789ABCDEFGHIJKLMNOPQRSTUV"
_VIN_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
"""The model years of ISO 3779; A was 1980, 2010 and will be 2040."""

_DAY_SIGNS: dict[str, Callable[[date], str]] = {
    "YYYY": lambda day: f"{day.year:04d}",
    "YY": lambda day: f"{day.year % 100:02d}",
    "Y": lambda day: DIGITS[day.year % 10],
    "Y:vin": lambda day: _VIN_YEARS[(day.year - 1980) % 30],
    "MM": lambda day: f"{day.month:02d}",
    "M:1C": lambda day: _ONE_OF_MONTHS[day.month - 1],
    "M:AL": lambda day: UPPER[day.month - 1],
    "M:OND": lambda day: "123456789OND"[day.month - 1],
    "DD": lambda day: f"{day.day:02d}",
    "D:1V": lambda day: _ONE_OF_DAYS[day.day - 1],
    "DDD": lambda day: f"{day.timetuple().tm_yday:03d}",
    "GGGG": lambda day: f"{day.isocalendar().year:04d}",
    "GG": lambda day: f"{day.isocalendar().year % 100:02d}",
    "G": lambda day: DIGITS[day.isocalendar().year % 10],
    "WW": lambda day: f"{day.isocalendar().week:02d}",
    "W:day": lambda day: DIGITS[day.isoweekday()],
}
_MINUTE_SIGNS: dict[str, Callable[[int], str]] = {
    "HH": lambda minute: f"{minute // 60:02d}",
    "mm": lambda minute: f"{minute % 60:02d}",
    "H:AX": lambda minute: UPPER[minute // 60],
}


@dataclass(frozen=True, slots=True)
class Format:
    """One form of a date segment; ``signs`` as in this module, G… are years of ISO weeks."""

    signs: tuple[str, ...]
    zh: str
    en: str
    slot: Slot = "day"


FORMATS: dict[str, Format] = {
    "YYMMDD": Format(("YY", "MM", "DD"), "年月日 6 位", "Year, month, day, 6 digits"),
    "YYYYMMDD": Format(("YYYY", "MM", "DD"), "年月日 8 位", "Year, month, day, 8 digits"),
    "DDMMYY": Format(("DD", "MM", "YY"), "日月年 6 位", "Day, month, year, 6 digits"),
    "MMDDYY": Format(("MM", "DD", "YY"), "月日年 6 位", "Month, day, year, 6 digits"),
    "YYMM": Format(("YY", "MM"), "年月 4 位", "Year, month, 4 digits"),
    "YYYYMM": Format(("YYYY", "MM"), "年月 6 位", "Year, month, 6 digits"),
    "MMYY": Format(("MM", "YY"), "月年 4 位", "Month, year, 4 digits"),
    "MMDD": Format(("MM", "DD"), "月日 4 位", "Month, day, 4 digits"),
    "YYWW": Format(("GG", "WW"), "年周 4 位（ISO 周）", "Year, ISO week, 4 digits"),
    "YYYYWW": Format(("GGGG", "WW"), "年周 6 位（ISO 周）", "Year, ISO week, 6 digits"),
    "YWW": Format(("G", "WW"), "年周 3 位（年取末位）", "Last digit of year, ISO week"),
    "WWYY": Format(("WW", "GG"), "周年 4 位（ISO 周）", "ISO week, year, 4 digits"),
    "YYWWD": Format(("GG", "WW", "W:day"), "年周星期 5 位", "Year, ISO week, weekday"),
    "YWWD": Format(("G", "WW", "W:day"), "年周星期 4 位（年取末位）", "Last digit of year, ISO week, weekday"),
    "WW": Format(("WW",), "周 2 位（ISO 周）", "ISO week"),
    "D": Format(("W:day",), "星期 1 位（1 为周一）", "Weekday, 1 is Monday"),
    "YYDDD": Format(("YY", "DDD"), "年与年内第几天 5 位", "Year, day of year"),
    "YYYYDDD": Format(("YYYY", "DDD"), "年与年内第几天 7 位", "Four-digit year, day of year"),
    "YDDD": Format(("Y", "DDD"), "年与年内第几天 4 位（年取末位）", "Last digit of year, day of year"),
    "DDD": Format(("DDD",), "年内第几天 3 位", "Day of year"),
    "YYYY": Format(("YYYY",), "年 4 位", "Year, 4 digits"),
    "YY": Format(("YY",), "年 2 位", "Year, 2 digits"),
    "Y": Format(("Y",), "年末位", "Last digit of year"),
    "Y_VIN": Format(("Y:vin",), "年份字母（同车辆识别代号）", "Letter or digit of year as in a VIN"),
    "Y_LETTER": Format(("Y:letter",), "年份字母 A–Z（A 为起始年）", "Letter of year, A is the first year"),
    "MM": Format(("MM",), "月 2 位", "Month, 2 digits"),
    "M_1C": Format(("M:1C",), "月 1 位（1–9、A、B、C）", "Month as 1–9, A, B, C"),
    "M_AL": Format(("M:AL",), "月份字母 A–L", "Month as A–L"),
    "M_OND": Format(("M:OND",), "月 1 位（1–9、O、N、D）", "Month as 1–9, O, N, D"),
    "DD": Format(("DD",), "日 2 位", "Day, 2 digits"),
    "D_1V": Format(("D:1V",), "日 1 位（1–9、A–V）", "Day as 1–9, A–V"),
    "HHMM": Format(("HH", "mm"), "时分 4 位", "Hour, minute", slot="minute"),
    "HH": Format(("HH",), "时 2 位", "Hour", slot="minute"),
    "H_AX": Format(("H:AX",), "小时字母 A–X", "Hour as A–X", slot="minute"),
}


def write(sign: str, moment: datetime) -> str:
    """Write one sign of a moment that is already in the zone of the rule."""
    if sign in _MINUTE_SIGNS:
        return _MINUTE_SIGNS[sign](moment.hour * 60 + moment.minute)
    return _day_sign(sign)(moment.date())


def _day_sign(sign: str) -> Callable[[date], str]:
    name, _, first = sign.partition("@")
    if name == "Y:letter":  # the sign carries the year of its A, as in "Y:letter@2001"
        return lambda day: UPPER[(day.year - int(first)) % 26]
    return _DAY_SIGNS[name]


@lru_cache(maxsize=64)
def column(sign: str) -> list[str]:
    """Write one sign of every day from 2000 to 2099, or of every minute of a day."""
    if sign in _MINUTE_SIGNS:
        return [_MINUTE_SIGNS[sign](minute) for minute in range(MINUTES)]
    known: dict[str, str] = {}  # one object per text: the columns stay small
    written = map(_day_sign(sign), (FIRST_DAY + timedelta(days=offset) for offset in range(DAYS)))
    return [known.setdefault(text, text) for text in written]


@lru_cache(maxsize=64)
def words(sign: str) -> frozenset[str]:
    """Return every text that a sign can give."""
    return frozenset(column(sign))


@lru_cache(maxsize=64)
def texts(signs: tuple[str, ...]) -> list[str]:
    """Write some signs, one after the other, of every day or every minute."""
    return list(map("".join, zip(*map(column, signs), strict=True)))


@dataclass(frozen=True, slots=True)
class Automaton:
    """The texts that a list of signs can give, as the smallest automaton: a node is where each character leads.

    The last node is the start; the texts are all of one length, so that a node has its place.
    """

    nodes: tuple[dict[str, int], ...]
    length: int

    @property
    def start(self) -> int:
        """The node before the first character."""
        return len(self.nodes) - 1


@lru_cache(maxsize=64)
def automaton(signs: tuple[str, ...]) -> Automaton:
    """Build the automaton of some signs in the order in which a rule has them."""
    words = sorted(set(texts(signs)))
    length = len(words[0])
    nodes: list[dict[str, int]] = [{}]
    known: dict[tuple[tuple[str, int], ...], int] = {}

    def node(low: int, high: int, depth: int) -> int:
        if depth == length:
            return 0
        edges = []
        while low < high:
            sign = words[low][depth]
            end = bisect_left(words, words[low][:depth] + chr(ord(sign) + 1), low, high)
            edges.append((sign, node(low, end, depth + 1)))
            low = end
        key = tuple(edges)
        if key not in known:
            known[key] = len(nodes)
            nodes.append(dict(key))
        return known[key]

    node(0, len(words), 0)
    return Automaton(tuple(nodes), length)


@lru_cache(maxsize=4096)
def spans(written: tuple[tuple[str, str], ...]) -> list[tuple[date, date]]:
    """Return the runs of days on which every sign is written as given."""
    found = range(DAYS)
    hits: Sequence[int] = found
    for sign, text in written:
        values = column(sign)
        hits = [offset for offset in hits if values[offset] == text]
    runs: list[list[int]] = []
    for offset in hits:
        if runs and runs[-1][1] == offset - 1:
            runs[-1][1] = offset
        else:
            runs.append([offset, offset])
    return [(FIRST_DAY + timedelta(days=low), FIRST_DAY + timedelta(days=high)) for low, high in runs]


@lru_cache(maxsize=4096)
def minutes(written: tuple[tuple[str, str], ...]) -> tuple[time, time] | None:
    """Return the first and the last minute of a day at which every sign is written as given."""
    hits = [minute for minute in range(MINUTES) if all(column(sign)[minute] == text for sign, text in written)]
    if not hits:
        return None
    return time(*divmod(hits[0], 60)), time(*divmod(hits[-1], 60))
