"""Many at once: nothing is ever reserved that is not there, nothing twice, and every reservation ends once."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from mazhi.kernel.reservations.model import Line, ReserveRequest
from mazhi.kernel.reservations.service import Reservations
from tests.kernel.world import World

THREADS, STEPS, PIECES, STOCK = 5, 14, 24, 40
PLACES = ("A-01", "WH2")


class Rival:
    """One of several who reserve, release, move and ship at random; each has a document of its own."""

    def __init__(self, world: World, number: int, seed: int) -> None:
        self.world = world
        self.kept = Reservations(world.db, world.cycles)
        self.document = f"SO-{number}"
        self.random = random.Random(f"{seed}-{number}")
        self.codes: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        for _ in range(STEPS):
            step = self.random.choice([self.reserve, self.reserve, self.choose, self.ship, self.move, self.release])
            try:
                step()
            except PlatformError as error:
                self.codes[error.code] += 1
                assert error.code in {"reserve_refused", "operation_refused"}
                said = {problem.code for problem in error.problems}
                assert said <= {
                    "reserved", "reserve_not_enough", "reserve_wrong_state", "wrong_state", "not_enough", "wrong_place",
                }, said  # fmt: skip
            else:
                self.codes["done"] += 1
        return self.codes

    def some(self) -> list[ItemRef]:
        return [ItemRef(f"S{one}") for one in self.random.sample(range(PIECES), 3)]

    def amount(self) -> Decimal:
        return Decimal(self.random.randint(1, 8))

    def reserve(self) -> None:
        self.kept.reserve(SYSTEM, ReserveRequest(self.document, self.some(), mode="partial"))

    def choose(self) -> None:
        lines = [Line("WM", Decimal(2)), Line("SKU", self.amount(), place=self.random.choice((*PLACES, None)))]
        self.kept.reserve(SYSTEM, ReserveRequest(self.document, lines=lines, mode="partial"))

    def ship(self) -> None:
        lines = [QuantityLine("SKU", self.amount())]
        self.world.posting.post(
            SYSTEM,
            PostRequest(
                "ship", self.some()[:1], lines, from_place=self.random.choice(PLACES), partner="D-GD",
                document=self.document, mode="partial",
            ),
        )  # fmt: skip

    def move(self) -> None:
        there, here = self.random.sample(PLACES, 2)
        lines = [QuantityLine("SKU", self.amount())]
        request = PostRequest("move", (), lines, from_place=here, place=there, document=self.document)
        self.world.posting.post(SYSTEM, request)

    def release(self) -> None:
        if self.random.random() < 0.3:
            self.kept.release(SYSTEM, self.document)


@pytest.mark.parametrize("seed", [1])
def test_reservations_never_exceed_the_stock_whoever_comes_at_once(db: Database, seed: int) -> None:
    world = World(db).furnish()
    world.bear([f"S{one}" for one in range(PIECES)], state="in_stock", place_id=world.ids["A-01"])
    for code in PLACES:
        world.post("receive", place=code, quantities=[QuantityLine("SKU", Decimal(STOCK // 2))])
    rivals = [Rival(world, number, seed) for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        codes = sum(pool.map(Rival.run, rivals), Counter())
    assert codes["done"] > THREADS
    with db.read() as tx:
        over = tx.tuples(
            "SELECT r.product_id, r.place_id, r.stock_state, sum(r.remaining), coalesce((SELECT sum(s.quantity) "
            "FROM stock s WHERE s.product_id = r.product_id AND s.place_id = r.place_id AND s.state = r.stock_state "
            "AND s.slot = 0 AND s.blocked = 0), 0) AS stands FROM reservation r WHERE r.state = 'open' "
            "AND r.item_id = 0 GROUP BY r.product_id, r.place_id, r.stock_state"
        )
        assert [row for row in over if row[3] > row[4]] == []
        gone = tx.tuples(
            "SELECT i.code, i.state FROM reservation r JOIN item i ON i.id = r.item_id "
            "WHERE r.state = 'open' AND i.state <> 'in_stock'"
        )
        assert gone == []
        twice = tx.tuples(
            "SELECT item_id FROM reservation WHERE state = 'open' AND item_id > 0 GROUP BY item_id HAVING count(*) > 1"
        )
        assert twice == []
        # What was shipped had been nobody else's: whoever had it last had released it or shipped it themselves.
        stolen = tx.tuples(
            "SELECT r.item_id FROM reservation r JOIN event e ON e.id = r.event_id "
            "WHERE r.item_id > 0 AND r.state <> 'open' AND e.document <> r.document"
        )
        assert stolen == []
        open_before = {row[0] for row in tx.tuples("SELECT document FROM reservation WHERE state = 'open'")}
    kept = Reservations(db, world.cycles)
    freed = {rival.document: (kept.release(SYSTEM, rival.document), kept.release(SYSTEM, rival.document))
             for rival in rivals}  # fmt: skip
    assert {document for document, (first, _) in freed.items() if first} == open_before
    assert {second for _, second in freed.values()} == {0}
    assert kept.page(SYSTEM)[0] == []
    assert list(verify(db)) == []


def test_of_many_who_want_the_last_piece_one_gets_it(db: Database) -> None:
    world = World(db).furnish()
    world.bear(["S1"], state="in_stock", place_id=world.ids["A-01"])
    kept = Reservations(db, world.cycles)

    def want(number: int) -> bool:
        try:
            kept.reserve(SYSTEM, ReserveRequest(f"SO-{number}", lines=[Line("WM", Decimal(1))]))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(want, range(8))) == [False] * 7 + [True]
