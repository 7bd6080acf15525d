"""What a segment (码段) of a code rule is, and how its kind declares itself.

A kind's parameters are data: the designer's property panel, the check of a body, the documentation and the tests
all come from the declaration. Four roles are all there is, and each kind has one: *static* text that is the same for
all codes of one call, the *number* that counts, the *random* part, and the *check* over what stands before it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, TypeVar

from mazhi.kernel.codes.check_method import CheckMethod
from mazhi.kernel.codes.parameters import Parameter
from mazhi.kernel.errors import Problem

Group = Literal["fixed", "business", "unique"]
GROUPS: dict[Group, tuple[str, str]] = {
    "fixed": ("固定", "Fixed"),
    "business": ("随业务变", "From the business"),
    "unique": ("保证不重", "Makes it unique"),
}


@dataclass(frozen=True, slots=True)
class ProductWords:
    """What a code may say about a product."""

    code: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the codes of one call are made for.

    Attributes:
        moment: In the zone of the rules.
        fields: Line, batch and whatever else the rule names.
        product: The product that the items are pieces of.
        with_samples: Fill in a sample for what is missing, as a preview does.
    """

    moment: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    product: ProductWords | None = None
    with_samples: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one segment of a code says: a value for programs, and a sentence in both languages."""

    value: str
    zh: str
    en: str


class Segment(ABC):
    """One part of a rule, its parameters cleaned.

    Attributes:
        kind: Name of the segment's kind.
        body: The parameters as stored, defaults filled in.
        widths: How many characters it may have; most have one width.
    """

    kind: str
    body: Mapping[str, Any]
    widths: range = range(1, 2)

    @abstractmethod
    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Return which characters each place may have, if the segment has this width."""

    @abstractmethod
    def read(self, text: str) -> Meaning | None:
        """Take a text back into its meaning; None if this segment never makes it."""


class StaticSegment(Segment):
    """A segment whose text is the same for all codes of a call.

    Attributes:
        shows: What it makes visible: the name of a field, ``product``, or nothing.
        signs: The signs of a date or time, see ``calendar``; empty for anything else.
        slot: Which of the two the signs are written from.
    """

    shows: str = ""
    signs: tuple[str, ...] = ()
    slot: Literal["", "day", "minute"] = ""

    @abstractmethod
    def text(self, context: Context) -> str | Problem:
        """Write it, or say what is missing or wrong."""


class NumberSegment(Segment):
    """The running number.

    Attributes:
        reset: When it starts again.
        per: Names of the fields (or ``product``) whose values are counted apart.
        capacity: How many numbers there are before it must start again.
    """

    reset: Literal["never", "day", "week", "month", "year"]
    per: tuple[str, ...]
    capacity: int

    @abstractmethod
    def identity(self) -> str:
        """Return what must stay the same for a later version to go on counting."""

    @abstractmethod
    def write(self, first: int, count: int) -> list[str]:
        """Write ``count`` numbers from the ``first``-th on; 1 is the start."""

    @abstractmethod
    def state(self) -> int:
        """Return the state of :meth:`step` before the first character."""

    @abstractmethod
    def step(self, state: int, place: int, sign: str) -> int | None:
        """Go on by one character; None if no number of the segment goes on so."""


class RandomSegment(Segment):
    """The part that cannot be guessed; ``space`` is how many there are of it."""

    space: int

    @abstractmethod
    def draw(self, count: int) -> list[str]:
        """Draw that many, independently of each other."""


class CheckSegment(Segment):
    """Check characters over all that stands before."""

    method: CheckMethod


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made segment in the designer's palette."""

    zh: str
    en: str
    body: Mapping[str, Any]


S_co = TypeVar("S_co", bound=Segment, covariant=True)


class SegmentKind(ABC, Generic[S_co]):
    """One kind of segment.

    Attributes:
        name: As in ``{"kind": …}``, and the module's name.
        zh: Chinese name.
        en: English name.
        group: Where the palette shows it.
        parameters: In the order of the property panel.
        example: A body that is right.
        presets: Further entries of the palette that lead to this kind.
    """

    name: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    group: ClassVar[Group]
    parameters: ClassVar[tuple[Parameter, ...]]
    example: ClassVar[Mapping[str, Any]]
    presets: ClassVar[tuple[Preset, ...]] = ()

    def clean(self, raw: Mapping[str, Any], pointer: str, problems: list[Problem]) -> S_co | None:
        """Check the parameters of one segment; note every problem, and return the segment if there is none."""
        before = len(problems)
        known = {parameter.name for parameter in self.parameters}
        for name in raw:
            if name != "kind" and name not in known:
                allowed = ", ".join(parameter.name for parameter in self.parameters)
                problems.append(
                    Problem("segment_parameter_unknown", {"parameter": name, "allowed": allowed}, at(pointer, name))
                )
        values = {
            parameter.name: parameter.clean(raw.get(parameter.name), at(pointer, parameter.name), problems)
            for parameter in self.parameters
        }
        if len(problems) > before:
            return None
        segment = self.build(values, pointer, problems)
        return None if len(problems) > before else segment

    @abstractmethod
    def build(self, values: dict[str, Any], pointer: str, problems: list[Problem]) -> S_co | None:
        """Make the segment of cleaned values, noting what is wrong between several of them."""

    def stored(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body as it is stored: the kind first, then every parameter that says something."""
        return {"kind": self.name, **{name: value for name, value in values.items() if value is not None}}


AnySegmentKind = SegmentKind[Segment]


def at(pointer: str, name: str) -> str:
    """Extend a JSON pointer by one name."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
