"""A value that is measured and judged (检验项) by the limits of the field."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mazhi.engines.forms.fields.number import ONE, millionths, plain
from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.standard import LARGEST, UNIT, check_range, decimals
from mazhi.engines.options import Option
from mazhi.kernel.master_data.model import Checks


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if isinstance(raw, Mapping):
        if "value" not in raw or not raw.keys() <= {"value", "good"}:
            raise FieldError("entry_not_a_number")
        raw = raw["value"]
    found = millionths(raw, {"decimals": options["decimals"]})
    number, low, high = Decimal(found) / ONE, options["low"], options["high"]
    good = (low is None or number >= Decimal(str(low))) and (high is None or number <= Decimal(str(high)))
    return (found, good)


def _check(options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    check_range({"least": options["low"], "most": options["high"]}, checks, pointer)


KIND = FieldKind(
    name="measurement",
    zh="检验项",
    en="Measurement",
    zh_hint="填测得的值，按上下限自动判定合格。",
    en_hint="The measured value is judged by the limits.",
    group="serial",
    icon="Experiment",
    example=({"decimals": 2, "low": 1.5, "high": 1.7, "unit": "MPa"}, {"value": 1.6, "good": True}),
    options=(
        Option("low", "下限", "Lower limit", "number", None, -LARGEST, LARGEST),
        Option("high", "上限", "Upper limit", "number", None, -LARGEST, LARGEST),
        UNIT,
        decimals(6, 3),
    ),
    check=_check,
    columns=(Column("number", "value"), Column("boolean", "good")),
    clean=_clean,
    show=lambda values: {"value": plain(values[0]), "good": bool(values[1])},
)
