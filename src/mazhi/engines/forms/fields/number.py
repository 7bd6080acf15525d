"""A number (数字) of up to six decimals, exact: it is kept in millionths, as quantities are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.options import Option

ONE = 1_000_000
LARGEST = 9_000_000_000_000


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise FieldError("entry_not_a_number")
    try:
        number = Decimal(str(raw).strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise FieldError("entry_not_a_number") from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise FieldError("entry_number_too_large", limit=LARGEST)
    decimals = options["decimals"]
    if number != round(number, decimals):
        raise FieldError("entry_too_many_decimals", limit=decimals)
    return (int(number * ONE),)


def _show(values: Values) -> Any:
    whole, rest = divmod(values[0], ONE)
    return whole if rest == 0 else float(Decimal(values[0]) / ONE)


KIND = FieldKind(
    name="number",
    zh="数字",
    en="Number",
    zh_hint="最多六位小数，精确保存。",
    en_hint="Up to six decimals, kept exactly.",
    group="common",
    icon="FieldNumber",
    example=({"decimals": 2}, 12.5),
    columns=(Column("number"),),
    clean=_clean,
    show=_show,
    options=(Option("decimals", "小数位", "Decimals", "whole", 6, 0, 6),),
    can_be_unique=True,
)
