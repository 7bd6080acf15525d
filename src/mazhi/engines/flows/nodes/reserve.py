"""预留: goods are kept for the document of the record, or freed again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.goods import goods_of, quantities_of
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel import clock
from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.model import ItemRef
from mazhi.kernel.reservations.model import MANAGE, Line, ReserveRequest

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

HOUR = 3_600 * clock.MICROS_PER_SECOND
RELEASE = "release"


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Keep the goods, or free what is kept."""
    del step
    options, kept = dict(node.options), run.ports.reservations
    if kept is None:
        return Done("nothing")
    with refused_at(run, node):
        around = Around(run)
        document = around.text(str(options["document"])).strip()[:200]
        if options["what"] == RELEASE:
            return Done("released", {"document": document, "count": kept.release_in(run.tx, run.acting, document)})
        request = _request(around, options, document, run.at)
        if not request.items and not request.lines and options["nothing"] == "go_on":
            return Done("nothing")
        answer = kept.reserve_in(run.tx, run.acting, request)
    missing = [line for line in answer["lines"] if line["missing"]]
    data: dict[str, Any] = {
        "document": document, "reserved": answer["reserved"], "count": answer["items"],
        "lines": [{name: line[name] for name in ("product", "wanted", "found", "missing")} for line in answer["lines"]],
        "refused": len(answer["refused"]),
    }  # fmt: skip
    return Done("partly" if missing or answer["refused"] else "reserved", data)


def _request(around: Around, options: dict[str, Any], document: str, now: int) -> ReserveRequest:
    goods = goods_of(around, options["items"])
    place = around.word(options["place"]) or None
    strategy = options["strategy"]
    named: list[tuple[str, str | None, Decimal, str | None]] = [
        (product, batch or None, amount, None) for product, batch, amount in goods.quantities
    ]
    named += [(one.product, one.batch, one.quantity, one.owner) for one in quantities_of(around, options["quantities"])]
    hours = float(options["hours"])
    return ReserveRequest(
        document, [ItemRef(code) for code in goods.items],
        [Line(product, amount, batch, place, owner, strategy) for product, batch, amount, owner in named],
        expires_at=now + int(hours * HOUR) if hours else 0,
        mode="partial" if options["missing"] == "partial" else "all",
    )  # fmt: skip


def undo(run: Run, node: Node, step: Step) -> None:
    """Free what the step kept and nobody has used since."""
    del node
    kept, numbers = run.ports.reservations, step.data.get("reserved")
    if kept is not None and numbers:
        kept.take_back_in(run.tx, run.acting, str(step.data["document"]), int(numbers))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not the publisher's to do."""
    looking, options = Looking(drawn, node), node.options
    yield from looking.right(MANAGE)
    if not options["document"]:
        yield looking.missing("document", "单据号", "Document")
    yield from looking.template(str(options["document"]), "/options/document")
    if options["what"] == RELEASE:
        return
    if not options["items"] and not options["quantities"]:
        yield looking.missing("quantities", "数量", "Quantities")
    yield from looking.goods(options["items"], "/options/items")
    yield from looking.source(options["place"], "/options/place")
    table = str(options["quantities"].get("table") or "")
    if table:
        yield from looking.named(table, "/options/quantities/table")
    for name in ("product", "quantity", "batch", "owner"):
        yield from looking.source(options["quantities"].get(name), f"/options/quantities/{name}", table)
    if options["quantities"].get("when"):
        yield from looking.formula(str(options["quantities"]["when"]), "/options/quantities/when", table)


KIND = NodeKind(
    name="reserve",
    zh="预留",
    en="Reserve",
    zh_hint="把货留给这张单据，别的单据拿不走",
    en_hint="Goods are kept for this document, and no other takes them",
    group="goods",
    icon="lock",
    colour="#3E63D6",
    options=(
        Option(
            "what", "做什么", "What", "choice", "reserve",
            choices=(Choice("reserve", "预留", "Reserve"), Choice("release", "解除预留", "Release")),
        ),
        Option("document", "单据号", "Document", "template", "", zh_hint="拣货、发货时用同一个单据号，预留才对得上。",
               en_hint="Picking and shipping must name the same one."),
        Option("items", "哪些件", "Items", "object", {}),
        Option("quantities", "数量", "Quantities", "object", {},
               zh_hint="子表里的产品、批次、数量，由系统按先进先出挑。",
               en_hint="Product, batch and quantity of a sub-table; the system chooses which."),
        Option("place", "从哪里", "From", "object", {}),
        Option(
            "strategy", "先拿哪些", "Which first", "choice", "fefo",
            choices=(
                Choice("fefo", "先到期的", "What expires first"), Choice("fifo", "先入库的", "What came first"),
            ),
        ),
        Option(
            "missing", "不够时", "When there is not enough", "choice", "refuse",
            choices=(
                Choice("refuse", "停下并提示", "Is refused"), Choice("partial", "有多少留多少", "Keep what there is"),
            ),
        ),
        Option("hours", "留多久", "For how long", "number", 0, least=0, most=100_000, unit="小时",
               zh_hint="0 就一直留着，到发货或解除。", en_hint="0: until it is shipped or released."),
        Option(
            "nothing", "没有东西时", "Where there is nothing", "choice", "fail",
            choices=(Choice("fail", "停下并提示", "Is refused"), Choice("go_on", "继续", "Goes on")),
        ),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={
        "quantities": {"table": "lines", "product": {"field": "product"}, "quantity": {"field": "qty"}},
        "document": "{no}",
    },
)  # fmt: skip
