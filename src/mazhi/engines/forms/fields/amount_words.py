"""An amount in Chinese capitals (大写金额), of an amount of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.standard import source
from mazhi.engines.formula.money import capital_amount


def _words(value: object) -> str | None:
    # What is masked or was never filled in is no number.
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return capital_amount(Decimal(str(value))) if good else None


def _derive(_reading: Reading, field: Field, rows: Sequence[Mapping[str, Any]]) -> Sequence[str | None]:
    return [_words(row.get(field.options["source"])) for row in rows]


KIND = FieldKind(
    name="amount_words",
    zh="大写金额",
    en="Amount in words",
    zh_hint="按金额自动写成 壹仟贰佰元整。",
    en_hint="An amount written out in Chinese capitals.",
    group="advanced",
    icon="Transaction",
    example=({"source": "amount"}, None),
    options=(source("金额字段", "Amount", "money", "number"),),
    derive=_derive,
)
