"""``field``: one field of the data, with something before and after it."""

from __future__ import annotations

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.labels.element import Element, Plan, Spot
from mazhi.engines.labels.lettering import LETTERING, letter
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Read the field as the formula that it is."""
    text = parse_text("{" + spot.text("field") + "}")
    prefix, suffix = spot.text("prefix"), spot.text("suffix")

    def write(scope: Scope) -> str:
        value = text.render(scope)
        return f"{prefix}{value}{suffix}" if value else ""

    return letter(spot, write, fixed=False)


KIND = Element(
    name="field",
    zh="字段",
    en="Field",
    group="text",
    properties=(
        Property("field", "字段", "field", "field", "item.code", required=True),
        Property("prefix", "前缀", "prefix", "plain", "", zh_hint="字段为空时不印",
                 en_hint="left out where the field is empty"),
        Property("suffix", "后缀", "suffix", "plain", ""),
        *LETTERING,
    ),
    example={"field": "item.code", "prefix": "SN ", "font": "mono"},
    plan=plan,
)  # fmt: skip
