"""A form is drawn with the mouse alone, published, changed and published again; two people at once are told."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window

DESIGN = "/apps/qc/forms/card/design"


class Hand:
    """A mouse that counts its presses; words are typed only where something is called by a name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.begun = time.monotonic()

    def press(self, name: str, *, within: str = ".fd") -> None:
        self.page.locator(within).get_by_role("button", name=name, exact=True).last.click()
        self.clicks += 1

    def add(self, kind: str, title: str) -> None:
        """Put a field on the form and name it."""
        self.page.locator(".fd-left").get_by_role("button", name=re.compile(f"^{kind}(，|$)")).click()
        self.clicks += 2
        self.page.get_by_label("标题", exact=True).fill(title)

    def switch(self, name: str) -> None:
        self.page.locator(".fd-right").get_by_role("switch", name=name, exact=True).click()
        self.clicks += 1

    def choose(self, words: str) -> None:
        self.page.locator(".fd-middle").get_by_role("button", name=words, exact=True).click()
        self.clicks += 1

    def publish(self, version: int) -> None:
        self.press("发布", within=".fd-bar")
        dialog = self.page.get_by_role("dialog", name=f"发布 v{version}")
        dialog.get_by_role("button", name="发布", exact=True).click()
        self.clicks += 1
        expect(self.page.get_by_text(f"已发布 v{version}", exact=True)).to_be_visible()


@pytest.fixture(scope="module")
def drawn(server: Server) -> str:
    """Make an app with an empty form."""
    server.api.post("/apps", json={"code": "qc", "name": "质检"}).raise_for_status()
    body = {"code": "card", "name": "产品身份证", "fields": []}
    server.api.post("/apps/qc/forms", json=body).raise_for_status()
    return DESIGN


def test_a_form_is_drawn_with_the_mouse_and_two_who_publish_at_once_are_told(
    browser: Browser, server: Server, drawn: str
) -> None:
    context = window(browser, server)
    page = context.new_page()
    sign_in(page)
    page.goto(drawn)
    hand = Hand(page)
    hand.add("单行文本", "序列号")
    hand.switch("必填")
    hand.switch("不重复")
    hand.add("产品", "产品")
    hand.add("客户", "客户")
    hand.add("日期区间", "质保期")
    hand.add("子表单", "检验")
    hand.add("单行文本", "项目")
    hand.add("开关", "合格")
    shoot(page, "form-designer")
    hand.publish(1)
    fields = server.api.get("/apps/qc/forms/card").json()["fields"]
    assert [one["title"] for one in fields] == ["序列号", "产品", "客户", "质保期", "检验"]
    assert [one["title"] for one in fields[4]["fields"]] == ["项目", "合格"]
    assert (fields[0]["unique"], fields[0]["required"], fields[0]["code"]) == (True, True, "序列号")

    hand.choose("质保期（日期区间）")
    page.get_by_label("标题", exact=True).fill("质保")
    _drag(page, "项目（单行文本）", "合格（开关）")
    hand.publish(2)
    fields = server.api.get("/apps/qc/forms/card").json()["fields"]
    assert (fields[3]["title"], fields[3]["code"]) == ("质保", "质保期")
    assert [one["title"] for one in fields[4]["fields"]] == ["合格", "项目"]
    took = time.monotonic() - hand.begun
    print(f"drawn, published, changed, published again: {hand.clicks} clicks, {took:.1f} s")  # noqa: T201

    body = {"base": 2, "fields": [*fields[:4], {**fields[4], "title": "检验项"}]}
    server.api.put("/apps/qc/forms/card/draft", json=body).raise_for_status()
    server.api.post("/apps/qc/forms/card/publish", json={"base": 2}).raise_for_status()
    hand.choose("产品（产品）")
    hand.switch("必填")
    conflict = page.get_by_role("dialog", name="别人先了一步")
    expect(conflict).to_contain_text(re.compile(r"admin.*在 \d{4}-\d\d-\d\d"))
    conflict.get_by_role("button", name="查看差别").click()
    expect(conflict).to_contain_text("检验项")
    shoot(page, "form-conflict")
    conflict.get_by_role("button", name="用我的覆盖").click()
    page.get_by_role("dialog", name="发布 v4").wait_for()
    page.get_by_role("dialog").get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布 v4", exact=True)).to_be_visible()
    now = server.api.get("/apps/qc/forms/card").json()["fields"]
    assert (now[1]["required"], now[4]["title"]) == (True, "检验")
    context.close()


def _drag(page: Page, what: str, behind: str) -> None:
    """Draw one column behind another."""
    one = page.get_by_role("button", name=what, exact=True).bounding_box()
    other = page.get_by_role("button", name=behind, exact=True).bounding_box()
    assert one is not None and other is not None
    page.mouse.move(one["x"] + 20, one["y"] + 12)
    page.mouse.down()
    page.mouse.move(one["x"] + 60, one["y"] + 16, steps=4)
    page.mouse.move(other["x"] + other["width"] - 12, other["y"] + 16, steps=8)
    expect(page.locator(".fd-line")).to_be_visible()
    page.mouse.up()
