"""A signature by hand (手写签名): one picture."""

from __future__ import annotations

from mazhi.engines.forms.files.binding import COLUMNS, FILES, saved
from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="signature",
    zh="手写签名",
    en="Signature",
    zh_hint="用手指、笔或鼠标签名。",
    en_hint="Drawn with a finger, a pen or the mouse.",
    group="advanced",
    icon="Signature",
    example=({}, ["9b1c4a52-6f0e-4f0e-9a36-000000000003"]),
    options=(
        Option(
            "typed", "也可输入姓名", "Typing allowed", "flag", True,
            zh_hint="不方便手写时输入姓名代替，签名里会注明。",
            en_hint="Where drawing is no use the name is typed, and the signature says so.",
        ),
    ),
    columns=COLUMNS,
    reference=FILES,
    saved=saved,
)  # fmt: skip
