"""Parameters of segments, declared as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from mazhi.kernel.codes.alphabets import is_visible_ascii
from mazhi.kernel.errors import Problem

LONGEST_TEXT = 40
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter that has few."""

    value: str | int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One property of a kind of segment.

    Attributes:
        name: As in the body.
        type: ``text`` is visible ASCII, ``name`` the name of a field, ``names`` a list of them.
        zh: Chinese label.
        en: English label.
        default: The value if none is given; None with ``required`` set means that it must be given, without
            ``required`` that it may be left out.
        required: It must be given.
        choices: All its values, for ``choice``.
        minimum: Smallest number, or fewest characters.
        maximum: Largest number, or most characters.
        zh_help: What it means, in Chinese.
        en_help: What it means, in English.
    """

    name: str
    type: Literal["text", "integer", "choice", "name", "names"]
    zh: str
    en: str
    default: Any = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    zh_help: str = ""
    en_help: str = ""

    def clean(self, raw: Any, pointer: str, problems: list[Problem]) -> Any:
        """Check a value from a body; note what is wrong and return the value, or the default if none was given."""
        if raw is None:
            if self.required:
                problems.append(Problem("segment_parameter_missing", {"parameter": self.name}, pointer))
            return self.default
        match self.type:
            case "integer":
                return self._integer(raw, pointer, problems)
            case "choice":
                return self._choice(raw, pointer, problems)
            case "text":
                return self._text(raw, pointer, problems)
            case "name":
                return self._field_name(raw, pointer, problems)
            case "names":
                return self._names(raw, pointer, problems)

    def _integer(self, raw: Any, pointer: str, problems: list[Problem]) -> Any:
        if not isinstance(raw, int) or isinstance(raw, bool):
            problems.append(Problem("segment_not_integer", {"parameter": self.name}, pointer))
        elif not (self.minimum is None or raw >= self.minimum) or not (self.maximum is None or raw <= self.maximum):
            params: dict[str, object] = {"parameter": self.name, "minimum": self.minimum, "maximum": self.maximum}
            problems.append(Problem("segment_out_of_range", params, pointer))
        return raw

    def _choice(self, raw: Any, pointer: str, problems: list[Problem]) -> Any:
        for choice in self.choices:
            if raw == choice.value and type(raw) is type(choice.value):
                return raw
        allowed = ", ".join(str(choice.value) for choice in self.choices)
        problems.append(Problem("segment_not_a_choice", {"parameter": self.name, "allowed": allowed}, pointer))
        return raw

    def _text(self, raw: Any, pointer: str, problems: list[Problem]) -> Any:
        least, most = self.minimum or 0, self.maximum or LONGEST_TEXT
        if not isinstance(raw, str) or not is_visible_ascii(raw):
            problems.append(Problem("segment_text_not_plain", {"parameter": self.name}, pointer))
        elif not least <= len(raw) <= most:
            params: dict[str, object] = {"parameter": self.name, "minimum": least, "maximum": most}
            problems.append(Problem("segment_text_length", params, pointer))
        return raw

    def _field_name(self, raw: Any, pointer: str, problems: list[Problem]) -> Any:
        if not is_field_name(raw):
            problems.append(Problem("segment_bad_name", {"parameter": self.name}, pointer))
        return raw

    def _names(self, raw: Any, pointer: str, problems: list[Problem]) -> Any:
        if not isinstance(raw, list) or len(raw) > MOST_NAMES:
            problems.append(Problem("segment_not_names", {"parameter": self.name, "maximum": MOST_NAMES}, pointer))
            return []
        for place, name in enumerate(raw):
            if not is_field_name(name):
                problems.append(Problem("segment_bad_name", {"parameter": self.name}, f"{pointer}/{place}"))
            elif name in raw[:place]:
                problems.append(Problem("segment_name_twice", {"name": name}, f"{pointer}/{place}"))
        return list(raw)


def is_field_name(raw: Any) -> bool:
    """Tell whether something may name a field: letters of any script, digits and ``_``, a letter first."""
    return isinstance(raw, str) and raw.isidentifier() and len(raw) <= LONGEST_TEXT
