"""Receipt as it should be, drawn with the mouse and run by two people: 采购单 → 收货扫码核对 → 质检 → 上架 → 入库完成.

On the way: a wrong code, a missing piece, and one thing sent back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import NAMESPACE_OID, uuid5

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PASSWORD, Server, shoot, sign_in, window
from tests.e2e.test_flow_designer import _add, _choose, _give, _settings

PUMPS = ["PB26110001", "PB26110002", "PB26110003"]
OTHER = "PA40W0318"


def field(code: str, kind: str, title: str, **more: object) -> dict[str, object]:
    return {"id": str(uuid5(NAMESPACE_OID, code)), "code": code, "kind": kind, "title": title, **more}


@pytest.fixture(scope="module")
def store(server: Server) -> Server:
    """Put in two people, pumps that a supplier sends, and the form of a receipt."""
    api = server.api
    for username, name, role in (("chen", "陈国栋", "keeper"), ("li", "李文涛", "quality")):
        user = {
            "username": username,
            "name": name,
            "roles": [role],
            "password": PASSWORD,
            "must_change_password": False,
        }
        api.post("/users", json=user).raise_for_status()
    for code, name in (("WP-60", "增压水泵 60 W"), ("WP-40", "增压水泵 40 W")):
        api.post("/products", json={"code": code, "name": name, "tracking": "serial"}).raise_for_status()
    for code, name, kind, parent in (("QC", "待检区", "warehouse", None), ("A-03-2", "A-03-2", "bin", "QC")):
        api.post("/places", json={"code": code, "name": name, "kind": kind, "parent": parent}).raise_for_status()
    api.post(
        "/items:generate", json={"product": "WP-60", "codes": ",".join(PUMPS), "client_key": "a"}
    ).raise_for_status()
    api.post("/items:generate", json={"product": "WP-40", "codes": OTHER, "client_key": "b"}).raise_for_status()
    api.post("/apps", json={"code": "wms", "name": "仓储"}).raise_for_status()
    columns = [field("product", "product", "产品"), field("quantity", "number", "应收数")]
    fields = [
        field("no", "text", "采购单号", required=True), field("lines", "subform", "到货明细", fields=columns),
        field("verdict", "choice", "检验结论", options={"choices": ["合格", "不合格"]}),
        field("bin", "place", "上架库位"),
    ]  # fmt: skip
    api.post("/apps/wms/forms", json={"code": "receipt", "name": "采购收货", "fields": fields}).raise_for_status()
    api.post("/apps/wms/forms/receipt/publish", json={"base": 0}).raise_for_status()
    grants = [{"role": "keeper", "actions": ["view", "create", "change"]}]
    api.put("/apps/wms/forms/receipt/rights", json={"grants": grants}).raise_for_status()
    values = {"no": "PO-0877", "lines": [{"product": "WP-60", "quantity": 3}]}
    api.post("/apps/wms/forms/receipt/records", json={"values": values}).raise_for_status()
    return server


def as_user(browser: Browser, server: Server, username: str, width: int) -> Page:
    page = window(browser, server, width, has_touch=width < 768).new_page()
    page.goto("/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="首页").first.wait_for()
    return page


@pytest.fixture
def boss(browser: Browser, store: Server) -> Iterator[Page]:
    """Open a page at a desk, signed in as the administrator."""
    page = window(browser, store).new_page()
    sign_in(page)
    yield page
    page.context.close()


def test_a_receipt_is_drawn_and_run_by_two_people(browser: Browser, store: Server, boss: Page) -> None:
    draw(boss)
    start(boss)
    chen, li = as_user(browser, store, "chen", 390), as_user(browser, store, "li", 1440)
    receive(chen)
    send_back(li)
    scan_all(chen, "收货扫码核对", PUMPS)
    inspect(li)
    scan_all(chen, "上架", PUMPS)
    (record,) = store.api.get("/apps/wms/forms/receipt/records").json()["records"]
    (instance,) = store.api.get(f"/apps/wms/forms/receipt/records/{record['id']}/flows").json()["instances"]
    boss.goto(f"/flows/{instance['id']}")
    expect(boss.get_by_text("已完成").first).to_be_visible()
    shoot(boss, "flow-done")
    items = [store.api.get(f"/items/{code}").raise_for_status().json() for code in PUMPS]
    assert [(one["state"], one["place"]) for one in items] == [("in_stock", "A-03-2")] * 3
    history = store.api.get(f"/items/{PUMPS[0]}/history").json()["events"]
    assert [one["operation"] for one in history] == ["commission", "receive", "correct", "receive", "putaway"]
    assert store.api.get(f"/items/{OTHER}").json()["state"] == "coded"
    for page in (chen, li):
        page.context.close()


def draw(page: Page) -> None:
    """Draw the flow and publish it."""
    page.goto("/apps/wms")
    page.get_by_role("button", name="新建流程").first.click()
    page.get_by_label("名称", exact=True).fill("采购收货")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^新.?增$")).click()
    page.locator('[data-node="start"]').wait_for()
    _add(page, "发起", "扫码核对")
    _name(page, "收货扫码核对")
    _give(page, "仓管")
    _choose(page, "对照", "单据的明细")
    _post(page, "收货", "QC")
    _add(page, "收货扫码核对", "填写")
    _name(page, "质检")
    _give(page, "质检")
    _matrix(page, {"检验结论": "必填", "上架库位": "必填"})
    _add(page, "质检", "扫码核对")
    _name(page, "上架")
    _give(page, "仓管")
    _choose(page, "对照", "前面一步扫到的")
    _choose(page, "选步骤", "收货扫码核对")
    _post(page, "上架", "A-03-2")
    _add(page, "上架", "抄送")
    _name(page, "入库完成")
    _give(page, "质检")
    shoot(page, "receipt-flow")
    expect(page.get_by_role("region", name="发布检查")).to_contain_text("可以发布")
    page.locator(".fw-bar").get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog", name="发布 v1").get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布 v1", exact=True)).to_be_visible()


def _name(page: Page, name: str) -> None:
    _settings(page).get_by_label("名称", exact=True).fill(name)


def _post(page: Page, operation: str, place: str) -> None:
    """Let a scan step post an operation to a fixed place."""
    part = _settings(page).get_by_role("region", name="完成时过账")
    part.get_by_role("combobox", name="完成时过账").click()
    page.locator(".ant-select-dropdown:visible").get_by_title(operation, exact=True).click()
    where = part.get_by_role("group", name="到哪里")
    where.get_by_role("combobox", name="到哪里从哪里来").click()
    page.locator(".ant-select-dropdown:visible").get_by_title("固定", exact=True).click()
    where.get_by_role("combobox", name="到哪里", exact=True).fill(place)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=place).first.click()


def _matrix(page: Page, states: dict[str, str]) -> None:
    """Say what a step may do with fields."""
    panel = _settings(page)
    panel.get_by_role("tab", name="表单权限").click()
    for title, state in states.items():
        panel.get_by_label(f"{title} {state}", exact=True).check(force=True)
    panel.get_by_role("tab", name="设置").click()


def start(page: Page) -> None:
    """Start the flow on the record, from its page."""
    page.goto("/apps/wms/forms/receipt")
    page.get_by_text("PO-0877").first.click()
    page.get_by_role("tab", name=re.compile("流程")).click()
    page.get_by_role("button", name=re.compile("发起.采购收货")).click()
    expect(page.get_by_text("收货扫码核对").first).to_be_visible()


def open_task(page: Page, step: str) -> None:
    """Open the task of a step from one's work list."""
    page.goto("/tasks")
    page.get_by_text(step).first.click()
    page.wait_for_url(re.compile("/tasks/[0-9]+"))


