"""``page``: which label of how many this is."""

from __future__ import annotations

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.labels.element import Element, Plan, Spot
from mazhi.engines.labels.lettering import LETTERING, letter
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Fill in the number and how many there are."""
    wanted = spot.text("format")

    def write(scope: Scope) -> str:
        return wanted.replace("{page}", str(scope("print.number"))).replace("{pages}", str(scope("print.total")))

    return letter(spot, write, fixed=False)


KIND = Element(
    name="page",
    zh="第几张",
    en="Page of",
    group="text",
    properties=(
        Property("format", "格式", "format", "plain", "{page}/{pages}", zh_hint="{page} 第几张，{pages} 共几张",
                 en_hint="{page} of {pages}"),
        *LETTERING,
    ),
    example={"format": "第 {page} 张，共 {pages} 张"},
    plan=plan,
    size_mm=(20.0, 6.0),
)  # fmt: skip
