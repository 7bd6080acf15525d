"""What a designer of labels is told: kinds of elements and codes, fields, functions, in the reader's language."""

from __future__ import annotations

from typing import Any

from mazhi.engines.formula.values import adopt, to_text
from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.model import Carrier, Option
from mazhi.engines.labels.data.catalogue import GROUPS, LISTS, catalogue
from mazhi.engines.labels.data.model import LabelData
from mazhi.engines.labels.element import Element
from mazhi.engines.labels.model import element_kinds
from mazhi.engines.labels.properties import Property
from mazhi.kernel.texts import Language
from mazhi.web import formula_catalogue


def kinds(lang: Language) -> dict[str, Any]:
    """Describe every kind of element and of code."""
    return {
        "elements": [_element(one, lang) for one in element_kinds],
        "carriers": [_carrier(one, lang) for one in carriers],
    }


def _titled(zh: str, en: str, lang: Language) -> dict[str, str]:
    return {"label": zh if lang == "zh" else en, "zh": zh, "en": en}


def _element(one: Element, lang: Language) -> dict[str, Any]:
    return {
        "name": one.name,
        **_titled(one.zh, one.en, lang),
        "group": one.group,
        "properties": [_property(prop, lang) for prop in one.properties],
        "example": dict(one.example),
        "size_mm": list(one.size_mm),
    }


def _property(one: Property, lang: Language) -> dict[str, Any]:
    return {
        "name": one.name,
        **_titled(one.zh, one.en, lang),
        "type": one.type,
        "default": one.default,
        "choices": [{"value": choice.value, **_titled(choice.zh, choice.en, lang)} for choice in one.choices],
        "least": one.least,
        "most": one.most,
        "unit": one.unit,
        "required": one.required,
        "hint": one.zh_hint if lang == "zh" else one.en_hint,
        "zh_hint": one.zh_hint,
        "en_hint": one.en_hint,
    }


def _carrier(one: Carrier, lang: Language) -> dict[str, Any]:
    return {
        "name": one.name,
        **_titled(one.zh, one.en, lang),
        "group": one.group,
        "options": [_option(option, lang) for option in one.options],
        "example": one.example,
    }


def _option(one: Option, lang: Language) -> dict[str, Any]:
    kind = "choice" if one.choices else "plain" if one.least is None else "integer"
    return {
        "name": one.name,
        **_titled(one.zh, one.en, lang),
        "type": kind,
        "default": one.default,
        "choices": [{"value": value, "label": value} for value in one.choices],
        "least": one.least,
        "most": one.most,
        "unit": "",
        "hint": "",
    }


def fields(data: LabelData, lang: Language) -> dict[str, Any]:
    """Describe every field with its value in the sample, and every function of formulas."""
    found = []
    for one in catalogue:
        described = one.described()
        value = data.rows(one.group)[0].get(one.name.partition(".")[2]) if _listed(one.group, data) else data(one.name)
        found.append({**described, **_titled(one.zh, one.en, lang), "value": _shown(value)})
    for namespace, value in sorted(data.identifiers.items()):
        if namespace != "own":
            name = f"identifier.{namespace}"
            found.append({
                "name": name, **_titled(f"标识 {namespace}", f"Identifier {namespace}", lang), "group": "identifier",
                "type": "text", "list": False, "example": value, "value": value,
            })  # fmt: skip
    groups = {**GROUPS, "identifier": ("其他标识", "Identifiers"), "record": ("记录", "Record")}
    return {
        "fields": found,
        "groups": [{"name": name, **_titled(zh, en, lang)} for name, (zh, en) in groups.items()],
        "functions": formula_catalogue.described(lang),
    }


def _listed(group: str, data: LabelData) -> bool:
    return group in LISTS and bool(data.rows(group))


def _shown(value: object) -> str:
    return "" if isinstance(value, list) else to_text(adopt(value))
