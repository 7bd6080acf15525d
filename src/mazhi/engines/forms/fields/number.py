"""A number (数字) of up to six decimals, exact: it is kept in millionths, as quantities are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind
from mazhi.engines.forms.standard import LARGEST, LEAST, MOST, UNIT, check_range, decimals
from mazhi.engines.options import Option

ONE = 1_000_000
LONGEST = 40


def millionths(raw: Any, options: Mapping[str, Any]) -> int:
    """Return a number in millionths, by the options ``decimals``, ``least`` and ``most``; or raise ``FieldError``."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise FieldError("entry_not_a_number")
    if isinstance(raw, int) and abs(raw) > LARGEST:
        raise FieldError("entry_number_too_large", limit=LARGEST)
    written = str(raw).strip().replace(",", "").replace("，", "")
    try:
        number = Decimal(written) if len(written) <= LONGEST and "_" not in written else Decimal("x")
    except InvalidOperation:
        raise FieldError("entry_not_a_number") from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise FieldError("entry_number_too_large", limit=LARGEST)
    places = options["decimals"]
    if number != round(number, places):
        raise FieldError("entry_too_many_decimals", limit=places)
    least, most = options.get("least"), options.get("most")
    if (least is not None and number < Decimal(str(least))) or (most is not None and number > Decimal(str(most))):
        raise FieldError("entry_out_of_range", least="" if least is None else least, most="" if most is None else most)
    return int(number * ONE)


def plain(stored: int) -> int | float:
    """Return a number in millionths as clients get it."""
    whole, rest = divmod(stored, ONE)
    return whole if rest == 0 else float(Decimal(stored) / ONE)


KIND = FieldKind(
    name="number",
    zh="数字",
    en="Number",
    zh_hint="最多六位小数，精确保存。",
    en_hint="Up to six decimals, kept exactly.",
    group="common",
    icon="FieldNumber",
    example=({"decimals": 2}, 12.5),
    options=(
        decimals(6, 6),
        LEAST,
        MOST,
        UNIT,
        Option(
            "thousands", "千分位", "Thousands", "flag", False, zh_hint="显示成 12,345。", en_hint="Shown as 12,345."
        ),
    ),
    check=check_range,
    columns=(Column("number"),),
    clean=lambda raw, options: (millionths(raw, options),),
    show=lambda values: plain(values[0]),
    can_be_unique=True,
)
