"""The address of a page (网址)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values

LONGEST = 2_000
# Nothing else: an address that begins with javascript: would be run by whoever clicks it.
_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:[/?#][^\s\"'<>\\]*)?", re.IGNORECASE)


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    text = raw.strip() if isinstance(raw, str) else ""
    if len(text) > LONGEST or not text.isprintable() or not _ADDRESS.fullmatch(text):
        raise FieldError("entry_not_a_link")
    return (text,)


KIND = FieldKind(
    name="link",
    zh="网址",
    en="Web address",
    zh_hint="点开就到那个网页。",
    en_hint="A click opens the page.",
    group="advanced",
    icon="Link",
    example=({}, "https://example.com/manual?id=1"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)
