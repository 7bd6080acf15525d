"""The cruder way (按日期召回): what a recall by production dates would have called back, beside what this one does."""

from __future__ import annotations

from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.items import store as items
from mazhi.kernel.recalls import comparison_store, store
from mazhi.kernel.recalls.model import VIEW, day_of, moment

MOST_MISSED = 1000


class RecallComparison:
    """Compares scopes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def compare(self, actor: Actor, number: str) -> dict[str, Any]:
        """Say what a recall of whole production days would hold: needlessly, and what it would miss.

        The days are those from the first to the last on which affected units were made; units that only a later
        repair made affected do not widen them, since whoever knows no genealogy does not know of those.

        Raises:
            NotFoundError: There is no such recall.
        """
        actor.require(VIEW)
        with self._db.read() as tx:
            recall = store.by_number(tx, number)
            if recall is None:
                raise NotFoundError("unknown_recall", recall=number)
            spans = comparison_store.made_between(tx, recall.id)
            codes = items.codes_of(tx, "product", {product_id for product_id, *_ in spans})
            rows = [_one(tx, recall.id, codes.get(span[0]), span) for span in spans]
        whole = {
            name: sum(row[name] for row in rows) for name in ("precise", "by_dates", "shared", "needless", "missed")
        }
        return {
            "recall": number,
            **whole,
            "from": min((row["from"] for row in rows), default=None),
            "to": max((row["to"] for row in rows), default=None),
            "missed_codes": [code for row in rows for code in row["missed_codes"]][:MOST_MISSED],
            "products": rows,
        }


def _one(tx: Tx, recall_id: int, product: str | None, span: tuple[int, int, int, int]) -> dict[str, Any]:
    product_id, first, last, precise = span
    start_day, end_day = day_of(first), day_of(last)
    start, end = moment(start_day), moment(end_day, end=True)
    assert start is not None and end is not None  # noqa: S101 - both are days
    by_dates, shared = comparison_store.made_in(tx, recall_id, product_id, start, end)
    missed = precise - shared
    found = comparison_store.missed(tx, recall_id, product_id, start, end, MOST_MISSED) if missed else []
    days = (
        clock.to_datetime(end, clock.DEFAULT_ZONE).date() - clock.to_datetime(start, clock.DEFAULT_ZONE).date()
    ).days
    return {
        "product": product,
        "from": start_day,
        "to": end_day,
        "days": days + 1,
        "precise": precise,
        "by_dates": by_dates,
        "shared": shared,
        "needless": by_dates - shared,
        "missed": missed,
        "missed_codes": found,
    }
