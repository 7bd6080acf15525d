"""Marks and labels to write."""

import random

from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.marks import Bits, Box, Laid, Picture, Symbol, Words

NOISE = random.Random(5)
DOTS = Bits(203, 40, b"".join(NOISE.randbytes(25) + bytes([NOISE.getrandbits(8) & 0b11100000]) for _ in range(40)))
FRAME = (
    Box("frame", 0, 0, 480, 3),
    Box("frame", 0, 317, 480, 3),
    Box("frame", 0, 0, 3, 320),
    Box("spot", 400, 20, 40, 20),
)
CAPTION = Words("caption", 20, 20, "产品名称", "sans", 24, 0, (20, 40), DOTS)


def symbol(name: str, content: str, x: int, y: int, *, module: int = 2, rotation: int = 0, **wanted: object) -> Symbol:
    kind = carriers[name]
    options = kind.settle(wanted)
    checked = kind.check(content, options)
    matrix = kind.encode(checked, options)
    height = 50 if matrix.linear else len(matrix.rows) * matrix.row_modules * module
    return Symbol(name, x, y, name, checked, tuple(options.items()), matrix, module, height, rotation)


def label(*marks: Box | Picture | Words | Symbol, fixed: int = 0) -> Laid:
    return Laid(480, 320, 203, marks, fixed)
