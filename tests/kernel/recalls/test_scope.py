from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.migrations import migrate
from mazhi.kernel.posting.model import QuantityLine
from mazhi.kernel.recalls import scope_store
from mazhi.kernel.recalls.model import Seeds, canonical, scope_hash
from tests.kernel.recalls.conftest import RecallWorld


def test_a_batch_means_its_pieces_and_everything_they_are_in(world: RecallWorld) -> None:
    world.bear(["P1", "P2", "P3"], batch_id=world.ids["PB-1"], state="in_stock", place_id=world.ids["WH1"])
    world.bear(["M1", "M2", "M3"], state="in_stock", place_id=world.ids["WH1"])
    world.put_in("M1", "P1")
    world.put_in("M2", "P2")
    opened = world.open({"batch": "PB-1"}, mock=True)
    assert (opened["total"], opened["parts"]) == (3, 2)
    rows = world.rows(opened["id"])
    assert {code: row["role"] for code, row in rows.items()} == {
        "P1": "part", "P2": "part", "P3": "unit", "M1": "unit", "M2": "unit",
    }  # fmt: skip
    assert rows["M1"]["cause"] == {"kind": "item", "code": "P1"}
    criteria = canonical({"any": [{"batch": "PB-1"}]})
    assert opened["hash"] == scope_hash(criteria, ["M1", "M2", "P1", "P2", "P3"])


def test_products_say_what_is_counted_and_the_rest_goes_with_it(world: RecallWorld) -> None:
    world.bear(["P1", "P2"], "IQ", batch_id=world.ids["PB-1"], state="in_stock")
    world.bear(["M1", "M2"])
    world.put_in("M1", "P1")
    opened = world.open({"batch": "PB-1"}, products=["WM"], mock=True)
    assert (opened["total"], opened["parts"]) == (1, 2)


def test_what_was_inside_once_still_affects_unless_it_was_taken_back(world: RecallWorld) -> None:
    world.bear(["P1", "M1", "M2", "M3", "X"])
    world.put_in("M1", "P1", until=1000)
    world.put_in("M2", "P1", until=1)
    world.put_in("M3", "P1", taken_back=True)
    ever = world.open({"component": "P1"}, mock=True)
    assert set(world.rows(ever["id"])) == {"P1", "M1", "M2"}
    now = world.open({"component": "P1", "only_now": True}, mock=True)
    assert set(world.rows(now["id"])) == {"P1"}


def test_several_levels_count_through_the_outermost(world: RecallWorld) -> None:
    world.bear(["P", "MOD", "M", "X"])
    world.put_in("MOD", "P")
    world.put_in("M", "MOD")
    opened = world.open({"codes": "P"}, mock=True)
    assert {code: row["role"] for code, row in world.rows(opened["id"]).items()} == {
        "P": "part", "MOD": "part", "M": "unit",
    }  # fmt: skip


def test_a_box_is_no_machine_but_names_what_is_in_it(world: RecallWorld) -> None:
    world.bear(["M1", "M2", "M3"])
    world.add_box("BOX", "M1", "M2")
    assert set(world.rows(world.open({"component": "M1"}, mock=True)["id"])) == {"M1"}
    assert set(world.rows(world.open({"codes": ["BOX"]}, mock=True)["id"])) == {"M1", "M2"}


def test_codes_are_a_list_or_ranges(world: RecallWorld) -> None:
    world.bear([f"SN{number:03d}" for number in range(1, 8)])
    opened = world.open({"codes": "SN001-SN003, SN007"}, mock=True)
    assert sorted(world.rows(opened["id"])) == ["SN001", "SN002", "SN003", "SN007"]
    with pytest.raises(ConflictError) as refused:
        world.open({"codes": "SN007-SN010"}, mock=True)
    assert refused.value.code == "recall_unknown_codes"
    assert refused.value.params["count"] == 3
    assert world.open({"codes": "SN007-SN010"}, mock=True, confirmed=True)["total"] == 1


def test_supplier_batch_means_every_batch_from_it(world: RecallWorld) -> None:
    world.bear(["P1"], batch_id=world.ids["PB-1"])
    world.bear(["P2"], batch_id=world.ids["PB-2"])
    assert set(world.rows(world.open({"supplier_batch": "S-PB-2"}, mock=True)["id"])) == {"P2"}


