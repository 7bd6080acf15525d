"""Damm's method: a totally anti-symmetric quasigroup; finds every swap of neighbours."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import DIGITS
from mazhi.kernel.codes.check_method import DigitMethod

_ROWS = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_TABLE = tuple(tuple(int(sign) for sign in row) for row in _ROWS)


class Damm(DigitMethod):
    """The interim digit is the entry of the table in its row and the digit's column."""

    name = "damm"
    zh = "Damm"
    en = "Damm"
    alphabet = DIGITS
    transpositions = "all"

    def digit(self, state: int, digit: int) -> int:
        """Go to the entry in the row of the state and the column of the digit."""
        return _TABLE[state][digit]

    def final(self, state: int) -> str:
        """Return the interim digit: its own column holds 0."""
        return DIGITS[state]


KIND = Damm()
