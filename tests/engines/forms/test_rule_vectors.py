"""Rules and formulas of forms come to the same everywhere: ``tests/vectors/form_rules.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.engines.forms.vectors import come_to

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "form_rules.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = VECTORS["cases"]


def test_there_are_enough_of_them_and_each_is_called_otherwise() -> None:
    assert len(CASES) >= 80
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_record_comes_to_what_the_vectors_say(case: dict[str, Any]) -> None:
    found = come_to(VECTORS["forms"][case["form"]], case, VECTORS["now"])
    assert found == {name: case[name] for name in ("result", "states", "faults")}
