"""Bars as zint draws them: what printers are taken to draw, found without our own tables."""

from functools import cache

import zxingcpp
from PIL import Image

FORMATS = zxingcpp.BarcodeFormat


def modules(content: str, kind: zxingcpp.BarcodeFormat, **options: object) -> str:
    """A row of modules, 1 is black."""
    symbol = zxingcpp.create_barcode(content, kind, **options)
    picture = memoryview(zxingcpp.write_barcode_to_image(symbol, add_quiet_zones=False))
    row = picture.tolist()[picture.shape[0] // 2]
    return "".join("1" if value == 0 else "0" for value in row)


@cache
def code128_patterns() -> dict[int, str]:
    """The modules of every symbol character of Code 128, cut out of symbols that hold it; 106 is the stop."""
    found = {}
    for value in range(100):
        row = modules(f"{value:02}", FORMATS.Code128)
        assert len(row) == 46
        found[105], found[value], found[(105 + value) % 103], found[106] = row[:11], row[11:22], row[22:33], row[33:]
    found[103] = modules("\x01", FORMATS.Code128)[:11]
    found[104] = modules("a", FORMATS.Code128)[:11]
    found[102] = modules("[10]A", FORMATS.Code128, gs1=True)[11:22]
    assert sorted(found) == list(range(107)) and len(set(found.values())) == 107
    return found


def code128(values: list[int]) -> str:
    """The modules of a whole symbol from the values of its start and data."""
    patterns = code128_patterns()
    check = (values[0] + sum(at * value for at, value in enumerate(values))) % 103
    return "".join(patterns[value] for value in [*values, check, 106])


def two_widths(content: str, kind: zxingcpp.BarcodeFormat, narrow: int, wide: int) -> str:
    """The dots of a symbol of narrow and wide bars."""
    row = modules(content, kind)
    dots, at = "", 0
    while at < len(row):
        end = at
        while end < len(row) and row[end] == row[at]:
            end += 1
        dots += row[at] * (narrow if end - at == 1 else wide)
        at = end
    return dots


def picture(dots: str, height: int) -> Image.Image:
    """A row of dots as high as that, in mode ``1`` with 255 for black."""
    row = Image.new("1", (len(dots), 1))
    row.putdata([255 if dot == "1" else 0 for dot in dots])
    return row.resize((len(dots), height), Image.Resampling.NEAREST)
