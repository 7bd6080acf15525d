"""ZPL: what an independent renderer makes of it, what may stand in it, and how a job is framed."""

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
from mazhi.engines.labels.writers import zpl
from tests.engines.labels import samples
from tests.engines.labels.comparing import apart, inked, raster
from tests.engines.labels.pieces import CAPTION, DOTS, FRAME, label, symbol
from tests.engines.labels.zpl_renderer import Job, render

MEDIA = Media(width_mm=60, height_mm=40, darkness=8, speed=4)


def job(laids: list[Laid], media: Media = MEDIA) -> Job:
    return Job(b"".join(zpl.write(laids, media)), laids[0].width, laids[0].height, laids[0].dpi)


NATIVE = [
    symbol("code128", "RO26112100017", 20, 100, module=1),
    symbol("code128", "A", 20, 100),
    symbol("code128", "000123", 20, 100),
    symbol("code128", "AB 12.5/7%", 20, 100, rotation=180),
    symbol("gs1_128", "(01)06901234567892(10)B26(21)7", 20, 100, module=1),
    symbol("code39", "SN-0001", 20, 100, ratio=3),
    symbol("code39", "SN+.$/", 20, 100, module=1, ratio=2, rotation=90),
    symbol("itf14", "16901234567899", 20, 100, ratio=3, module=1, rotation=270),
    symbol("itf14", "16901234567899", 20, 100, ratio=2),
]


def test_every_native_symbol_is_the_raster_dot_for_dot() -> None:
    laids = [label(mark) for mark in NATIVE]
    for laid, (drawn,) in zip(laids, render([job([laid]) for laid in laids]), strict=True):
        assert b"^B" in b"".join(zpl.write([laid], MEDIA)), "it was to be native"
        assert apart(raster(laid), drawn) == 0, laid.marks[0]


def test_every_carrier_in_every_rotation_is_the_raster_dot_for_dot() -> None:
    chance = random.Random(11)
    laids = [
        samples.laid(kind.name, samples.content(kind.name, chance), dpi, samples.options(kind.name, chance), rotation)[
            0
        ]
        for kind in carriers
        for dpi in (203, 300)
        for rotation in (0, 90, 180, 270)
    ]
    for laid, (drawn,) in zip(laids, render([job([laid]) for laid in laids]), strict=True):
        assert apart(raster(laid), drawn) == 0, laid.marks[0]


@pytest.mark.parametrize("graphics", ["z64", "digits"])
def test_pictures_boxes_and_words_are_the_raster(graphics: str) -> None:
    media = Media(60, 40, graphics=graphics)
    plain = [
        label(CAPTION),
        label(Picture("logo", -7, -5, DOTS)),
        label(Picture("logo", 400, 300, DOTS)),
        label(*FRAME, CAPTION),
        label(Picture("white", 0, 0, Bits(64, 64, bytes(512)))),
        label(Picture("black", 0, 0, Bits(64, 64, b"\xff" * 512))),
        label(Picture("wide", 10, 10, Bits(456, 3, b"\xff" * 171))),
    ]
    for laid, (drawn,) in zip(plain, render([job([laid], media) for laid in plain]), strict=True):
        assert apart(raster(laid), drawn) <= 1, laid.marks[0]


def test_a_speed_is_whole_inches() -> None:
    (chunk,) = zpl.write([label(CAPTION)], Media(60, 40, speed=2.6))
    assert b"^PR3^" in chunk


