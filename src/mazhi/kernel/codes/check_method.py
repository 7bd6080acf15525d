"""What a check character (校验位) method is: an automaton over the text that it guards.

Letters count as A = 10 … Z = 35. The methods made for digits take them as two digits, as securities numbers (ISIN)
and bank accounts (IBAN) do; then a wrong letter can go unnoticed in about one of ten cases, which
``guards_letters`` says. The separators ``- . _ /`` are passed over. Anything else cannot be covered.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import ClassVar, Literal

from mazhi.kernel.codes.alphabets import BASE_36, SEPARATORS

COVERED = frozenset(BASE_36 + SEPARATORS)
"""Characters that every method can work over."""

_VALUES: dict[str, int | None] = {
    **{sign: value for value, sign in enumerate(BASE_36)},
    **dict.fromkeys(SEPARATORS),
}

SIGNS = 128
"""How many characters ASCII has: the width of a row of a method's table."""


class CheckMethod(ABC):
    """One way to compute check characters.

    Attributes:
        name: As in the rule.
        zh: Chinese name.
        en: English name.
        size: How many characters it appends.
        alphabet: What these characters may be.
        backward: It reads the text from its end.
        start: The state before the first character.
        guards_letters: One letter written for another is always found, as one digit for another always is.
        transpositions: Which swaps of two neighbouring digits are found.
    """

    name: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    size: ClassVar[int] = 1
    alphabet: ClassVar[str]
    backward: ClassVar[bool] = False
    start: ClassVar[int] = 0
    guards_letters: ClassVar[bool] = False
    transpositions: ClassVar[Literal["all", "most", "some"]]

    @abstractmethod
    def step(self, state: int, value: int) -> int:
        """Take in one character by its value, 0 to 35."""

    @abstractmethod
    def final(self, state: int) -> str:
        """Return the check characters after the whole text."""

    def feed(self, state: int, sign: str) -> int:
        """Take in one character; separators change nothing."""
        value = _VALUES[sign]
        return state if value is None else self.step(state, value)

    @cached_property
    def table(self) -> list[int]:
        """The state times ``SIGNS`` after each state times ``SIGNS`` plus each character; 0 where there is none."""
        rows = {self.start: [0] * SIGNS}
        waiting = [self.start]
        while waiting:
            state = waiting.pop()
            for sign in COVERED:
                after = self.feed(state, sign)
                rows[state][ord(sign)] = after * SIGNS
                if after not in rows:
                    rows[after] = [0] * SIGNS
                    waiting.append(after)
        return [entry for state in range(max(rows) + 1) for entry in rows.get(state, [0] * SIGNS)]

    def run(self, state: int, text: str) -> int:
        """Take in a text of any length, in the direction of the method."""
        for sign in reversed(text) if self.backward else text:
            state = self.feed(state, sign)
        return state

    def compute(self, text: str) -> str:
        """Return the check characters of a text whose characters are all covered."""
        return self.final(self.run(self.start, text))


class DigitMethod(CheckMethod):
    """A method made for digits: a letter is fed as the two digits of its value."""

    @abstractmethod
    def digit(self, state: int, digit: int) -> int:
        """Take in one digit."""

    def step(self, state: int, value: int) -> int:
        """Take in a digit, or the two digits of a letter in the direction of reading."""
        if value < 10:
            return self.digit(state, value)
        tens, units = divmod(value, 10)
        first, second = (units, tens) if self.backward else (tens, units)
        return self.digit(self.digit(state, first), second)