def scan(page: Page, code: str) -> None:
    """Scan as a wedge does: very fast, and with Enter."""
    page.locator("body").press("Shift")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def receive(page: Page) -> None:
    """Scan what has come: first a piece that does not belong, and one too few."""
    open_task(page, "收货扫码核对")
    expect(page.get_by_text("等待扫码")).to_be_visible()
    scan(page, OTHER)
    expect(page.get_by_text("不对，没计入")).to_be_visible()
    shoot(page, "receipt-wrong")
    page.get_by_role("button", name=re.compile("知道了")).click()
    for code in PUMPS[:2]:
        scan(page, code)
        expect(page.get_by_text("对，已计入")).to_be_visible()
        expect(page.get_by_text(code).first).to_be_visible()
    shoot(page, "receipt-right")
    expect(page.get_by_role("button", name=re.compile("^完成"))).to_have_count(0)
    page.get_by_role("button", name="看还差的 1 件").click()
    expect(page.get_by_role("list", name="还缺什么")).to_contain_text("还差 1")
    shoot(page, "receipt-missing")
    page.get_by_role("button", name=re.compile("^完成")).click()
    refused = page.get_by_role("dialog").filter(has=page.get_by_role("button", name="接着扫"))
    expect(refused).to_contain_text("WP-60")
    shoot(page, "receipt-refused")
    refused.get_by_role("button", name="接着扫").click()
    lacking = page.get_by_role("dialog").filter(has=page.get_by_role("list", name="还缺什么"))
    lacking.get_by_role("button", name=re.compile("^关.?闭$")).last.click()
    scan(page, PUMPS[2])
    complete(page)


def complete(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^完成")).click()
    expect(page.get_by_text("已完成").first).to_be_visible()


def scan_all(page: Page, step: str, codes: list[str]) -> None:
    """Scan every piece and complete the step."""
    open_task(page, step)
    expect(page.get_by_text("等待扫码")).to_be_visible()
    for code in codes:
        scan(page, code)
        expect(page.get_by_text(code).first).to_be_visible()
    complete(page)


def send_back(page: Page) -> None:
    """Send the receipt back: it is to be scanned once more."""
    open_task(page, "质检")
    page.get_by_role("button", name=re.compile("退.?回")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("收货扫码核对").first.click()
    dialog.get_by_role("textbox").last.fill("外箱破损，请再核对一遍")
    shoot(page, "receipt-back")
    dialog.get_by_role("button", name=re.compile("退.?回")).last.click()
    expect(page.get_by_text("已退回").first).to_be_visible()


def inspect(page: Page) -> None:
    """Fill in the verdict and where the goods are to be put, and hand in."""
    open_task(page, "质检")
    page.get_by_role("radio", name="合格", exact=True).check(force=True)
    page.get_by_role("combobox", name=re.compile("上架库位")).fill("A-03-2")
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").first.click()
    shoot(page, "receipt-inspect")
    page.get_by_role("button", name=re.compile("提.?交")).click()
    expect(page.get_by_text("已提交").first).to_be_visible()
