"""``counter``: a number that grows from label to label of one print run."""

from __future__ import annotations

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.labels.element import Element, Plan, Spot
from mazhi.engines.labels.lettering import LETTERING, letter
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Work from the number within the run."""
    start, step, width = (int(spot.number(name)) for name in ("start", "step", "width"))

    def write(scope: Scope) -> str:
        return str(start + step * (int(str(scope("print.number"))) - 1)).zfill(width)

    return letter(spot, write, fixed=False)


KIND = Element(
    name="counter",
    zh="流水号",
    en="Counter",
    group="text",
    properties=(
        Property("start", "起始", "start", "integer", 1, least=0, most=999_999_999),
        Property("step", "步长", "step", "integer", 1, least=1, most=1_000_000),
        Property("width", "位数", "digits", "integer", 0, least=0, most=20, zh_hint="不足时前面补零",
                 en_hint="filled with zeros"),
        *LETTERING,
    ),
    example={"start": 1, "step": 1, "width": 4, "font": "mono"},
    plan=plan,
    size_mm=(15.0, 6.0),
)  # fmt: skip
