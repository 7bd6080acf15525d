"""The symbol characters of Code 128, shared by Code 128 and GS1-128."""

from __future__ import annotations

from functools import lru_cache

from mazhi.engines.labels.carriers.widths import modules
from mazhi.engines.labels.marks import Matrix

FNC1 = "\x80"
"""Stands for the function character in a text to be encoded; no content holds it, contents are ASCII."""

QUIET = 10
"""Modules of quiet zone on either side."""

START = {"A": 103, "B": 104, "C": 105}
CODE = {"C": 99, "B": 100, "A": 101}
SHIFT = 98
FNC1_VALUE = 102
_STOP = 106

_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221"
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321"
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131"
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114"
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "2141214121211111431113411311411141131143114111134113111131411141313111414111312114122112142112322331112"
)
"""Widths of bars and spaces, six of each symbol character by its value; the stop character, 106, has seven."""


BARS = tuple(modules(_WIDTHS[6 * value : 6 * value + 6 + (value == _STOP)]) for value in range(_STOP + 1))
"""The modules of each symbol character by its value; the last is the stop character."""


_FAR = 1 << 20
"""More symbol characters than any text needs."""


@lru_cache(maxsize=4096)
def codewords(text: str) -> tuple[int, ...]:
    """Return the values of the symbol characters from start to the last of the data: as few as can be.

    The text is ASCII, and ``FNC1`` where the function character shall stand.
    """
    steps, costs = _plan(text)
    current = min("BCA", key=costs.__getitem__)
    values = [START[current]]
    at = 0
    while at < len(text):
        target, shifted = steps[at][current]
        if target != current:
            values.append(CODE[target])
            current = target
        drawn_in = current
        if shifted:
            values.append(SHIFT)
            drawn_in = "B" if current == "A" else "A"
        at += _append(values, text, at, drawn_in)
    return tuple(values)


def _append(values: list[int], text: str, at: int, code_set: str) -> int:
    """Append the value of what stands at a position, and return how many characters that were."""
    if text[at] == FNC1:
        values.append(FNC1_VALUE)
        return 1
    if code_set == "C":
        values.append(int(text[at : at + 2]))
        return 2
    code = ord(text[at])
    values.append(code + 64 if code < 32 else code - 32)
    return 1


def _plan(text: str) -> tuple[list[dict[str, tuple[str, bool]]], dict[str, int]]:
    """Return, for each position and code set, the set to go on in and whether by shift, and the cost by first set."""
    steps: list[dict[str, tuple[str, bool]]] = []
    after = {"A": 0, "B": 0, "C": 0}
    after_pair = {"A": _FAR, "B": _FAR, "C": _FAR}
    following = ""
    for character in reversed(text):
        code = ord(character)
        function = character == FNC1
        in_a = 1 + after["A"] if code < 96 or function else _FAR
        in_b = 1 + after["B"] if code >= 32 or function else _FAR
        in_c = _FAR
        if function:
            in_c = 1 + after["C"]
        elif "0" <= character <= "9" and "0" <= following <= "9":
            in_c = 1 + after_pair["C"]
        staying = {"A": in_a, "B": in_b, "C": in_c}
        shifting = {"A": 2 + after["A"] if in_a == _FAR else _FAR, "B": 2 + after["B"] if in_b == _FAR else _FAR}
        costs: dict[str, int] = {}
        step: dict[str, tuple[str, bool]] = {}
        for current in "ABC":
            best, way = staying[current], (current, False)
            if shifting.get(current, _FAR) < best:
                best, way = shifting[current], (current, True)
            for target in "BCA":
                if 1 + staying[target] < best:
                    best, way = 1 + staying[target], (target, False)
            costs[current], step[current] = best, way
        steps.append(step)
        after_pair, after, following = after, costs, character
    steps.reverse()
    return steps, after


def check_value(values: tuple[int, ...]) -> int:
    """Return the symbol check character of a symbol's values."""
    return (values[0] + sum(at * value for at, value in enumerate(values))) % 103


@lru_cache(maxsize=2048)
def matrix(values: tuple[int, ...]) -> Matrix:
    """Draw the values, their check character and the stop character."""
    row = "".join([*map(BARS.__getitem__, values), BARS[check_value(values)], BARS[_STOP]])
    return Matrix(rows=(row,), linear=True, row_modules=1, quiet=(QUIET, QUIET, 0, 0))
