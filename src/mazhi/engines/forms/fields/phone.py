"""A telephone number (手机): of a mobile or a fixed line, in China or abroad."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Choice, Option

_MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
_ANY = re.compile(
    r"1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?"
    r"|[48]00-?[0-9]{7}|\+[1-9][0-9]{6,14}",
    re.ASCII,
)


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise FieldError("entry_not_a_phone")
    text = str(raw)[:100].strip().translate({ord(sign): "-" for sign in "–—－"})
    text = re.sub(r"[ ()（）]", "", text)
    mobile = re.sub(r"^(?:\+?86|0086)?-?(?=1[3-9])", "", text).replace("-", "")
    if _MOBILE.fullmatch(mobile):
        return (mobile,)
    if options["only"] == "mobile" or not _ANY.fullmatch(text):
        raise FieldError("entry_not_a_phone")
    return (text,)


KIND = FieldKind(
    name="phone",
    zh="手机",
    en="Telephone",
    zh_hint="检查号码，空格和 +86 自动去掉。",
    en_hint="The number is checked; blanks and +86 are taken off.",
    group="common",
    icon="Phone",
    example=({}, "13800138000"),
    options=(
        Option(
            "only", "号码", "Numbers", "choice", "mobile",
            choices=(Choice("mobile", "只要手机", "Mobiles only"), Choice("any", "手机、座机或国外号码", "Any")),
        ),
    ),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
)  # fmt: skip
