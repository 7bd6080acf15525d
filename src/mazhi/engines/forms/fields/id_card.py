"""The number of a resident identity card (身份证号), with its check digit by GB 11643."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.kernel.partners.model import is_region

_NUMBER = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) >= date(1850, 1, 1)
    except ValueError:
        return False


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    text = raw.strip().upper() if isinstance(raw, str) else ""
    if not _NUMBER.fullmatch(text) or not is_region(text[:6]) or not _is_day(text[6:14]):
        raise FieldError("entry_not_an_id_card")
    total = sum(int(sign) * weight for sign, weight in zip(text, _WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != text[17]:
        raise FieldError("entry_wrong_check_digit")
    return (text,)


KIND = FieldKind(
    name="id_card",
    zh="身份证号",
    en="Identity card",
    zh_hint="18 位，检查地区、生日和校验位。",
    en_hint="18 digits; region, birthday and check digit are checked.",
    group="advanced",
    icon="Idcard",
    example=({}, "11010519491231002X"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
)
