"""Amounts in Chinese capitals (大写金额), as banks and invoices want them."""

from __future__ import annotations

from decimal import Decimal

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import rounded

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
LARGEST = Decimal(10) ** 16


def capital_amount(amount: Decimal) -> str:
    """Write an amount of yuan in capitals, rounded to the fen: 壹仟肆佰零玖元伍角整.

    Raises:
        FaultError: It is 10^16 or more.
    """
    exact = rounded(amount, 2)
    amount = exact.copy_abs()
    if amount >= LARGEST:
        raise FaultError("formula_number_too_large")
    fen = int(amount.scaleb(2))
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    written = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        written += f"{_DIGITS[jiao]}角"
    elif rest and yuan:
        written += "零"
    if rest:
        written += f"{_DIGITS[rest]}分"
    else:
        written = f"{written or '零元'}整"
    return f"负{written}" if exact < 0 else written


def _whole(number: int) -> str:
    written, skipped = "", False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**place % 10_000
        if not group:
            skipped = True
            continue
        if written and (group < 1000 or skipped):
            written += "零"
        skipped = False
        # 万亿 beside 亿: the 亿 is said once, 壹万零贰亿.
        unit = "万" if place == 3 and number // 10_000**2 % 10_000 else _GROUPS[place]
        written += _group(group) + unit
    return written


def _group(group: int) -> str:
    written, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            zero = bool(written)
            continue
        written += ("零" if zero else "") + _DIGITS[digit] + _UNITS[place]
        zero = False
    return written
