from __future__ import annotations

import copy
import json
import threading
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.life_cycles.defaults import ASSETS, GOODS
from mazhi.kernel.life_cycles.model import Refusal
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.products.model import Product
from mazhi.kernel.products.service import Products


@pytest.fixture
def cycles(db: Database) -> LifeCycles:
    found = LifeCycles(db)
    found.seed()
    return found


def body(*, without: str | None = None, **operations: Any) -> dict[str, Any]:
    found = copy.deepcopy(GOODS.body())
    found["operations"] |= operations
    if without is not None:
        found["states"] = [state for state in found["states"] if state["code"] != without]
        for key, moves in found["operations"].items():
            for move in moves:
                move["from"] = [state for state in move["from"] if state != without]
            found["operations"][key] = [
                move for move in moves if move["to"] != without and (move["from"] or key == "commission")
            ]
    return found


def test_goods_and_assets_are_there_from_the_start(db: Database, cycles: LifeCycles) -> None:
    cycles.seed()
    assert cycles.all() == [ASSETS, GOODS]
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM life_cycle") == 2


def test_even_an_unseeded_database_knows_goods_and_assets(db: Database) -> None:
    with db.read() as tx:
        assert LifeCycles(db).load(tx) == {"goods": GOODS, "assets": ASSETS}


def test_saving_makes_the_next_version_and_keeps_the_old_one(cycles: LifeCycles) -> None:
    saved = cycles.save(
        SYSTEM, "goods", " 商品二 ", body(pick=[{"from": ["in_stock", "issued"], "to": "picked"}]), base=1
    )
    assert (saved.version, saved.name) == (2, "商品二")
    assert cycles.get("goods") == saved
    assert cycles.get("goods", version=2) == saved
    assert cycles.get("goods").target("pick", "issued") == "picked"
    assert isinstance(cycles.get("goods", version=1).target("pick", "issued"), Refusal)
    assert [(found.number, found.created_by) for found in cycles.versions("goods")] == [(2, "system"), (1, "system")]


def test_another_process_sees_the_new_version_at_once(db: Database, cycles: LifeCycles) -> None:
    other = LifeCycles(db)
    with db.read() as tx:
        other.load(tx)
    cycles.save(SYSTEM, "goods", "商品", body(pick=[{"from": ["issued"], "to": "picked"}]), base=1)
    with db.read() as tx:
        assert other.load(tx)["goods"].version == 2


def test_a_version_that_was_rolled_back_is_not_remembered(db: Database, cycles: LifeCycles) -> None:
    with db.write() as tx:
        tx.run("DELETE FROM life_cycle WHERE code = 'assets'")
    with pytest.raises(ZeroDivisionError), db.write() as tx:
        tx.run(
            "INSERT INTO life_cycle (code, version, name, body, created_at, created_by)"
            " VALUES ('assets', 1, 'ghost', :body, 5, 'x')",
            body=json.dumps(GOODS.body()),
        )
        assert cycles.load(tx)["assets"].name == "ghost"
        raise ZeroDivisionError
    with db.read() as tx:
        assert cycles.load(tx)["assets"] == ASSETS


def test_a_new_life_cycle_begins_with_version_1(cycles: LifeCycles) -> None:
    assert cycles.save(SYSTEM, "tools", "工具", ASSETS.body(), base=0).version == 1
    assert [cycle.code for cycle in cycles.all()] == ["assets", "goods", "tools"]


@pytest.mark.parametrize(("code", "base"), [("goods", 0), ("goods", 2), ("tools", 1)])
def test_who_drew_on_another_version_is_refused(cycles: LifeCycles, code: str, base: int) -> None:
    with pytest.raises(ConflictError) as refused:
        cycles.save(SYSTEM, code, "名", GOODS.body(), base=base)
    assert refused.value.code == "publish_conflict"


def test_of_several_who_save_at_once_one_wins(cycles: LifeCycles) -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        try:
            outcomes.append(str(cycles.save(SYSTEM, "goods", "商品", GOODS.body(), base=1).version))
        except ConflictError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["2", *["publish_conflict"] * 3]


def test_a_drawing_with_faults_is_refused_with_all_of_them(cycles: LifeCycles) -> None:
    wrong = body(fly=[{"from": ["coded"], "to": "sold"}], ship=[{"from": [], "to": "shipped"}])
    with pytest.raises(InvalidInputError) as refused:
        cycles.save(SYSTEM, "a/b", " ", wrong, base=0)
    assert [problem.code for problem in refused.value.problems] == [
        "slash_in_code", "text_missing", "move_without_start", "unknown_operation",
    ]  # fmt: skip


def test_a_state_that_goods_are_in_cannot_be_taken_away(db: Database, cycles: LifeCycles) -> None:
    product = Products(db, cycles).create(SYSTEM, Product(code="P", name="产品", tracking="serial"))
    with db.write() as tx:
        tx.run(
            "INSERT INTO stock (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot, quantity)"
            " VALUES (:id, 0, 0, 'picked', 'released', 0, 0, 0, 1000000)",
            id=product.id,
        )
    with pytest.raises(ConflictError) as refused:
        cycles.save(SYSTEM, "goods", "商品", body(without="picked"), base=1)
    assert refused.value.code == "states_in_use"
    assert [problem.item for problem in refused.value.problems] == ["picked"]
    assert cycles.save(SYSTEM, "goods", "商品", body(without="on_loan"), base=1).state("on_loan") is None


def test_what_is_not_there_is_not_found(cycles: LifeCycles) -> None:
    with pytest.raises(NotFoundError, match="unknown_life_cycle"):
        cycles.get("nothing")
    with pytest.raises(NotFoundError, match="unknown_version"):
        cycles.get("goods", version=9)
    assert cycles.versions("nothing") == []


def test_two_versions_are_compared(cycles: LifeCycles) -> None:
    cycles.save(SYSTEM, "goods", "商品", body(pick=[{"from": ["issued"], "to": "picked"}]), base=1)
    found = cycles.compare("goods", 1, 2)
    assert [arrow.start for arrow in found.arrows_added] == ["issued"]
    assert [arrow.start for arrow in found.arrows_removed] == ["in_stock"]


def test_a_drawing_is_checked_without_being_saved(cycles: LifeCycles) -> None:
    assert cycles.check("x", GOODS.body()).errors == ()
    assert cycles.check("x", {"states": [], "operations": {}}).errors != ()
    assert cycles.get("goods").version == 1


def test_drawing_needs_the_right(cycles: LifeCycles) -> None:
    with pytest.raises(ForbiddenError):
        cycles.save(Actor("keeper"), "goods", "商品", GOODS.body(), base=1)


def test_every_version_is_in_the_audit_trail(db: Database, cycles: LifeCycles) -> None:
    cycles.save(SYSTEM, "goods", "商品二", GOODS.body(), base=1)
    with db.read() as tx:
        row = tx.row("SELECT * FROM audit WHERE subject = 'life_cycle'")
    assert row is not None
    assert (row.key, row.action, json.loads(row.before), json.loads(row.after)) == (
        "goods", "change", {"version": 1, "name": "商品"}, {"version": 2, "name": "商品二"},
    )  # fmt: skip
