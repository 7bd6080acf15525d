"""A bad batch of pumps: called back by what is inside, followed piece by piece, looked at over time, and proven."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from mazhi.bootstrap import Settings, build
from mazhi.demo.company import BAD_BATCH, R600, R800
from mazhi.demo.masters import create_masters
from mazhi.demo.plan import write_leak
from mazhi.demo.progress import Progress
from mazhi.demo.telling import Teller
from mazhi.kernel import clock
from tests.e2e.conftest import MAZHI, Server, environment, serve, shoot, sign_in, window

LEFT = {"at_dealer": 7, "sold": 62}
"""So many machines are not done on the last day of the story: 69 of 572."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tell what the recall is about, up to its opening: 600 pumps, the machines of seven days and four older ones."""
    folder = tmp_path_factory.mktemp("leak")
    today = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date()
    story = write_leak(today - timedelta(days=1))
    system = build(Settings(f"sqlite:///{folder / 'mazhi.db'}", folder))
    try:
        create_masters(system, story.days)
        Teller(system, story.entries, Progress(1, story.days.last, len(story.entries))).tell(lambda *_: None)
        system.seals.drain()
    finally:
        system.db.close()
    return folder


@pytest.fixture
def folder(told: Path, tmp_path: Path) -> Path:
    """Give each width its own copy, since a recall is opened once."""
    return Path(shutil.copytree(told, tmp_path / "data"))


