"""Photos, files and a signature are put into a record with a phone, refused where they lie, seen by whom they may."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in, window

SUBMIT = re.compile("提交$")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def field(number: int, code: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}", "code": code, "kind": kind, "title": title, **more}


FIELDS = [
    field(1, "serial", "text", "序列号", required=True),
    field(2, "photos", "image", "外观照片", required=True, options={
        "most": 4, "long_side": 1200, "mark_time": True, "mark_user": True, "mark_text": "码志质检"}),
    field(3, "report", "attachment", "检验报告", options={"types": ["pdf", "picture"]}),
    field(4, "sign", "signature", "检验员签名"),
]  # fmt: skip


def photo() -> bytes:
    """Make what a phone makes: stored on its side, with the place where it was taken; its top is red."""
    picture = Image.new("RGB", (1600, 1200), "steelblue")
    ImageDraw.Draw(picture).rectangle((0, 0, 400, 1200), fill="firebrick")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 6.0, 32.1), 3: "E", 4: (113.0, 19.0, 28.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=88)
    return out.getvalue()


@pytest.fixture(scope="module")
def card(server: Server) -> str:
    """Publish a form with files and let storekeepers see all of it but the photos; give its page."""
    return make(server.api)


def make(api: httpx.Client) -> str:
    """Make an app, a form, and a user who does not see its photos."""
    api.post("/apps", json={"code": "qc", "name": "质检"}).raise_for_status()
    api.post("/apps/qc/forms", json={"code": "look", "name": "外观检验", "fields": FIELDS}).raise_for_status()
    api.post("/apps/qc/forms/look/publish", json={"base": 0}).raise_for_status()
    grant = {"role": "keeper", "actions": ["view"], "scopes": [], "fields": {FIELDS[1]["id"]: "hidden"}}
    api.put("/apps/qc/forms/look/rights", json={"grants": [grant]}).raise_for_status()
    return "/apps/qc/forms/look"


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    """Open a page on a phone."""
    context = window(browser, server, 390)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_files_are_put_into_a_record_and_seen_by_whom_they_may(
    phone: Page, server: Server, card: str, tmp_path: Path
) -> None:
    sign_in(phone)
    put_and_look(phone, server, card, tmp_path)


def put_and_look(page: Page, server: Server, card: str, folder: Path) -> None:
    """Do it, from the empty list to the picture over the whole page."""
    photo_file, lie, report = folder / "IMG_0001.jpg", folder / "检验报告.pdf", folder / "真报告.pdf"
    photo_file.write_bytes(photo())
    lie.write_bytes(b"<!doctype html><script>alert(1)</script>")
    report.write_bytes(PDF)
    page.goto(card)
    page.get_by_role("button", name="新增").first.click()
    page.get_by_label("序列号", exact=True).fill("RO260908L010001")
    shoot(page, "files-empty")

    photos = page.get_by_role("group", name="外观照片")
    photos.locator("input[type=file]").set_input_files(photo_file)
    expect(photos.get_by_role("img").or_(photos.locator("img"))).to_have_count(1)

    reports = page.get_by_role("group", name="检验报告")
    reports.locator("input[type=file]").set_input_files([lie])
    expect(reports.get_by_role("alert")).to_contain_text("“检验报告.pdf”不是真正的 pdf 文件，内容其实是 HTML。")
    expect(reports.get_by_role("alert")).to_contain_text("只改扩展名不行")
    shoot(page, "files-lie")
    reports.get_by_role("button", name="不再显示 检验报告.pdf").click()
    reports.locator("input[type=file]").set_input_files([report])
    expect(reports.get_by_role("button", name="移除 真报告.pdf")).to_be_visible()

    page.get_by_role("button", name="点这里签名").click()
    draw(page)
    shoot(page, "files-sign")
    page.get_by_role("button", name=re.compile("完成$")).click()
    expect(page.get_by_role("img", name="签名", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^移除"))).to_have_count(2)
    shoot(page, "files-filled")
    page.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text(re.compile("保存成功 #"))).to_be_visible()
    shoot(page, "files-list")

    record = server.api.get("/apps/qc/forms/look/records").json()["records"][0]
    sent = server.api.get(record["values"]["photos"][0]["url"].removeprefix("/api/v1"))
    assert_photo(sent.content)
    signed = Image.open(io.BytesIO(server.api.get(record["values"]["sign"][0]["url"].removeprefix("/api/v1")).content))
    assert signed.format == "PNG" and len(set(signed.convert("L").tobytes())) > 1

    page.goto(f"{card}?open={record['id']}")
    page.locator(".record-drawer").get_by_role("button", name="IMG_0001.jpg").click()
    viewer = page.get_by_role("dialog", name="IMG_0001.jpg")
    expect(viewer.locator("img")).to_be_visible()
    page.keyboard.press("+")
    expect(viewer.locator("img")).to_have_attribute("style", re.compile(r"scale\(1\.4\)"))
    shoot(page, "files-viewer")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    shoot(page, "files-record")
    check_others(server, record)


def draw(page: Page) -> None:
    """Sign with two strokes."""
    sheet = page.get_by_role("img", name="在这里签名")
    box = sheet.bounding_box()
    assert box is not None
    for stroke in (((0.2, 0.3), (0.4, 0.7), (0.6, 0.3)), ((0.3, 0.5), (0.8, 0.5))):
        (x, y), *rest = stroke
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.mouse.down()
        for x, y in rest:
            page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=8)
        page.mouse.up()


def assert_photo(data: bytes) -> None:
    """It came upright, smaller, marked, and without the place where it was taken."""
    got = Image.open(io.BytesIO(data))
    assert got.size == (900, 1200) and not got.getexif()
    pixel = got.convert("RGB").getpixel
    top, ground, mark = pixel((450, 60)), pixel((800, 700)), pixel((4, 1190))
    assert isinstance(top, tuple) and isinstance(ground, tuple) and isinstance(mark, tuple)
    assert top[0] > 120 > top[2] and ground[2] > 120
    assert sum(mark) < sum(ground) / 1.5


def check_others(server: Server, record: dict[str, Any]) -> None:
    """Whoever does not see the field does not get the file; whoever sees no record is told so."""
    statuses = {}
    for role in ("keeper", "line"):
        who = {"username": f"{role}-2", "password": "others-2026"}
        body = {**who, "name": role, "roles": [role], "must_change_password": False}
        server.api.post("/users", json=body).raise_for_status()
        token = httpx.post(f"{server.url}/api/v1/login", json=who).raise_for_status().json()["token"]
        headers = {"authorization": f"Bearer {token}"}
        for code in ("photos", "report"):
            found = httpx.get(f"{server.url}{record['values'][code][0]['url']}", headers=headers)
            statuses[role, code] = found.status_code
    assert statuses == {
        ("keeper", "photos"): 404, ("keeper", "report"): 200, ("line", "photos"): 403, ("line", "report"): 403,
    }  # fmt: skip
