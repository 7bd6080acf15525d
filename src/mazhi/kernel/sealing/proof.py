"""The proof of one item: its rows in clear, their salts and audit paths, the signed head; readable without us."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.items import store as items
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.sealing import differing, merkle, rows_store, store
from mazhi.kernel.sealing.keys import SigningKey, is_signed
from mazhi.kernel.sealing.model import EVENT, HISTORY, KINDS, SALT, Checkpoint, Kind, names_of, salts
from mazhi.kernel.sealing.sealer import unpack_names

FORMAT = "mazhi-proof-1"


@dataclass(slots=True)
class Proof:
    """What was found of an item; ``document`` is the file, still unsigned."""

    code: str
    head: Checkpoint | None
    rows: int = 0
    blocks: int = 0
    waiting: int = 0
    faults: list[Fault] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the item and where it is sealed."""

    kind: Kind
    name: bytes
    line: bytes
    event_id: int


def build(tx: Tx, item_id: int, about: Mapping[str, Any], since: int | None = None) -> Proof:
    """Gather an item's rows, check each against its leaf, and put the file together.

    ``since`` is the number of an earlier checkpoint that the head is to be tied to.
    """
    found = Proof(about["code"], store.head(tx))
    lines = _lines(tx, item_id)
    sealed = store.blocks_of_events(tx, sorted({one.event_id for one in lines}))
    found.waiting = sum(one.event_id not in sealed for one in lines)
    by_block: dict[int, list[_Line]] = {}
    for one in lines:
        if one.event_id in sealed:
            by_block.setdefault(sealed[one.event_id], []).append(one)
    if found.head is None:
        return found
    found.faults += _gaps(about, lines)
    rows: list[dict[str, Any]] = []
    blocks: dict[str, Any] = {}
    for row in store.blocks_by_number(tx, sorted(by_block)):
        rows += _rows_of_block(tx, found, row, by_block[row.number], item_id)
        blocks[str(row.number)] = _block_of(tx, found, row)
    for number in by_block.keys() - {int(one) for one in blocks}:
        found.faults.append(Fault("seal_block_missing", about["code"], {"block": number}))
    found.rows, found.blocks = len(rows), len(blocks)
    order = {kind.name: place for place, kind in enumerate(KINDS)}
    rows.sort(key=lambda one: (order[one["row"][0]], one["row"][3] if one["row"][0] == "history" else 0, one["index"]))
    found.document = {
        "format": FORMAT,
        "item": {"id": item_id, **{name: about[name] for name in _SHOWN}},
        "rows": rows,
        "blocks": blocks,
        "head": found.head.told(),
        "earlier": _earlier(tx, found, since),
        "names": _names(tx, lines),
    }
    return found


_SHOWN = ("code", "kind", "product", "batch", "state", "place", "holder", "seq", "born_at")


def _lines(tx: Tx, item_id: int) -> list[_Line]:
    made = []
    for kind, lines in rows_store.lines_of_item(tx, item_id).items():
        for name, line in zip(names_of(kind, lines), lines, strict=True):
            made.append(_Line(kind, name, line, int(json.loads(line)[1])))
    return made


def _gaps(about: Mapping[str, Any], lines: Iterable[_Line]) -> list[Fault]:
    """Name the rows that are not there, by their numbers."""
    seqs = {json.loads(one.line)[3] for one in lines if one.kind is HISTORY}
    gone = sorted(set(range(1, max([*seqs, int(about["seq"])]) + 1)) - seqs)
    return [
        Fault("row_missing", about["code"], {"row_zh": f"履历第 {n} 行", "row_en": f"history row {n}", "block": 0})
        for n in gone
    ]


def _rows_of_block(tx: Tx, found: Proof, row: Any, lines: Sequence[_Line], item_id: int) -> list[dict[str, Any]]:
    """Check an item's rows in a block; every one that is not what was sealed is a fault."""
    names = unpack_names(row.names, row.leaves)
    hashes = bytes(row.hashes or b"")
    places = {name: place for place, name in enumerate(names or ())}
    root, paths = merkle.paths(hashes, [places[one.name] for one in lines if one.name in places])
    if names is None or root.hex() != row.root or len(hashes) != 32 * len(names):
        found.faults.append(Fault("seal_altered", found.code, {"block": row.number, "what": "leaves"}))
        return []
    salt = salts(bytes(row.seed), len(names))
    wrong: list[tuple[str, bytes]] = []
    good: list[tuple[int, _Line]] = []
    for one in lines:
        place = places.get(one.name)
        if place is None:
            wrong.append(("row_added", one.name))
        elif sha256(b"\0" + salt[place * SALT : place * SALT + SALT] + one.line).digest() != hashes[place * 32 :][:32]:
            wrong.append(("row_altered", one.name))
        else:
            good.append((place, one))
    here = {one.name for one in lines}
    wrong += [("row_missing", name) for name in names if name not in here and _is_about(name, item_id)]
    for (code, _), (_, zh, en) in zip(wrong, differing.describe(tx, [name for _, name in wrong]), strict=True):
        found.faults.append(Fault(code, found.code, {"row_zh": zh, "row_en": en, "block": row.number}))
    return [
        {
            "row": json.loads(one.line),
            "salt": salt[place * SALT : place * SALT + SALT].hex(),
            "block": row.number,
            "index": place,
            "path": [step.hex() for step in paths[place]],
        }
        for place, one in good
    ]


