"""The demo's app: the identity card of a machine, drawn as a form, with some cards filled in."""

from __future__ import annotations

import uuid
from typing import Any

from mazhi.bootstrap import System
from mazhi.demo.company import R800
from mazhi.demo.masters import unless_there
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.items.service import ItemFilter

APP, FORM = "quality", "card"
CARDS = 24
FLOW_LIMITS = {"low": 2.0, "high": 2.6, "unit": "L/min"}


def _field(code: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"mazhi demo {code}")), "code": code, "kind": kind,
            "title": code, **more}  # fmt: skip


FIELDS: list[dict[str, Any]] = [
    _field("序列号", "item", required=True, unique=True, width=6, hint="扫机身上的任何一个码"),
    _field("现在状态", "item_state", width=3, options={"source": "序列号"}),
    _field("质保", "warranty", width=3, options={"source": "序列号"}),
    _field(
        "出厂检验", "section",
        fields=[
            _field("检验日期", "date", required=True, indexed=True, width=4, options={"today": True}),
            _field("产水量", "measurement", width=4, options=FLOW_LIMITS),
            _field("结论", "choice", required=True, width=4, options={"choices": ["合格", "让步接收", "不合格"]}),
        ],
    ),
    _field(
        "检验项目", "subform",
        fields=[
            _field("项目", "text", required=True),
            _field("实测", "number", options={"decimals": 2}),
            _field("通过", "switch"),
        ],
    ),
    _field("备注", "long_text"),
]  # fmt: skip
GRANTS: list[dict[str, Any]] = [
    {"role": "quality", "actions": ["view", "create", "change", "export"]},
    {"role": "service", "actions": ["view"]},
    {"role": "viewer", "actions": ["view"]},
]


def create_forms(system: System) -> None:
    """Create the app with its form, who may use it, and some records, unless they are there."""
    unless_there(lambda: system.forms.create_app(SYSTEM, APP, "质检"))
    unless_there(lambda: system.forms.create(SYSTEM, APP, FORM, "产品身份证", {"fields": FIELDS}))
    if system.forms.get(APP, FORM).version == 0:
        system.forms.publish(SYSTEM, APP, FORM, base=0)
    system.forms.set_grants(SYSTEM, APP, FORM, GRANTS)
    rows, _ = system.items.page(SYSTEM, ItemFilter(product=R800, state="in_stock"), limit=CARDS)
    if rows:
        cards = [_card(row, number) for number, row in enumerate(rows)]
        system.records.create(SYSTEM, APP, FORM, cards, client_key="demo cards")


def _card(row: dict[str, Any], number: int) -> dict[str, Any]:
    pressure, hours = round(1.55 + number % 7 / 100, 2), 24 + number % 3
    return {
        "序列号": row["code"],
        "检验日期": str(row["born_at"])[:10],
        "产水量": 1.9 if number == 9 else round(2.08 + number % 5 / 10, 2),
        "结论": "让步接收" if number == 9 else "合格",
        "检验项目": [
            {"项目": "耐压（MPa）", "实测": pressure, "通过": True},
            {"项目": "连续运行（h）", "实测": hours, "通过": True},
            {"项目": "外观", "通过": number != 9},
        ],
        "备注": "产水量偏低，客户同意后发货。" if number == 9 else None,
    }
