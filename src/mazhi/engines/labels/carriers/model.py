"""What a carrier is: one kind of barcode or matrix code, as labels draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from mazhi.engines.labels.marks import Matrix
from mazhi.kernel.errors import InvalidInputError

Options = Mapping[str, str]
"""What an element says of its symbol beyond the content, every declared option filled in; see ``Carrier.settle``."""

Group = Literal["linear", "stacked", "matrix"]


class LabelError(InvalidInputError):
    """A symbol cannot carry what it should; code and params say what is wrong."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen for a carrier.

    Attributes:
        name: As in the template.
        zh: Chinese title.
        en: English title.
        default: What holds where nothing is said.
        choices: What can be chosen; empty where any text or number can.
        least: The least number, where it is a number.
        most: The greatest number.
    """

    name: str
    zh: str
    en: str
    default: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def settle(self, value: object) -> str:
        """Return a wanted value as text; nothing at all gives the default.

        Raises:
            LabelError: It cannot be chosen (``carrier_bad_option``).
        """
        if value is None or value == "":
            return self.default
        text = f"{value:g}" if isinstance(value, float) else str(value)
        if self.choices and text not in self.choices:
            raise LabelError("carrier_bad_option", option=self.name, value=text, known=", ".join(self.choices))
        if self.least is not None and self.most is not None:
            fits = text.isascii() and text.isdigit() and self.least <= int(text) <= self.most
            if not fits:
                known = f"{self.least}–{self.most}"
                raise LabelError("carrier_bad_option", option=self.name, value=text, known=known)
        return text


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier (码制).

    Attributes:
        name: The kind's name; that of the symbology in the kernel where it has it too.
        zh: Chinese title.
        en: English title.
        group: Its shape: bars, stacked rows of bars, or a square of modules.
        options: What can be chosen.
        example: Content that it carries.
        check: From what is wanted to the content in its canonical spelling; raises ``LabelError``.
        encode: From checked content to modules; raises ``LabelError`` only for what ``check`` refuses too.
        readable: The text to be printed beside the symbol for people.
    """

    name: str
    zh: str
    en: str
    group: Group
    options: tuple[Option, ...]
    example: str
    check: Callable[[str, Options], str]
    encode: Callable[[str, Options], Matrix]
    readable: Callable[[str], str]

    def settle(self, wanted: Mapping[str, object]) -> dict[str, str]:
        """Return every option of this carrier as ``check`` and ``encode`` take them; what it does not know is left out.

        Raises:
            LabelError: A value cannot be chosen.
        """
        return {option.name: option.settle(wanted.get(option.name)) for option in self.options}


def as_written(content: str) -> str:
    """Return the content itself: the readable text of most carriers."""
    return content
