"""Functions that work with texts, in SQL."""

from __future__ import annotations

from dataclasses import replace

from mazhi.engines.formula import values
from mazhi.engines.formula.compiling.comparing import folded
from mazhi.engines.formula.compiling.formats import written
from mazhi.engines.formula.compiling.lists import joined
from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.compiling.reading import BLANKS, read_number, to_number, to_text
from mazhi.engines.formula.compiling.saying.lists import holds
from mazhi.engines.formula.compiling.writing import NO, Given, ListVal, Val, Writer, either, fails
from mazhi.engines.formula.nodes import Call
from mazhi.engines.formula.values import LONGEST_TEXT

_MOST = LONGEST_TEXT + 1
_ONE = Val("number", "1", whole=1, places=0)
_AMOUNT = "^[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?$"


def _text(sql: str, fault: str = NO) -> Val:
    return Val("text", sql, fault)


def _below(number: Val, least: int) -> str:
    return f"({number.sql} < {least})"


def _left(w: Writer, call: Call, text: Val, count: Val = _ONE) -> Val:
    return _text(f"left({text.sql}, {w.whole(count, 0, _MOST)})", _below(count, 0))


def _right(w: Writer, call: Call, text: Val, count: Val = _ONE) -> Val:
    return _text(f"right({text.sql}, {w.whole(count, 0, _MOST)})", _below(count, 0))


def _mid(w: Writer, call: Call, text: Val, start: Val, count: Val) -> Val:
    sql = f"substr({text.sql}, {w.whole(start, 1, _MOST)}, {w.whole(count, 0, _MOST)})"
    return _text(sql, either(_below(start, 1), _below(count, 0)))


def _trim(w: Writer, call: Call, text: Val) -> Val:
    blanks = f"translate({text.sql}, {w.param(chr(0x3000) + chr(9))}, '  ')"
    return _text(f"regexp_replace(btrim({blanks}, ' '), ' +', ' ', 'g')")


def _concat(w: Writer, call: Call, *given: Given) -> Val:
    parts = joined(w, given, to_text)
    return w.text(w.gather(parts, "COALESCE(string_agg(v, '' ORDER BY p), '')"), w.any_fault(parts), longest=True)


def _textjoin(w: Writer, call: Call, separator: Val, skip: Val, *given: Given) -> Val:
    parts = joined(w, given, to_text)
    kept = f"FILTER (WHERE v <> '' OR NOT {skip.sql})"
    found = w.gather(parts, f"COALESCE(string_agg(v, {separator.sql} ORDER BY p) {kept}, '')")
    return w.text(found, w.any_fault(parts), longest=True)


def _substitute(w: Writer, call: Call, text: Val, old: Val, new: Val, which: Val | None = None) -> Val:
    there = f"{old.sql} <> ''"
    every = f"replace({text.sql}, {old.sql}, {new.sql})"
    if which is None:
        return w.text(every, longest=True)
    parts = w.let(f"CASE WHEN {there} THEN string_to_array({text.sql}, {old.sql}) END")
    nth = w.let(w.whole(which, 0, _MOST))
    one = (
        f"array_to_string({parts}[1:{nth}], {old.sql}) || {new.sql} || "
        f"array_to_string({parts}[{nth} + 1:cardinality({parts})], {old.sql})"
    )
    sql = (
        f"CASE WHEN NOT {there} OR {nth} >= COALESCE(cardinality({parts}), 0) THEN {text.sql} "
        f"WHEN {which.sql} = 0 THEN {every} ELSE {one} END"
    )
    zero = f"CASE WHEN {there} AND {which.sql} = 0 THEN {every} ELSE {sql} END"
    return w.text(zero, f"({there} AND {which.sql} < 0)", longest=True)


def _replace(w: Writer, call: Call, text: Val, start: Val, count: Val, new: Val) -> Val:
    first = w.let(w.whole(start, 1, _MOST))
    rest = f"substr({text.sql}, {first} + {w.whole(count, 0, _MOST)})"
    sql = f"left({text.sql}, {first} - 1) || {new.sql} || {rest}"
    return w.text(sql, either(_below(start, 1), _below(count, 0)), longest=True)


def _find(w: Writer, wanted: str, text: str, start: Val) -> Val:
    first = w.let(w.whole(start, 1, _MOST))
    beyond = f"{first} - 1 > length({text})"
    found = w.let(f"CASE WHEN {beyond} THEN 0 ELSE strpos(substr({text}, {first}), {wanted}) END")
    return w.counted(f"({found} + {first} - 1)", either(_below(start, 1), f"({found} = 0)"))


