"""What was scanned out of a package (包装绑定), compared with what should be in it."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import ITEM, several
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="package_binding",
    zh="包装绑定",
    en="Content of a package",
    zh_hint="先扫箱码，再扫箱里的每一件；少了、多了、不是这箱的当场显示。",
    en_hint="What is scanned out of a package is compared with what should be in it.",
    group="serial",
    icon="Inbox",
    example=({}, ["RO-000001", "RO-000002"]),
    options=(
        Option(
            "source", "箱码是哪个字段", "The package", "field", "", kinds=("item",),
            zh_hint="不填就把第一个扫的当箱码。", en_hint="Empty: the first one scanned is the package.",
        ),
    ),
    columns=(Column("json"),),
    reference=several(ITEM),
)  # fmt: skip
