"""Looking at an event, and at what stands in the way of its correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, Problem
from mazhi.kernel.events import store
from mazhi.kernel.items.store import all_codes
from mazhi.kernel.ledger import store as ledger
from mazhi.kernel.ledger.model import row_data
from mazhi.kernel.posting.model import PostRequest
from mazhi.kernel.posting.planning import Step
from mazhi.kernel.posting.service import Posting

SHOWN = 20
"""So many codes of an event are named; of the others there is only the number."""


@dataclass(frozen=True, slots=True)
class Link:
    """One event that a correction takes back: on which items, and how many quantities go back with them."""

    event: int
    operation: str
    occurred_at: int
    recorded_at: int
    actor: str
    document: str
    codes: tuple[str, ...]
    more: int
    quantities: int


@dataclass(frozen=True, slots=True)
class Chain:
    """What a correction with its chain does: what is taken back, newest first and the event itself last."""

    event: int
    links: tuple[Link, ...]
    refused: tuple[Problem, ...]

    @property
    def possible(self) -> bool:
        """Tell whether the whole event can be taken back."""
        return bool(self.links) and not self.refused


class Events:
    """Reads events."""

    def __init__(self, db: Database, posting: Posting) -> None:
        self._db = db
        self._posting = posting

    def get(self, actor: Actor, event_id: int) -> dict[str, Any]:
        """Describe one event, codes instead of ids.

        Raises:
            NotFoundError: There is no such event (code ``unknown_event``).
        """
        actor.require("items.view")
        with self._db.read() as tx:
            row = ledger.event_by_id(tx, event_id)
            if row is None:
                raise NotFoundError("unknown_event", event=event_id)
            about = row_data(row.data)
            ids = {name: [about.get(name) or 0] for name in ("place", "partner")}
            ids["place"].append(about.get("from") or 0)
            codes = all_codes(tx, ids)
            items, quantities = store.counts(tx, event_id)
            return {
                "event": row.id,
                "operation": row.operation,
                "occurred_at": row.occurred_at,
                "recorded_at": row.recorded_at,
                "actor": row.actor,
                "device": row.device,
                "document": row.document or None,
                "note": row.note,
                "from": codes["place"].get(about.get("from", 0)),
                "place": codes["place"].get(about.get("place", 0)),
                "partner": codes["partner"].get(about.get("partner", 0)),
                "items": items,
                "quantities": quantities,
                "corrects": row.corrects,
                "corrected_by": store.corrections(tx, event_id),
            }

    def later(self, actor: Actor, event_id: int) -> Chain:
        """Say what a correction of the event, with everything that came after it, would take back.

        It is planned as the correction itself is, and nothing of it is kept.

        Raises:
            NotFoundError: There is no such event.
            InvalidInputError: It is a correction itself.
            ForbiddenError: The actor may not correct anything.
        """
        request = PostRequest("correct", mode="partial", data={"event": event_id, "reason": "", "chain": True})
        actor.require("operation.correct")
        event_ids = self._posting.prepare(actor, request)
        with self._db.trial() as tx:
            plan = self._posting.plan_correction(tx, actor, request, event_ids)
            links = _links(tx, plan.steps)
        return Chain(event_id, links, tuple(plan.refused))


def _links(tx: Tx, steps: list[Step]) -> tuple[Link, ...]:
    heads = store.heads(tx, [step.stamp.corrects or 0 for step in steps])
    found: list[Link] = []
    for step in steps:
        head = heads[step.stamp.corrects or 0]
        codes = sorted(piece.code for piece, _ in step.changed)
        found.append(
            Link(
                head.id, head.operation, head.occurred_at, head.recorded_at, head.actor, head.document,
                tuple(codes[:SHOWN]), max(0, len(codes) - SHOWN), len(step.moves),
            )
        )  # fmt: skip
    return tuple(found)
