"""The operations that a life cycle may speak of, as rows of the matrix that the user fills in.

Which operations exist is the kernel's business; here stands only what drawing a life cycle needs: their
names, the order and groups of the rows, and what a drawing must respect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["make", "warehouse", "parts", "channel", "service", "keep"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the matrix: an operation, or one role in it.

    Attributes:
        key: The operation's kind, with the role behind a colon where it has a second one.
        choice: Whether whoever does it may choose between several states that follow.
        steady: The state must stay as it is, since the operation is about something else, such as marks.
    """

    key: str
    stage: Stage
    zh: str
    en: str
    choice: bool = False
    steady: bool = False


ROWS = (
    Row("commission", "make", "赋码", "Commission"),
    Row("receive", "warehouse", "收货入库", "Receive"),
    Row("putaway", "warehouse", "上架", "Put away"),
    Row("move", "warehouse", "移库", "Move"),
    Row("pick", "warehouse", "拣货", "Pick"),
    Row("issue", "warehouse", "领用出库", "Issue"),
    Row("pack", "warehouse", "装箱", "Pack", steady=True),
    Row("unpack", "warehouse", "拆箱", "Unpack", steady=True),
    Row("assemble", "parts", "组装（母件）", "Assemble (parent)"),
    Row("assemble:component", "parts", "组装（装入的件）", "Assemble (component)"),
    Row("disassemble", "parts", "拆解（母件）", "Disassemble (parent)"),
    Row("disassemble:component", "parts", "拆解（拆下的件）", "Disassemble (component)", choice=True),
    Row("install", "parts", "加装（母件）", "Install (parent)"),
    Row("install:component", "parts", "加装（装入的件）", "Install (component)"),
    Row("remove", "parts", "拆卸（母件）", "Remove (parent)"),
    Row("remove:component", "parts", "拆卸（拆下的件）", "Remove (component)", choice=True),
    Row("swap", "parts", "换件（母件）", "Swap (parent)"),
    Row("swap:out", "parts", "换件（旧件）", "Swap (old part)"),
    Row("swap:in", "parts", "换件（新件）", "Swap (new part)"),
    Row("ship", "channel", "发货", "Ship"),
    Row("store_receive", "channel", "门店收货", "Store receipt"),
    Row("activate", "channel", "激活", "Activate"),
    Row("check_out", "channel", "借出", "Check out"),
    Row("check_in", "channel", "归还", "Check in", choice=True),
    Row("return_", "service", "退货", "Return"),
    Row("exchange", "service", "换机（旧机）", "Exchange (old one)"),
    Row("exchange:new", "service", "换机（新机）", "Exchange (new one)"),
    Row("repair_in", "service", "送修", "Into repair"),
    Row("repair_out", "service", "修毕", "Out of repair", choice=True),
    Row("adjust", "keep", "调整", "Adjust", choice=True),
    Row("scrap", "keep", "报废", "Scrap"),
    Row("count", "keep", "盘点", "Count", steady=True),
    Row("inspect", "keep", "检验", "Inspect", steady=True),
    Row("hold", "keep", "冻结", "Hold", steady=True),
    Row("release", "keep", "解冻", "Release", steady=True),
    Row("relabel", "keep", "换码", "Relabel", steady=True),
    Row("recall_mark", "keep", "召回标记", "Recall mark", steady=True),
    Row("recall_clear", "keep", "召回解除", "Recall clear", steady=True),
)
BY_KEY = {row.key: row for row in ROWS}
KINDS = tuple(row.key for row in ROWS if ":" not in row.key)
"""The operations themselves, without their second roles."""

INTO_PARENT = frozenset({"assemble:component", "install:component", "swap:in"})
"""What builds a part in."""
OUT_OF_PARENT = frozenset({"disassemble:component", "remove:component", "swap:out"})
"""What takes a part out; of the rest, only what leaves the state alone may touch a built-in part."""
