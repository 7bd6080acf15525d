"""新增记录: a record of the same form or another one, with values of this record, of its rows, or by formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.effects.checking import Looking, split
from mazhi.engines.flows.effects.values import Around, values_of
from mazhi.engines.flows.effects.writing import change, put_back, remove, state_of
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Add the record, and link it."""
    with refused_at(run, node):
        app, form = split(str(node.options["form"]), run.instance.app)
        around = Around(run)
        values = values_of(around, node.options["assignments"])
        (number,) = run.ports.records.create(run.tx, run.acting, run.purse, app, form or run.instance.form, [values])
        form = form or run.instance.form
        step.data = {"undo": {"made": [state_of(run, app, form, number)]}}
        link = str(node.options["link"])
        if link:
            one = run.instance
            step.data["undo"]["changed"] = [change(run, one.app, one.form, one.record_id, {link: str(number)})]
    return Done("created", {"app": app, "form": form, "record": number, **_pretended(run, app, form, number)})


def _pretended(run: Run, app: str, form: str, number: int) -> dict[str, str]:
    """Return, of a test run, what stands in for the running numbers that the record would have got."""
    if not run.trial:
        return {}
    codes = [one.code for one in run.ports.records.form(run.tx, app, form).fields if one.kind == "serial_number"]
    values = run.ports.records.values(run.tx, app, form, number) if codes else None
    return {"numbers": "、".join(str(values[code]) for code in codes)} if values else {}


def undo(run: Run, node: Node, step: Step) -> None:
    """Delete it, if nobody has touched it."""
    held = step.data.get("undo", {})
    put_back(run, node, held.get("changed", []))
    remove(run, node, held.get("made", []))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, or not there."""
    looking = Looking(drawn, node)
    found = looking.form(str(node.options["form"]), "/options/form")
    if isinstance(found, Problem):
        yield found
        return
    app, form = found
    yield from looking.may(app, form.code, "create", "/options/form")
    if not node.options["assignments"]:
        yield looking.missing("assignments", "填哪些字段", "Which fields")
    yield from looking.assignments(node.options["assignments"], app, form, "/options/assignments")
    link = str(node.options["link"])
    if link:
        held = looking.field(link)
        if held is None:
            yield Problem("flow_field_gone", {"field": link}, "/options/link")
        elif held.names != f"{app}/{form.code}":
            yield Problem("flow_link_elsewhere", {"field": held.title, "form": form.name}, "/options/link")
        yield from looking.may(drawn.app, drawn.form.code, "change", "/options/link")


KIND = NodeKind(
    name="create_record",
    zh="新增记录",
    en="Add a record",
    zh_hint="在这张或另一张表单里新增",
    en_hint="A record of this form or another",
    group="data",
    icon="plus",
    colour="#2B7A6D",
    options=(
        Option("form", "哪张表单", "Form", "form", "", zh_hint="应用/表单；不填就是本表单。",
               en_hint="App/form; empty: this one."),
        Option("assignments", "填哪些字段", "Which fields", "assignments", []),
        Option("link", "关联到本记录的", "Linked in", "field", "", kinds=("record",),
               zh_hint="新记录填进本记录的哪个关联字段；可不填。",
               en_hint="The field of this record that takes the new one; may be empty."),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={
        "form": "qc/card", "link": "card",
        "assignments": [
            {"field": "no", "from": "no"},
            {"table": "lines", "from": "lines", "columns": [{"field": "qty", "formula": "qty * 2"}]},
        ],
    },
)  # fmt: skip
