"""Comparing published checkpoints with the ledger: they know what it was when they were sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from mazhi.kernel.db import Database
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.sealing import store
from mazhi.kernel.sealing.keys import is_signed
from mazhi.kernel.sealing.publishing import read


def compare(db: Database, folder: Path) -> Iterator[Fault]:
    """Compare every checkpoint file of a folder with the ledger, and name the files that do not fit."""
    with db.read() as tx:
        for path in sorted(folder.glob("*.json")):
            try:
                theirs = read(json.loads(path.read_text("utf-8")))
                whole = theirs.hash == theirs.digest() and is_signed(theirs.key, theirs.line(), theirs.signature)
                number = int(theirs.number)
            except (ValueError, TypeError, AttributeError):
                yield Fault("checkpoint_differs", path.name, {"block": 0, "what": "unreadable"})
                continue
            ours = store.checkpoint(tx, number) if 0 < number < 2**63 else None
            what = None
            if not whole:
                what = "file"
            elif ours is None:
                what = "missing"
            elif ours != theirs:
                what = "ledger"
            if what is not None:
                yield Fault("checkpoint_differs", path.name, {"block": number, "what": what})
