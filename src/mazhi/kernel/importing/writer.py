"""Writing imported items into the ledger: born as their rows say, one event for each time of birth."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.importing.model import Checkpoint, ImportedItem, Written
from mazhi.kernel.making.birth import Births, write
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store as posting
from mazhi.kernel.posting.model import NEW, Facts
from mazhi.kernel.posting.period import CLOSED_UNTIL, lock_period
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.products import store as products
from mazhi.kernel.settings.store import read_setting


class _TakenError(Exception):
    """Somebody else bound some of the identifiers meanwhile; the transaction is rolled back."""

    def __init__(self, lost: set[tuple[str, str]]) -> None:
        super().__init__(lost)
        self.lost = lost


class _ClosedError(Exception):
    """The books were closed meanwhile up to a moment that some items were born before; nothing is written."""

    def __init__(self, until: int) -> None:
        super().__init__(until)
        self.until = until


class LedgerWriter:
    """Lets imported items be born by the operation ``commission``."""

    def __init__(self, db: Database, item_ids: Ids, event_ids: Ids) -> None:
        self._db = db
        self._item_ids = item_ids
        self._event_ids = event_ids

    def write(
        self, actor: Actor, items: Sequence[ImportedItem], *, document: str, file: str, checkpoint: Checkpoint
    ) -> Written:
        """Write the items in one transaction; those whose identifiers are taken are left out and returned."""
        refused: list[tuple[int, Problem]] = []
        left = list(enumerate(items))
        while True:
            try:
                return self._try(actor, [item for _, item in left], refused, document, file, checkpoint)
            except _ClosedError as error:
                kept: list[tuple[int, ImportedItem]] = []
                for position, item in left:
                    if item.born_at is not None and item.born_at < error.until:
                        problem = Problem(
                            "closed_period", {"closed_until": clock.to_text(error.until)}, None, item.code
                        )
                        refused.append((position, problem))
                    else:
                        kept.append((position, item))
                left = kept
            except _TakenError as error:
                kept = []
                for position, item in left:
                    lost = next((key for key in _keys(item) if key in error.lost), None)
                    if lost is None:
                        kept.append((position, item))
                    else:
                        refused.append((position, Problem("already_exists", {"namespace": lost[1]}, None, lost[0])))
                left = kept

    def _try(
        self,
        actor: Actor,
        items: Sequence[ImportedItem],
        refused: list[tuple[int, Problem]],
        document: str,
        file: str,
        checkpoint: Checkpoint,
    ) -> Written:
        groups: dict[int | None, list[ImportedItem]] = {}
        for item in items:
            groups.setdefault(item.born_at, []).append(item)
        ids = self._item_ids.take(len(items)) if items else range(0)
        event_ids = self._event_ids.take(len(groups)) if groups else range(0)
        ordered = [item for group in groups.values() for item in group]
        with self._db.write() as tx:
            _check_period(tx, items)
            bound_by = [event_id for event_id, group in zip(event_ids, groups.values(), strict=True) for _ in group]
            _bind(tx, ordered, ids, bound_by)
            start = 0
            for event_id, (born_at, group) in zip(event_ids, groups.items(), strict=True):
                births = Births(
                    ids[start : start + len(group)],
                    [item.code for item in group],
                    [_facts(item) for item in group],
                    [item.namespace for item in group],
                )
                write(tx, _stamp(actor, event_id, born_at, document, file), births)
                start += len(group)
            _mark_used(tx, items)
            written = Written(list(event_ids), refused)
            checkpoint(tx, written)
        return written


def _check_period(tx: Tx, items: Sequence[ImportedItem]) -> None:
    """Look at the closed period once more, and let nobody close another one until this is written."""
    born = [item.born_at for item in items if item.born_at is not None]
    if not born:
        return
    lock_period(tx)
    closed = read_setting(tx, CLOSED_UNTIL)
    if closed and min(born) < int(closed):
        raise _ClosedError(int(closed))


def _keys(item: ImportedItem) -> list[tuple[str, str]]:
    return [(item.code, item.namespace), *item.identifiers]


def _bind(tx: Tx, items: Sequence[ImportedItem], ids: Sequence[int], event_ids: Sequence[int]) -> None:
    # In order of value, so that two imports of overlapping files wait for each other and never in a circle.
    rows = sorted(
        (*key, number, event_id)
        for item, number, event_id in zip(items, ids, event_ids, strict=True)
        for key in _keys(item)
    )
    lost = posting.insert_identifiers(tx, rows) if rows else set()
    if lost:
        raise _TakenError(lost)


def _stamp(actor: Actor, event_id: int, born_at: int | None, document: str, file: str) -> Stamp:
    now = clock.now()
    about = json.dumps({"data": {"import": file}}, ensure_ascii=False, separators=(",", ":")) if file else ""
    return Stamp(
        event_id, "commission", now if born_at is None else born_at, now, actor.name, actor.device, document, "", about
    )


def _facts(item: ImportedItem) -> Facts:
    return NEW._replace(
        product_id=item.product_id,
        batch_id=item.batch_id,
        state=item.state,
        quality=item.quality,
        owner_id=item.owner_id,
        holder_id=item.holder_id,
        place_id=item.place_id,
        warranty_start=item.warranty_start.isoformat() if item.warranty_start else None,
        warranty_end=item.warranty_end.isoformat() if item.warranty_end else None,
    )


def _mark_used(tx: Tx, items: Sequence[ImportedItem]) -> None:
    """Note that the ledger refers to what the rows name.

    Raises:
        ConflictError: Some of it was deleted since the rows were checked (code ``master_data_changed``).
    """
    product_ids = {item.product_id for item in items}
    place_ids = {item.place_id for item in items} - {0}
    batch_ids = {item.batch_id for item in items} - {0}
    partner_ids = {one for item in items for one in (item.owner_id, item.holder_id)} - {0}
    found_products, found_places = products.by_ids(tx, product_ids), places.by_ids(tx, place_ids)
    found_batches, found_partners = batches.by_ids(tx, batch_ids), partners.by_ids(tx, partner_ids)
    there = (
        len(found_products) == len(product_ids)
        and len(found_places) == len(place_ids)
        and len(found_batches) == len(batch_ids)
        and len(found_partners) == len(partner_ids)
        and master_data.mark_used(tx, products.product, found_products.values())
        and master_data.mark_used(tx, places.place, found_places.values())
        and master_data.mark_used(tx, batches.batch, found_batches.values())
        and master_data.mark_used(tx, partners.partner, found_partners.values())
    )
    if not there:
        raise ConflictError("master_data_changed")
