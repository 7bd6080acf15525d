"""Sealing what waits: whole events into a block, the block into the tree over all blocks, a signed checkpoint."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256

from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.sealing import merkle, rows_store, store
from mazhi.kernel.sealing.keys import SigningKey
from mazhi.kernel.sealing.model import KINDS, SALT, Checkpoint, Kind, salts

BLOCK_LEAVES = 16_384
"""A block ends with the event that brings it here: small enough to be sealed between two scans."""
MOST_EVENTS = 8_192


class Sealer:
    """Makes blocks; of several in any number of processes one works at a time."""

    def __init__(self, db: Database, key: SigningKey) -> None:
        self._db = db
        self._key = key
        self._noted = False

    def seal_block(self) -> Checkpoint | None:
        """Seal one block of what waits; None where nothing does, or where another sealer is at it.

        Rows are read and hashed outside the writing transaction. That writes only if no other block came meanwhile,
        and takes the events out of the outbox with the same commit, so a kill at any point leaves all or nothing.
        """
        with self._db.read() as snapshot:
            if not store.claim(snapshot):
                return None
            event_ids = _cut(snapshot, store.waiting(snapshot, MOST_EVENTS))
            if not event_ids:
                return None
            before = store.head(snapshot)
            lines = rows_store.lines_of_events(snapshot, event_ids)
            seed = os.urandom(32)
            hashes = leaf_hashes(seed, [line for kind in KINDS for line in lines[kind]])
            names = zlib.compress(b"\n".join(_names(lines)), 1)
            counts = json.dumps({kind.name: len(lines[kind]) for kind in KINDS if lines[kind]})
            made, nodes = self._checkpoint(snapshot, before, hashes)
            with self._db.write() as tx:
                if store.head(tx) != before:
                    return None
                self._note_key(tx)
                store.insert_block(tx, made, counts, seed, hashes, names)
                store.insert_nodes(tx, nodes)
                if store.move_events(tx, event_ids, made.number) != len(event_ids):
                    raise RuntimeError("the outbox changed while a block was made")
        self._noted = True
        return made

    def seal_all(self) -> int:
        """Seal everything that waits and return how many leaves that were."""
        count = 0
        while (made := self.seal_block()) is not None:
            count += made.leaves
        return count

    def _checkpoint(
        self, tx: Tx, before: Checkpoint | None, hashes: bytes
    ) -> tuple[Checkpoint, list[tuple[int, int, bytes]]]:
        size = before.number if before else 0
        leaves = len(hashes) // 32
        draft = Checkpoint(
            size + 1,
            leaves,
            merkle.root(hashes).hex(),
            (before.total if before else 0) + leaves,
            "",
            before.hash if before else os.urandom(32).hex(),
            clock.now(),
            key=self._key.public,
        )
        wanted = merkle.frontier(size)
        found = store.nodes(tx, wanted)
        peaks, nodes = merkle.grow(size, [found[node] for node in wanted], merkle.leaf(draft.block_line()))
        made = replace_hashes(draft, merkle.fold(peaks).hex())
        return Checkpoint(**{**made.columns(), "signature": self._key.sign(made.line())}), nodes

    def _note_key(self, tx: Tx) -> None:
        if not self._noted:
            store.insert_key(tx, self._key.public, clock.now())


def replace_hashes(draft: Checkpoint, log_root: str) -> Checkpoint:
    """Fill in the root over all blocks and the checkpoint's own hash."""
    rooted = Checkpoint(**{**draft.columns(), "log_root": log_root})
    return Checkpoint(**{**rooted.columns(), "hash": rooted.digest()})


def leaf_hashes(seed: bytes, lines: Sequence[bytes]) -> bytes:
    """Return the leaf hashes of a block's lines, one behind the other."""
    salt = salts(seed, len(lines))
    return b"".join(
        [sha256(b"\0" + salt[at : at + SALT] + line).digest() for at, line in zip(range(0, len(salt), SALT), lines)]  # noqa: B905 - as many
    )


def _names(lines: Mapping[Kind, Sequence[bytes]]) -> list[bytes]:
    """Return what names each row, in the order of the leaves; see ``model.key_of``."""
    return [b"\t".join(line.split(b"\t", kind.keys + 1)[: kind.keys + 1]) for kind in KINDS for line in lines[kind]]


def _cut(tx: Tx, event_ids: Sequence[int]) -> list[int]:
    """Take events from the front until the block is full; always at least one."""
    if not event_ids:
        return []
    sizes = store.sizes(tx, event_ids)
    taken: list[int] = []
    leaves = 0
    for event_id in event_ids:
        taken.append(event_id)
        leaves += 1 + sizes.get(event_id, 0)
        if leaves >= BLOCK_LEAVES:
            break
    return taken
