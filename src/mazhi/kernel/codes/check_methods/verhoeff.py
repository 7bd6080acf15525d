"""Verhoeff's method: the dihedral group of the pentagon; finds every swap of neighbours."""

from __future__ import annotations

from mazhi.kernel.codes.alphabets import DIGITS
from mazhi.kernel.codes.check_method import DigitMethod

_SHUFFLE = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _product(left: int, right: int) -> int:
    """Compose two moves of the pentagon: 0–4 are turns, 5–9 are turns of the pentagon laid on its face."""
    turned, flipped = (left - right if left > 4 else left + right) % 5, (left > 4) != (right > 4)
    return turned + 5 * flipped


def _shuffled(times: int, digit: int) -> int:
    for _ in range(times):
        digit = _SHUFFLE[digit]
    return digit


_PRODUCT = [[_product(left, right) for right in range(10)] for left in range(10)]
_AT_PLACE = [[_shuffled(place, digit) for digit in range(10)] for place in range(8)]
_INVERSE = [row.index(0) for row in _PRODUCT]


class Verhoeff(DigitMethod):
    """Products in the dihedral group, each digit shuffled by its place from the right."""

    name = "verhoeff"
    zh = "Verhoeff"
    en = "Verhoeff"
    alphabet = DIGITS
    backward = True
    start = 10  # the place of the check digit itself is 0
    transpositions = "all"

    def digit(self, state: int, digit: int) -> int:
        """Multiply by a digit; the tens of the state are its place."""
        place, product = divmod(state, 10)
        return (place + 1) % 8 * 10 + _PRODUCT[product][_AT_PLACE[place][digit]]

    def final(self, state: int) -> str:
        """Return the inverse of the product."""
        return DIGITS[_INVERSE[state % 10]]


KIND = Verhoeff()
