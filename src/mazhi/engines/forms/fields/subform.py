"""A table within the form (子表单), kept as a table of its own."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.forms.options import settling

KIND = FieldKind(name="subform", zh="子表单", en="Sub-table", holds="rows", example=({}, []), settle=settling())
