from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.boms.model import NamedLine
from mazhi.kernel.boms.service import Boms
from mazhi.kernel.db import Database
from mazhi.kernel.migrations.guards import LEDGER
from tests.kernel.world import World


@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize("change", ["UPDATE {t} SET actor = 'x'", "DELETE FROM {t}"])
def test_the_database_itself_refuses_to_change_what_was_written(db: Database, table: str, change: str) -> None:
    world = World(db).furnish()
    world.bear(["SN1"])
    world.post("receive", "SN1", place="WH1")
    if table == "stock_move":
        change = change.replace("actor = 'x'", "quantity = 1")
    with db.write() as tx:
        tx.run(
            "INSERT INTO stock_move (event_id, line, product_id, batch_id, from_place_id, from_state, from_quality, "
            "from_owner_id, from_blocked, to_place_id, to_state, to_quality, to_owner_id, to_blocked, quantity) "
            "VALUES (1, 0, 1, 0, 0, '', '', 0, 0, 1, 'in_stock', 'released', 0, 0, 1)"
        )
        tx.run(
            "INSERT INTO audit (recorded_at, actor, subject, key, action, before, after) "
            "VALUES (1, 'a', 's', 'k', 'change', '{}', '{}')"
        )
    with pytest.raises(DatabaseError, match="append-only"), db.write() as tx:
        tx.run(change.format(t=table))


@pytest.mark.parametrize("table", ["history", "event"])
def test_replacing_or_truncating_is_refused_too(db: Database, table: str) -> None:
    world = World(db).furnish()
    world.bear(["SN1"])
    statement = f"TRUNCATE {table}"
    if db.dialect == "sqlite":
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    with pytest.raises(DatabaseError, match="append-only"), db.write() as tx:
        tx.run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE identifier SET item_id = 7",
        "DELETE FROM identifier",
        "UPDATE bom_version SET note = 'x'",
        "DELETE FROM bom_version",
        "UPDATE bom_line SET quantity = 1",
        "DELETE FROM bom_line",
    ],
)
def test_codes_and_released_bills_of_materials_are_only_ever_added(db: Database, statement: str) -> None:
    world = World(db).furnish()
    world.bear(["SN1"])
    boms = Boms(db)
    boms.publish(SYSTEM, "WM", 0, [NamedLine("BT", Decimal(2))])
    with pytest.raises(DatabaseError, match="append-only"), db.write() as tx:
        tx.run(statement)
    boms.publish(SYSTEM, "WM", 1, [NamedLine("SKU", Decimal(1))])
    assert boms.get("WM").bom.version == 2
