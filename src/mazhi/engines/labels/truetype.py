"""Reading a TrueType file: which glyph a sign has, how wide it is, and a font with only the glyphs that are used.

Only what labels need of the format, so that a PDF of one label does not wait for a general font library to take a
Chinese font of ten megabytes apart.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

_KEPT = ("cvt ", "fpgm", "prep")
_WORDS_FOLLOW, _HAS_SCALE, _MORE, _HAS_XY, _HAS_MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


class TrueType:
    """A font file with quadratic outlines."""

    def __init__(self, path: Path) -> None:
        """Read the file and find its tables."""
        self.path = path
        self._data = data = path.read_bytes()
        count = struct.unpack_from(">H", data, 4)[0]
        self._tables: dict[str, tuple[int, int]] = {}
        for place in range(12, 12 + 16 * count, 16):
            tag, _, start, length = struct.unpack_from(">4sLLL", data, place)
            self._tables[tag.decode("ascii")] = (start, length)
        head = self._tables["head"][0]
        self.units: int = struct.unpack_from(">H", data, head + 18)[0]
        self.box: tuple[int, int, int, int] = struct.unpack_from(">hhhh", data, head + 36)
        self._long_loca: int = struct.unpack_from(">h", data, head + 50)[0]
        hhea = self._tables["hhea"][0]
        self.ascent, self.descent = struct.unpack_from(">hh", data, hhea + 4)
        self._metrics: int = struct.unpack_from(">H", data, hhea + 34)[0]

    def table(self, tag: str) -> bytes:
        """Return a table as it stands in the file."""
        start, length = self._tables[tag]
        return self._data[start : start + length]

    @cached_property
    def _glyph_by_sign(self) -> dict[int, int]:
        start = self._tables["cmap"][0]
        found: dict[int, int] = {}
        for number in range(struct.unpack_from(">H", self._data, start + 2)[0]):
            offset = struct.unpack_from(">HHL", self._data, start + 4 + 8 * number)[2]
            form = struct.unpack_from(">H", self._data, start + offset)[0]
            if form == 12:
                found |= self._groups(start + offset)
            elif form == 4:
                found = self._segments(start + offset) | found
        return found

    def _groups(self, start: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for number in range(struct.unpack_from(">L", self._data, start + 12)[0]):
            first, last, glyph = struct.unpack_from(">LLL", self._data, start + 16 + 12 * number)
            found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        return found

    def _segments(self, start: int) -> dict[int, int]:
        data, count = self._data, struct.unpack_from(">H", self._data, start + 6)[0] // 2
        ends = struct.unpack_from(f">{count}H", data, start + 14)
        starts = struct.unpack_from(f">{count}H", data, start + 16 + 2 * count)
        deltas = struct.unpack_from(f">{count}H", data, start + 16 + 4 * count)
        ranges = start + 16 + 6 * count
        found = {}
        for number, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
            offset = struct.unpack_from(">H", data, ranges + 2 * number)[0]
            for sign in range(first, min(last, 0xFFFE) + 1):
                glyph = sign
                if offset:
                    glyph = struct.unpack_from(">H", data, ranges + 2 * number + offset + 2 * (sign - first))[0]
                if glyph or not offset:
                    found[sign] = (glyph + delta) & 0xFFFF
        return found

    def glyph(self, sign: str) -> int:
        """Return the number of a sign's glyph; 0 if the font does not have it."""
        return self._glyph_by_sign.get(ord(sign), 0)

    def advance(self, glyph: int) -> int:
        """Return how far the pen moves after a glyph, in the font's units."""
        place = self._tables["hmtx"][0] + 4 * min(glyph, self._metrics - 1)
        return int(struct.unpack_from(">H", self._data, place)[0])

    def _bearing(self, glyph: int) -> int:
        start = self._tables["hmtx"][0]
        if glyph < self._metrics:
            return int(struct.unpack_from(">h", self._data, start + 4 * glyph + 2)[0])
        return int(struct.unpack_from(">h", self._data, start + 4 * self._metrics + 2 * (glyph - self._metrics))[0])

    def _outline(self, glyph: int) -> bytes:
        start, offset = self._tables["loca"][0], self._tables["glyf"][0]
        if self._long_loca:
            first, last = struct.unpack_from(">LL", self._data, start + 4 * glyph)
        else:
            first, last = (2 * place for place in struct.unpack_from(">HH", self._data, start + 2 * glyph))
        return self._data[offset + first : offset + last]

    def subset(self, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
        """Return a font with only these glyphs, and the new number of each; 0 stays 0, the sign for what is missing."""
        wanted = list(dict.fromkeys([0, *glyphs]))
        outlines: list[bytes] = []
        numbers = {glyph: number for number, glyph in enumerate(wanted)}
        for glyph in wanted:  # Grows while it is walked: parts of composed glyphs are appended.
            outlines.append(_renumbered(self._outline(glyph), wanted, numbers))
        return _font(self._tables_of(wanted, outlines)), numbers

    def _tables_of(self, glyphs: Sequence[int], outlines: Sequence[bytes]) -> dict[str, bytes]:
        places, body = [0], bytearray()
        for outline in outlines:
            body += outline + b"\0" * (-len(outline) % 4)
            places.append(len(body))
        head = bytearray(self.table("head"))
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        hhea, maxp = bytearray(self.table("hhea")), bytearray(self.table("maxp"))
        struct.pack_into(">H", hhea, 34, len(glyphs))
        struct.pack_into(">H", maxp, 4, len(glyphs))
        tables = {tag: self.table(tag) for tag in _KEPT if tag in self._tables}
        return tables | {
            "glyf": bytes(body),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", self.advance(glyph), self._bearing(glyph)) for glyph in glyphs),
            "loca": struct.pack(f">{len(places)}L", *places),
            "maxp": bytes(maxp),
        }


def _renumbered(outline: bytes, wanted: list[int], numbers: dict[int, int]) -> bytes:
    """Let a composed glyph name its parts by their new numbers, asking for those that are not there yet."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return outline
    changed, place = bytearray(outline), 10
    while True:
        flags, part = struct.unpack_from(">HH", outline, place)
        if part not in numbers:
            numbers[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", changed, place + 2, numbers[part])
        place += 8 if flags & _WORDS_FOLLOW else 6
        place += 8 if flags & _HAS_MATRIX else 4 if flags & _HAS_XY else 2 if flags & _HAS_SCALE else 0
        if not flags & _MORE:
            return bytes(changed)


def _font(tables: dict[str, bytes]) -> bytes:
    """Write tables as a font file, with the checksums that the format wants."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">LHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    place, directory, body, head_at = 12 + 16 * count, b"", b"", 0
    for tag in sorted(tables):
        padded = tables[tag] + b"\0" * (-len(tables[tag]) % 4)
        if tag == "head":
            head_at = place + len(body)
        directory += struct.pack(">4sLLL", tag.encode(), _sum(padded), place + len(body), len(tables[tag]))
        body += padded
    font = bytearray(head + directory + body)
    struct.pack_into(">L", font, head_at + 8, (0xB1B0AFBA - _sum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _sum(padded: bytes) -> int:
    return int(sum(struct.unpack(f">{len(padded) // 4}L", padded))) & 0xFFFFFFFF
