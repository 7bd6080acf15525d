"""Functions that calculate; halves are rounded away from zero."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal, DecimalException

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.function import Function, Parameter
from mazhi.engines.formula.money import capital_amount
from mazhi.engines.formula.powers import raised
from mazhi.engines.formula.values import CONTEXT, ZERO, Value, checked, is_empty, rounded, to_number

_MOST_PLACES = 100


def _round(number: Decimal, places: int, rounding: str) -> Decimal:
    if abs(places) > _MOST_PLACES:
        raise FaultError("formula_bad_argument", value=places, name="places")
    return rounded(number, places, rounding)


def _divisor(number: Decimal) -> Decimal:
    if not number:
        raise FaultError("formula_division_by_zero")
    return number


def _quotient(number: Decimal, divisor: Decimal, rounding: str) -> Decimal:
    """Divide and round to a whole number, without rounding twice."""
    top, below = number.as_integer_ratio()
    over, under = _divisor(divisor).as_integer_ratio()
    whole, rest = divmod(top * under, below * over)
    if rest and (rounding == ROUND_CEILING or (rounding == ROUND_DOWN and whole < 0)):
        whole += 1
    return checked(Decimal(whole))


def _mod(number: Decimal, divisor: Decimal) -> Decimal:
    whole = _quotient(number, divisor, ROUND_FLOOR)
    try:
        return checked(CONTEXT.subtract(number, CONTEXT.multiply(whole, divisor)))
    except DecimalException as error:
        raise FaultError("formula_number_too_large") from error


def _multiple(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return checked(CONTEXT.multiply(_quotient(number, step, rounding), step)) if step else ZERO


def _numbers(values: tuple[Value, ...]) -> Iterator[Decimal]:
    for value in values:
        for one in value if isinstance(value, tuple) else (value,):
            if not is_empty(one):
                yield to_number(one)


def _sum(*values: Value) -> Decimal:
    total = ZERO
    for number in _numbers(values):
        total = checked(CONTEXT.add(total, number))
    return total


def _product(*values: Value) -> Decimal:
    found = list(_numbers(values))
    total = Decimal(bool(found))
    for number in found:
        total = checked(CONTEXT.multiply(total, number))
    return total


def _average(*values: Value) -> Decimal:
    found = list(_numbers(values))
    if not found:
        raise FaultError("formula_division_by_zero")
    return checked(CONTEXT.divide(_sum(*found), Decimal(len(found))))


def _least(*values: Value) -> Decimal:
    return min(_numbers(values), default=ZERO)


def _most(*values: Value) -> Decimal:
    return max(_numbers(values), default=ZERO)


def _count(*values: Value) -> Decimal:
    flat = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return Decimal(sum(isinstance(one, Decimal) for one in flat))


def _counta(*values: Value) -> Decimal:
    flat = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return Decimal(sum(not is_empty(one) for one in flat))


def _sqrt(number: Decimal) -> Decimal:
    if number < 0:
        raise FaultError("formula_root_of_negative")
    return raised(number, Decimal("0.5"))


_NUMBER = Parameter("number", "数字", "number")
_PLACES = Parameter("places", "小数位数", "integer", optional=True)
_DIVISOR = Parameter("divisor", "除数", "number")
_STEP = Parameter("step", "倍数", "number", optional=True)
_ANY = Parameter("value", "值")

FUNCTIONS = (
    Function(
        "ROUND", "四舍五入", "numbers", (_NUMBER, _PLACES), "number",
        "四舍五入到若干位小数，默认整数；负数位数舍入到十、百、千位。",
        "Rounds to decimal places (0 by default), halves away from zero; negative places round before the point.",
        ("ROUND(2.345, 2)", "2.35"), lambda number, places=0: _round(number, places, ROUND_HALF_UP),
    ),
    Function(
        "ROUNDUP", "向上舍入", "numbers", (_NUMBER, _PLACES), "number", "远离零的方向舍入。", "Rounds away from zero.",
        ("ROUNDUP(2.341, 2)", "2.35"), lambda number, places=0: _round(number, places, ROUND_UP),
    ),
    Function(
        "ROUNDDOWN", "向下舍入", "numbers", (_NUMBER, _PLACES), "number", "向零的方向舍入（截断）。",
        "Rounds towards zero.",
        ("ROUNDDOWN(-2.349, 2)", "-2.34"), lambda number, places=0: _round(number, places, ROUND_DOWN),
    ),
    Function(
        "INT", "取整", "numbers", (_NUMBER,), "number", "不大于它的最大整数。",
        "The largest whole number that is not larger.",
        ("INT(-1.5)", "-2"), lambda number: rounded(number, 0, ROUND_FLOOR),
    ),
    Function(
        "MOD", "取余", "numbers", (_NUMBER, _DIVISOR), "number", "除法的余数，符号与除数相同。",
        "The remainder of a division, with the sign of the divisor.", ("MOD(-7, 3)", "2"), _mod,
    ),
    Function(
        "QUOTIENT", "取商", "numbers", (_NUMBER, _DIVISOR), "number", "除法的整数部分。",
        "The whole part of a division.", ("QUOTIENT(-7, 3)", "-2"),
        lambda number, divisor: _quotient(number, divisor, ROUND_DOWN),
    ),
    Function(
        "CEILING", "上舍入倍数", "numbers", (_NUMBER, _STEP), "number", "不小于它的最小倍数，默认 1 的倍数。",
        "The least multiple (of 1 by default) that is not smaller.", ("CEILING(7, 5)", "10"),
        lambda number, step=Decimal(1): _multiple(number, step, ROUND_CEILING),
    ),
    Function(
        "FLOOR", "下舍入倍数", "numbers", (_NUMBER, _STEP), "number", "不大于它的最大倍数，默认 1 的倍数。",
        "The largest multiple (of 1 by default) that is not larger.", ("FLOOR(7, 5)", "5"),
        lambda number, step=Decimal(1): _multiple(number, step, ROUND_FLOOR),
    ),
    Function(
        "ABS", "绝对值", "numbers", (_NUMBER,), "number", "去掉负号。", "Without its sign.", ("ABS(-3)", "3"),
        CONTEXT.abs,
    ),
    Function(
        "SIGN", "符号", "numbers", (_NUMBER,), "number", "正数 1，负数 -1，零 0。", "1, -1 or 0.", ("SIGN(-3)", "-1"),
        lambda number: Decimal((number > 0) - (number < 0)),
    ),
    Function(
        "MIN", "最小值", "numbers", (_ANY,), "number", "最小的数，空值不算；没有数时为 0。",
        "The least number, empty values left out; 0 if there is none.", ("MIN(3, 1, 2)", "1"), _least, rest=(_ANY,),
    ),
    Function(
        "MAX", "最大值", "numbers", (_ANY,), "number", "最大的数，空值不算；没有数时为 0。",
        "The largest number, empty values left out; 0 if there is none.", ("MAX(3, 1, 2)", "3"), _most, rest=(_ANY,),
    ),
    Function(
        "SUM", "求和", "numbers", (_ANY,), "number", "各数之和，空值不算。", "The sum, empty values left out.",
        ("SUM(1, 2, 3)", "6"), _sum, rest=(_ANY,),
    ),
    Function(
        "PRODUCT", "乘积", "numbers", (_ANY,), "number", "各数之积，空值不算；没有数时为 0。",
        "The product, empty values left out; 0 if there is none.", ("PRODUCT(2, 3, 4)", "24"), _product, rest=(_ANY,),
    ),
    Function(
        "AVERAGE", "平均值", "numbers", (_ANY,), "number", "平均数，空值不算；没有数是错误。",
        "The mean, empty values left out; a fault if there is none.", ("AVERAGE(1, 2)", "1.5"), _average, rest=(_ANY,),
    ),
    Function(
        "COUNT", "计数", "numbers", (_ANY,), "number", "类型是数字的值有几个。", "How many values are numbers.",
        ('COUNT(1, "a", 2)', "2"), _count, rest=(_ANY,),
    ),
    Function(
        "COUNTA", "非空计数", "numbers", (_ANY,), "number", "不为空的值有几个。", "How many values are not empty.",
        ('COUNTA(1, "a", "")', "2"), _counta, rest=(_ANY,),
    ),
    Function(
        "POWER", "乘方", "numbers", (_NUMBER, Parameter("exponent", "指数", "number")), "number",
        "乘方；指数带小数时结果取 15 位有效数字。", "A power; with a fractional exponent to 15 significant digits.",
        ("POWER(2, 10)", "1024"), raised,
    ),
    Function(
        "SQRT", "平方根", "numbers", (_NUMBER,), "number", "平方根，取 15 位有效数字。",
        "The square root, to 15 significant digits.", ("SQRT(9)", "3"), _sqrt,
    ),
    Function(
        "RMBUPPER", "大写金额", "numbers", (_NUMBER,), "text", "人民币金额的中文大写，四舍五入到分。",
        "An amount of yuan in Chinese capitals, rounded to the fen.", ("RMBUPPER(1409.5)", "壹仟肆佰零玖元伍角整"),
        capital_amount, in_sql=False,
    ),
)  # fmt: skip
