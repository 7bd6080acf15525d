"""Bringing an old spreadsheet in, by mouse: map a column by dragging, see the bad row, import the good ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server, shoot, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.mark.parametrize("page", [1440], indirect=True, ids=["desk"])
def test_a_spreadsheet_comes_in_and_its_bad_row_is_named(page: Page, server: Server, tmp_path: Path) -> None:
    size = page.viewport_size
    assert size is not None
    mark = f"OLD{size['width']}"
    server.api.post("/products", json={"code": "WM-20", "name": "智能水表 DN20", "tracking": "serial"})
    path = tmp_path / "旧序列号.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("期初")
        rows = [["序列号", "产品", "备用列"], [f"{mark}-1", "WM-20", "甲"], [f"{mark}-2", "没有这个产品", "乙"]]
        rows.append([f"{mark}-3", "WM-20", "丙"])
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    sign_in(page)
    page.goto("/import")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("列对应").first).to_be_visible()
    shoot(page, "import-mapping")
    page.get_by_text("客户序列号", exact=True).first.drag_to(page.get_by_text("备用列", exact=True).first)
    expect(page.get_by_text(re.compile("3 列对上 3 列"))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^(重新)?检\s?查$")).click()
    expect(page.get_by_text("没有这个产品").first).to_be_visible()
    shoot(page, "import-checked")
    page.get_by_role("button", name=re.compile("导入 2 行")).click()
    expect(page.get_by_text(re.compile("导入了 2 件")).first).to_be_visible()
    found = server.api.get("/items", params={"prefix": mark}).json()["items"]
    assert [item["code"] for item in found] == [f"{mark}-1", f"{mark}-3"]
