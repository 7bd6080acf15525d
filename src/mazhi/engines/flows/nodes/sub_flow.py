"""子流程: another flow of the app, on this record, on linked ones, or once for each row; perhaps waited for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mazhi.engines.facts import FormFacts
from mazhi.engines.flows.effects import finding
from mazhi.engines.flows.effects.checking import Looking, split
from mazhi.engines.flows.effects.values import Around, values_of
from mazhi.engines.flows.effects.writing import remove, state_of
from mazhi.engines.flows.kind import Done, NodeKind, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.children import BAD, done, end_all
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, PlatformError, Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Start the flows; a test run only says on how many records."""
    with refused_at(run, node):
        app, form, numbers = _records(run, node, step)
        if not numbers:
            if node.options["none"] == "fail":
                raise ConflictError("flow_no_record", form=form)
            return Done("none")
        if run.trial or run.others is None:
            return Done("started", {"records": numbers})
        waits = bool(node.options["waits"])
        states: dict[str, Any] = {}
        one = run.instance
        for number in numbers:
            child = run.others.start_within(
                run.tx, run.purse, run.actor, app, str(node.options["flow"]), number, authority="flow", origin="flow",
                parent_step=step.id if waits else 0, depth=one.depth + 1, cause=one.id,
            )  # fmt: skip
            states[str(child.id)] = child.state
    if not waits:
        return Done("started", {"flows": states})
    bad = sorted(set(states.values()) & BAD)
    if bad and node.options["refused"] == "fail":
        raise ConflictError("flow_child_refused", item=str(node.options["flow"]), state=bad[0])
    step.waiting = sum(state == "running" for state in states.values())
    return Wait(data={"flows": states}) if step.waiting else done(states)


def _records(run: Run, node: Node, step: Step) -> tuple[str, str, list[int]]:
    """Return the records that the flow runs on; those of rows may be made for it."""
    around, options = Around(run), node.options
    if options["which"] != "rows":
        return finding.find(around, node)
    table, app = str(options["table"]), run.instance.app
    rows = [around.at(table, row) for row in range(around.rows(table))]
    when = str(options["when"])
    rows = [row for row in rows if not when or row.holds(when)]
    if len(rows) > int(options["most"]):
        raise ConflictError("flow_too_many_records", limit=options["most"])
    if options["column"]:
        facts = run.form().by_code(str(options["column"]), table)
        app, form = split(facts.names if facts is not None else "", app)
        numbers = [number for row in rows for number in finding.numbers_in(row.field(str(options["column"])))]
        return app, form, list(dict.fromkeys(numbers))
    app, form = split(str(options["form"]), app)
    values = [values_of(row, options["assignments"]) for row in rows]
    made = run.ports.records.create(run.tx, run.acting, run.purse, app, form, values) if values else []
    step.data = {"undo": {"made": [state_of(run, app, form, number) for number in made]}}
    return app, form, made


def undo(run: Run, node: Node, step: Step) -> None:
    """Refuse if one of the flows has come to its end or still runs; delete what was made for them."""
    states = set(step.data.get("flows", {}).values())
    if states - BAD:
        title = node.title or run.kind(node).zh
        flow = str(node.options.get("flow") or title)  # of a version before this one there are no options any more
        problem = Problem("flow_child_stays", {"item": flow})
        raise ConflictError("flow_cannot_undo", problems=[problem], item=title, node=node.id)
    remove(run, node, step.data.get("undo", {}).get("made", []))


def holds(run: Run, node: Node) -> bool:
    """Tell whether something that nobody passes is done in the flows that are waited for."""
    flow = str(node.options.get("flow") or "")
    return (
        bool(node.options.get("waits")) and run.others is not None and run.others.owes(run.tx, run.instance.app, flow)
    )


def abandon(run: Run, step: Step) -> None:
    """End the flows that are waited for."""
    end_all(run, step)


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, or not there, and that the records are not those of the other flow's form."""
    looking, options = Looking(drawn, node), node.options
    flow = str(options["flow"])
    if not flow:
        yield looking.missing("flow", "哪个流程", "Which flow")
        return
    found = _rows(looking) if options["which"] == "rows" else finding.form_of(looking)
    if isinstance(found, Problem):
        yield found
        return
    yield from _shape(looking)
    if found is not None:
        yield from looking.may(found[0], found[1].code, "view", "/options/which")
        yield from finding.faults(looking, found[1])
        yield from _fits(looking, flow, found[1])


