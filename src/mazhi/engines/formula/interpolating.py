"""Texts with formulas in braces: ``SN {item.code}``; ``{{`` and ``}}`` are braces that are meant as such."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import Scope, Situation, Worker, prepare, run
from mazhi.engines.formula.nodes import Field, Node, names
from mazhi.engines.formula.parsing import parse, parse_from
from mazhi.engines.formula.values import Fault, Value, is_empty, to_text

LONGEST = 16_000
"""Characters of a text with formulas."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One formula inside a text, and how it is worked out."""

    node: Node
    work: Worker = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of which parts are formulas.

    Attributes:
        source: As it was typed.
        parts: What is written as it is, and the formulas, in their order.
        names: Dotted names of all fields that the formulas read.
    """

    source: str
    parts: tuple[str | Piece, ...]
    names: frozenset[str]

    @property
    def fixed(self) -> bool:
        """Whether it is the same whatever the data is."""
        return all(isinstance(part, str) for part in self.parts)

    def render(self, scope: Scope, *, at: datetime | None = None) -> str:
        """Write the text with the data of one thing; empty values write nothing.

        Raises:
            FormulaError: A formula cannot be worked out; the error names its code and place in the source.
        """
        situation = Situation(scope, at)
        return "".join(part if isinstance(part, str) else to_text(_worked(part, situation)) for part in self.parts)

    def missing(self, scope: Scope, *, at: datetime | None = None) -> tuple[str, ...]:
        """Name the fields that stand alone in braces and are empty, or do not exist; each once."""
        situation = Situation(scope, at)
        found: dict[str, None] = {}
        for part in self.parts:
            if isinstance(part, Piece) and isinstance(part.node, Field):
                value = run(part.work, situation)
                if is_empty(value) or (isinstance(value, Fault) and value.code == "formula_unknown_field"):
                    found[part.node.name] = None
        return tuple(found)


def _worked(piece: Piece, situation: Situation) -> Value:
    value = run(piece.work, situation)
    if isinstance(value, Fault):
        raise FormulaError(value.code, value.start, value.end, **value.params)
    return value


@lru_cache(maxsize=4096)
def parse_text(source: str) -> Text:
    """Read a text with formulas in braces.

    Raises:
        FormulaError: A formula cannot be read, or a brace has no partner; positions are those of the whole text.
    """
    if len(source) > LONGEST:
        raise FormulaError("formula_too_long", LONGEST, len(source), most=LONGEST)
    parts: list[str | Piece] = []
    plain, at = "", 0
    while at < len(source):
        character = source[at]
        if character not in "{}":
            plain += character
            at += 1
        elif source[at : at + 2] == character * 2:
            plain += character
            at += 2
        elif character == "}":
            raise FormulaError("formula_brace", at, at + 1, brace="}")
        else:
            if plain:
                parts.append(plain)
            plain = ""
            piece, at = _piece(source, at)
            parts.append(piece)
    if plain:
        parts.append(plain)
    read = frozenset(name for part in parts if isinstance(part, Piece) for name in names(part.node))
    return Text(source, tuple(parts), read)


def _piece(source: str, at: int) -> tuple[Piece, int]:
    node, end = parse_from(source, at + 1, embedded=True)
    if end >= len(source):
        raise FormulaError("formula_brace", at, len(source), brace="{")
    return Piece(node, prepare(node)), end + 1


@lru_cache(maxsize=4096)
def parse_formula(source: str) -> Text:
    """Read one formula without braces as a text that consists of its value alone.

    Raises:
        FormulaError: It cannot be read.
    """
    node = parse(source)
    return Text(source, (Piece(node, prepare(node)),), names(node))
