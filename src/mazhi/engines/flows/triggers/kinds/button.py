"""按钮: somebody presses a button on a record, or in its list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers.kind import WHEN, Options, TriggerKind, formula_faults
from mazhi.engines.options import Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say what is wrong with the condition."""
    return formula_faults(options, drawn, "when")


KIND = TriggerKind(
    name="button",
    zh="按钮",
    en="Button",
    zh_hint="在记录或列表上点按钮发起",
    en_hint="A button on the record or in the list",
    options=(
        Option("title", "按钮文字", "On the button", "text", "发起"),
        WHEN,
        Option("confirm", "点了先问一句", "Ask before", "text", ""),
        Option("list", "列表里也显示", "Also in the list", "flag", default=True),
    ),
    faults=faults,
    example={"title": "发起质检", "when": "amount > 1"},
)
