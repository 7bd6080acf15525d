"""How one sort of value stands in for another, in SQL: the rules of ``values``."""

from __future__ import annotations

from dataclasses import replace

from mazhi.engines.formula import values
from mazhi.engines.formula.compiling.model import UnsaidError
from mazhi.engines.formula.compiling.values import constant
from mazhi.engines.formula.compiling.writing import NO, YES, Given, ListVal, Val, Writer, either, fails
from mazhi.engines.formula.values import PLACES_IN_TEXT

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u2212"
_NARROW = "".join(map(chr, range(0x21, 0x7F))) + " -"
BLANKS = "".join(chr(one) for one in range(1, 0x3001) if chr(one).isspace())
_NUMBER = "^[+-]?([0-9]{1,50}([.][0-9]{0,50})?|[.][0-9]{1,50})$"
_DATE = (
    "^([0-9]{4})(-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日"
    "|([0-9]{2})([0-9]{2}))([T ]([0-9]{1,2}):([0-9]{2})(:([0-9]{2}))?)?$"
)


def single(given: Given) -> Val:
    """Take a single value; a list in its place is a fault."""
    return fails() if isinstance(given, ListVal) else given


def plain(w: Writer, sql: str) -> str:
    """Return a text in plain characters without blanks around it."""
    return w.let(f"btrim(translate({sql}, {w.param(_WIDE)}, {w.param(_NARROW)}), {w.param(BLANKS)})")


def read_number(w: Writer, sql: str) -> Val:
    """Read a text as a number: NULL where it does not look like one."""
    written = plain(w, sql)
    exact = f"CASE WHEN {written} ~ {w.param(_NUMBER)} THEN CAST({written} AS numeric) END"
    return replace(w.number(exact, 50, 50), nullable=True)


def read_moment(w: Writer, sql: str) -> Val:
    """Read a text as a date or a date with time: NULL where it is neither."""
    parts = w.let(f"regexp_match({plain(w, sql)}, {w.param(_DATE)})")

    def part(*places: int) -> str:
        return f"CAST(COALESCE({', '.join(f'{parts}[{place}]' for place in places)}, '0') AS integer)"

    year, month, day = w.let(part(1)), w.let(part(3, 5, 7, 9)), w.let(part(4, 6, 8, 10))
    hour, minute, second = w.let(part(12)), w.let(part(13)), w.let(part(15))
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    last = (
        f"CASE WHEN {month} = 2 THEN CASE WHEN {leap} THEN 29 ELSE 28 END "
        f"WHEN {month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END"
    )
    good = (
        f"{parts} IS NOT NULL AND {year} >= 1 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {last} "
        f"AND {hour} <= 23 AND {minute} <= 59 AND {second} <= 59"
    )
    made = f"make_timestamp({year}, {month}, {day}, {hour}, {minute}, {second})"
    return Val("moment", w.let(f"CASE WHEN {good} THEN {made} END"), nullable=True)


def _of_its_sort(value: Val, *sorts: str) -> Val:
    """Take a value of which another sort would be as wrong in this place as the value of its own sort is right.

    Raises:
        UnsaidError: The other sort would be right too.
    """
    if value.other == NO:
        return value
    if value.sort not in sorts:
        raise UnsaidError("empty")
    return replace(value, fault=either(value.fault, value.other), other=NO)


def _there(value: Val) -> str:
    """Tell whether a date is not empty: an empty one is as good as any other empty value."""
    return f"({value.sql} IS NOT NULL)" if value.nullable else YES


def settled(w: Writer, value: Val, sort: str) -> Val:
    """Read a text that stands in the formula as the number or date that it looks like; as it is if it does not."""
    if not value.fixed or not isinstance(value.known, str):
        return value
    found = values.read_number(value.known) if sort == "number" else values.read_date(value.known)
    return value if found is None else constant(w, found).but(value.fault)


