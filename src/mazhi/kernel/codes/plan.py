"""Making many codes of one rule fast: constant parts once, the others column by column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import add

from mazhi.kernel.codes.check_method import SIGNS, CheckMethod
from mazhi.kernel.codes.segment import CheckSegment, Context, NumberSegment, RandomSegment, Segment, StaticSegment
from mazhi.kernel.errors import Problem, ProgrammingError

DRAW_AT_LEAST = 1000
"""When random parts must all differ and few are left, so many are drawn at a time."""

Part = str | list[str]
"""A text that all codes share, or one for each code."""


class Plan:
    """How the codes of a rule are made; knows nothing of counters."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._numbered = any(isinstance(segment, NumberSegment) for segment in segments)

    def texts(self, context: Context) -> tuple[list[str], list[Problem]]:
        """Write the segments that are the same for all codes, in order ("" for others), and say what is wrong."""
        texts: list[str] = []
        problems: list[Problem] = []
        for segment in self._segments:
            text = segment.text(context) if isinstance(segment, StaticSegment) else ""
            if isinstance(text, Problem):
                problems.append(text)
                text = ""
            texts.append(text)
        return texts, problems

    def make(self, texts: Sequence[str], first: int, count: int) -> list[str]:
        """Make ``count`` codes from the ``first``-th number on; they are all different.

        The caller sees to it that there are so many numbers, or so many random parts.
        """
        codes = self._draft(texts, first, count)
        if self._numbered:
            return codes
        different = dict.fromkeys(codes)
        while len(different) < count:
            different |= dict.fromkeys(self._draft(texts, first, max(count - len(different), DRAW_AT_LEAST)))
        return list(different)[:count]

    def _draft(self, texts: Sequence[str], first: int, count: int) -> list[str]:
        parts: list[Part] = []
        for segment, text in zip(self._segments, texts, strict=True):
            part: Part
            if isinstance(segment, NumberSegment):
                part = segment.write(first, count)
            elif isinstance(segment, RandomSegment):
                part = segment.draw(count)
            elif isinstance(segment, CheckSegment):
                part = _checks(segment.method, parts)
            else:
                part = text
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
        return _joined(parts, count)


def _joined(parts: list[Part], count: int) -> list[str]:
    columns = [part for part in parts if isinstance(part, list)]
    if len(columns) == 1:
        place = parts.index(columns[0])
        front = "".join(part for part in parts[:place] if isinstance(part, str))
        back = "".join(part for part in parts[place + 1 :] if isinstance(part, str))
        return [front + text + back for text in columns[0]]
    if not columns:
        raise ProgrammingError("a rule without number and random part makes one code only")
    filled = (repeat(part, count) if isinstance(part, str) else part for part in parts)
    return list(map("".join, zip(*filled, strict=True)))


def _checks(method: CheckMethod, parts: Sequence[Part]) -> Part:
    """Compute the check characters of all codes, in the direction of the method.

    Place by place for all codes at once: a state times ``SIGNS`` plus a character is an index into the table.
    """
    shared: int = method.start
    states: list[int] | None = None
    for part in reversed(parts) if method.backward else parts:
        if isinstance(part, str):
            if states is None:
                shared = method.run(shared, part)
            else:
                after = {state: method.run(state // SIGNS, part) * SIGNS for state in set(states)}
                states = list(map(after.__getitem__, states))
            continue
        states = [shared * SIGNS] * len(part) if states is None else states
        width, signs = len(part[0]), "".join(part).encode("ascii")
        for place in reversed(range(width)) if method.backward else range(width):
            states = list(map(method.table.__getitem__, map(add, states, signs[place::width])))
    if states is None:
        return method.final(shared)
    last = {state: method.final(state // SIGNS) for state in set(states)}
    return list(map(last.__getitem__, states))
