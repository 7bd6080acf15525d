"""Every scope with every state of a field and every set of actions: lists, exports, groups and look-ups agree."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.forms.exchange.exporting import RecordExports
from mazhi.engines.forms.rights.model import STATES
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ForbiddenError
from mazhi.kernel.jobs.service import Jobs
from tests.engines.forms.test_rights import SCOPE, SEEN_BY, World, ident, world

__all__ = ["world"]
PHONE = "13812345678"
SAID = {"hidden": None, "masked": "138******78", "read_only": PHONE, "writable": PHONE}
"""What a reader gets of the telephone by the state of the field."""
LINKED = [
    {"id": ident("card"), "code": "card", "kind": "record", "title": "卡", "options": {"form": "qc/card"}},
    {
        "id": ident("told"), "code": "told", "kind": "lookup", "title": "电话",
        "options": {"source": "card", "field": "phone"},
    },
]  # fmt: skip


def _exported(world: World, exports: RecordExports, jobs: Jobs) -> dict[str, str | None] | None:
    """Return the telephone of each exported record by its name; None where nothing may be taken away."""
    try:
        job = exports.start(world.mei, "qc", "card", "csv")
    except ForbiddenError:
        return None
    jobs.run_pending()
    done = jobs.get(SYSTEM, job)
    assert done.state == "done", done.errors
    content = jobs.files.path(jobs.file(SYSTEM, job)).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    return {row["name"]: row.get("phone") for row in rows}


@pytest.mark.parametrize("scope", SCOPE)
def test_what_may_not_be_seen_in_one_way_is_not_seen_in_another(world: World, scope: str, tmp_path: Path) -> None:
    jobs = Jobs(world.db, tmp_path)
    exports = RecordExports(world.db, jobs, world.records)
    world.forms.create(SYSTEM, "qc", "note", "条", {"fields": LINKED})
    world.forms.publish(SYSTEM, "qc", "note", base=0)
    world.forms.set_grants(SYSTEM, "qc", "note", [{"role": "clerk", "actions": ["view"]}])
    notes = dict(
        zip(
            world.ids,
            world.records.create(SYSTEM, "qc", "note", [{"card": str(one)} for one in world.ids.values()]),
            strict=True,
        )
    )
    for state, actions in itertools.product(STATES, (("create",), ("view",), ("view", "export"))):
        grant: dict[str, Any] = {"actions": list(actions), "scopes": [SCOPE[scope]], "fields": {ident("phone"): state}}
        world.grant(grant)
        seen = SEEN_BY[scope] if "view" in actions else set()
        expected = {name: SAID[state] for name in seen}
        assert world.listed() == seen, (state, actions)
        listed = world.records.find(world.mei, "qc", "card").rows if "view" in actions else []
        assert {str(one.values["name"]): one.values.get("phone") for one in listed} == expected, (state, actions)
        wanted = expected if "export" in actions else None
        assert _exported(world, exports, jobs) == wanted, (state, actions)
        told = world.records.get(world.mei, "qc", "note", list(notes.values()))
        assert {one.id: one.values["told"] for one in told} == {
            number: expected.get(name) for name, number in notes.items()
        }, (state, actions)
