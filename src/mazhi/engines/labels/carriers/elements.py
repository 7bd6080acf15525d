"""GS1 elements in brackets as the contents of GS1 symbols."""

from __future__ import annotations

from functools import lru_cache

from mazhi.engines.labels.carriers.alphabet import shown
from mazhi.engines.labels.carriers.model import LabelError
from mazhi.kernel.barcodes.gs1 import spelling
from mazhi.kernel.barcodes.gs1.elements import SEPARATOR, Message, looks_bracketed, read_bracketed

_apart = lru_cache(maxsize=1024)(read_bracketed)
"""A content is checked, drawn and written in one go, so it is taken apart once."""


def read(content: str, symbology: str) -> Message:
    """Take bracketed content apart.

    Raises:
        LabelError: It is empty, not bracketed, or anything in it is wrong: then with the code of the first problem,
            and all of them.
    """
    if content == "":
        raise LabelError("carrier_empty", symbology=symbology)
    if not looks_bracketed(content):
        raise LabelError("carrier_not_bracketed", symbology=symbology)
    separator = SEPARATOR.search(content)
    if separator is not None:
        # Elsewhere this would be read as what a scanner makes of FNC1; a value that is to be printed cannot hold it.
        character, at = shown(separator[0][0]), separator.start() + 1
        raise LabelError("carrier_wrong_character", symbology=symbology, character=character, position=at)
    message = _apart(content)
    if message.problems:
        first = message.problems[0]
        raise LabelError(first.code, problems=message.problems, **first.params)
    return message


def raw(content: str) -> str:
    """Return what the symbol carries after its first FNC1; the separators stand as GS."""
    return spelling.raw(_apart(content).elements)


def for_drawing(content: str) -> str:
    """Return checked content with its identifiers in square brackets, which no value can hold."""
    return "".join(f"[{element.ai.code}]{element.value}" for element in _apart(content).elements)
