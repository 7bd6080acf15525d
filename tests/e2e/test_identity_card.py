"""The identity card of a product (产品身份证), from an empty system to a record that outlives a change of its form."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ARGUMENTS, Server, shoot, sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
CODE = "RO26110007"


class Hand:
    """A mouse that counts its presses; words are typed only where something is called by a name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.begun = time.monotonic()

    def press(self, name: str, *, within: str = "body") -> None:
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
def furnished(server: Server) -> Server:
    """Make what the card is about: a product, a customer and a machine with a code."""
    for path, body in (
        ("products", {"code": "RO-600", "name": "净水器 600G", "tracking": "serial"}),
        ("partners", {"code": "C-001", "name": "华南净水", "kind": "customer"}),
        ("items:generate", {"product": "RO-600", "codes": CODE}),
    ):
        server.api.post(f"/{path}", json=body).raise_for_status()
    return server


@pytest.fixture(scope="module")
def camera(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start a Chromium whose camera looks at the machine's label."""
    film = tmp_path_factory.mktemp("camera") / "label.y4m"
    film.write_bytes(_film(CODE))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    arguments = [
        *ARGUMENTS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]  # fmt: skip
    seeing = browser.browser_type.launch(executable_path=chromium, args=arguments)
    yield seeing
    seeing.close()


def _film(code: str) -> bytes:
    """Film a QR code, not quite straight, for a second."""
    size = (640, 480)
    symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode).to_image(scale=6)
    label = Image.fromarray(symbol).convert("L").rotate(4, expand=True, fillcolor=255)
    picture = Image.new("L", size, 200)
    picture.paste(label, ((size[0] - label.width) // 2, (size[1] - label.height) // 2))
    chroma = bytes([128]) * (size[0] * size[1] // 4)
    frame = b"FRAME\n" + picture.tobytes() + chroma + chroma
    return f"YUV4MPEG2 W{size[0]} H{size[1]} F10:1 Ip A1:1 C420\n".encode() + frame * 10


def _photo() -> bytes:
    """Take a photo."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def test_the_card_is_drawn_filled_in_on_a_phone_by_camera_and_outlives_its_changes(
    browser: Browser, camera: Browser, furnished: Server, tmp_path: Path
) -> None:
    desk = window(browser, furnished)
    page = desk.new_page()
    sign_in(page)
    hand = Hand(page)
    _new_form(hand)
    _draw(hand)
    shoot(page, "card-designer")
    hand.publish(1)
    print(f"from an empty app to the published card: {hand.clicks} clicks, {time.monotonic() - hand.begun:.1f} s")  # noqa: T201

    _enter(camera, furnished, tmp_path)
    (before,) = furnished.api.get(f"{CARD}/records").json()["records"]
    assert before["values"]["序列号"] == CODE
    assert [line["结果"] for line in before["values"]["检验"]] == ["合格", "不合格"]
    assert len(before["values"]["照片"]) == 1

    # The form changes while it is in use; a second session is faster.
    rival = window(browser, furnished)
    other = rival.new_page()
    sign_in(other)
    other.goto(page.url)
    their = Hand(other)
    their.choose("照片（图片）")
    other.get_by_label("标题", exact=True).fill("现场照片")
    their.publish(2)
    rival.close()

    hand.choose("客户（客户）")
    page.get_by_label("标题", exact=True).fill("最终用户")
    conflict = page.get_by_role("dialog", name="别人先了一步")
    expect(conflict).to_contain_text(re.compile(r"admin.*在 \d{4}-\d\d-\d\d"))
    conflict.get_by_role("button", name="查看差别").click()
    expect(conflict).to_contain_text("现场照片")
    shoot(page, "card-conflict")
    conflict.get_by_role("button", name="放弃我的").click()
    expect(page.locator(".fd-middle").get_by_role("button", name="现场照片（图片）", exact=True)).to_be_visible()
    hand.choose("客户（客户）")
    page.get_by_label("标题", exact=True).fill("最终用户")
    hand.add("单行文本", "安装地址")
    hand.publish(3)

    (after,) = furnished.api.get(f"{CARD}/records").json()["records"]
    kept = {code: value for code, value in after["values"].items() if code != "安装地址"}
    assert kept == before["values"]
    page.goto(CARD)
    row = page.get_by_role("row").filter(has_text=CODE)
    row.hover()
    row.get_by_role("button", name=re.compile("^打开记录")).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("最终用户", exact=True)).to_be_visible()
    expect(drawer.get_by_text("不合格", exact=True)).to_be_visible()
    shoot(page, "card-record")
    desk.close()


CARD = "/apps/quality/forms/card"


def _new_form(hand: Hand) -> None:
    """Make an app and in it a form, from an empty list."""
    page = hand.page
    page.goto("/apps")
    hand.press("新建应用")
    page.get_by_label("名称", exact=True).fill("质量")
    page.get_by_label("编码", exact=True).fill("quality")
    hand.press("新增", within="[role=dialog]")
    page.get_by_role("heading", name="质量").wait_for()
    hand.press("新建表单")
    page.get_by_label("名称", exact=True).fill("产品身份证")
    page.get_by_label("编码", exact=True).fill("card")
    hand.press("新增", within="[role=dialog]")
    page.locator(".fd-left").wait_for()


def _draw(hand: Hand) -> None:
    """Draw the card: what it is about, to whom it went, what it looks like, what was found."""
    page = hand.page
    hand.add("序列号", "序列号")
    hand.switch("必填")
    hand.switch("不重复")
    hand.add("产品", "产品")
    hand.add("客户", "客户")
    hand.add("日期区间", "质保期")
    hand.add("图片", "照片")
    hand.add("子表单", "检验")
    hand.add("单行文本", "项目")
    hand.add("数字", "实测")
    hand.add("数字", "上限")
    hand.add("公式", "结果")
    right = page.locator(".fd-right")
    right.get_by_role("combobox", name="公式", exact=True).fill('如果(实测<=上限,"合格","不合格")')
    control = right.get_by_role("combobox", name="结果是", exact=True)
    control.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ant-select ')]").last.click()
    page.locator(".ant-select-dropdown:visible").get_by_text("文字", exact=True).click()
    hand.clicks += 3


def _enter(camera: Browser, server: Server, folder: Path) -> None:
    """Fill the card in on a phone: the serial by its camera."""
    context = window(camera, server, 390)
    page = context.new_page()
    sign_in(page)
    page.goto(CARD)
    page.get_by_role("button", name="新增").first.click()
    page.get_by_role("button", name="用摄像头扫码：序列号").click()
    expect(page.get_by_label("序列号", exact=True)).to_have_value(CODE)
    photo = folder / "IMG_0001.jpg"
    photo.write_bytes(_photo())
    page.get_by_role("group", name="照片").locator("input[type=file]").set_input_files(photo)
    for row, (name, found, limit, verdict) in enumerate(
        (("水压", "0.4", "0.6", "合格"), ("TDS", "12", "10", "不合格"))
    ):
        page.locator(".row-card-add").click()
        card = page.locator(".row-card").nth(row)
        card.get_by_label("项目").fill(name)
        card.get_by_label("实测").fill(found)
        card.get_by_label("上限").fill(limit)
        expect(card.locator(".row-card-body")).to_contain_text(verdict)
    shoot(page, "card-entry")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text(re.compile("保存成功 #"))).to_be_visible()
    context.close()
