"""A form with formulas and rules is drawn with the mouse; what is entered shows at once what follows from it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window

DESIGN = "/apps/qc/forms/check/design"
SUBMIT = re.compile("提交$")


@pytest.fixture(scope="module")
def drawn(server: Server) -> str:
    """Make a code rule, and an app with an empty form."""
    segments = [{"kind": "constant", "value": "QC-"}, {"kind": "counter", "width": 4}]
    server.api.post("/code-rules", json={"code": "QC", "name": "检验单号", "segments": segments}).raise_for_status()
    server.api.post("/apps", json={"code": "qc", "name": "质检"}).raise_for_status()
    body = {"code": "check", "name": "检验单", "fields": []}
    server.api.post("/apps/qc/forms", json=body).raise_for_status()
    return DESIGN


def test_rules_and_formulas_are_drawn_with_the_mouse_and_answer_at_once(
    browser: Browser, server: Server, drawn: str
) -> None:
    context = window(browser, server)
    page = context.new_page()
    sign_in(page)
    page.goto(drawn)
    _draw(page)
    _rule(page)
    page.locator(".fd-bar").get_by_role("button", name="发布", exact=True).click()
    dialog = page.get_by_role("dialog", name="发布 v1")
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布 v1", exact=True)).to_be_visible()
    context.close()

    phone = window(browser, server, 390)
    page = phone.new_page()
    sign_in(page)
    page.goto("/apps/qc/forms/check")
    _enter(page)
    phone.close()
    records = server.api.get("/apps/qc/forms/check/records").json()["records"]
    [record] = records
    values = record["values"]
    assert (values["数量"], values["单价"], values["金额"]) == (3, 19.99, 59.97)
    assert (values["结果"], values["原因"], values["不合格数"]) == ("不合格", "外壳划痕", 1)
    assert values["明细"] == [{"项目": "耐压", "实测": 0.8, "判定": "不合格"}]
    assert re.fullmatch(r"QC-\d{4}", values["单号"])


def _add(page: Page, kind: str, title: str) -> None:
    page.locator(".fd-left").get_by_role("button", name=re.compile(f"^{kind}(，|$)")).click()
    page.get_by_label("标题", exact=True).fill(title)


def _write(page: Page, formula: str) -> None:
    """Write a formula as somebody does who types and takes what is proposed."""
    area = page.locator(".fd-right").get_by_role("combobox", name="公式", exact=True)
    area.click()
    area.press_sequentially(formula, delay=5)
    area.press("Escape")


def _choose(page: Page, label: str, words: str, *, within: Locator | None = None) -> None:
    box = within or page.locator(".fd-right")
    control = box.get_by_role("combobox", name=label, exact=True).last
    # What is typed into is as wide as what was typed: nothing.
    control.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ant-select ')]").last.click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option-content").get_by_text(words, exact=True).click()


def _draw(page: Page) -> None:
    right = page.locator(".fd-right")
    _add(page, "流水号", "单号")
    right.get_by_label("编码规则", exact=True).fill("QC")
    _add(page, "数字", "数量")
    _add(page, "数字", "单价")
    _add(page, "公式", "金额")
    area = right.get_by_role("combobox", name="公式", exact=True)
    area.click()
    area.press_sequentially("数")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("数量")
    area.press("Enter")
    area.press_sequentially("×单价")
    area.press("Tab")
    expect(area).to_have_value("数量×单价")
    right.get_by_label("数量", exact=True).fill("3")
    right.get_by_label("单价", exact=True).fill("1.5")
    expect(right.get_by_text("= 4.5")).to_be_visible()
    shoot(page, "formula-editor")
    _add(page, "单选", "结果")
    options = right.get_by_role("group", name="选项")
    options.get_by_label("选项 1").fill("合格")
    options.get_by_label("选项 2").fill("不合格")
    _add(page, "单行文本", "原因")
    _add(page, "子表单", "明细")
    _add(page, "单行文本", "项目")
    _add(page, "数字", "实测")
    _add(page, "公式", "判定")
    _write(page, 'IF(实测>=1,"合格","不合格")')
    _choose(page, "结果是", "文字")
    page.keyboard.press("Escape")
    page.locator(".fd-middle").get_by_role("button", name="明细（子表单）", exact=True).click()
    page.locator(".fd-middle").get_by_role("button", name="原因（单行文本）", exact=True).click()
    _add(page, "汇总", "不合格数")
    _choose(page, "哪个子表单", "明细")
    _choose(page, "怎样汇总", "行数")
    when = right.get_by_role("combobox", name="只算哪些行", exact=True)
    when.click()
    when.press_sequentially('判定="不合格"')
    when.press("Escape")


def _rule(page: Page) -> None:
    page.locator(".fd-steps button").filter(has_text="规则").click()
    page.get_by_role("button", name="加规则").click()
    page.get_by_role("menuitem").filter(has_text="显示").click()
    editor = page.get_by_role("region", name="显示 1", exact=True)
    _choose(page, "字段", "结果", within=editor)
    _choose(page, "值", "不合格", within=editor)
    _choose(page, "哪些字段", "原因", within=editor)
    page.keyboard.press("Escape")
    expect(editor.locator(".fr-words")).to_have_text(re.compile(r"当\s*结果 = 不合格\s*时，显示\s*原因"))
    page.get_by_role("button", name="复制规则 显示 1").click()
    expect(page.locator(".fr-told")).to_have_count(2)
    page.locator(".fr-told").last.click()
    expect(page.locator(".fr-told").last).to_have_attribute("aria-current", "true")
    editor.get_by_text("必填", exact=True).click()
    expect(editor.locator(".fr-words")).to_contain_text("时，必填")
    page.get_by_role("button", name="加规则").click()
    page.get_by_role("menuitem").filter(has_text="校验").click()
    editor = page.get_by_role("region", name="校验 1", exact=True)
    _choose(page, "字段", "数量", within=editor)
    _choose(page, "怎样比较", "不大于", within=editor)
    editor.get_by_label("值", exact=True).get_by_role("spinbutton").fill("100")
    _choose(page, "哪些字段", "数量", within=editor)
    page.keyboard.press("Escape")
    editor.get_by_label("提示").fill("一次最多 100 件")
    shoot(page, "form-rules")


def _enter(page: Page) -> None:
    page.get_by_role("button", name="新增").first.click()
    expect(page.get_by_label("原因", exact=True)).to_have_count(0)
    page.get_by_role("spinbutton", name="数量").fill("300")
    page.get_by_role("spinbutton", name="单价").fill("19.99")
    expect(page.locator("[data-field=金额] output")).to_have_text("5,997")
    expect(page.locator("[data-field=数量]")).to_contain_text("一次最多 100 件")
    page.get_by_role("radio", name="不合格").click()
    expect(page.locator("[data-field=原因]")).to_be_visible()
    page.get_by_role("button", name="添加一行").click()
    rows = page.get_by_role("group", name="明细")
    rows.get_by_role("textbox").first.fill("耐压")
    rows.get_by_role("spinbutton").first.fill("0.8")
    expect(rows.locator("[data-field=判定] output")).to_have_text("不合格")
    expect(page.locator("[data-field=不合格数] output")).to_have_text("1")
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text("有 2 处要改，还没有保存")).to_be_visible()
    shoot(page, "form-rules-refused")
    # The keyboard leads from the summary to the field.
    page.keyboard.press("Enter")
    expect(page.get_by_role("spinbutton", name="数量")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    expect(page.locator("[data-field=金额] output")).to_have_text("59.97")
    page.locator("[data-field=原因] input").fill("外壳划痕")
    shoot(page, "form-rules-entry")
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text(re.compile("已保存|保存成功|记录 \\d+"))).to_be_visible()
