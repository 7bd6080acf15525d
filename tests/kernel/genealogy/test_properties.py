"""Whatever is built, taken apart, packed and corrected in whatever order: the books and the edges agree."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from tests.kernel.world import World

_numbers = itertools.count()
_worlds: dict[str, World] = {}
MODEST = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _world(db: Database) -> World:
    if db.url not in _worlds:
        world = _worlds[db.url] = World(db).furnish()
        lines = [QuantityLine("BT", Decimal(10_000), "B2"), QuantityLine("SKU", Decimal(10_000))]
        for place in ("WH1", "WH2"):
            world.posting.post(SYSTEM, PostRequest("receive", quantities=lines, place=place))
    return _worlds[db.url]


class _Yard:
    """A few items and packages, and random things that are done to them."""

    def __init__(self, world: World, dice: random.Random) -> None:
        self.world, self.dice = world, dice
        number = next(_numbers)
        self.items = [f"Y{number}-{i}" for i in range(6)]
        self.boxes = [f"Y{number}-B{i}" for i in range(3)]
        world.bear(self.items, dice.choice(["WM", "TRK"]))
        world.post("receive", *self.items, place=dice.choice(["WH1", "WH2"]))
        world.boxes(*self.boxes)
        self.events: list[int] = []

    def _component(self) -> Any:
        roll = self.dice.random()
        if roll < 0.6:
            return self.dice.choice(self.items)
        quantity = self.dice.choice([1, 2.5, 0.000001])
        if roll < 0.8:
            return {"product": "SKU", "quantity": quantity, "from": "WH1"}
        return {"product": "BT", "batch": "B2", "quantity": quantity, "from": "WH2"}

    def _parts(self) -> list[tuple[str, str]]:
        """Return what is inside what now, in codes."""
        with self.world.db.read() as tx:
            rows = tx.rows(
                "SELECT p.code AS parent, i.code AS part, i.state AS state FROM item i "
                "JOIN item p ON p.id = i.parent_id WHERE i.code ANY(:codes, text) ORDER BY i.id",
                codes=self.items + self.boxes,
            )
        return [(row.parent, row.part) for row in rows]

    def _taking_out(self) -> PostRequest | None:
        """Take something out of what it truly is inside of."""
        parts = self._parts()
        if not parts or self.dice.random() < 0.3:
            return None
        parent, part = self.dice.choice(parts)
        if parent in self.boxes:
            return PostRequest("unpack", [ItemRef(part)])
        kind = self.dice.choice(["remove", "swap", "disassemble"])
        if kind == "swap":
            return PostRequest(kind, [ItemRef(parent)], data={"out": part, "in": self._component()})
        data = {"components": [part, *([self._component()] if self.dice.random() < 0.4 else [])]}
        return PostRequest(kind, [ItemRef(parent)], data=data, mode=self.dice.choice(["all", "partial"]))

    def _request(self) -> PostRequest:
        dice = self.dice
        if dice.random() < 0.35 and (request := self._taking_out()) is not None:
            return request
        some = [ItemRef(code) for code in dice.sample(self.items + self.boxes, dice.randint(1, 3))]
        unit = [ItemRef(dice.choice(self.items))]
        mode = dice.choice(["all", "partial"])
        kind = dice.choice(
            ["assemble", "install", "remove", "disassemble", "swap", "pack", "pack", "pack", "unpack", "move", "pick",
             "ship", "return_", "putaway", "hold", "move", "putaway", "scrap"]
        )  # fmt: skip
        if kind in {"assemble", "install"}:
            data = {"components": [self._component() for _ in range(dice.randint(1, 3))]}
            return PostRequest(kind, unit, data=data, mode=mode)
        if kind in {"remove", "disassemble"}:
            parts = [self._component() for _ in range(dice.randint(1, 2))]
            data = {} if kind == "disassemble" and dice.random() < 0.5 else {"components": parts}
            return PostRequest(kind, unit, data={**data, "to": dice.choice(["in_stock", "returned"])}, mode=mode)
        if kind == "swap":
            return PostRequest(kind, unit, data={"out": self._component(), "in": self._component()}, mode=mode)
        if kind == "pack":
            data = {"into": dice.choice(self.boxes), "from_package": dice.random() < 0.3}
            return PostRequest(kind, some, data=data, mode=mode, place=dice.choice([None, None, "WH2"]))
        if kind == "unpack":
            data = {"package": dice.choice(self.boxes)} if dice.random() < 0.5 else {}
            return PostRequest(kind, [] if data and dice.random() < 0.5 else some, data=data, mode=mode)
        place = dice.choice(["WH1", "WH2"])
        return PostRequest(kind, some, place=place, mode=mode, partner="D-GD" if kind == "ship" else None)

    def do(self, request: PostRequest) -> int | None:
        """Try something; return the event, or None if it was refused."""
        try:
            outcome = self.world.posting.post(SYSTEM, request)
        except PlatformError as error:
            assert error.code in {"operation_refused", "invalid_input", "chain_too_long"}, error
            return None
        return outcome.event

    def do_something(self) -> None:
        """Do one random thing, and keep its event."""
        event = self.do(self._request())
        if event is not None:
            self.events.append(event)

    def look(self) -> dict[str, Any]:
        """Return everything there is: items, balances, open edges."""
        with self.world.db.read() as tx:
            items = tx.rows(
                "SELECT code, state, quality, owner_id, marks, holder_id, place_id, parent_id, place_since, state_since"
                " FROM item WHERE code >= :low AND code < :high ORDER BY id",
                low=self.items[0][:-1],
                high=self.items[0][:-1] + "\U0010ffff",
            )
            ids = [row[0] for row in tx.rows("SELECT id FROM item WHERE code ANY(:codes, text)", codes=self.items)]
            edges = tx.rows(
                "SELECT parent_id, child_kind, child_id, sum(quantity) AS quantity FROM part_of "
                "WHERE until_event IS NULL AND parent_id ANY(:ids, bigint) "
                "GROUP BY parent_id, child_kind, child_id ORDER BY parent_id, child_kind, child_id",
                ids=ids,
            )
            stock = tx.rows(
                "SELECT product_id, batch_id, place_id, state, quality, owner_id, blocked, sum(quantity) AS quantity "
                "FROM stock GROUP BY product_id, batch_id, place_id, state, quality, owner_id, blocked "
                "HAVING sum(quantity) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7"
            )
        return {
            "items": [tuple(row) for row in items],
            "edges": [(*row[:3], int(row[3])) for row in edges],
            "stock": [(*row[:7], int(row[7])) for row in stock],
        }

    def check(self) -> None:
        """Contents are where their package is; everything has one parent; the ledger says the same."""
        with self.world.db.read() as tx:
            apart = tx.rows(
                "SELECT i.code FROM item i JOIN item p ON p.id = i.parent_id WHERE p.kind = 'package' "
                "AND (i.state <> p.state OR i.place_id <> p.place_id OR i.holder_id <> p.holder_id)"
            )
            many = tx.rows(
                "SELECT child_id FROM part_of WHERE child_kind = 'item' AND until_event IS NULL "
                "GROUP BY child_id HAVING count(*) > 1"
            )
            loose = tx.rows(
                "SELECT i.code FROM item i LEFT JOIN item p ON p.id = i.parent_id "
                "WHERE i.state = 'built_in' AND (p.id IS NULL OR p.kind = 'package' OR i.place_id <> 0)"
            )
        assert (apart, many, loose) == ([], [], [])
        assert list(verify(self.world.db)) == []


@MODEST
@given(seed=st.integers(0, 2**32))
def test_in_any_order_everything_has_one_parent_and_the_books_agree(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    yard = _Yard(_world(db), dice)
    for _ in range(dice.randint(5, 25)):
        if yard.events and dice.random() < 0.15:
            data = {"event": dice.choice(yard.events), "chain": dice.random() < 0.6}
            named = [ItemRef(dice.choice(yard.items))] if dice.random() < 0.4 else []
            yard.do(PostRequest("correct", named, data=data, mode=dice.choice(["all", "partial"])))
        else:
            yard.do_something()
    yard.check()


@MODEST
@given(seed=st.integers(0, 2**32))
def test_correcting_everything_newest_first_restores_every_projection(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    yard = _Yard(_world(db), dice)
    for _ in range(dice.randint(0, 8)):
        yard.do_something()
    before = yard.look()
    yard.events.clear()
    for _ in range(dice.randint(1, 8)):
        yard.do_something()
    for event in reversed(yard.events):
        assert yard.do(PostRequest("correct", data={"event": event})) is not None
    assert yard.look() == before
    yard.check()
