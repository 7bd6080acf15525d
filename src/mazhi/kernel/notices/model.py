"""What a notice is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What somebody is to be told.

    Attributes:
        kind: The code of its text, ``notice_mention`` for example.
        params: What stands in the text.
        link: The page that it is about, from the site's root.
    """

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True, slots=True)
class Notice(NewNotice):
    """What somebody was told."""

    id: int = 0
    at: int = 0
    read_at: int | None = None
