"""A colour (颜色)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values

_COLOR = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})", re.ASCII)


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    found = _COLOR.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise FieldError("entry_not_a_color")
    signs = found[1].upper()
    return (f"#{signs if len(signs) == 6 else ''.join(sign * 2 for sign in signs)}",)


KIND = FieldKind(
    name="color",
    zh="颜色",
    en="Colour",
    zh_hint="如 #1F3A5F。",
    en_hint="Such as #1F3A5F.",
    group="advanced",
    icon="BgColors",
    example=({}, "#1F3A5F"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)
