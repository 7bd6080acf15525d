"""Looking at label rolls: how many of their labels are where, which were passed over, what happened to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.master_data.model import Page, page_of
from mazhi.kernel.rolls import store
from mazhi.kernel.rolls.model import Count, Roll
from mazhi.kernel.rolls.service import known

Table = dict[int, dict[int, Count]]
"""Counts by roll and part."""


class RollReading:
    """Reads label rolls."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self, *, product: str | None = None, text: str | None = None, after: str | None = None, limit: int = 100
    ) -> Page[dict[str, Any]]:
        """Return one page of rolls in the order of their codes, each with its counts."""
        with self._db.read() as tx:
            product_ids = None if product is None else items.ids_of_code(tx, "product", product)
            if product_ids == []:
                return Page([], None)
            rolls = store.find(tx, product_ids[0] if product_ids else None, text, after, limit)
            found = page_of(rolls, limit, [roll.code for roll in rolls])
            return Page(_described(tx, found.rows), found.next)

    def get(self, code: str) -> dict[str, Any]:
        """Describe a roll: its parts, its counts and to whom it was given out.

        Raises:
            NotFoundError: There is no such roll.
        """
        with self._db.read() as tx:
            roll = known(tx, code)
            return {**_described(tx, [roll])[0], "issues": _issues(tx, roll)}

    def labels(
        self, code: str, *, state: str | None = None, after: str | None = None, limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return one page of a roll's labels; the state may be ``missing``.

        Raises:
            NotFoundError: There is no such roll.
            InvalidInputError: ``after`` is no mark of ours.
        """
        start = None if after is None else _mark(after)
        with self._db.read() as tx:
            roll = known(tx, code)
            rows = store.page_of_labels(tx, roll.id, state, start, limit + 1)
            found = rows[:limit]
            bound = items.item_codes(tx, {row.item_id for row in found if row.item_id})
            told = [
                {
                    "code": row.code,
                    "namespace": row.namespace,
                    "set": row.set_number,
                    "part": roll.parts[row.part].name,
                    "kind": roll.parts[row.part].kind,
                    "state": row.state,
                    "issue": row.issue or None,
                    "item": bound.get(row.item_id),
                    "reason": row.reason,
                    "changed_at": clock.to_text(row.changed_at),
                    "changed_by": row.changed_by,
                }
                for row in found
            ]
        last = found[-1] if len(rows) > limit else None
        return told, None if last is None else _after(last.set_number, last.part, last.ordinal)

    def log(self, code: str, *, before: int | None = None, limit: int = 100) -> tuple[list[dict[str, Any]], int | None]:
        """Return what happened to a roll, the newest first, and the mark to go on before.

        Raises:
            NotFoundError: There is no such roll.
        """
        with self._db.read() as tx:
            roll = known(tx, code)
            rows = store.log_of(tx, roll.id, before, limit + 1)
            found = rows[:limit]
            codes = items.all_codes(
                tx, {"place": {row.place_id for row in found}, "partner": {row.partner_id for row in found}}
            )
        told = [
            {
                "kind": row.kind,
                "issue": row.issue or None,
                "labels": row.labels,
                "first": row.first_code,
                "last": row.last_code,
                "first_set": row.first_set,
                "last_set": row.last_set,
                "reason": row.reason,
                "place": codes["place"].get(row.place_id),
                "partner": codes["partner"].get(row.partner_id),
                "line": row.line,
                "document": row.document,
                "event": row.event_id or None,
                "at": clock.to_text(row.at),
                "actor": row.actor,
            }
            for row in found
        ]
        return told, found[-1].id if len(rows) > limit else None


def balance(tx: Tx, roll_ids: Iterable[int]) -> Table:
    """Count the labels of rolls, by part; in three statements however many rolls."""
    ids = sorted(set(roll_ids))
    sums: dict[tuple[int, int], dict[str, int]] = {}
    for row in store.counts(tx, ids):
        name = {"issued": "left"}.get(row.state, row.state)
        if row.state == "spoiled" and row.issue == 0:
            name = "spoiled_before"
        about = sums.setdefault((row.roll_id, row.part), {})
        about[name] = about.get(name, 0) + row.number
        about["made"] = about.get("made", 0) + row.number
    for row in store.issues(tx, ids):
        about = sums.setdefault((row.roll_id, row.part), {})
        about["issued"] = about.get("issued", 0) + row.issued
        about["returned"] = about.get("returned", 0) + row.returned
    for key, number in store.missing_counts(tx, ids).items():
        sums[key]["missing"] = number
    table: Table = {roll_id: {} for roll_id in ids}
    for (roll_id, part), about in sums.items():
        table[roll_id][part] = Count(**about)
    return table


def described_count(count: Count) -> dict[str, Any]:
    """Write a count as plain data."""
    return {**asdict(count), "adds_up": count.adds_up}


def _described(tx: Tx, rolls: list[Roll]) -> list[dict[str, Any]]:
    counts = balance(tx, [roll.id for roll in rolls]) if rolls else {}
    names = items.codes_of(tx, "product", {roll.product_id for roll in rolls})
    return [_describe(roll, counts[roll.id], names.get(roll.product_id)) for roll in rolls]


def _describe(roll: Roll, counts: Mapping[int, Count], product: str | None) -> dict[str, Any]:
    total = Count()
    for count in counts.values():
        total += count
    parts = [
        {**part.body(), **described_count(counts.get(place, Count()))}
        | {"part": part.name, "kind": part.kind, "count": part.count}
        for place, part in enumerate(roll.parts)
    ]
    return {
        "code": roll.code,
        "name": roll.name,
        "product": product,
        "sets": roll.sets,
        "labels_in_a_set": sum(part.count for part in roll.parts),
        "created_at": clock.to_text(roll.created_at),
        "balance": described_count(total),
        "parts": parts,
    }


def _issues(tx: Tx, roll: Roll) -> list[dict[str, Any]]:
    """Say to whom labels were given out, and what became of each issue."""
    told: dict[int, dict[str, Any]] = {}
    for row in store.issues(tx, [roll.id]):
        about = told.setdefault(
            row.number, {"number": row.number, "issued": 0, "returned": 0, "bound": 0, "spoiled": 0, "left": 0}
        )
        about["issued"] += row.issued
        about["returned"] += row.returned
    for row in store.counts(tx, [roll.id]):
        if row.issue in told:
            told[row.issue][{"issued": "left"}.get(row.state, row.state)] += row.number
    rows = store.issue_rows(tx, roll.id)
    codes = items.all_codes(tx, {"place": {row.place_id for row in rows}, "partner": {row.partner_id for row in rows}})
    for row in rows:
        told[row.issue] |= {
            "place": codes["place"].get(row.place_id),
            "partner": codes["partner"].get(row.partner_id),
            "line": row.line,
            "document": row.document,
            "first_set": row.first_set,
            "last_set": row.last_set,
            "at": clock.to_text(row.at),
            "actor": row.actor,
        }
    return list(told.values())


def _after(*place: int) -> str:
    return json.dumps(place, separators=(",", ":")).encode().hex()


def _mark(after: str) -> tuple[int, int, int]:
    try:
        set_number, part, ordinal = json.loads(bytes.fromhex(after))
        return int(set_number), int(part), int(ordinal)
    except (ValueError, TypeError):
        raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")]) from None
