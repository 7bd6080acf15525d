"""A value that the server works out by a formula at every save (公式), kept in a column like any other."""

from __future__ import annotations

from collections.abc import Mapping

from mazhi.engines.forms.deriving import Computation
from mazhi.engines.forms.formula_values import KEPT_AS
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.standard import UNIT
from mazhi.engines.formula.evaluating import prepare
from mazhi.engines.formula.nodes import names
from mazhi.engines.formula.parsing import parse
from mazhi.engines.options import Choice, Option

RESULTS = (
    Choice("number", "数字", "Number"),
    Choice("text", "文字", "Text"),
    Choice("date", "日期", "Date"),
    Choice("datetime", "日期时间", "Date and time"),
    Choice("boolean", "是或否", "Yes or no"),
)
DECIMALS = Option(
    "decimals", "小数位", "Decimals", "whole", 6, 0, 6,
    zh_hint="结果四舍五入到几位。", en_hint="The result is rounded.",
)  # fmt: skip


def _compute(one: Field) -> Computation:
    node = parse(one.options["formula"])
    work = prepare(node)
    return Computation(names(node), lambda situation, _rows: work(situation))


def _kept_as(one: Field, _scope: Mapping[str, Field]) -> str:
    return KEPT_AS[one.options["result"]]


KIND = FieldKind(
    name="formula",
    zh="公式",
    en="Formula",
    zh_hint="按公式自动算出，可以筛选、排序、汇总。",
    en_hint="Worked out by a formula; lists filter, sort and add it up.",
    group="advanced",
    icon="Function",
    example=({"formula": "1+1", "result": "number", "decimals": 2}, None),
    options=(
        Option(
            "formula", "公式", "Formula", "formula", "", required=True, zh_hint="用字段代号写，如 数量*单价。",
            en_hint="Names fields by their codes, such as qty*price.",
        ),
        Option("result", "结果是", "Comes to", "choice", "number", choices=RESULTS),
        DECIMALS,
        UNIT,
    ),
    compute=_compute,
    kept_as=_kept_as,
)  # fmt: skip
