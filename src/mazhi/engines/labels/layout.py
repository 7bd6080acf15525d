"""Laying out: a template and the data of one label become marks in whole dots.

What is the same on every label of a run is laid out once. All marks are ink on white and nothing is ever rubbed out,
so their order does not show; what is fixed comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.labels.bits import cut, turn
from mazhi.engines.labels.carriers.painting import paint
from mazhi.engines.labels.element import AnyMark, Images, Plan, Spot
from mazhi.engines.labels.marks import Box, Laid, Picture, Rotation, Symbol, Words, dots
from mazhi.engines.labels.model import Placed, Template, element_kinds
from mazhi.kernel.errors import InvalidInputError, Problem


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an element's box lies on the label, in dots, and how its content is turned in it."""

    left: int
    top: int
    right: int
    bottom: int
    rotation: Rotation

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the content before it is turned."""
        width, height = self.right - self.left, self.bottom - self.top
        return (width, height) if self.rotation in {0, 180} else (height, width)

    def point(self, x: int, y: int) -> tuple[int, int]:
        """Return where a point of the content comes to lie; points are corners between dots."""
        if self.rotation == 0:
            return self.left + x, self.top + y
        if self.rotation == 90:
            return self.right - y, self.top + x
        if self.rotation == 180:
            return self.right - x, self.bottom - y
        return self.left + y, self.bottom - x

    def corner(self, x: int, y: int, width: int, height: int) -> tuple[int, int]:
        """Return the upper left corner of a rectangle of the content after turning."""
        first, second = self.point(x, y), self.point(x + width, y + height)
        return min(first[0], second[0]), min(first[1], second[1])


def frame_of(placed: Placed, dpi: int) -> Frame:
    """Return an element's frame; each edge is rounded by itself, so that neighbours meet."""
    left, top = dots(placed.x, dpi), dots(placed.y, dpi)
    return Frame(left, top, dots(placed.x + placed.w, dpi), dots(placed.y + placed.h, dpi), placed.rotation)


def spot_of(placed: Placed, dpi: int, images: Images | None) -> Spot:
    """Return what an element's kind is told."""
    width, height = frame_of(placed, dpi).size
    return Spot(placed.id, placed.name, width, height, dpi, placed.values, images)


