"""ZPL II, the language of Zebra printers and of many others.

Bars that the printer draws exactly as we do (Code 128, Code 39, Interleaved 2 of 5) are left to it; everything else
is a picture or a filled box. Nothing that a user wrote reaches the printer but characters of a short list inside a
bar code's field data, so no content can hold a command. Pictures that stand on every label are sent once a job.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mazhi.engines.labels.carriers.code128_bars import CODE, FNC1_VALUE, START
from mazhi.engines.labels.element import AnyMark
from mazhi.engines.labels.marks import Bits, Box, Laid, Picture, Symbol, Words
from mazhi.engines.labels.media import Media
from mazhi.engines.labels.writers.graphics import (
    Placed,
    bands,
    clipped,
    code128_values,
    inside,
    placed,
    same,
    with_last,
)

_TURNED = {0: "N", 90: "R", 180: "I", 270: "B"}
_WIDEST_MODULE = 10
_PLAIN = re.compile(r"[0-9A-Za-z.+/$%:*#_@()&=-](?:[0-9A-Za-z .+/$%:*#_@()&=-]*[0-9A-Za-z.+/$%:*#_@()&=-])?")
"""What field data may hold: nothing that begins a command (^ ~), escapes (> \\) or could be trimmed."""

_DARKEST = 30
_LEAST_STORED = 64
"""Bytes from which a fixed picture is worth a place in the printer's memory; less is no longer than its recall."""

_MOST_STORED = 512 * 1024
"""Bytes of all fixed pictures together that the smallest printers have room for beside the label itself."""

_MOST_GRAPHIC = 99_999
"""Bytes of one graphic field; the printer would cut off the rest."""

_RUN = re.compile(r"([0-9A-F])\1{2,399}")


@dataclass(slots=True)
class _Job:
    """What is the same for all labels of a job: the pictures that the printer keeps, and the fixed marks' fields."""

    media: Media
    stored: dict[Bits, str] = field(default_factory=dict)
    fixed: Sequence[AnyMark] = ()
    fixed_fields: str = ""

    def fields(self, laid: Laid) -> str:
        """Return the fields of a label; those of fixed marks are written once."""
        fixed = laid.marks[: laid.fixed]
        if not same(self.fixed, fixed):
            self.fixed = fixed
            self.fixed_fields = "".join(_field(mark, laid, self) for mark in fixed)
        return self.fixed_fields + "".join(_field(mark, laid, self) for mark in laid.marks[laid.fixed :])


def write(laids: Iterable[Laid], media: Media) -> Iterator[bytes]:
    """Write labels one by one; whatever must come before the first stands in its chunk, what must follow in the last.

    A job that goes on after a fault is written anew with the labels that are left: it needs nothing of the first one.
    """
    job = _Job(media)
    started = False
    for laid, last in with_last(laids):
        before = ""
        if not started:
            before = _darkness(media) + ("" if last else _store(laid, job))
        fields = job.fields(laid)
        settings = _settings(laid, media, last=last) + ("" if started else _once(media))
        after = _forget(job) if last else ""
        started = True
        yield f"{before}^XA{settings}{fields}{_quantity(media, last=last)}^XZ\n{after}".encode("ascii")


def _darkness(media: Media) -> str:
    return "" if media.darkness is None else f"~SD{min(2 * media.darkness, _DARKEST):02}\n"


def _once(media: Media) -> str:
    """Undo what an earlier job of somebody else may have left, and say how the next label is found."""
    found_by = {"gap": "^MNY" if media.gap_mm else "^MNN", "mark": "^MNM", "keep": ""}[media.sensing]
    return f"^LRN^PMN{found_by}"


def _settings(laid: Laid, media: Media, *, last: bool) -> str:
    """Say what holds for a label; short enough to be said with each, so that none depends on another."""
    mode = "P" if media.peel else "C" if media.cut == "each" or (media.cut == "end" and last) else "T"
    speed = "" if media.speed is None else f"^PR{max(1, round(media.speed))}"
    return f"^MM{mode}^PW{laid.width}^LL{laid.height}^LH0,0^PO{'I' if media.rotate else 'N'}{speed}"


def _quantity(media: Media, *, last: bool) -> str:
    """Say how many copies, and after how many the cutter comes (which without the Y would also stop the printer)."""
    if media.cut == "each":
        return f"^PQ{media.copies},1,0,Y"
    if media.cut == "end" and last:
        return f"^PQ{media.copies},{media.copies},0,Y"
    return f"^PQ{media.copies}"


def _store(laid: Laid, job: _Job) -> str:
    """Send the pictures that stand on every label, each under a name made of what it shows."""
    commands = []
    stored = 0
    for mark in laid.marks[: laid.fixed]:
        if isinstance(mark, Box) or (isinstance(mark, Symbol) and _native(mark, laid, job.media)):
            continue
        for bits in (piece.bits for piece in _pieces(mark, laid)):
            total = len(bits.rows)
            if bits in job.stored or total < _LEAST_STORED or stored + total > _MOST_STORED:
                continue
            name = f"R:M{hashlib.sha256(bits.rows).hexdigest()[:7].upper()}.GRF"
            job.stored[bits] = name
            stored += total
            commands.append(f"~DG{name},{_sized(bits, job.media, twice=False)}\n")
    return "".join(commands)


