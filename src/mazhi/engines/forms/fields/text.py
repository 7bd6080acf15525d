"""One line of text (单行文本)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.standard import PLACEHOLDER, longest
from mazhi.engines.options import Choice, Option

LONGEST = 1_000
_FORMATS = (
    Choice("", "不限", "Any"),
    Choice("digits", "只有数字", "Digits only"),
    Choice("letters", "只有英文字母", "Letters A–Z only"),
    Choice("letters_digits", "字母和数字", "Letters and digits"),
)


def line(raw: Any, longest: int) -> str:
    """Return one line of text without blanks at its ends, or raise ``FieldError``."""
    if not isinstance(raw, str):
        raise FieldError("entry_not_text")
    text = " ".join(raw.split()) if not raw.isprintable() else raw.strip()
    if len(text) > longest:
        raise FieldError("entry_too_long", limit=longest, length=len(text))
    if not text.isprintable():
        raise FieldError("entry_not_printable")
    return text


def _fits(text: str, format_: str) -> bool:
    match format_:
        case "digits":
            return text.isdigit()
        case "letters":
            return text.isalpha()
        case _:
            return text.isalnum()


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    text = line(raw, options["longest"])
    if options["upper"]:
        text = text.upper()[: options["longest"]]
    if text and options["format"] and not (text.isascii() and _fits(text, options["format"])):
        wanted = next(one for one in _FORMATS if one.value == options["format"])
        raise FieldError("entry_wrong_format", wanted=wanted.zh, wanted_en=wanted.en)
    return (text or None,)


KIND = FieldKind(
    name="text",
    zh="单行文本",
    en="Text",
    zh_hint="一行文字，如名称、型号。",
    en_hint="One line, such as a name or a model.",
    group="common",
    icon="FontSize",
    example=({"longest": 50}, "智能水表"),
    options=(
        longest(200, LONGEST),
        Option("format", "格式", "Format", "choice", "", choices=_FORMATS),
        Option("upper", "转成大写", "In capitals", "flag", False),
        PLACEHOLDER,
    ),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
)