@pytest.fixture
def story(folder: Path) -> Iterator[Server]:
    """Serve the copy."""
    with serve(folder) as running:
        yield running


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, story: Server) -> Iterator[Page]:
    """Open a page, once at a desk and once on a phone."""
    context = window(browser, story, request.param)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_a_batch_is_called_back_worked_off_looked_at_over_time_and_proven(
    page: Page, story: Server, folder: Path, tmp_path: Path
) -> None:
    sign_in(page)
    number = _open(page)
    case = _items(story, number)
    assert Counter(row["state"] for row in case)["sold"] == 214
    _hold(page)
    _work_off(page, case)
    _letter(page, story, number, tmp_path)
    machine = _over_time(page, story, number)
    _prove(page, machine, tmp_path)
    done = subprocess.run([MAZHI, "verify", "--ledger"], env=environment(folder), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def _items(story: Server, number: str) -> list[dict[str, Any]]:
    answer = story.api.get(f"/recalls/{number}/items", params={"role": "unit", "limit": 1000}).raise_for_status()
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


def _choose(page: Page, label: str, *codes: str) -> None:
    """Narrow a list by typing, and choose from it with the mouse."""
    field = page.get_by_label(label, exact=True)
    field.click()
    for code in codes:
        field.press_sequentially(code[:7])
        page.locator(".ant-select-dropdown:visible").get_by_text(code, exact=True).click()
    page.keyboard.press("Escape")


def _open(page: Page) -> str:
    """Open the recall by what is inside; what the criteria take is shown before anything happens."""
    page.goto("/recalls")
    page.get_by_role("link", name="发起召回").or_(page.get_by_role("button", name="发起召回")).first.click()
    page.get_by_label("名称").fill(f"水泵批次 {BAD_BATCH} 密封圈漏水")
    page.get_by_label("按什么圈").click()
    page.locator(".ant-select-dropdown:visible").get_by_text("批次", exact=True).click()
    _choose(page, "批次号", BAD_BATCH)
    _choose(page, "按什么算台数", R800, R600)
    preview = page.get_by_role("region", name="会召回这些")
    expect(preview).to_contain_text("572 台")
    expect(preview).to_contain_text("在途")
    shoot(page, "recall-new")
    page.get_by_role("button", name="发起召回（572 台）").click()

    # Located is one figure, handled another; by dates it would have been 1,960, and four missed.
    expect(page.get_by_role("heading", name=re.compile("密封圈漏水"))).to_be_visible()
    figures = page.get_by_role("region", name="召回进度")
    expect(figures).to_contain_text("572/572")
    expect(figures.get_by_test_id("effectiveness")).to_have_text("0.0%")
    why = page.get_by_role("region", name="为什么不按日期召")
    for words in ("1,960", "568", "多召无关 1,392", "漏掉 4 台"):
        expect(why).to_contain_text(words)
    return page.url.rsplit("/", 1)[-1].split("?")[0]


def _hold(page: Page) -> None:
    """Hold what is in stock, all of it at once."""
    where = page.get_by_role("table", name="它们在哪")
    where.get_by_role("row", name=re.compile("在库")).get_by_role("button", name="160").click()
    work = page.get_by_role("region", name="逐台处理")
    expect(work).to_contain_text("只看")
    work.get_by_role("button", name="登记处理", exact=True).click()
    page.get_by_role("menuitem", name="冻结").click()
    sure = page.get_by_role("dialog", name=re.compile("冻结"))
    sure.get_by_role("button", name="冻结").click()
    expect(page.get_by_text("160 台：冻结")).to_be_visible()
    shoot(page, "recall-held")


def _work_off(page: Page, case: list[dict[str, Any]]) -> None:
    """Register 503 machines as put right: some by scan, most as lists; strangers and repeats are named."""
    left, done = dict(LEFT), []
    for row in case:
        if left.get(row["state"], 0):
            left[row["state"]] -= 1
        else:
            done.append(row["code"])
    assert len(done) == 503
    page.get_by_role("button", name="扫码登记处理").click()
    drawer = page.get_by_role("dialog")
    scan, answer = drawer.get_by_label("扫序列号"), drawer.locator(".answer-banner")
    for code, words in ((done[0], "已返工"), (done[1], "已返工"), (done[0], ""), ("HY-STRANGER", "")):
        scan.fill(code)
        scan.press("Enter")
        expect(answer).to_contain_text(code)
        expect(answer).not_to_have_attribute("aria-busy", "true")
        expect(answer).to_contain_text(words)
    shoot(page, "recall-scan")
    _paste(drawer, done[2:300])
    expect(drawer).to_contain_text("登记了 298 台")
    drawer.get_by_text("已更换", exact=True).click()
    _paste(drawer, [*done[300:], done[5], "HY-STRANGER"])
    expect(drawer).to_contain_text("登记了 203 台")
    expect(drawer).to_contain_text("2 件没登记")
    shoot(page, "recall-pasted")
    page.keyboard.press("Escape")
    figures = page.get_by_role("region", name="召回进度")
    expect(figures.get_by_test_id("effectiveness")).to_have_text("87.9%")
    expect(figures).to_contain_text("503/572")
    expect(figures).to_contain_text("剩 69 台")
    page.get_by_role("tab", name="处理经过").focus()
    page.keyboard.press("Enter")
    log = page.get_by_role("region", name="逐台处理")
    for words in ("立案", "冻结", "已返工", "已更换"):
        expect(log).to_contain_text(words)
    shoot(page, "recall-log")
    open_ones = page.get_by_role("tab", name=re.compile("未处理"))
    open_ones.focus()  # on a phone the tabs are wider than the page
    open_ones.click()
    expect(open_ones).to_contain_text("69")
    expect(page.get_by_role("region", name="逐台处理")).to_contain_text("还没开始")
    page.evaluate("window.scrollTo(0, 0)")
    shoot(page, "recall")


def _paste(drawer: Locator, codes: list[str]) -> None:
    drawer.get_by_role("button", name="粘贴一批").click()
    dialog = drawer.page.get_by_role("dialog", name="粘贴清单")
    dialog.get_by_role("textbox").fill("\n".join(codes))
    dialog.get_by_role("button", name=re.compile("扫入")).click()
    expect(dialog).to_be_hidden()


def _letter(page: Page, story: Server, number: str, folder: Path) -> None:
    """The letter to a dealer says which pieces it is about."""
    partners = story.api.get(f"/recalls/{number}").json()["by_partner"]
    dealer = next(one for one in partners if one["kind"] == "dealer")
    rows = story.api.get(f"/recalls/{number}/items", params={"holder": dealer["partner"], "role": "unit"}).json()
    page.get_by_role("button", name="证据与信函").click()
    page.get_by_role("menuitem", name=re.compile("通知函")).click()
    with page.expect_download() as letter:
        page.get_by_role("button", name=f"给{dealer['name']}的通知函").click()
    paper = folder / "letter.pdf"
    letter.value.save_as(paper)
    words = "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(paper).pages)
    assert number in words
    assert dealer["name"] in words
    assert all(row["code"] in words for row in rows["items"])
    page.keyboard.press("Escape")


def _over_time(page: Page, story: Server, number: str) -> str:
    """A machine that the dates would have missed: now the bad pump, before the exchange the one that it came with."""
    missed: str
    missed, *_ = story.api.get(f"/recalls/{number}/comparison").json()["missed_codes"]
    page.get_by_role("region", name="为什么不按日期召").get_by_role("link", name=missed).click()
    ever = story.api.get(f"/items/{missed}/genealogy", params={"ever": True, "depth": 1}).json()
    over = {edge["child"] for edge in ever["edges"] if edge["until"] is not None}
    pumps = {node["id"]: node["code"] for node in ever["nodes"] if node["code"].startswith("HY")}
    (first,) = (code for node, code in pumps.items() if node in over)
    (bad,) = (code for node, code in pumps.items() if node not in over)
    parts = page.get_by_role("region", name="含什么").or_(page.get_by_role("tree")).first
    expect(parts).to_contain_text(bad)
    expect(parts).not_to_contain_text(first)
    slider = page.get_by_role("slider", name="看哪一天")
    slider.scroll_into_view_if_needed()
    box = slider.locator("xpath=..").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    expect(parts).to_contain_text(first)
    expect(parts).to_contain_text("之后")
    shoot(page, "parts")
    return missed


def _prove(page: Page, machine: str, folder: Path) -> None:
    """The proof holds without us, in a process of its own, and does not after one byte is changed."""
    page.get_by_role("tab", name="证明").click()
    expect(page.get_by_role("article", name="证明")).to_contain_text("一字不差")
    shoot(page, "proof")
    with page.expect_download() as exported:
        page.get_by_role("button", name="导出证明").click()
    proof = folder / "proof.json"
    exported.value.save_as(proof)
    with page.expect_download() as program:
        page.get_by_role("button", name="独立校验程序").click()
    verifier = folder / "verify_proof.py"
    program.value.save_as(verifier)
    assert json.loads(proof.read_text())["item"]["code"] == machine
    assert _verify(verifier, proof) == 0
    with page.expect_download() as packed:
        page.get_by_role("button", name="证据包").click()
    with zipfile.ZipFile(packed.value.path()) as archive:
        archive.extractall(folder / "evidence")
    assert _verify(folder / "evidence" / "verify_proof.py", folder / "evidence" / "proof.json") == 0
    content = bytearray(proof.read_bytes())
    place = content.index(b"WX-") + 3
    content[place] ^= 1
    proof.write_bytes(bytes(content))
    assert _verify(verifier, proof) != 0


def _verify(verifier: Path, proof: Path) -> int:
    return subprocess.run([sys.executable, "-I", verifier, proof], capture_output=True, check=False).returncode
