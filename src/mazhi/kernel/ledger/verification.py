"""Verifying the ledger: that items, history, events, identifiers and stock tell the same story.

Items and stock are projections of the history; whoever changes one behind the ledger's back makes them differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mazhi.kernel.db import Database, Tx
from mazhi.kernel.ledger import verification_store as store
from mazhi.kernel.ledger.replay import Replayed, replay

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
        yield from islice(_replayed(tx), SHOWN)
        yield from _stock(tx)


def _replayed(tx: Tx) -> Iterator[Fault]:
    """Compare every item with the replay of its history."""
    for chunk in batches(replay(tx), 1000):
        items = store.items_by_ids(tx, [one.item_id for one in chunk])
        for one in chunk:
            item = items.get(one.item_id)
            if item is None:
                continue
            for name in store.COMPARED:
                if getattr(item, name) != one.values[name]:
                    found = {"what": name, "history": one.values[name], "item": getattr(item, name), "seq": one.seq}
                    yield Fault("item_differs", item.code, found)


def rebuild(tx: Tx) -> int:
    """Write every item that differs from its history anew, and count the stock; return how many items differed."""
    mended = 0
    for chunk in batches(replay(tx), 1000):
        ids = [one.item_id for one in chunk]
        items = store.items_by_ids(tx, ids)
        codes = store.identifiers_by_item(tx, ids)
        rows = []
        for one in chunk:
            item = items.get(one.item_id)
            if (
                item is not None
                and item.seq == one.seq
                and all(getattr(item, name) == one.values[name] for name in store.COMPARED)
            ):
                continue
            code = one.values["code"] or (item.code if item else codes.get(one.item_id, f"#{one.item_id}"))
            rows.append({"id": one.item_id, **one.values, "code": code, "seq": one.seq, "version": 1})
        if rows:
            store.write_items(tx, rows)
        mended += len(rows)
    store.rebuild_stock(tx)
    return mended


def batches(stream: Iterator[Replayed], size: int) -> Iterator[list[Replayed]]:
    """Cut a stream into lists."""
    while chunk := list(islice(stream, size)):
        yield chunk


def _stock(tx: Tx) -> Iterator[Fault]:
    for code, query in store.STOCK_CHECKS.items():
        for row in tx.run(query, most=SHOWN).mappings():
            named = dict(row)
            subject = "/".join(str(named[name]) for name in ("product", "batch", "place", "state") if named[name])
            yield Fault(code, subject, {"books": int(named["books"]), "counted": int(named["counted"])})
