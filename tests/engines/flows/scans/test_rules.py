"""The rules of scan steps, without a database: where a piece goes, and what follows from what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.engines.flows.scans.model import (
    POLICIES,
    Match,
    Posting,
    Reason,
    Rules,
    Want,
    divide,
    match,
    missing,
    verdict,
)
from mazhi.kernel.errors import Problem
from mazhi.kernel.scanning.pieces import MILLION, Piece

WM = Piece("item", item_id=1, code="S1", product_id=10, product="WM")
BT = Piece("goods", product_id=20, product="BT", batch_id=2, tracking="batch", quantity=5)


def want(line: int, product: int, expected: int, *, item: int = 0, batch: int = 0, done: int = 0) -> Want:
    return Want(line, item, product, batch, expected, done)


@pytest.mark.parametrize(
    ("piece", "wants", "listed", "extra", "expected"),
    [
        (WM, [want(1, 10, MILLION, item=1), want(2, 10, MILLION)], False, 0, Match(((1, MILLION),), 1)),
        (WM, [want(1, 10, MILLION, done=MILLION), want(2, 10, MILLION)], False, 0, Match(((2, MILLION),))),
        (WM, [want(1, 10, MILLION, done=MILLION)], False, 0, Match(((1, MILLION),), 0, "extra")),
        (WM, [want(1, 10, 2 * MILLION, done=2 * MILLION)], False, 50, Match(((1, MILLION),))),
        (WM, [], True, 0, Match(fault="not_listed")),
        (WM, [], False, 0, Match(fault="wrong_product")),
        (BT, [want(1, 20, 9), want(2, 20, 3, batch=2)], False, 0, Match(((2, 3), (1, 2)))),
        (BT, [want(1, 20, 9, batch=3)], False, 0, Match(fault="wrong_batch")),
        (BT, [want(1, 20, 3), want(2, 20, 1)], False, 0, Match(((1, 3), (2, 2)), 0, "extra")),
    ],
    ids=["very-item", "next-line", "too-many", "tolerated", "other-piece", "no-product", "by-batch", "batch", "over"],
)  # fmt: skip
def test_a_piece_goes_to_its_very_line_its_batch_its_product(
    piece: Piece, wants: list[Want], listed: bool, extra: float, expected: Match
) -> None:
    found = match(piece, wants, Rules(extra=extra), listed=listed)
    assert (dict(found.shares), found.exact, found.fault) == (dict(expected.shares), expected.exact, expected.fault)


@pytest.mark.parametrize("policy", [one for one in POLICIES if one != "missing"])
@pytest.mark.parametrize(("says", "taken", "told"), [("refuse", False, 1), ("warn", True, 1), ("pass", True, 0)])
def test_each_policy_refuses_warns_or_passes(policy: str, says: str, taken: bool, told: int) -> None:
    reasons = [Reason(policy, Problem("x"))]
    rules = Rules(policies={policy: says})  # type: ignore[dict-item]  # one of the three
    assert (verdict(reasons, rules)[0], verdict(reasons, rules)[1] is not None) == (taken, bool(told))
    assert verdict(reasons, Rules())[0] is False, "what the flow does not say is refused"
    assert verdict(reasons, Rules().eased({policy})) == (True, Problem("x")), "let pass, and told"
    assert verdict([*reasons, Reason("", Problem("held"))], rules)[0] is False, "what the posting refuses never passes"


def test_the_gravest_that_refuses_is_told_before_what_only_warns() -> None:
    rules = Rules(policies={"wrong_place": "warn"})
    reasons = [Reason("wrong_place", Problem("place")), Reason("extra", Problem("extra"))]
    assert verdict(reasons, rules) == (False, Problem("extra"))


def test_what_may_be_missing_is_missing_nowhere() -> None:
    wants = [want(1, 10, 100, done=95), want(2, 10, 100, done=94), want(3, 10, 100, done=110)]
    assert [one.line for one in missing(wants, Rules(missing=5))] == [2]


def test_rules_are_what_they_were_when_they_are_read_again() -> None:
    rules = Rules(policies={"held": "warn"}, operation=Posting("ship", partner_id=3, data={"a": 1}), states=["x"])
    assert Rules.read(rules.body()) == rules


@given(
    lines=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6)), min_size=1, max_size=4),
    scans=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=8),
)
def test_lines_have_the_same_in_whatever_order_and_as_much_as_possible(
    lines: list[tuple[int, int]], scans: list[tuple[int, int]]
) -> None:
    wants = [want(place, 20, expected, batch=batch) for place, (batch, expected) in enumerate(lines, 1)]

    def one_by_one(order: list[tuple[int, int]]) -> dict[int, int]:
        found = [replace(one) for one in wants]
        for batch, quantity in order:
            piece = replace(BT, batch_id=batch, quantity=quantity)
            for line, share in match(piece, found, Rules(extra=10**6)).shares:
                found[line - 1].done += share
        return {one.line: one.done for one in found}

    totals: dict[int, int] = {}
    for batch, quantity in scans:
        totals[batch] = totals.get(batch, 0) + quantity
    done = one_by_one(scans)
    room: dict[int, int] = {}
    for batch, expected in lines:
        room[batch] = room.get(batch, 0) + expected
    own = sum(min(total, room.get(batch, 0)) for batch, total in totals.items() if batch)
    rest = sum(total - min(total, room.get(batch, 0) if batch else 0) for batch, total in totals.items())
    matched = sum(min(done[place], expected) for place, (_, expected) in enumerate(lines, 1))
    assert matched == own + min(rest, room.get(0, 0))
    assert divide(wants, totals) == done == one_by_one(scans[::-1])
