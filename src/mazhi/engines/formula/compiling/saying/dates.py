"""Functions that work with dates, in SQL."""

from __future__ import annotations

from mazhi.engines.formula.compiling.arithmetic import divide, multiply
from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.compiling.reading import as_moment, to_date
from mazhi.engines.formula.compiling.writing import NO, Given, ListVal, Val, Writer, either, fails
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.functions.dates import read_unit
from mazhi.engines.formula.nodes import Call
from mazhi.engines.formula.values import to_text

_MONTHS = {"Y": 12, "Q": 3, "M": 1}
_SECONDS = {"H": 3600, "N": 60, "S": 1}
_MOST_MONTHS = 12 * 9999
_A_DAY = 86_400_000_000
_LAST_MICROSECOND = 315_537_897_599_999_999
_DAY_MICROS = Val("number", "86400000000.0", whole=11, places=0)
_ONE = Val("number", "1", whole=1, places=0)


def _part(name: str, moment: Val) -> str:
    return f"CAST(extract({name} FROM {as_moment(moment)}) AS integer)"


def _number(sql: str, fault: str = NO) -> Val:
    return Val("number", f"CAST({sql} AS numeric)", fault, whole=18, places=0)


def _days_later(w: Writer, start: str, days: str) -> Val:
    """Go so many days on from a date; ``days`` is a whole number of any size."""
    days = w.let(days)
    possible = f"{days} BETWEEN date '0001-01-01' - {start} AND date '9999-12-31' - {start}"
    made = w.let(f"CASE WHEN {possible} THEN {start} + CAST({days} AS integer) END")
    return Val("date", made, f"({made} IS NULL)")


def _micros_later(w: Writer, start: str, micros: str) -> Val:
    """Go so many microseconds on; they are added as days and the rest, since intervals are floating-point numbers."""
    micros = w.let(micros)
    since = f"extract(epoch FROM {start} - timestamp '0001-01-01') * 1000000 + {micros}"
    later = (
        f"{start} + CAST(div({micros}, {_A_DAY}) AS integer) * interval '1 day' "
        f"+ CAST(mod({micros}, {_A_DAY}) AS bigint) * interval '1 microsecond'"
    )
    made = w.let(f"CASE WHEN {since} BETWEEN 0 AND {_LAST_MICROSECOND} THEN {later} END")
    return Val("moment", made, f"({made} IS NULL)")


def add_months(w: Writer, start: Val, months: str) -> Val:
    """Go so many months on; ``months`` is an integer."""
    at = w.let(f"{_part('year', start)} * 12 + {_part('month', start)} - 1 + {months}")
    sql = f"{start.sql} + make_interval(months => {months})"
    type_ = "date" if start.sort == "date" else "timestamp"
    made = w.let(f"CASE WHEN {at} BETWEEN 12 AND 119999 THEN CAST({sql} AS {type_}) END")
    return Val(start.sort, made, f"({made} IS NULL)")


def add_days(w: Writer, start: Val, days: Val) -> Val:
    """Go so many days on; a date without a time takes whole days only, decimals are cut off."""
    if start.sort == "date":
        return _days_later(w, start.sql, f"trunc({days.sql})")
    return _micros_later(w, start.sql, f"round({multiply(w, days, _DAY_MICROS).sql}, 0)")


def days_between(w: Writer, later: Val, earlier: Val) -> Val:
    """Return the days from one date to another; where one has a time, with its part of a day."""
    if later.sort == earlier.sort == "date":
        return _number(f"({later.sql} - {earlier.sql})")
    micros = f"(extract(epoch FROM ({as_moment(later)} - {as_moment(earlier)})) * 1000000)"
    return divide(w, Val("number", f"round({micros}, 0)", whole=18, places=0), _DAY_MICROS)


def _date(w: Writer, call: Call, year: Val, month: Val, day: Val) -> Val:
    months = w.let(f"{w.whole(year, 1, 9999)} * 12 + {w.whole(month, -130_000, 130_000)} - 1")
    possible = f"{year.sql} BETWEEN 1 AND 9999 AND abs({month.sql} - 1) <= {_MOST_MONTHS}"
    first = f"CAST(date '0001-01-01' + make_interval(months => {months} - 12) AS date)"
    start = w.let(f"CASE WHEN {possible} AND {months} BETWEEN 12 AND 119999 THEN {first} END")
    return _days_later(w, start, f"({day.sql} - 1)")


def _dated(w: Writer, call: Call, given: Given) -> Val:
    """Read a date of which it matters whether it has a time.

    Raises:
        NotInSqlError: It is a text, which says so only when it is read.
    """
    if isinstance(given, Val) and given.sort == "text" and not given.fixed:
        raise NotInSqlError(call, "text")
    return w.atom(to_date(w, given))


def _unit(call: Call, given: Given) -> str:
    """Return the unit that stands in a formula, or nothing where it is none."""
    if isinstance(given, ListVal) or not given.fixed:
        raise NotInSqlError(call, "unit")
    try:
        return read_unit(to_text(given.known))
    except FaultError:
        return ""


def _dateadd(w: Writer, call: Call, given: Val, count: Val, unit: Given | None = None) -> Val:
    start = _dated(w, call, given)
    known = "D" if unit is None else _unit(call, unit)
    if known in _MONTHS:
        found = add_months(w, start, w.let(f"{w.whole(count, -_MOST_MONTHS, _MOST_MONTHS)} * {_MONTHS[known]}"))
        return found.but(start.fault, f"(abs({count.sql}) * {_MONTHS[known]} > {_MOST_MONTHS})")
    if known in _SECONDS:
        found = _micros_later(w, as_moment(start), f"({count.sql} * {_SECONDS[known] * 1_000_000})")
        return found.but(start.fault)
    if known in {"D", "W"}:
        step = 7 if known == "W" else 1
        if start.sort == "date":
            return _days_later(w, start.sql, f"({count.sql} * {step})").but(start.fault)
        return _micros_later(w, start.sql, f"({count.sql} * {step * 86_400_000_000})").but(start.fault)
    return fails()


