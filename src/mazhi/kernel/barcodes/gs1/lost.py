"""Element strings whose separators were lost on the way: how they may have read.

Some keyboard wedges drop FNC1, so that ``10LOT1<GS>21SN1`` arrives as ``10LOT121SN1``. Nothing in the text tells
where the separator stood; a value that is longer than it can be tells that one is missing. The places where the rest
reads well as elements are offered as further readings, and the database knows which of them exists.
"""

from __future__ import annotations

from mazhi.kernel.barcodes.gs1.elements import Element, Message, check, read_raw
from mazhi.kernel.errors import Problem

_FOLLOWERS = ("21", "10", "17", "11", "15", "13", "240", "30", "37", "400")
"""What usually stands behind a value of variable length, the most usual first."""

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
    for follower in _FOLLOWERS:
        at = last.value.find(follower, 1)
        while at > 0 and len(found) < MOST:
            again = _cut(before, last, at)
            if again is not None:
                found.append(again)
            at = last.value.find(follower, at + 1)
    return found


def _cut(before: list[Element], last: Element, at: int) -> Message | None:
    head = Element(last.ai, last.value[:at])
    if not head.ai.fits(head.value):
        return None
    rest = read_raw(last.value[at:])
    if rest.broken or any(problem.code == "lost_separator" for problem in rest.problems):
        return None
    elements = [*before, head, *rest.elements]
    if len({element.ai.code for element in elements}) < len(elements):
        return None
    lost = Problem("lost_separator", {"ai": last.ai.code, "length": len(last.value), "longest": last.ai.longest})
    return Message(elements, [lost, *check(elements)])