def _rows(looking: Looking) -> tuple[str, FormFacts] | Problem:
    options, drawn = looking.node.options, looking.drawn
    held = drawn.form.by_code(str(options["table"]))
    if held is None or held.holds != "rows":
        return Problem("flow_field_gone", {"field": str(options["table"])}, "/options/table")
    if not options["column"]:
        return looking.form(str(options["form"]), "/options/form")
    column = drawn.form.by_code(str(options["column"]), str(options["table"]))
    if column is None or "/" not in column.names:
        return Problem("flow_field_gone", {"field": str(options["column"])}, "/options/column")
    return looking.form(column.names, "/options/column")


def _shape(looking: Looking) -> Iterator[Problem]:
    options = looking.node.options
    if options["which"] != "rows":
        return
    if options["when"]:
        yield from looking.formula(str(options["when"]), "/options/when", str(options["table"]))
    if not options["column"]:
        found = looking.form(str(options["form"]), "/options/form")
        if not isinstance(found, Problem):
            app, form = found
            yield from looking.may(app, form.code, "create", "/options/form")
            if not options["assignments"]:
                yield looking.missing("assignments", "填哪些字段", "Which fields")
            for place, one in enumerate(options["assignments"]):
                yield from looking.assignment(one, form, f"/options/assignments/{place}", "", str(options["table"]))


def _fits(looking: Looking, flow: str, form: FormFacts) -> Iterator[Problem]:
    """Say that there is no such flow, or that it runs on another form."""
    drawn = looking.drawn
    try:
        found = Designs("flow").in_force(drawn.tx, f"{drawn.app}/{flow}")
    except PlatformError as error:
        yield Problem(error.code, dict(error.params), "/options/flow")
        return
    if not found.version:
        yield Problem("flow_not_published", {"item": flow}, "/options/flow")
    elif json.loads(found.text).get("form") != form.code:
        yield Problem("flow_child_of_other_form", {"flow": flow, "form": form.name}, "/options/flow")


KIND = NodeKind(
    name="sub_flow",
    zh="子流程",
    en="Sub-flow",
    zh_hint="走另一个流程，可以每行一个",
    en_hint="Another flow, perhaps one a row",
    group="logic",
    icon="flow",
    colour="#5B8FF9",
    options=(
        Option("flow", "哪个流程", "Which flow", "text", ""),
        Option(
            "which", "用哪条记录", "On which record", "choice", "this",
            choices=(*finding.WHICH.choices, Choice("rows", "子表每行一个", "One for each row")),
        ),
        finding.LINK, finding.STEP, finding.FORM, finding.FILTER, finding.HOW_MANY,
        Option("table", "子表", "Sub-table", "field", ""),
        Option("column", "关联列", "Linked in", "column", "", zh_hint="不填：每行新增一条记录。",
               en_hint="Empty: a record is added for each row."),
        Option("when", "只要这些行", "Only these rows", "formula", ""),
        Option("assignments", "填哪些字段", "Which fields", "assignments", []),
        Option("waits", "等它们结束", "Waits for them", "flag", True),
        Option(
            "refused", "没有通过时", "Where one is refused", "choice", "go_on",
            choices=(Choice("go_on", "继续，结果是“不通过”", "Goes on as refused"), Choice("fail", "停下", "Stops")),
        ),
        Option(
            "none", "一条也没有时", "Where there is none", "choice", "go_on",
            choices=(Choice("go_on", "继续", "Goes on"), Choice("fail", "停下并提示", "Is refused")),
        ),
    ),
    enter=enter,
    undo=undo,
    holds=holds,
    abandon=abandon,
    faults=faults,
    example={"flow": "inspect", "which": "rows", "table": "lines", "form": "qc/card",
             "assignments": [{"field": "product", "from": "product"}]},
)  # fmt: skip
