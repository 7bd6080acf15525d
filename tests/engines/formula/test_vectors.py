"""Every implementation of formulas comes to the same: ``tests/vectors/formula.json``."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Call, from_json, to_json, walk
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.printing import write
from mazhi.engines.formula.values import Fault

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "formula.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = VECTORS["cases"]
NOW = datetime.fromisoformat(VECTORS["now"])


def decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(decode(one) for one in value)
    if isinstance(value, dict):
        ((kind, written),) = value.items()
        return {"number": Decimal, "date": date.fromisoformat, "datetime": datetime.fromisoformat}[kind](written)
    return value


def come_to(case: dict[str, Any]) -> Any:
    data = {name: decode(value) for name, value in case["data"].items()}
    return evaluate(parse(case["formula"]), data.__getitem__, NOW)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["formula"][:40])
def test_a_formula_comes_to_what_the_vectors_say(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(FormulaError) as caught:
            parse(case["formula"])
        error = caught.value
        assert (error.code, error.start, error.end) == (case["error"], case["start"], case["end"])
        return
    found = come_to(case)
    if "fault" in case:
        assert found == Fault(case["fault"], case["start"], case["end"])
        return
    expected = decode(case["result"])
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize("case", [case for case in CASES if "error" not in case], ids=lambda case: case["formula"][:40])
def test_a_tree_survives_printing_and_json(case: dict[str, Any]) -> None:
    tree = parse(case["formula"])
    assert parse(write(tree)) == tree
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree


def test_every_function_stands_in_a_vector() -> None:
    used = {
        node.name
        for case in CASES
        if "error" not in case
        for node in walk(parse(case["formula"]))
        if isinstance(node, Call)
    }
    assert {one.name for one in functions} - used == set()
