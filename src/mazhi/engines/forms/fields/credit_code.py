"""The number of a company (统一社会信用代码), with its check digit by GB 32100."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(rf"[{_SIGNS}]{{2}}[0-9]{{6}}[{_SIGNS}]{{10}}", re.ASCII)


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    text = raw.strip().upper() if isinstance(raw, str) else ""
    if not _CODE.fullmatch(text):
        raise FieldError("entry_not_a_credit_code")
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    if _SIGNS[(31 - total % 31) % 31] != text[17]:
        raise FieldError("entry_wrong_check_digit")
    return (text,)


KIND = FieldKind(
    name="credit_code",
    zh="统一社会信用代码",
    en="Company number",
    zh_hint="18 位，检查校验位。",
    en_hint="18 signs with a check digit.",
    group="advanced",
    icon="SafetyCertificate",
    example=({}, "91350100M000100Y43"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
)
