"""How the options of a field are read: each is declared once, and what is not declared is named as unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.kernel.master_data.model import Checks


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be set for a field of a kind.

    Attributes:
        name: As in the form.
        zh: Chinese title.
        en: English title.
        type: What may be given.
        default: What holds where nothing is given.
        least: The least whole number.
        most: The greatest whole number, or of texts how many.
    """

    name: str
    zh: str
    en: str
    type: Literal["whole", "flag", "texts"]
    default: Any
    least: int = 0
    most: int = 1_000

    def fault(self, value: object) -> str | None:
        """Return the code of what is wrong with a value; None if it may be given."""
        match self.type:
            case "whole":
                good = isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
                return None if good else "form_option_out_of_range"
            case "flag":
                return None if isinstance(value, bool) else "form_not_a_flag"
            case "texts":
                if not isinstance(value, list) or not self.least <= len(value) <= self.most:
                    return "form_option_not_texts"
                good = all(isinstance(one, str) and one.strip() for one in value) and len({*value}) == len(value)
                return None if good else "form_option_not_texts"


def settling(*options: Option) -> Callable[[Mapping[str, Any], Checks, str], Mapping[str, Any]]:
    """Make the function that completes a kind's options and names the wrong ones."""
    by_name = {option.name: option for option in options}

    def settle(given: Mapping[str, Any], checks: Checks, pointer: str) -> Mapping[str, Any]:
        for name in given.keys() - by_name.keys():
            checks.fault(f"{pointer}/{name}", "form_unknown_option", name=name, known="、".join(by_name))
        found = {}
        for option in options:
            value = given.get(option.name, option.default)
            fault = option.fault(value)
            if fault is not None:
                checks.fault(f"{pointer}/{option.name}", fault, least=option.least, most=option.most)
            found[option.name] = value
        return found

    return settle
