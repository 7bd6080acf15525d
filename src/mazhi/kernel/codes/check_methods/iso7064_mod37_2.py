"""ISO 7064 pure system MOD 37-2: one letter, digit or ``*``; for example blood donations (ISBT 128)."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import BASE_36
from mazhi.kernel.codes.check_method import CheckMethod


class Iso7064Mod372(CheckMethod):
    """The pure system over digits and letters."""

    name = "iso7064_mod37_2"
    zh = "ISO 7064 模 37-2（可能出现 *）"
    en = "ISO 7064 mod 37-2 (may be *)"
    alphabet = BASE_36 + "*"
    guards_letters = True
    transpositions = "all"

    def step(self, state: int, value: int) -> int:
        """Add and double modulo 37."""
        return (state + value) * 2 % 37

    def final(self, state: int) -> str:
        """Return the character that brings the sum to 1 modulo 37."""
        return self.alphabet[(1 - state) % 37]


KIND = Iso7064Mod372()
