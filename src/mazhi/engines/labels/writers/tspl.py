"""TSPL and TSPL2, the language of TSC printers and of most that are made in China.

Upright Code 128, Code 39 and Interleaved 2 of 5 are left to the printer, which draws them exactly as we do;
everything else is a bitmap or a bar. A user's text reaches the printer only as characters of a short list inside the
quotes of a bar code, so no content can hold a command. What stands on every label is sent once a job, as one picture.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mazhi.engines.labels.carriers.code128_bars import CODE, FNC1_VALUE, START
from mazhi.engines.labels.element import AnyMark
from mazhi.engines.labels.marks import Bits, Box, Laid, Symbol
from mazhi.engines.labels.media import Media
from mazhi.engines.labels.writers.graphics import clipped, code128_values, composed, inside, placed, same, with_last

_END = b"\r\n"
_WIDEST_MODULE = 10
_DARKEST = 15
_PLAIN = re.compile(r"[0-9A-Za-z.+/$%:*#_()&=-](?:[0-9A-Za-z .+/$%:*#_()&=-]*[0-9A-Za-z.+/$%:*#_()&=-])?")
"""What may stand in quotes: no quote, no escape (! \\), no variable (@), nothing that could be trimmed."""

_CODE39_PLAIN = re.compile(r"[0-9A-Z.-](?:[0-9A-Z .-]*[0-9A-Z.-])?")
"""Of Code 39 without the four signs, which newer printers may take as the start of a letter of full ASCII."""

_INVERTED = bytes(byte ^ 0xFF for byte in range(256))
_LEAST_STORED = 256
_MOST_STORED = 128 * 1024
"""Bytes of a picture that is worth a place in the printer's memory, and that fits into the smallest."""


@dataclass(slots=True)
class _Job:
    """What is the same for all labels of a job: the marks that the stored picture shows, and how it is drawn."""

    fixed: Sequence[AnyMark] = ()
    recall: bytes = b""
    name: str = ""


def write(laids: Iterable[Laid], media: Media) -> Iterator[bytes]:
    """Write labels one by one; whatever must come before the first stands in its chunk, what must follow in the last.

    A job that goes on after a fault is written anew with the labels that are left: it needs nothing of the first one.
    """
    job: _Job | None = None
    for laid, last in with_last(laids):
        before = b""
        if job is None:
            before = _settings(media)
            job, download = (_Job(), b"") if last else _store(laid)
            before += download
        covered = len(job.fixed) if same(job.fixed, laid.marks[: len(job.fixed)]) else 0
        recall = job.recall if covered else b""
        fields = b"".join(_field(mark, laid, media) for mark in laid.marks[covered:])
        cutter = b"SET CUTTER BATCH" + _END if media.cut == "end" and last else b""
        after = f'KILL "{job.name}"'.encode("ascii") + _END if last and job.name else b""
        printing = f"PRINT 1,{media.copies}".encode("ascii") + _END
        yield before + cutter + b"CLS" + _END + recall + fields + printing + after


