"""One value out of the rows of a sub-table (汇总): a sum, a count, the last one; kept in a column like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cmp_to_key

from mazhi.engines.forms.deriving import Computation
from mazhi.engines.forms.fields.formula import DECIMALS
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.names import columns_of
from mazhi.engines.forms.standard import UNIT
from mazhi.engines.formula.comparing import fold_case, order
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import Situation, Worker, divide, prepare
from mazhi.engines.formula.nodes import names
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import CONTEXT, ZERO, Value, adopt, checked, is_empty, to_boolean, to_number, to_text
from mazhi.engines.options import Choice, Option
from mazhi.kernel.master_data.model import Checks

METHODS = (
    Choice("sum", "合计", "Sum"),
    Choice("average", "平均", "Average"),
    Choice("min", "最小", "Least"),
    Choice("max", "最大", "Greatest"),
    Choice("count", "行数", "Number of rows"),
    Choice("count_distinct", "不同值的个数", "Number of different values"),
    Choice("first", "第一个", "First"),
    Choice("last", "最后一个", "Last"),
    Choice("join", "连成文字", "Joined"),
)
SEPARATOR = "、"


def _sum(values: Sequence[Value]) -> Value:
    total = ZERO
    for value in values:
        total = checked(CONTEXT.add(total, to_number(value)))
    return total


def _average(values: Sequence[Value]) -> Value:
    return divide(to_number(_sum(values)), Decimal(len(values))) if values else None


def _distinct(values: Sequence[Value]) -> Value:
    return Decimal(len({fold_case(to_text(value)) for value in values}))


_ORDER = cmp_to_key(order)
_METHODS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "sum": _sum,
    "average": _average,
    "min": lambda values: min(values, key=_ORDER, default=None),
    "max": lambda values: max(values, key=_ORDER, default=None),
    "count_distinct": _distinct,
    "first": lambda values: values[0] if values else None,
    "last": lambda values: values[-1] if values else None,
    "join": lambda values: SEPARATOR.join(map(to_text, values)),
}
"""Each is given the values that are not empty, in the order of the rows."""


def _holds(when: Worker, row: Situation) -> bool:
    try:
        return to_boolean(when(row))
    except FaultError:
        # What cannot be told of a row leaves it out, like a rule that cannot be told.
        return False


def _compute(one: Field) -> Computation:
    node = parse(one.options["when"]) if one.options["when"] else None
    when = None if node is None else prepare(node)
    method, code = one.options["method"], one.options["field"]
    roll = _METHODS.get(method)

    def work(_situation: Situation, rows: Sequence[Situation]) -> Value:
        some = rows if when is None else [row for row in rows if _holds(when, row)]
        if roll is None:
            return Decimal(len(some))
        values = [adopt(row.scope(code)) for row in some]
        return roll([value for value in values if not is_empty(value)])

    inner = names(node) if node is not None else frozenset()
    return Computation(frozenset(), work, one.options["table"], inner | ({code} if roll is not None else set()))


def _kept_as(one: Field, scope: Mapping[str, Field]) -> str:
    from mazhi.engines.forms.family import field_kinds  # kinds are found by walking this package

    match one.options["method"]:
        case "sum" | "average" | "count" | "count_distinct":
            return "number"
        case "join":
            return "long_text"
    table = scope.get(one.options["table"])
    inner = columns_of(table.fields, field_kinds) if table is not None else {}
    column = inner.get(one.options["field"])
    if column is None:
        return "long_text"
    kind = field_kinds[column.kind]
    if kind.kept_as is not None:
        return kind.kept_as(column, {**scope, **inner})
    types = [stored.type for stored in kind.columns] if kind.reference is None else []
    return _KEPT.get(types[0], "long_text") if len(types) == 1 else "long_text"


_KEPT: Mapping[str, str] = {"number": "number", "date": "date", "moment": "datetime", "boolean": "switch"}


def _check(options: Mapping[str, object], checks: Checks, pointer: str) -> None:
    if options["method"] != "count" and not options["field"]:
        checks.fault(f"{pointer}/field", "form_option_missing", option="哪一列", option_en="Column")


KIND = FieldKind(
    name="rollup",
    zh="汇总",
    en="Roll-up",
    zh_hint="子表单某一列的合计、平均、行数等。",
    en_hint="The sum, the average, the number of rows of a sub-table.",
    group="advanced",
    icon="Calculator",
    example=({"table": "lines", "field": "qty", "method": "sum"}, None),
    options=(
        Option("table", "哪个子表单", "Sub-table", "field", "", kinds=("subform",), required=True),
        Option(
            "field", "哪一列", "Column", "column", "", zh_hint="数行数时不用选。", en_hint="Not for the number of rows."
        ),
        Option("method", "怎样汇总", "How", "choice", "sum", choices=METHODS),
        Option(
            "when", "只算哪些行", "Only rows where", "formula", "", zh_hint="按行的条件，如 合格=真；不填就是所有行。",
            en_hint="A condition on the row; empty means every row.",
        ),
        DECIMALS,
        UNIT,
    ),
    check=_check,
    compute=_compute,
    kept_as=_kept_as,
)  # fmt: skip
