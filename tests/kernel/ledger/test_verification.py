from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.ledger.verification import rebuild, verify
from mazhi.kernel.migrations.guards import APPEND_ONLY
from mazhi.kernel.posting.model import PostRequest, QuantityLine
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear(["SN1", "SN2", "SN3"])
    world.bear(["IQ1"], "IQ", quality="pending")
    world.post("receive", "SN1", "SN2", "SN3", "IQ1", place="A-01")
    world.post("inspect", "IQ1", data={"quality": "released"})
    world.post("hold", "SN2", data={"reason": "漏水"})
    world.post("ship", "SN1", partner="D-GD")
    world.post("activate", "SN1", partner="C-1")
    world.posting.post(SYSTEM, PostRequest("receive", quantities=[QuantityLine("SKU", Decimal("2.5"))], place="WH1"))
    world.posting.post(SYSTEM, PostRequest("ship", quantities=[QuantityLine("SKU", Decimal("0.5"))], partner="D-GD"))
    return world


@pytest.fixture
def behind(world: World) -> Iterator[object]:
    """Take the guards away, as somebody with the database's password could."""

    def change(statement: str) -> None:
        with world.db.write() as tx:
            for table in APPEND_ONLY:
                if world.db.dialect == "sqlite":
                    for verb in ("update", "delete"):
                        tx.run(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
                else:
                    tx.run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            assert tx.run(statement).rowcount > 0

    yield change


def _id(world: World, code: str) -> str:
    return f"(SELECT item_id FROM identifier WHERE value = '{code}')"


def test_an_untouched_ledger_is_clean(world: World) -> None:
    assert list(verify(world.db)) == []


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_removed_row_names_its_item(world: World, behind: object, seq: int) -> None:
    behind(f"DELETE FROM history WHERE item_id = {_id(world, 'SN1')} AND seq = {seq}")  # type: ignore[operator]
    faults = list(verify(world.db))
    assert ("rows_missing", "SN1") in {(fault.code, fault.subject) for fault in faults}
    assert {fault.subject for fault in faults} == {"SN1"}


@pytest.mark.parametrize(
    "change",
    [
        "to_state = 'scrapped'",
        "from_state = 'scrapped'",
        "to_place = 77",
        "from_place = 77",
        "seq = seq + 10",
        "event_id = 987654",
        "actor = 'nobody'",
        "occurred_at = occurred_at - 1",
        "operation = 'move'",
        'data = \'{"quality":["released","rejected"]}\'',
    ],
)
@pytest.mark.parametrize("seq", [2, 4])
def test_an_altered_row_names_its_item(world: World, behind: object, change: str, seq: int) -> None:
    behind(f"UPDATE history SET {change} WHERE item_id = {_id(world, 'SN1')} AND seq = {seq}")  # type: ignore[operator]
    subjects = {fault.subject for fault in verify(world.db)}
    assert "SN1" in subjects
    assert not subjects & {"SN2", "SN3", "IQ1"}


@pytest.mark.parametrize(
    "change",
    [
        "state = 'in_stock'",
        "place_id = 1",
        "parent_id = 1",
        "seq = 9",
        "quality = 'rejected'",
        "holder_id = 0",
        "owner_id = 3",
        'marks = \'[["held","x",1]]\'',
        "warranty_end = '2099-01-01'",
        "product_id = 2",
        "batch_id = 2",
        "place_since = 5",
        "code = 'SN9'",
    ],
)
def test_an_altered_item_is_named_and_can_be_rebuilt(world: World, behind: object, change: str) -> None:
    before = world.item("SN1")
    behind(f"UPDATE item SET {change} WHERE code = 'SN1'")  # type: ignore[operator]
    assert {"SN1", "SN9"} & {fault.subject for fault in verify(world.db)}
    if change.startswith("code"):
        return
    with world.db.write() as tx:
        assert rebuild(tx) == 1
    assert world.item("SN1") == before
    assert list(verify(world.db)) == []


def test_a_lost_item_is_rebuilt_from_its_history(world: World, behind: object) -> None:
    before = world.item("SN2")
    behind("DELETE FROM item WHERE code = 'SN2'")  # type: ignore[operator]
    assert "item_missing" in {fault.code for fault in verify(world.db)}
    with world.db.write() as tx:
        assert rebuild(tx) == 1
    assert world.item("SN2") == before
    assert list(verify(world.db)) == []


@pytest.mark.parametrize("slot", ["slot = 0", "slot > 0"])
def test_an_altered_balance_is_named_and_can_be_rebuilt(world: World, behind: object, slot: str) -> None:
    behind(f"UPDATE stock SET quantity = quantity + 1 WHERE {slot}")  # type: ignore[operator]
    assert {fault.code for fault in verify(world.db)} <= {"stock_differs", "quantity_differs"}
    with world.db.write() as tx:
        assert rebuild(tx) == 0
    assert list(verify(world.db)) == []


def test_a_stolen_identifier_is_named(world: World, behind: object) -> None:
    behind("UPDATE identifier SET item_id = 424242 WHERE value = 'SN3'")  # type: ignore[operator]
    assert {(fault.code, fault.subject) for fault in verify(world.db)} == {
        ("identifier_missing", "SN3"),
        ("identifier_astray", "SN3"),
    }
