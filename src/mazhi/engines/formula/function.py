"""What a function of the formula language is: one declaration, from which calls, checks and docs come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.engines.formula.values import Value

ParameterKind = Literal["any", "text", "number", "integer", "boolean", "date"]
Family = Literal["logic", "text", "numbers", "dates", "lists"]
MOST_ARGUMENTS = 255

FAMILIES: dict[str, tuple[str, str]] = {
    "logic": ("逻辑", "Logic"),
    "text": ("文本", "Text"),
    "numbers": ("数字", "Numbers"),
    "dates": ("日期", "Dates"),
    "lists": ("列表", "Lists"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: its name in both languages, and what the given value is read as before the call.

    ``any`` is handed over as it is. Values of other kinds follow the rules of ``values``; lists are taken by
    ``any`` alone. An optional argument left out at the end (``f(a, )``) counts as not given, elsewhere
    (``f(a, , c)``) as empty.
    """

    en: str
    zh: str
    kind: ParameterKind = "any"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function (函数).

    Attributes:
        name: English name, in capitals.
        zh: Chinese name; both may be used.
        family: Under which heading it is listed.
        parameters: The arguments, in their order.
        rest: Further arguments, as many as there are; ``group`` says how many belong together.
        group: How many further arguments come at a time.
        tail: Whether a single last argument may follow the groups (SWITCH's otherwise).
        result: What comes out.
        doc_zh: What it does, one sentence or two.
        doc_en: The same in English.
        example: A formula without fields, and what it comes to as text.
        call: Works it out; gets as many arguments as were given. It raises FaultError where it cannot.
        lazy: The arguments come as functions without arguments, so that only those that matter are worked out.
        uses_now: The present moment comes first.
        in_sql: Whether databases can work it out too, for filters and statistics.
    """

    name: str
    zh: str
    family: Family
    parameters: tuple[Parameter, ...]
    result: ParameterKind
    doc_zh: str
    doc_en: str
    example: tuple[str, str]
    call: Callable[..., Value]
    rest: tuple[Parameter, ...] = ()
    tail: bool = False
    lazy: bool = False
    uses_now: bool = False
    in_sql: bool = True

    @property
    def arity(self) -> tuple[int, int]:
        """The least and the most arguments."""
        least = sum(not one.optional for one in self.parameters)
        return least, MOST_ARGUMENTS if self.rest else len(self.parameters)

    def complete(self, given: int) -> bool:
        """Tell whether the further arguments come in whole groups."""
        if len(self.rest) < 2 or given <= len(self.parameters):
            return True
        over = (given - len(self.parameters)) % len(self.rest)
        return over == 0 or (self.tail and over == 1)

    def parameter(self, place: int) -> Parameter:
        """Return what the argument at a place is."""
        if place < len(self.parameters):
            return self.parameters[place]
        return self.rest[(place - len(self.parameters)) % len(self.rest)]

    def usage(self, language: Literal["zh", "en"]) -> str:
        """Write how it is called: ``ROUND(number, [digits])``."""
        words = [f"[{getattr(one, language)}]" if one.optional else getattr(one, language) for one in self.parameters]
        words += [f"[{getattr(one, language)}]" for one in self.rest]
        if self.rest:
            words.append("…")
        return f"{self.name if language == 'en' else self.zh}({', '.join(words)})"

    def described(self) -> dict[str, Any]:
        """Write the declaration as plain data, for help and completion."""
        return {
            "name": self.name,
            "zh": self.zh,
            "family": self.family,
            "usage_zh": self.usage("zh"),
            "usage_en": self.usage("en"),
            "result": self.result,
            "doc_zh": self.doc_zh,
            "doc_en": self.doc_en,
            "in_sql": self.in_sql,
            "example": {"formula": self.example[0], "result": self.example[1]},
        }
