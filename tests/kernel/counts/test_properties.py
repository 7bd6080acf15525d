"""Random stock, random movements and random scans: the differences are those of a simple model."""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.places.store import place
from mazhi.kernel.posting.model import QuantityLine
from mazhi.kernel.products.store import product
from tests.kernel.counts.conftest import Shop, make_shop

PIECES, SPOTS = 6, ("IN1", "IN2", "OUT")
"""Pieces of each example; the first two spots are counted."""


@pytest.fixture
def shop(db: Database) -> Iterator[Shop]:
    with tempfile.TemporaryDirectory() as folder:
        yield make_shop(db, Path(folder))


numbers = itertools.count(1)


@dataclass
class Model:
    """What the books say, what was frozen and what was found, in plain dictionaries."""

    kind: str
    at: dict[int, str] = field(default_factory=dict)
    goods: Counter[str] = field(default_factory=Counter)
    frozen: dict[int, str] = field(default_factory=dict)
    frozen_goods: Counter[str] = field(default_factory=Counter)
    found: dict[int, tuple[str, str]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    touched_after: set[int] = field(default_factory=set)
    counted: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def freeze(self) -> None:
        self.frozen = {piece: spot for piece, spot in self.at.items() if spot in SPOTS[:2]}
        self.frozen_goods = Counter({spot: self.goods[spot] for spot in SPOTS[:2]})

    def move(self, piece: int, spot: str) -> None:
        if self.at[piece] != spot:
            self.touched.add(piece)
            self.touched_after.add(piece)
        self.at[piece] = spot

    def scan(self, piece: int, spot: str) -> None:
        if piece not in self.found:
            self.found[piece] = (spot, self.at[piece])
            self.touched_after.discard(piece)

    def differences(self) -> set[tuple[Any, ...]]:
        return {*self._pieces(), *self._goods()}

    def _pieces(self) -> Iterator[tuple[Any, ...]]:
        live = self.kind == "live"
        for piece, spot in self.frozen.items():
            if piece not in self.found and not (live and piece in self.touched):
                yield ("missing", piece, spot, spot, piece in self.touched)
        for piece, (spot, book) in self.found.items():
            known = self.frozen.get(piece)
            was = book if live or known is None else known
            moved = piece in (self.touched_after if live or known is None else self.touched)
            if was in {"", "lost"}:
                yield ("surplus", piece, spot, None, moved)
            elif was != spot:
                yield ("wrong_place", piece, spot, was, moved)
            elif not live and known is None:
                yield ("surplus", piece, spot, spot, True)

    def _goods(self) -> Iterator[tuple[Any, ...]]:
        for spot in SPOTS[:2]:
            scans, frozen, now = self.counted.get(spot), self.frozen_goods[spot], self.goods[spot]
            total = sum(amount for amount, _ in scans or ())
            if self.kind == "snapshot":
                if total != frozen:
                    yield ("quantity", frozen, total, spot, now != frozen)
            elif scans:
                if total != scans[-1][1]:
                    yield ("quantity", scans[-1][1], total, spot, len({book for _, book in scans}) > 1)
            elif now and frozen:
                yield ("quantity", now, 0, spot, now != frozen)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, PIECES - 1), st.sampled_from(SPOTS)),
        st.tuples(st.just("scan"), st.integers(0, PIECES - 1), st.sampled_from(SPOTS[:2])),
        st.tuples(st.just("ship"), st.integers(0, PIECES - 1), st.just("")),
        st.tuples(st.just("hold"), st.integers(0, PIECES - 1), st.just("")),
        st.tuples(st.just("goods"), st.integers(1, 3), st.sampled_from(SPOTS[:2])),
        st.tuples(st.just("less"), st.integers(1, 3), st.just("IN1")),
        st.tuples(st.just("count"), st.integers(0, 4), st.sampled_from(SPOTS[:2])),
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["snapshot", "live"]),
    standing=st.lists(st.sampled_from((*SPOTS, "")), min_size=PIECES, max_size=PIECES),
    stock=st.integers(0, 4),
    script=steps,
)
def test_the_differences_are_those_of_a_simple_model(
    shop: Shop, kind: str, standing: list[str], stock: int, script: list[tuple[str, int, str]]
) -> None:
    run, model = next(numbers), Model(kind)
    spots = {spot: _furnish(shop, f"{spot}-{run}") for spot in SPOTS}
    shop.world.add(product, f"P{run}", name="件", tracking="serial")
    shop.world.add(product, f"Q{run}", name="量", tracking="sku")
    codes = [f"X{run}-{number}" for number in range(PIECES)]
    shop.world.bear(codes, f"P{run}")
    for number, spot in enumerate(standing):
        model.at[number] = spot
        if spot:
            shop.world.post("receive", codes[number], place=spots[spot])
    if stock:
        _receive(shop, run, spots["IN1"], stock)
        model.goods["IN1"] = stock
    shop.open(spots["IN1"], spots["IN2"], kind=kind)
    model.freeze()
    for step in script:
        _step(shop, model, step, codes, spots, run)
    shop.finish()
    assert _told(shop, codes, spots) == model.differences()
    before = {one["line"]: one for one in shop.differences()}
    answer = shop.post()
    assert answer["state"] == "posted"
    # What was counted and what left since may come to less than nothing: then the count is not believed.
    impossible = {one["line"] for one in before.values() if not one["moved"] and _left(model, one, spots) < 0}
    assert {one["line"] for one in shop.differences() if one["problem"] == "not_enough"} == impossible
    assert answer["refused"] == len(impossible)
    assert answer["adjusted"] == sum(not one["moved"] for one in before.values()) - len(impossible)
    _check_books(shop, model, before, codes, spots, run)
    assert list(verify(shop.world.db)) == []


