from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.life_cycles.defaults import ASSETS, DEFAULTS, GOODS
from mazhi.kernel.life_cycles.model import LifeCycle, Refusal, State, from_body, moves
from mazhi.kernel.life_cycles.operations import BY_KEY, KINDS

STATES = [
    "coded",
    "in_stock",
    "issued",
    "built_in",
    "picked",
    "shipped",
    "at_dealer",
    "sold",
    "returned",
    "in_repair",
    "on_loan",
    "lost",
    "scrapped",
]
LIVE = [state for state in STATES if state not in {"built_in", "lost", "scrapped"}]
NOT_BUILT_IN = [state for state in STATES if state != "built_in"]
SAME = "="

# The default life cycle of goods as it is promised to clients: operation → start states → where they lead.
GOODS_PROMISED: dict[str, tuple[list[str], list[str]]] = {
    "receive": (["coded", "shipped", "returned"], ["in_stock"]),
    "putaway": (["in_stock", "picked", "issued"], ["in_stock"]),
    "issue": (["in_stock"], ["issued"]),
    "pick": (["in_stock"], ["picked"]),
    "ship": (["in_stock", "picked", "at_dealer", "returned"], ["shipped"]),
    "store_receive": (["shipped"], ["at_dealer"]),
    "activate": (["shipped", "at_dealer"], ["sold"]),
    "return_": (["shipped", "at_dealer", "sold"], ["returned"]),
    "repair_in": (["returned", "sold"], ["in_repair"]),
    "repair_out": (["in_repair"], ["returned", "sold", "in_stock"]),
    "check_out": (["in_stock"], ["on_loan"]),
    "check_in": (["on_loan"], ["in_stock", "returned"]),
    "exchange": (["shipped", "at_dealer", "sold", "returned", "in_repair"], ["returned"]),
    "exchange:new": (["in_stock", "picked"], ["sold"]),
    "assemble": (LIVE, [SAME]),
    "install": (LIVE, [SAME]),
    "disassemble": (LIVE, [SAME]),
    "remove": (LIVE, [SAME]),
    "swap": (LIVE, [SAME]),
    "assemble:component": (["coded", "in_stock", "issued"], ["built_in"]),
    "install:component": (["coded", "in_stock", "issued"], ["built_in"]),
    "swap:in": (["coded", "in_stock", "issued"], ["built_in"]),
    "disassemble:component": (["built_in"], ["in_stock", "returned", "scrapped"]),
    "remove:component": (["built_in"], ["in_stock", "returned", "scrapped"]),
    "swap:out": (["built_in"], ["returned"]),
    "move": (LIVE, [SAME]),
    "pack": (LIVE, [SAME]),
    "unpack": (LIVE, [SAME]),
    "adjust": (NOT_BUILT_IN, ["in_stock", "lost"]),
    "scrap": (NOT_BUILT_IN, ["scrapped"]),
    **dict.fromkeys(
        ("count", "inspect", "hold", "release", "relabel", "recall_mark", "recall_clear"), (STATES, [SAME])
    ),
}


def test_goods_have_the_promised_states() -> None:
    assert [state.code for state in GOODS.states] == STATES
    assert GOODS.birth == "coded"


def test_assets_have_the_promised_states() -> None:
    assert [state.code for state in ASSETS.states] == [
        "in_stock", "in_use", "lent", "in_maintenance", "lost", "scrapped",
    ]  # fmt: skip
    assert ASSETS.birth == "in_stock"


def test_goods_know_every_operation_and_no_other() -> None:
    assert set(GOODS.operations) == {*GOODS_PROMISED, "commission"}
    assert set(GOODS.operations) == set(BY_KEY)


@pytest.mark.parametrize("operation", GOODS_PROMISED)
@pytest.mark.parametrize("state", STATES)
def test_goods_lead_where_it_was_promised(operation: str, state: str) -> None:
    starts, ends = GOODS_PROMISED[operation]
    if state not in starts:
        refusal = GOODS.target(operation, state)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "wrong_state"
        assert refusal.params["state"] == state
        assert set(starts) == set(refusal.params["allowed"])  # type: ignore[call-overload]
        return
    wanted = [state if end == SAME else end for end in ends]
    assert sorted(GOODS.choices(operation, state)) == sorted(wanted)
    for end in wanted:
        assert GOODS.target(operation, state, end) == end


