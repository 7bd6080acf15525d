"""Views of records: saved and shared, grouped, edited in place, moved as cards, changed by the dozen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.e2e.conftest import PASSWORD, Server, shoot, sign_in, window

FORM = "/apps/wms/forms/ship"
STATES = ["复核中", "待拣货", "在途", "已签收"]


def field(number: int, code: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}", "code": code, "kind": kind, "title": title, **more}


FIELDS = [
    field(1, "no", "text", "出库单号", unique=True, scan_to_fill=True),
    field(2, "customer", "text", "客户"),
    field(3, "due", "number", "应发", options={"most": 100}),
    field(4, "state", "choice", "状态", options={"choices": STATES}),
    field(5, "day", "date", "发货日期"),
    field(6, "urgent", "switch", "加急"),
    field(7, "waybill", "text", "运单号"),
]


@pytest.fixture(scope="module")
def shipments(server: Server) -> Server:
    """Publish a form, add 60 records, and make a colleague who may see and change them."""
    api = server.api
    api.post("/apps", json={"code": "wms", "name": "仓储"}).raise_for_status()
    body = {"code": "ship", "name": "销售出库", "fields": FIELDS}
    api.post("/apps/wms/forms", json=body).raise_for_status()
    api.post(f"{FORM}/publish", json={"base": 0}).raise_for_status()
    records = [
        {
            "no": f"CK2611{number // 3 + 1:02d}-{number:03d}", "customer": ("广东粤泉净水", "浙江清源环境")[number % 2],
            "due": number % 40 + 1, "state": [*STATES, None][number % 5], "day": f"2026-11-{number // 3 + 1:02d}",
            "urgent": number % 9 == 0,
        }
        for number in range(60)
    ]  # fmt: skip
    api.post(f"{FORM}/records:batch", json={"records": records}).raise_for_status()
    grant = {"role": "keeper", "actions": ["view", "create", "change"], "fields": {FIELDS[6]["id"]: "hidden"}}
    api.put(f"{FORM}/rights", json={"grants": [grant]}).raise_for_status()
    user = {"username": "mei", "name": "梅", "roles": ["keeper"], "password": PASSWORD, "must_change_password": False}
    api.post("/users", json=user).raise_for_status()
    return server


@pytest.fixture
def desk(browser: Browser, shipments: Server) -> Iterator[Page]:
    """Open a page at a desk, signed in as the administrator; an error in it is a failure."""
    context = window(browser, shipments)
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page)
    yield page
    context.close()
    assert errors == []


def cell(page: Page, row: str, column: int) -> Locator:
    """Return a cell by what its row is called and its place, the first column of the form being 2."""
    return page.get_by_role("row").filter(has_text=row).locator(f'[aria-colindex="{column}"]')


def stored(answer: Response) -> bool:
    """Tell whether it is the server's word that it has changed a record; what is shown may be ahead of it."""
    return answer.request.method == "PATCH" and answer.ok


def value(server: Server, no: str, code: str) -> Any:
    asked = {"filter": f'{{"field": "no", "is": "equal", "value": "{no}"}}'}
    (found,) = server.api.get(f"{FORM}/records", params=asked).json()["records"]
    return found["values"][code]


