"""Reading a code back (反解): what each part of it says, by every rule that can have made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mazhi.kernel.codes import calendar
from mazhi.kernel.codes.check_method import COVERED
from mazhi.kernel.codes.layout import Layout
from mazhi.kernel.codes.model import CodeRule
from mazhi.kernel.codes.segment import CheckSegment, Meaning, Segment, StaticSegment
from mazhi.kernel.errors import ProgrammingError


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a code, from ``start`` up to ``end``."""

    segment: int
    kind: str
    text: str
    start: int
    end: int
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Reading:
    """A code as one version of a rule makes it."""

    rule: CodeRule
    parts: Sequence[Part]


def read(rule: CodeRule, code: str, *, today: date) -> list[Reading]:
    """Take a code apart; empty if the rule never makes it.

    A rule that may be saved reads each of its codes in one way only. Where years come round the latest that is not
    in the future is meant.
    """
    readings = []
    for layout in rule.layouts:
        if layout.length == len(code):
            parts = _parts(rule.segments, layout, code)
            if parts is not None and _dated(rule.segments, parts, today) and _checked(rule.segments, parts, code):
                readings.append(Reading(rule, parts))
    return readings


def split(rule: CodeRule, code: str) -> list[Part]:
    """Take a code apart that the rule has made, without asking what its parts mean together."""
    for layout in rule.layouts:
        if layout.length == len(code):
            parts = _parts(rule.segments, layout, code)
            if parts is not None:
                return parts
    raise ProgrammingError(f"rule {rule.code} does not make {code}")


def _parts(segments: Sequence[Segment], layout: Layout, code: str) -> list[Part] | None:
    parts = []
    for place, (segment, (start, end)) in enumerate(zip(segments, layout.bounds, strict=True)):
        text = code[start:end]
        meaning = segment.read(text)
        if meaning is None:
            return None
        parts.append(Part(place, segment.kind, text, start, end, meaning))
    return parts


def _checked(segments: Sequence[Segment], parts: Sequence[Part], code: str) -> bool:
    for segment, part in zip(segments, parts, strict=True):
        if isinstance(segment, CheckSegment):
            before = code[: part.start]
            if not set(before) <= COVERED or segment.method.compute(before) != part.text:
                return False
    return True


def _dated(segments: Sequence[Segment], parts: list[Part], today: date) -> bool:
    """Put the day and the time that all date segments say together in the place of what each says alone."""
    for slot in ("day", "minute"):
        places = [
            place
            for place, segment in enumerate(segments)
            if isinstance(segment, StaticSegment) and segment.slot == slot
        ]
        if not places:
            continue
        written = tuple(pair for place in places for pair in _signs(segments[place], parts[place].text))
        meaning = _day(written, today) if slot == "day" else _time(written)
        if meaning is None:
            return False
        for place in places:
            part = parts[place]
            parts[place] = Part(part.segment, part.kind, part.text, part.start, part.end, meaning)
    return True


def _signs(segment: Segment, text: str) -> list[tuple[str, str]]:
    """Take the text of a date segment apart into its signs."""
    assert isinstance(segment, StaticSegment)  # noqa: S101 - only such have a slot
    pieces, start = [], 0
    for sign in segment.signs:
        size = len(calendar.column(sign)[0])
        pieces.append((sign, text[start : start + size]))
        start += size
    return pieces


def _day(written: tuple[tuple[str, str], ...], today: date) -> Meaning | None:
    spans = calendar.spans(written)
    if not spans:
        return None
    past = [span for span in spans if span[0] <= today]
    first, last = past[-1] if past else spans[0]
    if first == last:
        return Meaning(first.isoformat(), f"{first.isoformat()} 制码", f"made on {first.isoformat()}")
    value = f"{first.isoformat()}/{last.isoformat()}"
    return Meaning(
        value,
        f"{first.isoformat()} 至 {last.isoformat()} 之间制码",
        f"made between {first.isoformat()} and {last.isoformat()}",
    )


def _time(written: tuple[tuple[str, str], ...]) -> Meaning | None:
    found = calendar.minutes(written)
    if found is None:
        return None
    first, last = (f"{moment:%H:%M}" for moment in found)
    if first == last:
        return Meaning(first, f"{first} 制码", f"made at {first}")
    return Meaning(f"{first}/{last}", f"{first} 至 {last} 之间制码", f"made between {first} and {last}")
