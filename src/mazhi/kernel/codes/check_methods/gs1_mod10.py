"""The check digit of GTIN, SSCC and GLN (GS1 General Specifications)."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import DIGITS
from mazhi.kernel.codes.check_method import DigitMethod


class Gs1Mod10(DigitMethod):
    """Weights 3 and 1 from the right, modulo 10."""

    name = "gs1_mod10"
    zh = "GS1 模 10"
    en = "GS1 mod 10"
    alphabet = DIGITS
    backward = True
    transpositions = "some"

    def digit(self, state: int, digit: int) -> int:
        """Add a digit; the tens of the state say whether the next one is taken singly."""
        singly, total = divmod(state, 10)
        return (1 - singly) * 10 + (total + (digit if singly else 3 * digit)) % 10

    def final(self, state: int) -> str:
        """Complete the sum to a multiple of ten."""
        return DIGITS[-state % 10]


KIND = Gs1Mod10()
