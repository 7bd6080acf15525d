"""The file of a PDF: objects, fonts with only the glyphs that are used, pictures; not what is drawn.

Written by hand, since a general library needs several milliseconds for a page of a few hundred exact rectangles and
more than a second to take a Chinese font apart; see docs/decisions/0009-labels-one-raster.md.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

from mazhi.engines.labels.fonts import EM, FaceName, outlines
from mazhi.engines.labels.marks import Bits

_LEVEL = 3
_NAMES: dict[FaceName, str] = {
    "sans": "NotoSansSC-Regular",
    "sans_bold": "NotoSansSC-Bold",
    "mono": "JetBrainsMono-Regular",
    "mono_bold": "JetBrainsMono-Bold",
}


class Font:
    """A face as this document uses it: its glyphs are numbered in the order in which they turn up."""

    def __init__(self, face: FaceName, number: int) -> None:
        self.face = face
        self.name = f"F{number}"
        self.object = 0
        self._outlines = outlines(face)
        self.glyphs: list[int] = []
        self.signs: list[str] = []
        self._numbers: dict[str, str] = {}
        self._by_glyph: dict[int, str] = {}

    def code(self, sign: str) -> str:
        """Return a sign as the page writes it: its number in four hexadecimal digits."""
        found = self._numbers.get(sign)
        if found is None:
            glyph = self._outlines.glyph(sign)
            found = self._by_glyph.get(glyph)
            if found is None:
                self.glyphs.append(glyph)
                self.signs.append(sign)
                found = self._by_glyph[glyph] = f"{len(self.glyphs):04x}"
            self._numbers[sign] = found
        return found


class File:
    """The objects of one document, written when it is done."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [b"", b"", b""]  # Catalogue, pages and what all pages use come last.
        self._pages: list[int] = []
        self.fonts: dict[FaceName, Font] = {}
        self._forms: dict[str, int] = {}
        self._pictures: dict[Bits, str] = {}

    def _add(self, body: bytes) -> int:
        self._objects.append(body)
        return len(self._objects)

    def _stream(self, head: str, body: bytes) -> int:
        packed = zlib.compress(body, _LEVEL)
        start = f"<<{head}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode("ascii")
        return self._add(start + packed + b"\nendstream")

    def font(self, face: FaceName) -> Font:
        """Return a face's font, which is embedded when the document is done."""
        if face not in self.fonts:
            self.fonts[face] = Font(face, len(self.fonts))
        return self.fonts[face]

    def picture(self, bits: Bits) -> str:
        """Return the name of a picture that paints its black dots and nothing else."""
        name = self._pictures.get(bits)
        if name is None:
            name = self._pictures[bits] = f"I{len(self._pictures)}"
            head = (
                f"/Type/XObject/Subtype/Image/Width {bits.width}/Height {bits.height}"
                "/ImageMask true/BitsPerComponent 1/Decode[1 0]"
            )
            self._forms[name] = self._stream(head, bits.rows)
        return name

    def form(self, drawing: str, width: int, height: int) -> str:
        """Return the name of a drawing that many pages show."""
        name = f"X{len(self._forms)}"
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Resources 3 0 R"
        self._forms[name] = self._stream(head, drawing.encode("ascii"))
        return name

    def page(self, drawing: str, width: float, height: float) -> None:
        """Add a page of so many points."""
        content = self._stream("", drawing.encode("ascii"))
        # Rounded down: viewers take another dot for the last thousandth of one.
        box = f"/MediaBox[0 0 {math.floor(width * 1e4) / 1e4:.4f} {math.floor(height * 1e4) / 1e4:.4f}]"
        page = f"<</Type/Page/Parent 2 0 R{box}/Resources 3 0 R/Contents {content} 0 R>>"
        self._pages.append(self._add(page.encode("ascii")))

    def done(self) -> bytes:
        """Return the document."""
        for font in self.fonts.values():
            font.object = self._embed(font)
        fonts = "".join(f"/{font.name} {font.object} 0 R" for font in self.fonts.values())
        forms = "".join(f"/{name} {number} 0 R" for name, number in self._forms.items())
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        # Printed in its true size: nothing may be scaled to the paper.
        self._objects[0] = b"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</PrintScaling/None>>>>"
        self._objects[1] = f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode("ascii")
        self._objects[2] = f"<</Font<<{fonts}>>/XObject<<{forms}>>>>".encode("ascii")
        info = self._add(b"<</Producer(Mazhi)>>")
        return _file(self._objects, info)

    def _embed(self, font: Font) -> int:
        source = outlines(font.face)
        subset, _ = source.subset(font.glyphs)
        file = self._stream(f"/Length1 {len(subset)}", subset)
        scale = EM / source.units
        box = " ".join(str(round(edge * scale)) for edge in source.box)
        name = f"{_tag(font.glyphs)}+{_NAMES[font.face]}"
        descriptor = self._add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
            f"/Ascent {round(source.ascent * scale)}/Descent {round(source.descent * scale)}"
            f"/CapHeight 733/StemV 80/FontFile2 {file} 0 R>>".encode("ascii")
        )
        widths = " ".join(f"{source.advance(glyph) * scale:g}" for glyph in font.glyphs)
        descendant = self._add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/W[1[{widths}]]/CIDToGIDMap/Identity>>".encode("ascii")
        )
        meaning = self._stream("", _to_unicode(font.signs).encode("ascii"))
        return self._add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
            f"/ToUnicode {meaning} 0 R>>".encode("ascii")
        )


def _tag(glyphs: Sequence[int]) -> str:
    """Return six letters that differ with the glyphs that a subset has."""
    number = zlib.crc32(repr(glyphs).encode("ascii"))
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(65 + letter)
    return letters


def _to_unicode(signs: Sequence[str]) -> str:
    """Say which sign each glyph is, so that text can be searched and copied."""
    lines = [f"<{number:04x}><{sign.encode('utf-16-be').hex()}>" for number, sign in enumerate(signs, 1)]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _file(objects: Sequence[bytes], info: int) -> bytes:
    parts, places, place = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"], [], 15
    for number, body in enumerate(objects, 1):
        places.append(place)
        whole = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        parts.append(whole)
        place += len(whole)
    table = "".join(f"{one:010d} 00000 n \n" for one in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {info} 0 R>>\nstartxref\n{place}\n%%EOF\n".encode("ascii")
    )
    return b"".join(parts)
