"""Luhn's method (ISO/IEC 7812-1): payment cards, IMEI; with letters ISIN."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import DIGITS
from mazhi.kernel.codes.check_method import DigitMethod


class Luhn(DigitMethod):
    """Every second digit doubled, the digits of the products summed, modulo 10."""

    name = "luhn"
    zh = "Luhn（模 10 加权）"
    en = "Luhn (mod 10)"
    alphabet = DIGITS
    backward = True
    transpositions = "most"

    def digit(self, state: int, digit: int) -> int:
        """Add a digit; the tens of the state say whether the next one is taken singly."""
        singly, total = divmod(state, 10)
        if not singly:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        return (1 - singly) * 10 + (total + digit) % 10

    def final(self, state: int) -> str:
        """Complete the sum to a multiple of ten."""
        return DIGITS[-state % 10]


KIND = Luhn()
