"""Overlap (重号): can two rules ever make the same code?

Both rules are walked through together, character by character, and a pair of states is never looked at twice. The
answer is exact: a witness is really made by both, and without one there is none. Only where check characters of
several methods meet in a long code can the search become too long; it is then broken off and counts as an overlap,
since a false alarm is an annoyance and a missed one a recall.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from mazhi.kernel.codes.layout import Layout, State
from mazhi.kernel.codes.model import CodeRule

PATIENCE = 20_000
"""So many pairs of states are looked at before a search is broken off."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules can make the same code; ``example`` is one, or None where the search was broken off."""

    example: str | None


class _TooLongError(Exception):
    """The search was broken off."""


def find_overlap(one: CodeRule, other: CodeRule, *, like: str = "", patience: int = PATIENCE) -> Overlap | None:
    """Look for a code that both rules can make; ``like`` is a code that an example should resemble."""
    return _first(_pairs(one, other), like, patience)


def find_clash(new: CodeRule, old: CodeRule, *, like: str = "", patience: int = PATIENCE) -> Overlap | None:
    """Look for a code that a new version could make although an old version of the same rule has made it.

    Where both take the code's number from the same counter that cannot happen, however alike they are. A new version
    with a long random part draws again when it meets an old code.
    """
    if new.draws_again:
        return None
    pairs = ((left, right) for left, right in _pairs(new, old) if not _same_counter(new, left, old, right))
    return _first(pairs, like, patience)


def find_two_readings(rule: CodeRule, *, patience: int = PATIENCE) -> Overlap | None:
    """Look for a code of the rule that can be taken apart in two ways."""
    pairs = ((one, other) for one, other in _pairs(rule, rule) if one.bounds < other.bounds)
    return _first(pairs, "", patience)


def _pairs(one: CodeRule, other: CodeRule) -> Iterator[tuple[Layout, Layout]]:
    """Give every two layouts of one length that agree in each place taken by itself."""
    by_length: dict[int, list[Layout]] = {}
    for layout in other.layouts:
        by_length.setdefault(layout.length, []).append(layout)
    for layout in one.layouts:
        for beside in by_length.get(layout.length, ()):
            if not any(map(frozenset.isdisjoint, layout.classes, beside.classes)):
                yield layout, beside


def _first(pairs: Iterable[tuple[Layout, Layout]], like: str, patience: int) -> Overlap | None:
    for one, other in pairs:
        try:
            example, patience = _search(one, other, like if len(like) == one.length else "", patience)
        except _TooLongError:
            return Overlap(None)
        if example is not None:
            return Overlap(example)
    return None


def _same_counter(new: CodeRule, left: Layout, old: CodeRule, right: Layout) -> bool:
    """Tell whether a code of both layouts is the same number of the same counter in both versions."""
    if new.number is None or old.number is None or new.number.identity() != old.number.identity():
        return False
    if new.number.body["base"] != old.number.body["base"]:
        return False
    if old.draws_again:
        return False  # what their counters are kept by need not stand in the code
    if _place(new, left, new.number) != _place(old, right, old.number):
        return False
    if new.number.reset != "never" and _dates(new, left) != _dates(old, right):
        return False
    return all(
        [left.bounds[place] for place in new.shown(name)] == [right.bounds[place] for place in old.shown(name)]
        for name in new.number.per
    )


def _place(rule: CodeRule, layout: Layout, segment: object) -> tuple[int, int]:
    return next(bounds for part, bounds in zip(rule.segments, layout.bounds, strict=True) if part is segment)


def _dates(rule: CodeRule, layout: Layout) -> list[tuple[tuple[int, int], tuple[str, ...]]]:
    return [(_place(rule, layout, segment), segment.signs) for segment in rule.statics if segment.slot == "day"]


@dataclass(slots=True)
class _Frame:
    """One step of the search: the states so far and the characters that are still to be tried."""

    one: State
    other: State
    left: list[str]


def _search(one: Layout, other: Layout, like: str, patience: int) -> tuple[str | None, int]:
    """Walk through two layouts of one length together, depth first."""
    start = (0, one.start(), other.start())
    seen = {start}
    text: list[str] = []
    stack = [_Frame(start[1], start[2], _common(one, other, *start, like))]
    while stack:
        place = len(stack) - 1
        if place == one.length:
            return "".join(text), patience
        frame = stack[-1]
        if not frame.left:
            stack.pop()
            if text:
                text.pop()
            continue
        sign = frame.left.pop()
        after, beside = one.step(place, frame.one, sign), other.step(place, frame.other, sign)
        if after is None or beside is None or (place + 1, after, beside) in seen:
            continue
        seen.add((place + 1, after, beside))
        if len(seen) > patience:
            raise _TooLongError
        text.append(sign)
        stack.append(_Frame(after, beside, _common(one, other, place + 1, after, beside, like)))
    return None, patience - len(seen)


def _common(one: Layout, other: Layout, place: int, state: State, beside: State, like: str) -> list[str]:
    """Return the characters that both allow; the one to try first stands last."""
    if place == one.length:
        return []
    allowed: Collection[str] = set(one.signs(place, state)).intersection(other.signs(place, beside))
    wanted = like[place] if like else ""
    order = sorted(allowed, key=lambda sign: (sign == wanted, -ord(sign)))
    return order[-1:] if one.free(place) and other.free(place) else order
