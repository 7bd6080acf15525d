"""What a symbology is, what a syntax is, and what a syntax finds in a scanned text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from mazhi.kernel.errors import Problem

GS = "\x1d"
"""The group separator: how scanners send the function character FNC1 inside a GS1 element string."""

Data = Literal["gs1", "gtin", "any"]
"""What a symbology can carry: only GS1 elements, only a trade item number, or anything."""

Carrier = Literal["gs1", "gtin", "plain", "unknown"]
"""What is known of the symbol that was read; ``plain`` says that it carried no FNC1, so it is not GS1 data."""


class Level(IntEnum):
    """How sure a reading is, before the database has been asked."""

    SURE = 0
    """The symbol or an unmistakable beginning says so."""
    LIKELY = 1
    """The text fits well: its check digit or its structure is right."""
    PLAIN = 2
    """It is just a text."""
    WEAK = 3
    """The text could be read so, but that may well be chance."""


@dataclass(frozen=True, slots=True)
class Symbology:
    """One symbology (码制).

    Attributes:
        name: The kind's name.
        zh: Chinese title.
        en: English title.
        aim: AIM identifiers (ISO/IEC 15424) that a scanner may put in front of its data, most usual first.
        carries: What its data can be.
        holds: Tells whether a text can be the data of such a symbol, its own check digit included.
        example: Data that it holds.
        aliases: How scanners, phones and libraries name it; upper and lower case and punctuation don't matter.
        bare: From the data to the code without characters that only guard it (check or start and stop).
    """

    name: str
    zh: str
    en: str
    aim: tuple[str, ...]
    carries: Data
    holds: Callable[[str], bool]
    example: str
    aliases: tuple[str, ...] = ()
    bare: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned text without its AIM identifier, and what is known of the symbol.

    Attributes:
        text: What the symbol says.
        carrier: What is known of the symbol.
        symbology: The symbology, where it is known.
        aim: The AIM identifier, where the scanner sent one, else empty.
    """

    text: str
    carrier: Carrier = "unknown"
    symbology: Symbology | None = None
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one syntax found.

    Attributes:
        value: The code in its canonical spelling.
        elements: Its parts by name; those of GS1 by application identifier.
        problems: What is wrong with it.
        level: How sure the reading is.
        keys: Values under which it may be known as an identifier of an item, best first.
    """

    value: str
    elements: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    level: Level = Level.LIKELY
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Syntax:
    """One way to read a text.

    Attributes:
        name: The kind's name.
        via: What a reading made by it is called in answers.
        zh: Chinese title.
        en: English title.
        order: Of two equally sure readings the one with the lower order stands first.
        example: A text that it reads without a problem.
        read: Everything that it finds; never raises, whatever the text.
    """

    name: str
    via: str
    zh: str
    en: str
    order: int
    example: str
    read: Callable[[Scan], Sequence[Found]]
