"""The words of a formula: numbers, texts, names, signs, with full-width forms (全角) read as their plain ones."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mazhi.engines.formula.errors import FormulaError

TokenKind = Literal["number", "text", "name", "bracket", "sign", "end"]


class Token(NamedTuple):
    """One word and where it stands."""

    kind: TokenKind
    value: str
    start: int
    end: int


_SIGNS = {
    "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "<>", "−": "-", "、": ",", ";": ",", "；": ",",
    "+": "+", "-": "-", "*": "*", "/": "/", "^": "^", "&": "&", "%": "%", "=": "=", "<": "<", ">": ">",
    "(": "(", ")": ")", ",": ",",
}  # fmt: skip
_PAIRS = {"<=": "<=", ">=": ">=", "<>": "<>", "!=": "<>", "==": "="}
_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」"}
_BRACKETS = {"[": "]", "【": "】", "{": "}"}


def fold(character: str) -> str:
    """Return the plain form of a full-width character, any other as it is."""
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return " " if character == "\u3000" else character


def _starts_name(character: str) -> bool:
    return character == "_" or character.isalpha()


def _in_name(character: str) -> bool:
    return character == "_" or character.isalpha() or character.isdecimal()


def is_plain_name(name: str) -> bool:
    """Tell whether a dotted name may stand without brackets."""
    parts = name.split(".")
    return (
        all(parts)
        and _starts_name(parts[0][0])
        and all(fold(one) == one and _in_name(one) for part in parts for one in part)
    )


class Scanner:
    """Reads a formula word by word, from ``start`` on; embedded in a text, a closing brace ends it."""

    def __init__(self, source: str, start: int = 0, *, embedded: bool = False) -> None:
        self.source = source
        self.at = start
        self._embedded = embedded

    def next(self) -> Token:
        """Read the next word.

        Raises:
            FormulaError: There is something that no formula contains.
        """
        while self._peek().isspace():
            self.at += 1
        start, character = self.at, self._peek()
        if not character or (self._embedded and character == "}"):
            return Token("end", "", start, start)
        if character in _QUOTES:
            return self._text(character)
        if character in _BRACKETS:
            return self._name()
        if character.isdecimal() or (character == "." and self._peek(1).isdecimal()):
            return self._number()
        if _starts_name(character):
            return self._name()
        return self._sign(character)

    def _peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return fold(self.source[place]) if place < len(self.source) else ""

    def _sign(self, character: str) -> Token:
        start = self.at
        pair = _PAIRS.get(character + self._peek(1))
        if pair is not None:
            self.at += 2
            return Token("sign", pair, start, self.at)
        if character not in _SIGNS:
            raise FormulaError("formula_character", start, start + 1, character=self.source[start])
        self.at += 1
        return Token("sign", _SIGNS[character], start, self.at)

    def _text(self, opening: str) -> Token:
        start, closing = self.at, _QUOTES[opening]
        self.at += 1
        found: list[str] = []
        while self.at < len(self.source):
            # Inside a text only the quotes may be full-width; everything else stays as it was typed.
            if self._peek() == closing:
                if self._peek(1) != closing:
                    self.at += 1
                    return Token("text", "".join(found), start, self.at)
                self.at += 1
            found.append(self.source[self.at])
            self.at += 1
        raise FormulaError("formula_quote_open", start, len(self.source), quote=closing)

    def _number(self) -> Token:
        start = self.at
        digits = self._digits()
        if self._peek() == ".":
            self.at += 1
            digits += "." + self._digits()
        sign = self._peek(1) if self._peek(1) in {"+", "-"} else ""
        if self._peek() in {"e", "E"} and self._peek(1 + len(sign)).isdecimal():
            self.at += 1 + len(sign)
            digits += f"E{sign}{self._digits()}"
        if _in_name(self._peek()) or self._peek() == ".":
            while _in_name(self._peek()) or self._peek() == ".":
                self.at += 1
            raise FormulaError("formula_number", start, self.at, number=self.source[start : self.at])
        return Token("number", digits, start, self.at)

    def _digits(self) -> str:
        found = ""
        while self._peek().isdecimal():
            # Digits of other scripts count as what they mean.
            found += str(int(self._peek()))
            self.at += 1
        return found

    def _name(self) -> Token:
        start, parts, bracketed = self.at, [], False
        while True:
            if self._peek() in _BRACKETS:
                parts.append(self._bracket())
                bracketed = True
            else:
                part = ""
                while _in_name(self._peek()):
                    part += self._peek()
                    self.at += 1
                parts.append(part)
            after = self._peek(1)
            if self._peek() != "." or not (_in_name(after) or after in _BRACKETS):
                break
            self.at += 1
        return Token("bracket" if bracketed else "name", ".".join(parts), start, self.at)

    def _bracket(self) -> str:
        start, closing = self.at, _BRACKETS[self._peek()]
        self.at += 1
        inside = self.at
        while self.at < len(self.source) and self._peek() != closing:
            if self._peek() in _BRACKETS or self._peek() in "{}\n":
                break
            self.at += 1
        name = self.source[inside : self.at].strip()
        if self._peek() != closing:
            raise FormulaError("formula_bracket_open", start, self.at, bracket=closing)
        self.at += 1
        if not name:
            raise FormulaError("formula_name_empty", start, self.at)
        return name
