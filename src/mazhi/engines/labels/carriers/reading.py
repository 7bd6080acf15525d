"""Symbols read back from the raster of a label, as a scanner will read them."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from mazhi.engines.labels.carriers import elements
from mazhi.engines.labels.marks import Symbol

# Code 39 without the pairs of signs that full ASCII would take for one letter.
_FORMATS = {
    "code128": zxingcpp.BarcodeFormat.Code128,
    "code39": zxingcpp.BarcodeFormat.Code39Std,
    "datamatrix": zxingcpp.BarcodeFormat.DataMatrix,
    "digital_link": zxingcpp.BarcodeFormat.QRCode,
    "ean13": zxingcpp.BarcodeFormat.EAN13,
    "ean8": zxingcpp.BarcodeFormat.EAN8,
    "gs1_128": zxingcpp.BarcodeFormat.Code128,
    "gs1_datamatrix": zxingcpp.BarcodeFormat.DataMatrix,
    "itf14": zxingcpp.BarcodeFormat.ITF14,
    "micro_qr": zxingcpp.BarcodeFormat.MicroQRCode,
    "pdf417": zxingcpp.BarcodeFormat.PDF417,
    "qr": zxingcpp.BarcodeFormat.QRCode,
    "upca": zxingcpp.BarcodeFormat.UPCA,
}
_GS1 = {"gs1_128": "]C1", "gs1_datamatrix": "]d2"}
"""How a reader announces symbols that begin with FNC1."""

_ITF14_DIGITS = 14
"""Scanners are set to this length: a crooked line may leave Interleaved 2 of 5 early and still find an end."""

_MARGIN = 4
"""Dots of paper around label and quiet zone: a label is printed on something."""


def reads(symbol: Symbol, label: Image.Image) -> str | None:
    """Return what the symbol says in the picture of its label, spelled as ``Symbol.content``; None if it is not read.

    Only the symbol and its quiet zone are looked at, as a person aims a scanner; what else stands in the quiet zone
    disturbs.

    Args:
        symbol: The symbol.
        label: The label, one pixel a dot, 0 for black, in mode ``L``.
    """
    return read(symbol.carrier, symbol.content, label.crop(_area(symbol, label)))


def read(carrier: str, expected: str, picture: Image.Image) -> str | None:
    """Return what a picture of one symbol says; the expected content, if it is that, in its own spelling."""
    framed = Image.new("L", (picture.width + 2 * _MARGIN, picture.height + 2 * _MARGIN), 255)
    framed.paste(picture, (_MARGIN, _MARGIN))
    found = zxingcpp.read_barcodes(
        framed, formats=zxingcpp.BarcodeFormats(_FORMATS[carrier]), text_mode=zxingcpp.TextMode.Plain
    )
    for barcode in found:
        if carrier == "itf14" and len(barcode.text) != _ITF14_DIGITS:
            continue
        if carrier == "upca":
            # Readers give UPC-A as the EAN-13 that it also is.
            return barcode.text.removeprefix("0") if len(barcode.text) == 13 else barcode.text
        if carrier not in _GS1:
            return barcode.text
        if barcode.symbology_identifier == _GS1[carrier]:
            return expected if barcode.text == elements.raw(expected) else barcode.text
    return None


def _area(symbol: Symbol, label: Image.Image) -> tuple[int, int, int, int]:
    """Return the edges of symbol and quiet zone, turned, no further than the label."""
    quiet = [modules * symbol.module for modules in symbol.matrix.quiet]
    left, right, above, below = quiet
    # Turned clockwise by 90°, what was left is above, what was above is right.
    turned = {
        0: (left, above, right, below),
        90: (below, left, above, right),
        180: (right, below, left, above),
        270: (above, right, below, left),
    }[symbol.rotation]
    width, height = symbol.size
    return (
        max(0, symbol.x - turned[0]),
        max(0, symbol.y - turned[1]),
        min(label.width, symbol.x + width + turned[2]),
        min(label.height, symbol.y + height + turned[3]),
    )
