"""What notices are about (通知的种类), and which of them somebody wants by mail as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TOPICS: Mapping[str, tuple[str, ...]] = {
    "work": ("notice_task", "notice_due", "notice_remind", "notice_delegation"),
    "messages": ("notice_flow_text",),
    "talk": ("notice_mention",),
    "copies": ("notice_copy",),
    "results": ("notice_flow_done", "notice_flow_refused", "notice_flow_ended", "notice_flow_withdrawn"),
    "faults": ("notice_flow_failed", "notice_flow_not_sent", "notice_due_failed"),
}
"""The kinds of notices by what they are about; a kind that stands nowhere comes by mail to nobody."""
USUAL = ("work", "messages", "talk")
"""What comes by mail to whoever has an address and has said nothing else."""
NONE = "-"
"""How it is kept that somebody wants nothing by mail."""


def topic_of(kind: str) -> str:
    """Return what a kind of notice is about; empty where it comes by mail to nobody."""
    return next((topic for topic, kinds in TOPICS.items() if kind in kinds), "")


def chosen(kept: str) -> tuple[str, ...]:
    """Read what somebody wants by mail."""
    if not kept:
        return USUAL
    return tuple(one for one in kept.split(",") if one in TOPICS)


def keep(topics: Sequence[str]) -> str:
    """Write what somebody wants by mail."""
    return ",".join(one for one in TOPICS if one in topics) or NONE
