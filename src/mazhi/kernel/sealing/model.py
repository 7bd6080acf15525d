"""What a seal is: kinds of leaves, the spelling of a row, checkpoints. No database here.

A row is spelled as one line of bytes: its kind and its columns, separated by tabs, in UTF-8, with seven characters
escaped as PostgreSQL's COPY does, so that the server writes the line itself. ``-`` stands for NULL (no column that
may be NULL can hold that text).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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

_ESCAPES = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_TABLE = str.maketrans(_ESCAPES)


def spell(kind: Kind, values: Sequence[Any]) -> bytes:
    """Spell a row as its leaf holds it."""
    parts = ["-" if value is None else str(value).translate(_TABLE) for value in values]
    return "\t".join([kind.name, *parts]).encode("utf-8", "surrogatepass")


def unspell(line: bytes) -> tuple[Kind, list[str]]:
    """Read a line back: its kind and its columns as text."""
    name, *parts = line.decode("utf-8", "surrogatepass").split("\t")
    back = {short: long for long, short in _ESCAPES.items()}
    read = []
    for part in parts:
        text, position = "", 0
        while (found := part.find("\\", position)) >= 0:
            text += part[position:found] + back.get(part[found : found + 2], part[found : found + 2])
            position = found + 2
        read.append(text + part[position:])
    return BY_NAME[name], read


def key_of(line: bytes) -> bytes:
    """Return kind and key of a spelled row: what names it, even when it is gone."""
    keys = BY_NAME[line.split(b"\t", 1)[0].decode()].keys
    return b"\t".join(line.split(b"\t", keys + 1)[: keys + 1])


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
