"""A flow is started at a desk and decided on a phone: sent back, corrected, agreed to, and seen by who began it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Server, shoot

FORM = "/apps/wh/forms/ret"


def _field(number: int, code: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": f"7d6f1d52-2f0e-4f0e-9a36-{number:012d}", "code": code, "kind": kind, "title": title, **more}


LINES = [_field(11, "bin", "text", "库位"), _field(12, "qty", "number", "数量")]
FIELDS = [
    _field(1, "no", "text", "退货单号", required=True, width=6),
    _field(2, "supplier", "text", "供应商", width=6),
    _field(3, "lines", "subform", "退货明细", fields=LINES),
    _field(4, "total", "rollup", "合计", width=6, options={"table": "lines", "field": "qty", "method": "sum"}),
    _field(5, "blame", "choice", "责任判定", options={"choices": ["供应商", "我方装配", "运输"]}),
]


def _node(number: str, kind: str, name: str, *children: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"id": number, "kind": kind, "title": name, "options": options, "children": [*children]}


TREE = _node(
    "start", "start", "发起",
    _node(
        "chief", "approve", "质量主管审批", who={"ways": [{"kind": "member", "values": ["liwt"]}]},
        fields={FIELDS[4]["id"]: "required"}, phrases=["同意，请尽快退", "数量已核对"], hint="2,000 元以上要看照片。",
    ),
    _node("tell", "copy", "抄送发起人", who={"ways": [{"kind": "starter"}]}),
    title="供应商退货 {no}",
)  # fmt: skip


@pytest.fixture(scope="module")
def record(server: Server) -> int:
    """Publish a form and a flow for it, add who decides, and enter a record."""
    api = server.api
    user = {"username": "liwt", "name": "李文涛", "password": PASSWORD, "must_change_password": False}
    api.post("/users", json=user).raise_for_status()
    api.post("/apps", json={"code": "wh", "name": "仓库"}).raise_for_status()
    api.post("/apps/wh/forms", json={"code": "ret", "name": "供应商退货", "fields": FIELDS}).raise_for_status()
    api.post(f"{FORM}/publish", json={"base": 0}).raise_for_status()
    api.post("/apps/wh/flows", json={"code": "return", "name": "退货审批", "form": "ret"}).raise_for_status()
    draft = api.get("/apps/wh/flows/return/draft").raise_for_status().json()
    body = {"form": "ret", "tree": TREE, "base": draft["base"], "revision": draft["revision"]}
    api.put("/apps/wh/flows/return/draft", json=body).raise_for_status()
    published = api.post("/apps/wh/flows/return/publish", json={"base": draft["base"]})
    assert published.status_code == 200, published.text
    rows = [{"bin": "S-02-4", "qty": 22}, {"bin": "NG-01", "qty": 6}]
    values = {"no": "PR-0092", "supplier": "恒涌泵业", "lines": rows}
    made = api.post(f"{FORM}/records", json={"values": values, "client_key": "one"}).raise_for_status()
    return int(made.json()["id"])


@pytest.fixture
def people(opened: Callable[[str, int], Page]) -> tuple[Page, Page]:
    """Open the starter's desk and the other one's phone."""
    return opened("admin", 1440), opened("liwt", 390)


def test_a_flow_is_started_sent_back_corrected_and_agreed_to(people: tuple[Page, Page], record: int) -> None:
    desk, phone = people
    desk.goto(f"{FORM}?open={record}&tab=flow")
    desk.get_by_role("button", name="发起“退货审批”").click()
    expect(desk.locator(".flow-stop-now")).to_contain_text("等 李文涛")
    shoot(desk, "tasks-record")

    _send_back(phone)
    _correct(desk)
    _agree(phone)

    desk.goto("/tasks?box=started")
    desk.locator(".task-line", has_text="供应商退货 PR-0092").get_by_role("link").click()
    expect(desk.locator(".flow-state-done").first).to_be_visible()
    trail = desk.get_by_role("list", name="流转记录")
    expect(trail).to_contain_text("李文涛 同意“质量主管审批”")
    expect(trail).to_contain_text("从“质量主管审批”退回到“发起”，从那里重新走“数量不符，请核对”")
    desk.get_by_role("button", name=re.compile("^审批.*质量主管审批")).click()
    expect(desk.get_by_role("region", name="这一步")).to_contain_text("数量已核对")
    shoot(desk, "tasks-instance")


def _send_back(phone: Page) -> None:
    phone.get_by_role("link", name="待办").click()
    line = phone.locator(".task-line", has_text="供应商退货 PR-0092")
    expect(line).to_have_class(re.compile("task-unread"))
    shoot(phone, "tasks-list")
    line.get_by_role("link").click()
    expect(phone.locator(".task-totals")).to_contain_text("28")
    shoot(phone, "tasks-task")
    phone.get_by_role("button", name="同意", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("责任判定")
    phone.get_by_role("button", name="退回", exact=True).click()
    dialog = phone.get_by_role("dialog", name="退回到哪一步")
    expect(dialog.get_by_label("发起", exact=True)).to_be_checked()
    dialog.get_by_role("button", name="数量不符，请核对").click()
    shoot(phone, "tasks-back")
    dialog.get_by_role("button", name="退回", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="已退回")).to_contain_text("流程到了：发起")


def _correct(desk: Page) -> None:
    desk.goto("/tasks")
    desk.locator(".task-line", has_text="供应商退货 PR-0092").get_by_role("link").click()
    expect(desk.locator(".flow-stop-back")).to_contain_text("数量不符，请核对")
    desk.get_by_role("textbox", name="供应商", exact=True).fill("恒涌泵业（宁波）")
    shoot(desk, "tasks-correct")
    desk.get_by_role("button", name="提交", exact=True).click()
    expect(desk.get_by_role("status").filter(has_text="已提交")).to_contain_text("质量主管审批")


def _agree(phone: Page) -> None:
    phone.goto("/tasks")
    phone.locator(".task-line", has_text="供应商退货 PR-0092").get_by_role("link").click()
    expect(phone.get_by_text("恒涌泵业（宁波）")).to_be_visible()
    phone.locator("[data-field=blame]").get_by_text("我方装配", exact=True).click()
    phone.get_by_role("button", name="数量已核对").click()
    main = phone.get_by_role("button", name="同意", exact=True)
    box = main.bounding_box()
    assert box is not None and box["height"] >= 48
    main.click()
    expect(phone.get_by_role("status").filter(has_text="已同意")).to_contain_text("流程走完了")
    shoot(phone, "tasks-acted")
