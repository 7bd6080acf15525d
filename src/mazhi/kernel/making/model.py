"""A request to make items, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

MOST_AT_ONCE = 10_000
"""More than this is made by a job, in chunks of as many."""
MOST_IN_A_JOB = 1_000_000


@dataclass(frozen=True, slots=True)
class MakeRequest:
    """What is to be made: by a rule (``rule`` and ``count``) or with given codes (``codes``, typed or pasted)."""

    product: str | None = None
    kind: Literal["serial", "package"] = "serial"
    rule: str | None = None
    count: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    codes: str | None = None
    namespace: str = "own"
    batch: str | None = None
    place: str | None = None
    document: str = ""
    note: str = ""
    occurred_at: int | None = None
    client_key: str | None = None
    package_type: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was made; ``codes`` in the order in which they were issued, at the most ``MOST_AT_ONCE``."""

    event: int
    count: int
    first: str
    last: str
    codes: Sequence[str]
