"""A record is entered, found, changed and looked back at, in Chinese, at a desk and on a phone."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server, shoot, sign_in

# A button that has just been busy may still carry the name of its sign.
SUBMIT, SAVE = re.compile("提交$"), re.compile("保存$")


def field(number: int, code: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}", "code": code, "kind": kind, "title": title, **more}


FIELDS = [
    field(1, "base", "section", "基本信息", fields=[
        field(2, "serial", "text", "序列号", required=True, unique=True, width=6, scan_to_fill=True),
        field(3, "weight", "number", "重量", width=6, options={"decimals": 2}, hint="公斤，最多两位小数"),
        field(4, "made", "date", "生产日期", width=6),
        field(5, "verdict", "choice", "结论", width=6, options={"choices": ["合格", "让步接收", "不合格"]}),
        field(6, "faults", "choices", "缺陷", options={"choices": ["划痕", "缺件", "受潮"]}),
    ]),
    field(7, "checks", "subform", "检验项", fields=[
        field(8, "what", "text", "项目", required=True),
        field(9, "value", "number", "实测值"),
        field(10, "good", "switch", "合格"),
    ]),
    field(11, "remark", "long_text", "备注"),
]  # fmt: skip


@pytest.fixture(scope="module")
def card(server: Server) -> str:
    """Publish a form and add some records over the API; give its page."""
    return make(server.api)


def make(api: httpx.Client) -> str:
    """Make an app, a form and 30 records."""
    api.post("/apps", json={"code": "qc", "name": "质检"}).raise_for_status()
    body = {"code": "card", "name": "产品身份证", "fields": FIELDS}
    api.post("/apps/qc/forms", json=body).raise_for_status()
    api.post("/apps/qc/forms/card/publish", json={"base": 0}).raise_for_status()
    records = [
        {
            "serial": f"RO260908L01{number:04d}", "weight": 12 + number / 4, "made": f"2026-09-{number + 1:02d}",
            "verdict": "不合格" if number % 7 == 0 else "合格", "faults": ["划痕"] if number % 7 == 0 else [],
            "checks": [{"what": "耐压", "value": 0.9, "good": True}, {"what": "流量", "value": 1.6, "good": True}],
        }
        for number in range(29)
    ]  # fmt: skip
    api.post("/apps/qc/forms/card/records:batch", json={"records": records}).raise_for_status()
    return "/apps/qc/forms/card"


def test_a_record_is_entered_found_changed_and_looked_back_at(page: Page, card: str) -> None:
    sign_in(page)
    enter_find_and_change(page, card)


def enter_find_and_change(page: Page, card: str) -> None:
    """Do what a keeper does with one record, from the list of apps on."""
    size = page.viewport_size
    assert size is not None
    phone = size["width"] < 768
    serial = f"RO261122L02{size['width']:04d}"
    page.goto("/apps")
    page.get_by_role("link", name="质检").click()
    expect(page.get_by_text("已发布 v1")).to_be_visible()
    shoot(page, "forms-app")
    page.get_by_role("link", name="看记录").click()
    expect(page.get_by_text("RO260908L010028").first).to_be_visible()
    shoot(page, "records-list")

    page.get_by_role("button", name="新增").first.click()
    page.get_by_role("spinbutton", name="重量").fill("12.345")
    page.get_by_role("radio", name="让步接收").click()
    page.get_by_role("button", name="添加一行").click()
    rows = page.get_by_role("group", name="检验项")
    rows.get_by_role("textbox").first.fill("气密")
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text("有 2 处要改，还没有保存")).to_be_visible()
    shoot(page, "records-faults")
    page.get_by_label("序列号", exact=True).fill(serial)
    page.get_by_role("spinbutton", name="重量").fill("12.34")
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text(re.compile("保存成功 #"))).to_be_visible()

    page.get_by_role("button", name="筛选").click()
    page.get_by_label("字段", exact=True).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").get_by_text("序列号").click()
    page.get_by_label("序列号的值").fill(serial[-6:])
    shoot(page, "records-filter")
    page.get_by_role("button", name="应用筛选").click()
    expect(page.get_by_text("共 1 条")).to_be_visible()

    page.get_by_text(serial).first.click()
    expect(page.get_by_role("tab", name="详情")).to_be_visible()
    shoot(page, "record-details")
    page.get_by_role("button", name="修改").click()
    page.get_by_role("spinbutton", name="重量").fill("13")
    shoot(page, "record-edit")
    page.get_by_role("button", name=SAVE).click()
    page.get_by_role("tab", name="日志").click()
    history = page.get_by_role("list", name="日志")
    expect(history.get_by_text("12.34")).to_be_visible()
    expect(history.get_by_text("13", exact=True)).to_be_visible()
    expect(history.get_by_text("新增了记录")).to_be_visible()
    shoot(page, "record-history")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True
    if phone:
        page.get_by_role("tab", name="详情").click()
        height = page.get_by_role("button", name="修改").evaluate("one => one.getBoundingClientRect().height")
        assert height >= 48


def test_who_saves_second_sees_what_the_first_changed(page: Page, card: str, server: Server) -> None:
    records = f"{card}/records"
    serial = f"CF-{page.viewport_size['width']}" if page.viewport_size else ""
    made = server.api.post(records, json={"values": {"serial": serial, "weight": 1}}).raise_for_status().json()
    sign_in(page)
    page.goto(f"{card}?open={made['id']}")
    page.get_by_role("button", name="修改").click()
    page.get_by_role("spinbutton", name="重量").fill("2")
    server.api.patch(f"{records}/{made['id']}", json={"version": 1, "values": {"weight": 5}}).raise_for_status()
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_text("别人先改了这条记录")).to_be_visible()
    expect(page.get_by_text("admin 改了")).to_be_visible()
    expect(page.get_by_text("两人都改了")).to_be_visible()
    shoot(page, "record-conflict")
    page.get_by_role("button", name="保留我的改动，接着改").click()
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_text("保存成功")).to_be_visible()
    assert server.api.get(f"{records}/{made['id']}").json()["values"]["weight"] == 2
