"""Whatever is posted in whatever order: the books agree with the ledger, and nothing is counted twice."""

from __future__ import annotations

import itertools
import random
import uuid
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from mazhi.kernel.posting.operation import PlaceRule
from tests.kernel.world import World

PLACES = ("WH1", "A-01", "WH2")
KINDS = [kind for kind in operation_kinds if kind.posted and kind.name not in {"exchange", "relabel", "correct"}]
_numbers = itertools.count()
_worlds: dict[str, World] = {}


def _world(db: Database) -> World:
    world = _worlds.get(db.url)
    if world is None:
        world = _worlds[db.url] = World(db).furnish()
    return world


def _random_request(dice: random.Random, codes: list[str], events: list[int]) -> PostRequest:
    choice = dice.random()
    chosen = dice.sample(codes, dice.randint(1, len(codes)))
    if choice < 0.12 and events:
        event = dice.choice(events)
        return PostRequest("correct", data={"event": event, "reason": "试", "chain": dice.random() < 0.5})
    if choice < 0.18:
        return PostRequest("relabel", [ItemRef(chosen[0])], data={"new": f"R{next(_numbers)}", "reason": "破损"})
    if choice < 0.26 and len(codes) > 1:
        old, new = dice.sample(codes, 2)
        return PostRequest("exchange", [ItemRef(old)], data={"new": new}, place="WH1")
    kind = dice.choice(KINDS)
    data: dict[str, Any] = {}
    if kind.name == "inspect":
        data["quality"] = dice.choice(["released", "concession", "rejected", "pending"])
    if kind.name == "adjust":
        data = {"reason": "盘点", "to": dice.choice(["in_stock", "lost"])}
    elif kind.chooses:
        data["to"] = dice.choice(["in_stock", "returned", "sold"])
    if dice.random() < 0.1:
        data["owner"] = dice.choice(["SUP", None])
    quantities = []
    if kind.quantities and dice.random() < 0.4:
        amount = Decimal(dice.randint(1, 5_000_000)) / dice.choice([1, 1000, 1_000_000])
        if kind.name == "adjust":
            amount *= dice.choice([1, -1])
        product, batch = dice.choice([("SKU", None), ("BT", "B2"), ("BT", "B1"), ("OUT", None)])
        quantities = [QuantityLine(product, amount, batch)]
    place = dice.choice(PLACES) if kind.place is PlaceRule.NEEDED or dice.random() < 0.5 else None
    return PostRequest(
        kind.name,
        [ItemRef(code) for code in chosen],
        quantities,
        place=place,
        from_place=dice.choice([None, None, "WH1"]),
        partner=dice.choice([None, "D-GD", "SUP", "C-1"]),
        mode=dice.choice(["all", "partial"]),
        client_key=str(uuid.uuid4()),
        data=data,
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_is_posted_the_books_agree_with_the_ledger(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    world = _world(db)
    number = next(_numbers)
    codes = [f"P{number}-{i}" for i in range(dice.randint(1, 6))]
    product = dice.choice(["WM", "IQ", "OUT", "TRK"])
    events = [world.bear(codes, product)]
    for _ in range(dice.randint(1, 14)):
        request = _random_request(dice, codes, events)
        before = {code: world.item(code) for code in codes}
        try:
            outcome = world.posting.post(SYSTEM, request)
        except PlatformError as error:
            assert error.code in {"operation_refused", "invalid_input"}, error
            assert {code: world.item(code) for code in codes} == before
            continue
        assert world.posting.post(SYSTEM, request) == outcome if request.client_key else True
        if outcome.event is not None:
            events.append(outcome.event)
        if request.kind not in {"correct", "exchange"}:
            assert outcome.accepted + len(outcome.refused) == len(request.items) + len(request.quantities)
    assert list(verify(db)) == []
    for code in codes:
        life = world.life(code)
        assert [event["seq"] for event in life] == list(range(1, len(life) + 1))
        assert life[-1]["to"] == {"state": world.item(code)["state"], "place": world.item(code)["place"]}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_reversing_a_whole_life_brings_back_what_was_at_birth(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    world = _world(db)
    code = f"Q{next(_numbers)}"
    born = world.bear([code], dice.choice(["WM", "IQ"]))
    at_birth = world.item(code)
    steps = [request for _ in range(10) if (request := _random_request(dice, [code], [])).kind != "relabel"]
    done = []
    for request in steps:
        try:
            outcome = world.posting.post(SYSTEM, request)
        except PlatformError:
            continue
        if outcome.event is not None and any(e["event"] == outcome.event for e in world.life(code)):
            done.append(outcome.event)
    if not done:
        return
    world.posting.post(SYSTEM, PostRequest("correct", [ItemRef(code)], data={"event": done[0], "chain": True}))
    after = world.item(code)
    assert {**after, "seq": 0} == {**at_birth, "seq": 0}
    assert list(verify(db)) == []
    world.posting.post(SYSTEM, PostRequest("correct", [ItemRef(code)], data={"event": born}))
    assert world.item(code)["state"] is None
