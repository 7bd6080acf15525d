"""赋码: items come into being with fresh codes of a rule, in the transaction of the step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.effects.writing import change, put_back
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import to_number
from mazhi.engines.options import Option
from mazhi.kernel.errors import ConflictError, PlatformError, Problem
from mazhi.kernel.making.model import MOST_AT_ONCE, MakeRequest
from mazhi.kernel.products import store as products

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Make the items; a test run only says how many, so that no number is used up."""
    options = node.options
    with refused_at(run, node):
        around = Around(run)
        count = _count(around, str(options["count"]))
        if not count:
            return Done("nothing", {"count": 0})
        if run.trial or run.ports.making is None:
            return Done("made", {"count": count})
        batch, place = around.word(options["batch"]), around.word(options["place"])
        fields = {name: around.word(source) for name, source in options["fields"].items()}
        request = MakeRequest(
            product=around.word(options["product"]), rule=str(options["rule"]), count=count, batch=batch or None,
            place=place or None, document=around.text(str(options["document"]))[:200],
            fields={name: value for name, value in fields.items() if value},
        )  # fmt: skip
        made = run.ports.making.make_within(run.tx, run.purse, run.acting, request)
        into = str(options["into"])
        if into:
            one = run.instance
            values = {into: list(made.codes) if count > 1 or _several(run, into) else made.codes[0]}
            step.data = {"undo": {"changed": [change(run, one.app, one.form, one.record_id, values)]}}
    return Done("made", {"count": made.count, "first": made.first, "last": made.last}, event=made.event)


def _several(run: Run, code: str) -> bool:
    facts = run.form().by_code(code)
    return facts is not None and facts.kind == "items"


def _count(around: Around, formula: str) -> int:
    value = around.formula(formula)
    try:
        number = Decimal(0) if value is None or value == "" else to_number(value)
    except FaultError:
        raise ConflictError("flow_count_range", most=MOST_AT_ONCE, value=str(value)[:50]) from None
    if number != int(number) or not 0 <= number <= MOST_AT_ONCE:
        raise ConflictError("flow_count_range", most=MOST_AT_ONCE, value=str(number))
    return int(number)


def undo(run: Run, node: Node, step: Step) -> None:
    """Put back the field that took the codes; the items themselves become void by the correction of the event."""
    put_back(run, node, step.data.get("undo", {}).get("changed", []))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not the publisher's to do."""
    looking, options = Looking(drawn, node), node.options
    yield from looking.right("items.make")
    if not options["rule"]:
        yield looking.missing("rule", "赋码规则", "Code rule")
    elif drawn.ports is not None:
        try:
            drawn.ports.codes.get(str(options["rule"]))
        except PlatformError as error:
            yield Problem(error.code, dict(error.params), "/options/rule")
    if not options["product"]:
        yield looking.missing("product", "产品", "Product")
    yield from _product(looking, options["product"])
    if not options["count"]:
        yield looking.missing("count", "数量", "How many")
    else:
        yield from looking.formula(str(options["count"]), "/options/count")
    for name in ("product", "batch", "place"):
        yield from looking.source(options[name], f"/options/{name}")
    for name, source in options["fields"].items():
        yield from looking.source(source, f"/options/fields/{name}")
    yield from looking.template(str(options["document"]), "/options/document")
    if options["into"]:
        yield from looking.named(str(options["into"]), "/options/into")
        yield from looking.may(drawn.app, drawn.form.code, "change", "/options/into")


def _product(looking: Looking, source: Any) -> Iterable[Problem]:
    """Say that a product that is named is not there, or not one whose items have codes."""
    if not isinstance(source, Mapping) or not source.get("value"):
        return
    code = str(source["value"])
    found = products.by_codes(looking.drawn.tx, [code]).get(code)
    if found is None:
        yield Problem("unknown_product", {"item": code}, "/options/product")
    elif found.tracking != "serial":
        yield Problem("flow_product_without_codes", {"item": code}, "/options/product")


KIND = NodeKind(
    name="make_codes",
    zh="赋码",
    en="Make codes",
    zh_hint="按规则造出带码的件",
    en_hint="Items with fresh codes of a rule",
    group="goods",
    icon="barcode",
    colour="#3E63D6",
    options=(
        Option("rule", "赋码规则", "Code rule", "rule", ""),
        Option("product", "产品", "Product", "object", {}),
        Option("count", "数量", "How many", "formula", "", zh_hint="一次最多一万件。", en_hint="At most 10,000."),
        Option("batch", "批次", "Batch", "object", {}),
        Option("place", "库位", "Place", "object", {}),
        Option("fields", "码里的字段", "Fields in the code", "object", {}),
        Option("document", "单据号", "Document", "template", ""),
        Option("into", "码填进", "Codes go into", "field", "", kinds=("item", "items"),
               zh_hint="一千件以内。", en_hint="Up to a thousand."),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={"rule": "SN", "product": {"field": "product"}, "count": "qty", "document": "{no}"},
)  # fmt: skip
