"""The kinds of segments as plain data in one language: what a designer's palette and property panels show."""

from __future__ import annotations

from typing import Any

from mazhi.kernel.codes.model import KINDS
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.codes.segment import GROUPS, AnySegmentKind, Preset
from mazhi.kernel.texts import Language


def catalogue(language: Language) -> dict[str, Any]:
    """Describe every kind of segment, in the order of the palette."""
    order = list(GROUPS)
    kinds = sorted(KINDS, key=lambda kind: (order.index(kind.group), not kind.presets, kind.name))
    return {
        "groups": [{"group": name, "label": zh if language == "zh" else en} for name, (zh, en) in GROUPS.items()],
        "kinds": [_kind(kind, language) for kind in kinds],
    }


def _label(entry: AnySegmentKind | Parameter | Choice | Preset, language: Language) -> str:
    return entry.zh if language == "zh" else entry.en


def _kind(kind: AnySegmentKind, language: Language) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "label": _label(kind, language),
        "group": kind.group,
        "example": dict(kind.example),
        "parameters": [_parameter(parameter, language) for parameter in kind.parameters],
        "presets": [{"label": _label(preset, language), "segment": dict(preset.body)} for preset in kind.presets],
    }


def _parameter(parameter: Parameter, language: Language) -> dict[str, Any]:
    default = parameter.default
    return {
        "name": parameter.name,
        "type": parameter.type,
        "label": _label(parameter, language),
        "help": parameter.zh_help if language == "zh" else parameter.en_help,
        "required": parameter.required,
        "default": list(default) if isinstance(default, tuple) else default,
        "choices": [{"value": choice.value, "label": _label(choice, language)} for choice in parameter.choices],
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
    }
