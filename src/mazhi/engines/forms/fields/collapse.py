"""A part of the form that can be folded (折叠组)."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="collapse",
    zh="折叠组",
    en="Collapsible group",
    zh_hint="可以收起来的一组字段。",
    en_hint="A group of fields that can be folded.",
    group="layout",
    icon="MenuFold",
    holds="layout",
    contains=True,
    example=({}, None),
    options=(Option("folded", "先收起", "Folded at first", "flag", False),),
)
