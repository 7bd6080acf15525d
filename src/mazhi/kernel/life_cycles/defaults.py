"""The two life cycles that are there from the start: goods (商品) and assets (资产)."""

from __future__ import annotations

from mazhi.kernel.life_cycles.model import ANY, BIRTH, LifeCycle, Move, State, moves

_SAME = moves((ANY, None))
_ALWAYS: dict[str, tuple[Move, ...]] = dict.fromkeys(
    ("count", "inspect", "hold", "release", "relabel", "recall_mark", "recall_clear"), _SAME
)

_GOODS_STATES = (
    State("coded", "已赋码", "Coded", "ours", "ring", "ink"),
    State("in_stock", "在库", "In stock", "ours", "dot", "ink"),
    State("issued", "已领用", "Issued", "ours", "half", "ink"),
    State("built_in", "已装入", "Built in", "ours", "square", "ink"),
    State("picked", "已拣货", "Picked", "ours", "half", "ink"),
    State("shipped", "在途", "Shipped", "channel", "half", "teal"),
    State("at_dealer", "在经销商", "At dealer", "channel", "dot", "teal"),
    State("sold", "已售出", "Sold", "user", "dot", "violet", end=True),
    State("returned", "已退回", "Returned", "back", "dot", "amber"),
    State("in_repair", "维修中", "In repair", "back", "half", "amber"),
    State("on_loan", "借出", "On loan", "user", "half", "violet"),
    State("lost", "丢失", "Lost", "gone", "cross", "red", end=True),
    State("scrapped", "已报废", "Scrapped", "gone", "cross", "grey", end=True),
)
# Where goods usually are stands first: quantities are drawn from the first start state.
_LIVE = "in_stock coded issued picked shipped at_dealer sold returned in_repair on_loan"
_NOT_BUILT_IN = f"{_LIVE} lost scrapped"
_PART_IN = moves(("coded in_stock issued", "built_in"))
_PART_OUT = moves(("built_in", "in_stock"), ("built_in", "returned"), ("built_in", "scrapped"))

GOODS = LifeCycle(
    code="goods",
    version=1,
    name="商品",
    states=_GOODS_STATES,
    operations={
        BIRTH: moves(("", "coded")),
        "receive": moves(("coded shipped returned", "in_stock")),
        "putaway": moves(("in_stock picked issued", "in_stock")),
        "move": moves((_LIVE, None)),
        "pick": moves(("in_stock", "picked")),
        "issue": moves(("in_stock", "issued")),
        "assemble": moves((_LIVE, None)),
        "assemble:component": _PART_IN,
        "disassemble": moves((_LIVE, None)),
        "disassemble:component": _PART_OUT,
        "pack": moves((_LIVE, None)),
        "unpack": moves((_LIVE, None)),
        "ship": moves(("in_stock picked at_dealer returned", "shipped")),
        "store_receive": moves(("shipped", "at_dealer")),
        "activate": moves(("shipped at_dealer", "sold")),
        "install": moves((_LIVE, None)),
        "install:component": _PART_IN,
        "remove": moves((_LIVE, None)),
        "remove:component": _PART_OUT,
        "return_": moves(("shipped at_dealer sold", "returned")),
        "repair_in": moves(("returned sold", "in_repair")),
        "repair_out": moves(("in_repair", "returned"), ("in_repair", "sold"), ("in_repair", "in_stock")),
        "swap": moves((_LIVE, None)),
        "swap:out": moves(("built_in", "returned")),
        "swap:in": _PART_IN,
        "exchange": moves(("shipped at_dealer sold returned in_repair", "returned")),
        "exchange:new": moves(("in_stock picked", "sold")),
        "check_out": moves(("in_stock", "on_loan")),
        "check_in": moves(("on_loan", "in_stock"), ("on_loan", "returned")),
        "adjust": moves((_NOT_BUILT_IN, "in_stock"), (_NOT_BUILT_IN, "lost")),
        "scrap": moves((_NOT_BUILT_IN, "scrapped")),
        **_ALWAYS,
    },
)

_ASSET_STATES = (
    State("in_stock", "闲置", "In stock", "ours", "dot", "ink"),
    State("in_use", "在用", "In use", "ours", "half", "ink"),
    State("lent", "借出", "Lent", "user", "half", "violet"),
    State("in_maintenance", "保养维修中", "In maintenance", "back", "half", "amber"),
    State("lost", "丢失", "Lost", "gone", "cross", "red", end=True),
    State("scrapped", "已报废", "Scrapped", "gone", "cross", "grey", end=True),
)
_ASSET_LIVE = "in_stock in_use lent in_maintenance"
_ASSET_ALL = f"{_ASSET_LIVE} lost scrapped"

ASSETS = LifeCycle(
    code="assets",
    version=1,
    name="资产",
    states=_ASSET_STATES,
    operations={
        BIRTH: moves(("", "in_stock")),
        # An asset is born in stock; receiving says where it stands, and takes back what is in use.
        "receive": moves(("in_stock in_use", "in_stock")),
        "putaway": moves(("in_stock in_use", "in_stock")),
        "move": moves((_ASSET_LIVE, None)),
        "issue": moves(("in_stock", "in_use")),
        "assemble": moves((_ASSET_LIVE, None)),
        "disassemble": moves((_ASSET_LIVE, None)),
        "pack": moves((_ASSET_LIVE, None)),
        "unpack": moves((_ASSET_LIVE, None)),
        "install": moves((_ASSET_LIVE, None)),
        "remove": moves((_ASSET_LIVE, None)),
        "swap": moves((_ASSET_LIVE, None)),
        "return_": moves(("in_use lent", "in_stock")),
        "check_out": moves(("in_stock in_use", "lent")),
        "check_in": moves(("lent", "in_stock"), ("lent", "in_use")),
        "repair_in": moves(("in_stock in_use lent", "in_maintenance")),
        "repair_out": moves(("in_maintenance", "in_stock"), ("in_maintenance", "in_use")),
        "adjust": moves((_ASSET_ALL, "in_stock"), (_ASSET_ALL, "lost")),
        "scrap": moves((_ASSET_ALL, "scrapped")),
        **_ALWAYS,
    },
)

DEFAULTS = {cycle.code: cycle for cycle in (GOODS, ASSETS)}