class Layout:
    """A template made ready for many labels at one resolution."""

    def __init__(self, template: Template, dpi: int, images: Images | None = None) -> None:
        """Make every visible element ready and lay out those that are the same on all labels."""
        self.template = template
        self.dpi = dpi
        self.width, self.height = dots(template.width_mm, dpi), dots(template.height_mm, dpi)
        self._changing: list[tuple[Frame, Plan, str]] = []
        self._fixed: tuple[AnyMark, ...] = ()
        self._fixed_problems: tuple[Problem, ...] = ()
        self._placed_last: dict[str, tuple[Sequence[AnyMark], list[AnyMark]]] = {}
        for placed in template.elements:
            if not placed.hidden:
                plan = element_kinds[placed.kind].plan(spot_of(placed, dpi, images))
                self._add(frame_of(placed, dpi), plan, placed.id)

    def _add(self, frame: Frame, plan: Plan, element: str) -> None:
        if not plan.fixed:
            self._changing.append((frame, plan, element))
            return
        drawn = plan.draw(_no_data)
        self._fixed += tuple(self._put(drawn.marks, frame))
        self._fixed_problems += tuple(drawn.problems)

    def lay(self, data: Scope, number: int = 1, total: int = 1) -> Laid:
        """Lay out one label.

        Args:
            data: Its data by dotted name.
            number: Which label of the run it is, from 1.
            total: How many there are.

        Raises:
            InvalidInputError: It must not be printed like this (``label_cannot_print``); ``problems`` says why.
        """
        laid, problems = self.try_lay(data, number, total)
        if problems:
            raise InvalidInputError("label_cannot_print", problems=problems, number=number)
        return laid

    def try_lay(self, data: Scope, number: int = 1, total: int = 1) -> tuple[Laid, list[Problem]]:
        """Lay out one label as well as can be, and say why it must not be printed like this, if so."""
        scope = _in_run(data, number, total)
        marks, problems = list(self._fixed), list(self._fixed_problems)
        for frame, plan, element in self._changing:
            drawn = plan.draw(scope)
            marks += self._again(element, drawn.marks, frame)
            problems += drawn.problems
        return Laid(self.width, self.height, self.dpi, tuple(marks), len(self._fixed)), problems

    def problems(self, data: Scope, number: int = 1, total: int = 1) -> list[Problem]:
        """Return every reason why a label must not be printed."""
        return self.try_lay(data, number, total)[1]

    def _again(self, element: str, marks: Sequence[AnyMark], frame: Frame) -> list[AnyMark]:
        """Put marks on the label; those that are the very same as last time are where they were."""
        last = self._placed_last.get(element)
        if last is None or last[0] is not marks:
            last = self._placed_last[element] = marks, self._put(marks, frame)
        return last[1]

    def _put(self, marks: Iterable[AnyMark], frame: Frame) -> list[AnyMark]:
        found = []
        for mark in marks:
            turned = _turned(mark, frame)
            if (inside := self._inside(turned)) is not None:
                found.append(inside)
        return found

    def _inside(self, mark: AnyMark) -> AnyMark | None:
        """Cut a mark at the label's edges; nothing is left of one that is quite outside."""
        width, height = extent(mark)
        left, top = max(mark.x, 0), max(mark.y, 0)
        right, bottom = min(mark.x + width, self.width), min(mark.y + height, self.height)
        if left >= right or top >= bottom:
            return None
        if (left, top, right, bottom) == (mark.x, mark.y, mark.x + width, mark.y + height):
            return mark
        if isinstance(mark, Box):
            return Box(mark.element, left, top, right - left, bottom - top)
        bits = paint(mark) if isinstance(mark, Symbol) else mark.bits
        bits = cut(bits, left - mark.x, top - mark.y, right - mark.x, bottom - mark.y)
        if isinstance(mark, Words):
            return Words(
                mark.element, left, top, mark.text, mark.face, mark.size, mark.rotation, mark.origin, bits
            )  # fmt: skip
        return Picture(mark.element, left, top, bits)


def extent(mark: AnyMark) -> tuple[int, int]:
    """Return a mark's width and height in dots."""
    if isinstance(mark, Box):
        return mark.width, mark.height
    if isinstance(mark, Symbol):
        return mark.size
    return mark.bits.width, mark.bits.height


def _turned(mark: AnyMark, frame: Frame) -> AnyMark:
    """Return a mark of the content as it lies on the label."""
    width, height = extent(mark)
    x, y = frame.corner(mark.x, mark.y, width, height)
    across = frame.rotation in {90, 270}
    if isinstance(mark, Box):
        return Box(mark.element, x, y, height if across else width, width if across else height)
    if isinstance(mark, Picture):
        return Picture(mark.element, x, y, turn(mark.bits, frame.rotation))
    rotation = _ROTATIONS[(mark.rotation + frame.rotation) % 360]
    if isinstance(mark, Words):
        origin, bits = frame.point(*mark.origin), turn(mark.bits, frame.rotation)
        return Words(mark.element, x, y, mark.text, mark.face, mark.size, rotation, origin, bits)
    return Symbol(
        mark.element, x, y, mark.carrier, mark.content, mark.options, mark.matrix, mark.module, mark.height, rotation
    )


_ROTATIONS: dict[int, Rotation] = {0: 0, 90: 90, 180: 180, 270: 270}


def _no_data(name: str) -> object:
    raise LookupError(name)


def _in_run(data: Scope, number: int, total: int) -> Callable[[str], object]:
    """Return the data with the label's place in the run."""
    run = {"print.number": number, "打印序号": number, "print.total": total, "打印总数": total}

    def scope(name: str) -> object:
        found = run.get(name)
        return data(name) if found is None else found

    return scope
