"""Counter (流水号): a running number that is never given out twice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product as combinations
from typing import Any, ClassVar

from mazhi.kernel.codes.alphabets import BASES
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.codes.segment import Meaning, NumberSegment, SegmentKind, at
from mazhi.kernel.errors import Problem

WIDEST = 18
TABLE_DIGITS = 3
"""The last digits of a number are looked up in a table of all that there are."""


@lru_cache(maxsize=8)
def _endings(base: int, digits: int) -> list[str]:
    return list(map("".join, combinations(BASES[base], repeat=digits)))


class Counter(NumberSegment):
    """A number of fixed width: start, start + step, and so on up to the end."""

    kind = "counter"

    def __init__(self, values: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        self.body = body
        self.width: int = values["width"]
        self.base: int = values["base"]
        self.start: int = values["start"]
        self.increment: int = values["step"]
        self.end: int = self.base**self.width - 1 if values["end"] is None else values["end"]
        self.reset = values["reset"]
        self.per = tuple(values["per"])
        self.capacity = (self.end - self.start) // self.increment + 1
        self.widths = range(self.width, self.width + 1)
        self._digits = BASES[self.base]
        self._low = self._places(self.start)
        self._high = self._places(self.start + (self.capacity - 1) * self.increment)
        self._remainder = self.start % self.increment
        # What a digit adds, modulo the step; where that is nothing the search for overlaps need not remember it.
        self._weights: list[int] = [
            pow(self.base, self.width - 1 - place, self.increment) for place in range(self.width)
        ]

    def identity(self) -> str:
        """Where it starts, how it steps, when it starts again and what is counted apart."""
        return json.dumps([self.start, self.increment, self.reset, sorted(self.per)])

    def _places(self, value: int) -> list[int]:
        places = []
        for _ in range(self.width):
            value, digit = divmod(value, self.base)
            places.append(digit)
        return places[::-1]

    def _text(self, value: int, width: int) -> str:
        digits = []
        for _ in range(width):
            value, digit = divmod(value, self.base)
            digits.append(self._digits[digit])
        return "".join(reversed(digits))

    def write(self, first: int, count: int) -> list[str]:
        """Write ``count`` numbers from the ``first``-th on."""
        low = self.start + (first - 1) * self.increment
        values = range(low, low + count * self.increment, self.increment)
        if self.base == 10:
            return list(map(f"%0{self.width}d".__mod__, values))
        size = min(TABLE_DIGITS, self.width)
        endings, block = _endings(self.base, size), self.base**size
        found: list[str] = []
        place = 0
        while place < count:
            head, ending = divmod(values[place], block)
            tails = endings[ending : ending + (count - place) * self.increment : self.increment]
            front = self._text(head, self.width - size)
            found += [front + tail for tail in tails]
            place += len(tails)
        return found

    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Every place may have every digit of the base; :meth:`step` knows better."""
        return [frozenset(self._digits)] * width

    def state(self) -> int:
        """Nothing read: the remainder is 0, and both bounds still bind."""
        return 0b11

    def step(self, state: int, place: int, sign: str) -> int | None:
        """Go on by one digit: between the bounds, and at the end on a step."""
        digit = self._digits.find(sign)
        if digit < 0:
            return None
        remainder, on_low, on_high = state >> 2, state & 1, state >> 1 & 1
        low, high = self._low[place], self._high[place]
        if (on_low and digit < low) or (on_high and digit > high):
            return None
        remainder = (remainder + digit * self._weights[place]) % self.increment
        if place == self.width - 1 and remainder != self._remainder:
            return None
        return remainder << 2 | (on_high and digit == high) << 1 | (on_low and digit == low)

    def value(self, text: str) -> int | None:
        """Read a number back; None if the segment never makes it."""
        total = 0
        for sign in text:
            digit = self._digits.find(sign)
            if digit < 0:
                return None
            total = total * self.base + digit
        on_step = (total - self.start) % self.increment == 0
        return total if self.start <= total <= self.end and on_step else None

    def read(self, text: str) -> Meaning | None:
        """Take it as the number, and say the how-many-th it is."""
        value = self.value(text)
        if value is None:
            return None
        nth = (value - self.start) // self.increment + 1
        return Meaning(str(value), f"第 {nth} 个", f"number {nth}")


class CounterKind(SegmentKind[Counter]):
    """A running number."""

    name = "counter"
    zh = "流水号"
    en = "Counter"
    group = "unique"
    parameters = (
        Parameter("width", "integer", "位数", "Width", required=True, minimum=1, maximum=WIDEST),
        Parameter(
            "base",
            "choice",
            "进制",
            "Base",
            default=10,
            choices=(
                Choice(10, "十进制", "Decimal"),
                Choice(32, "32 进制（去掉 I L O U）", "Base 32 without I L O U"),
                Choice(34, "34 进制（去掉 I O）", "Base 34 without I O"),
                Choice(36, "36 进制", "Base 36"),
            ),
        ),
        Parameter("start", "integer", "起始", "Start", default=1, minimum=0),
        Parameter("step", "integer", "步长", "Step", default=1, minimum=1, maximum=1_000_000),
        Parameter(
            "end",
            "integer",
            "最大号",
            "End",
            minimum=0,
            zh_help="留空为位数能写下的最大号；几个工厂分段用号时填写。",
            en_help="Empty: the largest that the width can hold. For sites that share a rule by ranges.",
        ),
        Parameter(
            "reset",
            "choice",
            "重新起算",
            "Starts again",
            default="never",
            choices=(
                Choice("never", "不", "Never"),
                Choice("day", "每日", "Each day"),
                Choice("week", "每周", "Each week"),
                Choice("month", "每月", "Each month"),
                Choice("year", "每年", "Each year"),
            ),
        ),
        Parameter(
            "per",
            "names",
            "分别计数",
            "Counted apart by",
            default=(),
            zh_help="按产品（product）或任一字段分别从头计数。",
            en_help="product, or any field: each of its values has its own numbers.",
        ),
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "counter", "width": 4, "base": 10, "reset": "day", "per": ["line"]}

    def build(self, values: dict[str, Any], pointer: str, problems: list[Problem]) -> Counter | None:
        """Make the segment, if its numbers fit into its width."""
        values["per"] = list(values["per"])
        largest = values["base"] ** values["width"] - 1
        end = largest if values["end"] is None else values["end"]
        if end > largest:
            params: dict[str, object] = {"parameter": "end", "minimum": values["start"], "maximum": largest}
            problems.append(Problem("segment_out_of_range", params, at(pointer, "end")))
        if values["start"] > min(end, largest):
            params = {"parameter": "start", "minimum": 0, "maximum": min(end, largest)}
            problems.append(Problem("segment_out_of_range", params, at(pointer, "start")))
            return None
        return Counter(values, self.stored(values))


KIND = CounterKind()
