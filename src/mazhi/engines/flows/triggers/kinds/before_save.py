"""保存以前: a condition that refuses a save with a message, for screens, imports, the API and flows alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers.kind import Options, Seen, TriggerKind, formula_faults
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn


def refuses(options: Options, seen: Seen) -> Problem | None:
    """Say why the record must not be saved as it is."""
    new, on = seen.saved.before is None, options.get("on", "both")
    if (on == "create" and not new) or (on == "change" and new) or not seen.holds(str(options.get("when", ""))):
        return None
    if options.get("before") and not seen.holds(str(options["before"]), before=True):
        return None
    field = str(options.get("field") or "")
    pointer = f"/values/{field}" if field else ""
    return Problem("flow_save_refused", {"message": seen.said(str(options.get("message", "")))}, pointer)


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say what is wrong with the conditions, and that there must be one and a message."""
    if not options.get("when"):
        yield Problem("flow_trigger_no_condition", {}, "/when")
    if not str(options.get("message", "")).strip():
        yield Problem("flow_trigger_no_message", {}, "/message")
    yield from drawn.template(str(options.get("message", "")), "/message")
    if options.get("field"):
        yield from drawn.field(options["field"], "/field")
    yield from formula_faults(options, drawn, "when", "before")


KIND = TriggerKind(
    name="before_save",
    zh="保存以前检查",
    en="Before saving",
    zh_hint="满足条件就不让保存，并说明原因",
    en_hint="Refuses to save, and says why",
    options=(
        Option("when", "什么时候不让保存", "Refuse when", "formula", ""),
        Option("message", "提示", "Message", "template", "", zh_hint="可以用字段，例如：数量 {数量} 超过库存。",
               en_hint="Fields may stand in it."),
        Option("field", "提示在哪个字段", "At which field", "field", ""),
        Option("on", "什么时候检查", "On", "choice", "both",
               choices=(Choice("both", "新增和修改", "Adding and changing"), Choice("create", "新增", "Adding"),
                        Choice("change", "修改", "Changing"))),
        Option("before", "修改以前满足", "When before", "formula", ""),
    ),
    refuses=refuses,
    faults=faults,
    example={"when": "amount > 100", "message": "金额 {amount} 太大", "field": "amount"},
)  # fmt: skip
