"""Flows are drawn: with the mouse alone, by keyboard alone, and by two people at once; they are there afterwards."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import PASSWORD, Server, shoot, sign_in, window


@pytest.fixture(scope="module")
def app(server: Server) -> str:
    """Make an app with a published form, and a role."""
    server.api.post(
        "/roles", json={"code": "buyer", "name": "采购主管", "everything": False, "rights": []}
    ).raise_for_status()
    server.api.post(
        "/roles", json={"code": "drawer", "name": "流程设计", "everything": True, "rights": []}
    ).raise_for_status()
    wang = {
        "username": "wang",
        "name": "王芳",
        "roles": ["drawer"],
        "password": PASSWORD,
        "must_change_password": False,
    }
    server.api.post("/users", json=wang).raise_for_status()
    server.api.post("/apps", json={"code": "buying", "name": "采购"}).raise_for_status()
    columns = [{"id": str(uuid4()), "code": "product", "kind": "product", "title": "产品"},
               {"id": str(uuid4()), "code": "quantity", "kind": "number", "title": "应收数"}]  # fmt: skip
    fields = [
        {"id": str(uuid4()), "code": "no", "kind": "text", "title": "单号"},
        {"id": str(uuid4()), "code": "wrong", "kind": "number", "title": "错料件数"},
        {"id": str(uuid4()), "code": "lines", "kind": "subform", "title": "到货明细", "fields": columns},
    ]
    body = {"code": "receipt", "name": "到货单", "fields": fields}
    server.api.post("/apps/buying/forms", json=body).raise_for_status()
    server.api.post("/apps/buying/forms/receipt/publish", json={"base": 0}).raise_for_status()
    return "/apps/buying"


def test_a_flow_is_drawn_with_the_mouse_completed_by_its_check_and_published(
    browser: Browser, server: Server, app: str
) -> None:
    context = window(browser, server)
    page = context.new_page()
    sign_in(page)
    page.goto(app)
    page.get_by_role("button", name="新建流程").click()
    page.get_by_label("名称", exact=True).fill("采购收货")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^新.?增$")).click()
    page.locator('[data-node="start"]').wait_for()

    _add(page, "发起", "填写")
    _add(page, "填写", "扫码核对")
    _choose(page, "对照", "单据的明细")
    expect(page.get_by_role("combobox", name="产品", exact=True)).to_be_visible()
    page.get_by_role("radiogroup", name="错料").get_by_text("提醒").click()
    _add(page, "扫码核对", "条件分支")
    _condition(page, "错料件数", "大于", "0")
    _add(page, "条件 1", "审批")
    shoot(page, "flow-designer")

    checks = page.get_by_role("region", name="发布检查")
    expect(checks).to_contain_text("3 处未完成")
    for kind in ("填写", "扫码核对", "审批"):
        checks.get_by_role("button", name=f"去补“{kind}”").click()
        _give(page, "采购主管")
    expect(checks).to_contain_text("可以发布")
    page.locator(".fw-bar").get_by_role("button", name="发布", exact=True).click()
    dialog = page.get_by_role("dialog", name="发布 v1")
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布 v1", exact=True)).to_be_visible()

    tree = server.api.get("/apps/buying/flows/flow1").raise_for_status().json()["tree"]
    fill, scan, branch = tree["children"]
    case, otherwise = branch["children"]
    [approve] = case["children"]
    assert [one["kind"] for one in (fill, scan, branch, approve)] == ["fill", "scan", "branch", "approve"]
    assert case["options"]["when"] == "wrong>0"
    assert (otherwise["title"], otherwise["options"]["when"]) == ("其余情况", "")
    assert approve["options"]["who"]["ways"] == [{"kind": "role", "values": ["buyer"]}]
    assert scan["options"]["against"] == {
        "kind": "lines", "table": "lines", "product": "product", "quantity": "quantity",
    }  # fmt: skip
    assert scan["options"]["policies"] == {"wrong_product": "warn"}

    drawn = _cards(page)
    page.reload()
    page.locator('[data-node="start"]').wait_for()
    assert _cards(page) == drawn
    expect(page.locator(".fw-column").first).to_contain_text("错料件数 > 0")
    context.close()


def test_a_flow_is_drawn_by_keyboard_dragged_about_and_two_who_draw_it_lose_nothing(
    browser: Browser, server: Server, app: str
) -> None:
    flow = server.api.post(f"{app}/flows", json={"code": "keys", "name": "退货", "form": "receipt"})
    flow.raise_for_status()
    context = window(browser, server)
    page = context.new_page()
    sign_in(page)
    _open(page, app)
    for kind in ("填写", "审批", "抄送"):
        _key(page, "Insert")
        page.get_by_label("搜步骤").fill(kind)
        page.keyboard.press("Enter")
        expect(_focused(page)).to_have_attribute("aria-label", re.compile(f"^{kind}："))
    _drawn(page, "发起", "填写", "审批", "抄送")
    _key(page, "ArrowUp", "Alt+ArrowUp")
    _drawn(page, "发起", "审批", "填写", "抄送")
    _key(page, "F2")
    page.keyboard.type("主管看")
    page.keyboard.press("Enter")
    expect(_focused(page)).to_have_attribute("aria-label", re.compile("主管看"))
    _key(page, "Enter")
    expect(page.locator(".fw-settings-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".fw-settings")).to_be_hidden()
    expect(_focused(page)).to_have_attribute("aria-label", re.compile("主管看"))
    _key(page, "Control+c", "Control+v")
    _key(page, "ArrowDown", "ArrowDown", "Delete")
    _drawn(page, "发起", "主管看", "主管看", "填写")
    expect(_focused(page)).to_have_attribute("aria-label", re.compile("^填写"))
    _key(page, "Control+z")
    _drawn(page, "发起", "主管看", "主管看", "填写", "抄送")
    _key(page, "Control+y")
    _key(page, "m")
    expect(page.locator(".fw-here:focus")).to_be_visible()
    _key(page, "ArrowUp", "Enter")
    _drawn(page, "发起", "主管看", "填写", "主管看")

    _drag(page, page.locator(".fw-card").nth(3), "在“发起”后面加一步", "放到“发起”后面")
    _drawn(page, "发起", "主管看", "主管看", "填写")
    page.get_by_role("button", name="在“填写”后面加一步").click()
    offered = page.get_by_role("dialog", name="加一步").get_by_role("button", name=re.compile("^扫码核对"))
    _drag(page, offered, "在“发起”后面加一步", "放到“发起”后面")
    _drawn(page, "发起", "扫码核对", "主管看", "主管看", "填写")
    expect(page.get_by_role("status")).to_contain_text("已保存")

    other = window(browser, server).new_page()
    sign_in(other, "wang")
    _open(other, app)
    page.bring_to_front()
    page.locator(".fw-settings-name").fill("收货核对")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status")).to_contain_text("已保存")
    other.bring_to_front()
    other.locator(".fw-card").nth(1).click()
    _key(other, "Delete")
    told = other.get_by_role("dialog", name="别人先了一步")
    expect(told).to_contain_text("admin")
    differences = told.get_by_role("region", name="两边哪里不一样")
    expect(differences.get_by_role("listitem").filter(has_text="收货核对")).to_contain_text("只有对方有")
    shoot(other, "flow-conflict")
    told.get_by_role("button", name="看对方画的").click()
    expect(told).to_be_hidden()
    _drawn(other, "发起", "收货核对", "主管看", "主管看", "填写")
    _key(other, "Control+z")
    _drawn(other, "发起", "主管看", "主管看", "填写")
    expect(other.get_by_role("status")).to_contain_text("已保存")

    page.bring_to_front()
    page.locator(".fw-card").nth(4).click()
    _key(page, "Delete")
    told = page.get_by_role("dialog", name="别人先了一步")
    expect(told).to_contain_text("wang")
    told.get_by_role("button", name="用我的覆盖").click()
    expect(told).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    kept = server.api.get(f"{app}/flows/keys/draft").json()["tree"]
    assert [one["title"] for one in kept["children"]] == ["收货核对", "主管看", "主管看"]
    other.context.close()
    context.close()


def test_what_steps_write_and_send_is_set_by_the_controls_of_fields_and_tried_out(
    browser: Browser, server: Server, app: str
) -> None:
    api = server.api
    columns = [{"id": str(uuid4()), "code": "product", "kind": "product", "title": "产品"},
               {"id": str(uuid4()), "code": "checked", "kind": "number", "title": "抽检数"}]  # fmt: skip
    fields = [
        {"id": str(uuid4()), "code": "day", "kind": "date", "title": "检验日期"},
        {"id": str(uuid4()), "code": "verdict", "kind": "choice", "title": "结论",
         "options": {"choices": ["合格", "不合格"]}},
        {"id": str(uuid4()), "code": "rows", "kind": "subform", "title": "检验明细", "fields": columns},
    ]  # fmt: skip
    api.post(f"{app}/forms", json={"code": "card", "name": "检验单", "fields": fields}).raise_for_status()
    api.post(f"{app}/forms/card/publish", json={"base": 0}).raise_for_status()
    api.post("/products", json={"code": "P1", "name": "水泵", "tracking": "serial"}).raise_for_status()
    values = {"no": "PO-1", "wrong": 3, "lines": [{"product": "P1", "quantity": 30}, {"product": "P1", "quantity": 2}]}
    api.post(f"{app}/forms/receipt/records", json={"values": values}).raise_for_status()
    who = {"ways": [{"kind": "member", "values": ["wang"]}]}
    asked = _node("case", "c", _node("approve", "ok", who=who), when="wrong > 5")
    done = _node("case", "d", _node("create_record", "make", form="buying/card"), _node("webhook", "erp"))
    tree = _node("start", "start", _node("branch", "b", asked, done))
    api.post(f"{app}/flows", json={"code": "keys2", "name": "检验", "form": "receipt"}).raise_for_status()
    body = {"base": 0, "revision": None, "form": "receipt", "tree": tree}
    api.put(f"{app}/flows/keys2/draft", json=body).raise_for_status()

    page = window(browser, server).new_page()
    sign_in(page)
    _open(page, app, "keys2")
    page.locator('[data-node="make"]').click()
    for number, (field, words) in enumerate((("检验日期", "2026-12-01"), ("结论", "合格")), 1):
        _settings(page).get_by_role("button", name="加一个字段").click()
        _choose(page, f"第 {number} 个字段", field)
        _choose(page, f"第 {number} 个字段的值从哪里来", "固定")
        if field == "结论":
            _choose(page, f"第 {number} 个字段的值", words)
        else:
            box = _settings(page).get_by_label(f"第 {number} 个字段的值", exact=True).last
            box.fill(words)
            box.press("Enter")
    _settings(page).get_by_role("button", name="按行填子表单").click()
    page.get_by_role("menuitem", name="检验明细").click()
    rows = page.get_by_role("region", name="“检验明细”的行")
    _choose(page, "“检验明细”的行从哪里来", "“到货明细”每一行对应一行")
    expect(rows.get_by_role("combobox", name="第 1 个字段", exact=True)).to_be_visible()
    rows.get_by_label("只要满足条件的行", exact=True).fill("quantity > 5")
    shoot(page, "flow-rows")

    page.locator('[data-node="erp"]').click()
    tree_ = _settings(page).get_by_role("group", name="内容", exact=True)
    tree_.get_by_role("button", name="在“内容”里加一项").click()
    tree_.get_by_label("第 1 个名称").fill("order")
    tree_.get_by_label("第 1 个名称").press("Enter")
    _choose(page, "“order”是什么", "一组")
    tree_.get_by_role("button", name="在“order”里加一项").click()
    _choose(page, "“name1”是什么", "字段")
    _choose(page, "name1", "到货明细 · 应收数")
    tree_.get_by_text("看发出去的样子").click()
    expect(tree_.locator("pre")).to_contain_text('"name1": ‹到货明细.应收数›')
    shoot(page, "flow-body")
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    made, sent = api.get(f"{app}/flows/keys2/draft").json()["tree"]["children"][0]["children"][1]["children"]
    assert made["options"]["assignments"] == [
        {"field": "day", "value": "2026-12-01"}, {"field": "verdict", "value": "合格"},
        {"table": "rows", "from": "lines", "columns": [{"field": "product", "from": "product"}],
         "when": "quantity > 5"},
    ]  # fmt: skip
    assert sent["options"]["body"] == {"order": {"name1": {"$field": "lines.quantity"}}}

    page.get_by_role("button", name="试运行").click()
    page.get_by_role("dialog", name="试运行").get_by_role("button", name="开始").click()
    tried = page.get_by_role("region", name="试运行")
    expect(tried).to_contain_text("错料件数 = 3")
    expect(tried).to_contain_text("会新增一条“检验单”")
    expect(tried).to_contain_text("检验明细1 行")
    expect(page.locator('.fw-card.fw-was [data-node="make"]')).to_be_visible()
    expect(page.locator('.fw-card.fw-was-not [data-node="ok"]')).to_be_visible()
    shoot(page, "flow-try")
    page.context.close()


def _node(kind: str, key: str, *children: object, **options: object) -> dict[str, object]:
    return {"id": key, "kind": kind, "title": "", "options": options, "children": list(children)}


def _open(page: Page, app: str, flow: str = "keys") -> None:
    page.goto(f"{app}/flows/{flow}/design")
    page.locator('[data-node="start"]').wait_for()


def _key(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _focused(page: Page) -> Locator:
    return page.locator(".fw-card-main:focus")


def _drawn(page: Page, *titles: str) -> None:
    """Look whether these steps are drawn, in this order."""
    expect(page.locator(".fw-card b")).to_have_text(list(titles))


def _drag(page: Page, what: Locator, over: str, onto: str) -> None:
    """Take hold of something with the mouse and let it go on a round +."""
    there = page.get_by_role("button", name=over).bounding_box()
    assert there is not None
    what.hover()
    page.mouse.down()
    page.mouse.move(there["x"] + 40, there["y"] + 60, steps=4)
    page.get_by_role("button", name=onto, exact=True).wait_for()
    page.mouse.move(there["x"] + 10, there["y"] + 12, steps=3)
    page.mouse.up()
    page.get_by_role("button", name=onto, exact=True).wait_for(state="detached")


def _cards(page: Page) -> list[str]:
    return [one.inner_text() for one in page.locator(".fw-card .fw-strip, .fw-card b, .fw-column b").all()]


def _add(page: Page, behind: str, kind: str) -> None:
    """Press the round + behind a step and choose a kind."""
    page.get_by_role("button", name=f"在“{behind}”后面加一步").click()
    offered = page.get_by_role("dialog", name="加一步")
    offered.get_by_role("button", name=re.compile(f"^{kind}")).click()
    expect(offered).to_be_hidden()


def _settings(page: Page) -> Locator:
    return page.locator(".fw-settings")


def _choose(page: Page, label: str, words: str) -> None:
    _settings(page).get_by_role("combobox", name=label, exact=True).click()
    page.locator(".ant-select-dropdown:visible").get_by_title(words, exact=True).click()


def _condition(page: Page, field: str, how: str, value: str) -> None:
    """Say when the way that is open is taken."""
    _choose(page, "字段", field)
    _choose(page, "怎样比较", how)
    box = _settings(page).locator(".fr-condition input[id^=rule-value], .fr-condition .fr-value input").first
    box.fill(value)
    box.blur()


def _give(page: Page, role: str) -> None:
    """Let a role do the step whose settings are open."""
    panel = _settings(page)
    panel.get_by_role("button", name=re.compile("再加一种$")).first.click()
    page.get_by_role("menuitem", name="角色", exact=True).click()
    page.locator(".ant-select-dropdown:visible").get_by_title(role, exact=True).click()
    page.keyboard.press("Escape")
