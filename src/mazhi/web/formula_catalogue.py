"""The functions of formulas as help and completion need them, from their declarations alone."""

from __future__ import annotations

from typing import Any

from mazhi.engines.formula.function import FAMILIES
from mazhi.engines.formula.functions import functions
from mazhi.kernel.texts import Language


def described(lang: Language) -> list[dict[str, Any]]:
    """Describe every function, in the reader's language and in both."""
    return [
        {
            **one.described(),
            "label": one.zh if lang == "zh" else one.name,
            "family_label": FAMILIES[one.family][0 if lang == "zh" else 1],
            "usage": one.usage(lang),
            "doc": one.doc_zh if lang == "zh" else one.doc_en,
        }
        for one in functions
    ]


def families(lang: Language) -> list[dict[str, str]]:
    """Name the headings under which functions are listed, in their order."""
    return [
        {"name": name, "label": zh if lang == "zh" else en, "zh": zh, "en": en} for name, (zh, en) in FAMILIES.items()
    ]
