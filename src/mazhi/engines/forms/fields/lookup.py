"""A fact of what another field names (他表字段): always as it is now, never copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.looking_up import look_up
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.standard import source
from mazhi.engines.options import Option


def _derive(reading: Reading, field: Field, rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    return look_up(reading, field.options["source"], field.options["field"], rows)


KIND = FieldKind(
    name="lookup",
    zh="他表字段",
    en="Look-up",
    zh_hint="带出关联记录、产品、客户等的字段，随时是最新的。",
    en_hint="A field of what is linked, always as it is now.",
    group="link",
    icon="FileSearch",
    example=({"source": "product", "field": "name"}, None),
    options=(
        source(
            "从哪个字段",
            "Of what",
            "record",
            "product",
            "item",
            "batch",
            "place",
            "partner",
            "customer",
            "dealer",
            "supplier",
            "member",
            "department",
            "role",
        ),
        Option(
            "field",
            "带出什么",
            "Which fact",
            "form_field",
            "",
            required=True,
            zh_hint="关联表单的字段，或产品、客户等的资料。",
            en_hint="A field of the linked form, or a fact of the product.",
        ),
    ),
    derive=_derive,
)
