"""Setting a document: headings, facts, tables, on A4, with the font that is shipped with the package.

The font is embedded as a subset, so that a document looks the same everywhere and stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from fpdf import FPDF
from fpdf.fonts import FontFace

from mazhi.kernel import clock, texts
from mazhi.kernel.documents.typefaces import REGULAR
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.texts import Language

INK, SOFT, LINE, TINT = (27, 38, 59), (110, 116, 128), (205, 208, 214), (243, 244, 247)
LONGEST_CELL = 200


class _Sheet(FPDF):
    """The bare sheet, with what stands at the foot of every page."""

    foot = ""

    def footer(self) -> None:
        """Write who made it and when, and the page's number."""
        self.set_y(-14)
        self.set_font("doc", size=8)
        self.set_text_color(*SOFT)
        self.cell(0, 6, self.foot, align="L")
        self.set_y(-14)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")


class Page:
    """A document being set."""

    def __init__(self, language: Language, title: str, *, number: str = "", made_at: int | None = None) -> None:
        """Begin a document.

        Raises:
            ConflictError: The font is not there, since the package was not built (code ``document_font_missing``).
        """
        if not REGULAR.exists():
            raise ConflictError("document_font_missing")
        self.language = language
        self.moment = clock.now() if made_at is None else made_at
        self._pdf = pdf = _Sheet(format="A4")
        pdf.add_font("doc", fname=REGULAR)
        pdf.set_title(title)
        pdf.set_creator("码志 Mazhi")
        pdf.set_lang("zh-CN" if language == "zh" else "en")
        pdf.foot = self.say("doc_foot", moment=self.time(self.moment), number=number)
        pdf.set_margins(18, 16, 18)
        pdf.set_auto_page_break(auto=True, margin=20)
        pdf.add_page()
        self._write(18, title, 10)
        if number:
            self._write(11, number, 7, SOFT)
        pdf.ln(2)

    def say(self, code: str, **params: object) -> str:
        """Return a text of the documents in the reader's language."""
        return texts.message(code, self.language, params)

    def time(self, moment: int | str | None) -> str:
        """Write a moment as people here read it."""
        if moment is None:
            return "—"
        found = datetime.fromisoformat(moment) if isinstance(moment, str) else clock.to_datetime(moment)
        return found.astimezone(clock.DEFAULT_ZONE).strftime("%Y-%m-%d %H:%M")

    def _write(self, size: float, text: str, height: float, colour: tuple[int, int, int] = INK) -> None:
        self._pdf.set_font("doc", size=size)
        self._pdf.set_text_color(*colour)
        self._pdf.multi_cell(0, height, plain(text), new_x="LMARGIN", new_y="NEXT")

    def heading(self, text: str) -> None:
        """Begin a part."""
        self._pdf.ln(3)
        self._write(13, text, 8)

    def paragraph(self, text: str, *, soft: bool = False) -> None:
        """Write running text."""
        self._write(10, text, 6, SOFT if soft else INK)

    def code_line(self, text: str) -> None:
        """Write a long code, such as a hash, on lines of its own."""
        self._write(9, text, 5, SOFT)

    def facts(self, pairs: Iterable[tuple[str, object]]) -> None:
        """Write what is what, a line each."""
        pdf = self._pdf
        for name, value in pairs:
            pdf.set_font("doc", size=10)
            pdf.set_text_color(*SOFT)
            pdf.cell(38, 6, plain(name))
            pdf.set_text_color(*INK)
            shown = "—" if value is None or value == "" else str(value)
            pdf.multi_cell(0, 6, plain(shown), new_x="LMARGIN", new_y="NEXT")

    def table(self, head: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int]) -> None:
        """Write a table; its head stands on every page."""
        pdf = self._pdf
        pdf.set_font("doc", size=9)
        pdf.set_text_color(*INK)
        pdf.set_draw_color(*LINE)
        pdf.set_fill_color(255, 255, 255)
        style = FontFace(emphasis="", color=SOFT, fill_color=TINT)
        with pdf.table(
            col_widths=tuple(widths), headings_style=style, line_height=5.5, borders_layout="HORIZONTAL_LINES",
            text_align="LEFT",
        ) as table:  # fmt: skip
            table.row([plain(one) for one in head])
            for row in rows:
                table.row(["—" if one is None or one == "" else plain(str(one))[:LONGEST_CELL] for one in row])

    def curve(self, points: Sequence[tuple[str, float]], whole: float) -> None:
        """Draw how a figure grew, day by day, below the line of the whole."""
        if not points or whole <= 0:
            return
        pdf = self._pdf
        left, top, width, height = pdf.l_margin, pdf.get_y() + 4, pdf.epw, 34.0
        pdf.set_draw_color(*LINE)
        pdf.line(left, top, left + width, top)
        pdf.line(left, top + height, left + width, top + height)
        step = width / max(len(points), 1)
        pdf.set_fill_color(*INK)
        pdf.set_font("doc", size=7)
        pdf.set_text_color(*SOFT)
        every = max(1, len(points) // 12)
        for place, (day, value) in enumerate(points):
            tall = height * min(value / whole, 1)
            pdf.rect(left + place * step + step * 0.2, top + height - tall, step * 0.6, tall, style="F")
            if place % every == 0:
                pdf.text(left + place * step, top + height + 4, day[5:])
        pdf.set_y(top + height + 6)

    def slip(self, title: str, lines: Sequence[str]) -> None:
        """Write a slip to be cut off, filled in and sent back."""
        pdf = self._pdf
        if pdf.get_y() + 16 + 10 * len(lines) > pdf.page_break_trigger:
            pdf.add_page()
        pdf.ln(6)
        pdf.set_draw_color(*SOFT)
        pdf.set_dash_pattern(dash=2, gap=2)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.l_margin + pdf.epw, pdf.get_y())
        pdf.set_dash_pattern()
        pdf.ln(3)
        self._write(12, title, 8)
        for line in lines:
            self._write(10, line, 9)

    def done(self) -> bytes:
        """Return the document."""
        return bytes(self._pdf.output())


def plain(text: str) -> str:
    """Take out what cannot be set: signs without a shape, and those beyond the basic plane."""
    return "".join(sign if sign.isprintable() and ord(sign) < 0x10000 else "□" for sign in text)
