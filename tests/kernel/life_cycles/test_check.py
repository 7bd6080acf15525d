from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.kernel.life_cycles.check import check
from mazhi.kernel.life_cycles.defaults import DEFAULTS
from mazhi.kernel.life_cycles.model import LifeCycle, from_body
from mazhi.kernel.life_cycles.operations import BY_KEY


def state(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "zh": "名", "en": "Name", "group": "ours", "shape": "dot", "hue": "ink", **more}


def drawn(**changes: Any) -> LifeCycle:
    """Draw a small life cycle that is all right, but for the changes."""
    body: dict[str, Any] = {
        "states": [state("coded"), state("in_stock"), state("built_in"), state("gone", end=True)],
        "operations": {
            "commission": [{"from": [], "to": "coded"}],
            "receive": [{"from": ["coded"], "to": "in_stock"}],
            "scrap": [{"from": ["coded", "in_stock"], "to": "gone"}],
            "assemble:component": [{"from": ["in_stock"], "to": "built_in"}],
            "swap:out": [{"from": ["built_in"], "to": "in_stock"}],
            "hold": [{"from": ["*"], "to": None}],
        },
    }
    body["states"] = changes.pop("states", body["states"])
    operations = changes.pop("operations", {})
    body["operations"] = {key: moves for key, moves in (body["operations"] | operations).items() if moves}
    return from_body("x", 1, "x", body)


def faults(cycle: LifeCycle) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.pointer) for problem in check(cycle).errors]


def oddities(cycle: LifeCycle) -> list[tuple[str, str | None]]:
    found = check(cycle)
    assert found.errors == ()
    return [(problem.code, problem.pointer) for problem in found.warnings]


@pytest.mark.parametrize("cycle", DEFAULTS.values(), ids=DEFAULTS)
def test_the_life_cycles_of_the_house_are_flawless(cycle: LifeCycle) -> None:
    found = check(cycle)
    assert (found.errors, found.warnings) == ((), ())


def test_the_small_life_cycle_is_flawless() -> None:
    assert oddities(drawn()) == []


@pytest.mark.parametrize(
    ("operations", "wanted"),
    [
        ({"fly": [{"from": ["coded"], "to": "gone"}]}, [("unknown_operation", "/operations/fly")]),
        ({"a/b~": [{"from": ["coded"], "to": "gone"}]}, [("unknown_operation", "/operations/a~1b~0")]),
        (
            {"ship": [{"from": ["coded", "nowhere"], "to": "elsewhere"}]},
            [
                ("unknown_state", "/operations/ship/0/from/1"),
                ("unknown_state", "/operations/ship/0/to"),
            ],
        ),
        ({"ship": [{"from": ["coded", "coded"], "to": "gone"}]}, [("repeated_start", "/operations/ship/0/from/1")]),
        ({"ship": [{"from": [], "to": "gone"}]}, [("move_without_start", "/operations/ship/0/from")]),
        (
            {"ship": [{"from": ["coded"], "to": "gone"}, {"from": ["coded"], "to": "in_stock"}]},
            [("ambiguous_target", "/operations/ship")],
        ),
        ({"adjust": [{"from": ["coded"], "to": "gone"}, {"from": ["coded"], "to": "in_stock"}]}, []),
        ({"hold": [{"from": ["coded"], "to": "gone"}]}, [("must_keep_state", "/operations/hold/0/to")]),
        (
            {"install:component": [{"from": ["coded"], "to": "gone"}]},
            [("component_not_built_in", "/operations/install:component/0/to")],
        ),
        ({"ship": [{"from": ["coded"], "to": "built_in"}]}, [("built_in_without_parent", "/operations/ship/0/to")]),
        (
            {"remove:component": [{"from": ["coded"], "to": "gone"}]},
            [("part_not_taken_out", "/operations/remove:component/0")],
        ),
        (
            {"remove:component": [{"from": ["built_in"], "to": None}]},
            [("part_not_taken_out", "/operations/remove:component/0")],
        ),
        ({"move": [{"from": ["*"], "to": None}]}, [("built_in_part_touched", "/operations/move/0/from")]),
        ({"move": [{"from": ["built_in"], "to": None}]}, [("built_in_part_touched", "/operations/move/0/from")]),
        ({"commission": []}, [("life_cycle_without_birth", "/operations/commission")]),
        ({"commission": [{"from": [], "to": None}]}, [("life_cycle_without_birth", "/operations/commission")]),
        ({"commission": [{"from": [], "to": "gone"}]}, [("birth_leads_nowhere", "/operations/commission/0/to")]),
    ],
)
def test_what_is_wrong_with_operations_is_named_where_it_stands(
    operations: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    assert faults(drawn(operations=operations)) == wanted


def test_what_is_wrong_with_states_is_named_where_it_stands() -> None:
    states = [state("coded"), state("In Stock"), state("coded"), state("gone", zh=" "), state("x", en="")]
    found = faults(drawn(states=states))
    assert found[:4] == [
        ("bad_state_code", "/states/1/code"),
        ("duplicate_state", "/states/2/code"),
        ("state_without_name", "/states/3/zh"),
        ("state_without_name", "/states/4/en"),
    ]


def test_a_life_cycle_needs_states_and_not_too_many() -> None:
    assert ("life_cycle_without_states", "/states") in faults(drawn(states=[]))
    many = [state(f"s{number}") for number in range(61)]
    assert ("too_many_states", "/states") in faults(drawn(states=many))


def test_a_state_that_nothing_leads_to_is_odd() -> None:
    cycle = drawn(states=[*drawn().body()["states"], state("dreamt")])
    assert oddities(cycle) == [("state_never_reached", "/states/4")]


def test_a_state_without_a_way_out_is_odd_unless_it_is_an_end() -> None:
    lent = {"check_out": [{"from": ["in_stock"], "to": "lent"}]}
    states = drawn().body()["states"]
    assert oddities(drawn(states=[*states, state("lent")], operations=lent)) == [("dead_end", "/states/4")]
    assert oddities(drawn(states=[*states, state("lent", end=True)], operations=lent)) == []


def test_a_circle_that_never_reaches_an_end_is_odd() -> None:
    circle = {
        "check_out": [{"from": ["in_stock"], "to": "lent"}],
        "repair_in": [{"from": ["lent"], "to": "in_repair"}],
        "repair_out": [{"from": ["in_repair"], "to": "lent"}],
    }
    states = [*drawn().body()["states"], state("lent"), state("in_repair")]
    assert oddities(drawn(states=states, operations=circle)) == [
        ("no_way_to_an_end", "/states/4"),
        ("no_way_to_an_end", "/states/5"),
    ]


codes = st.sampled_from(["coded", "in_stock", "built_in", "gone", "*", "", "nowhere"])
any_moves = st.lists(st.fixed_dictionaries({"from": st.lists(codes, max_size=3), "to": st.none() | codes}), max_size=3)


@settings(max_examples=300)
@given(operations=st.dictionaries(st.sampled_from([*BY_KEY, "fly"]), any_moves, max_size=6))
def test_what_passes_the_check_never_leads_out_of_the_drawn_states(operations: dict[str, Any]) -> None:
    cycle = drawn(operations=operations)
    if check(cycle).errors:
        return
    known = {found.code for found in cycle.states}
    for key in cycle.operations:
        for code in known:
            choices = cycle.choices(key, code)
            assert known.issuperset(choices)
            assert len(choices) <= 1 or BY_KEY[key].choice
