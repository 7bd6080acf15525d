from __future__ import annotations

from dataclasses import replace

from mazhi.kernel.life_cycles.defaults import GOODS
from mazhi.kernel.life_cycles.diff import Arrow, Difference, compare
from mazhi.kernel.life_cycles.model import State, moves


def test_a_life_cycle_does_not_differ_from_itself() -> None:
    assert compare(GOODS, GOODS) == Difference((), (), (), (), ())


def test_states_and_arrows_that_came_and_went_are_named() -> None:
    sold = next(state for state in GOODS.states if state.code == "sold")
    newer = replace(
        GOODS,
        states=(
            *(state for state in GOODS.states if state.code not in {"sold", "on_loan"}),
            replace(sold, zh="已成交"),
            State("shown", "展示", "Shown", "channel", "half", "teal"),
        ),
        operations={**GOODS.operations, "check_out": moves(("in_stock", "shown")), "pick": ()},
    )
    assert compare(GOODS, newer) == Difference(
        states_added=("shown",),
        states_removed=("on_loan",),
        states_changed=("sold",),
        arrows_added=(Arrow("check_out", "in_stock", "shown"),),
        arrows_removed=(Arrow("pick", "in_stock", "picked"), Arrow("check_out", "in_stock", "on_loan")),
    )


def test_birth_is_an_arrow_from_nowhere() -> None:
    newer = replace(GOODS, operations={**GOODS.operations, "commission": moves(("", "in_stock"))})
    found = compare(GOODS, newer)
    assert found.arrows_added == (Arrow("commission", "", "in_stock"),)
    assert found.arrows_removed == (Arrow("commission", "", "coded"),)
