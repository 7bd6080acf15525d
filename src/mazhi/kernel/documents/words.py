"""The words of states, operations and marks, as a document says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.recalls.model import STATUSES
from mazhi.kernel.texts import Language

MOST_ROWS = 2000
"""So many rows a paper lists at the most; it says how many more there are."""


def states(tx: Tx, life_cycles: LifeCycles, language: Language) -> dict[str, str]:
    """Return the names of all states, by code."""
    found: dict[str, str] = {}
    for cycle in life_cycles.load(tx).values():
        for state in cycle.states:
            found.setdefault(state.code, state.en if language == "en" else state.zh)
    return found


def operation(name: str, language: Language) -> str:
    """Return the name of an operation."""
    if name not in operation_kinds:
        return name
    kind = operation_kinds[name]
    return kind.en if language == "en" else kind.zh


def status(name: str, language: Language) -> str:
    """Return the name of a status of a recalled piece."""
    return STATUSES[name][language == "en"] if name in STATUSES else name


def change(names: Mapping[str, str], event: Mapping[str, Any]) -> str:
    """Say from which state to which an event led."""
    before, after = event["from"]["state"], event["to"]["state"]
    if before == after or before is None:
        return names.get(after or "", after or "")
    return f"{names.get(before, before)} → {names.get(after or '', after or '')}"
