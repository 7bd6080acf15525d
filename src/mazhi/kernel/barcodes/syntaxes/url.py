"""Web addresses that are no Digital Link: their last segment or a query value may be a token of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, unquote_plus

from mazhi.kernel.barcodes.gs1.digital_link import read_link
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax

_URL = re.compile(r"(?:https?://|www\.)[^\s/?#]+([^\s?#]*)(?:\?([^\s#]*))?(?:#(\S*))?", re.IGNORECASE)
_MOST_KEYS = 8


def read(scan: Scan) -> Sequence[Found]:
    """Read a web address."""
    found = _URL.fullmatch(scan.text) if scan.carrier != "gtin" else None
    if found is None or read_link(scan.text) is not None:
        return ()
    path, query, fragment = found[1], found[2] or "", found[3] or ""
    values = [unquote(path.rstrip("/").rsplit("/", 1)[-1])]
    values += [unquote_plus(pair.partition("=")[2]) for pair in re.split("[&;]", query)]
    values.append(unquote(fragment.rsplit("/", 1)[-1]))
    keys = tuple(dict.fromkeys(value for value in values if value))[:_MOST_KEYS]
    return (Found(scan.text, {}, (), Level.SURE, (scan.text, *keys)),)


KIND = Syntax(
    name="url",
    via="url",
    zh="网址",
    en="Web address",
    order=800,
    example="https://m.example.com/q/7Q2M9XK4?from=label",
    read=read,
)
