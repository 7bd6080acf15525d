"""Records come in from a GBK file with bad rows, go out again, are talked about; a stranger fills in by a link."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window
from tests.e2e.test_forms import make

ROWS = [
    ["序列号", "重量", "生产日期", "结论", "缺陷", "备注"],
    *(
        [f"GB2609{number:03d}", f"{12 + number / 4}", f"2026/9/{number % 28 + 1}", "合格", "", ""]
        for number in range(20)
    ),
    ["GB2609900", "十二", "2026-02-30", "很好", "", "三处都不对"],
    ["GB2609001", "13", "2026/9/8", "合格", "", "和前面重复"],
    ["", "14", "2026/9/9", "合格", "划痕、受潮", "没有序列号"],
]
GOOD, BAD = 20, 3


@pytest.fixture(scope="module")
def card(server: Server) -> str:
    return make(server.api)


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Page]:
    """Open a page at a desk; anything red in the console is a failure."""
    context = window(browser, server)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def gbk(folder: Path) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(ROWS)
    path = folder / "九月.csv"
    path.write_bytes(out.getvalue().encode("gbk"))
    return path


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_a_gbk_file_with_bad_rows_comes_in_by_mouse_and_goes_out_the_same(
    desk: Page, card: str, server: Server, tmp_path: Path
) -> None:
    sign_in(desk)
    desk.goto(card)
    desk.get_by_role("button", name="导入", exact=True).click()
    desk.get_by_role("menuitem", name="从文件导入").click()
    expect(desk.get_by_role("heading", name="导入“产品身份证”")).to_be_visible()
    shoot(desk, "exchange-1-start")
    desk.locator("input[type=file]").set_input_files(gbk(tmp_path))
    # Every reason of every bad row, with what to do.
    for words in ("“重量”应是数字", "没有 2026-02-30 这一天", "没有“很好”", "和第 3 行是同一条记录", "“序列号”没有填"):
        expect(desk.locator(".bad-rows")).to_contain_text(words)
    expect(desk.locator(".figure-bad b")).to_have_text(str(BAD))
    shoot(desk, "exchange-2-check")
    with desk.expect_download() as wrong:
        desk.get_by_role("button", name=re.compile("下载.*3.*")).click()
    assert wrong.value.suggested_filename.endswith("错误行.xlsx")
    desk.get_by_role("button", name=re.compile(f"导入 {GOOD} 条")).click()
    expect(desk.get_by_role("heading", name=f"已导入 {GOOD} 条")).to_be_visible()
    shoot(desk, "exchange-3-result")
    desk.get_by_role("button", name="去看记录").click()
    expect(desk.get_by_text("GB2609019").first).to_be_visible()
    shoot(desk, "exchange-4-list")
    desk.get_by_role("button", name="导出", exact=True).click()
    with desk.expect_download() as taken:
        desk.get_by_role("menuitem", name="CSV（UTF-8").click()
    path = tmp_path / "out.csv"
    taken.value.save_as(path)
    header, *rows = read(path)
    place = {title: at for at, title in enumerate(header)}
    out = {row[place["序列号"]]: row for row in rows if row[place["序列号"]].startswith("GB")}
    assert len(out) == GOOD
    assert (out["GB2609002"][place["重量"]], out["GB2609002"][place["生产日期"]]) == ("12.5", "2026-09-03")
    assert len(server.api.get("/apps/qc/forms/card/records?limit=1000").json()["records"]) == 29 + GOOD


def test_what_is_copied_from_excel_is_checked_like_a_file(desk: Page, card: str) -> None:
    sign_in(desk)
    desk.goto(card)
    desk.get_by_role("button", name="导入", exact=True).click()
    desk.get_by_role("menuitem", name="从 Excel 粘贴").click()
    box = desk.get_by_role("textbox", name="点这里，按 Ctrl+V")
    box.click()
    box.evaluate(
        """(element) => {
            const data = new DataTransfer();
            data.setData('text/plain', 'PA2609001\\t12.5\\nPA2609002\\tzwölf\\n');
            element.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(box).to_contain_text("读到 2 行，2 列")
    shoot(desk, "exchange-5-paste")
    desk.get_by_role("button", name="下一步：检查").click()
    expect(desk.locator(".bad-rows")).to_contain_text("zwölf")
    desk.get_by_role("button", name="导入 1 条").click()
    expect(desk.get_by_role("heading", name="已导入 1 条")).to_be_visible()


def test_a_record_is_talked_about_and_whom_it_mentions_sees_the_bell(desk: Page, card: str, server: Server) -> None:
    lin = {"username": "lin", "name": "林晓", "roles": ["admin"], "password": "Long-enough-2026"}
    server.api.post("/users", json={**lin, "must_change_password": False}).raise_for_status()
    number = server.api.get("/apps/qc/forms/card/records?limit=1").json()["records"][0]["id"]
    token = server.api.post("/login", json={"username": "lin", "password": lin["password"]}).json()["token"]
    server.api.post(
        f"/apps/qc/forms/card/records/{number}/comments", json={"text": "@admin 这件的压力值对吗？"},
        headers={"authorization": f"Bearer {token}"},
    ).raise_for_status()  # fmt: skip
    sign_in(desk)
    desk.get_by_role("link", name="通知，1 条未读").click()
    shoot(desk, "exchange-6-notices")
    desk.get_by_role("button", name=re.compile("lin 在“产品身份证”")).click()
    expect(desk.get_by_text("这件的压力值对吗？")).to_be_visible()
    box = desk.get_by_role("textbox", name=re.compile("写点什么"))
    box.click()
    box.press_sequentially("见 https://example.com/a @林", delay=30)
    desk.locator(".ant-mentions-dropdown-menu-item").filter(has_text="林晓").click()
    desk.get_by_role("button", name="发送").click()
    expect(desk.locator(".talk-mention", has_text="@lin")).to_be_visible()
    shoot(desk, "exchange-7-talk")
    expect(desk.get_by_role("link", name="通知，0 条未读")).to_be_attached()


def test_a_stranger_fills_in_by_a_link_on_a_phone(desk: Page, browser: Browser, card: str, server: Server) -> None:
    server.api.post("/roles", json={"code": "visitor", "name": "访客", "rights": []}).raise_for_status()
    server.api.put(
        "/apps/qc/forms/card/rights", json={"grants": [{"role": "visitor", "actions": ["create"]}]}
    ).raise_for_status()
    sign_in(desk)
    desk.goto(f"{card}/design")
    desk.get_by_text("权限与发布").first.click()
    desk.get_by_role("button", name="新建链接").click()
    desk.get_by_label("名称（记录里会写明来自它）").fill("展会登记")
    desk.get_by_role("combobox", name="按哪个角色的权限").click()
    desk.get_by_title("访客").click()
    desk.get_by_label("提交后显示").fill("谢谢，我们会联系您。")
    shoot(desk, "exchange-8-new-link")
    desk.get_by_role("button", name="生成链接").click()
    url = desk.get_by_test_id("public-link").inner_text()
    shoot(desk, "exchange-9-link")
    stranger = window(browser, None, 390, has_touch=True)
    phone = stranger.new_page()
    phone.goto(url)
    expect(phone.get_by_role("heading", name="产品身份证")).to_be_visible()
    phone.get_by_role("textbox", name="序列号").fill("PUB2609001")
    shoot(phone, "exchange-10-public")
    phone.wait_for_timeout(2_100)  # sooner than a person writes it would be taken for a robot's
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢，我们会联系您。")).to_be_visible()
    shoot(phone, "exchange-11-thanks")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    stranger.close()
    made = server.api.get("/apps/qc/forms/card/records?limit=1").json()["records"][0]
    assert (made["values"]["serial"], made["created_by"]) == ("PUB2609001", "公开表单·展会登记")
