"""What the pages work out for themselves is what the server works out: chance tries them against each other."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.function import Function
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Call, to_json, walk
from mazhi.engines.formula.printing import write
from mazhi.engines.formula.values import Fault
from tests.engines.formula import random_trees, screen_texts

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("in_the_browser.mjs")
ROLLDOWN = ROOT / "ui" / "node_modules" / "rolldown" / "bin" / "cli.mjs"
NOW = datetime.fromisoformat("2026-11-21T08:30:00")
COUNT = 6000


def written(value: Any) -> Any:
    """A value as the vectors have it; numbers in one way only."""
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat(timespec="microseconds")}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Fault):
        return {"fault": [value.code, value.start, value.end, {name: str(one) for name, one in value.params.items()}]}
    return value


def comparable(value: Any) -> Any:
    if isinstance(value, list):
        return [comparable(one) for one in value]
    if isinstance(value, dict) and "number" in value:
        return {"number": Decimal(value["number"])}
    if isinstance(value, dict) and "fault" in value:
        code, start, end, params = value["fault"]
        return {"fault": [code, start, end, {name: str(one) for name, one in params.items()}]}
    return value


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[random_trees.Case], dict[str, Any]]:
    """Random formulas, and what the pages say to them, in one run."""
    assert ROLLDOWN.exists(), "first: npm ci, in ui/"
    out = tmp_path_factory.mktemp("bundle")
    bundle = ["node", str(ROLLDOWN), str(SCRIPT), "--format", "esm", "--platform", "node", "--dir", str(out)]
    subprocess.run(bundle, check=True, capture_output=True)
    cases = random_trees.cases(COUNT, seed=20261121)
    asked = {
        "now": NOW.isoformat(),
        "cases": [
            {"tree": to_json(tree), "data": {name: written(value) for name, value in data.items()}}
            for tree, data in cases
        ],
    }
    done = subprocess.run(
        ["node", str(out / "in_the_browser.js")],
        input=json.dumps(asked, ensure_ascii=False).encode(),
        check=True,
        stdout=subprocess.PIPE,
    )
    return cases, json.loads(done.stdout)


def test_random_formulas_come_to_the_same(answers: tuple[list[random_trees.Case], dict[str, Any]]) -> None:
    cases, said = answers
    different = []
    for (tree, data), found in zip(cases, said["found"], strict=True):
        expected = written(evaluate(tree, data.__getitem__, NOW))
        if comparable(found) != comparable(expected):
            different.append(f"{write(tree)} of {data} is {expected}, in the pages {found}")
    assert not different, f"{len(different)} of {len(cases)}, such as " + "\n".join(different[:5])


def test_chance_tries_every_function_and_most_formulas_come_to_something(
    answers: tuple[list[random_trees.Case], dict[str, Any]],
) -> None:
    cases, said = answers
    tried = Counter(node.name for tree, _ in cases for node in walk(tree) if isinstance(node, Call))
    assert {one.name for one in functions} == {name for name, times in tried.items() if times >= 50}
    faults = sum(isinstance(found, dict) and "fault" in found for found in said["found"])
    assert faults < COUNT * 0.6


@pytest.mark.parametrize("function", list(functions), ids=lambda one: one.name)
def test_a_function_takes_the_same_arguments(
    function: Function, answers: tuple[list[random_trees.Case], dict[str, Any]]
) -> None:
    assert answers[1]["declared"][function.name] == {
        "needs": [one.kind for one in function.parameters if not one.optional],
        "may": [one.kind for one in function.parameters if one.optional],
        "rest": [one.kind for one in function.rest],
        "lazy": function.lazy,
        "usesNow": function.uses_now,
    }


def test_the_pages_know_no_other_functions(answers: tuple[list[random_trees.Case], dict[str, Any]]) -> None:
    assert set(answers[1]["declared"]) == {one.name for one in functions}


def test_the_pages_say_faults_in_the_words_of_the_server() -> None:
    assert screen_texts.TARGET.read_text("utf-8") == screen_texts.content(), screen_texts.STALE
