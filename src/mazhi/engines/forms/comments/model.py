"""What a comment is, and whom it mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mazhi.kernel.access.model import fold_username
from mazhi.kernel.master_data.model import Checks

LONGEST = 5_000
MOST_MENTIONED = 50
SNIPPET = 80
_MENTION = re.compile(r"(?:^|(?<=[^\w.@+-]))@(\w[\w.@+-]{0,63})")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a record.

    Attributes:
        id: Its number.
        author: User name of whoever wrote it.
        name: What that user is called.
        at: Moment, µs.
        text: What it says; empty where it was deleted.
        mentions: User names of those whom it told.
        edited_at: When it was changed.
        deleted: Whether it was deleted; it stays in its place.
        own: Whether the reader wrote it.
    """

    id: int
    author: str
    name: str
    at: int
    text: str
    mentions: Sequence[str]
    edited_at: int | None
    deleted: bool
    own: bool


def read_text(raw: str) -> str:
    """Return a comment's text without blanks at its ends.

    Raises:
        InvalidInputError: It is empty or too long, or holds signs that cannot be shown.
    """
    text = raw.replace("\r\n", "\n").strip()
    checks = Checks()
    if not text:
        checks.fault("/text", "comment_empty")
    elif len(text) > LONGEST:
        checks.fault("/text", "comment_too_long", limit=LONGEST, length=len(text))
    elif any(not (sign.isprintable() or sign in "\n\t") for sign in text):
        checks.fault("/text", "entry_not_printable", field="")
    checks.done()
    return text


def mentioned(text: str) -> list[str]:
    """Return the user names that stand after an @ in a text, each once; of a mail address nothing."""
    names = [fold_username(one.rstrip(".")) for one in _MENTION.findall(text)]
    return list(dict.fromkeys(names))[:MOST_MENTIONED]
