"""What an entry form shows while it is filled in is what the server comes to when it is saved: tried by chance."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from mazhi.engines.forms.declaring import declaration
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import read
from mazhi.engines.forms.trees import trees
from tests.engines.forms.random_forms import forms
from tests.engines.forms.vectors import come_to

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("live_in_the_browser.mjs")
ROLLDOWN = ROOT / "ui" / "node_modules" / "rolldown" / "bin" / "cli.mjs"
NOW = "2026-11-22T09:30:00"
FORMS, RECORDS = 80, 6


def test_entry_forms_and_server_come_to_the_same(tmp_path: Path) -> None:
    drawn = forms(FORMS, RECORDS, seed=20261122)
    told = _in_the_browser(tmp_path, drawn)
    different, states, faults = [], 0, 0
    for (body, cases), answers in zip(drawn, told, strict=True):
        for case, answer in zip(cases, answers, strict=True):
            expected = come_to(body, case, NOW)
            checks = sorted(one for one in expected["faults"] if one[1].startswith("record_check"))
            states, faults = states + len(expected["states"]), faults + len(checks)
            here = (_plain(expected["result"]), expected["states"], checks)
            there = (_plain(answer["result"]), answer["states"], sorted(answer["faults"]))
            if here != there:
                different.append({"case": case, "differs": _apart(here, there), "body": body})
    assert not different, f"{len(different)}, such as {json.dumps(different[0], ensure_ascii=False, default=str)}"
    assert states > FORMS and faults > FORMS / 2, "rules hardly ever hold"


def _in_the_browser(folder: Path, drawn: list[tuple[dict[str, Any], list[Any]]]) -> list[list[dict[str, Any]]]:
    assert ROLLDOWN.exists(), "first: npm ci, in ui/"
    bundle = ["node", str(ROLLDOWN), str(SCRIPT), "--format", "esm", "--platform", "node", "--dir", str(folder)]
    subprocess.run(bundle, check=True, capture_output=True)
    asked = {"now": NOW, "kinds": declaration()["kinds"], "forms": [_asked(body, cases) for body, cases in drawn]}
    done = subprocess.run(
        ["node", str(folder / "live_in_the_browser.js")],
        input=json.dumps(asked).encode(),
        check=True,
        stdout=subprocess.PIPE,
    )
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def _asked(body: dict[str, Any], cases: list[Any]) -> dict[str, Any]:
    form = read(body, field_kinds)
    return {"body": {**form.body(), "trees": trees(form)}, "cases": cases}


def _plain(value: Any) -> Any:
    """Values as they are equal: numbers by what they are, moments by when they are, what is empty not at all."""
    if isinstance(value, Mapping):
        return {name: plain for name, one in value.items() if (plain := _plain(one)) not in (None, [], {})}
    if isinstance(value, list):
        return [_plain(one) or {} for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    if isinstance(value, str) and "T" in value and value[:4].isdigit():
        return datetime.fromisoformat(value).timestamp()
    return value or None if isinstance(value, str) else value


def _apart(here: Any, there: Any) -> Any:
    return [
        {name: (one.get(name), other.get(name)) for name in {*one, *other} if one.get(name) != other.get(name)}
        if isinstance(one, dict)
        else (one, other)
        for one, other in zip(here, there, strict=True)
        if one != other
    ]
