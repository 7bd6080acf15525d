"""What a seal is: kinds of leaves, the spelling of a row, checkpoints. No database here.

A row is spelled as a JSON list without blanks, in UTF-8: the name of its kind and its columns. Both databases and
Python write the same bytes for the same row, whatever its texts hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from mazhi.kernel import clock

SALT = 16
"""Bytes of salt per leaf: what cannot be guessed cannot be confirmed either."""
HASH = 32
FORMAT = "mazhi-checkpoint-1"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of leaf: the columns of its row in their order, the first ones being its key."""

    name: str
    columns: tuple[str, ...]
    keys: int


EVENT = Kind(
    "event",
    ("id", "operation", "occurred_at", "recorded_at", "actor", "device", "document", "note", "data", "corrects"),
    1,
)
HISTORY = Kind(
    "history",
    ("event_id", "item_id", "seq", "operation", "occurred_at", "recorded_at", "actor", "document", "from_state",
     "to_state", "from_place", "to_place", "data"),
    3,
)  # fmt: skip
MOVE = Kind(
    "stock_move",
    ("event_id", "line", "product_id", "batch_id", "from_place_id", "from_state", "from_quality", "from_owner_id",
     "from_blocked", "to_place_id", "to_state", "to_quality", "to_owner_id", "to_blocked", "quantity"),
    2,
)  # fmt: skip
IDENTIFIER = Kind("identifier", ("event_id", "item_id", "value", "namespace"), 4)
OPENED = Kind("edge_opened", ("since_event", "parent_id", "child_kind", "child_id", "quantity", "since_at"), 4)
CLOSED = Kind(
    "edge_closed", ("until_event", "parent_id", "child_kind", "child_id", "since_event", "quantity", "until_at"), 5
)
KINDS = (EVENT, HISTORY, MOVE, IDENTIFIER, OPENED, CLOSED)
"""In the order of a block: first its events, then what they did, each kind by its key."""
BY_NAME = {kind.name: kind for kind in KINDS}


def spell(kind: Kind, values: Sequence[Any]) -> bytes:
    """Spell a row as its leaf holds it; what no column of ours can hold is spelled somehow, and so found."""
    return orjson.dumps((kind.name, *values), default=repr)


def names_of(kind: Kind, lines: Sequence[bytes]) -> list[bytes]:
    """Return kind and key of spelled rows: what names them, even when they are gone."""
    keys = kind.keys + 1
    if keys > len(kind.columns):
        return list(lines)
    return [b",".join(line.split(b",", keys)[:keys]) + b"]" for line in lines]


def salts(seed: bytes, count: int) -> bytes:
    """Return the salts of a block, one behind the other; one of them says nothing about the others."""
    return hashlib.shake_256(b"mazhi-salts" + seed).digest(SALT * count)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed: a block, and all blocks up to it as one tree.

    Attributes:
        number: The block, from 1.
        leaves: How many leaves it has.
        root: The root of the tree over its leaves.
        total: How many leaves there are up to it.
        log_root: The root of the tree over all blocks up to it.
        previous: The hash of the checkpoint before it; of the first, the ledger's own random name.
        sealed_at: When.
        hash: SHA-256 of :meth:`line`.
        key: The public key, hexadecimal.
        signature: Ed25519 over :meth:`line`, hexadecimal.
    """

    number: int
    leaves: int
    root: str
    total: int
    log_root: str
    previous: str
    sealed_at: int
    hash: str = ""
    key: str = ""
    signature: str = ""

    def line(self) -> bytes:
        """Return the bytes that are hashed and signed."""
        parts = (
            FORMAT, self.number, self.leaves, self.root, self.total, self.log_root, self.previous, self.sealed_at,
            self.key,
        )  # fmt: skip
        return "\t".join(map(str, parts)).encode()

    def digest(self) -> str:
        """Return the hash of :meth:`line`."""
        return hashlib.sha256(self.line()).hexdigest()

    def block_line(self) -> bytes:
        """Return what the tree over all blocks has as this block's leaf."""
        return f"block\t{self.number}\t{self.leaves}\t{self.root}".encode()

    def columns(self) -> dict[str, Any]:
        """Return it by columns of its table."""
        return {name: getattr(self, name) for name in self.__slots__}

    def told(self) -> dict[str, Any]:
        """Return it as files and the API show it."""
        return {"format": FORMAT, **self.columns(), "sealed": clock.to_text(self.sealed_at)}


def fingerprint(key: str) -> str:
    """Return a public key's short name, for people to compare."""
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32].upper()
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))
