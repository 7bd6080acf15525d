"""Random part (随机串): cannot be guessed, drawn from the operating system's generator."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mazhi.kernel.codes.alphabets import BASE_32, BASE_34, BASE_36, DIGITS
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.codes.segment import Meaning, RandomSegment, SegmentKind
from mazhi.kernel.errors import Problem

ALPHABETS = {"digits": DIGITS, "base32": BASE_32, "base34": BASE_34, "base36": BASE_36}


class Random(RandomSegment):
    """Characters drawn one by one, each as likely as any other."""

    kind = "random"

    def __init__(self, length: int, alphabet: str, body: Mapping[str, Any]) -> None:
        self.body = body
        self.alphabet = ALPHABETS[alphabet]
        self.length = length
        self.widths = range(length, length + 1)
        self.space = len(self.alphabet) ** length
        # A byte stands for the character at its remainder; the bytes of the last, incomplete round are thrown away,
        # else the first characters of the alphabet would be likelier.
        whole = 256 - 256 % len(self.alphabet)
        self._table = bytes(ord(self.alphabet[byte % len(self.alphabet)]) for byte in range(256))
        self._unusable = bytes(range(whole, 256))

    def draw(self, count: int) -> list[str]:
        """Draw that many, independently of each other."""
        length, wanted = self.length, count * self.length
        signs = b""
        while len(signs) < wanted:
            missing = wanted - len(signs)
            signs += secrets.token_bytes(missing + missing // 4 + 16).translate(self._table, self._unusable)
        text = signs.decode("ascii")
        return [text[place : place + length] for place in range(0, wanted, length)]

    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Every place may have every character."""
        return [frozenset(self.alphabet)] * width

    def read(self, text: str) -> Meaning | None:
        """Recognise a text of the alphabet."""
        if not set(text) <= set(self.alphabet):
            return None
        return Meaning(text, f"随机 {text}", f"random {text}")


class RandomKind(SegmentKind[Random]):
    """A part that nobody can guess."""

    name = "random"
    zh = "随机串"
    en = "Random part"
    group = "unique"
    parameters = (
        Parameter("length", "integer", "位数", "Length", required=True, minimum=1, maximum=32),
        Parameter(
            "alphabet",
            "choice",
            "字符",
            "Characters",
            default="base32",
            choices=(
                Choice("digits", "数字", "Digits"),
                Choice("base32", "32 种（去掉 I L O U）", "32 without I L O U"),
                Choice("base34", "34 种（去掉 I O）", "34 without I O"),
                Choice("base36", "36 种", "36"),
            ),
        ),
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "random", "length": 8}

    def build(self, values: dict[str, Any], _pointer: str, _problems: list[Problem]) -> Random:
        """Make the segment."""
        return Random(values["length"], values["alphabet"], self.stored(values))


KIND = RandomKind()
