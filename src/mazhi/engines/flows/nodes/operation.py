"""账本动作: an operation of the ledger on goods of the record or of an earlier step, posted with the step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.goods import goods_of, quantities_of
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from mazhi.kernel.posting.operation import Operation, PlaceRule

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

NAMED = ("place", "from_place", "partner")


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Post the operation; where there is nothing to post, what the node says happens."""
    del step
    with refused_at(run, node):
        around = Around(run)
        goods = goods_of(around, node.options["items"])
        quantities = [QuantityLine(product, much, batch or None) for product, batch, much in goods.quantities]
        quantities += quantities_of(around, node.options["quantities"])
        if not goods.items and not quantities and node.options["nothing"] == "go_on":
            return Done("nothing")
        request = PostRequest(
            kind=str(node.options["operation"]), items=[ItemRef(code) for code in goods.items], quantities=quantities,
            document=around.text(str(node.options["document"]))[:200],
            note=around.text(str(node.options["note"]))[:500],
            data=_data(around, node), place=around.word(node.options["place"]) or None,
            from_place=around.word(node.options["from_place"]) or None,
            partner=around.word(node.options["partner"]) or None,
        )  # fmt: skip
        outcome = run.ports.posting.post_within(run.tx, run.purse, run.acting, request)
    return Done("posted", {"event": outcome.event, "count": outcome.accepted}, event=outcome.event)


def _data(around: Around, node: Node) -> dict[str, Any]:
    """Return what the operation needs beside goods and places; what comes to nothing is left out."""
    found = {name: around.take(source) for name, source in node.options["data"].items()}
    return {name: value for name, value in found.items() if value is not None and value != ""}


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not the publisher's to do."""
    looking = Looking(drawn, node)
    kind = str(node.options["operation"])
    if not kind:
        yield looking.missing("operation", "做什么", "Operation")
        return
    if kind not in operation_kinds or not operation_kinds[kind].posted:
        yield Problem("flow_no_operation", {"item": kind}, "/options/operation")
        return
    operation = operation_kinds[kind]
    yield from looking.right(f"operation.{kind}", "/options/operation")
    yield from looking.goods(node.options["items"], "/options/items")
    yield from _quantities(looking, operation)
    if operation.place is PlaceRule.NEEDED and not node.options["place"]:
        yield looking.missing("place", "到哪里", "To")
    if operation.needs_partner and not node.options["partner"]:
        yield looking.missing("partner", "往来单位", "Partner")
    for name in NAMED:
        if node.options[name]:
            yield from looking.source(node.options[name], f"/options/{name}")
    for name in ("document", "note"):
        yield from looking.template(str(node.options[name]), f"/options/{name}")
    yield from _given(looking, operation)


def _quantities(looking: Looking, operation: Operation) -> Iterator[Problem]:
    wanted: Mapping[str, Any] = looking.node.options["quantities"]
    if not wanted:
        if not looking.node.options["items"]:
            yield looking.missing("items", "哪些件", "Items")
        return
    if not operation.quantities:
        yield Problem("no_quantities", {"operation": operation.name}, "/options/quantities")
    table = str(wanted.get("table") or "")
    if table:
        yield from looking.named(table, "/options/quantities/table")
    for name in ("product", "quantity"):
        if not wanted.get(name):
            yield Problem("flow_no_source", {}, f"/options/quantities/{name}")
    for name in ("product", "quantity", "batch", "owner", "quality", "state"):
        yield from looking.source(wanted.get(name), f"/options/quantities/{name}", table)
    if wanted.get("when"):
        yield from looking.formula(str(wanted["when"]), "/options/quantities/when", table)


def _given(looking: Looking, operation: Operation) -> Iterator[Problem]:
    data: Mapping[str, Any] = looking.node.options["data"]
    for one in operation.data:
        if one.required and not data.get(one.name):
            yield Problem("flow_not_set", {"option": one.zh, "option_en": one.en}, f"/options/data/{one.name}")
    for name, source in data.items():
        yield from looking.source(source, f"/options/data/{name}")


KIND = NodeKind(
    name="operation",
    zh="账本动作",
    en="Ledger operation",
    zh_hint="入库、移库、发货、检验…一起过账",
    en_hint="Receive, move, ship, inspect…, posted with the step",
    group="goods",
    icon="ledger",
    colour="#1F3A5F",
    options=(
        Option("operation", "做什么", "Operation", "operation", ""),
        Option("items", "哪些件", "Items", "object", {}, zh_hint="字段、子表列，或前面步骤扫的、造的。",
               en_hint="A field, a column, or what an earlier step scanned or made."),
        Option("quantities", "数量", "Quantities", "object", {},
               zh_hint="按批次或数量管理的：子表里的产品、批次、数量。",
               en_hint="Of batch and SKU goods: product, batch and quantity of a sub-table."),
        Option("place", "到哪里", "To", "object", {}),
        Option("from_place", "从哪里", "From", "object", {}),
        Option("partner", "往来单位", "Partner", "object", {}),
        Option("document", "单据号", "Document", "template", ""),
        Option("note", "备注", "Note", "template", ""),
        Option("data", "其他", "More", "object", {}),
        Option(
            "nothing", "没有东西时", "Where there is nothing", "choice", "fail",
            choices=(Choice("fail", "停下并提示", "Is refused"), Choice("go_on", "继续", "Goes on")),
        ),
    ),
    enter=enter,
    faults=faults,
    example={
        "operation": "receive", "items": {"field": "scans"}, "place": {"field": "place"},
        "quantities": {"table": "lines", "product": {"field": "product"}, "quantity": {"field": "qty"}},
        "document": "{no}",
    },
)  # fmt: skip
