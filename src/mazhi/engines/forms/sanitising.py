"""Rich text from anywhere made harmless: what is not on a short list of tags is taken out, its words stay."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

_TAGS = frozenset({
    "p", "br", "b", "strong", "i", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "h1", "h2", "h3", "h4",
    "blockquote", "code", "pre", "a", "hr", "table", "thead", "tbody", "tr", "th", "td",
})  # fmt: skip
_VOID = {"br", "hr"}
_DROPPED = {"script", "style", "template", "iframe", "object", "noscript", "title", "textarea", "svg", "math", "head"}
"""Of these not even the words stay."""
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s\"'<>\\]+", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return HTML that holds only harmless tags, well nested; the same again when it is given again."""
    parser = _Sanitising()
    parser.feed(html)
    parser.close()
    return parser.result()


class _Sanitising(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._dropping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping or tag in _DROPPED:
            self._dropping.append(tag)
        elif tag in _TAGS:
            self._out.append(f"<{tag}{_address(attrs) if tag == 'a' else ''}>")
            if tag not in _VOID:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            # Whatever was opened within goes with it.
            if tag in self._dropping:
                del self._dropping[self._dropping.index(tag) :]
        elif tag in self._open:
            while self._open:
                last = self._open.pop()
                self._out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            kept = "".join(sign for sign in data if sign.isprintable() or sign in "\n\t\xa0")
            self._out.append(escape(kept, quote=False))

    def result(self) -> str:
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))


def _address(attrs: list[tuple[str, str | None]]) -> str:
    found = next((value for name, value in attrs if name == "href" and value), "").strip()
    if not _ADDRESS.fullmatch(found) or not found.isprintable():
        return ""
    return f' href="{escape(found)}" rel="noopener noreferrer" target="_blank"'
