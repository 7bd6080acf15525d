"""Yes or no (开关)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if isinstance(raw, str) and raw.strip() in {options["yes"], options["no"]} and options["yes"] != options["no"]:
        return (raw.strip() == options["yes"],)
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
    options=(
        Option("yes", "打开时写", "Text of yes", "text", "是", required=True),
        Option("no", "关闭时写", "Text of no", "text", "否", required=True),
    ),
    columns=(Column("boolean"),),
    clean=_clean,
    show=lambda values: bool(values[0]),
)
