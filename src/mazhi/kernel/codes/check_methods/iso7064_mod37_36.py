"""ISO 7064 hybrid system MOD 37,36: one letter or digit; for example the Global Release Identifier."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import BASE_36
from mazhi.kernel.codes.check_method import CheckMethod


class Iso7064Mod3736(CheckMethod):
    """The hybrid system over digits and letters."""

    name = "iso7064_mod37_36"
    zh = "ISO 7064 模 37-36"
    en = "ISO 7064 mod 37-36"
    alphabet = BASE_36
    start = 36
    guards_letters = True
    transpositions = "most"

    def step(self, state: int, value: int) -> int:
        """Add modulo 36 with 36 for 0, double modulo 37."""
        return ((state + value) % 36 or 36) * 2 % 37

    def final(self, state: int) -> str:
        """Return the character that brings the sum to 1 modulo 36."""
        return BASE_36[(1 - state) % 36]


KIND = Iso7064Mod3736()