def _settings(media: Media) -> bytes:
    lines = [f"SIZE {media.width_mm:g} mm,{media.height_mm:g} mm"]
    if media.sensing == "gap":
        lines.append(f"GAP {media.gap_mm:g} mm,0 mm")
    elif media.sensing == "mark":
        lines.append(f"BLINE {media.gap_mm:g} mm,0 mm")
    if media.speed is not None:
        lines.append(f"SPEED {media.speed:g}")
    if media.darkness is not None:
        lines.append(f"DENSITY {min(media.darkness, _DARKEST)}")
    lines += [
        f"DIRECTION {1 if media.rotate else 0},0",
        "REFERENCE 0,0",
        f"SET PEEL {'ON' if media.peel else 'OFF'}",
        f"SET CUTTER {'1' if media.cut == 'each' else 'OFF'}",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _store(laid: Laid) -> tuple[_Job, bytes]:
    """Send what stands on every label as a picture of a monochrome BMP file, if that is worth it."""
    marks = laid.marks[: laid.fixed]
    whole = composed(marks, laid)
    if whole is None:
        return _Job(), b""
    loose = sum(len(p.bits.rows) for m in marks if not isinstance(m, Box) and (p := placed(m, laid)) is not None)
    if loose < _LEAST_STORED or len(whole.bits.rows) > _MOST_STORED:
        return _Job(), b""
    picture = _bmp(whole.bits)
    name = f"M{hashlib.sha256(picture).hexdigest()[:7].upper()}.BMP"
    recall = f'PUTBMP {whole.x},{whole.y},"{name}"'.encode("ascii") + _END
    download = f'DOWNLOAD "{name}",{len(picture)},'.encode("ascii") + picture + _END
    return _Job(fixed=marks, recall=recall, name=name), download


def _bmp(bits: Bits) -> bytes:
    """Return a BMP file with one bit a dot, 1 for white, the lowest row first, rows filled up to four bytes."""
    size, padded = (bits.width + 7) // 8, (bits.width + 31) // 32 * 4
    white = _white(bits)
    rows = [white[at : at + size].ljust(padded, b"\xff") for at in range(0, len(white), size)]
    data = b"".join(reversed(rows))
    offset = 14 + 40 + 8
    head = struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset)
    about = struct.pack("<IiiHHIIiiII", 40, bits.width, bits.height, 1, 1, 0, len(data), 7992, 7992, 2, 2)
    palette = bytes((0, 0, 0, 0, 255, 255, 255, 0))
    return head + about + palette + data


def _white(bits: Bits) -> bytes:
    """Return the dots as TSPL wants them, 1 for white; those that only fill up a row become white too."""
    return bits.rows.translate(_INVERTED)


def _field(mark: AnyMark, laid: Laid, media: Media) -> bytes:
    if isinstance(mark, Box):
        box = clipped(mark, laid)
        return b"" if box is None else f"BAR {box[0]},{box[1]},{box[2]},{box[3]}".encode("ascii") + _END
    if isinstance(mark, Symbol):
        native = _native(mark, laid, media)
        if native:
            return native.encode("ascii") + _END
    picture = placed(mark, laid)
    if picture is None:
        return b""
    size = (picture.bits.width + 7) // 8
    head = f"BITMAP {picture.x},{picture.y},{size},{picture.bits.height},1,".encode("ascii")
    return head + _white(picture.bits) + _END


def _native(symbol: Symbol, laid: Laid, media: Media) -> str:
    """Return the bar code command; empty where the printer might draw anything else than we do."""
    if not media.native or not symbol.matrix.linear or symbol.rotation or symbol.module > _WIDEST_MODULE:
        return ""
    if not inside(symbol, laid):
        return ""
    at = f"BARCODE {symbol.x},{symbol.y}"
    values = code128_values(symbol)
    if values is not None:
        data = _invoked(values)
        return f'{at},"128M",{symbol.height},0,0,{symbol.module},{symbol.module},"{data}"' if data else ""
    ratio = dict(symbol.options).get("ratio")
    kind = {"code39": "39", "itf14": "25"}.get(symbol.carrier)
    if ratio is None or kind is None or not _CODE39_PLAIN.fullmatch(symbol.content):
        return ""
    widths = f"{symbol.module},{symbol.module * int(ratio)}"
    return f'{at},"{kind}",{symbol.height},0,0,{widths},"{symbol.content}"'


def _invoked(values: tuple[int, ...]) -> str:
    """Spell symbol characters with every start and change of the code set; empty where it is in set A."""
    if values[0] == START["A"]:
        return ""
    in_c = values[0] == START["C"]
    data = f"!{values[0]}"
    plain = ""
    for value in values[1:]:
        if value in (FNC1_VALUE, CODE["C"] if not in_c else CODE["B"]):
            data += f"!{value:03}"
            in_c = in_c if value == FNC1_VALUE else not in_c
        elif in_c:
            if value >= 100:
                return ""
            data += f"{value:02}"
        elif value < 95:
            data += chr(value + 32)
            plain += chr(value + 32)
        else:
            return ""
    return data if not plain or _PLAIN.fullmatch(plain) else ""