def _datedif(w: Writer, call: Call, start: Val, end: Val, unit: Given) -> Val:
    known = _unit(call, unit)
    if not known:
        return fails()
    if known in _SECONDS:
        micros = f"round(extract(epoch FROM ({as_moment(end)} - {as_moment(start)})) * 1000000, 0)"
        seconds = f"floor({micros} / 1000000)"
        return Val("number", f"trunc({seconds} / {_SECONDS[known]})", whole=18, places=0)
    first, last = (w.let(f"CAST({one.sql} AS date)") for one in (start, end))
    backwards = w.let(f"{last} < {first}")
    low = w.let(f"CASE WHEN {backwards} THEN {last} ELSE {first} END")
    high = w.let(f"CASE WHEN {backwards} THEN {first} ELSE {last} END")
    sign = f"CASE WHEN {backwards} THEN -1 ELSE 1 END"
    return _number(f"({sign} * ({_whole_units(w, low, high, known)}))")


def _whole_units(w: Writer, first: str, last: str, unit: str) -> str:
    if unit in {"D", "W"}:
        return f"({last} - {first}) / {7 if unit == 'W' else 1}"
    low, high = Val("date", first), Val("date", last)
    months = w.let(
        f"({_part('year', high)} - {_part('year', low)}) * 12 + {_part('month', high)} - {_part('month', low)} "
        f"- CASE WHEN {_part('day', high)} < {_part('day', low)} THEN 1 ELSE 0 END"
    )
    if unit in _MONTHS:
        return f"{months} / {_MONTHS[unit]}"
    if unit == "YM":
        return f"{months} % 12"
    whole = months if unit == "MD" else f"{months} / 12 * 12"
    return f"{last} - CAST({first} + make_interval(months => {whole}) AS date)"


def _weekday(w: Writer, call: Call, moment: Val, kind: Val = _ONE) -> Val:
    day = w.let(_part("isodow", moment))
    sql = f"CASE {kind.sql} WHEN 1 THEN {day} % 7 + 1 WHEN 2 THEN {day} WHEN 3 THEN {day} - 1 END"
    return _number(sql, f"({kind.sql} NOT IN (1, 2, 3))")


def _weeknum(w: Writer, call: Call, moment: Val, kind: Val = _ONE) -> Val:
    first = w.let(f"CAST(extract(isodow FROM date_trunc('year', {as_moment(moment)})) AS integer)")
    lead = f"CASE WHEN {kind.sql} = 1 THEN {first} % 7 ELSE {first} - 1 END"
    week = f"({_part('doy', moment)} + {lead} - 1) / 7 + 1"
    sql = f"CASE WHEN {kind.sql} = 21 THEN {_part('week', moment)} ELSE {week} END"
    return _number(sql, f"({kind.sql} NOT IN (1, 2, 21))")


def _edate(w: Writer, call: Call, given: Given, months: Val) -> Val:
    start = _dated(w, call, given)
    return add_months(w, start, w.let(w.whole(months, -120_000, 120_000))).but(
        start.fault, f"(abs({months.sql}) > {_MOST_MONTHS})"
    )


def _eomonth(w: Writer, call: Call, start: Val, months: Val | None = None) -> Val:
    first = Val("date", w.let(f"CAST(date_trunc('month', {as_moment(start)}) AS date)"))
    count = "0" if months is None else w.let(w.whole(months, -120_000, 120_000))
    moved = add_months(w, first, count)
    far = NO if months is None else f"(abs({months.sql}) > {_MOST_MONTHS})"
    sql = f"CAST({moved.sql} + interval '1 month' AS date) - 1"
    return Val("date", f"({sql})", either(moved.fault, far))


def _datevalue(w: Writer, call: Call, given: Given) -> Val:
    if isinstance(given, Val) and given.sort == "empty":
        return given
    if isinstance(given, Val) and given.sort in {"date", "moment"}:
        return given
    if isinstance(given, Val) and given.nullable:
        empty = f"({given.sql} IS NULL)"
        return Val("date", "CAST(NULL AS date)", either(given.fault, f"(NOT {empty})"), nullable=True)
    return _dated(w, call, given)


SAYS = {
    "DATE": _date,
    "DATEVALUE": _datevalue,
    "YEAR": lambda w, call, one: _number(_part("year", one)),
    "QUARTER": lambda w, call, one: _number(_part("quarter", one)),
    "MONTH": lambda w, call, one: _number(_part("month", one)),
    "DAY": lambda w, call, one: _number(_part("day", one)),
    "DAYOFYEAR": lambda w, call, one: _number(_part("doy", one)),
    "HOUR": lambda w, call, one: _number(_part("hour", one)),
    "MINUTE": lambda w, call, one: _number(_part("minute", one)),
    "SECOND": lambda w, call, one: _number(f"trunc(extract(second FROM {as_moment(one)}))"),
    "WEEKDAY": _weekday,
    "WEEKNUM": _weeknum,
    "DATEADD": _dateadd,
    "DATEDIF": _datedif,
    "DAYS": lambda w, call, end, start: days_between(w, end, start),
    "EDATE": _edate,
    "EOMONTH": _eomonth,
}
