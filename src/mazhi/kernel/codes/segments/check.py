"""Check character (校验位): finds codes that were typed or read wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mazhi.kernel.codes import check_methods
from mazhi.kernel.codes.check_method import CheckMethod
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.codes.segment import CheckSegment, Meaning, SegmentKind
from mazhi.kernel.errors import Problem
from mazhi.kernel.registry import Registry

METHODS: Registry[CheckMethod] = Registry(check_methods)


class Check(CheckSegment):
    """Check characters over all that stands before them."""

    kind = "check"

    def __init__(self, method: CheckMethod) -> None:
        self.method = method
        self.body = {"kind": self.kind, "method": method.name}
        self.widths = range(method.size, method.size + 1)

    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Every place may have every check character."""
        return [frozenset(self.method.alphabet)] * width

    def read(self, text: str) -> Meaning | None:
        """Recognise check characters; whether they are right is for the whole code to say."""
        if not set(text) <= set(self.method.alphabet):
            return None
        return Meaning(text, f"校验位 {text} 正确", f"check character {text} is right")


class CheckKind(SegmentKind[Check]):
    """One or two characters that are computed from all that stand before."""

    name = "check"
    zh = "校验位"
    en = "Check character"
    group = "unique"
    parameters = (
        Parameter(
            "method",
            "choice",
            "算法",
            "Method",
            required=True,
            choices=tuple(Choice(method.name, method.zh, method.en) for method in METHODS),
            zh_help="校验它前面的全部字母和数字（- . _ / 跳过）；字母按 A=10…Z=35 计。有字母时首选 ISO 7064 模 37-36。",
            en_help=(
                "Guards all letters and digits before it (- . _ / are passed over); letters count as A=10…Z=35. "
                "With letters ISO 7064 mod 37-36 is the best choice."
            ),
        ),
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "check", "method": "iso7064_mod37_36"}

    def build(self, values: dict[str, Any], _pointer: str, _problems: list[Problem]) -> Check:
        """Make the segment."""
        return Check(METHODS[values["method"]])


KIND = CheckKind()
