"""修改记录: fields of this record, of linked ones, of those that an earlier step made, or that a filter finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.effects import finding
from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.values import Around, values_of
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
    """Change every record that is found."""
    with refused_at(run, node):
        app, form, numbers = finding.find(Around(run), node)
        if not numbers and node.options["none"] == "fail":
            raise ConflictError("flow_no_record", form=form)
        changed = []
        for number in numbers:
            around = Around(run, target=run.ports.records.scope(run.tx, app, form, number))
            changed.append(change(run, app, form, number, values_of(around, node.options["assignments"])))
        step.data = {"undo": {"changed": changed}}
    return Done("changed" if numbers else "none", {"app": app, "form": form, "records": numbers})


def undo(run: Run, node: Node, step: Step) -> None:
    """Put the fields back, if nobody has changed them since."""
    put_back(run, node, step.data.get("undo", {}).get("changed", []))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, or not there."""
    looking = Looking(drawn, node)
    found = finding.form_of(looking)
    if isinstance(found, Problem):
        yield found
        return
    if not node.options["assignments"]:
        yield looking.missing("assignments", "改哪些字段", "Which fields")
    if found is None:
        return
    app, form = found
    yield from looking.may(app, form.code, "change", "/options/which")
    yield from finding.faults(looking, form)
    looking = Looking(drawn, node, target=form)
    yield from looking.assignments(node.options["assignments"], app, form, "/options/assignments")


KIND = NodeKind(
    name="update_record",
    zh="修改记录",
    en="Change records",
    zh_hint="改本记录、关联的或查到的记录",
    en_hint="This record, linked ones, or found ones",
    group="data",
    icon="edit",
    colour="#2B7A6D",
    options=(
        finding.WHICH, finding.LINK, finding.STEP, finding.FORM, finding.FILTER, finding.HOW_MANY,
        Option("assignments", "改哪些字段", "Which fields", "assignments", [],
               zh_hint="公式里 target.字段 是被改记录的字段。",
               en_hint="In formulas target.field is a field of the record that is changed."),
        Option(
            "none", "一条也没有时", "Where there is none", "choice", "go_on",
            choices=(Choice("go_on", "继续", "Goes on"), Choice("fail", "停下并提示", "Is refused")),
        ),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={
        "which": "linked", "link": "order",
        "assignments": [{"field": "done", "formula": "target.done + amount"}, {"field": "state", "value": "已收"}],
    },
)  # fmt: skip
