"""Where a page of records begins, as the page before has said."""

from __future__ import annotations

import json
from typing import Any

from mazhi.kernel.errors import invalid


def read_place(after: str | None) -> list[Any] | None:
    """Read where a page begins: a value, and the number of a record.

    Raises:
        InvalidInputError: It was not said by a page (code ``bad_after``).
    """
    if after is None:
        return None
    try:
        found: Any = json.loads(after)
    except ValueError:
        found = None
    good = isinstance(found, list) and len(found) == 2 and isinstance(found[1], int)
    if not good or isinstance(found[0], list | dict):
        raise invalid("/after", "record_bad_after")
    return list(found)
