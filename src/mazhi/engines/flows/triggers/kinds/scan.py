"""扫码: a code that is scanned at a station finds the record that names it, or begins a new one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers.kind import WHEN, Options, TriggerKind, formula_faults, right_faults
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn

KINDS = ("item", "batch", "product")
"""The kinds of field that can be scanned for, each called like what it names."""


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say which field holds nothing that is scanned."""
    code = str(options.get("field") or "")
    one = drawn.form.by_code(code)
    if not code:
        yield Problem("flow_trigger_no_field", {}, "/field")
    elif one is None:
        yield from drawn.field(code, "/field")
    elif one.kind not in KINDS:
        yield Problem("flow_trigger_not_scanned", {"field": one.title}, "/field")
    if options.get("record", "either") != "find":
        yield from right_faults(drawn, "create", "/record")
    yield from formula_faults(options, drawn, "when")


KIND = TriggerKind(
    name="scan",
    zh="扫码",
    en="Scan",
    zh_hint="在工位上扫一个码就发起",
    en_hint="A code that is scanned at a station starts it",
    options=(
        Option("field", "码在哪个字段", "Field of the code", "field", "", kinds=KINDS),
        Option("stations", "哪些工位", "Stations", "texts", [], zh_hint="不填就是任何工位。",
               en_hint="None: any of them."),
        Option("record", "记录", "Record", "choice", "either",
               choices=(Choice("either", "有就用，没有就新建", "Found, else made"),
                        Choice("find", "只用已有的", "Found only"), Choice("new", "总是新建", "Always made"))),
        WHEN,
    ),
    faults=faults,
    example={"field": "item", "stations": ["WS-01"]},
)  # fmt: skip
