"""An e-mail address (邮箱)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values

LONGEST = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    text = raw.strip() if isinstance(raw, str) else ""
    if len(text) > LONGEST or not _ADDRESS.fullmatch(text):
        raise FieldError("entry_not_an_email")
    local, _, domain = text.rpartition("@")
    return (f"{local}@{domain.lower()}",)


KIND = FieldKind(
    name="email",
    zh="邮箱",
    en="E-mail",
    zh_hint="检查邮箱地址的写法。",
    en_hint="The address is checked.",
    group="common",
    icon="Mail",
    example=({}, "chen.jing@example.com"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
)
