"""Proposals: what came first, or expires first, and never what may not be taken."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.batches.store import batch
from mazhi.kernel.db import Database
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from mazhi.kernel.products.store import product
from mazhi.kernel.reservations.model import Line, ReserveRequest
from mazhi.kernel.reservations.service import Reservations
from tests.kernel.world import World

TODAY = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date()
DAYS = (-1, 0, 1, 9, None)
"""In how many days a batch expires; None: never."""
numbers = itertools.count(1)


@dataclass(frozen=True)
class Lot:
    """A batch that stands at a place: so much of it, and what is done to it."""

    days: int | None
    place: str
    amount: int
    done: Literal["", "held", "recalled", "reserved", "rejected", "scrapped", "over"]


lots = st.lists(
    st.builds(
        Lot, st.sampled_from(DAYS), st.sampled_from(["A-01", "WH2"]), st.integers(1, 3),
        st.sampled_from(["", "", "", "held", "recalled", "reserved", "rejected", "scrapped", "over"]),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def _may_go(lot: Lot, pieces: bool) -> bool:
    fresh = lot.days is None or lot.days >= 0
    # A quantity is not recalled piece by piece; that is what its batch is held for.
    return fresh and (lot.done in {"", "over"} or (lot.done == "recalled" and not pieces))


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(found=lots, strategy=st.sampled_from(["fifo", "fefo"]), wanted=st.integers(1, 12), pieces=st.booleans())
def test_what_is_proposed_is_the_first_that_may_go(
    db: Database, found: list[Lot], strategy: Literal["fifo", "fefo"], wanted: int, pieces: bool
) -> None:
    world = _world(db)
    kept, run = Reservations(db, world.cycles), next(numbers)
    goods = f"P{run}"
    world.add(product, goods, name="件", tracking="serial" if pieces else "batch")
    stand: list[tuple[Lot, int]] = []
    for number, lot in enumerate(found):
        expires = None if lot.days is None else (TODAY + timedelta(days=lot.days)).isoformat()
        world.add(batch, f"L{run}-{number}", product_id=world.ids[goods], expires_on=expires)
        _stand(world, kept, goods, f"L{run}-{number}", lot, pieces=pieces)
        stand.append((lot, number))
    before = _history(world)
    line = Line(goods, Decimal(wanted), strategy=strategy)
    (told,) = kept.propose(SYSTEM, [line])
    assert _history(world) == before  # a proposal is no scan, and leaves nothing behind
    assert kept.page(SYSTEM, product=goods, document="NEW", open_only=False)[0] == []
    good = [(lot, number) for lot, number in stand if _may_go(lot, pieces)]
    good.sort(key=lambda pair: (_expires(pair[0]) if strategy == "fefo" else date.min, pair[1]))
    expected: list[str] = []
    for lot, number in good:
        expected += [f"L{run}-{number}"] * min(lot.amount, wanted - len(expected))
    proposed: list[str] = []
    for row in told["rows"]:
        proposed += [row["batch"]] * int(row["quantity"])
    assert proposed == expected
    assert (told["found"], told["missing"]) == (len(expected), wanted - len(expected))
    # Who reserves gets just what was proposed, and nobody is proposed it any more.
    kept.reserve(SYSTEM, ReserveRequest("NEW", lines=[line], mode="partial"))
    rows = kept.page(SYSTEM, product=goods, document="NEW")[0]
    assert sum(row["left"] for row in rows) == len(expected)
    rest = kept.propose(SYSTEM, [Line(goods, Decimal(100))])[0]["found"]
    assert rest == sum(lot.amount for lot, _ in good) - len(expected)
    kept.release(SYSTEM, "NEW")


def _expires(lot: Lot) -> date:
    return date.max if lot.days is None else TODAY + timedelta(days=lot.days)


def _world(db: Database) -> World:
    with db.read() as tx:
        ids: dict[str, int] = {row[1]: row[0] for row in tx.tuples("SELECT id, code FROM place")}
    return World(db, ids=ids) if ids else World(db).furnish()


def _stand(world: World, kept: Reservations, goods: str, lot_code: str, lot: Lot, *, pieces: bool) -> None:
    refs, lines = [], []
    if pieces:
        codes = [f"{lot_code}.{number}" for number in range(lot.amount)]
        world.bear(codes, goods, batch_id=world.ids[lot_code])
        refs = [ItemRef(code) for code in codes]
    else:
        sound = "released" if lot.done == "rejected" else None
        lines = [QuantityLine(goods, Decimal(lot.amount), lot_code, quality=sound)]

    def post(kind: str, **rest: Any) -> None:
        world.posting.post(SYSTEM, PostRequest(kind, refs, lines, **rest))

    post("receive", place=lot.place)
    if lot.done == "held":
        post("hold", from_place=None if pieces else lot.place, data={"reason": "?"})
    elif lot.done == "recalled" and pieces:
        post("recall_mark", data={"reason": "?"})
    elif lot.done == "rejected":
        post("inspect", data={"quality": "rejected"}, from_place=None if pieces else lot.place)
    elif lot.done == "scrapped":
        post("scrap", from_place=None if pieces else lot.place, data={"reason": "?"})
    elif lot.done in {"reserved", "over"}:
        wanted = [] if pieces else [Line(goods, Decimal(lot.amount), batch=lot_code, place=lot.place)]
        kept.reserve(SYSTEM, ReserveRequest(lot_code, refs, wanted, expires_at=clock.now() + 10**12, mode="partial"))
        if lot.done == "over":
            with world.db.write() as tx:
                tx.run("UPDATE reservation SET expires_at = 1 WHERE document = :lot", lot=lot_code)


def _history(world: World) -> tuple[int, int]:
    with world.db.read() as tx:
        return tx.scalar("SELECT count(*) FROM history"), tx.scalar("SELECT count(*) FROM event")
