"""The checks that many carriers share: emptiness, length, characters."""

from __future__ import annotations

from collections.abc import Callable

from mazhi.engines.labels.carriers.model import LabelError


def require(content: str, symbology: str, *, most: int, allowed: Callable[[str], bool]) -> str:
    """Return the content if it is not empty, not too long, and of allowed characters alone.

    Raises:
        LabelError: ``carrier_empty``, ``carrier_wrong_character`` or ``carrier_too_long``.
    """
    if content == "":
        raise LabelError("carrier_empty", symbology=symbology)
    if not allowed(content):
        at = next(at for at, character in enumerate(content) if not allowed(character))
        raise LabelError("carrier_wrong_character", symbology=symbology, character=shown(content[at]), position=at + 1)
    if len(content) > most:
        raise LabelError("carrier_too_long", symbology=symbology, length=len(content), most=most)
    return content


def shown(character: str) -> str:
    """Return a character as it can be shown: one that has no shape by its number."""
    return character if character.isprintable() and character != " " else f"U+{ord(character):04X}"
