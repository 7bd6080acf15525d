"""Functions that work with dates and times: wall-clock time of the company's zone."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from decimal import Decimal

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.function import Function, Parameter
from mazhi.engines.formula.values import Value, as_moment, days_between, is_empty, to_date

_UNITS = {
    "Y": "Y", "年": "Y", "Q": "Q", "季": "Q", "M": "M", "月": "M", "W": "W", "周": "W", "D": "D", "日": "D", "天": "D",
    "H": "H", "时": "H", "小时": "H", "N": "N", "分": "N", "分钟": "N", "S": "S", "秒": "S",
    "MD": "MD", "YM": "YM", "YD": "YD",
}  # fmt: skip
_SECONDS = {"H": 3600, "N": 60, "S": 1}
_MONTHS = {"Y": 12, "Q": 3, "M": 1}
_MOST_MONTHS = 12 * 9999


def _range() -> FaultError:
    return FaultError("formula_date_range")


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _add_months(start: date, months: int) -> date:
    """Go so many months on; the day becomes the month's last where there is none such."""
    if abs(months) > _MOST_MONTHS:
        raise _range()
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise _range()
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def _date(year: int, month: int, day: int) -> date:
    """Make a date; months and days beyond the end run on, as in spreadsheets."""
    if not 1 <= year <= 9999:
        raise _range()
    try:
        return _add_months(date(year, 1, 1), month - 1) + timedelta(days=day - 1)
    except OverflowError as error:
        raise _range() from error


def read_unit(unit: str) -> str:
    """Read a unit of time in either language.

    Raises:
        FaultError: It is none.
    """
    found = _UNITS.get(unit.strip().upper())
    if found is None:
        raise FaultError("formula_bad_argument", value=f'"{unit}"', name="unit")
    return found


def _dateadd(start: date, count: int, unit: str = "D") -> date:
    known = read_unit(unit)
    if known in _MONTHS:
        return _add_months(start, count * _MONTHS[known])
    try:
        if known in _SECONDS:
            return as_moment(start) + timedelta(seconds=count * _SECONDS[known])
        if known in {"D", "W"}:
            return start + timedelta(days=count * (7 if known == "W" else 1))
    except OverflowError as error:
        raise _range() from error
    raise FaultError("formula_bad_argument", value=f'"{unit}"', name="unit")


def _datedif(start: date, end: date, unit: str) -> Decimal:
    """Count whole units; counted backwards it is the negative of it."""
    known = read_unit(unit)
    if known in _SECONDS:
        seconds = (as_moment(end) - as_moment(start)) // timedelta(seconds=1)
        return Decimal(int(Decimal(seconds) / _SECONDS[known]))
    first, last = _day(start), _day(end)
    return Decimal(-_whole_units(last, first, known) if last < first else _whole_units(first, last, known))


