"""Tracing down and up, now, then and ever."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.genealogy.model import BATCH, ITEM
from mazhi.kernel.genealogy.service import Genealogy, Question
from mazhi.kernel.genealogy.tracing import When, ancestors, trace
from mazhi.kernel.posting.model import PostRequest, QuantityLine
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["M1", "M2", "B", "B-old"])
    world.bear(["P1", "P2"], "TRK")
    world.post("receive", "M1", "M2", "B", "P1", "P2", place="WH1")
    return world


def ids(world: World, *codes: str) -> list[int]:
    with world.db.read() as tx:
        found = {row.code: row.id for row in tx.rows("SELECT id, code FROM item")}
    return [found[code] for code in codes]


def traced(world: World, code: str, direction: Any = "down", **rest: Any) -> dict[str, Any]:
    at, ever = rest.pop("at", None), rest.pop("ever", False)
    question = Question(direction, When(at, ever), **rest)
    return Genealogy(world.db, world.items).of_item(SYSTEM, code, question)


def codes(answer: dict[str, Any]) -> list[str]:
    return [node["code"] for node in answer["nodes"]]


def build(world: World, parent: str, *parts: str, at: int | None = None) -> int:
    event = world.post("assemble", parent, data={"components": list(parts)}, occurred_at=at).event
    assert event is not None
    return event


def test_a_tree_is_told_level_by_level_with_its_edges(world: World) -> None:
    build(world, "B", "P1")
    build(world, "M1", "B", "P2")
    answer = traced(world, "M1")
    assert [(node["code"], node["depth"]) for node in answer["nodes"]] == [("M1", 0), ("B", 1), ("P2", 1), ("P1", 2)]
    names = {node["id"]: node["code"] for node in answer["nodes"]}
    assert answer["root"] == answer["nodes"][0]["id"]
    assert sorted((names[e["parent"]], names[e["child"]]) for e in answer["edges"]) == [
        ("B", "P1"),
        ("M1", "B"),
        ("M1", "P2"),
    ]
    assert (answer["total"], answer["next"], answer["deeper"]) == (4, None, False)
    up = traced(world, "P1", "up")
    assert codes(up) == ["P1", "B", "M1"]
    shallow = traced(world, "M1", depth=1)
    assert (codes(shallow), shallow["total"], shallow["deeper"]) == (["M1", "B", "P2"], 3, True)


def test_pages_say_how_many_there_are_and_lose_none(world: World) -> None:
    many = [f"N{i:03}" for i in range(25)]
    world.bear(many, "TRK")
    build(world, "M1", *many)
    seen: list[str] = []
    edges = 0
    after = None
    while True:
        answer = traced(world, "M1", after=after, limit=7)
        assert answer["total"] == 26
        seen += codes(answer)
        edges += len(answer["edges"])
        after = answer["next"]
        if after is None:
            break
    assert seen == ["M1", *many]
    assert edges == 25
    with pytest.raises(InvalidInputError):
        traced(world, "M1", after="zz")


def test_time_decides_what_is_inside(world: World) -> None:
    hour = 3_600_000_000
    start = clock.now() - 10 * hour
    build(world, "M1", "P1", at=start)
    world.post("swap", "M1", data={"out": "P1", "in": "P2"}, occurred_at=start + 2 * hour)
    assert codes(traced(world, "M1", at=start - 1)) == ["M1"]
    assert codes(traced(world, "M1", at=start)) == ["M1", "P1"]
    assert codes(traced(world, "M1", at=start + 2 * hour)) == ["M1", "P2"]
    assert codes(traced(world, "M1")) == ["M1", "P2"]
    ever = traced(world, "M1", ever=True)
    assert codes(ever) == ["M1", "P1", "P2"]
    assert [edge["until"] is None for edge in ever["edges"]] == [False, True]
    assert codes(traced(world, "P1", "up")) == ["P1"]
    assert codes(traced(world, "P1", "up", ever=True)) == ["P1", "M1"]


def test_what_a_correction_took_back_was_never_inside(world: World) -> None:
    before = clock.now()
    event = build(world, "M1", "P1")
    world.post("remove", "M1", data={"components": ["P1"]})
    world.post("correct", data={"event": event, "chain": True})
    build(world, "M2", "P1")
    assert codes(traced(world, "P1", "up", ever=True)) == ["P1", "M2"]
    assert codes(traced(world, "M1", ever=True)) == ["M1"]
    for at in range(before, clock.now(), 1000):
        assert codes(traced(world, "M1", at=at)) == ["M1"]
    with world.db.read() as tx:
        assert ancestors(tx, [(ITEM, ids(world, "P1")[0])]) == set(ids(world, "P1", "M2"))


def test_both_ends_at_one_moment_still_held(world: World) -> None:
    at = clock.now() - 1_000_000
    build(world, "M1", "P1", at=at)
    world.post("remove", "M1", data={"components": ["P1"]}, occurred_at=at)
    build(world, "M2", "P1", at=at)
    assert codes(traced(world, "P1", "up", ever=True)) == ["P1", "M1", "M2"]
    assert codes(traced(world, "M1", ever=True)) == ["M1", "P1"]


def test_quantities_are_told_with_their_batch(world: World) -> None:
    lines = [QuantityLine("BT", Decimal(100), "B2"), QuantityLine("SKU", Decimal(50))]
    world.posting.post(SYSTEM, PostRequest("receive", quantities=lines, place="WH1"))
    world.bear(["F1"], "TRK", batch_id=world.ids["B2"])
    for unit in ("M1", "M2"):
        world.post(
            "assemble",
            unit,
            data={"components": [{"product": "BT", "batch": "B2", "quantity": 2.5}, {"product": "SKU", "quantity": 8}]},
        )
    build(world, "B", "F1")
    answer = traced(world, "M1")
    assert [(n["kind"], n["code"], n["product"]) for n in answer["nodes"][1:]] == [
        ("batch", "B2", "BT"),
        ("product", "SKU", "SKU"),
    ]
    assert sorted(edge["quantity"] for edge in answer["edges"]) == [2.5, 8]
    used = Genealogy(world.db, world.items).of_batch(SYSTEM, "B2", Question())
    assert [(n["code"], n["depth"]) for n in used["nodes"]] == [("B2", 0), ("M1", 1), ("M2", 1), ("F1", 1), ("B", 2)]
    assert used["pieces"] == [{"state": "built_in", "count": 1}]
    assert used["quantities"] == [
        {"state": "built_in", "place": None, "quantity": 5},
        {"state": "in_stock", "place": "WH1", "quantity": 95},
    ]
    assert used["units"] == [{"product": "WM", "state": "in_stock", "count": 3}]
    with world.db.read() as tx:
        assert ancestors(tx, [(BATCH, world.ids["B2"])], ever=False) == set(ids(world, "M1", "M2"))
    with pytest.raises(NotFoundError):
        Genealogy(world.db, world.items).of_batch(SYSTEM, "?", Question())


_worlds: dict[str, World] = {}
_count = iter(range(10**9))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_down_then_up_returns_to_the_start_and_ancestors_are_a_closure(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    if db.url not in _worlds:
        _worlds[db.url] = World(db).furnish()
    world = _worlds[db.url]
    named = [f"T{next(_count)}" for _ in range(10)]
    world.bear(named)
    ever: set[tuple[str, str]] = set()
    now: dict[str, str] = {}
    for _ in range(20):
        parent, child = dice.sample(named, 2)
        try:
            if dice.random() < 0.7:
                world.post("assemble", parent, data={"components": [child]})
                ever.add((parent, child))
                now[child] = parent
            elif child in now:
                world.post("remove", now[child], data={"components": [child]})
                del now[child]
        except PlatformError as error:
            assert error.code == "operation_refused", error
    known = dict(zip(named, ids(world, *named), strict=True))
    with db.read() as tx:
        for code in named:
            down = trace(tx, [(ITEM, known[code])], "down", When())
            for node in down.depths:
                assert (ITEM, known[code]) in trace(tx, [node], "up", When()).depths
            for only_now in (False, True):
                links = {(p, c) for c, p in now.items()} if only_now else ever
                expected = _closure(code, lambda c, links=links: {p for p, child in links if child == c})
                found = ancestors(tx, [(ITEM, known[code])], ever=not only_now)
                assert found == {known[one] for one in expected}


def _closure(start: str, parents: Callable[[str], set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = parents(waiting.pop()) - found
        found |= fresh
        waiting += fresh
    return found


def test_a_large_tree_is_told_whole(world: World) -> None:
    tens = [f"K{i}" for i in range(10)]
    hundreds = [f"K{i}-{j}" for i in range(10) for j in range(10)]
    thousand = [f"{code}-{k}" for code in hundreds for k in range(10)]
    world.bear([*tens, *hundreds, *thousand])
    for code in hundreds:
        build(world, code, *[f"{code}-{k}" for k in range(10)])
    for code in tens:
        build(world, code, *[f"{code}-{j}" for j in range(10)])
    build(world, "M1", *tens)
    answer = traced(world, "M1", limit=1000)
    assert answer["total"] == 1111
    assert len(answer["nodes"]) == 1000
