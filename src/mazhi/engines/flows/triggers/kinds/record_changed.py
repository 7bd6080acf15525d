"""修改记录时: a record that is changed starts the flow: certain fields, and conditions over what it is and was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers.kind import WHEN, Options, Seen, TriggerKind, formula_faults
from mazhi.engines.options import Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn


def fires(options: Options, seen: Seen) -> bool:
    """Tell whether one of the fields changed, and the record is and was as it should be."""
    if seen.saved.before is None or not seen.changed(options.get("fields") or ()):
        return False
    if not seen.holds(str(options.get("when", ""))):
        return False
    return seen.holds(str(options.get("before", "")), before=True)


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say what is wrong with the conditions, and which field is gone."""
    for place, key in enumerate(options.get("fields") or ()):
        yield from drawn.field(key, f"/fields/{place}")
    yield from formula_faults(options, drawn, "when", "before")


KIND = TriggerKind(
    name="record_changed",
    zh="修改记录时",
    en="A record is changed",
    zh_hint="某些字段改了就发起",
    en_hint="Certain fields start it when they change",
    options=(
        Option("fields", "哪些字段", "Which fields", "texts", [], zh_hint="不选就是任何字段。",
               en_hint="None chosen: any field."),
        WHEN,
        Option("before", "修改以前满足", "When before", "formula", "", zh_hint="例如原来的状态不是“完成”。",
               en_hint="For example: the state was not yet “done”."),
    ),
    fires=fires,
    faults=faults,
    example={"fields": ["amount"], "when": "amount > 1", "before": "amount < 2"},
)  # fmt: skip
