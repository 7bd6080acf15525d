"""A part of the form under a heading (分段); it stores nothing."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="section",
    zh="分段",
    en="Section",
    zh_hint="把几个字段放在一个标题下面。",
    en_hint="Puts some fields under a heading.",
    group="layout",
    icon="Profile",
    holds="layout",
    contains=True,
    example=({}, None),
    options=(Option("line", "标题下画线", "Line below", "flag", True),),
)
