"""Constant (常量): the same text in every code of the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mazhi.kernel.codes.parameters import Parameter
from mazhi.kernel.codes.segment import Context, Meaning, Preset, SegmentKind, StaticSegment
from mazhi.kernel.errors import Problem


class Constant(StaticSegment):
    """A fixed text."""

    kind = "constant"

    def __init__(self, value: str) -> None:
        self.value = value
        self.body = {"kind": self.kind, "value": value}
        self.widths = range(len(value), len(value) + 1)

    def classes(self, _width: int) -> Sequence[frozenset[str]]:
        """Each place has its one character."""
        return [frozenset(sign) for sign in self.value]

    def text(self, _context: Context) -> str | Problem:
        """Return the text."""
        return self.value

    def read(self, text: str) -> Meaning | None:
        """Recognise the text."""
        return Meaning(text, f"固定为 {text}", f"always {text}") if text == self.value else None


class ConstantKind(SegmentKind[Constant]):
    """A category, a plant's number, an issuer's prefix: whatever never changes."""

    name = "constant"
    zh = "常量"
    en = "Constant"
    group = "fixed"
    parameters = (
        Parameter(
            "value",
            "text",
            "内容",
            "Text",
            required=True,
            minimum=1,
            maximum=40,
            zh_help="可见的英文字母、数字和符号，不含空格。",
            en_help="Visible ASCII characters without blanks.",
        ),
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "constant", "value": "WM"}
    presets = (
        Preset("工厂代号", "Plant", {"kind": "constant", "value": "1"}),
        Preset("发号前缀", "Issuer prefix", {"kind": "constant", "value": "A"}),
    )

    def build(self, values: dict[str, Any], _pointer: str, _problems: list[Problem]) -> Constant:
        """Make the segment."""
        return Constant(values["value"])


KIND = ConstantKind()
