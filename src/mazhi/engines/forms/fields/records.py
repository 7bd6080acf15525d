"""Several records of another form (多条关联记录), by their numbers."""

from __future__ import annotations

from mazhi.engines.forms.fields.record import FORM, TITLE
from mazhi.engines.forms.kernel_references import several
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.record_references import RECORD

KIND = FieldKind(
    name="records",
    zh="多条关联记录",
    en="Linked records",
    zh_hint="另一张表单里的几条记录。",
    en_hint="Several records of another form.",
    group="link",
    icon="ShareAlt",
    example=({"form": "qc/card"}, ["1", "2"]),
    options=(FORM, TITLE),
    columns=(Column("json"),),
    reference=several(RECORD),
)
