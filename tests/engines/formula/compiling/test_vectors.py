"""SQL gives the answers of Python: ``tests/vectors/formula.json`` on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from mazhi.engines.formula.compiling.model import UNSAID, NotInSqlError
from mazhi.engines.formula.compiling.saying import says
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Field, Node, Number, String, Unary
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import Fault, Value, is_empty, rounded, to_boolean
from mazhi.kernel.db import Tx
from tests.engines.formula.compiling.asking import MixedError, ask, kind_of, stored
from tests.engines.formula.test_vectors import CASES, NOW, decode

LITERAL = {
    "TEXT": {1}, "DATEADD": {0, 2}, "DATEDIF": {2}, "DATEVALUE": {0}, "EDATE": {0}, "COUNTIF": {1}, "SUMIF": {1},
    "AVERAGEIF": {1},
}  # fmt: skip
"""Arguments that must stand in the formula, if they are texts."""
MOST_UNSAID = 12


def readable() -> list[tuple[str, Node, dict[str, Value]]]:
    return [
        (case["formula"], parse(case["formula"]), {name: decode(value) for name, value in case["data"].items()})
        for case in CASES
        if "error" not in case
    ]


def lifted(node: Node, data: dict[str, Value]) -> Node:
    """Put fields in the place of what stands in a formula, so that nothing is known before the database asks."""
    match node:
        case Number() | String() | Boolean():
            name = f"lifted {len(data)}"
            data[name] = node.value
            return Field(name)
        case Unary():
            return replace(node, operand=lifted(node.operand, data))
        case Binary():
            return replace(node, left=lifted(node.left, data), right=lifted(node.right, data))
        case Call():
            kept = LITERAL.get(node.name, set())
            arguments = [
                one if place in kept and isinstance(one, String) else lifted(one, data)
                for place, one in enumerate(node.arguments)
            ]
            return replace(node, arguments=tuple(arguments))
        case _:
            return node


def condition(value: Value) -> bool:
    try:
        return not isinstance(value, Fault) and to_boolean(value)
    except FaultError:
        return False


def in_millionths(value: Value) -> object:
    if isinstance(value, Decimal):
        return int(rounded(value, 6).scaleb(6)) if abs(value) < 9_223_372_036_854 else None
    return None if is_empty(value) else stored(value)


def agree(tx: Tx, formula: str, node: Node, data: dict[str, Value]) -> None:
    """Check one formula in the database against Python."""
    expected = evaluate(node, data.__getitem__, NOW)
    found = ask(tx, node, data, NOW)
    told = (formula, data, expected, found)
    assert found.fault == isinstance(expected, Fault), told
    if isinstance(expected, Fault) or is_empty(expected):
        assert found.value is None and not found.other and found.stored in {None, ""}, told
    elif found.other:
        assert found.value is None and kind_of(expected) != found.kind, told
    else:
        assert found.value == expected and type(found.value) is type(expected), told
        assert found.stored == in_millionths(expected), told
    if not found.other and not isinstance(expected, date | datetime):
        assert found.condition == condition(expected), told


def compared(tx: Tx, cases: list[tuple[str, Node, dict[str, Value]]]) -> tuple[int, Counter[str], set[str]]:
    """Compare all that can be said; return how many, why some could not, and those of functions that usually can."""
    said, why, unsaid = 0, Counter[str](), set()
    for formula, node, data in cases:
        try:
            agree(tx, formula, node, data)
            said += 1
        except MixedError:
            why["no column has such values"] += 1
        except NotInSqlError as error:
            why[str(error.params["what"])] += 1
            if error.params["what"] != "function":
                unsaid.add(formula)
            assert 0 <= error.start <= error.end <= len(formula)
    return said, why, unsaid


def test_every_vector_comes_to_the_same_in_sql(tx: Tx) -> None:
    said, why, unsaid = compared(tx, readable())
    assert said >= 400
    assert len(unsaid) <= MOST_UNSAID, unsaid
    assert unsaid >= {"箱内=箱内", "UNIQUE(数量列)", "PRODUCT(数量列)"}
    assert why.keys() <= {*UNSAID, "no column has such values"}


def test_every_vector_comes_to_the_same_where_all_of_it_is_data(tx: Tx) -> None:
    cases = []
    for formula, node, data in readable():
        values = dict(data)
        cases.append((formula, lifted(node, values), values))
    said, _, unsaid = compared(tx, cases)
    assert said >= 380
    assert len(unsaid) <= MOST_UNSAID + 4, unsaid


def test_functions_say_whether_they_can_be_said_in_sql() -> None:
    declared = {one.name for one in functions if one.in_sql and not one.uses_now}
    assert declared == says.keys()
    assert {one.name for one in functions if not one.in_sql} == {"RMBUPPER"}
