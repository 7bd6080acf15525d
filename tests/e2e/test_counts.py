"""Goods are counted: opened at a desk, scanned on a phone, judged, approved and posted to the books."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window

PIECES = ["RO261112L010021", "RO261112L010022", "RO261112L010023"]


@pytest.fixture
def shelf(server: Server) -> Server:
    """Put three pieces on a shelf."""
    api = server.api
    product = {"code": "CY-R800", "name": "反渗透净水机", "tracking": "serial"}
    api.post("/products", json=product).raise_for_status()
    api.post("/places", json={"code": "A-01", "name": "一排一号", "kind": "bin"}).raise_for_status()
    api.post("/items:generate", json={"product": "CY-R800", "codes": ",".join(PIECES)}).raise_for_status()
    api.post("/operations/receive", json={"items": PIECES, "place": "A-01"}).raise_for_status()
    return server


@pytest.fixture
def desk(browser: Browser, shelf: Server) -> Iterator[Page]:
    page = window(browser, shelf).new_page()
    sign_in(page)
    yield page
    page.context.close()


@pytest.fixture
def phone(browser: Browser, shelf: Server) -> Iterator[Page]:
    page = window(browser, shelf, 390, has_touch=True).new_page()
    sign_in(page)
    yield page
    page.context.close()


def test_what_is_not_found_is_lost_when_the_count_is_posted(shelf: Server, desk: Page, phone: Page) -> None:
    number = open_count(desk)
    scan_two(phone, number)
    phone.get_by_role("button", name="盘完", exact=True).click()
    phone.get_by_role("dialog").get_by_role("button", name="盘完", exact=True).click()
    expect(phone.get_by_role("tab", name="差异 2")).to_be_visible()
    shoot(phone, "count-differences")
    decide_and_post(desk, number)
    states = [shelf.api.get(f"/items/{code}").raise_for_status().json()["state"] for code in PIECES]
    assert states == ["in_stock", "in_stock", "lost"]


def open_count(page: Page) -> str:
    """Open a session over the shelf and return its number."""
    page.goto("/counts")
    page.get_by_role("button", name="新建盘点").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称", exact=True).fill("十一月循环盘点")
    drawer.get_by_role("combobox", name="盘哪些库位").fill("A-01")
    page.locator(".ant-select-item-option").filter(has_text="一排一号").click()
    drawer.get_by_role("switch", name="允许同一个人复盘、审批").click()
    drawer.get_by_role("button", name=re.compile("^保.?存$")).click()
    page.wait_for_url(re.compile(r"/counts/PD\d+$"))
    expect(page.get_by_role("heading", name="十一月循环盘点")).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def scan_two(page: Page, number: str) -> None:
    """Scan the place, two pieces and something that nobody knows."""
    page.goto(f"/counts/{number}")
    _scan(page, "A-01", "到了这里")
    _scan(page, PIECES[0], "对，已盘到")
    _scan(page, PIECES[1], "对，已盘到")
    _scan(page, "XX-999", "不认识，已记下")
    _scan(page, PIECES[1], "盘过了")
    expect(page.get_by_test_id("count-done")).to_have_text("3")
    shoot(page, "count-desk")


def _scan(page: Page, raw: str, answer: str) -> None:
    box = page.get_by_placeholder("扫条码")
    box.fill(raw)
    box.press("Enter")
    board = page.locator(".board")
    expect(board).to_contain_text(answer)
    expect(board).to_contain_text(raw)


def decide_and_post(page: Page, number: str) -> None:
    """Look at the differences, say why, approve and post them."""
    page.goto(f"/counts/{number}")
    missing = page.get_by_role("row").filter(has_text="盘亏")
    expect(missing).to_contain_text(PIECES[2])
    expect(missing).to_contain_text("没盘到")
    expect(page.get_by_role("row").filter(has_text="不认识的码")).to_contain_text("XX-999")
    reason = missing.get_by_label(f"{PIECES[2]} 的原因")
    reason.fill("货架上没有")
    with page.expect_response(lambda answer: answer.url.endswith(":decide") and answer.ok):
        reason.press("Enter")
    page.get_by_role("button", name=re.compile("^审.?批$")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^审.?批$")).click()
    page.get_by_role("button", name=re.compile("^过.?账$")).click()
    dialog = page.get_by_role("dialog", name="过账，改账")
    expect(dialog.get_by_role("button", name=re.compile("^过.?账$"))).to_be_disabled()
    dialog.get_by_role("textbox").fill(number)
    dialog.get_by_role("button", name=re.compile("^过.?账$")).click()
    expect(page.get_by_text("已过账", exact=True)).to_be_visible()
    expect(page.get_by_text("66.67%")).to_be_visible()
    shoot(page, "count-report")
