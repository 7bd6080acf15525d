"""Numbers and dates written by a pattern, in SQL: the patterns of ``formula.formats``."""

from __future__ import annotations

from typing import NamedTuple

from mazhi.engines.formula.compiling.reading import as_moment, read_moment, read_number, to_text
from mazhi.engines.formula.compiling.writing import NO, YES, Val, Writer, either, fails, is_empty
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.formats import LONGEST_FORMAT, NUMBER, date_letters

_THOUSANDS = "(?<=[0-9])(?=([0-9]{3})+$)"
_WEEK = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LETTERS = {
    "yyyy": "'YYYY'", "yy": "'YY'", "MM": "'MM'", "mm": "'MM'", "dd": "'DD'", "HH": "'HH24'", "hh": "'HH24'",
    "ss": "'SS'", "ww": "'IW'", "jjj": "'DDD'", "M": "'FMMM'", "m": "'FMMM'", "d": "'FMDD'", "H": "'FMHH24'",
    "h": "'FMHH24'", "s": "'FMSS'", "minutem": "'FMMI'", "minutemm": "'MI'",
}  # fmt: skip


def written(w: Writer, value: Val, pattern: str) -> Val:
    """Write a value by a pattern; empty stays empty, a text that is neither number nor date stays as it is."""
    if len(pattern) > LONGEST_FORMAT:
        return fails()
    match value.sort:
        case "empty":
            return Val("text", "CAST('' AS text)", value.fault)
        case "number":
            found = number_written(w, value, pattern)
        case "date" | "moment":
            found = date_written(w, value, pattern)
        case "text":
            return _text_written(w, value, pattern)
        case "boolean":
            return to_text(w, value)
    empty = is_empty(value)
    if empty == NO:
        return found.but(value.fault)
    fault = found.fault if found.fault == NO else f"(NOT {empty} AND {found.fault})"
    return Val("text", f"CASE WHEN {empty} THEN '' ELSE {found.sql} END", either(value.fault, fault))


def _text_written(w: Writer, value: Val, pattern: str) -> Val:
    moment = read_moment(w, value.sql)
    as_date = date_written(w, moment, pattern)
    sql, fault = f"COALESCE({as_date.sql}, {value.sql})", NO
    if as_date.fault == YES:
        sql, fault = value.sql, f"({moment.sql} IS NOT NULL)"
    if NUMBER.fullmatch(pattern):
        number = w.atom(read_number(w, value.sql))
        as_number = number_written(w, number, pattern)
        sql = f"CASE WHEN {number.sql} IS NOT NULL THEN {as_number.sql} ELSE {sql} END"
        fault = fault if fault == NO else f"({number.sql} IS NULL AND {fault})"
        if as_number.fault != NO:
            fault = either(fault, f"COALESCE({as_number.fault}, FALSE)")
    return Val("text", sql, either(value.fault, fault))


class _Pattern(NamedTuple):
    before: str
    whole: str
    decimals: str
    percent: str
    after: str


def number_written(w: Writer, value: Val, pattern: str) -> Val:
    """Write a number by a pattern such as ``#,##0.00``."""
    found = NUMBER.fullmatch(pattern)
    if found is None:
        return fails()
    parts = _Pattern(*(group or "" for group in found.groups()))
    number = w.number(f"({value.sql} * 100)", value.whole + 2, value.places) if parts.percent else value
    number = w.atom(number)
    places = len(parts.decimals)
    exact = w.let(f"round({number.sql}, {places})")
    digits = f"ltrim(CAST(trunc(abs({exact})) AS text), '0')"
    least = parts.whole.count("0")
    if least:
        bare = w.let(digits)
        digits = f"CASE WHEN length({bare}) >= {least} THEN {bare} ELSE lpad({bare}, {least}, '0') END"
    if "," in parts.whole:
        digits = f"regexp_replace({digits}, {w.param(_THOUSANDS)}, ',', 'g')"
    rest = _behind_point(w, exact, parts.decimals)
    sign = f"CASE WHEN {exact} < 0 THEN '-' ELSE '' END"
    before, after = (one.replace('"', "") for one in (parts.before, parts.percent + parts.after))
    ends = [w.param(one) if one else "" for one in (before, after)]
    pieces = [sign, ends[0], f"({digits})", rest, ends[1]]
    return Val("text", f"({' || '.join(one for one in pieces if one)})", either(number.fault))


def _behind_point(w: Writer, exact: str, decimals: str) -> str:
    """Write what stands behind the point, and the point if anything does."""
    if not decimals:
        return ""
    needed = len(decimals.rstrip("#"))
    digits = w.let(f"split_part(CAST(abs({exact}) AS text), '.', 2)")
    if needed == len(decimals):
        return f"'.' || {digits}"
    kept = w.let(f"left({digits}, {needed}) || rtrim(substr({digits}, {needed + 1}), '0')")
    return f"CASE WHEN {kept} = '' THEN '' ELSE '.' || {kept} END"


def date_written(w: Writer, value: Val, pattern: str) -> Val:
    """Write a date by a pattern such as ``yyyy年M月d日 HH:mm``."""
    try:
        letters = date_letters(pattern)
    except FaultError:
        return fails()
    moment = w.let(as_moment(value))
    pieces = [_piece(w, moment, letter) if letter else w.param(plain) for letter, plain in letters]
    return Val("text", f"({' || '.join(pieces)})")


def _piece(w: Writer, moment: str, letter: str) -> str:
    day = f"CAST(extract(isodow FROM {moment}) AS integer)"
    if letter in {"aaa", "aaaa"}:
        week = f"substr({w.param(_WEEK)}, {day}, 1)"
        return week if letter == "aaa" else f"{w.param('星期')} || {week}"
    if letter in {"dddd", "ddd"}:
        names = " ".join(one if letter == "dddd" else one[:3] for one in _DAYS)
        return f"split_part({w.param(names)}, ' ', {day})"
    return f"to_char({moment}, {_LETTERS[letter]})"
