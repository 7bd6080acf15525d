"""Setting text into a box: wrapped, shrunk until it fits, aligned, across or down (横排, 竖排)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mazhi.engines.labels.bits import turn
from mazhi.engines.labels.fonts import EM, FaceName, Line, has, line, measure, runs, widths
from mazhi.engines.labels.marks import Bits, Rotation, Words
from mazhi.engines.labels.wrapping import is_wide, wrap

ASCENT = 0.88
"""From the baseline to the upper edge of a Chinese sign, in em; Latin capitals end below it."""
DESCENT = 0.12
MIDDLE = 0.37
"""Height of the optical middle above the baseline, between that of Chinese signs and that of capitals."""

_UPRIGHT = str.maketrans("，。、：；！？（）【】《》〈〉「」『』—…", "︐︒︑︓︔︕︖︵︶︻︼︽︾︿﹀﹁﹂﹃﹄︱︙")
"""The forms of punctuation in text that runs down."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; sizes are whole dots of the em square."""

    face: FaceName = "sans"
    size: int = 25
    smallest: int = 17
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "middle", "bottom"] = "middle"
    wrap: bool = False
    shrink: bool = False
    line_height: float = 1.2
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A text that has been set.

    Attributes:
        words: Its lines, seen from the box's upper left corner.
        fits: Whether everything is inside the box.
        size: The size that it has come to, in dots.
        wide: What it takes along the lines, in dots.
        high: What it takes across the lines, in dots.
    """

    words: tuple[Words, ...]
    fits: bool
    size: int
    wide: float
    high: float


_CLEANED = {"\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n", "\t": " ", "\u3000": "\u3000"}


def clean(text: str) -> str:
    """Return what can be set: line ends as one sign, common blanks for others, nothing else that has no shape."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign == "\n" or sign.isprintable() else _cleaned(sign) for sign in text)


def _cleaned(sign: str) -> str:
    return _CLEANED.get(sign, " " if sign.isspace() else "")


def missing(text: str, face: FaceName) -> str:
    """Return the signs that no typeface has."""
    if all([has(sign, face) for sign in text]):
        return ""
    return "".join(dict.fromkeys(sign for sign in clean(text) if sign != "\n" and not has(sign, face)))


def set_text(text: str, style: Style, width: int, height: int, *, element: str = "") -> Setting:
    """Set a text into a box of so many dots.

    What does not fit is set all the same, over the box's edge, and ``fits`` says so.
    """
    text = clean(text).rstrip("\n ")
    along, across = (height, width) if style.vertical else (width, height)
    smallest = min(style.smallest, style.size) if style.shrink else style.size
    lines, size = _fit(text, style, along, across, smallest)
    wide = max((measure(one, style.face) for one in lines), default=0.0) * size / EM
    high = _height(len(lines), size, style.line_height)
    set_lines = _down if style.vertical else _across
    words = set_lines(lines, style if size == style.size else replace(style, size=size), width, height, element)
    return Setting(tuple(words), wide <= along + 0.01 and high <= across + 0.01, size, wide, high)


def _height(count: int, size: int, line_height: float) -> float:
    return (count - 1) * round(size * line_height) + size * (ASCENT + DESCENT)


def _fit(text: str, style: Style, along: int, across: int, smallest: int) -> tuple[list[str], int]:
    """Return the lines and the largest size at which they fit, or the smallest size."""
    size, known = style.size, widths(style.face)
    while True:
        lines = wrap(text, along * EM / size, known) if style.wrap else text.split("\n")
        if size <= smallest:
            return lines, size
        wide = max(measure(one, style.face) for one in lines)
        if wide * size <= along * EM and _height(len(lines), size, style.line_height) <= across:
            return lines, size
        # What cannot be wrapped has to become so much smaller at least; the loop need not try all between.
        most = size - 1 if style.wrap or not wide else min(size - 1, int(along * EM / wide))
        size = max(smallest, most)


