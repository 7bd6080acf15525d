"""TSPL: what a printer that keeps to the manual makes of it, what may stand in it, and how a job is framed."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.model import LabelError
from mazhi.engines.labels.marks import Bits, Box, Laid, Picture
from mazhi.engines.labels.media import Media
from mazhi.engines.labels.writers import tspl
from tests.engines.labels import samples
from tests.engines.labels.comparing import apart, raster
from tests.engines.labels.pieces import CAPTION, DOTS, FRAME, label, symbol
from tests.engines.labels.tspl_interpreter import Printed, Printer, TsplError

MEDIA = Media(width_mm=60, height_mm=40, darkness=8, speed=4)

NATIVE = [
    symbol("code128", "RO26112100017", 20, 100, module=1),
    symbol("code128", "A", 20, 100),
    symbol("code128", "000123", 20, 100),
    symbol("code128", "AB 12.5/7%", 20, 100),
    symbol("gs1_128", "(01)06901234567892(10)B26(21)7", 20, 100, module=1),
    symbol("code39", "SN-0001", 20, 100, ratio=3),
    symbol("code39", "SN.0 1", 20, 100, ratio=2),
    symbol("itf14", "16901234567899", 20, 100, ratio=3, module=1),
    symbol("itf14", "16901234567899", 20, 100, ratio=2),
]


def printed(laids: list[Laid], media: Media = MEDIA) -> list[Printed]:
    return Printer(laids[0].width, laids[0].height).run(b"".join(tspl.write(laids, media)))


@pytest.mark.parametrize("mark", NATIVE, ids=lambda mark: f"{mark.carrier}-{mark.content}")
def test_every_native_symbol_is_the_raster_dot_for_dot(mark) -> None:
    laid = label(mark)
    assert b"BARCODE" in b"".join(tspl.write([laid], MEDIA)), "it was to be native"
    assert apart(raster(laid), printed([laid])[0].picture) == 0


@pytest.mark.parametrize("kind", [kind.name for kind in carriers])
def test_every_carrier_in_every_rotation_is_the_raster_dot_for_dot(kind: str) -> None:
    chance = random.Random(f"tspl {kind}")
    for dpi in (203, 300):
        for rotation in (0, 90, 180, 270):
            laid, _ = samples.laid(kind, samples.content(kind, chance), dpi, samples.options(kind, chance), rotation)
            assert apart(raster(laid), printed([laid])[0].picture) == 0


@pytest.mark.parametrize(
    "laid",
    [
        label(CAPTION),
        label(Picture("logo", -7, -5, DOTS)),
        label(Picture("logo", 400, 300, DOTS)),
        label(*FRAME, CAPTION, Picture("over", 15, 15, DOTS), Box("over", 30, 30, 40, 40)),
        label(Picture("black", 0, 0, Bits(61, 64, (b"\xff" * 7 + b"\xf8") * 64))),
        label(Box("out", 500, 10, 20, 20), Box("part", 470, 310, 50, 50)),
    ],
)
def test_pictures_boxes_and_words_are_the_raster(laid: Laid) -> None:
    assert apart(raster(laid), printed([laid])[0].picture) == 0


def test_bars_are_pictures_where_the_printer_is_not_trusted() -> None:
    for mark in NATIVE:
        laid = label(mark)
        assert b"BARCODE" not in b"".join(tspl.write([laid], Media(60, 40, native=False)))
        assert apart(raster(laid), printed([laid], Media(60, 40, native=False))[0].picture) == 0


def test_what_is_fixed_is_sent_once_and_every_label_is_whole() -> None:
    logo = Picture("logo", 100, 35, DOTS)
    laids = [label(*FRAME, CAPTION, logo, symbol("code128", f"SN{n:04}", 20, 150), fixed=6) for n in range(5)]
    chunks = list(tspl.write(laids, MEDIA))
    assert [chunk.count(b"DOWNLOAD ") for chunk in chunks] == [1, 0, 0, 0, 0]
    assert [chunk.count(b"PUTBMP ") for chunk in chunks] == [1] * 5
    assert len(chunks[1]) < 200
    printer = Printer(480, 320)
    out = printer.run(b"".join(chunks))
    assert [apart(raster(laid), one.picture) for laid, one in zip(laids, out, strict=True)] == [0] * 5
    assert printer.files == {}, "nothing stays in the printer's memory"


def test_a_resumed_job_needs_nothing_of_the_one_before() -> None:
    laids = [label(*FRAME, CAPTION, symbol("code128", f"SN{n:04}", 20, 150), fixed=5) for n in range(5)]
    whole, rest = list(tspl.write(laids, MEDIA)), list(tspl.write(laids[3:], MEDIA))
    assert rest[-1] == whole[-1]
    assert [apart(raster(laid), one.picture) for laid, one in zip(laids[3:], printed(laids[3:]), strict=True)] == [0, 0]


def test_labels_whose_fixed_marks_differ_after_all_are_right_too() -> None:
    laids = [
        label(Picture("logo", x, 20, DOTS), CAPTION, symbol("code39", "A1", 20, 150), fixed=2) for x in (0, 50, 90)
    ]
    assert [apart(raster(laid), one.picture) for laid, one in zip(laids, printed(laids), strict=True)] == [0] * 3


def test_a_single_label_stores_nothing() -> None:
    (chunk,) = tspl.write([label(*FRAME, CAPTION, fixed=5)], MEDIA)
    assert b"DOWNLOAD" not in chunk and b"PUTBMP" not in chunk and b"KILL" not in chunk


def test_what_is_fixed_but_small_or_nothing_is_not_stored() -> None:
    for fixed in ([FRAME[0]], [Picture("white", 0, 0, Bits(64, 64, bytes(512)))]):
        chunks = list(tspl.write([label(*fixed, fixed=1)] * 2, MEDIA))
        assert b"DOWNLOAD" not in chunks[0]


def test_no_labels_give_no_bytes() -> None:
    assert list(tspl.write([], MEDIA)) == []


def test_settings_are_said_in_the_words_of_the_printer() -> None:
    (one,) = printed([label(CAPTION)], Media(60, 40.5, gap_mm=2, darkness=12, speed=5, copies=3, rotate=180))
    assert one.copies == 3
    assert one.settings == {
        "SIZE": "60 mm,40.5 mm",
        "GAP": "2 mm,0 mm",
        "DENSITY": "12",
        "SPEED": "5",
        "DIRECTION": "1,0",
        "REFERENCE": "0,0",
        "SET PEEL": "OFF",
        "SET CUTTER": "OFF",
    }


@pytest.mark.parametrize(
    ("media", "cutters"),
    [
        (Media(60, 40), ["OFF", "OFF", "OFF"]),
        (Media(60, 40, cut="each"), ["1", "1", "1"]),
        (Media(60, 40, cut="end"), ["OFF", "OFF", "BATCH"]),
    ],
)
def test_labels_are_cut_as_wanted(media: Media, cutters: list[str]) -> None:
    assert [one.settings["SET CUTTER"] for one in printed([label(CAPTION)] * 3, media)] == cutters


@pytest.mark.parametrize(
    ("media", "said"),
    [
        (Media(60, 40, gap_mm=0), {"GAP": "0 mm,0 mm"}),
        (Media(60, 40, gap_mm=3, sensing="mark"), {"BLINE": "3 mm,0 mm"}),
        (Media(60, 40, sensing="keep"), {}),
    ],
)
def test_the_next_label_is_found_as_wanted(media: Media, said: dict[str, str]) -> None:
    (one,) = printed([label(CAPTION)], media)
    assert {name: value for name, value in one.settings.items() if name in {"GAP", "BLINE"}} == said


def test_the_printer_keeps_its_own_darkness_and_speed_where_nothing_is_said() -> None:
    (one,) = printed([label(CAPTION)], Media(60, 40, peel=True))
    assert not {"DENSITY", "SPEED"} & set(one.settings)
    assert one.settings["SET PEEL"] == "ON"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["code128", "code39", "qr", "datamatrix", "gs1_128"]),
    st.text('"\\!@[]AB19 \n\r\x1b(){}~,:;') | st.text() | st.sampled_from(['"\r\nSELFTEST\r\n', '\\["]', "!105", "@1"]),
)
def test_no_content_becomes_a_command(name: str, content: str) -> None:
    try:
        mark = symbol(name, f"(01)06901234567892(10){content}" if name == "gs1_128" else content, 20, 10, module=1)
    except LabelError:
        return
    laid = label(mark)
    (chunk,) = tspl.write([laid], MEDIA)
    (one,) = Printer(480, 320).run(chunk)  # Raises on what is no command of a label.
    assert apart(raster(laid), one.picture) == 0
    quoted = re.findall(rb'BARCODE [^\r]*,"([^"]*)"\r\n', chunk)
    assert all(re.fullmatch(rb"[0-9A-Za-z .+/$%:*#_()&=!-]+", data) for data in quoted)


def test_the_interpreter_refuses_what_is_no_command() -> None:
    with pytest.raises(TsplError, match="not understood"):
        Printer(10, 10).run(b"SIZE 1 mm,1 mm\r\nCLS\r\nSELFTEST\r\n")
