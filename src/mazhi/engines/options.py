"""What can be set for a field, declared as data: the designer's panel, the checks and the docs all come from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.parsing import parse
from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks

OptionType = Literal[
    "text", "long_text", "whole", "number", "flag", "choice", "texts", "formula", "template", "field", "form",
    "form_field", "column", "rule", "label", "url", "value", "people", "field_states", "buttons", "due", "signature",
    "assignments", "filter", "operation", "node", "triggers", "object",
]  # fmt: skip
"""``template`` is a text with formulas in braces; ``field`` the code of a field of the same form; ``form`` an app and a
form (``qc/card``), ``form_field`` the code of a field there; ``column`` that of a column of the sub-table of the option
``table``; ``rule`` a code rule; ``label`` a label template; ``value`` whatever the field itself takes. From ``people``
on they are those of flows, objects and lists whose insides are checked by the kind that declares them."""

LONGEST = 4_000
_FORM = re.compile(r"[^/]+/[^/]+")
_CODE = re.compile(r"[^\W\d]\w{0,62}")
_URL = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+|tel:[^\s]+|/(?!/)[^\s]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that can be chosen."""

    value: Any
    zh: str
    en: str

    def declaration(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {"value": self.value, "title": {"zh": self.zh, "en": self.en}}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be set for a field of a kind.

    Attributes:
        name: As in the form.
        zh: Chinese title.
        en: English title.
        type: What may be given.
        default: What holds where nothing is given.
        least: The least number, or of texts how few.
        most: The greatest number, or of texts how many, or of a text how many signs.
        choices: What can be chosen, for ``choice``, and for ``texts`` where only certain ones make sense.
        unit: Of a number, as people read it.
        zh_hint: What it does, where the title does not say it.
        en_hint: The same in English.
        kinds: Of ``field``: the kinds of field that can be named; empty means any.
        required: Whether it must say something before the form can be published.
    """

    name: str
    zh: str
    en: str
    type: OptionType
    default: Any
    least: float = 0
    most: float = 1_000
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    zh_hint: str = ""
    en_hint: str = ""
    kinds: tuple[str, ...] = ()
    required: bool = False

    def check(self, value: object, checks: Checks, pointer: str) -> None:
        """Note what is wrong with a value."""
        if value == self.default and type(value) is type(self.default) and not self.required:
            return
        if value is None or value == "":
            checks.fault(pointer, "form_option_missing", option=self.zh, option_en=self.en)
            return
        problem = _FAULTS[self.type](self, value)
        if problem is not None:
            checks.problems.append(Problem(problem.code, problem.params, pointer))

    def declaration(self) -> dict[str, Any]:
        """Write it as JSON."""
        found: dict[str, Any] = {
            "name": self.name,
            "title": {"zh": self.zh, "en": self.en},
            "hint": {"zh": self.zh_hint, "en": self.en_hint},
            "type": self.type,
            "default": self.default,
            "required": self.required,
        }
        if self.type in {"whole", "number", "texts"}:
            found |= {"least": self.least, "most": self.most, "unit": self.unit}
        if self.choices:
            found["choices"] = [choice.declaration() for choice in self.choices]
        if self.kinds:
            found["kinds"] = list(self.kinds)
        return found


def _text(_option: Option, value: object) -> Problem | None:
    good = isinstance(value, str) and len(value) <= LONGEST and value.isprintable()
    return None if good else Problem("form_option_not_text", {"limit": LONGEST})


def _long_text(_option: Option | None, value: object) -> Problem | None:
    good = isinstance(value, str) and all(sign.isprintable() or sign in "\n\t" for sign in value)
    return None if good and len(str(value)) <= LONGEST else Problem("form_option_not_text", {"limit": LONGEST})


def _number(option: Option, value: object) -> Problem | None:
    whole = option.type == "whole"
    good = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if good and option.least <= value <= option.most:  # type: ignore[operator]  # good: a number
        return None
    code = "form_option_out_of_range" if whole else "form_option_not_a_number"
    return Problem(code, {"least": option.least, "most": option.most})


def _flag(_option: Option, value: object) -> Problem | None:
    return None if isinstance(value, bool) else Problem("form_not_a_flag")


def _choice(option: Option, value: object) -> Problem | None:
    if any(value == choice.value and type(value) is type(choice.value) for choice in option.choices):
        return None
    return Problem("form_option_not_a_choice", {"known": "、".join(f"{one.value}" for one in option.choices)})


def _texts(option: Option, value: object) -> Problem | None:
    if isinstance(value, list) and option.least <= len(value) <= option.most:
        good = all(isinstance(one, str) and one.strip() and one.isprintable() for one in value)
        known = {choice.value for choice in option.choices}
        if good and len({*value}) == len(value) and (not known or known.issuperset(value)):
            return None
    return Problem("form_option_not_texts", {"least": option.least, "most": option.most})


def _parsed(by: Callable[[str], object], value: object) -> Problem | None:
    if not isinstance(value, str) or _long_text(None, value):
        return Problem("form_option_not_text", {"limit": LONGEST})
    try:
        by(value)
    except FormulaError as error:
        return Problem(error.code, {**error.params, "start": error.start, "end": error.end})
    return None


def _like(pattern: re.Pattern[str], code: str) -> Callable[[Option, object], Problem | None]:
    def fault(_option: Option, value: object) -> Problem | None:
        good = isinstance(value, str) and len(value) <= LONGEST and pattern.fullmatch(value)
        return None if good else Problem(code, {"value": str(value)[:100]})

    return fault


_FAULTS: dict[OptionType, Callable[[Option, object], Problem | None]] = {
    "text": _text,
    "long_text": _long_text,
    "whole": _number,
    "number": _number,
    "flag": _flag,
    "choice": _choice,
    "texts": _texts,
    "formula": lambda _option, value: _parsed(parse, value),
    "template": lambda _option, value: _parsed(parse_text, value),
    "field": _like(_CODE, "form_bad_code"),
    "form": _like(_FORM, "form_option_not_a_form"),
    "form_field": _like(_CODE, "form_bad_code"),
    "column": _like(_CODE, "form_bad_code"),
    "rule": _text,
    "label": _text,
    "url": _like(_URL, "form_option_not_an_address"),
    "value": lambda _option, _value: None,
    "people": lambda _option, value: _of_type(value, dict),
    "field_states": lambda _option, value: _of_type(value, dict),
    "buttons": lambda _option, value: _of_type(value, dict),
    "due": lambda _option, value: _of_type(value, dict),
    "signature": lambda _option, value: _of_type(value, dict),
    "assignments": lambda _option, value: _of_type(value, list),
    "filter": lambda _option, value: _of_type(value, dict),
    "operation": _text,
    "node": _text,
    "triggers": lambda _option, value: _of_type(value, list),
    "object": lambda _option, value: _of_type(value, dict),
}


def _of_type(value: object, wanted: type) -> Problem | None:
    return None if isinstance(value, wanted) else Problem("form_option_bad_shape", {})


def settle(options: Iterable[Option], given: Mapping[str, Any], checks: Checks, pointer: str) -> Mapping[str, Any]:
    """Complete given options; what is wrong or unknown goes to the checks."""
    by_name = {option.name: option for option in options}
    for name in given.keys() - by_name.keys():
        checks.fault(f"{pointer}/{name}", "form_unknown_option", name=name, known="、".join(by_name))
    for name, option in by_name.items():
        option.check(given.get(name, option.default), checks, f"{pointer}/{name}")
    return {name: given.get(name, option.default) for name, option in by_name.items()}
