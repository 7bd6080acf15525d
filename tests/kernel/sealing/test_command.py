from __future__ import annotations

import json
from pathlib import Path

import pytest

from mazhi import cli
from mazhi.bootstrap import Settings, build
from mazhi.kernel.sealing.publishing import Publisher, Publishing
from tests.kernel.sealing.conftest import tell_a_story
from tests.kernel.world import World


@pytest.fixture(autouse=True)
def environment(db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAZHI_DATABASE_URL", db_url)
    monkeypatch.setenv("MAZHI_DATA", str(tmp_path / "data"))
    system = build(Settings.from_environment())
    world = World(system.db).furnish()
    tell_a_story(world, system.seals)
    world.bear(["LAST"])
    Publisher(system.db, Publishing(folder=tmp_path / "kept")).publish()
    system.db.close()


def test_what_waits_is_sealed_and_all_is_clean(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["verify", "--ledger", "--checkpoints", str(tmp_path / "kept")]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "4 个区块" in shown.err
    assert "公钥指纹" in shown.err
    assert "没有发现差错" in shown.err


def test_a_fault_ends_with_1_and_names_the_row(capsys: pytest.CaptureFixture[str], db_url: str, tmp_path: Path) -> None:
    system = build(Settings.from_environment())
    with system.db.write() as tx:
        if tx.dialect == "sqlite":
            tx.run("DROP TRIGGER history_refuses_update")
        else:
            tx.run("SET LOCAL session_replication_role = replica")
        tx.run("UPDATE history SET actor = 'y' WHERE seq = 1 AND item_id = (SELECT id FROM item WHERE code = 'P3')")
    system.db.close()
    assert cli.main(["verify", "--ledger", "--json"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ("row_altered", "P3") in [(one["code"], one["subject"]) for one in found]
    assert all(one["message"] for one in found)


def test_items_and_stock_are_written_anew_from_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    system = build(Settings.from_environment())
    with system.db.write() as tx:
        tx.run("UPDATE item SET state = 'scrapped', parent_id = NULL WHERE code = 'P3'")
        tx.run("UPDATE stock SET quantity = quantity + 1")
    system.db.close()
    assert cli.main(["verify"]) == 1
    assert cli.main(["verify", "--rebuild"]) == 0
    assert "1 件与履历不符" in capsys.readouterr().err


def test_balances_are_no_concern_of_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    system = build(Settings.from_environment())
    with system.db.write() as tx:
        tx.run("UPDATE stock SET quantity = quantity + 1 WHERE state = 'built_in'")
        tx.run(
            "INSERT INTO stock (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot, quantity) "
            "SELECT id, 0, 0, 'built_in', 'released', 0, 0, 0, 5 FROM product WHERE code = 'SKU'"
        )
    system.db.close()
    assert cli.main(["verify", "--json"]) == 1
    codes = {json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()}
    assert "built_in_differs" in codes
    assert cli.main(["verify", "--ledger"]) == 0


def test_a_folder_that_is_none_is_a_wrong_call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["verify", "--checkpoints", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
