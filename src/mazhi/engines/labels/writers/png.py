"""PNG: one picture a label, one bit a dot, with the resolution, so that it prints in its true size."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

from mazhi.engines.labels.marks import DOTS_PER_MM, Bits, Laid
from mazhi.engines.labels.writers.raster import draw_all

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INVERTED = bytes(255 - value for value in range(256))
_LEVEL = 3


def write(laids: Iterable[Laid]) -> Iterator[bytes]:
    """Yield the picture of each label."""
    dpi = 203

    def watched() -> Iterator[Laid]:
        nonlocal dpi
        for laid in laids:
            dpi = laid.dpi
            yield laid

    for bits in draw_all(watched()):
        yield encode(bits, dpi)


def encode(bits: Bits, dpi: int) -> bytes:
    """Write dots as PNG; black is 0 there."""
    size = (bits.width + 7) // 8
    rows = bits.rows.translate(_INVERTED)
    lines = b"".join(b"\0" + rows[start : start + size] for start in range(0, len(rows), size))
    per_metre = round(DOTS_PER_MM[dpi] * 1000)
    return b"".join((
        _SIGNATURE,
        _chunk(b"IHDR", struct.pack(">LLBBBBB", bits.width, bits.height, 1, 0, 0, 0, 0)),
        _chunk(b"pHYs", struct.pack(">LLB", per_metre, per_metre, 1)),
        _chunk(b"IDAT", zlib.compress(lines, _LEVEL)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _chunk(tag: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + tag + body + struct.pack(">L", zlib.crc32(tag + body))
