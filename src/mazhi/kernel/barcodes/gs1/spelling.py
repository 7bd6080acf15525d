"""Writing elements in the three spellings of GS1: raw, bracketed, Digital Link."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from mazhi.kernel.barcodes.gs1.elements import Element
from mazhi.kernel.barcodes.model import GS


def bracketed(elements: Sequence[Element]) -> str:
    """Write ``(01)…(21)…``, as people read it; an opening bracket in a value gets a backslash."""
    return "".join(f"({element.ai.code}){element.value.replace('(', chr(92) + '(')}" for element in elements)


def raw(elements: Sequence[Element]) -> str:
    """Write what a symbol carries after its first FNC1: a separator after every value of no predefined length."""
    text = ""
    for element in elements:
        text += element.ai.code + element.value + ("" if element.ai.fixed else GS)
    return text.removesuffix(GS)


def digital_link(elements: Sequence[Element], stem: str) -> str | None:
    """Write ``stem/01/…/21/…?17=…``; None where the elements hold no key, or one that a link cannot carry."""
    for key in elements:
        if key.ai.key is None:
            continue
        for order in key.ai.key or ((),):
            path = [element for code in order for element in elements if element.ai.code == code]
            query = [element for element in elements if element is not key and element not in path]
            if all(element.ai.attribute for element in query):
                text = "".join(f"/{element.ai.code}/{quote(element.value, safe='')}" for element in [key, *path])
                asked = "&".join(f"{element.ai.code}={quote(element.value, safe='')}" for element in query)
                return stem.rstrip("/") + text + ("?" + asked if asked else "")
    return None
