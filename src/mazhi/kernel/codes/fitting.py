"""How a value from outside, a field's or a product's, is fitted into its place in a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.kernel.codes.alphabets import CLASSES, DIGITS, UPPER
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.errors import Problem

Fit = Literal["exact", "pad", "up_to"]
WIDEST = 30
PAD = "0"

WIDTH = Parameter("width", "integer", "位数", "Width", required=True, minimum=1, maximum=WIDEST)
FIT = Parameter(
    "fit",
    "choice",
    "位数不符时",
    "When the width differs",
    default="exact",
    choices=(
        Choice("exact", "拒绝", "Refuse"),
        Choice("pad", "左边补 0", "Put zeros in front"),
        Choice("up_to", "照原样（至多这么多位）", "Take it as it is, up to this width"),
    ),
)
CHARS = Parameter(
    "chars",
    "choice",
    "允许的字符",
    "Allowed characters",
    default="upper_digits",
    choices=(
        Choice("digits", "数字", "Digits"),
        Choice("upper", "大写字母", "Capital letters"),
        Choice("upper_digits", "大写字母和数字", "Capital letters and digits"),
        Choice("letters_digits", "大小写字母和数字", "Letters and digits"),
        Choice("signs", "字母、数字和 - . _ /", "Letters, digits and - . _ /"),
    ),
)
BEGINS = Parameter(
    "begins",
    "text",
    "必须以此开头",
    "Must begin with",
    default="",
    maximum=WIDEST,
    zh_help="用来与别的规则错开，例如委外商一律以 W 开头。",
    en_help="Keeps it apart from other rules, for example all subcontractors begin with W.",
)


@dataclass(frozen=True, slots=True)
class Fitting:
    """The place of a value in a code: how wide, of which characters, and what is done with a shorter value."""

    width: int
    fit: Fit = "exact"
    chars: str = "upper_digits"
    begins: str = ""

    @property
    def widths(self) -> range:
        """How many characters the value has in the code."""
        least = max(1, len(self.begins)) if self.fit == "up_to" else self.width
        return range(least, self.width + 1)

    def faults(self, pointer: str) -> list[Problem]:
        """Say what contradicts itself."""
        problems = []
        params: dict[str, object] = {"begins": self.begins, "width": self.width}
        if len(self.begins) > self.width:
            problems.append(Problem("segment_begins_too_long", params, f"{pointer}/begins"))
        if self.begins and self.fit == "pad":
            problems.append(Problem("segment_begins_padded", params, f"{pointer}/begins"))
        if set(self.begins) - set(CLASSES[self.chars]):
            problems.append(Problem("segment_begins_characters", params, f"{pointer}/begins"))
        return problems

    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Return which characters each place may have."""
        allowed = frozenset(CLASSES[self.chars] + (PAD if self.fit == "pad" else ""))
        fixed = [frozenset(sign) for sign in self.begins]
        return fixed + [allowed] * (width - len(fixed))

    def fits(self, text: str) -> bool:
        """Tell whether a text could stand in this place."""
        return len(text) in self.widths and all(
            sign in allowed for sign, allowed in zip(text, self.classes(len(text)), strict=True)
        )

    def place(self, value: str, name: str, pointer: str) -> str | Problem:
        """Bring a value into its place, or say why it does not go there."""
        params: dict[str, object] = {"name": name, "value": value, "width": self.width, "begins": self.begins}
        foreign = sorted(set(value) - set(CLASSES[self.chars]))
        if foreign:
            params |= {"characters": " ".join(foreign), "chars_zh": self._label.zh, "chars_en": self._label.en}
            return Problem("code_value_characters", params, pointer)
        text = value.rjust(self.width, PAD) if self.fit == "pad" and value else value
        if len(text) not in self.widths:
            return Problem("code_value_width", {**params, "length": len(value)}, pointer)
        if not text.startswith(self.begins):
            return Problem("code_value_beginning", params, pointer)
        return text

    def sample(self, initial: str) -> str:
        """Make up a value, such as ``L01`` for a line."""
        allowed = CLASSES[self.chars]
        room = self.width - len(self.begins)
        if not set(DIGITS) <= set(allowed):
            return self.begins + "A" * room
        letter = initial.upper()[:1]
        if self.begins or room < 2 or letter not in UPPER or letter not in allowed:
            letter = ""
        return self.begins + letter + ("1".rjust(room - len(letter), "0") if room else "")

    @property
    def _label(self) -> Choice:
        return next(choice for choice in CHARS.choices if choice.value == self.chars)


def fitting_of(values: Mapping[str, Any]) -> Fitting:
    """Build it from cleaned parameters."""
    return Fitting(values["width"], values["fit"], values["chars"], values.get("begins") or "")
