"""Recalls, as the rest of the system sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.items.service import Items
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.recalls.acting import RecallActions
from mazhi.kernel.recalls.comparing import RecallComparison
from mazhi.kernel.recalls.marking import Marking
from mazhi.kernel.recalls.model import ActionRequest, OpenRequest
from mazhi.kernel.recalls.opening import RecallCases
from mazhi.kernel.recalls.reading import RecallReading


class Recalls:
    """What a user does with recalls; ``reading`` and ``comparison`` look at them."""

    def __init__(
        self, db: Database, posting: Posting, jobs: Jobs, items: Items, counters: Counters, event_ids: Ids
    ) -> None:
        marking = Marking(db, posting, jobs, event_ids)
        log_ids = Ids(counters, "recall_log", block=100)
        self._cases = RecallCases(db, marking, Ids(counters, "recall", block=10), log_ids)
        self._actions = RecallActions(db, marking, log_ids)
        self.reading = RecallReading(db, items)
        self.comparison = RecallComparison(db)

    def preview(self, actor: Actor, criteria: Mapping[str, Any]) -> dict[str, Any]:
        """Say what a recall with these criteria would hold, without opening one."""
        return self._cases.preview(actor, criteria)

    def open(self, actor: Actor, request: OpenRequest) -> dict[str, Any]:
        """Open a recall: freeze its scope, and mark what is in it."""
        return self._cases.open(actor, request)

    def act(self, actor: Actor, number: str, request: ActionRequest) -> dict[str, Any]:
        """Record one action about pieces of a recall."""
        return self._actions.act(actor, number, request)

    def act_within(self, tx: Tx, purse: Purse, actor: Actor, number: str, request: ActionRequest) -> dict[str, Any]:
        """Record one action about pieces of a recall in the caller's transaction."""
        return self._actions.act_within(tx, purse, actor, number, request)

    def close(
        self, actor: Actor, number: str, *, confirmed: bool = False, note: str = "", release_stock: bool | None = None
    ) -> dict[str, Any]:
        """Close a recall, take its marks off what is handled, and release the quantities that it held."""
        return self._cases.close(actor, number, confirmed=confirmed, note=note, release_stock=release_stock)
