"""GS1 element strings: taken apart in two spellings, and checked.

The raw spelling is what a scanner sends, ``01…10…<GS>21…``; the bracketed one is what people read and type,
``(01)…(10)…(21)…``. Nothing here raises on what a user scanned: all that is wrong is told as a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mazhi.kernel.barcodes.gs1.table import TABLE, ApplicationIdentifier, Part, matching, starting
from mazhi.kernel.barcodes.model import GS
from mazhi.kernel.errors import Problem

SEPARATOR = re.compile(
    "\x1d|\u241d|\u2194"  # the character itself, its picture, and what Alt+29 types on Windows
    "|[{<\\[](?:GS|FNC1|F8|0X1D)[}>\\]]"
    "|\\\\x1d|\\\\u001d"
    "|\\^\\]?",
    re.IGNORECASE,
)
"""Every way in which scanners, and programs behind them, spell FNC1."""

BROKEN = frozenset({"unknown_ai", "empty_value", "value_too_short", "value_too_long", "wrong_character"})
"""Problems of structure: with one of them, the text may well be no element string at all."""

_BRACKETED_AI = re.compile(r"(?<!\\)\(([0-9]{2,4})\)")


@dataclass(frozen=True, slots=True)
class Element:
    """One application identifier with its value."""

    ai: ApplicationIdentifier
    value: str


@dataclass(slots=True)
class Message:
    """The elements of one code, in the order in which they stand, and what is wrong with them."""

    elements: list[Element] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether the structure itself is wrong."""
        return any(problem.code in BROKEN for problem in self.problems)

    def values(self) -> dict[str, str]:
        """Return the values by application identifier; of a repeated one the first."""
        found: dict[str, str] = {}
        for element in self.elements:
            found.setdefault(element.ai.code, element.value)
        return found


def looks_bracketed(text: str) -> bool:
    """Tell whether a text begins like a bracketed element string."""
    return _BRACKETED_AI.match(text) is not None


def read_raw(data: str) -> Message:
    """Take a raw element string apart; FNC1 must already be GS, a leading one is skipped."""
    message = Message()
    segments = [segment for segment in data.split(GS) if segment]
    for segment in segments:
        _read_segment(segment, message)
    # A scanner that sent one separator sends them all: only without any can a missing one be the reason.
    _check(message, separators_lost=GS not in data.strip(GS))
    return message


def _read_segment(segment: str, message: Message) -> None:
    at = 0
    while at < len(segment):
        ai = starting(segment, at)
        if ai is None:
            message.problems.append(Problem("unknown_ai", {"text": segment[at : at + 4]}))
            return
        at += len(ai.code)
        end = at + ai.fixed if ai.fixed else len(segment)
        message.elements.append(Element(ai, segment[at:end]))
        at = end


def read_bracketed(text: str) -> Message:
    """Take a bracketed element string apart; blanks around values are not part of them.

    A bracket that belongs to a value has a backslash before it.
    """
    message = Message()
    pieces = _BRACKETED_AI.split(text)
    for code, raw in zip(pieces[1::2], pieces[2::2], strict=True):
        value = SEPARATOR.sub("", raw).strip().replace("\\(", "(").replace("\\)", ")")
        ai = TABLE.get(code)
        if ai is None:
            message.problems.append(Problem("unknown_ai", {"text": code}))
        else:
            message.elements.append(Element(ai, value))
    _check(message)
    return message


def check(elements: Sequence[Element]) -> list[Problem]:
    """Return everything that is wrong with elements that are already apart."""
    message = Message(list(elements))
    _check(message)
    return message.problems


def _check(message: Message, *, separators_lost: bool = False) -> None:
    seen: dict[str, str] = {}
    for element in message.elements:
        problems = value_problems(element.ai, element.value)
        if separators_lost and not element.ai.fixed:
            problems = [_blame_separator(problem) for problem in problems]
        message.problems += problems
        if seen.setdefault(element.ai.code, element.value) != element.value:
            message.problems.append(Problem("repeated_ai", {"ai": element.ai.code}))
    message.problems += _pair_problems(message.elements, set(seen))


def _blame_separator(problem: Problem) -> Problem:
    return Problem("lost_separator", problem.params) if problem.code == "value_too_long" else problem


def value_problems(ai: ApplicationIdentifier, value: str) -> list[Problem]:
    """Return what is wrong with one value: its length, else its characters, else the rules of its parts."""
    if not ai.fits(value):
        return [_misfit(ai, value)]
    return [
        Problem(rule.code, {"ai": ai.code, "value": text, **params})
        for part, text in _parts(ai, value)
        for _, rule in part.rules
        if (params := rule.test(text)) is not None
    ]


def _parts(ai: ApplicationIdentifier, value: str) -> Iterator[tuple[Part, str]]:
    at = 0
    for part in ai.parts:
        text = value[at : at + part.longest]
        if not text and part.optional:
            return
        yield part, text
        at += len(text)


def _misfit(ai: ApplicationIdentifier, value: str) -> Problem:
    if not value:
        return Problem("empty_value", {"ai": ai.code})
    length: dict[str, object] = {"ai": ai.code, "length": len(value), "shortest": ai.shortest, "longest": ai.longest}
    if len(value) > ai.longest:
        return Problem("value_too_long", length)
    for part, text in _parts(ai, value):
        for character in text:
            if not part.allowed.fullmatch(character):
                return Problem("wrong_character", {"ai": ai.code, "character": character})
    return Problem("value_too_short", length)


def _pair_problems(elements: Sequence[Element], present: set[str]) -> list[Problem]:
    problems: list[Problem] = []
    told: set[frozenset[str]] = set()
    for ai in {element.ai.code: element.ai for element in elements}.values():
        if ai.needs and not any(all(present & matching(code) for code in group) for group in ai.needs):
            groups = ["".join(f"({code.replace('*', 'n')})" for code in group) for group in ai.needs]
            problems.append(Problem("missing_partner", {"ai": ai.code, "needs": " / ".join(groups)}))
        for pattern in ai.never:
            for other in sorted(present & matching(pattern) - {ai.code}):
                pair = frozenset({ai.code, other})
                if pair not in told:
                    told.add(pair)
                    problems.append(Problem("excluded_partner", {"ai": ai.code, "other": other}))
    return problems
