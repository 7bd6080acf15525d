"""``text``: writing with formulas in braces."""

from __future__ import annotations

from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.labels.element import Element, Plan, Spot
from mazhi.engines.labels.lettering import LETTERING, letter, written
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Read the text once."""
    text = parse_text(spot.text("value"))
    return letter(spot, written(text), fixed=text.fixed)


KIND = Element(
    name="text",
    zh="文本",
    en="Text",
    group="text",
    properties=(
        Property("value", "内容", "text", "text", "", zh_hint="花括号里写字段或公式：SN {item.code}",
                 en_hint="fields and formulas in braces: SN {item.code}"),
        *LETTERING,
    ),
    example={"value": "产水 800 G/d", "size": 8},
    plan=plan,
)  # fmt: skip
