"""GS1 Digital Link: elements in a web address of any host, ``https://any.host/01/…/10/…/21/…?17=…``."""

from __future__ import annotations

import re
from urllib.parse import unquote, unquote_plus

from mazhi.kernel.barcodes.check_digits import DIGITS
from mazhi.kernel.barcodes.gs1.elements import Element, Message, check, value_problems
from mazhi.kernel.barcodes.gs1.table import TABLE, ApplicationIdentifier
from mazhi.kernel.errors import Problem

_LINK = re.compile(r"(?:https?://[^/?#]+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?)(/[^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_GTIN_LENGTHS = (8, 12, 13)
_MISFIT = frozenset({"empty_value", "value_too_short", "value_too_long", "wrong_character", "company_prefix"})


def read_link(text: str) -> Message | None:
    """Take a Digital Link apart; None where the address is not one.

    An address is one if a primary key with a value that it could have stands in its path, with nothing but further
    pairs behind it. Named keys in the query (``linkType=…``) are not GS1's and are skipped.
    """
    found = _LINK.match(text)
    if found is None:
        return None
    path = _path_elements(found[1])
    if path is None:
        return None
    message = Message(path, _path_problems(path))
    _read_query(found[2] or "", message)
    message.problems += check(message.elements)
    return message


def _path_elements(path: str) -> list[Element] | None:
    segments = path.removesuffix("/").split("/")[1:]
    elements: list[Element] = []
    # From the right, so that any stem may stand before the key, even one that looks like a pair.
    for at in range(len(segments) - 2, -1, -2):
        ai = TABLE.get(segments[at])
        if ai is None:
            return None
        value = unquote(segments[at + 1])
        if ai.key is None:
            elements.insert(0, Element(ai, value))
            continue
        value = _padded(ai, value)
        if any(problem.code in _MISFIT for problem in value_problems(ai, value)):
            return None
        return [Element(ai, value), *elements]
    return None


def _padded(ai: ApplicationIdentifier, value: str) -> str:
    """Fill a GTIN of 8, 12 or 13 digits up to 14."""
    short = ai.code == "01" and len(value) in _GTIN_LENGTHS and DIGITS.fullmatch(value)
    return value.zfill(14) if short else value


def _path_problems(path: list[Element]) -> list[Problem]:
    key, orders = path[0].ai, path[0].ai.key or ()
    codes = [element.ai.code for element in path[1:]]
    if not codes or any(codes == [code for code in order if code in codes] for order in orders):
        return []
    for order in orders:
        if set(codes) <= set(order):
            return [Problem("link_key_order", {"key": key.code, "order": " ".join(f"({code})" for code in order)})]
    # Of alternative orders the one is meant that the first qualifier belongs to.
    meant = next((order for order in orders if codes[0] in order), ())
    return [Problem("link_not_qualifier", {"key": key.code, "ai": code}) for code in codes if code not in meant]


def _read_query(query: str, message: Message) -> None:
    for pair in re.split("[&;]", query):
        code, _, value = pair.partition("=")
        if not DIGITS.fullmatch(code):
            continue
        ai = TABLE.get(code)
        if ai is None:
            message.problems.append(Problem("unknown_ai", {"text": code[:4]}))
            continue
        if not ai.attribute:
            message.problems.append(Problem("link_not_attribute", {"ai": code}))
        message.elements.append(Element(ai, _padded(ai, unquote_plus(value))))
