"""What elements say in words: title, date, amount with its decimals, country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mazhi.kernel.barcodes.gs1.dates import to_iso
from mazhi.kernel.barcodes.gs1.rules import COUNTRIES, CURRENCIES
from mazhi.kernel.barcodes.gs1.table import TABLE, ApplicationIdentifier

_TWO_DIGIT_DATES = frozenset({"date", "date0"})
_TIMES = frozenset({"hhmm", "hour", "minute", "second"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """One element, explained; ``meaning`` is empty where the value says it all."""

    ai: str
    zh: str
    en: str
    value: str
    meaning: str


def explain(elements: Mapping[str, str], *, this_year: int) -> list[Meaning]:
    """Explain every element; what is not an application identifier is left out."""
    return [
        Meaning(code, ai.zh, ai.en, value, meaning(ai, value, this_year=this_year))
        for code, value in elements.items()
        if (ai := TABLE.get(code)) is not None
    ]


def meaning(ai: ApplicationIdentifier, value: str, *, this_year: int) -> str:
    """Return a value in words; empty where it is not well formed or says it all by itself."""
    if not ai.fits(value):
        return ""
    words: list[str] = []
    rest = value
    for part in ai.parts:
        text, rest = rest[: part.longest], rest[part.longest :]
        if text:
            words.append(_say({name for name, _ in part.rules}, text, this_year))
    if ai.decimals is not None:
        words[-1] = _decimal(words[-1], ai.decimals)
    said = " ".join(words).replace(" :", ":")
    return "" if said == value else said


def _say(rules: set[str], text: str, this_year: int) -> str:
    if rules & _TWO_DIGIT_DATES:
        return to_iso(text, this_year) or text
    if "date8" in rules:
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if "hhmm" in rules:
        return f"{text[:2]}:{text[2:]}"
    if rules & {"minute", "second"}:
        return f":{text}"
    if "currency" in rules:
        return CURRENCIES.get(text, text)
    if rules & {"country", "country999"}:
        return COUNTRIES.get(text, text)
    return text


def _decimal(digits: str, decimals: int) -> str:
    """Put the point in, without zeros that say nothing before it."""
    if not decimals:
        return str(int(digits))
    padded = digits.zfill(decimals + 1)
    return f"{int(padded[:-decimals])}.{padded[-decimals:]}"
