"""Scanning (扫码): a text from a scanner in, everything that it can mean here out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.barcodes.gs1 import lost
from mazhi.kernel.barcodes.gs1.elements import read_bracketed
from mazhi.kernel.barcodes.gs1.meaning import explain
from mazhi.kernel.barcodes.gs1.spelling import bracketed
from mazhi.kernel.barcodes.model import Level
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.rolls.telling import tell_labels
from mazhi.kernel.scanning import store
from mazhi.kernel.scanning.guessing import guess
from mazhi.kernel.scanning.model import Candidate, is_warning, parse
from mazhi.kernel.scanning.reading import Reading
from mazhi.kernel.scanning.resolving import Known, resolve, wanted
from mazhi.kernel.scanning.store import Visible

Describe = Callable[[Tx, list[int], Mapping[int, store.ItemRow]], dict[int, dict[str, Any]]]

MOST = 20
"""So many readings are answered at the most."""
_MOST_LOOKED_AT = 100
"""So many are described, so that what the field expects is found also far down."""
_TOGETHER = 500
"""So many texts are looked up at once."""
_NOT_KNOWN = frozenset({"unknown_serial", "unknown_batch"})


class Scanning:
    """Tells what scanned texts mean."""

    def __init__(self, db: Database, describe: Describe) -> None:
        """Take the database, and what describes items for answers (``Items.by_ids``)."""
        self._db = db
        self._describe = describe

    def read(
        self,
        raw: str,
        symbology: str | None = None,
        context: Mapping[str, Any] | None = None,
        *,
        actor: Actor = SYSTEM,
    ) -> list[Reading]:
        """Return every reading of a scanned text, the likeliest first; there is always at least one.

        ``context`` may name what the field expects (``kind``, ``product``, ``namespace``): readings that fit stand
        first. An item that the actor may not see is as good as unknown.
        """
        candidates = parse(raw, symbology)
        visible = partial(_visible, actor)
        with self._db.read() as tx:
            known = _look_up(tx, candidates, visible)
            readings = resolve(candidates, known)
            if any(_is_unsettled(reading) for reading in readings):
                readings = _with_separators(tx, candidates, readings, visible)
            if all(reading.kind == "unknown" for reading in readings) and not _on_a_roll(tx, known.labels, readings):
                plain = next(candidate for candidate in candidates if candidate.via == "raw")
                readings = guess(tx, plain.value, readings, visible)
            readings = readings[:_MOST_LOOKED_AT]
            self._describe_items(tx, readings, known.items)
        readings = _preferred(readings, context or {})[:MOST]
        year = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).year
        for rank, reading in enumerate(readings, 1):
            reading.rank = rank
            reading.problems.sort(key=lambda problem: is_warning(problem.code))
            reading.parts = explain(reading.elements, this_year=year)
        return readings

    def _describe_items(self, tx: Tx, readings: Sequence[Reading], rows: Mapping[int, store.ItemRow]) -> None:
        ids = [reading.item_id for reading in readings if reading.item_id is not None]
        described = self._describe(tx, ids, rows) if ids else {}
        for reading in readings:
            item = described.get(reading.item_id or 0)
            if item is not None:
                reading.item = item
                reading.product, reading.batch = item.get("product"), item.get("batch")


def read_many(tx: Tx, raws: Sequence[str], *, actor: Actor = SYSTEM) -> dict[str, list[Reading]]:
    """Return the readings of many texts in a few statements for every 500; nothing is described or guessed."""
    visible, found = partial(_visible, actor), dict[str, list[Reading]]()
    distinct = list(dict.fromkeys(raws))
    for start in range(0, len(distinct), _TOGETHER):
        candidates = {raw: parse(raw) for raw in distinct[start : start + _TOGETHER]}
        known = _look_up(tx, [one for some in candidates.values() for one in some], visible)
        found |= {raw: resolve(some, known) for raw, some in candidates.items()}
    return found


def _visible(actor: Actor, items: dict[int, store.ItemRow]) -> dict[int, store.ItemRow]:
    if not actor.may("items.view"):
        return {}
    areas = actor.areas("items.view")
    if areas is None:
        return items
    return {item_id: row for item_id, row in items.items() if row.place_id == 0 or row.place_id in areas}


def _look_up(tx: Tx, candidates: Sequence[Candidate], visible: Visible) -> Known:
    """Ask for everything at once, in three statements; a fourth names the product that a serial belongs to instead."""
    want = wanted(candidates)
    holders: dict[str, list[store.Holder]] = {}
    held, labels = store.holders(tx, want.values)
    for holder in held:
        holders.setdefault(holder.value, []).append(holder)
    items = visible(store.items(tx, {one.item_id for found in holders.values() for one in found}))
    data = store.master_data(tx, codes=want.codes, gtins=want.gtins, batches=want.batches)
    ours = {product.id for product in data.products}
    others = {item.product_id for item in items.values()} - ours - {0} if ours and want.gtins else set()
    return Known(holders, items, data, store.product_codes(tx, others), labels)


def _on_a_roll(tx: Tx, codes: Sequence[str], readings: Sequence[Reading]) -> bool:
    """Say of a code that nothing has yet that it is a label of a roll, if it is one: which, and what to do."""
    problem = next(iter(tell_labels(tx, codes).values()), None)
    if problem is None:
        return False
    readings[0].problems = [problem]
    readings[0].product = str(problem.params["product"])
    return True


def _is_unsettled(reading: Reading) -> bool:
    return any(problem.code in _NOT_KNOWN for problem in reading.problems)


def _with_separators(
    tx: Tx, candidates: Sequence[Candidate], readings: list[Reading], visible: Visible
) -> list[Reading]:
    """Where a serial number or a batch is not known, try whether a separator was lost inside it."""
    again = [
        replace(
            candidate,
            value=bracketed(message.elements),
            elements=message.values(),
            problems=tuple(message.problems),
            level=Level.WEAK,
            keys=(bracketed(message.elements),),
        )
        for candidate in candidates
        if candidate.via == "gs1" and candidate.level is not Level.WEAK
        for message in lost.splits(read_bracketed(candidate.value))
    ]
    if not again:
        return readings
    known = {reading.target for reading in readings}
    better = [
        reading
        for reading in resolve(again, _look_up(tx, again, visible))
        if reading.kind in ("item", "package", "batch") and not _is_unsettled(reading) and reading.target not in known
    ]
    return [*better, *readings]


def _preferred(readings: list[Reading], context: Mapping[str, Any]) -> list[Reading]:
    """Put readings that fit what the field expects before the others; the order stays otherwise."""
    kinds = context.get("kind")
    listed = kinds if isinstance(kinds, list) else [kinds]
    expected = {kind for kind in listed if isinstance(kind, str)}
    product, namespace = context.get("product"), context.get("namespace")

    def misfits(reading: Reading) -> int:
        if reading.via == "near_miss":
            return 8  # a guess is never what the field expects
        wrong_kind = bool(expected) and reading.kind not in expected
        wrong_product = isinstance(product, str) and reading.product not in (None, product)
        wrong_space = isinstance(namespace, str) and reading.item_id is not None and namespace not in reading.namespaces
        return 4 * wrong_kind + 2 * wrong_product + wrong_space

    return sorted(readings, key=misfits) if context else readings
