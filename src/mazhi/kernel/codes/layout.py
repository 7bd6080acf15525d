"""A rule with the width of each segment chosen: which characters may follow one another, place by place.

A layout is an automaton. Its state is made of small numbers: where the date and the time stand in theirs, what the
counter has read, what each check method makes of the text so far. Everything that a rule can make is a path
through it and the other way round, so that what holds for the paths holds for the codes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from itertools import product as combinations

from mazhi.kernel.codes import calendar
from mazhi.kernel.codes.calendar import Automaton
from mazhi.kernel.codes.check_method import CheckMethod
from mazhi.kernel.codes.segment import CheckSegment, NumberSegment, RandomSegment, Segment, StaticSegment

SLOTS = ("day", "minute")


class CheckTrack:
    """What a check method makes of a text that is read from its front.

    A method that reads backward has not begun yet: what is known after some characters is where they will lead from
    each state in which the method may come to them. Only states that the later places can lead to are kept.
    """

    def __init__(self, method: CheckMethod, classes: Sequence[Collection[str]]) -> None:
        self._method = method
        entries = [[method.start]]
        if method.backward:
            for signs in reversed(classes):
                entries.append(sorted({method.feed(state, sign) for state in entries[-1] for sign in signs}))
        self._entries = entries[::-1]
        self._moves: dict[tuple[int, str], list[int]] = {}

    def start(self) -> tuple[int, ...]:
        """Return what is known before the first character."""
        return tuple(self._entries[0])

    def step(self, known: tuple[int, ...], place: int, sign: str) -> tuple[int, ...]:
        """Go on by one character."""
        if not self._method.backward:
            return (self._method.feed(known[0], sign),)
        moves = self._moves.get((place, sign))
        if moves is None:
            index = {state: number for number, state in enumerate(self._entries[place])}
            moves = [index[self._method.feed(state, sign)] for state in self._entries[place + 1]]
            self._moves[place, sign] = moves
        return tuple([known[move] for move in moves])

    def final(self, known: tuple[int, ...]) -> str:
        """Return the check characters after the last character."""
        return self._method.final(known[0])


@dataclass(frozen=True, slots=True)
class _Cell:
    """One place of a code.

    Attributes:
        segment: The segment that it belongs to, by its place in the rule.
        offset: How far into the segment it lies.
        last: It is the segment's last place.
        checks: The checks that it is guarded by.
    """

    segment: int
    offset: int
    last: bool
    checks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Where the parts of a layout stand: day and time in their automata, the counter, and each check."""

    slots: tuple[int, int]
    number: int
    checks: tuple[tuple[int, ...], ...]


DONE: tuple[int, ...] = ()
"""What is known of a check that has been passed: nothing that matters any more."""


class Layout:
    """A rule's segments with a width each."""

    def __init__(self, segments: Sequence[Segment], widths: Sequence[int]) -> None:
        self.segments = segments
        self.bounds = list(pairwise(accumulate(widths, initial=0)))
        self.length = sum(widths)
        self.classes = [
            signs for segment, width in zip(segments, widths, strict=True) for signs in segment.classes(width)
        ]
        self._checks = [place for place, segment in enumerate(segments) if isinstance(segment, CheckSegment)]

    @cached_property
    def _automata(self) -> tuple[Automaton | None, Automaton | None]:
        day, minute = (
            tuple(sign for part in self.segments if isinstance(part, StaticSegment) and part.slot == slot
                  for sign in part.signs)
            for slot in SLOTS
        )  # fmt: skip
        return calendar.automaton(day) if day else None, calendar.automaton(minute) if minute else None

    @cached_property
    def _tracks(self) -> list[CheckTrack]:
        return [
            CheckTrack(segment.method, self.classes[: self.bounds[place][0]])
            for place in self._checks
            if isinstance(segment := self.segments[place], CheckSegment)
        ]

    @cached_property
    def _cells(self) -> list[_Cell]:
        return [
            _Cell(
                segment,
                place - start,
                place == end - 1,
                tuple(number for number, check in enumerate(self._checks) if check > segment),
            )
            for segment, (start, end) in enumerate(self.bounds)
            for place in range(start, end)
        ]

    def start(self) -> State:
        """Return the state before the first character."""
        number = next((segment.state() for segment in self.segments if isinstance(segment, NumberSegment)), 0)
        day, minute = (automaton.start if automaton else 0 for automaton in self._automata)
        return State((day, minute), number, tuple(track.start() for track in self._tracks))

    def free(self, place: int) -> bool:
        """Tell whether all characters of a place lead to the same state."""
        cell = self._cells[place]
        segment = self.segments[cell.segment]
        return not cell.checks and isinstance(segment, (StaticSegment, RandomSegment)) and not slot_of(segment)

    def signs(self, place: int, state: State) -> Collection[str]:
        """Return which characters may stand at a place; some counters' characters are dead ends."""
        cell = self._cells[place]
        segment = self.segments[cell.segment]
        if isinstance(segment, CheckSegment):
            number = self._checks.index(cell.segment)
            return self._tracks[number].final(state.checks[number])[cell.offset]
        node = self._node(segment, state)
        return self.classes[place] if node is None else node.keys()

    def step(self, place: int, state: State, sign: str) -> State | None:
        """Go on by a character that :meth:`signs` allows; None if it was a dead end."""
        cell = self._cells[place]
        segment = self.segments[cell.segment]
        slots, number, checks = state.slots, state.number, state.checks
        node = self._node(segment, state)
        if node is not None:
            slots = (node[sign], slots[1]) if slot_of(segment) == "day" else (slots[0], node[sign])
        elif isinstance(segment, NumberSegment):
            read = segment.step(number, cell.offset, sign)
            if read is None:
                return None
            number = 0 if cell.last else read
        if cell.checks or (cell.last and isinstance(segment, CheckSegment)):
            checks = self._checks_after(place, checks, sign)
        return State(slots, number, checks)

    def _node(self, segment: Segment, state: State) -> dict[str, int] | None:
        slot = slot_of(segment)
        if not slot:
            return None
        which = SLOTS.index(slot)
        automaton = self._automata[which]
        return automaton.nodes[state.slots[which]] if automaton else None

    def _checks_after(self, place: int, known: tuple[tuple[int, ...], ...], sign: str) -> tuple[tuple[int, ...], ...]:
        cell = self._cells[place]
        after = list(known)
        for number in cell.checks:
            after[number] = self._tracks[number].step(known[number], place, sign)
        if cell.last and cell.segment in self._checks:
            after[self._checks.index(cell.segment)] = DONE
        return tuple(after)


def slot_of(segment: Segment) -> str:
    """Return which part of the moment a segment shows: ``day``, ``minute`` or nothing."""
    return segment.slot if isinstance(segment, StaticSegment) else ""


def layouts(segments: Sequence[Segment]) -> Iterator[Layout]:
    """Give every choice of widths."""
    for widths in combinations(*(segment.widths for segment in segments)):
        yield Layout(segments, widths)
