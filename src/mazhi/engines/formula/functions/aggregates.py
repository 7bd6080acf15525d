"""Functions that make one value of a list, such as a column over the rows of a sub-table; a single value is a list too.

What a condition says of a value: a plain value wants what is equal to it; a text that begins with ``= <> < > <= >=``
compares, by number if what follows is one. An empty value fits ``""``, ``"="`` and every ``<>`` that names something,
and nothing else; values that have no order do not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from mazhi.engines.formula.comparing import fold_case, order, same
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.function import Function, Parameter
from mazhi.engines.formula.tokens import fold
from mazhi.engines.formula.values import CONTEXT, ONE, ZERO, Value, as_moment, checked, is_empty, read_number, to_number

_OPERATORS = {
    "<=": "<=", ">=": ">=", "<>": "<>", "!=": "<>", "==": "=", "≤": "<=", "≥": ">=", "≠": "<>", "=": "=", "<": "<",
    ">": ">",
}  # fmt: skip


def listed(value: Value) -> tuple[Value, ...]:
    """Return a list as it is, a single value as a list of one."""
    return value if isinstance(value, tuple) else (value,)


def flat(values: tuple[Value, ...]) -> Iterator[Value]:
    """Go through single values and those of lists."""
    for value in values:
        yield from listed(value)


def same_length(*lists: tuple[Value, ...]) -> None:
    """Refuse lists that do not go together.

    Raises:
        FaultError: They are of different lengths.
    """
    for other in lists[1:]:
        if len(other) != len(lists[0]):
            raise FaultError("formula_list_lengths", left=len(lists[0]), right=len(other))


def read_condition(condition: Value) -> tuple[str, Value]:
    """Take a condition apart: the operator, and what values are compared with.

    Raises:
        FaultError: It is a list.
    """
    if isinstance(condition, tuple):
        raise FaultError("formula_list")
    if isinstance(condition, str):
        beginning = "".join(map(fold, condition[:2]))
        for length in (2, 1):
            operator = _OPERATORS.get(beginning[:length]) if len(beginning) >= length else None
            if operator is not None:
                rest = condition[length:].strip()
                number = read_number(rest)
                return operator, rest if number is None else number
    return "=", condition


def _fitting(condition: Value) -> Callable[[Value], bool]:
    operator, wanted = read_condition(condition)
    if operator == "=":
        return lambda value: same(value, wanted)
    if operator == "<>":
        return lambda value: not same(value, wanted)

    def compares(value: Value) -> bool:
        if is_empty(value) or is_empty(wanted):
            return False
        try:
            found = order(value, wanted)
        except FaultError as fault:
            if fault.code == "formula_not_comparable":
                return False
            raise
        return {"<": found < 0, ">": found > 0, "<=": found <= 0, ">=": found >= 0}[operator]

    return compares


def _numbers(values: Iterator[Value] | tuple[Value, ...] | list[Value]) -> list[Decimal]:
    return [to_number(value) for value in values if not is_empty(value)]


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = checked(CONTEXT.add(total, number))
    return total


def _mean(numbers: list[Decimal]) -> Decimal:
    if not numbers:
        raise FaultError("formula_division_by_zero")
    return checked(CONTEXT.divide(_total(numbers), Decimal(len(numbers))))


def _countif(values: Value, condition: Value) -> Decimal:
    fits = _fitting(condition)
    return Decimal(sum(fits(value) for value in listed(values)))


def _chosen(values: Value, condition: Value, numbers: tuple[Value, ...]) -> list[Decimal]:
    """Give the numbers beside the values that fit; where none are given the values themselves."""
    asked = listed(values)
    beside = listed(numbers[0]) if numbers else asked
    same_length(asked, beside)
    fits = _fitting(condition)
    return _numbers([one for value, one in zip(asked, beside, strict=True) if fits(value)])


def _sumif(values: Value, condition: Value, *numbers: Value) -> Decimal:
    return _total(_chosen(values, condition, numbers))


def _averageif(values: Value, condition: Value, *numbers: Value) -> Decimal:
    return _mean(_chosen(values, condition, numbers))


def _sumproduct(*values: Value) -> Decimal:
    lists = [value for value in values if isinstance(value, tuple)]
    same_length(*lists)
    total = ZERO
    for place in range(len(lists[0]) if lists else 1):
        product = ONE
        for value in values:
            one = value[place] if isinstance(value, tuple) else value
            product = checked(CONTEXT.multiply(product, to_number(one)))
        total = checked(CONTEXT.add(total, product))
    return total


def _sorted_numbers(values: tuple[Value, ...]) -> list[Decimal]:
    found = sorted(_numbers(flat(values)))
    if not found:
        raise FaultError("formula_no_numbers")
    return found


def _median(*values: Value) -> Decimal:
    found = _sorted_numbers(values)
    middle = len(found) // 2
    if len(found) % 2:
        return found[middle]
    return checked(CONTEXT.divide(CONTEXT.add(found[middle - 1], found[middle]), Decimal(2)))


def _small(values: Value, place: int) -> Decimal:
    found = _sorted_numbers((values,))
    if not 1 <= place <= len(found):
        raise FaultError("formula_bad_argument", value=place, name="place")
    return found[place - 1]


def _large(values: Value, place: int) -> Decimal:
    found = _sorted_numbers((values,))
    if not 1 <= place <= len(found):
        raise FaultError("formula_bad_argument", value=place, name="place")
    return found[-place]


def _known_as(value: Value) -> object:
    """What makes two values the same: their kind, and texts without the case of A–Z."""
    if isinstance(value, str):
        return ("text", fold_case(value))
    if isinstance(value, date):
        return ("date", as_moment(value))
    if isinstance(value, tuple):
        return ("list", tuple(_known_as(one) for one in value))
    return (isinstance(value, bool), value)


def _unique(*values: Value) -> Value:
    found: dict[object, Value] = {}
    for value in flat(values):
        if not is_empty(value):
            found.setdefault(_known_as(value), value)
    return tuple(found.values())


def _countunique(*values: Value) -> Decimal:
    return Decimal(len({_known_as(value) for value in flat(values) if not is_empty(value)}))


def _countblank(*values: Value) -> Decimal:
    return Decimal(sum(is_empty(value) for value in flat(values)))


def _first(*values: Value) -> Value:
    return next((value for value in flat(values) if not is_empty(value)), None)


def _last(*values: Value) -> Value:
    return next((value for value in reversed(tuple(flat(values))) if not is_empty(value)), None)


_LIST = Parameter("list", "列表")
_CONDITION = Parameter("condition", "条件")
_BESIDE = Parameter("numbers", "求值列表", optional=True)
_PLACE = Parameter("place", "第几个", "integer")

FUNCTIONS = (
    Function(
        "COUNTIF", "条件计数", "lists", (_LIST, _CONDITION), "number",
        '列表中符合条件的值有几个；条件是一个值，或 ">=10"、"<>完成" 这样的文本。',
        'How many values of a list fit a condition: a value, or a text such as ">=10" or "<>done".',
        ('COUNTIF(5, ">=3")', "1"), _countif,
    ),
    Function(
        "SUMIF", "条件求和", "lists", (_LIST, _CONDITION, _BESIDE), "number",
        "符合条件的值之和；给出求值列表时，求与之同行的值之和。",
        "The sum of the values that fit a condition, or of those beside them in another list.",
        ('SUMIF("a", "A", 5)', "5"), _sumif,
    ),
    Function(
        "AVERAGEIF", "条件平均", "lists", (_LIST, _CONDITION, _BESIDE), "number",
        "符合条件的值的平均数；给出求值列表时，求与之同行的值的平均数。没有数是错误。",
        "The mean of the values that fit a condition, or of those beside them; a fault if there is none.",
        ('AVERAGEIF(4, ">3")', "4"), _averageif,
    ),
    Function(
        "SUMPRODUCT", "乘积之和", "lists", (_LIST,), "number",
        "各列表同行的数相乘，再求和；单个值对每一行都用；空值为 0。",
        "Multiplies the lists row by row and adds up; a single value counts for every row, empty is 0.",
        ("SUMPRODUCT(2, 3)", "6"), _sumproduct, rest=(_LIST,),
    ),
    Function(
        "MEDIAN", "中位数", "lists", (_LIST,), "number", "从小到大排在中间的数，空值不算；没有数是错误。",
        "The number in the middle, empty values left out; a fault if there is none.",
        ("MEDIAN(1, 5, 2)", "2"), _median, rest=(_LIST,),
    ),
    Function(
        "LARGE", "第几大", "lists", (_LIST, _PLACE), "number", "第几大的数，空值不算。",
        "The n-th largest number, empty values left out.", ("LARGE(7, 1)", "7"), _large,
    ),
    Function(
        "SMALL", "第几小", "lists", (_LIST, _PLACE), "number", "第几小的数，空值不算。",
        "The n-th least number, empty values left out.", ("SMALL(7, 1)", "7"), _small,
    ),
    Function(
        "UNIQUE", "去重", "lists", (_LIST,), "any", "去掉重复值和空值后的列表；文本不分 A–Z 的大小写。",
        "The list without what is there already and what is empty; the case of A–Z does not matter.",
        ('CONCAT(UNIQUE("a", "b", "A"))', "ab"), _unique, rest=(_LIST,),
    ),
    Function(
        "COUNTUNIQUE", "去重计数", "lists", (_LIST,), "number", "有几个不同的值，空值不算。",
        "How many different values there are, empty ones left out.",
        ('COUNTUNIQUE("a", "b", "A")', "2"), _countunique, rest=(_LIST,),
    ),
    Function(
        "COUNTBLANK", "空值计数", "lists", (_LIST,), "number", "空值有几个。", "How many values are empty.",
        ('COUNTBLANK("a", "")', "1"), _countblank, rest=(_LIST,),
    ),
    Function(
        "FIRST", "首个", "lists", (_LIST,), "any", "第一个不为空的值；没有则为空。",
        "The first value that is not empty; empty if there is none.", ('FIRST("", "a", "b")', "a"), _first,
        rest=(_LIST,),
    ),
    Function(
        "LAST", "末个", "lists", (_LIST,), "any", "最后一个不为空的值；没有则为空。",
        "The last value that is not empty; empty if there is none.", ('LAST("a", "b", "")', "b"), _last,
        rest=(_LIST,),
    ),
)  # fmt: skip
