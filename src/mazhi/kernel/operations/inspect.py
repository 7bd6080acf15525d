"""Inspect (检验): sets the quality of an item, with the values measured."""

from mazhi.kernel.posting.model import Facts, Setting
from mazhi.kernel.posting.operation import OWNER, DataField, Epcis, Operation


def _set_quality(facts: Facts, setting: Setting) -> Facts:
    return facts._replace(quality=str(setting.data["quality"]))


KIND = Operation(
    name="inspect",
    zh="检验",
    en="Inspect",
    epcis=Epcis("ObjectEvent", "OBSERVE", "inspecting", "conformant"),
    on_built_in=True,
    effect=_set_quality,
    data=(
        DataField(
            "quality",
            "choice",
            "结论",
            "Result",
            required=True,
            choices=("released", "concession", "rejected", "pending"),
            example="released",
        ),
        DataField(
            "values",
            "list",
            "实测值",
            "Measured values",
            example=[{"name": "产水量", "value": "2.16", "unit": "L/min", "limit": "≥ 2.10", "ok": True}],
        ),
        OWNER,
    ),
    icon="check",
)