def test_a_window_means_what_was_born_in_it(world: RecallWorld) -> None:
    start = clock.now()
    world.bear(["A", "B"])
    world.bear(["C"], "IQ")
    middle = clock.now()
    world.bear(["D"])
    window = {"from": clock.to_text(start), "to": clock.to_text(middle)}
    assert set(world.rows(world.open({"product": "WM", **window}, mock=True)["id"])) == {"A", "B"}
    today = clock.to_datetime(start, clock.DEFAULT_ZONE).date().isoformat()
    preview = world.recalls.preview(world.actor, {"any": [{"product": "WM", "from": today, "to": today}]})
    assert (preview["total"], preview["everything"]) == (3, False)
    both = {"any": [{"product": "WM", "from": today, "to": today}, {"product": "IQ", "from": today, "to": today}]}
    assert world.recalls.preview(world.actor, both)["everything"] is True


def test_quantities_of_a_batch_are_shown_with_their_place_and_held(world: RecallWorld) -> None:
    for place, amount in (("WH1", 5), ("A-01", 7), ("WH2", 2)):
        world.post("receive", quantities=[QuantityLine("BT", Decimal(amount), "B2")], place=place)
    world.post("receive", quantities=[QuantityLine("BT", Decimal(3), "B1")], place="WH1")
    opened = world.open({"batch": "B2"})
    assert (opened["total"], opened["held_balances"]) == (0, 3)
    told = world.look(opened["id"])["quantities"]
    assert {(row["place"], row["quantity"], row["blocked"]) for row in told} == {
        ("WH1", 5, True), ("A-01", 7, True), ("WH2", 2, True),
    }  # fmt: skip
    with world.db.read() as tx:
        rows = tx.rows("SELECT batch_id, blocked, sum(quantity) FROM stock WHERE quantity > 0 GROUP BY 1, 2")
    assert {tuple(row) for row in rows} == {
        (world.ids["B2"], 1, 14_000_000), (world.ids["B1"], 0, 3_000_000),
    }  # fmt: skip


def test_held_quantities_are_released_with_the_closing_as_far_as_they_are_still_there(world: RecallWorld) -> None:
    for place, amount in (("WH1", 5), ("A-01", 7), ("WH2", 2)):
        world.post("receive", quantities=[QuantityLine("BT", Decimal(amount), "B2")], place=place)

    def left() -> dict[tuple[int, int], int]:
        with world.db.read() as tx:
            rows = tx.rows("SELECT place_id, blocked, quantity FROM stock WHERE quantity > 0 AND state = 'in_stock'")
        return {(row[0], row[1]): row[2] // 1_000_000 for row in rows}

    kept = world.open({"batch": "B2"})["id"]
    assert world.recalls.close(SYSTEM, kept, release_stock=False)["released_balances"] == 0
    assert {blocked for _, blocked in left()} == {1}
    world.post("release", quantities=[QuantityLine("BT", Decimal(2), "B2")], from_="WH2", data={"reason": "x"})
    number = world.open({"batch": "B2"})["id"]
    world.post("scrap", quantities=[QuantityLine("BT", Decimal(1), "B2")], from_="WH2", data={"reason": "坏"})
    assert world.recalls.close(SYSTEM, number)["released_balances"] == 1
    assert left() == {
        (world.ids["WH1"], 1): 5, (world.ids["A-01"], 1): 7, (world.ids["WH2"], 0): 1,
    }  # fmt: skip
    assert list(verify(world.db)) == []


def test_nothing_and_everything_ask_first(world: RecallWorld) -> None:
    world.bear([f"N{number:02d}" for number in range(30)], batch_id=world.ids["PB-1"])
    with pytest.raises(ConflictError) as refused:
        world.open({"batch": "PB-2"})
    assert refused.value.code == "recall_matches_nothing"
    with pytest.raises(ConflictError) as refused:
        world.open({"batch": "PB-1"})
    assert refused.value.code == "recall_matches_everything"
    assert world.recalls.reading.page(world.actor) == ([], None)
    assert world.open({"batch": "PB-2"}, mock=True, confirmed=True)["total"] == 0
    assert world.open({"batch": "PB-1"}, mock=True, confirmed=True)["total"] == 30


AT = "/criteria/any/0"
WRONG: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {"/criteria/any": "criteria_needed"}),
    ({"any": []}, {"/criteria/any": "criteria_needed"}),
    ({"any": [{"colour": "red"}, 3]}, {AT: "criterion_unknown", "/criteria/any/1": "criterion_unknown"}),
    (
        {"any": [{"batch": "NO"}], "all": []},
        {"/criteria/all": "criterion_field_unknown", f"{AT}/batch": "unknown_batch"},
    ),
    ({"any": [{"batch": 7}]}, {f"{AT}/batch": "criterion_field_wrong"}),
    ({"any": [{"batch": "PB-1", "only_now": 1}]}, {f"{AT}/only_now": "criterion_field_wrong"}),
    ({"any": [{"component": "NO"}]}, {f"{AT}/component": "unknown_item"}),
    (
        {"any": [{"line": "L1", "from": "2026-09-08T00:00:00", "to": "x"}]},
        {f"{AT}/from": "bad_moment", f"{AT}/to": "bad_moment"},
    ),
    ({"any": [{"line": "L1"}]}, {f"{AT}/from": "field_needed", f"{AT}/to": "field_needed"}),
    (
        {"any": [{"product": "WM", "from": "2026-09-09", "to": "2026-09-08"}]},
        {f"{AT}/to": "window_upside_down"},
    ),
    ({"any": [{"codes": "A9-A1"}]}, {f"{AT}/codes": "typed_descending"}),
    ({"any": [{"batch": "PB-1"}], "products": ["WM", "NO"]}, {"/criteria/products/1": "unknown_product"}),
]