def test_without_a_choice_the_first_drawn_state_is_taken() -> None:
    assert GOODS.target("check_in", "on_loan") == "in_stock"
    assert GOODS.target("remove:component", "built_in") == "in_stock"


def test_a_choice_that_was_not_drawn_is_refused_with_those_that_were() -> None:
    assert GOODS.target("repair_out", "in_repair", "lost") == Refusal(
        "wrong_choice", {"to": "lost", "choices": ["returned", "sold", "in_stock"], "life_cycle": "goods"}
    )


def test_commission_starts_from_nowhere() -> None:
    assert GOODS.starts("commission") == ()
    assert GOODS.drawn_from("commission") is None
    assert isinstance(GOODS.target("commission", "coded"), Refusal)


@given(operation=st.sampled_from(sorted(GOODS.operations)), cycle=st.sampled_from(list(DEFAULTS.values())))
def test_nothing_starts_from_a_voided_item(operation: str, cycle: LifeCycle) -> None:
    assert isinstance(cycle.target(operation, ""), Refusal)


def test_what_may_start_anywhere_also_starts_from_a_state_that_was_removed_since() -> None:
    assert GOODS.target("hold", "a_state_of_version_1") == "a_state_of_version_1"
    assert isinstance(GOODS.target("move", "a_state_of_version_1"), Refusal)


def test_an_operation_that_is_not_drawn_is_refused() -> None:
    assert ASSETS.target("ship", "in_stock") == Refusal(
        "wrong_state", {"state": "in_stock", "allowed": [], "life_cycle": "assets"}
    )


def test_quantities_are_drawn_from_where_received_goods_are() -> None:
    wanted = {
        "issue": "in_stock", "pick": "in_stock", "putaway": "in_stock", "ship": "in_stock", "move": "in_stock",
        "inspect": "in_stock", "scrap": "in_stock", "adjust": "in_stock", "assemble:component": "in_stock",
        "activate": "shipped", "store_receive": "shipped", "return_": "shipped", "repair_out": "in_repair",
        "check_in": "on_loan", "disassemble:component": "built_in",
    }  # fmt: skip
    assert {operation: GOODS.drawn_from(operation) for operation in wanted} == wanted


def test_built_in_lost_scrapped_and_voided_are_not_live() -> None:
    assert [state for state in (*STATES, "") if not GOODS.is_live(state)] == ["built_in", "lost", "scrapped", ""]


def test_a_state_is_found_by_its_code() -> None:
    found = GOODS.state("sold")
    assert found is not None
    assert (found.zh, found.group, found.end) == ("已售出", "user", True)
    assert GOODS.state("unknown") is None


@pytest.mark.parametrize("cycle", DEFAULTS.values(), ids=DEFAULTS)
def test_a_life_cycle_survives_being_written_as_json(cycle: LifeCycle) -> None:
    again = from_body(cycle.code, cycle.version, cycle.name, json.loads(json.dumps(cycle.body())))
    assert again == cycle
    for operation in cycle.operations:
        for state in cycle.states:
            assert again.choices(operation, state.code) == cycle.choices(operation, state.code)


def test_a_precise_start_beats_the_start_from_anywhere() -> None:
    state = State("a", "甲", "A", "ours", "dot", "ink")
    cycle = LifeCycle("x", 1, "x", (state,), {"move": moves(("*", None), ("a", "b"))})
    assert cycle.target("move", "a") == "b"
    assert cycle.target("move", "c") == "c"


def test_without_a_drawn_birth_an_item_is_born_in_the_first_state() -> None:
    state = State("a", "甲", "A", "ours", "dot", "ink")
    assert LifeCycle("x", 1, "x", (state,), {}).birth == "a"


def test_the_kinds_are_the_rows_without_roles() -> None:
    assert "exchange" in KINDS
    assert "exchange:new" not in KINDS
