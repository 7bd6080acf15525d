"""A table within the form (子表单), kept as a table of its own."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind

KIND = FieldKind(
    name="subform",
    zh="子表单",
    en="Sub-table",
    zh_hint="表中之表，行数不限。",
    en_hint="A table within the form, of any length.",
    group="common",
    icon="Table",
    holds="rows",
    contains=True,
    example=({}, []),
)
