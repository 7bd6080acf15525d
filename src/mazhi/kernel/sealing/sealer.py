"""Sealing what waits: whole events into a block, the block into the tree over all blocks, a signed checkpoint."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from itertools import chain

from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.sealing import merkle, rows_store, store
from mazhi.kernel.sealing.keys import SigningKey
from mazhi.kernel.sealing.model import KINDS, SALT, Checkpoint, Kind, names_of, salts

BLOCK_LEAVES = 16_384
"""A block ends with the event that brings it here: small enough to be sealed between two scans."""
ROUND_EVENTS = 32_768

AHEAD = 3
"""So many sets of events are being read, or wait to be hashed: the database then never waits for us."""

Lines = Mapping[Kind, Sequence[bytes]]


class Sealer:
    """Makes blocks; of several in any number of processes one works at a time."""

    def __init__(self, db: Database, key: SigningKey) -> None:
        self._db = db
        self._key = key

    def seal_round(self) -> int:
        """Seal what waits now, or a good part of it, and return how many leaves that were.

        Rows are read and hashed outside the writing transaction. That writes only if no other block came meanwhile,
        and takes the events out of the outbox with the same commit: a kill at any point leaves all or nothing.
        """
        count = 0
        with self._db.read() as snapshot:
            if not store.claim(snapshot):
                return 0
            parts = _cut(snapshot, store.waiting(snapshot, ROUND_EVENTS))
            if not parts:
                return 0
            before = store.head(snapshot)
            for event_ids, lines in zip(parts, read_ahead(snapshot, parts), strict=True):
                before = self._seal(before, event_ids, lines)
                if before is None:
                    break
                count += before.leaves
        return count

    def seal_all(self) -> int:
        """Seal everything that waits and return how many leaves that were."""
        count = 0
        while made := self.seal_round():
            count += made
        return count

    def _seal(self, before: Checkpoint | None, event_ids: Sequence[int], lines: Lines) -> Checkpoint | None:
        """Make one block; None where somebody else made one meanwhile."""
        seed = os.urandom(32)
        hashes = leaf_hashes(seed, list(chain.from_iterable(lines[kind] for kind in KINDS)))
        names = pack_names(lines)
        counts = json.dumps(counts_of(lines, names))
        root = merkle.root(hashes).hex()
        with self._db.write() as tx:
            if store.head(tx) != before:
                return None
            made, nodes = self._checkpoint(tx, before, len(hashes) // 32, root)
            store.insert_key(tx, made.key, made.sealed_at)
            store.insert_block(tx, made, counts, seed, hashes, names)
            store.insert_nodes(tx, nodes)
            if store.move_events(tx, event_ids, made.number) != len(event_ids):
                raise RuntimeError("the outbox changed while a block was made")
        return made

    def _checkpoint(
        self, tx: Tx, before: Checkpoint | None, leaves: int, root: str
    ) -> tuple[Checkpoint, list[tuple[int, int, bytes]]]:
        size, total = (before.number, before.total) if before else (0, 0)
        previous = before.hash if before else os.urandom(32).hex()
        draft = Checkpoint(size + 1, leaves, root, total + leaves, "", previous, clock.now(), key=self._key.public)
        wanted = merkle.frontier(size)
        found = store.nodes(tx, wanted)
        peaks, nodes = merkle.grow(size, [found[node] for node in wanted], merkle.leaf(draft.block_line()))
        rooted = replace(draft, log_root=merkle.fold(peaks).hex())
        return replace(rooted, hash=rooted.digest(), signature=self._key.sign(rooted.line())), nodes


def read_ahead(tx: Tx, parts: Sequence[Sequence[int]]) -> Iterator[Lines]:
    """Read the lines of one set of events after the other, the next ones while the last is being hashed."""
    if len(parts) == 1:
        yield rows_store.lines_of_events(tx, parts[0])
        return
    with ThreadPoolExecutor(1) as reader:
        coming = deque(reader.submit(rows_store.lines_of_events, tx, part) for part in parts[:AHEAD])
        for part in parts[AHEAD:]:
            yield coming.popleft().result()
            coming.append(reader.submit(rows_store.lines_of_events, tx, part))
        while coming:
            yield coming.popleft().result()


def leaf_hashes(seed: bytes, lines: Sequence[bytes]) -> bytes:
    """Return the leaf hashes of a block's lines, one behind the other."""
    salt = salts(seed, len(lines))
    places = range(0, len(salt), SALT)
    return b"".join(
        [sha256(b"\0" + salt[at : at + SALT] + line).digest() for at, line in zip(places, lines, strict=True)]
    )


def pack_names(lines: Lines) -> bytes:
    """Pack what names each row, in the order of the leaves."""
    return zlib.compress(b"\n".join(chain.from_iterable(names_of(kind, lines[kind]) for kind in KINDS)), 1)


def unpack_names(packed: bytes | None, leaves: int) -> list[bytes] | None:
    """Return the names of a block's rows; None where they are not what they were."""
    try:
        found = zlib.decompress(bytes(packed or b"")).split(b"\n")
    except zlib.error:
        return None
    return found if len(found) == leaves else None


def counts_of(lines: Lines, names: bytes) -> dict[str, int | str]:
    """Count a block's leaves by kind; with a check sum of the names, so that a change of those is seen."""
    counts: dict[str, int | str] = {kind.name: len(lines[kind]) for kind in KINDS if lines[kind]}
    return {**counts, "names": hashlib.sha256(names).hexdigest()}


def _cut(tx: Tx, event_ids: Sequence[int]) -> list[list[int]]:
    """Cut events into blocks."""
    sizes = store.sizes(tx, event_ids) if event_ids else {}
    parts: list[list[int]] = []
    leaves = BLOCK_LEAVES
    for event_id in event_ids:
        if leaves >= BLOCK_LEAVES:
            parts.append([])
            leaves = 0
        parts[-1].append(event_id)
        leaves += 1 + sizes.get(event_id, 0)
    return parts