@pytest.mark.parametrize(("criteria", "found"), WRONG)
def test_wrong_criteria_are_all_named(world: RecallWorld, criteria: dict[str, Any], found: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        world.recalls.preview(world.actor, criteria)
    assert {problem.pointer: problem.code for problem in refused.value.problems} == found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), pieces=st.integers(2, 14), edges=st.integers(0, 30))
def test_a_scope_is_what_brute_force_finds(world: RecallWorld, seed: int, pieces: int, edges: int) -> None:
    rng = random.Random(seed)
    world.runs += 1
    codes = [f"R{world.runs}-{number}" for number in range(pieces)]
    world.bear(codes)
    held: list[tuple[str, str, bool]] = []
    open_parent: dict[str, str] = {}
    for _ in range(edges):
        parent, child = rng.sample(codes, 2)
        over = rng.random()
        if over < 0.35 and child not in open_parent and not above(open_parent, parent, child):
            world.put_in(parent, child)
            open_parent[child] = parent
            held.append((parent, child, True))
        elif over < 0.75:
            world.put_in(parent, child, until=rng.choice([1, 5, 1000]))
            held.append((parent, child, False))
        else:
            world.put_in(parent, child, taken_back=True)
    named = rng.sample(codes, rng.randint(1, min(3, pieces)))
    for only_now in (False, True):
        criterion = {"codes": named, "only_now": only_now}
        opened = world.open(criterion, mock=True, confirmed=True)
        rows = world.rows(opened["id"])
        expected = closure(named, [(p, c) for p, c, now in held if now or not only_now])
        assert set(rows) == expected
        assert opened["total"] == len(expected - open_parent.keys())
        assert {code for code, row in rows.items() if row["role"] == "part"} == expected & open_parent.keys()
        counted = world.recalls.preview(world.actor, {"any": [criterion]})
        assert (counted["total"], counted["parts"]) == (opened["total"], opened["parts"])


def above(open_parent: dict[str, str], piece: str, wanted: str) -> bool:
    """Tell whether ``wanted`` is what ``piece`` is in, at any height; such an edge would be a cycle."""
    while piece in open_parent:
        piece = open_parent[piece]
        if piece == wanted:
            return True
    return False


def closure(named: list[str], edges: list[tuple[str, str]]) -> set[str]:
    """Find everything above the named pieces, one edge after the other, until nothing is added."""
    found = set(named)
    while more := {parent for parent, child in edges if child in found} - found:
        found |= more
    return found


def test_a_closure_goes_from_what_is_found_to_its_edges(tmp_path: Path) -> None:
    sqlite = Database(str(tmp_path / "mazhi.db"))
    migrate(sqlite)
    sql, params = scope_store.scope([Seeds(items=[1])])
    with sqlite.read() as tx:
        steps = [row[3] for row in tx.rows(f"EXPLAIN QUERY PLAN {sql} SELECT count(*) FROM affected", **params)]
    sqlite.close()
    assert "SEARCH e USING PRIMARY KEY (child_kind=? AND child_id=?)" in steps
    assert "SEARCH e USING PRIMARY KEY (child_kind=?)" not in steps
