"""What actions share: handing in values by the rights of the step, and going on when it is enough."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mazhi.engines.facts import FormFacts, State
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running import advancing, work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step, Task
from mazhi.kernel.errors import ForbiddenError


def states_of(run: Run, node: Node) -> dict[str, State] | None:
    """Return how a step sees the fields: as it says; where it says nothing, approvers read and fillers write.

    A step of scanning that needs a picture takes it, too.
    """
    said: Mapping[str, State] = node.options.get("fields") or {}
    usual: State = "writable" if node.kind in {"start", "fill"} else "read_only"
    if not said and usual == "writable":
        return None
    found = {one.id: said.get(one.id, said.get(one.table, usual)) for one in run.form().fields}
    picture = run.form().by_code(str(node.options.get("photo") or "")) if node.kind == "scan" else None
    if picture is not None and found[picture.id] != "required":
        found[picture.id] = "writable"
    return found


def put_values(run: Run, node: Node, asked: Asked, *, whole: bool) -> None:
    """Write what was filled in; ``whole``: what the step requires must be there.

    Raises:
        InvalidInputError: A value is wrong or missing, or not the step's to write; every fault is named.
    """
    said: Mapping[str, State] = node.options.get("fields") or {}
    if asked.values or (whole and "required" in said.values()):
        one, states = run.instance, states_of(run, node)
        run.ports.records.change(run.tx, run.actor, run.purse, one.app, one.form, one.record_id, asked.values, states)
        run.changed()


def signed(run: Run, node: Node) -> dict[str, Any]:
    """Return what a signature (电子签名) binds to the line of the trail: its meaning, and what the record holds.

    Raises:
        ForbiddenError: The step needs a signature and there is none (code ``flow_sign_needed``).
    """
    said: Mapping[str, Any] = node.options.get("sign") or {}
    if not said.get("needed"):
        return {}
    if not run.signed:
        raise ForbiddenError("flow_sign_needed")
    return {"sign": {"meaning": str(said.get("meaning", "")), "hash": fingerprint(run.form(), run.values())}}


def fingerprint(form: FormFacts, values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a record holds, as canonical JSON: sorted keys, no blanks, what is derived left out.

    Whoever has the values can work it out again and see whether the record is still what was signed.
    """
    stored = {
        one.code: _stored_rows(form, one.id, values.get(one.code)) if one.holds == "rows" else values.get(one.code)
        for one in form.fields
        if not one.table and not one.derived
    }
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _stored_rows(form: FormFacts, table: str, rows: object) -> list[dict[str, Any]]:
    codes = [one.code for one in form.fields if one.table == table and not one.derived]
    return [{code: row.get(code) for code in codes} for row in rows] if isinstance(rows, list) else []


def hand_in(run: Run, step: Step | None, task: Task | None, asked: Asked, action: str, outcome: str) -> None:
    """Write the values, note the action, and go on when enough people have done theirs."""
    if step is None or task is None:
        return
    node = run.node(step)
    put_values(run, node, asked, whole=True)
    run.note(action, node, step, task=task.id, comment=asked.comment, fields=sorted(asked.values), **signed(run, node))
    work.act(run, task, action, asked.comment)
    advancing.remember_chosen(run, step)
    if work.is_enough(run, node, step):
        advancing.leave(run, step, work.complete(run, step, outcome))
