"""Writing newborn items: identifier, item, first history row, event and stock, set-based."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.posting import store
from mazhi.kernel.posting.model import BIRTH, NEW, Facts, changes
from mazhi.kernel.posting.writing import Stamp, balance


@dataclass(frozen=True, slots=True)
class Births:
    """The items to be born: one code each, and either one ``Facts`` for all or one each.

    ``others`` are further identifiers as (value, namespace, position of the item).
    """

    ids: Sequence[int]
    codes: Sequence[str]
    facts: Facts | Sequence[Facts]
    namespace: str | Sequence[str] = "own"
    others: Sequence[tuple[str, str, int]] = ()


def taken(tx: Tx, births: Births, event_id: int) -> set[tuple[str, str]]:
    """Bind every identifier in an event; return those that lead to another item already."""
    if isinstance(births.namespace, str):
        space = births.namespace
        rows = [(code, space, item_id, event_id) for code, item_id in zip(births.codes, births.ids, strict=True)]
    else:
        rows = list(zip(births.codes, births.namespace, births.ids, repeat(event_id), strict=False))
    rows += [(value, space, births.ids[position], event_id) for value, space, position in births.others]
    return store.insert_identifiers(tx, rows)


def bear(tx: Tx, stamp: Stamp, births: Births) -> None:
    """Let items be born in one event; all of them or none.

    Raises:
        ConflictError: Some identifiers are taken (code ``already_exists``, a problem for each).
    """
    lost = taken(tx, births, stamp.event_id)
    if lost:
        problems = [
            Problem("already_exists", {"code": value, "namespace": space}, None, value) for value, space in sorted(lost)
        ]
        raise ConflictError("already_exists", problems=problems, item=problems[0].item, count=len(problems))
    write(tx, stamp, births)


def write(tx: Tx, stamp: Stamp, births: Births) -> None:
    """Write the rows of items whose identifiers are bound already."""
    if isinstance(births.facts, Facts):
        stamp = stamp._replace(data=_with_birth(stamp.data, births.facts))
    at = stamp.occurred_at
    head = (stamp.event_id, stamp.operation, at, stamp.recorded_at, stamp.actor, stamp.document)
    if isinstance(births.facts, Facts):
        facts = births.facts
        tail = (*facts, at, at, 1, 1)
        rest = (*head, "", facts.state, 0, facts.place_id, changes(None, facts))
        items = [(item_id, code, *tail) for item_id, code in zip(births.ids, births.codes, strict=True)]
        rows = [(item_id, 1, *rest) for item_id in births.ids]
        flows = Counter({(NEW, facts): len(births.codes)})
    else:
        each = list(zip(births.ids, births.codes, births.facts, strict=True))
        items = [(item_id, code, *facts, at, at, 1, 1) for item_id, code, facts in each]
        rows = [
            (i, 1, *head, "", facts.state, 0, facts.place_id, changes(None, facts, born=True)) for i, _, facts in each
        ]
        flows = Counter((NEW, facts) for facts in births.facts)
    store.insert_items(tx, items)
    store.insert_history(tx, rows)
    store.insert_event(tx, stamp)
    balance(tx, flows, ())


def _with_birth(data: str, facts: Facts) -> str:
    """Keep what the newborn have in common in the event, so that their rows stay small."""
    about = json.loads(data) if data else {}
    about["born"] = {name: getattr(facts, name) for name in BIRTH if getattr(facts, name) != getattr(NEW, name)}
    return json.dumps(about, ensure_ascii=False, separators=(",", ":"))
