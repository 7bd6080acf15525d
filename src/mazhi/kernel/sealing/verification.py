"""Verifying the seals: every sealed row against its leaf, every block against its checkpoint, the chain, the counts."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from mazhi.kernel.db import Database, Tx
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.sealing import differing, merkle, rows_store, store, verification_store
from mazhi.kernel.sealing.keys import is_signed
from mazhi.kernel.sealing.model import EVENT, KINDS, Checkpoint, Kind
from mazhi.kernel.sealing.sealer import leaf_hashes

BATCH = 8
"""So many blocks are fetched at a time."""
AHEAD = 3
"""So many blocks' rows are being read, or wait to be hashed: the database then never waits for us."""

Nodes = dict[tuple[int, int], bytes]

Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class _Chain:
    """What is known of the blocks seen so far."""

    number: int = 0
    total: int = 0
    hash: str | None = None
    peaks: list[bytes] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    faults: int = 0


def verify(db: Database, progress: Progress | None = None) -> Iterator[Fault]:
    """Compare the whole ledger with its seals in one snapshot, and yield every fault; rows are named."""
    with db.read() as tx, ThreadPoolExecutor(1) as reader:
        seen = _Chain()
        for fault in _blocks(tx, reader, seen, progress):
            seen.faults += 1
            yield fault
        for fault in _whole(tx, seen):
            seen.faults += 1
            yield fault
        differs = verification_store.counts(tx) != {kind.name: seen.counts.get(kind.name, 0) for kind in KINDS}
        if differs or seen.faults:
            strangers = list(verification_store.strangers(tx))
            yield from strangers
            if differs and not strangers and not seen.faults:
                yield Fault("seal_altered", "", {"block": seen.number, "what": "counts"})


def _blocks(tx: Tx, reader: ThreadPoolExecutor, seen: _Chain, progress: Progress | None) -> Iterator[Fault]:
    """Check block by block; the rows of the next are read while those of one are hashed."""
    keys = store.keys(tx)
    waiting: deque[tuple[Any, list[int], Nodes, Future[Any]]] = deque()
    blocks, _ = store.totals(tx)
    for row, event_ids, nodes in _fetch(tx, reader):
        waiting.append((row, event_ids, nodes, reader.submit(_lines, tx, event_ids)))
        if len(waiting) > AHEAD:
            yield from _block(tx, reader, seen, keys, *waiting.popleft())
            if progress is not None:
                progress(seen.number, blocks)
    for one in waiting:
        yield from _block(tx, reader, seen, keys, *one)
    for key in keys.keys() - seen.keys.keys():
        yield Fault("seal_altered", "", {"block": 0, "what": f"key {key[:16]}"})
    for key, first in seen.keys.items():
        if keys.get(key, first) != first:
            yield Fault("seal_altered", "", {"block": 0, "what": f"key {key[:16]}"})


def _lines(tx: Tx, event_ids: Sequence[int]) -> dict[Kind, list[bytes]]:
    return rows_store.lines_of_events(tx, event_ids) if event_ids else {kind: [] for kind in KINDS}


def _fetch(tx: Tx, reader: ThreadPoolExecutor) -> Iterator[tuple[Any, list[int], Nodes]]:
    """Fetch blocks with their events and subtrees, in order and ahead; the one reading thread reads everything."""
    coming = reader.submit(_batch, tx, 0)
    while batch := coming.result():
        coming = reader.submit(_batch, tx, batch[-1][0].number)
        yield from batch


def _batch(tx: Tx, after: int) -> list[tuple[Any, list[int], Nodes]]:
    rows = store.blocks(tx, after, BATCH)
    if not rows:
        return []
    events = store.sealed_events(tx, rows[0].number, rows[-1].number)
    nodes = store.nodes(tx, [node for row in rows for node in merkle.completed(row.number - 1)])
    return [(row, events.get(row.number, []), nodes) for row in rows]


def _block(
    tx: Tx,
    reader: ThreadPoolExecutor,
    seen: _Chain,
    keys: dict[str, int],
    row: Any,
    event_ids: list[int],
    nodes: Nodes,
    coming: Future[Any],
) -> Iterator[Fault]:
    lines = coming.result()
    found = Checkpoint(*(getattr(row, name) for name in Checkpoint.__slots__))
    yield from _checkpoint(seen, keys, found, nodes)
    own = leaf_hashes(bytes(row.seed), [line for kind in KINDS for line in lines[kind]])
    stored = bytes(row.hashes) if row.hashes is not None else b""
    counts = _counts(row)
    for kind in KINDS:
        seen.counts[kind.name] = seen.counts.get(kind.name, 0) + int(counts.get(kind.name, 0))
    whole = merkle.root(stored).hex() == found.root and len(stored) == 32 * found.leaves
    if not whole:
        yield _altered(found, "leaves")
    names = bytes(row.names) if row.names is not None else b""
    if sha256(names).hexdigest() != counts.get("names"):
        yield _altered(found, "names")
    if own == stored:
        if any(len(lines[kind]) != counts.get(kind.name, 0) for kind in KINDS):
            yield _altered(found, "counts")
        if [int(line.split(b",", 2)[1]) for line in lines[EVENT]] != event_ids:
            yield _altered(found, "index")
        return
    if not whole and merkle.root(own).hex() == found.root:
        return  # the rows are what was sealed; only the copy of their hashes was touched
    yield from reader.submit(lambda: list(differing.compare(tx, row, stored, lines))).result()


def _counts(row: Any) -> dict[str, Any]:
    try:
        found = json.loads(row.counts)
    except ValueError:
        return {}
    return {k: v for k, v in found.items() if k == "names" or isinstance(v, int)} if isinstance(found, dict) else {}


def _checkpoint(seen: _Chain, keys: dict[str, int], found: Checkpoint, there: Nodes) -> Iterator[Fault]:
    """Check what is signed: number, chain, sums, the tree over all blocks, the signature."""
    for number in range(seen.number + 1, found.number):
        yield Fault("seal_block_missing", "", {"block": number})
    follows = found.number == seen.number + 1
    known = follows and len(seen.peaks) == len(merkle.frontier(seen.number))
    peaks, nodes = merkle.grow(seen.number, seen.peaks, merkle.leaf(found.block_line())) if known else ([], [])
    wrong = []
    if follows and seen.hash is not None and found.previous != seen.hash:
        wrong.append("previous")
    if found.hash != found.digest():
        wrong.append("hash")
    if follows and found.total != seen.total + found.leaves:
        wrong.append("total")
    if known:
        if merkle.fold(peaks).hex() != found.log_root:
            wrong.append("log_root")
        if any(there.get((level, position)) != digest for level, position, digest in nodes):
            wrong.append("nodes")
    if found.key not in keys or not is_signed(found.key, found.line(), found.signature):
        wrong.append("signature")
    seen.keys.setdefault(found.key, found.sealed_at)
    seen.number, seen.total, seen.hash, seen.peaks = found.number, found.total, found.hash, peaks
    for what in wrong:
        yield _altered(found, what)


def _altered(found: Checkpoint, what: str) -> Fault:
    return Fault("seal_altered", "", {"block": found.number, "what": what})


def _whole(tx: Tx, seen: _Chain) -> Iterator[Fault]:
    """Check what belongs to no single block: the outbox, the index of events, both sides of edges, personal data."""
    yield from verification_store.notes(tx, seen.counts.get("event", 0))
    yield from verification_store.nodes(tx, seen.number)
    yield from verification_store.edges(tx)
    yield from verification_store.payloads(tx)
