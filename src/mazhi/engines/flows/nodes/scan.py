"""扫码核对: what should be there is scanned piece by piece, and posted; nobody gets past it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import NodeKind, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.work import WORK
from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.checking import faults
from mazhi.engines.flows.scans.expecting import freeze, stands
from mazhi.engines.flows.scans.finishing import begun, finish, passed
from mazhi.engines.options import Choice, Option

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

_BOXES = (
    Choice("explode", "展开成箱里的每一件", "Every piece inside"),
    Choice("whole", "箱子本身算一件", "The box itself"),
    Choice("refuse", "不收箱码", "Not taken"),
)
_MANUAL = (
    Choice("allow", "允许", "Everybody"),
    Choice("right", "有权限的人", "Who has the right"),
    Choice("forbid", "不允许，只能扫", "Nobody: it must be scanned"),
)


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Freeze what should be scanned, and wait for people."""
    freeze(run, node, step)
    return Wait()


def undo(run: Run, node: Node, step: Step) -> None:
    """Forget what was scanned: it is scanned again when the flow comes here again."""
    del node
    store.set_state(run.tx, step.id, "undone", run.at)


KIND = NodeKind(
    name="scan",
    zh="扫码核对",
    en="Scan and check",
    zh_hint="对着清单一件件扫，不扫不能往下走",
    en_hint="Piece by piece against a list; nobody gets past it",
    group="goods",
    icon="scan",
    colour="#0E7480",
    options=(
        *WORK,
        Option(
            "against", "对着什么扫", "Against what", "object", {"kind": "free"},
            zh_hint="单据明细、拣货清单、箱内物品、前面扫过的，或者不限。",
            en_hint="Lines of an order, a pick list, the content of a box, what was scanned before, or anything.",
        ),
        Option(
            "policies", "不对时", "When something is wrong", "object", {},
            zh_hint="缺件、多件、重复、错货、错批次、状态不对、位置不对、冻结、召回、不认识：拒绝、提醒或放行。",
            en_hint="What is missing, extra, twice, wrong, held, recalled, unknown: refuse, warn or pass.",
        ),
        Option(
            "tolerance", "允许误差", "Tolerance", "object", {}, unit="%",
            zh_hint="缺多少、多多少以内算对，百分比。", en_hint="How much less or more is right, in percent.",
        ),
        Option(
            "states", "只收这些状态", "Only in these states", "texts", [], 0, 50,
            zh_hint="状态的代号，如 in_stock；不填就不限。", en_hint="Codes of states such as in_stock; none: any.",
        ),
        Option(
            "place", "必须在这个库位", "Only at this place", "object", {},
            zh_hint="表单里的库位字段，或固定的库位；下级库位也算。",
            en_hint="A field or a fixed place; places below count.",
        ),
        Option("boxes", "扫到箱码", "Boxes", "choice", "explode", choices=_BOXES),
        Option("manual", "手工输入", "Typing", "choice", "allow", choices=_MANUAL),
        Option(
            "ask", "问数量", "Ask how much", "flag", True,
            zh_hint="批次和数量管理的货，码里没有数量时问一句；关掉就每扫一次算一。",
            en_hint="Of batch and SKU goods whose code does not say it; else each scan counts one.",
        ),
        Option("continuous", "连续扫", "Keep scanning", "flag", True),
        Option(
            "photo", "要拍照", "Picture needed", "field", "", kinds=("image", "attachment"),
            zh_hint="完成前，这个字段里要有照片。",
            en_hint="The field must hold a picture before the step is completed.",
        ),
        Option(
            "operation", "完成时过账", "Posted when completed", "object", {},
            zh_hint="收货、上架、拣货、发货等：扫到的一次过账，过不了就完成不了。",
            en_hint="Receive, put away, pick, ship …: everything at once; if it is refused, so is completing.",
        ),
        Option(
            "store_to", "扫到的写进", "Kept in", "object", {},
            zh_hint="表单里的子表单、多个序列号或批量扫描框。", en_hint="A sub-table, serial numbers or a scan list.",
        ),
        Option(
            "override", "谁可以放行", "Who may override", "object", {},
            zh_hint="有“放行扫码核对”权限的人，和这里选的角色。", en_hint="Who has the right to, and these roles.",
        ),
    ),
    work=True,
    enter=enter,
    finish=finish,
    undo=undo,
    passed=passed,
    stands=stands,
    begun=begun,
    faults=faults,
    example={
        "against": {"kind": "lines", "table": "lines", "product": "product", "quantity": "qty"},
        "tolerance": {"extra": 5},
        "operation": {"kind": "receive", "place": {"field": "place"}},
    },
)  # fmt: skip
