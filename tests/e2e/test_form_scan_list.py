"""A scan list is filled as a keyboard wedge types, on a phone and at a desk; a thousand codes are pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window

SUBMIT = re.compile("提交$")


def field(number: int, code: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}", "code": code, "kind": kind, "title": title, **more}


FIELDS = [
    field(1, "no", "text", "单号", required=True, width=6),
    field(2, "goods", "product", "产品", width=6),
    field(3, "planned", "number", "应发数量", width=6),
    field(4, "scans", "scan_list", "扫码出库", options={"product": "goods", "expected": "planned"}),
]


@pytest.fixture(scope="module")
def ship(server: Server) -> str:
    """Make goods, some in a box, and publish the form; give its page."""
    api = server.api
    for code, name in (("CY-R800", "反渗透净水机 800"), ("CY-C2000", "商用直饮机 2000")):
        api.post("/products", json={"code": code, "name": name, "tracking": "serial"}).raise_for_status()
    api.post(
        "/places", json={"code": "A-03-1", "name": "A-03-1", "kind": "warehouse", "parent": None}
    ).raise_for_status()
    for product, codes in (("CY-R800", "RO261112L010001-RO261112L011200"), ("CY-C2000", "RC261102L030001")):
        body = {"product": product, "codes": codes, "place": "A-03-1", "client_key": product}
        api.post("/items:generate", json=body).raise_for_status()
    api.post("/code-rules", json={
        "code": "BX", "name": "箱", "segments": [
            {"kind": "constant", "value": "BX"}, {"kind": "counter", "width": 6, "base": 10, "start": 1, "step": 1},
        ],
    }).raise_for_status()  # fmt: skip
    made = api.post("/items:generate", json={"kind": "package", "rule": "BX", "count": 1, "client_key": "bx"})
    box = made.raise_for_status().json()["first"]
    inside = [f"RO261112L01{number:04d}" for number in range(21, 31)]
    body = {"items": inside, "data": {"into": box}, "client_key": "pack"}
    api.post("/operations/pack", json=body).raise_for_status()
    api.post("/apps", json={"code": "wms", "name": "仓库"}).raise_for_status()
    api.post("/apps/wms/forms", json={"code": "ship", "name": "出库单", "fields": FIELDS}).raise_for_status()
    api.post("/apps/wms/forms/ship/publish", json={"base": 0}).raise_for_status()
    return str(box)


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Any]:
    """Open signed-in pages of a width; anything red in the console is a failure."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_(width: int) -> Page:
        context = window(browser, server, width)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        sign_in(page)
        page.goto("/apps/wms/forms/ship")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


def wedge(page: Page, code: str) -> None:
    """Type as a scanner does: faster than anybody, and Enter at the end."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def said(page: Page, kind: str) -> Any:
    answer = page.locator(f"[data-answer={kind}]")
    expect(answer).to_be_visible()
    return answer


def start(page: Page, number: str, planned: str) -> None:
    page.get_by_role("button", name="新增").first.click()
    page.get_by_label("单号", exact=True).fill(number)
    page.get_by_label("产品", exact=True).click()
    page.keyboard.type("CY-R800")
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="CY-R800").first.click()
    page.get_by_role("spinbutton", name="应发数量").fill(planned)


def test_a_phone_scans_right_wrong_again_a_box_and_takes_back(open_page: Any, ship: str, server: Server) -> None:
    page = open_page(390)
    start(page, "SO-1024", "12")
    shoot(page, "scan-list-form")
    page.get_by_role("button", name="开始扫码").click()
    expect(page.get_by_text("等着扫码")).to_be_visible()
    shoot(page, "scan-list-ready")
    wedge(page, "RO261112L010001")
    expect(said(page, "right")).to_contain_text("对，已计入")
    expect(page.get_by_test_id("scan-done").last).to_have_text("1")
    shoot(page, "scan-list-right")
    wedge(page, "RC261102L030001")
    wrong = said(page, "wrong")
    expect(wrong).to_contain_text("RC261102L030001 是 CY-C2000，这里只收 CY-R800")
    expect(wrong).to_contain_text("放回原处")
    shoot(page, "scan-list-wrong")
    page.get_by_role("button", name="知道了，继续扫").click()
    wedge(page, "RO261112L010001")
    expect(said(page, "again")).to_contain_text("已经扫过了")
    shoot(page, "scan-list-again")
    wedge(page, ship)
    expect(said(page, "right")).to_contain_text("整箱 10 件")
    expect(page.get_by_test_id("scan-done").last).to_have_text("11")
    wedge(page, "RO261112L010002")
    expect(page.get_by_test_id("scan-done").last).to_have_text("12")
    shoot(page, "scan-list-complete")
    rows = page.get_by_role("list", name="最近 5 次").get_by_role("listitem")
    expect(rows).to_have_count(5)
    rows.first.get_by_role("button", name="撤销").click()
    expect(page.get_by_test_id("scan-done").last).to_have_text("11")
    expect(page.get_by_role("textbox", name="扫码，或输入后按回车")).to_be_focused()
    wedge(page, "RO261112L010003")
    expect(page.get_by_test_id("scan-done").last).to_have_text("12")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True
    page.get_by_role("button", name="扫完了").click()
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text(re.compile("保存成功 #"))).to_be_visible()
    (record,) = server.api.get("/apps/wms/forms/ship/records").json()["records"]
    (view,) = server.api.get("/scan-lists", params={"ids": record["values"]["scans"]}).json()["lists"]
    assert (view["state"], view["count"], view["wrong"], view["duplicates"]) == ("bound", 12, 1, 1)
    page.get_by_text("SO-1024").first.click()
    expect(page.get_by_text("12/12 件").last).to_be_visible()
    shoot(page, "scan-list-record")


def test_a_desk_pastes_a_thousand_and_sees_every_refused_one(open_page: Any, ship: str) -> None:
    page = open_page(1440)
    start(page, "SO-1031", "1100")
    line = page.get_by_role("textbox", name="扫码，或输入后按回车")
    line.click()
    wedge(page, "RO261112L010100")
    said(page, "right")
    page.get_by_role("button", name="粘贴或文件").click()
    codes = [f"RO261112L01{number:04d}" for number in range(100, 1100)]
    codes[500] = "NO-SUCH-CODE"
    page.get_by_role("textbox", name="很多码").fill("\n".join(codes))
    page.get_by_role("button", name="放进清单").click()
    status = page.get_by_role("status")
    expect(status).to_contain_text("计入 998 件")
    expect(status).to_contain_text("错 1")
    expect(status).to_contain_text("系统里没有 NO-SUCH-CODE")
    expect(status).to_contain_text("第 501 行")
    expect(status).to_contain_text("已经扫过了")
    shoot(page, "scan-list-pasted")
    page.get_by_role("dialog").get_by_role("button", name="完成").click()
    expect(page.get_by_test_id("scan-done")).to_have_text("999")
    expect(line).to_be_focused()
    wedge(page, "RC261102L030001")
    said(page, "wrong")
    shoot(page, "scan-list-desk")
    page.get_by_role("button", name="看全部 999 件").click()
    drawer = page.get_by_role("dialog", name=re.compile("扫描清单"))
    expect(drawer.get_by_role("listitem").first).to_contain_text("RO261112L011099")
    shoot(page, "scan-list-all")
    drawer.get_by_role("button", name=re.compile("^错")).click()
    expect(drawer.get_by_role("listitem")).to_have_count(2)
