"""A flow is drawn with the mouse alone, told what is missing, completed and published; it is there again afterwards."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window


@pytest.fixture(scope="module")
def app(server: Server) -> str:
    """Make an app with a published form, and a role."""
    server.api.post(
        "/roles", json={"code": "buyer", "name": "采购主管", "everything": False, "rights": []}
    ).raise_for_status()
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
