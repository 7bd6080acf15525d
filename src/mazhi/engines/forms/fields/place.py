"""A place (库位)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.options import settling
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="place",
    zh="库位",
    en="Place",
    holds="value",
    example=({}, "WH1"),
    columns=(Column("reference"),),
    settle=settling(),
    can_be_unique=True,
    reference=by_table("place", "unknown_place"),
)
