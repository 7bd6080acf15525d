"""盘点: a count session is opened, and the flow goes on when it is posted, or approved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.goods import codes
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.flows.running.work import WORK
from mazhi.engines.options import Choice, Option
from mazhi.kernel.counts.model import MANAGE, TRACKINGS, OpenRequest, named
from mazhi.kernel.errors import ConflictError, Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

COUNT = "count"
"""Under which name a step keeps the number of its session."""
_REACHED = {"posted": ("posted",), "approved": ("approved", "posting", "posted")}
_UNFINISHED = ("open", "counted", "approved")


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Open the session, and wait for people to count."""
    options: dict[str, Any] = dict(node.options)
    if run.ports.counts is None:
        return Wait()
    with refused_at(run, node):
        around = Around(run)
        request = OpenRequest(
            places=codes(around.take(options["places"])), products=codes(around.take(options["products"])),
            tracking=options["tracking"], kind=options["kind"], blind=options["blind"],
            same_counter=options["same_counter"], only=options.get("only") or "", abc=options.get("abc") or (),
            sample=int(options.get("sample") or 0), title=around.text(str(options["name"]))[:200],
            document=around.text(str(options["document"]))[:200],
        )  # fmt: skip
        number = run.ports.counts.open_in(run.tx, run.acting, request)
    run.note("count_opened", node, step, count=number)
    return Wait(data={COUNT: number})


def _state(run: Run, step: Step) -> str:
    number = step.data.get(COUNT)
    return run.ports.counts.state_in(run.tx, str(number)) if run.ports.counts is not None and number else ""


def begun(run: Run, step: Step) -> bool:
    """Tell whether somebody has begun to count: what led here is not taken back from under them."""
    number = step.data.get(COUNT)
    return run.ports.counts is not None and bool(number) and run.ports.counts.begun_in(run.tx, str(number))


def passed(run: Run, step: Step) -> bool:
    """Tell whether the session is as far as the node wants it."""
    return _state(run, step) in _REACHED[str(run.node(step).options["until"])]


def finish(run: Run, node: Node, step: Step) -> Done:
    """Go on, if the session is as far as it has to be.

    Raises:
        ConflictError: It is not (code ``counts_open``).
    """
    if not passed(run, step):
        state, wanted = _state(run, step), str(node.options["until"])
        raise ConflictError(
            "counts_open", item=step.data.get(COUNT, ""), **named("state", state), **named("wanted", wanted)
        )
    return Done("counted", {COUNT: step.data[COUNT]})


def undo(run: Run, node: Node, step: Step) -> None:
    """Give the session up when the flow is sent back past it.

    Raises:
        ConflictError: It is posted (code ``count_is_posted``): what was found is in the books for good.
    """
    del node
    if _state(run, step) in {"posting", "posted"}:
        raise ConflictError("count_is_posted", item=step.data[COUNT])
    abandon(run, step)


def abandon(run: Run, step: Step) -> None:
    """Give the session up with the step; what is posted stays."""
    if run.ports.counts is not None and _state(run, step) in _UNFINISHED:
        run.ports.counts.cancel_in(run.tx, run.acting, str(step.data[COUNT]))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not the publisher's to do."""
    looking = Looking(drawn, node)
    yield from looking.right(MANAGE)
    if not node.options["places"]:
        yield looking.missing("places", "盘哪里", "Places")
    for name in ("places", "products"):
        yield from looking.source(node.options[name], f"/options/{name}")
    for name in ("name", "document"):
        yield from looking.template(str(node.options[name]), f"/options/{name}")


KIND = NodeKind(
    name="count",
    zh="盘点",
    en="Stock count",
    zh_hint="开盘点单，盘完过账才往下走",
    en_hint="A count session; the flow goes on when it is posted",
    group="goods",
    icon="list",
    colour="#1F3A5F",
    options=(
        *WORK,
        Option("places", "盘哪里", "Places", "object", {}, zh_hint="表单里的库位字段，或固定的库位；下级库位也盘。",
               en_hint="A field of places, or fixed ones; what lies within them counts too."),
        Option("products", "盘哪些产品", "Products", "object", {}, zh_hint="不填就是全部。",
               en_hint="None named: all."),
        Option(
            "tracking", "盘哪类", "Which goods", "texts", list(TRACKINGS), 1, 3,
            choices=(
                Choice("serial", "按件管理的", "Serial"), Choice("batch", "按批次管理的", "Batch"),
                Choice("sku", "按数量管理的", "Quantity"),
            ),
        ),
        Option(
            "kind", "盘点方式", "Kind", "choice", "snapshot",
            choices=(
                Choice("snapshot", "静态：盘时不出入库", "Snapshot: nothing moves meanwhile"),
                Choice("live", "动态：边出入库边盘", "Live: work goes on"),
            ),
        ),
        Option(
            "abc", "ABC 类", "Classes", "texts", [], 0, 3, zh_hint="按近 90 天出库次数分；不选就不限。",
            en_hint="By how often they left in 90 days; none: all.",
            choices=(Choice("A", "A 类", "A"), Choice("B", "B 类", "B"), Choice("C", "C 类", "C")),
        ),
        Option(
            "only", "哪些库位", "Which places", "choice", "",
            choices=(
                Choice("", "全部", "All"), Choice("stocked", "只盘有货的", "Only with goods"),
                Choice("empty", "只查空库位", "Only empty ones"),
            ),
        ),
        Option("sample", "抽盘", "Sample", "number", 0, least=0, most=100, unit="%",
               zh_hint="随机抽百分之几的库位；0 为全盘。", en_hint="So many in a hundred of the places; 0: all."),
        Option("blind", "盲盘", "Blind", "flag", False, zh_hint="盘点的人看不到账上有多少。",
               en_hint="Who counts is not told what is expected."),
        Option("same_counter", "允许自己复盘、审核", "Who counted may approve", "flag", False),
        Option(
            "until", "到哪一步算完", "Done when", "choice", "posted",
            choices=(Choice("posted", "已过账", "Posted"), Choice("approved", "已审核", "Approved")),
        ),
        Option("name", "盘点单名称", "Name", "template", ""),
        Option("document", "单据号", "Document", "template", ""),
    ),
    work=True,
    enter=enter,
    finish=finish,
    undo=undo,
    passed=passed,
    begun=begun,
    abandon=abandon,
    faults=faults,
    example={"places": {"field": "place"}, "blind": True, "name": "{no}"},
)  # fmt: skip
