"""GS1 elements in brackets as the contents of GS1 symbols."""

from __future__ import annotations

from mazhi.engines.labels.carriers.model import LabelError
from mazhi.kernel.barcodes.gs1 import spelling
from mazhi.kernel.barcodes.gs1.elements import Message, looks_bracketed, read_bracketed


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
    message = read_bracketed(content)
    if message.problems:
        first = message.problems[0]
        raise LabelError(first.code, problems=message.problems, **first.params)
    return message


def raw(content: str) -> str:
    """Return what the symbol carries after its first FNC1; the separators stand as GS."""
    return spelling.raw(read_bracketed(content).elements)


def for_drawing(content: str) -> str:
    """Return checked content with its identifiers in square brackets, which no value can hold."""
    return "".join(f"[{element.ai.code}]{element.value}" for element in read_bracketed(content).elements)
