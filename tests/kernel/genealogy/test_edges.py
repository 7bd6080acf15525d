"""The edges themselves: what the database refuses, and what the rules of cutting them say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from mazhi.kernel.db import Database
from mazhi.kernel.genealogy.model import BATCH, Edge, trade
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.migrations.guards import EDGES
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["M1", "P1", "P2"])
    world.post("receive", "M1", "P1", "P2", place="WH1")
    world.post("assemble", "M1", data={"components": ["P1", "P2"]})
    world.post("remove", "M1", data={"components": ["P2"]})
    return world


@pytest.mark.parametrize("table", EDGES)
@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM {t}",
        "UPDATE {t} SET until_event = 99, until_at = 99 WHERE until_event IS NOT NULL",
        "UPDATE {t} SET until_event = NULL, until_at = NULL WHERE until_event IS NOT NULL",
        "UPDATE {t} SET until_event = 99 WHERE until_event IS NULL",
        "UPDATE {t} SET quantity = 5, until_event = 99, until_at = 99 WHERE until_event IS NULL",
        "UPDATE {t} SET parent_id = 5, until_event = 99, until_at = 99 WHERE until_event IS NULL",
        "UPDATE {t} SET since_at = 5, until_event = 99, until_at = 99 WHERE until_event IS NULL",
    ],
)
def test_the_database_lets_an_edge_end_once_and_nothing_else(world: World, table: str, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), world.db.write() as tx:
        tx.run(change.format(t=table))


@pytest.mark.parametrize("table", EDGES)
def test_an_edge_may_end(world: World, table: str) -> None:
    with world.db.write() as tx:
        assert tx.run(f"UPDATE {table} SET until_event = 99, until_at = 99 WHERE until_event IS NULL").rowcount == 1
    assert {(fault.code, fault.subject) for fault in verify(world.db)} == (
        {("edge_missing", "P1"), ("edges_differ", "M1")} if table == "part_in" else {("edges_differ", "M1")}
    )


def test_no_item_has_two_parents(world: World) -> None:
    with pytest.raises(DatabaseError), world.db.write() as tx:
        tx.run(
            "INSERT INTO part_in (child_kind, child_id, parent_id, since_event, quantity, since_at) "
            "SELECT child_kind, child_id, 77, 99, quantity, since_at FROM part_in WHERE until_event IS NULL"
        )


def test_an_item_that_says_it_is_elsewhere_is_named(world: World) -> None:
    with world.db.write() as tx:
        tx.run("UPDATE item SET parent_id = NULL WHERE code = 'P1'")
        tx.run("UPDATE item SET parent_id = 77 WHERE code = 'P2'")
    codes = {(fault.code, fault.subject) for fault in verify(world.db)}
    assert {("edge_astray", "P1"), ("edge_missing", "P2"), ("item_differs", "P1"), ("item_differs", "P2")} <= codes


def test_a_quantity_inside_something_must_be_in_the_books(world: World) -> None:
    with world.db.write() as tx:
        for table in EDGES:
            tx.run(
                f"INSERT INTO {table} (parent_id, child_kind, child_id, since_event, quantity, since_at) "
                f"VALUES (1, 'batch', {world.ids['B2']}, 1, 5000000, 1)"
            )
    assert [(fault.code, fault.subject) for fault in verify(world.db)] == [("built_in_differs", "BT/B2/built_in")]


@given(st.lists(st.integers(1, 50), max_size=6), st.integers(0, 200), st.integers(0, 50))
def test_cutting_edges_keeps_the_sum(quantities: list[int], taken: int, added: int) -> None:
    edges = [Edge(1, BATCH, 2, event, None, quantity, 0, None) for event, quantity in enumerate(quantities)]
    taken = min(taken, sum(quantities))
    closed, left = trade(edges, taken, added)
    kept = [edge for edge in edges if edge not in closed]
    assert sum(edge.quantity for edge in kept) + left == sum(quantities) - taken + added
    assert left >= 0
    assert [edge.since_event for edge in closed] == sorted((e.since_event for e in closed), reverse=True)
