"""Typed codes (手工录入的码): lists and ranges as people write them, such as ``SN001-SN005, SN9``.

Separators are ``, ， 、 ; ；``, blanks, tabs and line breaks. ``A-B`` with one dash, or ``A~B``, is a range when both
ends share a prefix and end in digits, ``A+n`` is A and the n codes after it; there may be blanks around the sign,
and full-width forms do as well. Anything else stands for itself, and what is in quotes always does. How many codes
it makes is known before one of them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mazhi.kernel.errors import InvalidInputError, Problem

POINTER = "/codes"
LONGEST = 200
MOST_PROBLEMS = 200

_PLAIN: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\x0b\x0c"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "〜∼"), "~"),
    **dict.fromkeys(map(ord, "“”„‟"), '"'),
    **dict.fromkeys(map(ord, "、"), ","),
    **dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n"),
}
"""One character each, so that a place in the plain text is the same place in the text as it was typed."""

_TOKEN = re.compile(r'(?P<quoted>"(?:[^"]|"")*"?)|(?P<blank>[ \t]+)|(?P<stop>[,;\n]+)|(?P<word>[^ \t,;\n"][^ \t,;\n]*)')
_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)
_SIGNS = "-~+"


@dataclass(frozen=True, slots=True)
class Range:
    """The codes from ``prefix`` + ``first`` to ``prefix`` + ``last``, numbers at least ``width`` wide; one or more."""

    prefix: str
    width: int
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many codes it is."""
        return self.last - self.first + 1

    def codes(self) -> Iterator[str]:
        """Spell it out."""
        return (f"{self.prefix}{number:0{self.width}d}" for number in range(self.first, self.last + 1))


Piece = str | Range


def count(text: str) -> int:
    """Say how many codes a text makes, without making them.

    Raises:
        InvalidInputError: The text has faults; every one is listed.
    """
    return _total(parse(text))


def expand(text: str, *, limit: int) -> list[str]:
    """Spell out the codes of a text, in the order in which they stand.

    Raises:
        InvalidInputError: The text has faults, or makes more than ``limit`` codes.
    """
    pieces = parse(text)
    total = _total(pieces)
    if total > limit:
        problem = Problem("typed_too_many", {"count": total, "limit": limit}, POINTER)
        raise InvalidInputError("invalid_input", problems=[problem])
    codes: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            codes.append(piece)
        else:
            codes += piece.codes()
    return codes


def _total(pieces: Sequence[Piece]) -> int:
    return sum(1 if isinstance(piece, str) else piece.size for piece in pieces)


def parse(text: str) -> list[Piece]:
    """Take a text apart.

    Raises:
        InvalidInputError: The text has faults; the first ``MOST_PROBLEMS`` are listed.
    """
    parser = _Parser(text)
    if parser.problems:
        raise InvalidInputError("invalid_input", problems=parser.problems[:MOST_PROBLEMS])
    return parser.pieces


class _Parser:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.pieces: list[Piece] = []
        self.problems: list[Problem] = []
        words: list[str] = []  # separated by blanks only: a sign between two of them makes a range
        glued = ""
        for found in _TOKEN.finditer(text.translate(_PLAIN)):
            kind, token = found.lastgroup, found.group()
            if kind == "word" and glued != "quoted":
                words.append(token)
            elif kind in {"word", "quoted"}:
                self._end(words)
                if glued in {"word", "quoted"}:
                    self._fault("typed_quote_joined", text[found.start() : found.end()])
                else:
                    self._quoted(token, text[found.start() : found.end()])
            elif kind == "stop":
                self._end(words)
            glued = kind or ""
        self._end(words)

    def _fault(self, code: str, item: str, **params: object) -> None:
        self.problems.append(Problem(code, params, POINTER, item[:LONGEST]))

    def _quoted(self, plain: str, typed: str) -> None:
        if len(plain) < 2 or not plain.endswith('"') or plain.count('"') % 2:
            self._fault("typed_quote_open", typed)
            return
        pieces, start = [], 1
        for piece in plain[1:-1].split('""'):
            pieces.append(typed[start : start + len(piece)])
            start += len(piece) + 2
        self._literal('"'.join(pieces))

    def _literal(self, code: str) -> None:
        if not code:
            self._fault("typed_quote_empty", '""')
        elif len(code) > LONGEST:
            self._fault("typed_too_long", code, limit=LONGEST)
        else:
            self.pieces.append(code)

    def _end(self, words: list[str]) -> None:
        """Take the words of one run, joining those with a sign between them."""
        place = 0
        while place < len(words):
            joined = _joined(words, place)
            if joined is None:
                self._word(words[place])
                place += 1
                continue
            left, sign, right, place = joined
            if place < len(words) and _joined([right, *words[place:]], 0):
                self._fault("typed_chain", " ".join(words))
                break
            self._between(left, sign, right)
        words.clear()

    def _word(self, word: str) -> None:
        for sign in "~+-":
            if word.count(sign) == 1:
                left, right = word.split(sign)
                if _is_pair(left, sign, right):
                    self._between(left, sign, right)
                    return
                if sign == "~":
                    break
        self._literal(word)

    def _between(self, left: str, sign: str, right: str) -> None:
        item = f"{left}{sign}{right}"
        if len(item) > 2 * LONGEST:
            self._fault("typed_too_long", item, limit=LONGEST)
            return
        prefix, first = _numbered(left)
        if sign == "+":
            self._following(item, left, first, right)
            return
        other, last = _numbered(right)
        if prefix != other:
            self._fault("typed_prefixes_differ", item, first=prefix, last=other)
        elif int(last) < int(first):
            self._fault("typed_descending", item)
        elif last != f"{int(last):0{len(first)}d}":
            self._fault("typed_widths_differ", item)
        else:
            self.pieces.append(Range(prefix, len(first), int(first), int(last)))

    def _following(self, item: str, left: str, first: str, more: str) -> None:
        if left.count("-") == 1 and _is_pair(*left.partition("-")):
            self._fault("typed_mixed", item)
            return
        last = int(first) + int(more)
        if first.startswith("0") and len(str(last)) > len(first) > 1:
            self._fault("typed_overflow", item, width=len(first))
            return
        self.pieces.append(Range(left[: len(left) - len(first)], len(first), int(first), last))


def _joined(words: Sequence[str], place: int) -> tuple[str, str, str, int] | None:
    """Look for a sign with blanks around it after a word; return both ends, the sign, and the place after them."""
    left, rest = words[place], words[place + 1 : place + 3]
    if not rest:
        return None
    candidates = [(left, rest[0][0], rest[0][1:], 2), (left[:-1], left[-1], rest[0], 2)]
    if len(rest) == 2 and len(rest[0]) == 1:
        candidates.insert(0, (left, rest[0], rest[1], 3))
    for before, sign, after, used in candidates:
        if sign in _SIGNS and _is_pair(before, sign, after):
            return before, sign, after, place + used
    return None


def _is_pair(left: str, sign: str, right: str) -> bool:
    """Tell whether a sign between two texts means more than itself."""
    if sign == "+":
        return _is_number(left[-1:]) and _is_number(right)
    return _is_number(left[-1:]) and _is_number(right[-1:])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _numbered(text: str) -> tuple[str, str]:
    found = _NUMBERED.fullmatch(text)
    return (found.group(1), found.group(2)) if found else (text, "0")
