"""A record of another form (关联记录), by its number."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.record_references import RECORD
from mazhi.engines.options import Option

FORM = Option("form", "关联的表单", "Form", "form", "", required=True, zh_hint="应用/表单。", en_hint="App/form.")
TITLE = Option(
    "title", "显示哪个字段", "Title field", "form_field", "",
    zh_hint="在选择框里代表那条记录；不填就显示编号。",
    en_hint="Stands for the record when it is chosen; else its number.",
)  # fmt: skip

KIND = FieldKind(
    name="record",
    zh="关联记录",
    en="Linked record",
    zh_hint="另一张表单里的一条记录，可以扫码找到。",
    en_hint="A record of another form.",
    group="link",
    icon="Link",
    example=({"form": "qc/card"}, "1"),
    options=(FORM, TITLE),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=RECORD,
)