def _start(style: Style, room: float, length: float) -> float:
    slack = room - length
    return {"left": 0.0, "center": slack / 2, "right": slack}[style.align]


def _baseline(style: Style, count: int, height: int) -> int:
    """Return the first line's baseline."""
    block = (count - 1) * round(style.size * style.line_height)
    if style.valign == "top":
        return round(style.size * ASCENT)
    if style.valign == "bottom":
        return round(height - style.size * DESCENT) - block
    return round((height - block) / 2 + style.size * MIDDLE)


def _across(lines: Sequence[str], style: Style, width: int, height: int, element: str) -> list[Words]:
    found, baseline = [], _baseline(style, len(lines), height)
    for text in lines:
        start = _start(style, width, measure(text, style.face) * style.size / EM)
        found += _words(text, style, (start, baseline), 0, element)
        baseline += round(style.size * style.line_height)
    return found


def _words(text: str, style: Style, at: tuple[float, float], rotation: Rotation, element: str) -> list[Words]:
    """Return a line as marks, one for each run in a face of its own."""
    found, (x, y) = [], at
    for face, part in runs(text, style.face):
        drawn = line(part, face, style.size)
        if not drawn.bits.width and measure(part, face) and part.strip():
            # Too small to leave ink, such as a full stop at 3 pt: a dot is less wrong than nothing.
            drawn = Line(max(0, round(measure(part, face) * style.size / EM / 4)), -1, Bits(1, 1, b"\x80"))
        if drawn.bits.width:
            found.append(_placed(element, part, face, style.size, rotation, (round(x), round(y)), drawn))
        length = measure(part, face) * style.size / EM
        x, y = (x, y + length) if rotation == 90 else (x + length, y)
    return found


def _placed(
    element: str, text: str, face: FaceName, size: int, rotation: Rotation, origin: tuple[int, int], drawn: Line
) -> Words:
    x, y = origin
    if rotation == 90:
        left, top = x - drawn.top - drawn.bits.height, y + drawn.left
    else:
        left, top = x + drawn.left, y + drawn.top
    return Words(element, left, top, text, face, size, rotation, origin, turn(drawn.bits, rotation))


def _down(lines: Sequence[str], style: Style, width: int, height: int, element: str) -> list[Words]:
    """Set columns from right to left; Chinese stands upright, Latin lies, short numbers stand side by side."""
    pitch = round(style.size * style.line_height)
    block = (len(lines) - 1) * pitch + style.size
    right = {"top": width, "middle": round((width + block) / 2), "bottom": block}[style.valign]
    found: list[Words] = []
    for number, text in enumerate(lines):
        middle = right - number * pitch - style.size / 2
        y = _start(style, height, measure(text, style.face) * style.size / EM)
        for part, upright in _standing(text):
            length = measure(part, style.face) * style.size / EM
            shown = part.translate(_UPRIGHT) if has(part[0].translate(_UPRIGHT), style.face) else part
            # A dash that takes less than a sign's height would reach into the next one: it lies down as it is.
            if upright and (shown == part or length > style.size - 0.01):
                long = measure(shown, style.face) * style.size / EM
                drop = max(length - style.size, 0) / 2 if len(part) == 1 else (length - style.size) / 2
                found += _words(shown, style, (middle - long / 2, y + drop + style.size * ASCENT), 0, element)
            else:
                found += _words(part, style, (middle - style.size * MIDDLE, y), 90, element)
            y += length
    return found


def _standing(text: str) -> list[tuple[str, bool]]:
    """Split a column into parts that stand upright, one wide sign each, and parts that lie."""
    found: list[tuple[str, bool]] = []
    for sign in text:
        if is_wide(sign):
            found.append((sign, True))
        elif found and not found[-1][1]:
            found[-1] = (found[-1][0] + sign, False)
        else:
            found.append((sign, False))
    return [(part, upright or (len(part) == 2 and part.isdigit())) for part, upright in found]
