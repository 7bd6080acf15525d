"""Finding the records that a node is about: this one, what it links, what an earlier step made, or by a filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mazhi.engines.facts import FormFacts
from mazhi.engines.flows.effects.checking import Looking, split
from mazhi.engines.flows.effects.filters import compiled
from mazhi.engines.flows.effects.values import Around, last
from mazhi.engines.flows.model import Node
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import ConflictError, Problem

MOST = 500
"""So many records a node changes at the most."""
WHICH = Option(
    "which", "哪条记录", "Which record", "choice", "this",
    choices=(
        Choice("this", "本记录", "This record"), Choice("linked", "关联的记录", "Linked records"),
        Choice("step", "前面步骤的", "Of an earlier step"), Choice("found", "按条件查找", "Found by a filter"),
    ),
)  # fmt: skip
LINK = Option("link", "关联字段", "Link", "field", "", kinds=("record", "records", "query_records"))
STEP = Option("step", "哪一步", "Which step", "node", "")
FORM = Option("form", "哪张表单", "Form", "form", "", zh_hint="应用/表单；不填就是本表单。",
              en_hint="App/form; empty: this one.")  # fmt: skip
FILTER = Option("filter", "条件", "Filter", "filter", {})
HOW_MANY = Option("most", "最多几条", "At most", "whole", 100, least=1, most=MOST, zh_hint="更多就不做，并说明。",
                  en_hint="With more of them nothing is done.")  # fmt: skip


def find(run_around: Around, node: Node) -> tuple[str, str, list[int]]:
    """Return an app, a form and the numbers of records.

    Raises:
        ConflictError: They are more than the node allows (code ``flow_too_many_records``).
    """
    run, options = run_around.run, node.options
    app, form, numbers = run.instance.app, run.instance.form, [run.instance.record_id]
    match options["which"]:
        case "linked":
            facts = run.form().by_code(str(options["link"]))
            app, form = split(facts.names if facts is not None else "", app)
            numbers = numbers_in(run_around.field(str(options["link"])))
        case "step":
            step = last(run, str(options["step"]))
            data: dict[str, Any] = {} if step is None else step.data
            app, form = str(data.get("app", app)), str(data.get("form", ""))
            numbers = numbers_in(data.get("records") or data.get("record"))
        case "found":
            app, form, numbers = search(run_around, node)
    if len(numbers) > int(options["most"]):
        raise ConflictError("flow_too_many_records", limit=options["most"])
    there = [one for one in numbers if form and run.ports.records.values(run.tx, app, form, one) is not None]
    return app, form, there


def search(around: Around, node: Node) -> tuple[str, str, list[int]]:
    """Return what a filter lets through, one more than the node allows at the most."""
    app, form = split(str(node.options["form"]), around.run.instance.app)
    form = form or around.run.instance.form
    filter_ = compiled(around, node.options["filter"])
    found = around.run.ports.records.find(around.run.tx, app, form, filter_, int(node.options["most"]) + 1)
    return app, form, [number for number, _ in found]


def numbers_in(held: Any) -> list[int]:
    """Return the numbers of records that a field or a step holds."""
    several = held if isinstance(held, list) else [held]
    codes = [str(one) for one in several if one is not None and one != ""]
    return [int(code) for code in codes if code.isascii() and code.isdigit()]


def form_of(looking: Looking) -> tuple[str, FormFacts] | Problem | None:
    """Return the form whose records a node is about; None where only an earlier step knows."""
    options, drawn = looking.node.options, looking.drawn
    match options["which"]:
        case "linked":
            held = looking.field(str(options["link"]))
            if held is None or not held.names:
                return Problem("flow_field_gone", {"field": str(options["link"])}, "/options/link")
            return looking.form(held.names, "/options/link")
        case "step":
            return form_of_step(looking, str(options["step"]))
        case "found":
            return looking.form(str(options["form"]), "/options/form")
        case _:
            return drawn.app, drawn.form


def form_of_step(looking: Looking, node: str) -> tuple[str, FormFacts] | Problem | None:
    """Return the form whose records an earlier step adds or finds."""
    if node not in looking.drawn.flow:
        return Problem("flow_node_gone", {"item": node}, "/options/step")
    other = looking.drawn.flow[node]
    if other.kind not in {"create_record", "find_records", "update_record"}:
        return Problem("flow_step_without_records", {"item": other.title or node}, "/options/step")
    if other.kind == "update_record":
        return None
    return looking.form(str(other.options["form"]), "/options/step")


def faults(looking: Looking, form: FormFacts | None) -> Iterator[Problem]:
    """Say what is wrong with how records are found."""
    if looking.node.options["which"] == "found" and form is not None:
        if not looking.node.options["filter"]:
            yield looking.missing("filter", "条件", "Filter")
        else:
            yield from looking.filter(looking.node.options["filter"], form, "/options/filter")
