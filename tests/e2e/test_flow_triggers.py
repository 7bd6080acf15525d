"""What starts flows, in the browser: a button, a save that is refused, a new record, a scan at a station."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window
from tests.e2e.test_receipt_flow import field, scan

FORM = "/apps/svc/forms/job"
ITEMS = ["RO261112L010025", "RO261112L010026"]
FIELDS = [
    field("sn", "item", "机器", required=True),
    field("cost", "number", "费用"),
    field("fault", "text", "故障"),
]
TRIGGERS: dict[str, list[dict[str, Any]]] = {
    "quote": [
        {"kind": "button", "id": "go", "title": "送审", "confirm": "送给主管审批？", "when": "cost > 0"},
        {"kind": "before_save", "id": "no", "when": "cost > 500", "message": "费用 {cost} 超过 500", "field": "cost"},
    ],
    "seen": [{"kind": "record_created", "id": "new", "when": "cost > 0"}],
    "repair": [{"kind": "scan", "id": "scan", "field": "sn", "stations": ["维修台"], "record": "new"},
               {"kind": "scan", "id": "other", "field": "sn", "stations": ["WS-02"], "record": "new"}],
}  # fmt: skip
NAMES = {"quote": "报价审批", "seen": "新单提醒", "repair": "维修受理"}


@pytest.fixture(scope="module")
def service(server: Server) -> Server:
    """Publish a form and three flows, each of which is started by something else."""
    api = server.api
    api.post("/products", json={"code": "CY-R800", "name": "净水机", "tracking": "serial"}).raise_for_status()
    made = {"product": "CY-R800", "codes": ",".join(ITEMS), "client_key": "a"}
    api.post("/items:generate", json=made).raise_for_status()
    api.post("/apps", json={"code": "svc", "name": "售后"}).raise_for_status()
    api.post("/apps/svc/forms", json={"code": "job", "name": "维修单", "fields": FIELDS}).raise_for_status()
    api.post(f"{FORM}/publish", json={"base": 0}).raise_for_status()
    who = {"ways": [{"kind": "starter"}]}
    for code, triggers in TRIGGERS.items():
        name = NAMES[code]
        api.post("/apps/svc/flows", json={"code": code, "name": name, "form": "job"}).raise_for_status()
        step = {"id": "a", "kind": "fill", "title": "登记故障", "options": {"who": who}, "children": []}
        options = {"title": f"{name} {{sn}}", "triggers": triggers}
        tree = {"id": "start", "kind": "start", "title": "发起", "options": options, "children": [step]}
        draft = api.get(f"/apps/svc/flows/{code}/draft").raise_for_status().json()
        changed = {"form": "job", "tree": tree, "base": draft["base"], "revision": draft["revision"]}
        api.put(f"/apps/svc/flows/{code}/draft", json=changed).raise_for_status()
        answer = api.post(f"/apps/svc/flows/{code}/publish", json={"base": draft["base"]})
        assert answer.status_code == 200, answer.text
    return server


def test_flows_are_started_by_records_buttons_and_scans(browser: Browser, service: Server) -> None:
    page, phone = (window(browser, service, width).new_page() for width in (1440, 390))
    errors: list[str] = []
    for one in (page, phone):
        one.on("pageerror", lambda error: errors.append(str(error)))
        sign_in(one)
    save(page)
    press(page)
    at_station(phone)
    for one in (page, phone):
        one.context.close()
    assert errors == []


def save(page: Page) -> None:
    """Save a record: refused at its field first, then a flow runs on it at once."""
    page.goto(FORM)
    page.get_by_role("button", name="新增", exact=True).first.click()
    page.get_by_role("combobox", name=re.compile("机器")).fill(ITEMS[0])
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").first.click()
    cost = page.get_by_label("费用", exact=True)
    cost.fill("800")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("[data-field=cost]")).to_contain_text("费用 800 超过 500")
    shoot(page, "flow-refused-save")
    cost.fill("80")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("[data-field=cost]")).to_have_count(0)
    page.goto("/tasks")
    expect(page.locator(".task-line", has_text=f"新单提醒 {ITEMS[0]}")).to_be_visible()


def press(page: Page) -> None:
    """Press the button of a record: it asks, starts, and is gone while the flow runs."""
    page.goto(FORM)
    page.get_by_text(ITEMS[0]).first.click()
    button = page.get_by_role("dialog").get_by_role("button", name="送审")
    button.click()
    asked = page.get_by_role("dialog", name="送审")
    expect(asked).to_contain_text("送给主管审批？")
    asked.get_by_role("button", name="送审").click()
    expect(page.get_by_text("已发起")).to_be_visible()
    expect(button).to_have_count(0)
    shoot(page, "flow-button")


def at_station(phone: Page) -> None:
    """Scan at a station: a flow is started, what runs already is led to, what does not belong stops it."""
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("link", name="工位扫码").click()
    phone.get_by_role("button", name="维修台").click()
    answer = phone.locator("[data-answer]")
    scan(phone, ITEMS[1])
    expect(answer).to_contain_text("已发起")
    expect(answer).to_contain_text(f"维修受理 {ITEMS[1]}")
    shoot(phone, "station-right")
    scan(phone, "NOBODY-KNOWS")
    expect(answer).to_contain_text("不认识的码")
    shoot(phone, "station-wrong")
    scan(phone, ITEMS[0])
    expect(answer).to_contain_text("不认识的码")
    phone.get_by_role("button", name="知道了，继续扫").click()
    phone.context.set_offline(True)
    scan(phone, ITEMS[0])
    expect(phone.get_by_text("先记下了")).to_be_visible()
    shoot(phone, "station-offline")
    phone.context.set_offline(False)
    expect(answer).to_contain_text("已发起")
    phone.reload()
    rows = phone.locator(".station-row")
    expect(rows).to_have_count(3)
    rows.last.get_by_role("link", name=re.compile("去办")).click()
    expect(phone.get_by_role("heading", name=f"维修受理 {ITEMS[1]}")).to_be_visible()
