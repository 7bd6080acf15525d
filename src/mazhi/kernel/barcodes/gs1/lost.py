"""Element strings whose separators were lost on the way: how they may have read.

Some keyboard wedges drop FNC1, so that ``10LOT1<GS>21SN1`` arrives as ``10LOT121SN1``. Nothing in the text tells
where the separator stood; a value that is longer than it can be tells that one is missing. The places where the rest
reads well as elements are offered as further readings, and the database knows which of them exists.
"""

from __future__ import annotations

from collections.abc import Iterator

from mazhi.kernel.barcodes.gs1.elements import Element, Message, check, read_raw
from mazhi.kernel.errors import Problem

_FOLLOWERS = ("21", "10", "17", "11", "15", "13", "240", "30", "37", "400")
"""What usually stands behind a value of variable length, the most usual first."""

_KEY_NAME = "F8"
"""Some scanners stand for FNC1 with the function key F8; what types it out sends its name."""

LONGEST = 200
"""Longer texts are no labels that lost a separator."""
MOST = 3
"""So many readings are offered at the most."""


def split_again(message: Message) -> list[Message]:
    """Return how the elements may have stood before the separators were lost, likeliest first."""
    if not any(problem.code == "lost_separator" for problem in message.problems):
        return []
    return splits(message)


def splits(message: Message) -> list[Message]:
    """Return the ways in which the last value may be several, whether or not it is too long for one."""
    if not message.elements or message.elements[-1].ai.fixed or len(message.elements[-1].value) > LONGEST:
        return []
    *before, last = message.elements
    found: list[Message] = []
    for end, start in _places(last.value):
        again = _cut(before, last, end, start)
        if again is not None:
            found.append(again)
        if len(found) == MOST:
            break
    return found


def _places(value: str) -> Iterator[tuple[int, int]]:
    """Return where a value may end and the next identifier begin: at a key's name, else before a usual identifier."""
    for mark in (_KEY_NAME, *_FOLLOWERS):
        at = value.find(mark, 1)
        while at > 0:
            yield at, at + len(mark) if mark == _KEY_NAME else at
            at = value.find(mark, at + 1)


def _cut(before: list[Element], last: Element, end: int, start: int) -> Message | None:
    head = Element(last.ai, last.value[:end])
    if not head.ai.fits(head.value):
        return None
    rest = read_raw(last.value[start:])
    if not rest.elements or rest.broken or any(problem.code == "lost_separator" for problem in rest.problems):
        return None
    elements = [*before, head, *rest.elements]
    if len({element.ai.code for element in elements}) < len(elements):
        return None
    lost = Problem("lost_separator", {"ai": last.ai.code, "length": len(last.value), "longest": last.ai.longest})
    return Message(elements, [lost, *check(elements)])
