"""打印标签: labels of items are ordered from a printer, when the step has been committed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.goods import goods_of
from mazhi.engines.flows.effects.sending import send
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.outside.messages import PRINT
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import ConflictError, Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Order the labels of what the node names."""
    options = node.options
    with refused_at(run, node):
        around = Around(run)
        items = list(goods_of(around, options["items"]).items)
        if not items:
            if options["nothing"] == "go_on" or run.trial:
                return Done("nothing")
            raise ConflictError("flow_nothing_to_do")
        body = {
            "label": str(options["label"]), "printer": around.word(options["printer"]), "items": items,
            "copies": int(options["copies"]), "reason": around.text(str(options["reason"]))[:200],
        }  # fmt: skip
    waits = bool(options["waits"])
    job = send(run, step, PRINT, body, waits=waits)
    data = {"count": len(items), "label": body["label"], "printer": body["printer"], "order": job}
    return Wait(data=data) if waits and not run.trial else Done("ordered", data)


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not the publisher's to do."""
    looking, options = Looking(drawn, node), node.options
    yield from looking.right("labels.print")
    if options["reason"]:
        yield from looking.right("labels.reprint")
        yield from looking.template(str(options["reason"]), "/options/reason")
    for name, zh, en in (
        ("label", "标签模板", "Label"),
        ("printer", "打印机", "Printer"),
        ("items", "哪些件", "Items"),
    ):
        if not options[name]:
            yield looking.missing(name, zh, en)
    yield from looking.goods(options["items"], "/options/items")
    yield from looking.source(options["printer"], "/options/printer")
    if drawn.ports is not None and drawn.ports.labels is not None and options["label"]:
        printer = str(options["printer"].get("value") or "")
        yield from drawn.ports.labels.faults(drawn.tx, str(options["label"]), printer)


KIND = NodeKind(
    name="print_label",
    zh="打印标签",
    en="Print labels",
    zh_hint="给扫到的、造出的件打标签",
    en_hint="Labels of what was scanned or made",
    group="goods",
    icon="printer",
    colour="#3E63D6",
    options=(
        Option("label", "标签模板", "Label", "label", ""),
        Option("printer", "打印机", "Printer", "object", {}),
        Option("items", "哪些件", "Items", "object", {}),
        Option("copies", "每件几张", "Copies", "whole", 1, least=1, most=100),
        Option("reason", "补打原因", "Reason to print again", "template", "",
               zh_hint="打过的件再打要有原因。", en_hint="Needed where labels were printed before."),
        Option("waits", "下达以后才继续", "Goes on once it is ordered", "flag", True),
        Option(
            "nothing", "没有东西时", "Where there is nothing", "choice", "fail",
            choices=(Choice("fail", "停下并提示", "Is refused"), Choice("go_on", "继续", "Goes on")),
        ),
    ),
    enter=enter,
    faults=faults,
    example={"label": "WM-60x40", "printer": {"value": "ZT410"}, "items": {"step": "make"}},
)  # fmt: skip