def _furnish(shop: Shop, code: str) -> str:
    number = shop.world.add(place, code, name=code, kind="warehouse", path="/0/")
    with shop.world.db.write() as tx:
        tx.run("UPDATE place SET path = :path WHERE id = :id", path=f"/{number}/", id=number)
    return code


def _receive(shop: Shop, run: int, spot: str, amount: int) -> None:
    shop.world.post("receive", place=spot, quantities=[QuantityLine(f"Q{run}", Decimal(amount))])


def _step(
    shop: Shop, model: Model, step: tuple[str, int, str], codes: list[str], spots: dict[str, str], run: int
) -> None:
    what, number, spot = step
    if what == "scan":
        shop.scan(codes[number], spots[spot])
        model.scan(number, spot)
    elif what == "count":
        shop.scan(f"Q{run}", spots[spot], number)
        model.counted.setdefault(spot, []).append((number, model.goods[spot]))
    elif what == "goods":
        _receive(shop, run, spots[spot], number)
        model.goods[spot] += number
    elif what == "less":
        amount = min(number, model.goods[spot])
        if amount:
            lines = [QuantityLine(f"Q{run}", Decimal(amount))]
            shop.world.post("issue", from_=spots[spot], place="WH2", quantities=lines)
            model.goods[spot] -= amount
    elif what == "hold":
        shop.world.post("hold", codes[number], data={"reason": "?"})
        shop.world.post("release", codes[number], data={"reason": "?"})
    else:
        try:
            if what == "ship":
                shop.world.post("ship", codes[number], partner="D-GD")
            else:
                shop.world.post("receive" if model.at[number] in {"", "lost"} else "move", codes[number],
                                place=spots[spot])  # fmt: skip
        except ConflictError as error:  # not from this state
            assert {problem.code for problem in error.problems} == {"wrong_state"}
            return
        if what == "ship" or model.at[number] in {"", "lost"}:
            model.touched |= {number}
            model.touched_after |= {number}
        model.move(number, spot)


def _told(shop: Shop, codes: list[str], spots: dict[str, str]) -> set[tuple[Any, ...]]:
    named = {code: spot for spot, code in spots.items()}
    told: set[tuple[Any, ...]] = set()
    for one in shop.differences():
        where = named[one["place"]]
        if one["kind"] == "quantity":
            told.add(("quantity", one["expected"], one["counted"], where, one["moved"]))
        else:
            number = codes.index(one["item"])
            told.add((one["kind"], number, where, named.get(one["book_place"]), one["moved"]))
    return told


def _left(model: Model, one: dict[str, Any], spots: dict[str, str]) -> int:
    """Say what a quantity comes to: what was counted and what the books moved since it was counted."""
    if one["kind"] != "quantity":
        return 0
    spot = next(spot for spot, code in spots.items() if code == one["place"])
    scans = model.counted.get(spot)
    since = scans[-1][1] if model.kind == "live" and scans else one["expected"]
    return int(one["counted"] + model.goods[spot] - since)


def _check_books(
    shop: Shop, model: Model, before: dict[int, dict[str, Any]], codes: list[str], spots: dict[str, str], run: int
) -> None:
    """After posting, what was not moved is where it was found."""
    for one in before.values():
        if one["moved"] or one["kind"] == "quantity":
            continue
        item = shop.world.item(one["item"])
        wanted = ("lost", None) if one["kind"] == "missing" else (item["state"], one["place"])
        assert (item["state"], item["place"]) == wanted
    stock = shop.world.stock()
    for spot in SPOTS[:2]:
        changed = [
            one for one in before.values()
            if one["kind"] == "quantity" and one["place"] == spots[spot] and not one["moved"]
        ]  # fmt: skip
        expected = model.goods[spot]
        for one in changed:
            left = _left(model, one, spots)
            expected = left if left >= 0 else expected
        assert stock.get((f"Q{run}", spots[spot], "in_stock"), 0) == expected
