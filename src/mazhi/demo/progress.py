"""How far a demo has come: kept in the transactions of what it posts, so that a killed one goes on exactly there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.settings.store import read_setting, write_setting

SETTING = "demo.progress"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being told, and how much of it was.

    Attributes:
        items: So many purifiers.
        last: The last day of the story.
        entries: So many entries it has; a version of the program that tells it otherwise must not go on with it.
        done: So many of them are in the ledger.
        finished: Everything is there, the users too.
    """

    items: int
    last: date
    entries: int
    done: int = 0
    finished: bool = False

    @property
    def key(self) -> str:
        """What the client keys of this demo begin with."""
        return f"demo:{self.items}:{self.last:%Y%m%d}"


def read_progress(tx: Tx) -> Progress | None:
    """Return how far the demo of this database has come; None if there is none."""
    found = read_setting(tx, SETTING)
    if found is None:
        return None
    values: dict[str, Any] = json.loads(found)
    return Progress(**{**values, "last": date.fromisoformat(values["last"])})


def write_progress(tx: Tx, progress: Progress) -> None:
    """Keep how far the demo has come."""
    write_setting(tx, SETTING, json.dumps({**asdict(progress), "last": progress.last.isoformat()}))
