"""``formula``: the value of one formula."""

from __future__ import annotations

from mazhi.engines.formula.interpolating import parse_formula
from mazhi.engines.labels.element import Element, Plan, Spot
from mazhi.engines.labels.lettering import LETTERING, letter
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Read the formula once."""
    return letter(spot, parse_formula(spot.text("value")).render, fixed=False)


KIND = Element(
    name="formula",
    zh="公式",
    en="Formula",
    group="text",
    properties=(
        Property("value", "公式", "formula", "formula", "", required=True, zh_hint="像表格里一样写，可用字段和函数",
                 en_hint="as in a spreadsheet, with fields and functions"),
        *LETTERING,
    ),
    example={"value": '"第 " & print.number & " 张"', "size": 8},
    plan=plan,
)  # fmt: skip