def _forget(job: _Job) -> str:
    names = "".join(f"^ID{name}^FS" for name in job.stored.values())
    return f"^XA{names}^XZ\n" if names else ""


def _field(mark: AnyMark, laid: Laid, job: _Job) -> str:
    if isinstance(mark, Box):
        box = clipped(mark, laid)
        return "" if box is None else f"^FO{box[0]},{box[1]}^GB{box[2]},{box[3]},{min(box[2:])}^FS"
    if isinstance(mark, Symbol):
        native = _native(mark, laid, job.media)
        if native:
            return f"^FO{mark.x},{mark.y}{native}^FS"
    return "".join(_graphic(piece, job) for piece in _pieces(mark, laid))


def _pieces(mark: Picture | Words | Symbol, laid: Laid) -> Iterator[Placed]:
    picture = placed(mark, laid)
    return iter(()) if picture is None else bands(picture, _MOST_GRAPHIC)


def _graphic(piece: Placed, job: _Job) -> str:
    name = job.stored.get(piece.bits)
    drawn = f"^XG{name},1,1" if name else f"^GFA,{_sized(piece.bits, job.media, twice=True)}"
    return f"^FO{piece.x},{piece.y}{drawn}^FS"


def _native(symbol: Symbol, laid: Laid, media: Media) -> str:
    """Return the bar code command with its data; empty where the printer might draw anything else than we do."""
    if not media.native or not symbol.matrix.linear or symbol.module > _WIDEST_MODULE or not inside(symbol, laid):
        return ""
    turned = _TURNED[symbol.rotation]
    values = code128_values(symbol)
    if values is not None:
        data = _invoked(values)
        return f"^BY{symbol.module}^BC{turned},{symbol.height},N,N,N,N^FD{data}" if data else ""
    ratio = dict(symbol.options).get("ratio")
    if ratio is None or not _PLAIN.fullmatch(symbol.content):
        return ""
    width = f"^BY{symbol.module},{ratio}"
    if symbol.carrier == "code39":
        return f"{width}^B3{turned},N,{symbol.height},N,N^FD{symbol.content}"
    return f"{width}^B2{turned},{symbol.height},N,N,N^FD{symbol.content}" if symbol.carrier == "itf14" else ""


def _invoked(values: tuple[int, ...]) -> str:
    """Spell symbol characters as field data with every start and change of the code set; empty where it is in set A."""
    if values[0] == START["A"]:
        return ""
    in_c = values[0] == START["C"]
    data = ">;" if in_c else ">:"
    plain = ""
    for value in values[1:]:
        if value == FNC1_VALUE:
            data += ">8"
        elif in_c:
            if value == CODE["B"]:
                data, in_c = data + ">6", False
            elif value < 100:
                data += f"{value:02}"
            else:
                return ""
        elif value == CODE["C"]:
            data, in_c = data + ">5", True
        elif value < 95:
            character = chr(value + 32)
            data += character
            plain += character
        else:
            return ""
    return data if (not plain or _PLAIN.fullmatch(plain)) and not data.endswith(" ") else ""


def _sized(bits: Bits, media: Media, *, twice: bool) -> str:
    """Return the sizes that a graphic command wants, and the dots."""
    total = len(bits.rows)
    sizes = f"{total},{total}" if twice else f"{total}"
    return f"{sizes},{(bits.width + 7) // 8},{_packed(bits, media.graphics)}"


@lru_cache(maxsize=256)
def _packed(bits: Bits, graphics: str) -> str:
    """Return the dots as text."""
    if graphics == "digits":
        return _digits(bits)
    text = base64.b64encode(zlib.compress(bits.rows, 6))
    return f":Z64:{text.decode('ascii')}:{binascii.crc_hqx(text, 0):04X}"


def _digits(bits: Bits) -> str:
    """Return the dots as hexadecimal digits, repeated ones as a letter for how often, repeated rows as a colon."""
    size = (bits.width + 7) // 8
    lines = []
    before = ""
    for at in range(0, len(bits.rows), size):
        digits = bits.rows[at : at + size].hex().upper()
        if digits == before:
            lines.append(":")
            continue
        before = digits
        kept = digits.rstrip("0")
        lines.append(_RUN.sub(_run, kept) + ("," if len(kept) < len(digits) else ""))
    return "".join(lines)


def _run(found: re.Match[str]) -> str:
    """Write a run of digits: G to Y for 1 to 19, g to z for 20 to 400 in twenties."""
    twenties, ones = divmod(len(found[0]), 20)
    return (chr(ord("f") + twenties) if twenties else "") + (chr(ord("F") + ones) if ones else "") + found[1]
