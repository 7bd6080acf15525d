"""查找记录: records that fulfil a condition; how many there are and which is first is kept for later steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects import finding
from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.effects.writing import change, put_back
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import ConflictError, Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Look, and keep what was found."""
    with refused_at(run, node):
        app, form, numbers = finding.search(Around(run), node)
        more = len(numbers) > int(node.options["most"])
        numbers = numbers[: int(node.options["most"])]
        if not numbers and node.options["none"] == "fail":
            raise ConflictError("flow_no_record", form=form)
        values = _kept(node, numbers)
        if values:
            one = run.instance
            step.data = {"undo": {"changed": [change(run, one.app, one.form, one.record_id, values)]}}
    data: dict[str, Any] = {"app": app, "form": form, "count": len(numbers), "more": more, "records": numbers}
    if numbers:
        data["first"] = str(numbers[0])
    elif node.options["none"] == "end":
        from mazhi.engines.flows.running.advancing import end

        end(run, "done")
    return Done("found" if numbers else "none", data)


def _kept(node: Node, numbers: list[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if node.options["count"]:
        found[str(node.options["count"])] = len(numbers)
    if node.options["first"]:
        found[str(node.options["first"])] = str(numbers[0]) if numbers else None
    if node.options["all"]:
        found[str(node.options["all"])] = [str(one) for one in numbers]
    return found


def undo(run: Run, node: Node, step: Step) -> None:
    """Put back the fields that took what was found."""
    put_back(run, node, step.data.get("undo", {}).get("changed", []))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, or not there."""
    looking = Looking(drawn, node)
    found = looking.form(str(node.options["form"]), "/options/form")
    if isinstance(found, Problem):
        yield found
        return
    app, form = found
    yield from looking.may(app, form.code, "view", "/options/form")
    if not node.options["filter"]:
        yield looking.missing("filter", "条件", "Filter")
    else:
        yield from looking.filter(node.options["filter"], form, "/options/filter")
    for name in ("count", "first", "all"):
        code = str(node.options[name])
        if not code:
            continue
        yield from looking.may(drawn.app, drawn.form.code, "change", f"/options/{name}")
        held = looking.field(code)
        if held is None:
            yield Problem("flow_field_gone", {"field": code}, f"/options/{name}")
        elif name != "count" and held.names != f"{app}/{form.code}":
            yield Problem("flow_link_elsewhere", {"field": held.title, "form": form.name}, f"/options/{name}")


KIND = NodeKind(
    name="find_records",
    zh="查找记录",
    en="Find records",
    zh_hint="按条件查找，后面的步骤用",
    en_hint="By a filter, for later steps",
    group="data",
    icon="search",
    colour="#2B7A6D",
    options=(
        finding.FORM, finding.FILTER,
        Option("most", "最多取几条", "At most", "whole", 100, least=1, most=finding.MOST),
        Option(
            "none", "一条也没有时", "Where there is none", "choice", "go_on",
            choices=(
                Choice("go_on", "继续", "Goes on"), Choice("end", "流程结束", "The flow ends"),
                Choice("fail", "停下并提示", "Is refused"),
            ),
        ),
        Option("count", "条数填进", "Count goes into", "field", "", kinds=("number",)),
        Option("first", "第一条填进", "The first goes into", "field", "", kinds=("record",)),
        Option("all", "全部填进", "All go into", "field", "", kinds=("records",)),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={"form": "qc/card", "filter": {"field": "no", "is": "equal", "from": "no"}, "none": "end"},
)  # fmt: skip
