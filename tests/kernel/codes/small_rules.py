"""Rules so small that every code of theirs can be written down, by a way of its own that shares nothing clever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from itertools import product
from math import prod
from typing import Any

from hypothesis import strategies as st

from mazhi.kernel import clock
from mazhi.kernel.codes import calendar
from mazhi.kernel.codes.alphabets import CLASSES
from mazhi.kernel.codes.calendar import Reset
from mazhi.kernel.codes.model import KINDS, CodeRule
from mazhi.kernel.codes.periods import periods
from mazhi.kernel.codes.segment import CheckSegment, Context, NumberSegment, Segment, StaticSegment
from mazhi.kernel.codes.segments.check import METHODS
from mazhi.kernel.codes.segments.random import ALPHABETS
from mazhi.kernel.errors import Problem

MOST_CODES = 1500


def rule_of(*bodies: dict[str, Any], code: str = "R") -> CodeRule:
    """Build a rule of segments without asking whether it may be saved."""
    problems: list[Problem] = []
    segments = [KINDS[body["kind"]].clean(body, "", problems) for body in bodies]
    assert not problems, problems
    return CodeRule(code, "规则", tuple(segment for segment in segments if segment is not None))


def _static_texts(segment: Segment) -> list[str]:
    """Write down all texts of a constant, field or product."""
    body = segment.body
    if body["kind"] == "constant":
        return [body["value"]]
    letters = CLASSES[body["chars"]]
    values = ["".join(text) for width in range(1, body["width"] + 1) for text in product(letters, repeat=width)]
    if body["fit"] == "pad":
        texts = {value.rjust(body["width"], "0") for value in values}
    elif body["fit"] == "exact":
        texts = {value for value in values if len(value) == body["width"]}
    else:
        texts = set(values)
    return sorted(text for text in texts if text.startswith(body.get("begins", "")))


def number_texts(segment: Segment) -> list[str]:
    """Write down all numbers of a counter."""
    body = segment.body
    digits = {10: "0123456789", 36: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}[body["base"]]
    texts = ["".join(text) for text in product(digits, repeat=body["width"])]
    last = body.get("end", len(texts) - 1)
    return texts[body["start"] : last + 1 : body["step"]]


def _own_texts(segment: Segment) -> list[str]:
    if segment.kind == "counter":
        return number_texts(segment)
    if segment.kind == "random":
        return ["".join(text) for text in product(ALPHABETS[segment.body["alphabet"]], repeat=segment.body["length"])]
    return _static_texts(segment)


def moments(rule: CodeRule) -> list[datetime]:
    """Give one moment for each way in which the date segments and the counter's period can come out together."""
    reset = rule.number.reset if rule.number else "never"
    days, minutes = _days(rule.signs("day"), reset), _firsts(rule.signs("minute"), [])
    start = datetime.combine(calendar.FIRST_DAY, time(), clock.DEFAULT_ZONE)
    return [start + timedelta(days=day, minutes=minute) for day in days for minute in minutes]


@cache
def _days(signs: tuple[str, ...], reset: Reset) -> list[int]:
    return _firsts(signs, [] if reset == "never" else [periods(signs, reset).labels])


def _firsts(signs: tuple[str, ...], more: list[list[str]]) -> list[int]:
    """Return the first day or minute of each combination of texts."""
    columns = [*map(calendar.column, signs), *more]
    if not columns:
        return [0]
    seen: dict[tuple[str, ...], int] = {}
    for place, texts in enumerate(zip(*columns, strict=True)):
        seen.setdefault(texts, place)
    return list(seen.values())


def _made(rule: CodeRule) -> Iterator[tuple[datetime, list[str]]]:
    """Give every way in which a code can be made: its moment, and the texts of its segments."""
    for moment in moments(rule):
        choices = [_choices(segment, moment) for segment in rule.segments]
        for texts in product(*choices):
            whole = list(texts)
            for place, segment in enumerate(rule.segments):
                if isinstance(segment, CheckSegment):
                    whole[place] = segment.method.compute("".join(whole[:place]))
            yield moment, whole


def _choices(segment: Segment, moment: datetime) -> list[str]:
    if isinstance(segment, CheckSegment):
        return [""]
    if _is_date(segment):
        assert isinstance(segment, StaticSegment)
        return ["".join(calendar.write(sign, moment) for sign in segment.signs)]
    return _own_texts(segment)


