"""Keeping the triggers in step with the published flows: done whenever a version comes into force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines import options as declared
from mazhi.engines.flows.model import Flow
from mazhi.engines.flows.triggers import store
from mazhi.engines.flows.triggers.family import trigger_kinds
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Tx
from mazhi.kernel.designs.model import Design
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.master_data.model import Checks

CLOCK = "flow_clock"
"""The kind of job that does what a trigger does when its moment has come."""


def keys_of(triggers: list[Mapping[str, Any]]) -> list[str]:
    """Return what triggers are called: by their ids, or by their kind and how many of it come before."""
    counts: dict[str, int] = {}
    found = []
    for one in triggers:
        kind = str(one.get("kind"))
        counts[kind] = counts.get(kind, 0) + 1
        found.append(str(one.get("id") or f"{kind}-{counts[kind]}"))
    return found


def put(tx: Tx, design: Design, flow: Flow, form_id: int, jobs: Jobs) -> None:
    """Make the triggers of a flow those of a version."""
    app, _, code = design.code.partition("/")
    before = store.of_flow(tx, design.id)
    held = {(one.key, one.kind): one for one in before}
    root, now, wanted = flow.root.options, clock.now(), []
    raw = list(root.get("triggers") or ())
    for key, one in zip(keys_of(raw), raw, strict=True):
        kind = trigger_kinds[str(one["kind"])]
        given = {name: value for name, value in one.items() if name not in {"id", "kind"}}
        options = declared.settle(kind.options, given, Checks(), "")
        wanted.append(
            {
                "key": key, "kind": kind.name, "app": app, "flow": code, "name": design.name, "form": flow.form,
                "form_id": form_id, "again": bool(root.get("again")), "options": dict(options),
                "who": root.get("who") or {}, "due_at": _due(held.get((key, kind.name)), kind.name, options, now),
            }
        )  # fmt: skip
    store.put(tx, design.id, wanted)
    store.bump(tx, {form_id, *(one.form_id for one in before)})
    _set_clocks(tx, design.id, held, jobs)


def _due(before: store.Trigger | None, kind: str, options: Mapping[str, Any], now: int) -> int | None:
    """Return when it comes next: as it was, if nothing about it changed."""
    next_ = trigger_kinds[kind].next
    if next_ is None:
        return None
    same = before is not None and before.due_at is not None and dict(before.options) == dict(options)
    return before.due_at if same and before is not None else next_(options, now)


def _set_clocks(tx: Tx, flow_id: int, held: Mapping[tuple[str, str], store.Trigger], jobs: Jobs) -> None:
    for one in store.of_flow(tx, flow_id):
        before = held.get((one.key, one.kind))
        if one.due_at is not None and (before is None or before.due_at != one.due_at):
            set_clock(tx, jobs, one.id, one.due_at)


def set_clock(tx: Tx, jobs: Jobs, trigger_id: int, at: int) -> None:
    """Let a trigger be looked at when its moment comes."""
    jobs.enqueue(tx, CLOCK, {"trigger": trigger_id, "at": at}, actor=SYSTEM, run_at=at)