def test_a_grouped_view_is_saved_shared_and_seen_by_a_colleague(
    desk: Page, browser: Browser, shipments: Server
) -> None:
    page = desk
    page.goto(FORM)
    expect(page.get_by_text("共 60 条")).to_be_visible()
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("字段", exact=True).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").get_by_text("客户").click()
    page.get_by_label("客户的值").fill("广东")
    page.get_by_role("button", name="应用筛选").click()
    expect(page.get_by_text("共 30 条")).to_be_visible()
    page.get_by_role("button", name="分组", exact=True).click()
    page.get_by_label("选一个字段分组").click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").get_by_text("状态").click()
    group = page.get_by_role("row", name=re.compile("复核中"))
    expect(group.first.get_by_text("6 条")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("columnheader", name="应发").hover()
    page.get_by_role("button", name="“应发”列的操作").click()
    page.get_by_role("menuitem", name="合计").hover()
    expect(page.get_by_role("menuitem", name="平均")).to_be_visible()
    page.get_by_role("menuitem", name="合计").last.click()
    expect(page.get_by_role("group", name="条数与合计").get_by_text("应发")).to_be_visible()
    expect(page.get_by_role("img", name="有没保存的改动")).to_be_visible()
    page.get_by_role("button", name="另存为视图").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("广东发货")
    dialog.get_by_label("共享给能看这张表单的人").click()
    shoot(page, "views-save")
    dialog.get_by_role("button", name=re.compile("保存$")).click()
    expect(page.get_by_role("tab", name="广东发货")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("img", name="有没保存的改动")).to_have_count(0)
    shoot(page, "views-grouped")
    sums = shipments.api.get(f"{FORM}/records:groups", params={"totals": "due:sum", "filter": (
        '{"field": "customer", "is": "contains", "value": "广东"}')}).json()["totals"]  # fmt: skip
    expect(page.get_by_role("group", name="条数与合计")).to_contain_text(f"{sums['due:sum']}")

    other = window(browser, shipments)
    mine = other.new_page()
    mine.goto("/")
    mine.get_by_label("账号").fill("mei")
    mine.get_by_label("密码", exact=True).fill(PASSWORD)
    mine.get_by_role("button", name="登录", exact=True).click()
    mine.get_by_role("link", name="首页").first.wait_for()
    mine.goto(FORM)
    mine.get_by_role("tab", name="广东发货").click()
    expect(mine.get_by_text("共 30 条")).to_be_visible()
    expect(mine.get_by_role("row", name=re.compile("复核中")).first.get_by_text("6 条")).to_be_visible()
    expect(mine.get_by_text("运单号")).to_have_count(0)
    other.close()


def test_a_cell_is_changed_in_its_place_and_a_refusal_stands_there(desk: Page, shipments: Server) -> None:
    page, no = desk, "CK261119-056"
    page.goto(f"{FORM}?view=all")
    due = cell(page, no, 4)
    due.click()
    page.keyboard.press("F2")
    editor = page.get_by_role("spinbutton")
    editor.fill("1000")
    editor.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="100")).to_be_visible()
    shoot(page, "views-cell-refused")
    editor.fill("77")
    editor.press("Tab")
    # On to the next cell that may be changed, which is a choice.
    expect(page.get_by_role("combobox").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(due).to_have_text("77")
    assert value(shipments, no, "due") == 77
    due.click()
    page.keyboard.press("Enter")
    page.get_by_role("spinbutton").fill("5")
    page.keyboard.press("Escape")
    expect(due).to_have_text("77")
    cell(page, no, 7).click()
    with page.expect_response(stored):
        page.keyboard.press("Enter")
    expect(cell(page, no, 7)).to_contain_text("是")
    assert value(shipments, no, "urgent") is True


def test_a_width_stays_and_a_column_moves(desk: Page) -> None:
    page = desk
    page.goto(f"{FORM}?view=all")
    head = page.get_by_role("columnheader", name="客户")
    expect(head).to_be_visible()
    edge = page.get_by_role("separator", name="调整“客户”的列宽").bounding_box()
    before = head.bounding_box()
    assert edge is not None and before is not None
    page.mouse.move(edge["x"] + 4, edge["y"] + 10)
    page.mouse.down()
    page.mouse.move(edge["x"] + 64, edge["y"] + 10, steps=4)
    page.mouse.move(edge["x"] + 104, edge["y"] + 10, steps=4)
    page.mouse.up()
    wide = head.bounding_box()
    assert wide is not None
    assert abs(wide["width"] - before["width"] - 100) <= 2
    page.get_by_role("button", name="客户", exact=True).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("columnheader").nth(2)).to_contain_text("应发")
    page.reload()
    expect(page.get_by_role("columnheader").nth(2)).to_contain_text("应发")
    after = page.get_by_role("columnheader", name="客户").bounding_box()
    assert after is not None
    assert abs(after["width"] - wide["width"]) <= 1


