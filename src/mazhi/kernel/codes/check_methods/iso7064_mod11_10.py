"""ISO 7064 hybrid system MOD 11,10: one digit."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import DIGITS
from mazhi.kernel.codes.check_method import DigitMethod


class Iso7064Mod1110(DigitMethod):
    """The hybrid system over the digits."""

    name = "iso7064_mod11_10"
    zh = "ISO 7064 模 11-10"
    en = "ISO 7064 mod 11-10"
    alphabet = DIGITS
    start = 10
    transpositions = "most"

    def digit(self, state: int, digit: int) -> int:
        """Add modulo 10 with 10 for 0, double modulo 11."""
        return ((state + digit) % 10 or 10) * 2 % 11

    def final(self, state: int) -> str:
        """Return the digit that brings the sum to 1 modulo 10."""
        return DIGITS[(1 - state) % 10]


KIND = Iso7064Mod1110()