def _whole_units(first: date, last: date, unit: str) -> int:
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if unit in _MONTHS:
        return months // _MONTHS[unit]
    if unit == "MD":
        return (last - _add_months(first, months)).days
    if unit == "YM":
        return months % 12
    if unit == "YD":
        return (last - _add_months(first, months // 12 * 12)).days
    return days // 7 if unit == "W" else days


def _weekday(moment: date, kind: int = 1) -> Decimal:
    monday_first = moment.weekday()
    if kind == 1:
        return Decimal((monday_first + 1) % 7 + 1)
    if kind == 2:
        return Decimal(monday_first + 1)
    if kind == 3:
        return Decimal(monday_first)
    raise FaultError("formula_bad_argument", value=kind, name="kind")


def _weeknum(moment: date, kind: int = 1) -> Decimal:
    if kind == 21:
        return Decimal(moment.isocalendar().week)
    if kind not in {1, 2}:
        raise FaultError("formula_bad_argument", value=kind, name="kind")
    first = date(moment.year, 1, 1).weekday()
    lead = (first + 1) % 7 if kind == 1 else first
    return Decimal((moment.timetuple().tm_yday + lead - 1) // 7 + 1)


def _eomonth(start: date, months: int = 0) -> date:
    moved = _add_months(_day(start), months)
    return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])


def _isdate(value: Value) -> bool:
    return isinstance(value, date)


def _datevalue(value: Value) -> Value:
    return None if is_empty(value) else to_date(value)


_DATE = Parameter("date", "日期", "date")
_START = Parameter("start", "开始日期", "date")
_END = Parameter("end", "结束日期", "date")
_MONTHS_ON = Parameter("months", "月数", "integer")
_KIND = Parameter("kind", "类型", "integer", optional=True)

FUNCTIONS = (
    Function(
        "TODAY", "今天", "dates", (), "date", "今天的日期。", "The date of today.", ("ISEMPTY(TODAY())", "FALSE"),
        lambda now: now.date(), uses_now=True,
    ),
    Function(
        "NOW", "现在", "dates", (), "date", "现在的日期和时间。", "The present date and time.",
        ("ISEMPTY(NOW())", "FALSE"), lambda now: now, uses_now=True,
    ),
    Function(
        "DATE", "日期", "dates",
        (Parameter("year", "年", "integer"), Parameter("month", "月", "integer"), Parameter("day", "日", "integer")),
        "date", "由年、月、日得到日期；超出的月和日顺延。", "A date of year, month and day; what is too much runs on.",
        ("DATE(2026, 11, 31)", "2026-12-01"), _date,
    ),
    Function(
        "DATEVALUE", "转日期", "dates", (Parameter("value", "值"),), "date",
        "把 2026-11-21、2026/11/21、2026年11月21日、20261121 等文本读成日期；空值为空。",
        "Reads a text such as 2026-11-21 or 20261121 as a date; empty stays empty.",
        ('DATEVALUE("20261121")', "2026-11-21"), _datevalue,
    ),
    Function(
        "ISDATE", "是日期", "dates", (Parameter("value", "值"),), "boolean",
        "值的类型是日期时为 TRUE。", "TRUE if the value is a date.", ("ISDATE(DATE(2026, 1, 1))", "TRUE"), _isdate,
    ),
    Function(
        "YEAR", "年", "dates", (_DATE,), "number", "年份。", "The year.", ('YEAR("2026-11-21")', "2026"),
        lambda moment: Decimal(moment.year),
    ),
    Function(
        "QUARTER", "季度", "dates", (_DATE,), "number", "第几季度，1–4。", "The quarter, 1–4.",
        ('QUARTER("2026-11-21")', "4"), lambda moment: Decimal((moment.month + 2) // 3),
    ),
    Function(
        "MONTH", "月", "dates", (_DATE,), "number", "月份，1–12。", "The month, 1–12.", ('MONTH("2026-11-21")', "11"),
        lambda moment: Decimal(moment.month),
    ),
    Function(
        "DAY", "日", "dates", (_DATE,), "number", "一月中的第几日。", "The day of the month.",
        ('DAY("2026-11-21")', "21"), lambda moment: Decimal(moment.day),
    ),
    Function(
        "DAYOFYEAR", "年内第几天", "dates", (_DATE,), "number", "一年中的第几天，1–366。",
        "The day of the year, 1–366.",
        ('DAYOFYEAR("2026-02-01")', "32"), lambda moment: Decimal(moment.timetuple().tm_yday),
    ),
    Function(
        "HOUR", "时", "dates", (_DATE,), "number", "小时，0–23；没有时间的日期为 0。",
        "The hour, 0–23; 0 without a time.",
        ('HOUR("2026-11-21 08:30")', "8"), lambda moment: Decimal(as_moment(moment).hour),
    ),
    Function(
        "MINUTE", "分", "dates", (_DATE,), "number", "分钟，0–59。", "The minute, 0–59.",
        ('MINUTE("2026-11-21 08:30")', "30"), lambda moment: Decimal(as_moment(moment).minute),
    ),
    Function(
        "SECOND", "秒", "dates", (_DATE,), "number", "秒，0–59。", "The second, 0–59.",
        ('SECOND("2026-11-21 08:30:09")', "9"), lambda moment: Decimal(as_moment(moment).second),
    ),
    Function(
        "WEEKDAY", "星期", "dates", (_DATE, _KIND), "number",
        "星期几：类型 1（默认）星期日为 1；类型 2 星期一为 1；类型 3 星期一为 0。",
        "The day of the week: kind 1 (default) Sunday is 1, 2 Monday is 1, 3 Monday is 0.",
        ('WEEKDAY("2026-11-21", 2)', "6"), _weekday,
    ),
    Function(
        "WEEKNUM", "周数", "dates", (_DATE, _KIND), "number",
        "一年中的第几周：类型 1（默认）周日开始，2 周一开始，均以 1 月 1 日所在周为第 1 周；21 为 ISO 周。",
        "The week of the year: kind 1 (default) weeks begin on Sunday, 2 on Monday, week 1 holds January 1; 21 is ISO.",
        ('WEEKNUM("2026-11-21", 21)', "47"), _weeknum,
    ),
    Function(
        "DATEADD", "日期加", "dates",
        (_DATE, Parameter("count", "个数", "integer"), Parameter("unit", "单位", "text", optional=True)), "date",
        "加上若干个单位：Y 年、Q 季、M 月、W 周、D 日（默认）、H 时、N 分、S 秒；月末不足的取月末。",
        "Goes so many units on: Y Q M W D (default) H N S; a day that a month lacks becomes its last.",
        ('DATEADD("2026-01-31", 1, "月")', "2026-02-28"), _dateadd,
    ),
    Function(
        "DATEDIF", "日期差", "dates", (_START, _END, Parameter("unit", "单位", "text")), "number",
        "两个日期之间整的年 Y、季 Q、月 M、周 W、日 D、时 H、分 N、秒 S；MD、YM、YD "
        "为去掉整月、整年后的余数。倒过来为负数。",
        "Whole Y Q M W D H N S from one date to another; MD, YM, YD are what is left of whole months or years. "
        "Backwards it is negative.",
        ('DATEDIF("2024-02-29", "2026-02-28", "Y")', "1"), _datedif,
    ),
    Function(
        "DAYS", "天数", "dates", (_END, _START), "number", "从开始日期到结束日期的天数；带时间时可有小数。",
        "The days from start to end, with a part of a day where there are times.",
        ('DAYS("2026-03-01", "2026-02-01")', "28"), days_between,
    ),
    Function(
        "EDATE", "加月", "dates", (_DATE, _MONTHS_ON), "date", "若干个月后的日期；月末不足的取月末。",
        "The date so many months later; a day that a month lacks becomes its last.",
        ('EDATE("2026-01-31", 1)', "2026-02-28"), _add_months,
    ),
    Function(
        "EOMONTH", "月末", "dates", (_DATE, Parameter("months", "月数", "integer", optional=True)), "date",
        "若干个月后那个月的最后一天。", "The last day of the month so many months later.",
        ('EOMONTH("2026-02-10", 0)', "2026-02-28"), _eomonth,
    ),
)  # fmt: skip
