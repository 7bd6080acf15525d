"""A barcode of another field (条码显示)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.standard import SYMBOLOGIES, source
from mazhi.engines.options import Option


def _content(value: object) -> str | None:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _derive(_reading: Reading, field: Field, rows: Sequence[Mapping[str, Any]]) -> Sequence[str | None]:
    return [_content(row.get(field.options["source"])) for row in rows]


KIND = FieldKind(
    name="barcode_display",
    zh="条码显示",
    en="Barcode",
    zh_hint="把另一个字段的内容画成条码。",
    en_hint="Draws what another field holds as a barcode.",
    group="serial",
    icon="Qrcode",
    example=({"source": "serial"}, None),
    options=(
        source(
            "内容字段",
            "Content",
            "text",
            "serial_number",
            "item",
            "product",
            "batch",
            "place",
            "link",
            "text_combination",
            "number",
            "lookup",
            "partner",
            "customer",
            "dealer",
            "supplier",
            "phone",
            "record",
        ),
        Option("symbology", "码制", "Symbology", "choice", "qr", choices=SYMBOLOGIES),
        Option("text", "下面写出内容", "With text", "flag", True),
    ),
    derive=_derive,
)
