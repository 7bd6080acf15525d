"""新增记录时: a record that is added starts the flow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers.kind import WHEN, Options, Seen, TriggerKind, formula_faults
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn


def fires(options: Options, seen: Seen) -> bool:
    """Tell whether the record is new and as it should be."""
    return seen.saved.before is None and seen.holds(str(options.get("when", "")))


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say what is wrong with the condition."""
    return formula_faults(options, drawn, "when")


KIND = TriggerKind(
    name="record_created",
    zh="新增记录时",
    en="A record is added",
    zh_hint="提交一张新单就发起",
    en_hint="Each new record starts it",
    options=(WHEN,),
    fires=fires,
    faults=faults,
    example={"when": "amount > 1"},
)
