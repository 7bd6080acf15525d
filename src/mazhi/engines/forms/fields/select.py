"""One of many (下拉), found by typing."""

from __future__ import annotations

from mazhi.engines.forms.fields.choice import chosen
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.standard import CHOICES, OTHER, PLACEHOLDER

KIND = FieldKind(
    name="select",
    zh="下拉",
    en="Drop-down",
    zh_hint="从许多选项里选一个，可以输入来找。",
    en_hint="One of many, found by typing.",
    group="common",
    icon="DownSquare",
    example=({"choices": ["顺丰", "京东", "中通"]}, "京东"),
    options=(CHOICES, OTHER, PLACEHOLDER),
    columns=(Column("text"),),
    clean=lambda raw, options: (chosen(raw, options),),
    show=lambda values: values[0],
)
