"""What a code rule (编码规则) is, and what must be right about it as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import prod
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.codes import segments as segment_package
from mazhi.kernel.codes.check_method import COVERED
from mazhi.kernel.codes.layout import Layout, layouts
from mazhi.kernel.codes.periods import Periods, periods
from mazhi.kernel.codes.plan import Plan
from mazhi.kernel.codes.segment import (
    AnySegmentKind,
    CheckSegment,
    Context,
    NumberSegment,
    RandomSegment,
    Segment,
    StaticSegment,
)
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.master_data.model import LONGEST_CODE, LONGEST_NAME, is_code
from mazhi.kernel.registry import Registry

KINDS: Registry[AnySegmentKind] = Registry(segment_package)

MOST_SEGMENTS = 20
LONGEST = 60
"""Longer codes no carrier of ours prints legibly."""
LONGEST_SERIAL = 20
"""The longest serial number that GS1 carriers hold, AI (21)."""
MOST_VARIABLE = 2
SAFE_SPACE = 1_000_000
"""From so many random parts on a code that comes twice is rare enough to be simply drawn again."""
PERIOD_WORDS = {"day": "天", "week": "周", "month": "月", "year": "年"}
RESERVED_CODES = frozenset({"segment-kinds"})


@dataclass(frozen=True)
class CodeRule:
    """One version of a rule: the parts of its codes, in order.

    Attributes:
        code: What the rule is called.
        name: For people.
        segments: At least one; a number or a random part is among them.
        version: 1 is the first.
        in_force: This is the version that makes codes.
        used: It has made a code, and stays as it is for ever.
    """

    code: str
    name: str
    segments: tuple[Segment, ...]
    version: int = 1
    in_force: bool = True
    used: bool = False

    @cached_property
    def number(self) -> NumberSegment | None:
        """The running number, if there is one."""
        return next((segment for segment in self.segments if isinstance(segment, NumberSegment)), None)

    @cached_property
    def statics(self) -> tuple[StaticSegment, ...]:
        """The segments that are the same for all codes of a call."""
        return tuple(segment for segment in self.segments if isinstance(segment, StaticSegment))

    @cached_property
    def random_space(self) -> int:
        """How many random parts there are; 1 without any."""
        return prod(segment.space for segment in self.segments if isinstance(segment, RandomSegment))

    @property
    def draws_again(self) -> bool:
        """Whether a code that exists already is a rare accident, after which another is drawn."""
        return self.random_space >= SAFE_SPACE

    @cached_property
    def layouts(self) -> list[Layout]:
        """The rule with every choice of widths; most have one."""
        return list(layouts(self.segments))

    @cached_property
    def plan(self) -> Plan:
        """How its codes are made fast."""
        return Plan(self.segments)

    @cached_property
    def lengths(self) -> tuple[int, int]:
        """Fewest and most characters of a code."""
        return (
            sum(segment.widths[0] for segment in self.segments),
            sum(segment.widths[-1] for segment in self.segments),
        )

    @cached_property
    def capacity(self) -> int:
        """How many different codes there are per period and per value that is counted apart."""
        return (self.number.capacity if self.number else 1) * self.random_space

    @cached_property
    def periods(self) -> Periods | None:
        """The periods of the number; None where it never starts again."""
        if self.number is None or self.number.reset == "never":
            return None
        return periods(self.signs("day"), self.number.reset)

    def signs(self, slot: str) -> tuple[str, ...]:
        """Return the signs of all date segments (slot ``day``) or time segments (``minute``), in order."""
        return tuple(sign for segment in self.statics if segment.slot == slot for sign in segment.signs)

    def shown(self, name: str) -> list[int]:
        """Return which segments show a field (or ``product``)."""
        return [
            place
            for place, segment in enumerate(self.segments)
            if isinstance(segment, StaticSegment) and segment.shows == name
        ]

    def counter_name(self, context: Context, texts: Sequence[str], problems: list[Problem]) -> str:
        """Return the name of the counter that a call takes its numbers from.

        It is made of what the codes show: two counters of a rule never can make the same code, and a later version
        with the same way of counting goes on with the numbers.
        """
        number = self.number
        if number is None:
            return ""
        digest = hashlib.sha256(number.identity().encode()).hexdigest()[:8]
        period = self.periods.label(context.moment.date()) if self.periods else ""
        keys = [self._key(name, context, texts, problems) for name in sorted(number.per)]
        return "code:" + json.dumps([self.code, digest, period, *keys], ensure_ascii=False)

    def _key(self, name: str, context: Context, texts: Sequence[str], problems: list[Problem]) -> str:
        places = self.shown(name)
        if places:
            return "".join(texts[place] for place in places)
        if name == "product":
            # Without a random part two products would make the same codes, so they share the numbers.
            return context.product.code if context.product and self.draws_again else ""
        value = context.fields.get(name, "")
        if not value and not context.with_samples:
            problems.append(Problem("code_field_missing", {"name": name}, f"/fields/{name}"))
        return value

    def body(self) -> list[dict[str, Any]]:
        """Write the segments as plain data, defaults filled in."""
        return [dict(segment.body) for segment in self.segments]

    def specimen(self, moment: datetime) -> str:
        """Make up a code that shows what they look like."""
        context = Context(moment.astimezone(clock.DEFAULT_ZONE), with_samples=True)
        texts, _ = self.plan.texts(context)
        return self.plan.make(texts, 1, 1)[0]


@dataclass
class Draft:
    """A rule as it was sent: what could be understood of it, and everything that is wrong with it."""

    code: str
    name: str
    segments: list[Segment | None]
    problems: list[Problem] = field(default_factory=list)

    def rule(self) -> CodeRule:
        """Return the rule.

        Raises:
            InvalidInputError: Something is wrong; every problem is in it.
        """
        if self.problems:
            raise InvalidInputError("invalid_input", problems=self.problems)
        return CodeRule(self.code, self.name, tuple(segment for segment in self.segments if segment is not None))


def parse_rule(body: Mapping[str, Any], *, unnamed: bool = False) -> Draft:
    """Read a rule from a body ``{"code", "name", "segments"}``, collecting every problem.

    What can only be seen by looking at all codes (whether they can be told apart) is not looked at here.
    ``unnamed`` lets code and name be missing, as long as a rule is still being drawn up.
    """
    code, name, raw = body.get("code"), body.get("name"), body.get("segments")
    if unnamed:
        code, name = code or "-", name or "-"
    draft = Draft(str(code), str(name), [])
    if not isinstance(code, str) or not is_code(code) or "/" in code or code in RESERVED_CODES:
        draft.problems.append(Problem("rule_bad_code", {"limit": LONGEST_CODE}, "/code"))
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        draft.problems.append(Problem("rule_bad_name", {"limit": LONGEST_NAME}, "/name"))
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_SEGMENTS:
        draft.problems.append(Problem("rule_segments_count", {"limit": MOST_SEGMENTS}, "/segments"))
        return draft
    draft.segments = [_segment(entry, f"/segments/{place}", draft.problems) for place, entry in enumerate(raw)]
    _together(draft)
    return draft


def restore(row: Mapping[str, Any]) -> CodeRule:
    """Read a stored version; its segments were right when it was saved."""
    problems: list[Problem] = []
    raw = json.loads(row["body"])
    found = [_segment(entry, f"/segments/{place}", problems) for place, entry in enumerate(raw)]
    return CodeRule(
        row["code"],
        row["name"],
        tuple(segment for segment in found if segment is not None),
        row["version"],
        row["status"] == "in_force",
        bool(row["used"]),
    )


def _segment(raw: object, pointer: str, problems: list[Problem]) -> Segment | None:
    if not isinstance(raw, dict):
        problems.append(Problem("segment_not_an_object", {}, pointer))
        return None
    name = raw.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        known = ", ".join(kind.name for kind in KINDS)
        problems.append(Problem("segment_kind_unknown", {"kind": str(name), "known": known}, f"{pointer}/kind"))
        return None
    return KINDS[name].clean(raw, pointer, problems)


def _together(draft: Draft) -> None:
    """Check what must hold between the segments, as far as they could be read."""
    _check_unique_parts(draft)
    _check_lengths(draft)
    _check_coverage(draft)
    if not draft.problems:
        _check_counting(draft)


def _check_unique_parts(draft: Draft) -> None:
    numbers = [place for place, segment in enumerate(draft.segments) if isinstance(segment, NumberSegment)]
    for place in numbers[1:]:
        draft.problems.append(Problem("rule_two_counters", {}, f"/segments/{place}"))
    whole = None not in draft.segments
    if whole and not any(isinstance(segment, (NumberSegment, RandomSegment)) for segment in draft.segments):
        draft.problems.append(Problem("rule_not_unique", {}, "/segments"))
    seen: set[str] = set()
    for place, segment in enumerate(draft.segments):
        if isinstance(segment, StaticSegment) and segment.shows:
            key = f"{segment.shows} {segment.body.get('source', '')}"
            if key in seen:
                draft.problems.append(Problem("rule_field_twice", {"name": segment.shows}, f"/segments/{place}"))
            seen.add(key)


def _check_lengths(draft: Draft) -> None:
    found = [segment for segment in draft.segments if segment is not None]
    longest = sum(segment.widths[-1] for segment in found)
    if longest > LONGEST:
        draft.problems.append(Problem("rule_too_long", {"length": longest, "limit": LONGEST}, "/segments"))
    if sum(len(segment.widths) > 1 for segment in found) > MOST_VARIABLE:
        draft.problems.append(Problem("rule_too_variable", {"limit": MOST_VARIABLE}, "/segments"))


def _check_coverage(draft: Draft) -> None:
    for place, segment in enumerate(draft.segments):
        if not isinstance(segment, CheckSegment):
            continue
        if place == 0:
            draft.problems.append(Problem("rule_check_first", {}, "/segments/0"))
        for before, other in enumerate(draft.segments[:place]):
            foreign = _signs(other) - COVERED if other is not None else set()
            if foreign:
                params: dict[str, object] = {
                    "method": segment.method.name,
                    "place": before + 1,
                    "characters": " ".join(sorted(foreign)[:10]),
                }
                draft.problems.append(Problem("rule_check_cannot_cover", params, f"/segments/{place}/method"))


def _signs(segment: Segment) -> set[str]:
    """Return every character that a segment may have."""
    return set().union(*segment.classes(segment.widths[-1]))


def _check_counting(draft: Draft) -> None:
    """See that whatever makes the counter start again can be read from the codes."""
    rule = draft.rule()
    number = rule.number
    if number is None or rule.draws_again:
        return
    pointer = f"/segments/{rule.segments.index(number)}"
    if rule.periods is not None and not rule.periods.apart:
        params: dict[str, object] = {"reset": number.reset, "reset_zh": PERIOD_WORDS[number.reset]}
        draft.problems.append(Problem("rule_ambiguous_reset", params, f"{pointer}/reset"))
    for place, name in enumerate(number.per):
        if name != "product" and not rule.shown(name):
            draft.problems.append(Problem("rule_ambiguous_per", {"name": name}, f"{pointer}/per/{place}"))


def hints(rule: CodeRule) -> list[Problem]:
    """Say what is not wrong, but should be known."""
    found = []
    for place, segment in enumerate(rule.segments):
        pointer = f"/segments/{place}"
        unseen = not rule.shown("product") and not rule.draws_again
        if isinstance(segment, NumberSegment) and "product" in segment.per and unseen:
            found.append(Problem("rule_hint_per_product", {}, f"{pointer}/per"))
        if isinstance(segment, CheckSegment) and not segment.method.guards_letters:
            letters = set().union(*map(_signs, rule.segments[:place])) - set("0123456789-._/")
            if letters:
                found.append(Problem("rule_hint_check_letters", {"method": segment.method.name}, f"{pointer}/method"))
    if rule.periods is not None and rule.periods.cycle_years and not rule.draws_again:
        found.append(Problem("rule_hint_years_come_round", {"years": rule.periods.cycle_years}, "/segments"))
    if rule.number is None and not rule.draws_again:
        found.append(Problem("rule_hint_few_random", {"space": rule.random_space}, "/segments"))
    if rule.lengths[1] > LONGEST_SERIAL:
        params: dict[str, object] = {"length": rule.lengths[1], "limit": LONGEST_SERIAL}
        found.append(Problem("rule_hint_long", params, "/segments"))
    return found
