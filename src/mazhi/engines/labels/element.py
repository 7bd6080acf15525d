"""What a kind of element is: its properties, and how it draws itself on one label after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.labels.marks import DOTS_PER_MM, Box, Picture, Symbol, Words
from mazhi.engines.labels.properties import Property
from mazhi.kernel.errors import Problem

AnyMark = Box | Picture | Words | Symbol
Images = Callable[[str], Image.Image]
"""An uploaded picture by its id; raises ``NotFoundError`` if there is none."""

Group = Literal["text", "code", "picture", "shape"]
PT_PER_MM = 72 / 25.4
LEAST_BAR_MM, LEAST_MODULE_MM = 0.165, 0.2
"""Narrow bars and modules below which common scanners fail."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an element shows on one label.

    Attributes:
        marks: Seen from the upper left corner of the element's box, as if it were not turned.
        problems: Why it must not be printed like this: nothing where a code needs something, text that does not fit.
    """

    marks: Sequence[AnyMark] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """An element made ready for many labels.

    Attributes:
        draw: Draws it with the data of one label.
        fixed: Whether it is the same on every label, whatever the data.
    """

    draw: Callable[[Scope], Drawn]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an element is to be drawn, and what the template says of it.

    Attributes:
        id: The element's id.
        name: What the user calls it.
        width: Of its box in dots, as if it were not turned.
        height: Likewise.
        dpi: Dots an inch, by the resolution's name.
        values: All its properties, defaults filled in.
        images: Where pictures are got from.
    """

    id: str
    name: str
    width: int
    height: int
    dpi: int
    values: Mapping[str, object] = field(default_factory=dict)
    images: Images | None = None

    def text(self, name: str) -> str:
        """Return a property that is a text."""
        return str(self.values[name])

    def number(self, name: str) -> float:
        """Return a property that is a number."""
        value = self.values[name]
        return float(value) if isinstance(value, (int, float)) else 0.0

    def flag(self, name: str) -> bool:
        """Return a property that is true or false."""
        return self.values[name] is True

    def dots(self, millimetres: float) -> int:
        """Return a length in whole dots."""
        return round(millimetres * DOTS_PER_MM[self.dpi])

    def stroke(self, millimetres: float) -> int:
        """Return the thickness of a line, at least one dot."""
        return max(1, self.dots(millimetres))

    def em(self, points: float) -> int:
        """Return a size of type in whole dots, at least one."""
        return max(1, round(points / PT_PER_MM * DOTS_PER_MM[self.dpi]))

    def problem(self, code: str, **params: object) -> Problem:
        """Return a problem that names this element."""
        return Problem(code, {"element": self.name or self.id, "id": self.id, **params})


@dataclass(frozen=True, slots=True)
class Element:
    """A kind of element (元素).

    Attributes:
        name: As in the template.
        zh: Chinese title.
        en: English title.
        group: Where the designer's palette shows it.
        properties: What can be said of it beyond its place.
        example: Properties with which it shows something.
        plan: Makes one element of the kind ready.
        size_mm: Width and height that a new one gets.
        faults: Yields what is wrong with several properties together; each alone has been found right.
    """

    name: str
    zh: str
    en: str
    group: Group
    properties: tuple[Property, ...]
    example: Mapping[str, object]
    plan: Callable[[Spot], Plan]
    size_mm: tuple[float, float] = (30.0, 6.0)
    faults: Callable[[Mapping[str, object], str], Iterable[Problem]] = lambda _values, _pointer: ()

    def filled(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return every property: as given, or its default."""
        return {one.name: given.get(one.name, one.default) for one in self.properties}