def test_no_graphic_is_larger_than_a_printer_takes() -> None:
    """The guide: 1 to 99999 bytes; the rest would be cut off."""
    chance = random.Random(3)
    size = 1216
    picture = Picture("photo", 0, 0, Bits(size, size, chance.randbytes(size * size // 8)))
    for laids in ([Laid(size, size, 203, (picture,))], [Laid(size, size, 203, (picture,), 1)] * 2):
        sent = b"".join(zpl.write(laids, Media(152, 152)))
        assert all(int(count) <= 99_999 for count in re.findall(rb"(?:\^GFA|~DGR:M\w{7}\.GRF),(\d+),", sent))
        (drawn,) = render([Job(sent, size, size, 203)])
        assert [apart(raster(laids[0]), one) for one in drawn] == [0] * len(laids)


def test_bars_are_pictures_where_the_printer_is_not_trusted() -> None:
    for mark in NATIVE:
        (chunk,) = zpl.write([label(mark)], Media(60, 40, native=False))
        assert b"^B" not in chunk and b"^GFA" in chunk


def test_a_mark_outside_of_the_label_is_left_out() -> None:
    laid = label(Box("out", 500, 10, 20, 20), Picture("out", -300, 0, DOTS), Box("part", 470, 310, 50, 50))
    text = b"".join(zpl.write([laid], MEDIA)).decode()
    assert text.count("^FO") == 1
    assert "^FO470,310^GB10,10,10^FS" in text


@pytest.mark.parametrize("graphics", ["z64", "digits"])
def test_what_is_fixed_is_sent_once_and_every_label_is_whole(graphics: str) -> None:
    laids = [label(*FRAME, CAPTION, symbol("code128", f"SN{n:04}", 20, 150), fixed=5) for n in range(5)]
    chunks = list(zpl.write(laids, Media(60, 40, graphics=graphics)))
    assert [chunk.count(b"~DG") for chunk in chunks] == [1, 0, 0, 0, 0]
    assert [chunk.count(b"^XG") for chunk in chunks] == [1] * 5
    assert len(chunks[1]) < 400
    name = re.search(rb"~DG(R:M[0-9A-F]{7}\.GRF),", chunks[0])[1]
    assert chunks[-1].endswith(b"^XA^ID" + name + b"^FS^XZ\n")
    (drawn,) = render([job(laids, Media(60, 40, graphics=graphics))])
    assert [apart(raster(laid), picture) for laid, picture in zip(laids, drawn, strict=True)] == [0] * 5


def test_a_resumed_job_needs_nothing_of_the_one_before() -> None:
    laids = [label(*FRAME, CAPTION, symbol("code128", f"SN{n:04}", 20, 150), fixed=5) for n in range(5)]
    whole, rest = list(zpl.write(laids, MEDIA)), list(zpl.write(laids[3:], MEDIA))
    assert rest[0].count(b"~DG") == 1
    assert rest[-1] == whole[-1]
    (drawn,) = render([job(laids[3:])])
    assert [apart(raster(laid), picture) for laid, picture in zip(laids[3:], drawn, strict=True)] == [0, 0]


def test_labels_whose_fixed_marks_differ_after_all_are_right_too() -> None:
    laids = [
        label(Picture("logo", x, 20, DOTS), CAPTION, symbol("code39", "A1", 20, 150), fixed=2) for x in (0, 50, 90)
    ]
    (drawn,) = render([job(laids)])
    assert [apart(raster(laid), picture) for laid, picture in zip(laids, drawn, strict=True)] == [0] * 3


def test_a_single_label_stores_nothing() -> None:
    (chunk,) = zpl.write([label(*FRAME, CAPTION, fixed=5)], MEDIA)
    assert b"~DG" not in chunk and b"^XG" not in chunk and b"^ID" not in chunk


def test_no_labels_give_no_bytes() -> None:
    assert list(zpl.write([], MEDIA)) == []


def commands(chunk: bytes) -> list[str]:
    return re.findall(r"[~^][A-Z]{2}[^~^\n]*", chunk.decode())


def test_settings_are_said_in_the_words_of_the_printer() -> None:
    media = Media(60, 40, gap_mm=2, darkness=12, speed=5, copies=3, rotate=180)
    (chunk,) = zpl.write([label(CAPTION)], media)
    assert {"~SD24", "^PR5", "^PQ3", "^POI", "^PW480", "^LL320", "^LH0,0", "^MMT", "^MNY"} <= set(commands(chunk))


@pytest.mark.parametrize(
    ("media", "modes", "quantities"),
    [
        (Media(60, 40), ["^MMT"] * 3, ["^PQ1"] * 3),
        (Media(60, 40, cut="each", copies=2), ["^MMC"] * 3, ["^PQ2,1,0,Y"] * 3),
        (Media(60, 40, cut="end", copies=2), ["^MMT", "^MMT", "^MMC"], ["^PQ2", "^PQ2", "^PQ2,2,0,Y"]),
        (Media(60, 40, peel=True), ["^MMP"] * 3, ["^PQ1"] * 3),
    ],
)
def test_labels_are_cut_and_peeled_as_wanted(media: Media, modes: list[str], quantities: list[str]) -> None:
    said = [commands(chunk) for chunk in zpl.write([label(CAPTION)] * 3, media)]
    assert [next(command for command in label if command.startswith("^MM")) for label in said] == modes
    assert [next(command for command in label if command.startswith("^PQ")) for label in said] == quantities


@pytest.mark.parametrize(
    ("media", "found_by"),
    [
        (Media(60, 40, gap_mm=0), ["^MNN"]),
        (Media(60, 40, sensing="mark"), ["^MNM"]),
        (Media(60, 40, sensing="keep"), []),
    ],
)
def test_the_next_label_is_found_as_wanted(media: Media, found_by: list[str]) -> None:
    (chunk,) = zpl.write([label(CAPTION)], media)
    assert [command for command in commands(chunk) if command.startswith("^MN")] == found_by


def test_the_printer_keeps_its_own_darkness_and_speed_where_nothing_is_said() -> None:
    (chunk,) = zpl.write([label(CAPTION)], Media(60, 40))
    assert b"~SD" not in chunk and b"^PR" not in chunk


NATIVE_FIELD = r"\^BY2(,[23])?\^B[C23]N,[N0-9,]+\^FD[0-9A-Za-z .+/$%:*#_@()&=>;-]+"
PICTURE = r"\^GFA,\d+,\d+,\d+,:Z64:[0-9A-Za-z+/=]+:[0-9A-F]{4}"
ALLOWED = re.compile(
    r"~SD16\n\^XA\^MMT\^PW480\^LL320\^LH0,0\^PON\^PR4\^LRN\^PMN\^MNY"
    rf"\^FO20,100({NATIVE_FIELD}|{PICTURE})\^FS\^PQ1\^XZ\n"
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["code128", "code39", "qr", "datamatrix", "gs1_128"]),
    st.text('^~>\\_AB19 "\n\r\x1b(){}!,:;')
    | st.text()
    | st.sampled_from(["^XZ", "~JR", "A^XZ^XA^JUF", "_5EXZ", "A>9B", "^FS"]),
)
def test_no_content_becomes_a_command(name: str, content: str) -> None:
    try:
        mark = symbol(name, f"(01)06901234567892(10){content}" if name == "gs1_128" else content, 20, 100)
    except LabelError:
        return
    (chunk,) = zpl.write([label(mark)], MEDIA)
    assert ALLOWED.fullmatch(chunk.decode("ascii")), chunk


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from("0123456789AAaaBz .-+"), min_size=1, max_size=14).map("".join))
def test_field_data_spells_the_bars_that_we_draw(content: str) -> None:
    """By the guide's table of invocation codes, read by the tests' own reader."""
    (chunk,) = zpl.write([label(symbol("code128", content, 0, 0, module=1))], MEDIA)
    assert inked(chunk) is None or inked(chunk) == carriers["code128"].encode(content, {}).rows[0]
