"""A label is drawn with the mouse, published and printed; what comes out of the printer scans."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator

import pytest
import zxingcpp
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Server, shoot, sign_in
from tests.engines.labels.tspl_interpreter import Printer

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


class PaperTray:
    """A label printer on a free port: it takes everything and says nothing."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self.taken = b""
        self.done = threading.Event()
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def _take(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                while piece := line.recv(65536):
                    self.taken += piece
            self.done.set()

    def close(self) -> None:
        """Take no more."""
        self._server.close()


@pytest.fixture
def tray() -> Iterator[PaperTray]:
    """Stand a printer in the plant."""
    tray = PaperTray()
    yield tray
    tray.close()


@pytest.fixture(autouse=True)
def codes(server: Server) -> list[str]:
    """Make what the labels are for: pieces with codes."""
    server.api.post("/products", json={"code": "WM-20", "name": "智能水表 DN20", "tracking": "serial"})
    segments = [{"kind": "constant", "value": "LB"}, {"kind": "counter", "width": 6}]
    made = server.api.post("/code-rules", json={"code": "LB", "name": "水表", "segments": segments})
    if made.status_code == 201:
        body = {"kind": "serial", "product": "WM-20", "rule": "LB", "count": 5}
        server.api.post("/items:generate", json=body).raise_for_status()
    found = server.api.get("/items", params={"prefix": "LB"}).json()["items"]
    assert len(found) == 5
    return [one["code"] for one in found]


def test_a_label_drawn_with_the_mouse_is_printed_and_scans(
    page: Page, server: Server, tray: PaperTray, codes: list[str]
) -> None:
    size = page.viewport_size
    assert size is not None
    if size["width"] < 768:
        pytest.skip("labels are drawn at a desk")
    options = {"host": "127.0.0.1", "port": tray.port, "counter": "no", "status": "no"}
    server.api.post(
        "/printers",
        json={"code": "ZT-1", "name": "产线一", "driver": "tcp", "language": "tspl", "dpi": 203, "options": options},
    ).raise_for_status()
    sign_in(page)

    page.goto("/labels")
    page.get_by_role("button", name="新建标签").first.click()
    expect(page.get_by_role("button", name=re.compile("产品铭牌"))).to_be_visible()
    shoot(page, "labels-gallery")
    page.get_by_text("空白标签").click()
    page.get_by_role("textbox", name="名称", exact=True).fill("机身铭牌")
    page.get_by_role("textbox", name="编码", exact=True).fill("PLATE")
    page.get_by_role("button", name="开始设计").click()
    canvas = page.get_by_role("group", name="60 × 40 毫米的标签")
    expect(canvas).to_be_visible()
    _choose_sample(page, codes[2])

    _drag(page, page.get_by_role("button", name="二维码", exact=True), canvas, 0.78, 0.42)
    _drag(page, page.get_by_role("button", name="条码", exact=True), canvas, 0.38, 0.7)
    _drag(page, page.get_by_role("button", name=re.compile("^序列号")).first, canvas, 0.3, 0.3)
    expect(page.get_by_text(re.compile("QR.*试读一致"))).to_be_visible()
    expect(page.get_by_text("Code 128 试读一致")).to_be_visible()

    # The bars narrower by their right handle, and back.
    grip = _on_screen(page, "条码")
    page.mouse.click(grip[0] + grip[2] / 2, grip[1] + grip[3] / 2)
    expect(page.get_by_text(re.compile("^条码，图层"))).to_be_visible()
    width = page.get_by_role("spinbutton", name="宽度", exact=True)
    before = width.input_value()
    right, middle = grip[0] + grip[2], grip[1] + grip[3] / 2
    page.mouse.move(right, middle)
    page.mouse.down()
    page.mouse.move(right - 12, middle, steps=4)
    page.mouse.up()
    expect(width).not_to_have_value(before)
    assert float(width.input_value()) < float(before)
    page.get_by_role("button", name=re.compile("^撤销")).click()
    expect(width).to_have_value(before)

    # The text of the plate, by its field.
    page.get_by_role("option", name="序列号", exact=True).click()
    page.get_by_label("前缀").fill("SN ")
    shoot(page, "labels-designer")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text(re.compile("草稿已自动保存"))).to_be_visible()

    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("button", name="版本")).to_contain_text("已发布 v1")

    page.get_by_role("button", name="试打 1 张").click()
    expect(page.get_by_text("打完了，共 1 张")).to_be_visible()
    assert tray.done.wait(60), "the last of it has not come through the line"
    shoot(page, "labels-printed")
    (label,) = Printer(480, 320).run(tray.taken)
    read = {str(one.format): one.text for one in zxingcpp.read_barcodes(label.picture.convert("L"))}
    assert sorted(read.values()) == [codes[2], codes[2]], read


def test_labels_are_looked_at_and_printed_on_a_phone_as_well(page: Page, server: Server, codes: list[str]) -> None:
    ready = {one["code"]: one for one in server.api.get("/labels:ready").json()["labels"]}
    chosen = ready["small-part"]
    body = {"code": "SMALL", "name": "小件标签", "template": chosen["template"]}
    assert server.api.post("/labels", json=body).status_code in {201, 409}
    sign_in(page)
    page.goto("/labels")
    card = page.get_by_role("listitem").filter(has_text="小件标签")
    expect(card.get_by_role("img")).to_be_visible()
    expect(card.get_by_text("已发布 v1")).to_be_visible()
    shoot(page, "labels-list")
    card.get_by_role("link", name="小件标签", exact=True).click()
    size = page.viewport_size
    assert size is not None
    if size["width"] < 768:
        expect(page.get_by_text("设计标签请用电脑")).to_be_visible()
        expect(page.get_by_role("img", name="小件标签 的样子")).to_be_visible()
    else:
        expect(page.get_by_role("img", name="打印头看到的点阵")).to_be_visible()
    shoot(page, "labels-one")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def _choose_sample(page: Page, code: str) -> None:
    """Choose whose data are shown, once the page has chosen of its own accord."""
    box = page.get_by_role("combobox", name="用哪台的数据")
    expect(box).not_to_have_value("")
    box.fill(code)
    box.press("Enter")
    expect(box).to_have_value(code)
    expect(page.get_by_role("button", name=re.compile(f"^序列号.*{code}")).first).to_be_visible()


def _drag(page: Page, offer: Locator, canvas: Locator, across: float, down: float) -> None:
    """Drag something from the left to a place on the label's paper."""
    start, board = offer.bounding_box(), canvas.bounding_box()
    assert start is not None
    assert board is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 40, steps=3)
    # The paper stands in the middle of the board, less the rulers.
    high = board["height"] - 72
    wide = high * 60 / 40
    left = board["x"] + 24 + (board["width"] - 24 - wide) / 2
    page.mouse.move(left + wide * across, board["y"] + 48 + high * down, steps=6)
    page.mouse.up()


def _on_screen(page: Page, name: str) -> tuple[float, float, float, float]:
    grip = page.locator(f"[data-element][aria-label='{name}']")
    box = grip.evaluate("one => { const r = one.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }")
    return (box[0], box[1], box[2], box[3])
