"""The test page (测试页): a small label in the printer's own language, to see that it is reached and understands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mazhi.engines.labels.printing.model import Line, Target
from mazhi.kernel import clock


class TestRun:
    """A run of one label."""

    __test__ = False  # pytest would take it for tests
    version = 0
    per_sheet = 1
    lines: Sequence[Line] = (Line(0, "TEST"),)

    def chunks(self, target: Target, labels: Sequence[int], total: int, at: int) -> Iterator[bytes]:  # noqa: ARG002
        """Write the test page."""
        moment = clock.to_datetime(at, clock.DEFAULT_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        words = ["MAZHI TEST", _plain(target.printer), f"{target.language.upper()} {target.dpi} dpi", moment]
        yield {"zpl": _zpl, "tspl": _tspl, "pdf": _pdf, "png": _png}[target.language](words, target.dpi)


def _plain(text: str) -> str:
    """Keep what every printer's built-in letters can say."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in " .-_/") else "_" for sign in text)[:30]


def _zpl(words: Sequence[str], dpi: int) -> bytes:
    step = dpi // 8
    lines = "".join(f"^FO{step},{step * (place + 1)}^A0N,{step},{step}^FD{word}^FS" for place, word in enumerate(words))
    code = f"^FO{step},{step * (len(words) + 2)}^BY2^BCN,{step * 2},Y,N,N^FDMAZHI^FS"
    return f"^XA{lines}{code}^XZ\n".encode()


def _tspl(words: Sequence[str], dpi: int) -> bytes:
    step = dpi // 8
    lines = [f'TEXT {step},{step * (place + 1)},"3",0,1,1,"{word}"' for place, word in enumerate(words)]
    code = f'BARCODE {step},{step * (len(words) + 2)},"128",{step * 2},1,0,2,2,"MAZHI"'
    return ("\r\n".join(["CLS", *lines, code, "PRINT 1,1"]) + "\r\n").encode()


def _pdf(words: Sequence[str], dpi: int) -> bytes:  # noqa: ARG001 - a PDF has no dots
    from fpdf import FPDF

    page = FPDF(unit="mm", format=(60, 40))
    page.set_margin(3)
    page.set_auto_page_break(False)
    page.add_page()
    page.set_font("Helvetica", size=10)
    for word in words:
        page.cell(0, 6, word, new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


def _png(words: Sequence[str], dpi: int) -> bytes:
    import io

    from PIL import Image, ImageDraw

    picture = Image.new("1", (dpi * 60 * 10 // 254, dpi * 40 * 10 // 254), 1)
    drawing = ImageDraw.Draw(picture)
    for place, word in enumerate(words):
        drawing.text((dpi // 8, dpi // 8 * (place + 1)), word, fill=0, font_size=dpi // 10)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
