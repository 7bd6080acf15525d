"""The rules of a recall: its criteria, its frozen scope, and what an action makes of a piece. No database here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from mazhi.kernel import clock
from mazhi.kernel.posting.model import ItemRef

VIEW, MANAGE = "recalls.view", "recalls.manage"
MOST_AT_ONCE = 10_000
"""So many pieces are marked in one transaction; more of them by a job, in chunks of as many."""
MOST_ITEMS = 100_000
MOST_CODES = 1_000_000
MOST_CRITERIA = 100
A_HANDFUL = 20
"""Fewer pieces than this may well be all there is: naming them is not asked about."""

Role = Literal["unit", "part"]
"""A unit is what is recalled and counted; a part goes with the unit that it is in."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """What one criterion names, in ids: items, batches (as items and as quantities), or births.

    Attributes:
        named: It names certain pieces or batches, where others say a time.
        unknown: Codes that lead to nothing.
    """

    items: Sequence[int] = ()
    batches: Sequence[tuple[int, int]] = ()
    births: Sequence[int] = ()
    product: int | None = None
    only_now: bool = False
    named: bool = True
    unknown: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A recall to be opened; ``confirmed`` goes on where the criteria match nothing or everything."""

    name: str
    criteria: Mapping[str, Any]
    mock: bool = False
    deadline: int | None = None
    note: str = ""
    document: str = ""
    occurred_at: int | None = None
    confirmed: bool = False
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Pieces of a recall by what they have in common; None leaves a question open."""

    status: str | None = None
    role: Role | None = None
    product: str | None = None
    place: str | None = None
    holder: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """Something done about pieces of a recall: those named, or those of ``where``."""

    kind: str
    items: Sequence[ItemRef] = ()
    where: Where | None = None
    measure: str = ""
    note: str = ""
    document: str = ""
    due: str | None = None
    occurred_at: int | None = None
    mode: Literal["all", "partial"] = "all"
    client_key: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of action.

    Attributes:
        status: What a piece's status becomes; None leaves it.
        operation: The operation of the ledger that goes with it.
        tries: It counts as an attempt to reach whoever has the piece.
        answers: Whoever has the piece has answered.
    """

    name: str
    zh: str
    en: str
    status: str | None = None
    operation: str | None = None
    tries: bool = False
    answers: bool = False


ACTIONS: Mapping[str, Action] = {
    action.name: action
    for action in (
        Action("mark", "打召回标记", "Mark", operation="recall_mark"),
        Action("hold", "冻结", "Hold", operation="hold"),
        Action("notify", "通知", "Notify", "notified", tries=True),
        Action("contact", "已联系上", "Contacted", "contacted", tries=True, answers=True),
        Action("schedule", "约定时间", "Schedule", "scheduled", answers=True),
        Action("refuse", "拒绝", "Refused", "refused", answers=True),
        Action("unreachable", "联系不上", "Unreachable", "unreachable", tries=True),
        Action("returning", "退回途中", "On its way back", "returning", answers=True),
        Action("return", "已退回", "Returned", "returned", answers=True),
        Action("rework", "已返工", "Reworked", "reworked", answers=True),
        Action("replace", "已更换", "Replaced", "replaced", answers=True),
        Action("destroy", "已销毁", "Destroyed", "destroyed", operation="scrap", answers=True),
        Action("not_found", "找不到", "Not found", "not_found", answers=True),
        Action("clear", "解除", "Cleared", "cleared", operation="recall_clear", answers=True),
        Action("reopen", "重新打开", "Reopen", "open"),
    )
}

STATUSES: Mapping[str, tuple[str, str]] = {
    "open": ("未处理", "Open"),
    **{
        action.status: (action.zh, action.en)
        for action in ACTIONS.values()
        if action.status and action.name != "reopen"
    },
}
HANDLED = ("returned", "reworked", "replaced", "destroyed", "cleared")
"""Nothing is left to be done about such a piece."""
ANSWERED = (*HANDLED, "refused", "not_found")
"""It is known what becomes of such a piece, even where that is nothing."""


def next_status(action: Action, status: str) -> str:
    """Return a piece's status after an action; a reminder does not undo what was agreed on."""
    if action.status is None or (action.name == "notify" and status not in {"open", "unreachable"}):
        return status
    return action.status


def share(part: int, whole: int) -> float:
    """Return a percentage with one decimal; nothing to do is done."""
    return 100.0 if whole == 0 else round(100 * part / whole, 1)


def canonical(criteria: Mapping[str, Any]) -> str:
    """Write criteria so that the same ones are the same text."""
    return json.dumps(criteria, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def scope_hash(criteria: str, codes: Iterable[str]) -> str:
    """Return the SHA-256 of a scope: the criteria on the first line, then every code in order, a line each."""
    return hash_lines(criteria, "\n".join(sorted(codes)))


def hash_lines(criteria: str, lines: str) -> str:
    """Return the same of codes that stand in order already."""
    return hashlib.sha256(f"{criteria}\n{lines}".encode() if lines else criteria.encode()).hexdigest()


def moment(text: object, *, end: bool = False) -> int | None:
    """Read a time (RFC 3339 with its zone) or a day, which as an end means all of it; None where it is neither."""
    if not isinstance(text, str):
        return None
    try:
        if len(text) == 10:
            day = datetime.combine(date.fromisoformat(text), time(), clock.DEFAULT_ZONE)
            return clock.to_micros(day + timedelta(days=1)) - 1 if end else clock.to_micros(day)
        found = datetime.fromisoformat(text)
        return None if found.tzinfo is None else clock.to_micros(found)
    except (ValueError, OverflowError):
        return None


def day_of(micros: int) -> str:
    """Return the day of a moment, as people here count days."""
    return clock.to_datetime(micros, clock.DEFAULT_ZONE).date().isoformat()
