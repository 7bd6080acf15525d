"""Symbols as pictures."""

from __future__ import annotations

from mazhi.engines.labels.bits import turn
from mazhi.engines.labels.marks import Bits, Matrix, Symbol


def paint(symbol: Symbol) -> Bits:
    """Draw a symbol as it stands on the label, turned."""
    return turn(upright(symbol.matrix, symbol.module, symbol.height), symbol.rotation)


def upright(matrix: Matrix, module: int, height: int) -> Bits:
    """Draw modules in dots.

    Args:
        matrix: The modules.
        module: Width of one in dots.
        height: Height of the bars of a linear symbol in dots; others know theirs.
    """
    width = len(matrix.rows[0]) * module
    size = (width + 7) // 8
    repeats = height if matrix.linear else module * matrix.row_modules
    dots = b"".join(_row(row, module, size) * repeats for row in matrix.rows)
    return Bits(width, repeats * len(matrix.rows), dots)


def _row(row: str, module: int, size: int) -> bytes:
    """Return one row of dots; the digits of a large binary number are the quickest way there."""
    widened = row.replace("0", "0" * module).replace("1", "1" * module) if module > 1 else row
    return int(widened.ljust(8 * size, "0"), 2).to_bytes(size, "big")
