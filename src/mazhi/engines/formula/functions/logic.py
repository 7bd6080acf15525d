"""Functions that decide."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mazhi.engines.formula.comparing import equal
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.function import Function, Parameter
from mazhi.engines.formula.values import Value, is_empty, to_boolean

Later = Callable[[], Value]


def _if(condition: Later, then: Later, otherwise: Later | None = None) -> Value:
    if to_boolean(condition()):
        return then()
    return otherwise() if otherwise is not None else False


def _ifs(*pairs: Later) -> Value:
    for condition, value in zip(pairs[::2], pairs[1::2], strict=True):
        if to_boolean(condition()):
            return value()
    raise FaultError("formula_no_match")


def _switch(subject: Later, *cases: Later) -> Value:
    wanted = subject()
    for case, value in zip(cases[::2], cases[1::2], strict=False):
        if equal(wanted, case()):
            return value()
    if len(cases) % 2:
        return cases[-1]()
    raise FaultError("formula_no_match")


def _flat(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _and(*conditions: Later) -> Value:
    return all(to_boolean(one) for condition in conditions for one in _flat(condition()))


def _or(*conditions: Later) -> Value:
    return any(to_boolean(one) for condition in conditions for one in _flat(condition()))


def _xor(*conditions: Value) -> Value:
    return sum(to_boolean(one) for condition in conditions for one in _flat(condition)) % 2 == 1


def _coalesce(*values: Later) -> Value:
    for later in values:
        value = later()
        if not is_empty(value):
            return value
    return None


def _iferror(value: Later, otherwise: Later) -> Value:
    try:
        return value()
    except FaultError:
        return otherwise()


def _iserror(value: Later) -> Value:
    try:
        value()
    except FaultError:
        return True
    return False


_CONDITION = Parameter("condition", "条件", "boolean")
_VALUE = Parameter("value", "值")

FUNCTIONS = (
    Function(
        "IF", "如果", "logic",
        (_CONDITION, Parameter("then", "成立时"), Parameter("otherwise", "否则", optional=True)),
        "any", "条件成立取第二个参数，否则取第三个；没有第三个时为 FALSE。只计算用到的那个。",
        "The second argument if the condition holds, else the third (FALSE if there is none). "
        "Only the one that counts is worked out.",
        ('IF(2>1, "是", "否")', "是"), _if, lazy=True,
    ),
    Function(
        "IFS", "多条件", "logic", (_CONDITION, _VALUE), "any",
        "依次检查各条件，取第一个成立的条件后面的值；都不成立是错误。",
        "The value after the first condition that holds; a fault if none does.",
        ('IFS(1>2, "a", TRUE, "b")', "b"), _ifs, rest=(_CONDITION, _VALUE), lazy=True,
    ),
    Function(
        "SWITCH", "匹配", "logic",
        (Parameter("subject", "对象"), Parameter("case", "等于"), _VALUE), "any",
        "与各个“等于”比较，取第一个相等者后面的值；最后可单独给一个默认值，都不相等又没有默认值是错误。",
        "The value after the first case equal to the subject; a single last argument is the default, "
        "without one it is a fault if none is equal.",
        ('SWITCH(2, 1, "一", 2, "二", "其他")', "二"), _switch,
        rest=(Parameter("case", "等于"), _VALUE), tail=True, lazy=True,
    ),
    Function(
        "AND", "且", "logic", (_CONDITION,), "boolean",
        "所有条件都成立才为 TRUE；遇到第一个不成立的就停。",
        "TRUE if all conditions hold; stops at the first that does not.",
        ("AND(1<2, 2<3)", "TRUE"), _and, rest=(_CONDITION,), lazy=True,
    ),
    Function(
        "OR", "或", "logic", (_CONDITION,), "boolean",
        "任一条件成立即为 TRUE；遇到第一个成立的就停。", "TRUE if any condition holds; stops at the first that does.",
        ("OR(1>2, 2<3)", "TRUE"), _or, rest=(_CONDITION,), lazy=True,
    ),
    Function(
        "XOR", "异或", "logic", (Parameter("condition", "条件"),), "boolean",
        "成立的条件为奇数个时为 TRUE。", "TRUE if an odd number of the conditions holds.",
        ("XOR(TRUE, FALSE)", "TRUE"), _xor, rest=(Parameter("condition", "条件"),),
    ),
    Function(
        "NOT", "非", "logic", (_CONDITION,), "boolean", "真变假，假变真。", "TRUE for FALSE, FALSE for TRUE.",
        ("NOT(1>2)", "TRUE"), lambda condition: not condition,
    ),
    Function(
        "ISEMPTY", "为空", "logic", (_VALUE,), "boolean",
        "没有值、没有字符的文本，或全空的列表为 TRUE。", "TRUE for no value, a text without characters, an empty list.",
        ('ISEMPTY("")', "TRUE"), is_empty,
    ),
    Function(
        "COALESCE", "取非空", "logic", (_VALUE,), "any",
        "取第一个不为空的值；都为空时为空。", "The first value that is not empty; empty if all are.",
        ('COALESCE("", "备用")', "备用"), _coalesce, rest=(_VALUE,), lazy=True,
    ),
    Function(
        "IFERROR", "出错时", "logic", (_VALUE, Parameter("otherwise", "出错时的值")), "any",
        "算得出取第一个，算不出取第二个。", "The first argument, or the second where the first cannot be worked out.",
        ('IFERROR(1/0, "无")', "无"), _iferror, lazy=True,
    ),
    Function(
        "ISERROR", "是错误", "logic", (_VALUE,), "boolean",
        "算不出时为 TRUE。", "TRUE where the argument cannot be worked out.",
        ("ISERROR(1/0)", "TRUE"), _iserror, lazy=True,
    ),
    Function(
        "ISNUMBER", "是数字", "logic", (_VALUE,), "boolean",
        "值的类型是数字时为 TRUE；像数字的文本不算。",
        "TRUE if the value is a number; a text that looks like one is not.",
        ("ISNUMBER(1)", "TRUE"), lambda value: isinstance(value, Decimal),
    ),
    Function(
        "ISTEXT", "是文本", "logic", (_VALUE,), "boolean",
        "值是有字符的文本时为 TRUE。", "TRUE if the value is a text with characters.",
        ('ISTEXT("1")', "TRUE"), lambda value: isinstance(value, str) and value != "",
    ),
)  # fmt: skip