def to_number(w: Writer, given: Given) -> Val:
    """Read a value as a number, never empty."""
    value = settled(w, _of_its_sort(single(given), "number"), "number")
    match value.sort:
        case "number":
            return replace(value, sql=f"COALESCE({value.sql}, 0)", nullable=False) if value.nullable else value
        case "empty":
            return Val("number", "CAST(0 AS numeric)", value.fault, whole=1, places=0)
        case "boolean":
            return Val("number", f"CASE WHEN {value.sql} THEN 1.0 ELSE 0.0 END", value.fault, whole=1, places=0)
        case "text":
            written = w.let(value.sql)
            found = w.atom(read_number(w, written))
            wrong = f"({written} <> '' AND {found.sql} IS NULL)"
            return replace(
                found, sql=f"COALESCE({found.sql}, 0)", nullable=False, fault=either(value.fault, found.fault, wrong)
            )
        case _:
            return Val("number", "CAST(0 AS numeric)", either(value.fault, _there(value)), whole=1, places=0)


def to_integer(w: Writer, given: Given) -> Val:
    """Read a value as a whole number; decimals are cut off."""
    value = to_number(w, given)
    return replace(value, sql=f"trunc({value.sql})", places=0) if value.places else value


def to_text(w: Writer, given: Given) -> Val:
    """Write a value as text."""
    if isinstance(given, ListVal):
        parts = w.mapped(given, to_text)
        joined = w.gather(parts, "COALESCE(string_agg(v, ', ' ORDER BY p), '')")
        return Val("text", joined, w.any_fault(parts))
    given = _of_its_sort(given)
    match given.sort:
        case "text":
            return given
        case "empty":
            return Val("text", "CAST('' AS text)", given.fault)
        case "number":
            exact = given.sql if given.places <= PLACES_IN_TEXT else f"round({given.sql}, {PLACES_IN_TEXT})"
            written = f"CAST(trim_scale({exact}) AS text)"
        case "boolean":
            written = f"CASE WHEN {given.sql} THEN 'TRUE' WHEN NOT {given.sql} THEN 'FALSE' ELSE '' END"
            return Val("text", written, given.fault)
        case "date":
            written = f"to_char({given.sql}, 'YYYY-MM-DD')"
        case "moment":
            written = f"to_char({given.sql}, {w.param('YYYY-MM-DD HH24:MI:SS')})"
    return Val("text", f"COALESCE({written}, '')" if given.nullable else written, given.fault)


def to_boolean(w: Writer, given: Given) -> Val:
    """Read a value as true or false, never empty."""
    value = _of_its_sort(single(given), "number")
    match value.sort:
        case "boolean":
            return replace(value, sql=f"COALESCE({value.sql}, FALSE)", nullable=False) if value.nullable else value
        case "empty":
            return Val("boolean", "FALSE", value.fault)
        case "number":
            return Val("boolean", f"COALESCE({value.sql} <> 0, FALSE)", value.fault)
        case "text":
            written = w.let(value.sql)
            said = w.let(f'upper({plain(w, written)} COLLATE "C")')
            wrong = f"({written} <> '' AND {said} NOT IN ('TRUE', 'FALSE', '真', '假', '是', '否'))"
            return Val("boolean", f"({said} IN ('TRUE', '真', '是'))", either(value.fault, wrong))
        case _:
            return Val("boolean", "FALSE", either(value.fault, _there(value)))


def to_date(w: Writer, given: Given) -> Val:
    """Read a value as a date; what a text says is a moment, since it may have a time."""
    value = settled(w, _of_its_sort(single(given), "date", "moment"), "date")
    if value.sort == "text":
        found = read_moment(w, value.sql)
        return Val("moment", found.sql, either(value.fault, f"({found.sql} IS NULL)"))
    if value.sort in {"date", "moment"}:
        missing = f"({value.sql} IS NULL)" if value.nullable else NO
        return replace(value, nullable=False, fault=either(value.fault, missing))
    return Val("date", "CAST(NULL AS date)", YES)


def as_moment(value: Val) -> str:
    """Return a date as the moment at which it begins."""
    return value.sql if value.sort == "moment" else f"CAST({value.sql} AS timestamp)"
