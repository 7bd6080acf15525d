"""A bad batch of pumps: called back by what is inside, followed piece by piece, looked at over time, and proven."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Server, shoot, sign_in

UNITS = [f"RO{number:04d}" for number in range(1, 9)]
BAD, GOOD = [f"HYB{number:04d}" for number in range(1, 9)], ["HYC0001"]
SWAPPED = UNITS[0]


def _post(api: httpx.Client, path: str, body: object) -> None:
    answer = api.post(path, json=body)
    assert answer.is_success, answer.text


@pytest.fixture(scope="module")
def story(server: Server) -> Server:
    """Eight machines with pumps of one batch, half of them with a dealer; one pump was replaced in the field."""
    api = server.api
    for code, name in (("RO", "净水机"), ("HY", "水泵")):
        _post(api, "/products", {"code": code, "name": name, "tracking": "serial"})
    _post(api, "/places", {"code": "WH", "name": "成品仓", "kind": "warehouse"})
    _post(api, "/partners", {"code": "D1", "name": "广东粤泉", "kind": "dealer", "region": "440000"})
    for code in ("PB-2609-B", "PB-2611-A"):
        _post(api, "/batches", {"code": code, "product": "HY", "supplier_batch": f"S-{code}"})
    for codes, product, batch in ((UNITS, "RO", None), (BAD, "HY", "PB-2609-B"), (GOOD, "HY", "PB-2611-A")):
        body = {"product": product, "codes": ",".join(codes), "count": len(codes), "batch": batch}
        _post(api, "/items:generate", {**body, "occurred_at": "2026-09-01T08:00:00+08:00"})
    for unit, pump in zip(UNITS, BAD, strict=True):
        parts = {"components": [{"item": pump}]}
        _post(api, "/operations/assemble", {"items": [unit], "data": parts, "occurred_at": "2026-09-02T08:00:00+08:00"})
    _post(api, "/operations/receive", {"items": UNITS, "place": "WH", "occurred_at": "2026-09-03T08:00:00+08:00"})
    shipped = {"items": UNITS[:4], "partner": "D1", "document": "SO-1", "occurred_at": "2026-09-10T08:00:00+08:00"}
    _post(api, "/operations/ship", shipped)
    swap = {"out": {"item": BAD[0]}, "in": {"item": GOOD[0]}, "reason": "漏水"}
    _post(api, "/operations/swap", {"items": [SWAPPED], "data": swap, "occurred_at": "2026-10-14T08:00:00+08:00"})
    return server


@pytest.fixture
def desk(browser: Browser, story: Server) -> Page:
    """Open a page at a desk."""
    context = browser.new_context(base_url=story.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    return context.new_page()


def test_a_batch_is_called_back_worked_off_looked_at_over_time_and_proven(desk: Page, tmp_path: Path) -> None:
    page = desk
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page)

    # What the criteria take is shown before anything happens.
    page.goto("/recalls/new")
    page.get_by_label("名称").fill("水泵批次漏水")
    page.get_by_label("供应商批次号").fill("S-PB-2609-B")
    page.get_by_label("按什么算台数").click()
    page.keyboard.type("RO")
    page.get_by_role("option", name="RO").or_(page.locator(".ant-select-item-option", has_text="净水机")).first.click()
    preview = page.get_by_role("region", name="会召回这些")
    expect(preview).to_contain_text("8 台")
    expect(preview).to_contain_text("在途")
    shoot(page, "recall-new")
    page.get_by_role("button", name="发起召回（8 台）").click()

    # Located is one figure, handled another.
    expect(page.get_by_role("heading", name="水泵批次漏水")).to_be_visible()
    figures = page.get_by_role("region", name="召回进度")
    expect(figures).to_contain_text("8/8")
    expect(figures.get_by_test_id("effectiveness")).to_have_text("0.0%")

    # Two are ticked and told to be at their dealer's.
    for unit in UNITS[:2]:
        page.get_by_role("row", name=re.compile(unit)).get_by_role("checkbox").check()
    page.get_by_role("region", name="逐台处理").get_by_role("button", name="通知", exact=True).click()
    expect(page.get_by_role("tab", name=re.compile("已通知"))).to_contain_text("2")

    # Seven are put right, one scan each; a stranger is refused, one scanned twice is not counted twice.
    page.get_by_role("button", name="扫码登记处理").click()
    scan = page.get_by_role("dialog").get_by_label("扫序列号")
    answer = page.get_by_role("dialog").get_by_role("status")
    for unit in (*UNITS[:7], UNITS[0], GOOD[0]):
        scan.fill(unit)
        scan.press("Enter")
        expect(answer).to_contain_text(unit)
        expect(answer).not_to_have_attribute("aria-busy", "true")
    expect(answer).to_contain_text("不在召回单")
    shoot(page, "recall-scan")
    page.keyboard.press("Escape")
    expect(figures.get_by_test_id("effectiveness")).to_have_text("87.5%")
    expect(page.get_by_role("tab", name=re.compile("^未处理"))).to_contain_text("1")
    shoot(page, "recall")

    # The dealer's letter says which pieces it is about.
    page.get_by_role("button", name="证据与信函").click()
    page.get_by_role("menuitem", name=re.compile("通知函")).click()
    with page.expect_download() as letter:
        page.get_by_role("button", name="给广东粤泉的通知函").click()
    paper = tmp_path / "letter.pdf"
    letter.value.save_as(paper)
    words = "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(paper).pages)
    assert "广东粤泉" in words
    assert UNITS[0] in words

    # What was inside when: now the new pump, in September the bad one.
    page.goto(f"/items/{SWAPPED}?tab=parts")
    parts = page.get_by_role("tree")
    expect(parts).to_contain_text(GOOD[0])
    expect(parts).not_to_contain_text(BAD[0])
    slider = page.get_by_role("slider", name="看哪一天")
    slider.focus()
    slider.press("PageDown")
    slider.press("ArrowLeft")
    expect(parts).to_contain_text(BAD[0])
    expect(parts).to_contain_text("之后换上")
    shoot(page, "parts")

    # The proof holds without us, and does not after one character is changed.
    page.get_by_role("tab", name="证明").click()
    expect(page.get_by_role("article", name="证明")).to_contain_text("一字不差")
    shoot(page, "proof")
    with page.expect_download() as exported:
        page.get_by_role("button", name="导出证明").click()
    proof = tmp_path / "proof.json"
    exported.value.save_as(proof)
    with page.expect_download() as program:
        page.get_by_role("button", name="独立校验程序").click()
    verifier = tmp_path / "verify_proof.py"
    program.value.save_as(verifier)
    assert json.loads(proof.read_text())["item"]["code"] == SWAPPED
    assert _verify(verifier, proof) == 0
    proof.write_text(proof.read_text().replace("漏水", "正常", 1))
    assert _verify(verifier, proof) != 0
    assert errors == []
    page.context.close()


def _verify(verifier: Path, proof: Path) -> int:
    return subprocess.run([sys.executable, "-I", verifier, proof], capture_output=True, check=False).returncode