def test_many_records_are_changed_at_once(desk: Page, shipments: Server) -> None:
    page = desk
    page.goto(f"{FORM}?view=all")
    expect(page.get_by_text("共 60 条")).to_be_visible()
    page.get_by_label("全选已加载的记录").click()
    for no in range(10):
        page.get_by_label("选择记录").nth(no).click()
    expect(page.get_by_role("toolbar", name="批量操作").get_by_text("已选 50 条")).to_be_visible()
    page.get_by_role("button", name="批量修改").click()
    page.get_by_label("选要改的字段").click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").get_by_text("运单号").click()
    page.get_by_role("dialog").get_by_label("运单号", exact=True).fill("SF-50")
    expect(page.get_by_text("50 条会改变，0 条已经是这样。")).to_be_visible()
    shoot(page, "views-batch")
    page.get_by_role("button", name="修改 50 条").click()
    expect(page.get_by_role("toolbar", name="批量操作")).to_have_count(0)
    asked = {"filter": '{"field": "waybill", "is": "equal", "value": "SF-50"}'}
    assert shipments.api.get(f"{FORM}/records:groups", params=asked).json()["count"] == 50


def test_a_card_is_dragged_to_another_column(desk: Page, shipments: Server) -> None:
    page = desk
    view = {"name": "进度", "kind": "kanban", "shared": True, "options": {"by": "state", "totals": {"due": "sum"}}}
    made = shipments.api.post(f"{FORM}/views", json=view).raise_for_status().json()
    page.goto(f"{FORM}?view={made['id']}")
    source, target = (page.get_by_role("region", name=name, exact=True) for name in ("复核中", "在途"))
    card = source.locator("article").first
    expect(card).to_be_visible()
    no = card.locator("b").first.inner_text()
    start, end = card.bounding_box(), target.bounding_box()
    assert start is not None and end is not None
    page.mouse.move(start["x"] + 60, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 90, start["y"] + 40, steps=4)
    page.mouse.move(end["x"] + 120, end["y"] + 120, steps=8)
    shoot(page, "views-kanban")
    with page.expect_response(stored):
        page.mouse.up()
    expect(target.locator("article").filter(has_text=no)).to_be_visible()
    expect(target.locator("header")).to_contain_text("13")
    assert value(shipments, no, "state") == "在途"
    # The same with the keyboard, one column back.
    target.locator("article").filter(has_text=no).focus()
    page.keyboard.press("Space")
    expect(page.get_by_text(f"“{no}”在“在途”上")).to_be_attached()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text(f"“{no}”在“待拣货”上")).to_be_attached()
    with page.expect_response(stored):
        page.keyboard.press("Space")
    expect(page.get_by_role("region", name="待拣货", exact=True).locator("article").filter(has_text=no)).to_be_visible()
    # What may not be moved goes back, with the reason.
    version = shipments.api.get(f"{FORM}/records", params={
        "filter": f'{{"field": "no", "is": "equal", "value": "{no}"}}'}).json()["records"][0]  # fmt: skip
    shipments.api.patch(
        f"{FORM}/records/{version['id']}", json={"version": version["version"], "values": {"due": 9}}
    ).raise_for_status()
    page.get_by_role("region", name="待拣货", exact=True).locator("article").filter(has_text=no).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(f"“{no}”在“在途”上")).to_be_attached()
    page.keyboard.press("Space")
    expect(page.get_by_text(f"“{no}”没有移动")).to_be_visible()
    expect(page.get_by_role("region", name="待拣货", exact=True).locator("article").filter(has_text=no)).to_be_visible()


def test_on_a_phone_views_stand_in_a_sheet_and_one_column_fills_the_page(browser: Browser, shipments: Server) -> None:
    view = {"name": "手机看板", "kind": "kanban", "shared": True, "options": {"by": "state"}}
    shipments.api.post(f"{FORM}/views", json=view).raise_for_status()
    context = window(browser, shipments, 390, has_touch=True)
    page = context.new_page()
    sign_in(page)
    page.goto(f"{FORM}?view=all")
    expect(page.get_by_text("CK261120-059").first).to_be_visible()
    shoot(page, "views-list")
    page.get_by_role("button", name="全部").click()
    page.get_by_role("button", name="手机看板").click()
    column = page.get_by_role("region", name="复核中", exact=True)
    expect(column.locator("article").first).to_be_visible()
    box = column.bounding_box()
    assert box is not None
    assert box["width"] >= 320
    shoot(page, "views-board")
    add = page.get_by_role("button", name="新增", exact=True).bounding_box()
    assert add is not None
    assert add["height"] >= 48
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True
    context.close()
