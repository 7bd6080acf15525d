"""Where a block differs from its seal: which rows were altered, which are gone, which came to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.items import store as items
from mazhi.kernel.ledger.verification import Fault
from mazhi.kernel.sealing import rows_store
from mazhi.kernel.sealing.model import (
    BY_NAME,
    CLOSED,
    EVENT,
    HISTORY,
    IDENTIFIER,
    KINDS,
    MOVE,
    OPENED,
    SALT,
    Kind,
    names_of,
    salts,
)
from mazhi.kernel.sealing.sealer import leaf_hashes, unpack_names

_SAID = {
    EVENT: ("事件 {0}", "event {0}"),
    HISTORY: ("履历第 {2} 行（事件 {0}）", "history row {2} (event {0})"),
    MOVE: ("事件 {0} 的库存流水第 {1} 行", "stock move line {1} of event {0}"),
    IDENTIFIER: ("标识 {3}:{2}", "identifier {3}:{2}"),
    OPENED: ("装入关系 {2} {3}（事件 {0}）", "edge to {2} {3} (event {0})"),
    CLOSED: ("拆出关系 {2} {3}（事件 {0}）", "end of the edge to {2} {3} (event {0})"),
}


def compare(tx: Tx, row: Any, stored: bytes, lines: Mapping[Kind, Sequence[bytes]]) -> Iterator[Fault]:
    """Name what differs between the leaves of a block and the rows that are there now."""
    names = unpack_names(row.names, row.leaves)
    if names is None or len(stored) != 32 * len(names):
        yield Fault("seal_altered", "", {"block": row.number, "what": "rows"})
        return
    event_ids = {int(name.split(b",", 1)[1][:-1]) for name in names if name.startswith(b'["event",')}
    if event_ids != {json.loads(line)[1] for line in lines[EVENT]}:
        # The index of events was touched, or an event is gone: go by what the block itself says.
        lines = rows_store.lines_of_events(tx, sorted(event_ids))
        if leaf_hashes(bytes(row.seed), [line for kind in KINDS for line in lines[kind]]) == stored:
            yield Fault("seal_altered", "", {"block": row.number, "what": "index"})
            return
    altered, missing, added = _match(bytes(row.seed), stored, names, lines)
    if len(altered) == len(names) > 2:
        yield Fault("seal_altered", "", {"block": row.number, "what": "seed"})
        return
    codes = _codes(tx, [*altered, *missing, *added])
    for code, found in (("row_altered", altered), ("row_missing", missing), ("row_added", added)):
        for name in found:
            subject, zh, en = _describe(name, codes)
            yield Fault(code, subject, {"row_zh": zh, "row_en": en, "block": row.number})


def _match(
    seed: bytes, stored: bytes, names: Sequence[bytes], lines: Mapping[Kind, Sequence[bytes]]
) -> tuple[list[bytes], list[bytes], list[bytes]]:
    """Return the names of what was altered, what is missing and what was added."""
    salt = salts(seed, len(names))
    places: dict[bytes, int] = {name: place for place, name in enumerate(names)}
    altered, added = [], []
    for kind in KINDS:
        here = list(dict.fromkeys(lines[kind]))
        for name, line in zip(names_of(kind, here), here, strict=True):
            place = places.pop(name, None)
            if place is None:
                added.append(name)
            elif (
                sha256(b"\0" + salt[place * SALT : (place + 1) * SALT] + line).digest()
                != stored[place * 32 : (place + 1) * 32]
            ):
                altered.append(name)
    return altered, list(places), added


def _codes(tx: Tx, names: Sequence[bytes]) -> dict[int, str]:
    """Return the codes of the items that these rows are about; of one that is gone, whatever leads to it."""
    ids = {parts[2] for _, parts in map(_read, names) if len(parts) > 2 and isinstance(parts[2], int)}
    ids |= {parts[4] for kind, parts in map(_read, names) if kind in {OPENED, CLOSED} and parts[3] == "item"}
    return items.item_codes(tx, {one for one in ids if isinstance(one, int)}) if ids else {}


def _read(name: bytes) -> tuple[Kind, list[Any]]:
    try:
        parts = json.loads(name)
    except ValueError:  # a text with a comma where none of ours has one
        parts = json.loads(name.split(b",", 1)[0] + b"]")
    return BY_NAME[parts[0]], [*parts, "", "", "", ""]


def _describe(name: bytes, codes: Mapping[int, str]) -> tuple[str, str, str]:
    kind, parts = _read(name)
    zh, en = _SAID[kind]
    subject = f"#{parts[1]}"
    if kind in {HISTORY, IDENTIFIER, OPENED, CLOSED}:
        subject = codes.get(parts[2], f"#{parts[2]}")
    if kind in {OPENED, CLOSED} and parts[3] == "item":
        parts[4] = codes.get(parts[4], f"#{parts[4]}")
    return subject, zh.format(*parts[1:]), en.format(*parts[1:])


def describe(tx: Tx, names: Sequence[bytes]) -> list[tuple[str, str, str]]:
    """Return, for rows by their names, whose they are and what they are called in Chinese and in English."""
    codes = _codes(tx, names)
    return [_describe(name, codes) for name in names]