def _is_about(name: bytes, item_id: int) -> bool:
    """Tell whether a sealed row is a history row, an identifier or a parent's edge of this item."""
    parts = name.split(b",", 3)
    return len(parts) > 2 and parts[0] not in {b'["event"', b'["stock_move"'} and parts[2] == str(item_id).encode()


def _block_of(tx: Tx, found: Proof, row: Any) -> dict[str, Any]:
    """Return a block's own proof: its leaf in the tree over all blocks, and the path to the head's root."""
    here = Checkpoint(*(getattr(row, name) for name in Checkpoint.__slots__))
    if here.hash != here.digest() or not is_signed(here.key, here.line(), here.signature):
        found.faults.append(Fault("seal_altered", found.code, {"block": here.number, "what": "signature"}))
    assert found.head is not None  # noqa: S101 - there is a block
    size = found.head.number
    steps = merkle.path_nodes(here.number - 1, size)
    nodes = store.nodes(tx, [node for step in steps for node in step])
    path = [merkle.fold([nodes.get(node, merkle.EMPTY) for node in step]) for step in steps]
    root = merkle.climb(merkle.leaf(here.block_line()), here.number - 1, size, path)
    if root is None or root.hex() != found.head.log_root:
        found.faults.append(Fault("seal_altered", found.code, {"block": here.number, "what": "nodes"}))
    return {
        "leaves": here.leaves,
        "root": here.root,
        "sealed_at": here.sealed_at,
        "path": [step.hex() for step in path],
    }


def _earlier(tx: Tx, found: Proof, number: int | None) -> dict[str, Any] | None:
    """Tie the head to an earlier checkpoint: subtrees of which both trees over blocks can be put together."""
    assert found.head is not None  # noqa: S101 - see build
    if number is None or not 0 < number <= found.head.number:
        return None
    earlier = store.checkpoint(tx, number)
    if earlier is None:
        return None
    wanted = merkle.consistency_nodes(number, found.head.number)
    nodes = store.nodes(tx, wanted)
    return {
        "checkpoint": earlier.told(),
        "nodes": [[level, nodes.get((level, position), merkle.EMPTY).hex()] for level, position in wanted],
    }


def _names(tx: Tx, lines: Iterable[_Line]) -> dict[str, dict[str, str]]:
    """Return what the ids in the rows stand for, for people; the seals say nothing of names."""
    ids: dict[str, set[int]] = {"place": set(), "product": set(), "batch": set(), "partner": set(), "item": set()}
    for one in lines:
        row = json.loads(one.line)
        if one.kind is HISTORY:
            ids["place"] |= {row[11], row[12]}
            about = json.loads(row[13]) if row[13] else {}
            for name in ("holder_id", "owner_id"):
                ids["partner"] |= {value for value in about.get(name, ()) if isinstance(value, int)}
        elif one.kind is EVENT:
            about = json.loads(row[9]) if row[9] else {}
            ids["partner"].add(about.get("partner", 0))
            ids["product"].add(_born(about, "product_id"))
            ids["batch"].add(_born(about, "batch_id"))
        elif one.kind.name.startswith("edge"):
            ids["item"].add(row[2])
            ids[row[3]].add(row[4])
    found = {name: items.codes_of(tx, name, wanted) for name, wanted in ids.items()}
    return {name: {str(key): code for key, code in sorted(codes.items())} for name, codes in found.items() if codes}


def _born(about: Mapping[str, Any], name: str) -> int:
    value = about.get("born", {}).get(name, 0) if isinstance(about.get("born"), dict) else 0
    return value if isinstance(value, int) else 0


def sign(document: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    """Sign the whole file, so that no byte of it can be another."""
    whole = {**document, "key": key.public}
    return {**whole, "signature": key.sign(FORMAT.encode() + b"\n" + spell(whole))}


def spell(document: Mapping[str, Any]) -> bytes:
    """Write the file; a verifier refuses any other spelling of the same content."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_json(text: str) -> Any:
    """Read stored JSON."""
    return json.loads(text)


def write_json(value: Any) -> str:
    """Write JSON to be stored."""
    return json.dumps(value, ensure_ascii=False)
