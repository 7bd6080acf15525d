"""ISO 7064 pure system MOD 97-10: two digits; for example IBAN and LEI."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import DIGITS
from mazhi.kernel.codes.check_method import DigitMethod


class Iso7064Mod9710(DigitMethod):
    """The number of all digits, modulo 97."""

    name = "iso7064_mod97_10"
    zh = "ISO 7064 模 97-10（2 位）"
    en = "ISO 7064 mod 97-10 (2 digits)"
    size = 2
    alphabet = DIGITS
    guards_letters = True
    transpositions = "all"

    def digit(self, state: int, digit: int) -> int:
        """Append a digit to the number."""
        return (state * 10 + digit) % 97

    def final(self, state: int) -> str:
        """Return the two digits that make the number leave 1."""
        return f"{98 - state * 100 % 97:02d}"


KIND = Iso7064Mod9710()
