"""``label``: labels of the product plate to raster, PDF, ZPL and TSPL on one core, each beside a floor.

The floor of pictures and PDF is Pillow writing the same lines and zxing encoding the same two symbols, nothing laid out
and nothing kept; that of printer languages is encoding the symbols alone.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from importlib import resources

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from bench.figure import Figure, figure
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Laid
from mazhi.engines.labels.model import parse
from mazhi.engines.labels.templates.run import media_of
from mazhi.engines.labels.writers import pdf, png, raster, tspl, zpl
from mazhi.kernel.documents.typefaces import MONO_BOLD, REGULAR

LABELS = 1_000
ROUNDS = 3


def run(engine: str, *, labels: int = LABELS) -> Iterator[Figure]:
    """Measure, and yield the figures; the best of a few rounds, since others may use the machine."""
    if engine != "sqlite":
        return  # Nothing here asks a database; once is enough.
    body = json.loads((resources.files("mazhi.engines.labels") / "ready" / "product-plate.json").read_text("utf-8"))
    template = parse(body["template"])
    media = media_of(template)
    drawn, encoded = _rate(_draw_bare, labels), _rate(_encode_bare, labels)
    ways: dict[str, tuple[Callable[[Iterable[Laid]], object], int, float | None]] = {
        "laid out": (list, 203, None),
        "raster, 203 dpi": (lambda laids: [one.width for one in raster.draw_all(laids)], 203, drawn),
        "raster, 300 dpi": (lambda laids: [one.width for one in raster.draw_all(laids)], 300, drawn),
        "PNG, 203 dpi": (lambda laids: [len(one) for one in png.write(laids)], 203, drawn),
        "PDF": (lambda laids: pdf.write(laids, 60, 40), 203, drawn),
        "native ZPL": (lambda laids: [len(one) for one in zpl.write(laids, media)], 203, encoded),
        "native TSPL": (lambda laids: [len(one) for one in tspl.write(laids, media)], 203, encoded),
    }
    for name, (write, dpi, floor) in ways.items():
        layout = Layout(template, dpi)
        write(_laids(layout, body["sample"], 10, 0))
        best = max(_once(write, layout, body["sample"], labels, turn + 1) for turn in range(ROUNDS))
        yield figure("label", name, best, "/s", floor=floor, engine=engine, rows=labels)


def _once(
    write: Callable[[Iterable[Laid]], object], layout: Layout, sample: dict[str, object], count: int, turn: int
) -> float:
    start = time.perf_counter()
    write(_laids(layout, sample, count, turn))
    return count / (time.perf_counter() - start)


def _laids(layout: Layout, sample: dict[str, object], count: int, turn: int) -> Iterator[Laid]:
    """Lay out labels of which every serial number is new, so that nothing is found ready."""
    for number in range(count):
        code = f"RO26{turn:02}08L{number:06}"
        link = f"https://cy.example/01/06901234567892/21/{code}"
        data = {**sample, "item.code": code, "item.digital_link": link}
        yield layout.lay(data.__getitem__, number + 1, count)


def _rate(work: Callable[[str], object], count: int) -> float:
    best = 0.0
    for turn in range(ROUNDS):
        start = time.perf_counter()
        for number in range(count):
            work(f"RO26{turn:02}08L{number:06}")
        best = max(best, count / (time.perf_counter() - start))
    return best


def _encode_bare(code: str) -> tuple[object, object]:
    link = f"https://cy.example/01/06901234567892/21/{code}"
    return (
        zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode, ecLevel="M"),
        zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.Code128),
    )


_TEXT = ImageFont.truetype(REGULAR, 21)
_CODE = ImageFont.truetype(MONO_BOLD, 28)
_LINES = (
    "澄岳 反渗透净水机",
    "CY-R800",
    "产水 800 G/d（2.1 L/min）",
    "220 V~ 50 Hz 120 W　水效 1 级",
    "批次 B2637　生产 2026-09-08",
)


def _draw_bare(code: str) -> bytes:
    image = Image.new("1", (480, 320), 1)
    pen = ImageDraw.Draw(image)
    for number, text in enumerate(_LINES):
        pen.text((20, 16 + 34 * number), text, fill=0, font=_TEXT)
    pen.text((100, 262), code, fill=0, font=_CODE)
    for place, symbol in zip(((310, 4), (70, 200)), _encode_bare(code), strict=True):
        picture = memoryview(zxingcpp.write_barcode_to_image(symbol, scale=2))
        image.paste(Image.frombytes("L", picture.shape[::-1], picture.tobytes()), place)
    return zlib.compress(image.tobytes(), 1)