def _search(w: Writer, call: Call, wanted: Val, text: Val, start: Val = _ONE) -> Val:
    return _find(w, w.let(folded(wanted.sql)), w.let(folded(text.sql)), start)


def _contains(w: Writer, call: Call, held: Given, wanted: Given) -> Val:
    if isinstance(held, ListVal):
        return fails() if isinstance(wanted, ListVal) else holds(w, wanted, (held,))
    text, part = to_text(w, held), to_text(w, wanted)
    return Val("boolean", f"(strpos({text.sql}, {part.sql}) > 0)", either(text.fault, part.fault))


def _rept(w: Writer, call: Call, text: Val, count: Val) -> Val:
    long = f"(length({text.sql}) * {count.sql} > {LONGEST_TEXT})"
    sql = f"CASE WHEN NOT {long} THEN repeat({text.sql}, {w.whole(count, 0, 2_000_000_000)}) END"
    return _text(f"CASE WHEN {text.sql} = '' THEN '' ELSE {sql} END", either(_below(count, 0), long))


def _padded(w: Writer, text: Val, length: Val, fill: Val | None, side: str, usual: str) -> Val:
    fill_sql = usual if fill is None else fill.sql
    most = w.let(w.whole(length, 0, _MOST))
    long = f"({length.sql} > {LONGEST_TEXT})"
    nothing = NO if fill is None else f"({fill.sql} = '')"
    sql = f"CASE WHEN length({text.sql}) >= {most} THEN {text.sql} ELSE {side}({text.sql}, {most}, {fill_sql}) END"
    return _text(sql, either(long, nothing))


def _padleft(w: Writer, call: Call, text: Val, length: Val, fill: Val | None = None) -> Val:
    return _padded(w, text, length, fill, "lpad", "'0'")


def _padright(w: Writer, call: Call, text: Val, length: Val, fill: Val | None = None) -> Val:
    return _padded(w, text, length, fill, "rpad", "' '")


def _format(w: Writer, call: Call, value: Given, pattern: Given) -> Val:
    if isinstance(pattern, ListVal) or not pattern.fixed:
        raise NotInSqlError(call, "format")
    if isinstance(value, ListVal):
        return to_text(w, value)
    return written(w, w.atom(value), values.to_text(pattern.known))


def _value(w: Writer, call: Call, given: Given) -> Val:
    if isinstance(given, ListVal) or given.sort != "text":
        return to_number(w, given)
    text = w.let(given.sql)
    bare = w.let(f"btrim({text}, {w.param(BLANKS)})")
    hundredth = w.let(f"{bare} <> '' AND right({bare}, 1) IN ('%', '％')")
    rest = w.let(f"CASE WHEN {hundredth} THEN rtrim(left({bare}, -1), {w.param(BLANKS)}) ELSE {bare} END")
    ungrouped = f"CASE WHEN {rest} ~ {w.param(_AMOUNT)} THEN replace({rest}, ',', '') ELSE {rest} END"
    found = w.atom(read_number(w, ungrouped))
    exact = w.number(f"CASE WHEN {hundredth} THEN {found.sql} * 0.01 ELSE {found.sql} END", 50, 60)
    wrong = f"({text} <> '' AND {found.sql} IS NULL)"
    return replace(exact, sql=f"COALESCE({exact.sql}, 0)", fault=either(given.fault, exact.fault, wrong))


SAYS = {
    "LEN": lambda w, call, text: w.counted(f"length({text.sql})"),
    "LEFT": _left,
    "RIGHT": _right,
    "MID": _mid,
    "UPPER": lambda w, call, text: _text(f'upper({text.sql} COLLATE "C")'),
    "LOWER": lambda w, call, text: _text(folded(text.sql)),
    "TRIM": _trim,
    "CONCAT": _concat,
    "TEXTJOIN": _textjoin,
    "SUBSTITUTE": _substitute,
    "REPLACE": _replace,
    "FIND": lambda w, call, wanted, text, start=_ONE: _find(w, wanted.sql, text.sql, start),
    "SEARCH": _search,
    "CONTAINS": _contains,
    "STARTSWITH": lambda w, call, text, part: Val("boolean", f"starts_with({text.sql}, {part.sql})"),
    "ENDSWITH": lambda w, call, text, part: Val("boolean", f"(right({text.sql}, length({part.sql})) = {part.sql})"),
    "REPT": _rept,
    "PADLEFT": _padleft,
    "PADRIGHT": _padright,
    "TEXT": _format,
    "VALUE": _value,
    "EXACT": lambda w, call, text, other: Val("boolean", f"({text.sql} = {other.sql})"),
}
