"""An amount of money (金额)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.number import millionths, plain
from mazhi.engines.forms.model import Column, FieldKind, Values
from mazhi.engines.forms.standard import LEAST, MOST, check_range, decimals
from mazhi.engines.options import Choice, Option

_CURRENCIES = (
    Choice("CNY", "人民币 ¥", "Renminbi ¥"),
    Choice("USD", "美元 $", "US dollar $"),
    Choice("EUR", "欧元 €", "Euro €"),
    Choice("HKD", "港币 HK$", "Hong Kong dollar HK$"),
    Choice("JPY", "日元 JP¥", "Yen JP¥"),
)


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    return (millionths(raw.strip().strip("¥￥$€元 ") if isinstance(raw, str) else raw, options),)


KIND = FieldKind(
    name="money",
    zh="金额",
    en="Money",
    zh_hint="带币种和千分位，精确到分。",
    en_hint="With currency and thousands, exact to the cent.",
    group="common",
    icon="PayCircle",
    example=({"decimals": 2}, 1280.5),
    options=(Option("currency", "币种", "Currency", "choice", "CNY", choices=_CURRENCIES), decimals(4, 2), LEAST, MOST),
    check=check_range,
    columns=(Column("number"),),
    clean=_clean,
    show=lambda values: plain(values[0]),
)
