"""What happens in the demo, as a list of entries in the order of time; pure, and the same for the same arguments.

The parts of the story (production, channel, …) add entries with moments; ``finish`` sorts them, leaves out nothing
but what would lie after the end, and gives papers and persons their numbers in the order in which they appear.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mazhi.demo.company import FULL, Worker
from mazhi.demo.days import Days
from mazhi.kernel.posting.model import QuantityLine


@dataclass(slots=True, eq=False)
class Machine:
    """A machine or a part with a serial; a machine has a code as soon as it was made, a part from the start.

    ``day`` is the working day on which a line made it, counted from 0; -1 for what the lines do not make.
    """

    product: str
    batch: str | None = None
    line: str = ""
    code: str = ""
    day: int = -1


@dataclass(slots=True, eq=False)
class Paper:
    """A document (单据) that several entries may name; a series gives it the next number."""

    series: str
    text: str = ""


@dataclass(slots=True, eq=False)
class Person:
    """A customer who is enrolled when the first machine is activated."""

    name: str
    region: str
    number: int = 0

    @property
    def code(self) -> str:
        """The partner's code."""
        return f"U-{self.number:06d}"

    @property
    def phone(self) -> str:
        """An invented mobile number: in the range 12, which no network has, so that nobody is called by mistake."""
        return f"12{self.number * 387_420_489 % 10**9:09d}"


@dataclass(slots=True, eq=False)
class Making:
    """Codes made for one line and day, or codes that a supplier has put on parts (``typed``)."""

    at: int
    by: Worker
    machines: Sequence[Machine]
    place: str | None
    paper: Paper
    typed: str = ""


@dataclass(slots=True, eq=False)
class Delivery:
    """Machines that somebody else made, brought in by a spreadsheet with their codes and further identifiers."""

    at: int
    by: Worker
    machines: Sequence[Machine]
    rows: Sequence[Sequence[str]]
    paper: Paper


@dataclass(slots=True, eq=False)
class Post:
    """One operation on machines, on quantities, or on both.

    ``new`` is the other machine of an exchange; ``out`` and ``into`` are the parts of a swap, ``parts`` those that are
    built in, with ``materials`` of which only the batch is known.
    """

    at: int
    by: Worker
    kind: str
    machines: Sequence[Machine] = ()
    quantities: Sequence[QuantityLine] = ()
    place: str | None = None
    source: str | None = None
    partner: str | Person | None = None
    paper: Paper | None = None
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    new: Machine | None = None
    parts: Sequence[Machine] = ()
    materials: Sequence[tuple[str, str]] = ()
    out: Machine | None = None
    into: Machine | None = None


@dataclass(slots=True, eq=False)
class Opening:
    """A recall that is opened."""

    at: int
    by: Worker
    name: str
    criteria: Mapping[str, Any]
    machines: Sequence[Machine] = ()
    paper: Paper | None = None


@dataclass(slots=True, eq=False)
class Handling:
    """Something done about machines of the recall; ``due`` is the day until which."""

    at: int
    by: Worker
    kind: str
    machines: Sequence[Machine]
    measure: str
    due: str | None = None
    paper: Paper | None = None


Entry = Making | Delivery | Post | Opening | Handling

FIRST_NUMBERS = {
    "PO": 871, "SJ": 191, "SO": 921, "FH": 1121, "DB": 197, "DS": 402, "AZ": 3001, "TH": 311, "WX": 1791, "BF": 61,
    "DJ": 41, "PD": 112, "QC": 1, "LL": 501, "JY": 21, "HH": 81, "FW": 2101,
    "IQC": 301,
}  # fmt: skip
"""What each series of papers begins with; the company has lived before."""


class Story:
    """The entries so far, and what all parts of the story share."""

    def __init__(self, days: Days, items: int, seed: int) -> None:
        self.days = days
        self.items = items
        self.chance = random.Random(seed)  # noqa: S311 - a story, not a secret
        self.entries: list[Entry] = []

    @property
    def scale(self) -> float:
        """How large the story is beside the full one."""
        return self.items / FULL

    def scaled(self, count: float, *, least: int = 1) -> int:
        """Return a count of the full story for a story of this size."""
        return max(least, round(count * self.scale))

    def add(self, entry: Entry) -> bool:
        """Add an entry unless it lies beyond the end; whoever plans a chain stops at False."""
        if entry.at > self.days.end:
            return False
        self.entries.append(entry)
        return True

    def person(self, cities: Sequence[tuple[str, str]]) -> Person:
        """Invent a customer in one of these cities, the first of which is the likeliest."""
        family = self.chance.choice(_FAMILIES)
        title = self.chance.choice(("先生", "女士"))
        region, _ = cities[min(int(self.chance.expovariate(0.8)), len(cities) - 1)]
        return Person(family + title, region)

    def working(self, number: int) -> date:
        """Return the n-th working day, counted from 0; negative ones from the end."""
        return self.days.working[number]

    def finish(self) -> list[Entry]:
        """Return the entries in the order of time, everything numbered."""
        self.entries.sort(key=lambda entry: entry.at)
        numbers = Counter(FIRST_NUMBERS)
        persons = 0
        for entry in self.entries:
            paper = entry.paper
            if paper is not None and not paper.text:
                paper.text = f"{paper.series}-{numbers[paper.series]:04d}"
                numbers[paper.series] += 1
            if isinstance(entry, Post) and isinstance(entry.partner, Person) and not entry.partner.number:
                persons += 1
                entry.partner.number = persons
        return self.entries


_FAMILIES = tuple(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