def issues(rule: CodeRule) -> Iterator[tuple[str, str, str]]:
    """Give every way in which a code can be made: the code, its counter and its number."""
    where = next(place for place, part in enumerate(rule.segments) if isinstance(part, NumberSegment))
    for moment, texts in _made(rule):
        yield "".join(texts), rule.counter_name(Context(moment, {}), texts, []), texts[where]


def all_codes(rule: CodeRule) -> set[str]:
    """Write down every code of a rule."""
    return {"".join(texts) for _, texts in _made(rule)}


def _is_date(segment: Segment) -> bool:
    return isinstance(segment, StaticSegment) and bool(segment.slot)


def size(rule: CodeRule) -> int:
    """Say about how many codes a rule has."""
    own = prod(
        len(_own_texts(part)) for part in rule.segments if not isinstance(part, CheckSegment) and not _is_date(part)
    )
    return own * (len(moments(rule)) if any(map(_is_date, rule.segments)) else 1)


constants = st.sampled_from(["0", "1", "9", "01", "A", "1A", "-"]).map(
    lambda value: {"kind": "constant", "value": value}
)


def _dates(*forms: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(forms).map(lambda form: {"kind": "date", "format": form})


dates = _dates("Y", "MM", "M_1C", "M_AL", "D", "Y_VIN", "YWW", "H_AX", "HH")
fields = st.builds(
    lambda name, width, fit, begins: {
        "kind": "field", "name": name, "width": width, "fit": fit, "chars": "digits",
        "begins": "" if fit == "pad" else begins,
    },
    st.sampled_from(["line", "batch"]),
    st.integers(1, 2),
    st.sampled_from(["exact", "pad", "up_to"]),
    st.sampled_from(["", "", "1"]),
)  # fmt: skip
randoms = st.just({"kind": "random", "length": 1, "alphabet": "digits"})
checks = st.sampled_from(sorted(method.name for method in METHODS)).map(lambda name: {"kind": "check", "method": name})


@st.composite
def counters(draw: st.DrawFn, most: int = 12) -> dict[str, Any]:
    """Draw a counter with few numbers."""
    base, width = draw(st.sampled_from([(10, 1), (10, 2), (36, 1)]))
    start = draw(st.integers(0, 5))
    step = draw(st.integers(1, 4))
    end = min(base**width - 1, start + draw(st.integers(0, most)))
    return {"kind": "counter", "base": base, "width": width, "start": start, "step": step, "end": end}


def _different(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out fields that stand there already."""
    seen: set[str] = set()
    kept = []
    for part in parts:
        if part["kind"] != "field" or part["name"] not in seen:
            kept.append(part)
        seen.add(part.get("name", ""))
    return kept


@st.composite
def rules(draw: st.DrawFn) -> CodeRule:
    """Draw a small rule; it need not be one that may be saved."""
    front = draw(st.lists(st.one_of(constants, dates, fields), max_size=3))
    parts = draw(st.permutations([*front, draw(st.one_of(counters(), randoms))]))
    return rule_of(*_different([*parts, *draw(st.lists(checks, max_size=1))]))


COUNTING: list[tuple[list[str], str]] = [
    ([], "never"), (["Y"], "never"), (["Y"], "year"), (["YWW"], "week"), (["YWW"], "year"), (["MM"], "never"),
    (["Y", "MM"], "year"), (["Y", "M_AL"], "month"),
]  # fmt: skip


@st.composite
def counting_rules(draw: st.DrawFn) -> CodeRule:
    """Draw a small rule with a counter that starts again, where the codes tell when."""
    forms, reset = draw(st.sampled_from(COUNTING))
    front = [{"kind": "date", "format": form} for form in forms]
    front += draw(st.lists(st.one_of(constants, fields), max_size=2))
    shown = sorted({part["name"] for part in front if part["kind"] == "field"})
    per = draw(st.lists(st.sampled_from(["product", *shown]), unique=True, max_size=2))
    number = {**draw(counters(most=3)), "reset": reset, "per": per}
    parts = draw(st.permutations([*front, number]))
    return rule_of(*_different([*parts, *draw(st.lists(checks, max_size=1))]))
