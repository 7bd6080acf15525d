"""Pictures, PDF and sheets: what is in them beyond the marks."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image

from mazhi.engines.labels.fonts import PATHS, outlines
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Laid
from mazhi.engines.labels.model import Sheet, parse
from mazhi.engines.labels.writers import pdf, png, sheet
from mazhi.kernel.errors import InvalidInputError
from tests.engines.labels import golden
from tests.engines.labels.edges import astray, ink, ink_of_pdf

ELEMENTS: list[dict[str, Any]] = [
    {"kind": "text", "x": 2, "y": 2, "w": 56, "h": 6, "value": "澄岳净水机 {item.code}", "size": 10, "bold": True},
    {"kind": "text", "x": 2, "y": 9, "w": 20, "h": 6, "value": "固定的字", "size": 10},
    {"kind": "barcode", "x": 2, "y": 20, "w": 56, "h": 16, "value": "{item.code}", "readable": "below"},
]


def laids(count: int, dpi: int = 203) -> list[Laid]:
    made = Layout(parse({"width_mm": 60, "height_mm": 40, "elements": ELEMENTS}), dpi)
    return [made.lay({"item.code": f"SN{number:04}"}.__getitem__, number, count) for number in range(count)]


def pages(document: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(document), strict=True).pages)


@pytest.mark.parametrize(
    ("dpi", "size", "told"), [(203, (480, 320), 203.2), (300, (709, 472), 300), (600, (1417, 945), 600)]
)
def test_a_picture_has_a_bit_a_dot_and_says_its_resolution(dpi: int, size: tuple[int, int], told: float) -> None:
    (data,) = png.write(laids(1, dpi))
    picture = Image.open(io.BytesIO(data))
    assert (picture.mode, picture.size) == ("1", size)
    assert picture.info["dpi"] == pytest.approx((told, told), abs=0.1)


def test_text_in_a_pdf_can_be_searched_and_copied() -> None:
    document = pdf.write(laids(2), 60, 40)
    first, second = (page.extract_text() for page in pages(document))
    assert "澄岳净水机 SN0000" in first
    assert "固定的字" in first
    assert "澄岳净水机 SN0001" in second


def test_pages_have_the_labels_size_and_are_not_to_be_scaled() -> None:
    document = pdf.write(laids(2), 60, 40)
    (first, _) = pages(document)
    assert [float(edge) for edge in first.mediabox] == pytest.approx([0, 0, 60 * 72 / 25.4, 40 * 72 / 25.4], abs=0.001)
    catalogue = pypdf.PdfReader(io.BytesIO(document)).trailer["/Root"]
    assert catalogue["/ViewerPreferences"]["/PrintScaling"] == "/None"  # type: ignore[index]


def test_only_the_glyphs_that_are_used_are_embedded_once() -> None:
    one, many = len(pdf.write(laids(1), 60, 40)), len(pdf.write(laids(100), 60, 40))
    assert one < 20_000
    assert (many - one) / 99 < 2_000


def test_the_same_labels_give_the_same_document() -> None:
    assert pdf.write(laids(3), 60, 40) == pdf.write(laids(3), 60, 40)


@pytest.mark.parametrize("face", PATHS)
def test_a_subset_is_a_font_with_the_same_outlines_and_widths(face: Any) -> None:
    source, text = outlines(face), "CY-R800éÅ澄岳" if face.startswith("sans") else "CY-R800éÅ"
    glyphs = [source.glyph(sign) for sign in text]
    body, numbers = source.subset(glyphs)
    whole, part = TTFont(PATHS[face]), TTFont(io.BytesIO(body))
    for glyph in glyphs:
        old, new = whole.getGlyphName(glyph), part.getGlyphName(numbers[glyph])
        assert part["glyf"][new].getCoordinates(part["glyf"])[0] == whole["glyf"][old].getCoordinates(whole["glyf"])[0]
        assert part["hmtx"][new] == whole["hmtx"][old]
    assert [source.glyph(sign) for sign in text] == [whole.getGlyphID(whole.getBestCmap()[ord(sign)]) for sign in text]


def test_a_sheet_begins_where_it_was_left_and_goes_on_to_the_next() -> None:
    body = golden.bodies()["sheet-24"]
    template = parse(body["template"])
    assert template.sheet is not None
    made = Layout(template, 300)
    run = [made.lay({**body["sample"], "item.code": f"RO260908L01{number:04}"}.__getitem__) for number in range(5)]
    document = sheet.write(run, template.sheet, 22)
    assert [float(edge) for edge in pages(document)[0].mediabox] == pytest.approx([0, 0, 595.276, 841.89], abs=0.01)
    found = []
    for number in range(len(pages(document))):
        paper = Laid(round(210 * 300 / 25.4), round(297 * 300 / 25.4), 300, ())
        drawn = ink_of_pdf(document, paper, number).point([255 - value for value in range(256)])
        read = zxingcpp.read_barcodes(drawn, formats=zxingcpp.BarcodeFormat.Code128)
        place = 300 / 25.4
        found += sorted(
            (
                number,
                int((one.position.top_left.y / place - 0.5) // 37),
                int(one.position.top_left.x / place // 70),
                one.text,
            )
            for one in read
        )
    assert found == [
        (0, 7, 0, "RO260908L010000"), (0, 7, 1, "RO260908L010001"), (0, 7, 2, "RO260908L010002"),
        (1, 0, 0, "RO260908L010003"), (1, 0, 1, "RO260908L010004"),
    ]  # fmt: skip


@pytest.mark.parametrize("start", [0, 25])
def test_a_place_that_the_sheet_does_not_have_is_refused(start: int) -> None:
    with pytest.raises(InvalidInputError) as caught:
        sheet.write(laids(1), Sheet(rows=8, columns=3), start)
    assert caught.value.code == "label_sheet_start"


SIGNS = "宁波澄岳净水科技有限公司地址电话生产日期批次检验合格证中国制造执行标准额定电压功率序列号保修质量"
SIGNS += " RO26-08 abcgjpqy,.()"


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("face", [{}, {"bold": True}, {"font": "mono"}, {"font": "mono", "bold": True}])
def test_letters_in_raster_and_pdf_agree_within_a_dot(dpi: int, face: dict[str, Any]) -> None:
    place = {"kind": "text", "x": 2, "w": 116, "value": SIGNS, "wrap": True, **face}
    elements, y = [], 1.0
    for size in (6, 7, 9, 14):
        elements.append({**place, "y": y, "h": 2 + size * 1.8, "size": size})
        y += 2 + size * 1.8
    made = Layout(parse({"width_mm": 120, "height_mm": round(y) + 2, "elements": elements}), dpi)
    laid, _ = made.try_lay({}.__getitem__)
    drawn = ink(laid)
    # A dot may be grey to the renderer, hence at most one in ten thousand.
    assert astray(drawn, ink_of_pdf(pdf.write([laid], 120, round(y) + 2), laid)) <= drawn.histogram()[255] / 10_000
