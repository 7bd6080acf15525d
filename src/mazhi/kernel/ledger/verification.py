"""Verifying the ledger: that items, history, events, identifiers and stock tell the same story.

Items and stock are projections of the history; whoever changes one behind the ledger's back makes them differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mazhi.kernel.db import Database, Tx
from mazhi.kernel.ledger import verification_store as store
from mazhi.kernel.ledger.model import HistoryRow, row_data

SHOWN = 1000
"""So many faults of a kind are named at the most; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be: ``subject`` names the item (by code) or the balance, ``code`` says what is wrong."""

    code: str
    subject: str
    params: dict[str, Any]


def verify(db: Database) -> Iterator[Fault]:
    """Compare everything with everything else, in one snapshot, and yield every fault found."""
    with db.read() as tx:
        for code, query in store.CHECKS.items():
            for row in tx.run(query, most=SHOWN).mappings():
                named = dict(row)
                yield Fault(code, str(named.pop("subject")), named)
        yield from _changed_facts(tx)
        yield from _stock(tx)


def _changed_facts(tx: Tx) -> Iterator[Fault]:
    """Replay the changes that history rows carry in their data, item by item, against the items."""
    stream = store.changing_rows(tx)
    for item, rows in groupby(stream, key=lambda row: (row.id, row.code)):
        facts: dict[str, Any] = dict(store.BORN)
        present: dict[str, Any] = {}
        for row in rows:
            present = {name: getattr(row, f"now_{name}") for name in store.BORN}
            if row.data is None:
                continue
            for name, pair in row_data(row.data).items():
                if name not in facts or not isinstance(pair, list):
                    continue
                if facts[name] != pair[0]:
                    yield Fault("broken_chain", item[1], {"seq": row.seq, "what": name})
                facts[name] = pair[1]
        for name, value in present.items():
            if facts[name] != value:
                yield Fault("item_differs", item[1], {"what": name, "history": facts[name], "item": value})


def _stock(tx: Tx) -> Iterator[Fault]:
    for code, query in store.STOCK_CHECKS.items():
        for row in tx.run(query, most=SHOWN).mappings():
            named = dict(row)
            subject = "/".join(str(named[name]) for name in ("product", "batch", "place", "state") if named[name])
            yield Fault(code, subject, {"books": named["books"], "counted": named["counted"]})


__all__ = ["Fault", "HistoryRow", "verify"]
