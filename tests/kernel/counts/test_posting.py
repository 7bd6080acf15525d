"""Posting a count: the books are what was found, each piece exactly once, whatever happens in between."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from mazhi.kernel.counts import adjusting
from mazhi.kernel.counts.model import Decision
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.posting.model import QuantityLine
from tests.kernel.counts.conftest import ANNA, BOSS, Shop


def count_something(shop: Shop) -> None:
    shop.open()
    for code, place in (("S1", "A-01"), ("S3", "A-01"), ("S4", "WH1"), ("S5", "WH1"), ("??", "WH1")):
        shop.scan(code, place)
    shop.scan("SKU", "A-01", 7)
    shop.scan("B2", "WH1", 6)
    shop.finish()


def test_the_books_are_what_was_found_and_equal_the_report(shop: Shop) -> None:
    count_something(shop)
    assert shop.post()["state"] == "posted"
    world = shop.world
    assert [(world.item(code)["state"], world.item(code)["place"]) for code in ("S1", "S2", "S3", "S4", "S5")] == [
        ("in_stock", "A-01"), ("lost", None), ("in_stock", "A-01"), ("in_stock", "WH1"), ("in_stock", "WH1"),
    ]  # fmt: skip
    assert world.stock() == {
        ("WM", "A-01", "in_stock"): 2, ("WM", "WH1", "in_stock"): 2, ("WM", "", "lost"): 1,
        ("SKU", "A-01", "in_stock"): 7, ("BT", "WH1", "in_stock"): 6,
    }  # fmt: skip
    assert {one["kind"]: bool(one["event"]) for one in shop.differences()} == {
        "missing": True, "wrong_place": True, "surplus": True, "quantity": True, "unknown": False,
    }  # fmt: skip
    first = shop.number
    assert [one["operation"] for one in world.life("S3")] == ["commission", "receive", "count", "move"]
    assert {one["document"] for one in world.life("S3")[2:]} == {first}
    assert shop.counts.post(BOSS, first) == {**shop.counts.post(BOSS, first), "adjusted": 6, "left": 1, "refused": 0}
    shop.open()
    for code, place in (("S1", "A-01"), ("S3", "A-01"), ("S4", "WH1"), ("S5", "WH1")):
        assert shop.scan(code, place) == "right"
    shop.scan("SKU", "A-01", 7)
    shop.scan("B2", "WH1", 6)
    shop.finish()
    assert shop.told() == set()
    assert list(verify(world.db)) == []


def test_what_moved_after_the_count_or_was_decided_against_stays(shop: Shop) -> None:
    count_something(shop)
    lines = {(one["kind"], one["item"] or one["product"]): one["line"] for one in shop.differences()}
    shop.counts.decide(BOSS, shop.number, [Decision(lines["surplus", "S5"], "leave", "样机")])
    shop.world.post("ship", "S4", partner="D-GD")
    shop.world.post("hold", "S2", data={"reason": "?"})
    shop.world.post("ship", from_="A-01", partner="D-GD", quantities=[QuantityLine("SKU", Decimal(9))])
    answer = shop.post()
    assert (answer["adjusted"], answer["left"], answer["refused"]) == (3, 2, 2)
    problems = {one["item"] or one["product"]: one["problem"] for one in shop.differences() if one["problem"]}
    assert problems == {"S4": "count_moved_since", "SKU": "not_enough"}
    assert shop.world.item("S5")["state"] == "coded"
    assert shop.world.item("S2")["state"] == "lost"


def test_a_missing_quantity_is_taken_from_sound_goods_of_ours_first(shop: Shop) -> None:
    shop.world.post("hold", from_="A-01", place="A-01", data={"reason": "?"},
                    quantities=[QuantityLine("SKU", Decimal(4))])  # fmt: skip
    shop.open("A-01", tracking=("sku",))
    shop.scan("SKU", None, 3)
    shop.finish()
    shop.post()
    with shop.world.db.read() as tx:
        rows = tx.tuples("SELECT blocked, quantity FROM stock WHERE slot = 0 AND product_id = :id AND quantity <> 0",
                         id=shop.world.ids["SKU"])  # fmt: skip
    assert rows == [(1, 3_000_000)]


class KilledError(BaseException):
    """Stands for a power cut."""


@pytest.mark.parametrize("at", [1, 2, 3, 5, 7, 10])
def test_a_kill_in_the_middle_posts_every_piece_exactly_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(adjusting, "CHUNK", 2)
    monkeypatch.setattr(adjusting, "AT_ONCE", 0)
    count_something(shop)
    shop.counts.approve(BOSS, shop.number)
    number, calls = shop.number, Counter[str]()
    assert shop.counts.post(BOSS, number)["state"] == "posting"
    real = shop.world.posting.post_in

    def post_in(*given: Any) -> Any:
        calls["n"] += 1
        outcome = real(*given)
        if calls["n"] == at:
            raise KilledError
        return outcome

    monkeypatch.setattr(shop.world.posting, "post_in", post_in)
    with pytest.raises(KilledError):
        shop.jobs.run_pending()
    monkeypatch.setattr(shop.world.posting, "post_in", real)
    _forget_lease(shop)
    shop.jobs.run_pending()
    assert shop.counts.reading.get(ANNA, number)["state"] == "posted"
    for code, kinds in {"S1": ["count"], "S2": ["adjust"], "S3": ["count", "move"], "S5": ["count", "adjust"]}.items():
        assert [one["operation"] for one in shop.world.life(code) if one["document"] == number] == kinds
    assert shop.world.stock()["SKU", "A-01", "in_stock"] == 7
    assert shop.world.stock()["BT", "WH1", "in_stock"] == 6
    assert list(verify(shop.world.db)) == []


def _forget_lease(shop: Shop) -> None:
    """Let the time of the dead worker be over."""
    with shop.world.db.write() as tx:
        tx.run("UPDATE job SET state = 'queued', worker = '', lease_until = 0, run_at = 0 WHERE state = 'running'")


def test_a_cancelled_job_is_followed_by_one_that_goes_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjusting, "AT_ONCE", 0)
    count_something(shop)
    shop.counts.approve(BOSS, shop.number)
    job = shop.counts.post(BOSS, shop.number)["job"]
    shop.jobs.cancel(BOSS, job)
    with pytest.raises(ConflictError, match="count_wrong_state"):
        shop.counts.cancel(BOSS, shop.number)
    monkeypatch.setattr(adjusting, "AT_ONCE", 10)
    assert shop.counts.post(BOSS, shop.number)["state"] == "posted"
