"""The first day: sign in, draw up a rule, make codes, scan one in, ship it, read its life."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server, shoot, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(autouse=True)
def masters(server: Server) -> None:
    """Set up what the story needs beside the rule: a product, a warehouse, a dealer."""
    for path, body in (
        ("/products", {"code": "WM-20", "name": "智能水表 DN20", "tracking": "serial", "warranty_days": 730}),
        ("/places", {"code": "WH1", "name": "成品仓", "kind": "warehouse"}),
        ("/partners", {"code": "D-GD-01", "name": "广东粤泉", "kind": "dealer", "region": "440000"}),
    ):
        answer = server.api.post(path, json=body)
        assert answer.status_code in {201, 409}, answer.text


def test_a_code_is_made_scanned_and_its_life_is_read(page: Page, server: Server) -> None:
    size = page.viewport_size
    assert size is not None
    rule = f"R{size['width']}"
    sign_in(page)
    shoot(page, "home")

    page.goto("/codes/new")
    page.get_by_placeholder(re.compile("规则名称")).fill(f"水表 {rule}")
    page.get_by_placeholder(re.compile("规则编码")).fill(rule)
    page.get_by_role("button", name="常量").first.click()
    page.get_by_label("内容").or_(page.get_by_label("文字")).or_(page.get_by_label("固定内容")).first.fill(rule)
    page.get_by_role("button", name="流水号").first.click()
    expect(page.get_by_text(re.compile(f"{rule}0+1")).first).to_be_visible()
    shoot(page, "rule")
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.get_by_text(re.compile("保存成功")).first).to_be_visible()

    page.goto("/making")
    _choose(page, "产品", "WM-20")
    _choose(page, "编码规则", rule)
    page.get_by_role("spinbutton", name="数量").fill("5")
    page.get_by_role("button", name=re.compile("生成 5 个码")).click()
    expect(page.get_by_text("已生成 5 个码").first).to_be_visible()
    shoot(page, "making")
    codes = [item["code"] for item in server.api.get("/items", params={"prefix": rule}).json()["items"]]
    assert len(codes) == 5

    _do(page, "receive", codes[0], place="WH1")
    _do(page, "ship", codes[0], partner="D-GD-01")

    page.goto(f"/items/{codes[0]}")
    for word in ("赋码", "收货", "发货"):
        expect(page.get_by_text(word, exact=True).first).to_be_visible()
    expect(page.get_by_text("在途").first).to_be_visible()
    shoot(page, "life")
    life = server.api.get(f"/items/{codes[0]}/history").json()["events"]
    assert [event["operation"] for event in life] == ["commission", "receive", "ship"]


def _choose(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True).first
    box.click()
    box.fill(text)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=text).first.click()


def _do(page: Page, operation: str, code: str, *, place: str | None = None, partner: str | None = None) -> None:
    """Carry out an operation with a scanner: the place or partner code first, then the piece, then post."""
    page.goto(f"/scan?op={operation}")
    expect(page.get_by_placeholder(re.compile("^光标在这里就能扫|^扫码，或手输后 6 位"))).to_be_focused()
    for scan in (place, partner, code):
        if scan is not None:
            page.keyboard.type(scan, delay=8)
            page.keyboard.press("Enter")
    expect(page.get_by_text("对，已计入").first).to_be_visible()
    shoot(page, f"scan-{operation}")
    page.get_by_role("button", name=re.compile("，过账$")).click()
    expect(page.get_by_text(re.compile("已过账")).first).to_be_visible()
