"""Who does what in a flow, by mouse: many at once, handed on, asked first, chosen, moved by a manager, stood in for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Server, shoot
from tests.e2e.test_receipt_flow import field

FORM = "/apps/qa/forms/case"
PEOPLE = {"li": "李文涛", "zhou": "周蕙"}


def _step(number: str, name: str, who: dict[str, Any], **options: Any) -> dict[str, Any]:
    said = {"who": {"ways": [who]}, **options}
    return {"id": number, "kind": "approve", "title": name, "options": said, "children": []}


LI = {"kind": "member", "values": ["li"]}
FLOWS = {
    "pass": ("放行", [_step("a", "质量审批", LI)]),
    "scrap": ("报废", [_step("a", "签字审批", LI, sign={"needed": True, "meaning": "批准报废"})]),
    "board": (
        "会审",
        [
            _step("a", "初审", {"kind": "chosen", "by": "starter"}),
            _step("b", "终审", {"kind": "chosen", "by": "before"}),
        ],
    ),
}


@pytest.fixture(scope="module")
def case(server: Server) -> int:
    """Publish three flows for a form, add who decides, and enter a record on which two of them run."""
    api = server.api
    for username, name in PEOPLE.items():
        user = {"username": username, "name": name, "password": PASSWORD, "must_change_password": False}
        api.post("/users", json=user).raise_for_status()
    api.post("/apps", json={"code": "qa", "name": "质检"}).raise_for_status()
    body = {"code": "case", "name": "不合格品", "fields": [field("no", "text", "编号", required=True)]}
    api.post("/apps/qa/forms", json=body).raise_for_status()
    api.post(f"{FORM}/publish", json={"base": 0}).raise_for_status()
    for code, (name, steps) in FLOWS.items():
        api.post("/apps/qa/flows", json={"code": code, "name": name, "form": "case"}).raise_for_status()
        options = {"title": f"{name} {{no}}", "again": True}
        tree = {"id": "start", "kind": "start", "title": "发起", "options": options, "children": steps}
        draft = api.get(f"/apps/qa/flows/{code}/draft").raise_for_status().json()
        changed = {"form": "case", "tree": tree, "base": draft["base"], "revision": draft["revision"]}
        api.put(f"/apps/qa/flows/{code}/draft", json=changed).raise_for_status()
        answer = api.post(f"/apps/qa/flows/{code}/publish", json={"base": draft["base"]})
        assert answer.status_code == 200, answer.text
    number = int(api.post(f"{FORM}/records", json={"values": {"no": "NG-07"}}).raise_for_status().json()["id"])
    for code in ("pass", "scrap", "pass"):
        start(server, code, number)
    return number


def start(server: Server, code: str, record: int) -> None:
    server.api.post(f"/apps/qa/flows/{code}/instances", json={"record": record}).raise_for_status()


def test_work_goes_to_whom_people_say(server: Server, opened: Callable[[str, int], Page], case: int) -> None:
    li, boss = opened("li", 390), opened("admin", 1440)
    agree_to_many(li)
    start_and_choose(boss, case)
    hand_on(li)
    zhou = opened("zhou", 1440)
    ask_first(zhou, li)
    move(boss)
    stand_in(server, li, zhou, case)


def agree_to_many(page: Page) -> None:
    """Agree to everything at once, from the home page on; what must be signed is told, and done by itself."""
    todo = page.get_by_role("region", name="我的待办")
    expect(todo.locator(".todo-count")).to_have_text("3")
    expect(todo.locator(".task-line").first).to_contain_text("放行 NG-07")
    shoot(page, "home-todo")
    todo.get_by_role("link", name=re.compile("全部")).click()
    page.get_by_label("选中本页的审批").check()
    page.get_by_role("button", name="批量同意").click()
    page.get_by_role("dialog").get_by_role("button", name="同意", exact=True).click()
    told = page.get_by_role("dialog", name="已同意 2 项 · 1 项没办成")
    worst = told.get_by_role("listitem").first
    expect(worst).to_contain_text("报废 NG-07")
    expect(worst).to_contain_text("电子签名")
    shoot(page, "flow-batch")
    worst.get_by_role("link", name="单独办").click()
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="已同意")).to_contain_text("流程走完了")


def start_and_choose(page: Page, record: int) -> None:
    """Start a flow and say who decides first."""
    page.goto(f"{FORM}?open={record}&tab=flow")
    page.get_by_role("button", name="发起“会审”").click()
    dialog = page.get_by_role("dialog").last
    go = dialog.get_by_role("button", name="发起“会审”")
    expect(go).to_be_disabled()
    choose(page, "“初审”由谁办", "李文涛")
    shoot(page, "flow-choose")
    go.click()
    expect(page.locator(".flow-stop-now").first).to_contain_text("等 李文涛")


def choose(page: Page, label: str, name: str) -> None:
    """Choose somebody in the dialog."""
    page.get_by_role("dialog").last.get_by_role("combobox", name=label).fill(name)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=name).click()


def open_task(page: Page, title: str) -> None:
    page.goto("/tasks")
    page.locator(".task-line", has_text=title).first.get_by_role("link").click()
    page.get_by_role("button", name="同意", exact=True).wait_for()


def act(page: Page, name: str, told: str) -> None:
    """Press the button of the dialog, and read what came of it."""
    page.get_by_role("dialog").last.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()


def hand_on(page: Page) -> None:
    open_task(page, "会审 NG-07")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="转交").click()
    choose(page, "给谁", "周蕙")
    shoot(page, "flow-transfer")
    act(page, "转交", "已转交")


def ask_first(zhou: Page, li: Page) -> None:
    """Ask somebody before one decides; it comes back, and one says who decides next."""
    open_task(zhou, "会审 NG-07")
    zhou.get_by_role("button", name="前加签").click()
    choose(zhou, "给谁", "李文涛")
    act(zhou, "前加签", "已前加签")
    expect(zhou.locator(".task-pill")).to_have_text("还没轮到")
    expect(zhou.locator(".flow-stop-now")).to_contain_text("等 李文涛，然后 您")
    open_task(li, "会审 NG-07")
    li.get_by_role("button", name="已核对").click()
    li.get_by_role("button", name="同意", exact=True).click()
    expect(li.get_by_role("status").filter(has_text="已同意")).to_be_visible()
    open_task(zhou, "会审 NG-07")
    zhou.get_by_role("button", name="同意", exact=True).click()
    choose(zhou, "“终审”由谁办", "管理员")
    act(zhou, "同意", "已同意")
    expect(zhou.get_by_role("status").filter(has_text="已同意")).to_contain_text("终审")


def move(page: Page) -> None:
    """Give the step to somebody else, and let the flow go on at another."""
    page.goto("/tasks?box=started")
    page.locator(".task-line", has_text="会审 NG-07").get_by_role("link").click()
    page.wait_for_url(re.compile("/flows/[0-9]+"))
    manage(page, "改派")
    choose(page, "给谁", "周蕙")
    act_flow(page, "改派")
    expect(page.locator(".flow-stop-now")).to_contain_text("等 周蕙")
    manage(page, "跳转")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="跳到").click()
    page.locator(".ant-select-dropdown:visible").get_by_title("初审", exact=True).click()
    dialog.get_by_role("textbox").last.fill("初审的人看错了单子")
    shoot(page, "flow-jump")
    act_flow(page, "跳转")
    expect(page.locator(".flow-stop-now")).to_contain_text("初审")
    trail = page.get_by_role("list", name="流转记录")
    expect(trail).to_contain_text("初审的人看错了单子")
    shoot(page, "flow-moved")


def manage(page: Page, name: str) -> None:
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name=name).click()


def act_flow(page: Page, name: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=name, exact=True).click()
    expect(dialog).to_be_hidden()


def stand_in(server: Server, li: Page, zhou: Page, record: int) -> None:
    """Let somebody do one's work for a while, on the phone; what comes then goes to them."""
    li.goto("/tasks")
    li.locator(".task-boxes").wait_for()  # before the page there is only the 更多 of the navigation
    li.get_by_role("button", name="更多").first.click()
    li.get_by_role("menuitem", name="委托").click()
    li.get_by_role("button", name="新增委托").click()
    li.get_by_role("combobox", name="委托给").fill("周蕙")
    li.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text="周蕙").click()
    shoot(li, "flow-delegation")
    li.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(li.get_by_role("list", name="委托")).to_contain_text("李文涛 → 周蕙")
    start(server, "pass", record)
    open_task(zhou, "放行 NG-07")
    expect(zhou.locator(".flow-stop-now")).to_contain_text("等 您")
    shoot(zhou, "flow-stood-in")
