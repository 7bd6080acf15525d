"""Fixtures of the exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from mazhi.kernel.db import Database
from tests.engines.forms.exchange.desk import Desk, field


@pytest.fixture
def desk(db: Database, tmp_path: Path) -> Desk:
    """Give a company with a form of a few fields and a sub-table."""
    desk = Desk(db, tmp_path)
    desk.draw(
        field("serial", required=True, unique=True, title="序列号"),
        field("重量", "number", options={"decimals": 2}),
        field("made", "date", title="下线日"),
        field("grade", "choice", options={"choices": ["合格", "不合格"]}, title="结论"),
        field("product", "product", title="产品"),
        field("good", "switch", title="放行"),
        field("who", "members", title="检验员"),
        field(
            "checks", "subform", title="检验",
            fields=[field("what", title="项目"), field("value", "number", title="数值")],
        ),
    )  # fmt: skip
    return desk
