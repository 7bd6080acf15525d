"""Handing something to the outbox: it leaves when the transaction has been committed, and never from a test run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step


def send(run: Run, step: Step, kind: str, body: Mapping[str, Any], *, waits: bool = False) -> str:
    """Leave something to a job and return its id; nothing in a test run."""
    if run.trial:
        run.seen("send", kind=kind, body=body)
        return ""
    return run.ports.jobs.enqueue(run.tx, kind, {"step": step.id, "waits": waits, **body}, actor=run.acting)
