"""Options that several kinds of field share, and checks of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.options import Choice, Option
from mazhi.kernel.master_data.model import Checks

LARGEST = 9_000_000_000_000
"""The greatest number: in millionths it still fits 64 bits."""

PLACEHOLDER = Option(
    "placeholder", "占位文字", "Placeholder", "text", "",
    zh_hint="没有填时淡淡地显示在框里。", en_hint="Stands faintly in the empty box.",
)  # fmt: skip
UNIT = Option("unit", "单位", "Unit", "text", "", zh_hint="写在数字后面，如 kg。", en_hint="Written after the number.")
LEAST = Option("least", "最小值", "Least", "number", None, -LARGEST, LARGEST)
MOST = Option("most", "最大值", "Greatest", "number", None, -LARGEST, LARGEST)
CHOICES = Option(
    "choices", "选项", "Choices", "texts", ["选项一", "选项二"], 1, 1_000,
    zh_hint="一行一个，可以从 Excel 粘贴。", en_hint="One on each line; they can be pasted from Excel.",
)  # fmt: skip
OTHER = Option(
    "other", "允许填其他", "Others allowed", "flag", False,
    zh_hint="选项里没有的，可以自己填。", en_hint="What is not among the choices can be typed.",
)  # fmt: skip
SYMBOLOGIES = (
    Choice("qr", "二维码 QR", "QR Code"),
    Choice("data_matrix", "Data Matrix", "Data Matrix"),
    Choice("code_128", "一维码 Code 128", "Code 128"),
)


def decimals(most: int, default: int) -> Option:
    """Make the option that says how many decimals a number has."""
    return Option("decimals", "小数位", "Decimals", "whole", default, 0, most)


def longest(default: int, most: int) -> Option:
    """Make the option that says how long a text may be."""
    return Option("longest", "最多字数", "Longest", "whole", default, 1, most, unit="字")


def check_range(options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    """Note a least value that is above the greatest."""
    least, most = options["least"], options["most"]
    if least is not None and most is not None and least > most:
        checks.fault(f"{pointer}/most", "form_option_backwards", least=least, most=most)


def source(zh: str, en: str, *kinds: str) -> Option:
    """Make the option that names the field which a value comes from."""
    return Option("source", zh, en, "field", "", kinds=kinds, required=True)
