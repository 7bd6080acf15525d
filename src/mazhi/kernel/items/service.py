"""Looking at items: one, many, and the life of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from mazhi.kernel.items import store
from mazhi.kernel.ledger import store as ledger
from mazhi.kernel.ledger.model import row_data
from mazhi.kernel.personal import store as personal
from mazhi.kernel.places import store as places
from mazhi.kernel.posting.marks import read_marks


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """What a list of items is narrowed to; codes throughout."""

    product: str | None = None
    state: str | None = None
    place: str | None = None
    batch: str | None = None
    holder: str | None = None
    quality: str | None = None
    kind: str | None = None
    mark: str | None = None
    prefix: str | None = None


class Items:
    """Reads items."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def by_ids(
        self, tx: Tx, ids: Sequence[int], known: Mapping[int, Row[Any]] | None = None
    ) -> dict[int, dict[str, Any]]:
        """Describe items, ready for JSON, by id; in two statements however many they are."""
        return describe(tx, ids, known)

    def find(self, actor: Actor, identifier: str, namespace: str | None = None) -> dict[str, Any]:
        """Describe the item behind an identifier.

        Raises:
            NotFoundError: Nothing has it (code ``unknown_item``).
            ConflictError: Several have it (code ``ambiguous_item``), each named.
        """
        with self._db.read() as tx:
            row = self._row(tx, actor, identifier, namespace)
            return describe(tx, [row.id], {row.id: row})[row.id]

    def resolve(self, tx: Tx, actor: Actor, identifier: str, namespace: str | None = None) -> int:
        """Return the id of the item behind an identifier, as far as the actor may see it."""
        item_id: int = self._row(tx, actor, identifier, namespace).id
        return item_id

    def _row(self, tx: Tx, actor: Actor, identifier: str, namespace: str | None) -> Row[Any]:
        actor.require("items.view")
        areas = actor.areas("items.view")
        rows = {
            row.id: row
            for row in store.rows_by_identifier(tx, identifier, namespace)
            if areas is None or row.place_id in areas or row.place_id == 0
        }
        if not rows:
            raise NotFoundError("unknown_item", item=identifier)
        if len(rows) > 1:
            described = describe(tx, list(rows), rows)
            problems = [
                Problem(
                    "ambiguous_item",
                    {"namespace": space, "product": described[item_id]["product"], "code": described[item_id]["code"],
                     "namespaces": space},
                    None,
                    identifier,
                )
                for space, item_id in store.holders_of(tx, identifier, namespace)
                if item_id in rows
            ]  # fmt: skip
            raise ConflictError("ambiguous_item", problems=problems, item=identifier, namespaces="")
        return next(iter(rows.values()))

    def page(
        self, actor: Actor, wanted: ItemFilter, *, after: str | None = None, limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return one page of items and the mark to go on after; None at the end.

        With a prefix the order is by code, else by age, oldest first.

        Raises:
            InvalidInputError: ``after`` is no mark of ours, or the filter names something unknown.
        """
        actor.require("items.view")
        with self._db.read() as tx:
            conditions = self._conditions(tx, wanted)
            if conditions is None:
                return [], None
            areas = actor.areas("items.view")
            by_code = wanted.prefix is not None
            try:
                mark = None if after is None else json.loads(bytes.fromhex(after))
                start = None if mark is None else (str(mark[0]), int(mark[1]))
            except (ValueError, IndexError, TypeError):
                raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")]) from None
            rows = store.page(tx, conditions, wanted.prefix, start, limit + 1, areas)
            described = describe(tx, [row[0] for row in rows[:limit]])
            more = None
            if len(rows) > limit:
                last = rows[limit - 1]
                more = json.dumps([last[1] if by_code else "", last[0]]).encode().hex()
            return list(described.values()), more

    def _conditions(self, tx: Tx, wanted: ItemFilter) -> dict[str, Any] | None:
        """Turn codes into ids; None if something named does not exist, so that nothing can be found."""
        conditions: dict[str, Any] = {}
        for name in ("product", "place", "batch", "holder"):
            code = getattr(wanted, name)
            if code is None:
                continue
            ids = store.ids_of_code(tx, name, code)
            if not ids:
                return None
            conditions[name] = sorted(places.inside(tx, ids)) if name == "place" else ids
        for name in ("state", "quality", "kind", "mark"):
            if getattr(wanted, name) is not None:
                conditions[name] = getattr(wanted, name)
        return conditions

    def history(
        self, actor: Actor, identifier: str, *, namespace: str | None = None, after: int = 0, limit: int = 100
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return the life of an item, from birth on, and the seq to go on after."""
        with self._db.read() as tx:
            item_id = self.resolve(tx, actor, identifier, namespace)
            rows = ledger.life(tx, item_id, after, limit + 1)
            more = rows[limit - 1].seq if len(rows) > limit else None
            told = _tell(tx, rows[:limit])
            if actor.may("ledger.personal"):
                _add_personal(tx, told)
            return told, more


def _add_personal(tx: Tx, told: Sequence[dict[str, Any]]) -> None:
    """Show the personal data of events while it is there; when it was erased, that and since when."""
    found = {row.event_id: row for row in personal.of_events(tx, [one["event"] for one in told])}
    for one in told:
        row = found.get(one["event"])
        if row is not None and row.erased_at is None:
            one["data"] = {**one["data"], "personal": json.loads(row.body)}
        elif row is not None:
            one["data"] = {**one["data"], "personal_erased_at": clock.to_text(row.erased_at)}


def _tell(tx: Tx, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Write history rows for a reader: codes instead of ids, the event's facts beside the item's changes."""
    events = ledger.events_by_ids(tx, {row.event_id for row in rows})
    about = {event_id: row_data(event.data) for event_id, event in events.items()}
    place_ids = {row.from_place for row in rows} | {row.to_place for row in rows}
    partner_ids: set[int] = set()
    parent_ids: set[int] = set()
    for row in rows:
        partner_ids.add(about.get(row.event_id, {}).get("partner", 0))
        changed = row_data(row.data)
        for name in ("holder_id", "owner_id"):
            partner_ids |= set(changed.get(name, ()))
        parent_ids |= set(changed.get("parent_id", ())) - {None}
    codes = store.all_codes(tx, {"place": place_ids, "partner": partner_ids, "item": parent_ids})
    names, partners = codes["place"], codes["partner"]
    told = []
    for row in rows:
        event = events.get(row.event_id)
        facts = about.get(row.event_id, {})
        told.append(
            {
                "seq": row.seq,
                "operation": row.operation,
                "occurred_at": clock.to_text(row.occurred_at),
                "recorded_at": clock.to_text(row.recorded_at),
                "actor": row.actor,
                "device": event.device if event else "",
                "from": {"state": row.from_state or None, "place": names.get(row.from_place)},
                "to": {"state": row.to_state or None, "place": names.get(row.to_place)},
                "partner": partners.get(facts.get("partner", 0)),
                "document": row.document or None,
                "event": row.event_id,
                "note": event.note if event else "",
                "data": {**facts.get("data", {}), **_changes(row_data(row.data), codes)},
            }
        )
    return told


_NAMED = {"holder_id": "partner", "owner_id": "partner", "parent_id": "item"}
"""What changes on an item and is shown by its code."""


def _changes(changed: Mapping[str, Any], codes: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    """Name what changed on the item: ``{"changes": {"quality": [old, new], …}}``."""
    found: dict[str, Any] = {}
    for name, value in changed.items():
        if name == "corrects":
            continue
        if name in _NAMED:
            found[name.removesuffix("_id")] = [codes[_NAMED[name]].get(one) for one in value]
        elif name == "marks":
            found["marks"] = [[mark for mark, _, _ in read_marks(text)] for text in value]
        else:
            found[name] = value
    extra: dict[str, Any] = {"changes": found} if found else {}
    if "corrects" in changed:
        extra["corrects"] = changed["corrects"]
    return extra


def describe(tx: Tx, ids: Iterable[int], known: Mapping[int, Row[Any]] | None = None) -> dict[int, dict[str, Any]]:
    """Describe items as ``GET /items/{identifier}`` shows them, in the order of ``ids``; rows read before are used."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = dict(known or {})
    missing = [item_id for item_id in wanted if item_id not in rows]
    if missing:
        rows |= store.rows_by_ids(tx, missing)
    identifiers, births, codes = store.around(
        tx,
        wanted,
        {
            "product": {row.product_id for row in rows.values()},
            "batch": {row.batch_id for row in rows.values()},
            "place": {row.place_id for row in rows.values()},
            "partner": {row.owner_id for row in rows.values()} | {row.holder_id for row in rows.values()},
            "item": {row.parent_id or 0 for row in rows.values()},
        },
    )
    products, batches, place_codes, partners, parents = codes.values()
    today = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date().isoformat()
    told: dict[int, dict[str, Any]] = {}
    for item_id in wanted:
        row = rows.get(item_id)
        if row is None:
            continue
        marks = read_marks(row.marks)
        start, end = row.warranty_start, row.warranty_end
        told[item_id] = {
            "code": row.code,
            "kind": row.kind,
            "product": products.get(row.product_id),
            "batch": batches.get(row.batch_id),
            "state": row.state or None,
            "quality": row.quality,
            "owner": partners.get(row.owner_id),
            "holder": partners.get(row.holder_id),
            "marks": list(dict.fromkeys(mark for mark, _, _ in marks)),
            "mark_causes": [{"mark": mark, "cause": cause, "event": event} for mark, cause, event in marks],
            "place": place_codes.get(row.place_id),
            "parent": parents.get(row.parent_id or 0),
            "identifiers": [{"namespace": space, "value": value} for space, value in identifiers.get(item_id, ())],
            "born_at": clock.to_text(births[item_id]) if item_id in births else None,
            "place_since": clock.to_text(row.place_since),
            "state_since": clock.to_text(row.state_since),
            "warranty": {
                "start": start,
                "end": end,
                "active": bool(start and start <= today and end and today <= end),
            },
            "seq": row.seq,
        }
    return told
