"""Yes or no (开关)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, bool):
        raise FieldError("entry_not_a_flag")
    return (raw,)


KIND = FieldKind(
    name="switch",
    zh="开关",
    en="Switch",
    zh_hint="是或否。",
    en_hint="Yes or no.",
    group="common",
    icon="Poweroff",
    example=({}, True),
    columns=(Column("boolean"),),
    clean=_clean,
    show=lambda values: bool(values[0]),
)
