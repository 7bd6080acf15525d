"""Writing records for a flow, and taking it back as long as nobody has built on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.kernel.errors import ConflictError, InvalidInputError, PlatformError, Problem


def change(run: Run, app: str, form: str, number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Change a record and return what is needed to take it back: the fields before and after."""
    records, one = run.ports.records, run.instance
    before = records.values(run.tx, app, form, number) or {}
    records.change(run.tx, run.acting, run.purse, app, form, number, values, None)
    after = records.values(run.tx, app, form, number) or {}
    if (app, form, number) == (one.app, one.form, one.record_id):
        run.changed()
    return {
        "app": app, "form": form, "record": number,
        "before": {code: before.get(code) for code in values},
        "after": {code: after.get(code) for code in values},
    }  # fmt: skip


def put_back(run: Run, node: Node, changed: Sequence[Mapping[str, Any]]) -> None:
    """Put fields back to what they were, the last change first.

    Raises:
        ConflictError: Somebody changed one of them since (code ``flow_cannot_undo``); all are named.
    """
    problems: list[Problem] = []
    for one in reversed(changed):
        app, form, number = one["app"], one["form"], one["record"]
        held = run.ports.records.values(run.tx, app, form, number)
        if held is None:
            continue
        other = [code for code, value in one["after"].items() if plain(held.get(code)) != plain(value)]
        problems += [
            Problem("flow_changed_since", {"field": code, "record": number}, item=str(number)) for code in other
        ]
        if not other:
            _write_back(run, problems, one)
    if problems:
        raise ConflictError("flow_cannot_undo", problems=problems, item=node.title or node.id, node=node.id)


def _write_back(run: Run, problems: list[Problem], one: Mapping[str, Any]) -> None:
    try:
        change(run, one["app"], one["form"], one["record"], {code: plain(it) for code, it in one["before"].items()})
    except (ConflictError, InvalidInputError) as error:
        problems += error.problems or [Problem(error.code, dict(error.params))]


def state_of(run: Run, app: str, form: str, number: int) -> dict[str, Any]:
    """Return what tells whether a record was touched since."""
    version, values = run.ports.records.shown(run.tx, app, form, number, None)
    return {"app": app, "form": form, "record": number, "version": version, "hash": _hash(values)}


def remove(run: Run, node: Node, made: Sequence[Mapping[str, Any]]) -> None:
    """Delete records that were added.

    Raises:
        ConflictError: Somebody has changed one of them since (code ``flow_cannot_undo``); all are named.
    """
    problems: list[Problem] = []
    for one in reversed(made):
        app, form, number = one["app"], one["form"], one["record"]
        if run.ports.records.values(run.tx, app, form, number) is None:
            continue
        now = state_of(run, app, form, number)
        if now["version"] != one["version"] and now["hash"] != one["hash"]:
            problems.append(Problem("flow_record_touched", {"record": number}, item=str(number)))
            continue
        try:
            run.ports.records.remove(run.tx, run.acting, app, form, {number: now["version"]})
        except PlatformError as error:
            problems += error.problems or [Problem(error.code, dict(error.params))]
    if problems:
        raise ConflictError("flow_cannot_undo", problems=problems, item=node.title or node.id, node=node.id)


def plain(value: Any) -> Any:
    """Return a value without the numbers of rows, which are new each time that they are written."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items() if name not in {"id", "_id"}}
    return value


def _hash(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(
        json.dumps(plain(values), ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()
