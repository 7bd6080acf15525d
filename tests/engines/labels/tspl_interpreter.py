"""TSPL as a printer would understand it, written from the TSPL/TSPL2 programming manual.

Knows the commands that labels need; an unknown one, or a malformed line, is an error, so that nothing a user wrote can
slip through as a command.
"""

import io
import re
from dataclasses import dataclass, field

from PIL import Image, ImageChops

from tests.engines.labels import bars

_BITMAP = re.compile(rb"BITMAP (-?\d+),(-?\d+),(\d+),(\d+),([012]),")
_DOWNLOAD = re.compile(rb'DOWNLOAD "([A-Z0-9]{1,8}\.[A-Z]{1,3})",(\d+),')
_BARCODE = re.compile(r'BARCODE (\d+),(\d+),"([0-9A-Z]+)",(\d+),([01]),(0|90|180|270),(\d+),(\d+),"([^"]*)"')
_BAR = re.compile(r"BAR (\d+),(\d+),(\d+),(\d+)")
_BOX = re.compile(r"BOX (\d+),(\d+),(\d+),(\d+),(\d+)")
_PUTBMP = re.compile(r'PUTBMP (\d+),(\d+),"([A-Z0-9.]+)"')
_SETTINGS = {
    "SIZE": r"[\d.]+ mm,[\d.]+ mm",
    "GAP": r"[\d.]+ mm,[\d.]+ mm",
    "BLINE": r"[\d.]+ mm,[\d.]+ mm",
    "SPEED": r"[\d.]+",
    "DENSITY": r"\d|1[0-5]",
    "DIRECTION": r"[01](,[01])?",
    "REFERENCE": r"\d+,\d+",
    "SET PEEL": "ON|OFF",
    "SET CUTTER": r"OFF|BATCH|\d+",
    "SET TEAR": "ON|OFF",
}


class TsplError(Exception):
    """What a printer would not understand."""


@dataclass
class Printed:
    """Labels that came out: the picture, how many, and how the printer was set."""

    picture: Image.Image
    copies: int
    settings: dict[str, str]


@dataclass
class Printer:
    """A printer with its memory; ``width`` and ``height`` are the label's, in dots."""

    width: int
    height: int
    settings: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    printed: list[Printed] = field(default_factory=list)
    ink: Image.Image | None = None

    def run(self, stream: bytes) -> list[Printed]:
        """Obey commands; return what was printed by now."""
        at = 0
        while at < len(stream):
            if (found := _BITMAP.match(stream, at)) is not None:
                x, y, size, height, mode = map(int, found.groups())
                end = found.end() + size * height
                self._bitmap(x, y, size, height, mode, stream[found.end() : end])
                at = self._line_end(stream, end)
            elif (found := _DOWNLOAD.match(stream, at)) is not None:
                end = found.end() + int(found[2])
                self.files[found[1].decode()] = stream[found.end() : end]
                at = self._line_end(stream, end)
            else:
                end = stream.find(b"\r\n", at)
                if end < 0:
                    raise TsplError(f"no end of line after {stream[at : at + 40]!r}")
                self._line(stream[at:end].decode("ascii"))
                at = end + 2
        return self.printed

    @staticmethod
    def _line_end(stream: bytes, at: int) -> int:
        if stream[at : at + 2] != b"\r\n":
            raise TsplError(f"data run on: {stream[at : at + 40]!r}")
        return at + 2

    def _line(self, line: str) -> None:
        if line == "CLS":
            if "SIZE" not in self.settings:
                raise TsplError("CLS before SIZE")
            self.ink = Image.new("1", (self.width, self.height))
        elif (found := re.fullmatch(r"PRINT (\d+)(?:,(\d+))?", line)) is not None:
            copies = int(found[1]) * int(found[2] or 1)
            self.printed.append(Printed(ImageChops.invert(self._paper().convert("L")), copies, dict(self.settings)))
        elif (found := re.fullmatch(r'KILL "([A-Z0-9.]+)"', line)) is not None:
            del self.files[found[1]]
        elif not self._draw(line):
            self._set(line)

    def _set(self, line: str) -> None:
        for name, pattern in _SETTINGS.items():
            if re.fullmatch(f"{name} (?:{pattern})", line):
                self.settings[name] = line[len(name) + 1 :]
                return
        raise TsplError(f"not understood: {line!r}")

    def _draw(self, line: str) -> bool:
        if (found := _BAR.fullmatch(line)) is not None:
            x, y, width, height = map(int, found.groups())
            self._paper().paste(255, (x, y, x + width, y + height))
        elif (found := _BOX.fullmatch(line)) is not None:
            left, top, right, bottom, thick = map(int, found.groups())
            self._paper().paste(255, (left, top, right, bottom))
            self._paper().paste(0, (left + thick, top + thick, right - thick, bottom - thick))
        elif (found := _PUTBMP.fullmatch(line)) is not None:
            picture = Image.open(io.BytesIO(self.files[found[3]])).convert("1")
            # A file replaces what was there, white too.
            self._paper().paste(ImageChops.invert(picture), (int(found[1]), int(found[2])))
        elif (found := _BARCODE.fullmatch(line)) is not None:
            self._barcode(found)
        else:
            return False
        return True

    def _paper(self) -> Image.Image:
        if self.ink is None:
            raise TsplError("drawn before CLS")
        return self.ink

    def _bitmap(self, x: int, y: int, size: int, height: int, mode: int, data: bytes) -> None:
        if len(data) != size * height:
            raise TsplError("the bitmap is shorter than it says")
        # 0 is black in the data.
        picture = Image.frombytes("1", (size * 8, height), bytes(byte ^ 255 for byte in data))
        place = (x, y, x + size * 8, y + height)
        old = self._paper().crop(place)
        joined = {0: lambda: picture, 1: lambda: ImageChops.logical_or(old, picture)}
        joined[2] = lambda: ImageChops.logical_xor(old, picture)
        self._paper().paste(joined[mode](), (x, y))

    def _barcode(self, found: re.Match[str]) -> None:
        x, y, kind, height, readable, turn, narrow, wide, data = found.groups()
        if readable != "0" or turn != "0":
            raise TsplError("not drawn here: text and turned bars")
        drawn = {
            "128M": lambda: "".join(bit * int(narrow) for bit in bars.code128(_values(data))),
            "39": lambda: bars.two_widths(data, bars.FORMATS.Code39, int(narrow), int(wide)),
            "25": lambda: bars.two_widths(data, bars.FORMATS.ITF, int(narrow), int(wide)),
        }[kind]()
        picture = bars.picture(drawn, int(height))
        self._paper().paste(255, (int(x), int(y)), picture)


def _values(data: str) -> list[int]:
    """The symbol characters of ``128M``: ``!`` and three digits for a start, a change of set or FNC1."""
    values: list[int] = []
    code_set = "B"
    at = 0
    while at < len(data):
        if data[at] == "!":
            value = int(data[at + 1 : at + 4])
            code_set = {103: "A", 104: "B", 105: "C", 99: "C", 100: "B", 101: "A"}.get(value, code_set)
            values.append(value)
            at += 4
        elif code_set == "C":
            values.append(int(data[at : at + 2]))
            at += 2
        else:
            values.append(ord(data[at]) - 32)
            at += 1
    return values if values[0] > 102 else [104, *values]
