"""Goods that are kept for a document: who may take them, what is kept, and when it ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Counters
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError
from mazhi.kernel.posting.model import ItemRef, QuantityLine
from mazhi.kernel.reservations.model import Line, ReserveRequest
from mazhi.kernel.reservations.service import Reservations
from mazhi.kernel.tracking_change.model import Wish
from mazhi.kernel.tracking_change.service import TrackingChanges
from tests.kernel.world import World


@pytest.fixture
def world(db: Database) -> World:
    world = World(db).furnish()
    world.bear([f"S{number}" for number in range(1, 7)])
    for number in range(1, 7):
        world.post("receive", f"S{number}", place="A-01" if number < 4 else "WH2")
    world.post("receive", place="A-01", quantities=[QuantityLine("SKU", Decimal(10))])
    world.post("receive", place="WH2", quantities=[QuantityLine("SKU", Decimal(4))])
    return world


@pytest.fixture
def kept(world: World) -> Reservations:
    return Reservations(world.db, world.cycles)


def reserve(kept: Reservations, document: str, *items: str, **rest: Any) -> dict[str, Any]:
    lines = [Line(product, Decimal(quantity), **more) for product, quantity, more in rest.pop("lines", ())]
    return kept.reserve(SYSTEM, ReserveRequest(document, [ItemRef(one) for one in items], lines, **rest))


def refusals(error: pytest.ExceptionInfo[ConflictError]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.item) for problem in error.value.problems]


def states(kept: Reservations, document: str) -> list[str]:
    return [row["state"] for row in kept.page(SYSTEM, document=document, open_only=False)[0]][::-1]


def ship(world: World, document: str, *items: str, **rest: Any) -> None:
    world.post("ship", *items, partner="D-GD", document=document, **rest)


def test_a_reserved_piece_goes_with_its_document_and_with_no_other(world: World, kept: Reservations) -> None:
    assert reserve(kept, "SO-1", "S1", "S2")["items"] == 2
    for kind, rest in (("ship", {"partner": "D-GD"}), ("pick", {}), ("issue", {}), ("check_out", {"partner": "C-1"})):
        with pytest.raises(ConflictError) as error:
            world.post(kind, "S1", "S3", document="SO-2", **rest)
        assert refusals(error) == [("reserved", "S1")]
        assert error.value.problems[0].params["document"] == "SO-1"
    world.post("move", "S1", place="WH2")
    world.post("pick", "S1", document="SO-1")
    assert states(kept, "SO-1") == ["open", "open"]
    ship(world, "SO-1", "S1")
    assert states(kept, "SO-1") == ["used", "open"]
    assert kept.page(SYSTEM, document="SO-1", open_only=False)[0][-1]["event"] is not None


def test_a_box_is_refused_whole_when_one_piece_in_it_is_reserved(world: World, kept: Reservations) -> None:
    world.boxes("BOX")
    world.post("pack", "S1", "S2", data={"into": "BOX"})
    reserve(kept, "SO-1", "S2")
    with pytest.raises(ConflictError) as error:
        ship(world, "SO-2", "BOX")
    assert [code for code, _ in refusals(error)] == ["reserved"]
    assert world.posting.post(SYSTEM, _partial("SO-2", "BOX", "S3")).accepted == 1
    assert reserve(kept, "SO-1", "BOX")["items"] == 2
    ship(world, "SO-1", "BOX")
    assert states(kept, "SO-1") == ["used", "used"]


def _partial(document: str, *items: str) -> Any:
    from mazhi.kernel.posting.model import PostRequest

    return PostRequest("ship", [ItemRef(one) for one in items], partner="D-GD", document=document, mode="partial")


def test_nobody_reserves_what_another_has_or_what_cannot_be_taken(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", "S1")
    world.post("hold", "S2", data={"reason": "?"})
    world.post("scrap", "S3", data={"reason": "?"})
    with pytest.raises(ConflictError) as error:
        reserve(kept, "SO-2", "S1", "S2", "S3", "NO", "S4")
    assert sorted(refusals(error)) == [
        ("reserve_not_usable", "S2"), ("reserve_wrong_state", "S3"), ("reserved", "S1"), ("unknown_item", "NO"),
    ]  # fmt: skip
    assert states(kept, "SO-2") == []
    answer = reserve(kept, "SO-2", "S1", "S4", mode="partial")
    assert (answer["items"], [one["code"] for one in answer["refused"]]) == (1, ["reserved"])


def test_quantities_are_kept_from_others_and_used_up_by_their_document(world: World, kept: Reservations) -> None:
    answer = reserve(kept, "SO-1", lines=[("SKU", 8, {"place": "A-01"})])
    assert answer["lines"][0]["rows"] == [{"item": None, "batch": None, "place": "A-01", "quantity": 8}]
    with pytest.raises(ConflictError) as error:
        ship(world, "SO-2", from_="A-01", quantities=[QuantityLine("SKU", Decimal(3))])
    assert refusals(error) == [("reserved", "SKU")]
    ship(world, "SO-2", from_="A-01", quantities=[QuantityLine("SKU", Decimal(2))])
    ship(world, "SO-1", from_="A-01", quantities=[QuantityLine("SKU", Decimal(5))])
    assert kept.available(SYSTEM, "SKU", "A-01") == [
        {"batch": None, "place": "A-01", "quantity": 3, "reserved": 3, "available": 0}
    ]
    with pytest.raises(ConflictError) as error:
        ship(world, "SO-1", from_="A-01", quantities=[QuantityLine("SKU", Decimal(4))])
    assert refusals(error) == [("not_enough", "SKU")]
    ship(world, "SO-1", from_="A-01", quantities=[QuantityLine("SKU", Decimal(3))])
    assert states(kept, "SO-1") == ["used"]


def test_reserved_quantities_follow_when_they_are_picked_or_moved(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", lines=[("SKU", 8, {"place": "A-01"})])
    world.post("pick", from_="A-01", place="WH1", document="SO-1", quantities=[QuantityLine("SKU", Decimal(3))])
    with pytest.raises(ConflictError) as error:
        ship(world, "SO-2", from_="WH1", quantities=[QuantityLine("SKU", Decimal(3), state="picked")])
    assert refusals(error) == [("reserved", "SKU")]
    world.post("move", from_="A-01", place="WH2", quantities=[QuantityLine("SKU", Decimal(6))])
    left = {(row["place"], row["left"]) for row in kept.page(SYSTEM, document="SO-1")[0]}
    assert left == {("WH1", 3), ("A-01", 1), ("WH2", 4)}
    ship(world, "SO-1", from_="WH1", quantities=[QuantityLine("SKU", Decimal(3), state="picked")])
    assert sum(row["left"] for row in kept.page(SYSTEM, document="SO-1")[0]) == 5


def test_what_is_missing_at_a_count_is_reserved_no_longer(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", "S1", lines=[("SKU", 8, {"place": "A-01"})])
    world.post("adjust", "S1", data={"reason": "盘亏", "to": "lost"})
    world.post("adjust", place="A-01", data={"reason": "盘亏"}, quantities=[QuantityLine("SKU", Decimal(-6))])
    assert sorted(states(kept, "SO-1")) == ["gone", "open"]
    assert [row["left"] for row in kept.page(SYSTEM, document="SO-1")[0]] == [4]


def test_first_in_first_out_and_what_expires_first_then_by_bin(world: World, kept: Reservations) -> None:
    assert [row["item"] for row in kept.propose(SYSTEM, [Line("WM", Decimal(4))])[0]["rows"]] == [
        "S1",
        "S2",
        "S3",
        "S4",
    ]
    from mazhi.kernel.batches.store import batch

    world.add(batch, "B3", product_id=world.ids["BT"], expires_on="2998-01-01")
    for code in ("B1", "B2", "B3"):
        world.post("receive", place="A-01", quantities=[QuantityLine("BT", Decimal(5), batch=code)])
    (line,) = kept.propose(SYSTEM, [Line("BT", Decimal(20))])
    assert [(row["batch"], row["quantity"]) for row in line["rows"]] == [("B3", 5), ("B2", 5)]
    assert (line["wanted"], line["found"], line["missing"]) == (20, 10, 10)
    (line,) = kept.propose(SYSTEM, [Line("BT", Decimal(7), strategy="fifo")])
    assert [(row["batch"], row["quantity"]) for row in line["rows"]] == [("B2", 5), ("B3", 2)]
    assert kept.page(SYSTEM)[0] == []


def test_what_is_missing_is_told_with_who_has_it(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", lines=[("WM", 4, {})])
    with pytest.raises(ConflictError) as error:
        reserve(kept, "SO-2", lines=[("WM", 4, {}), ("SKU", 20, {})])
    assert refusals(error) == [("reserve_not_enough", "WM"), ("reserve_not_enough", "SKU")]
    assert error.value.problems[0].params == {"product": "WM", "wanted": 4, "found": 2, "documents": "SO-1"}
    answer = reserve(kept, "SO-2", lines=[("WM", 4, {}), ("SKU", 20, {})], mode="partial")
    assert [(one["found"], one["missing"]) for one in answer["lines"]] == [(2, 2), (14, 6)]
    assert [row["item"] for row in answer["lines"][0]["rows"]] == ["S5", "S6"]


def test_pieces_that_go_instead_of_chosen_ones_free_as_many(world: World, kept: Reservations) -> None:
    reserve(kept, "SO-1", lines=[("WM", 2, {})])
    ship(world, "SO-1", "S5")
    assert states(kept, "SO-1") == ["used", "open"]
    ship(world, "SO-1", "S2")
    assert states(kept, "SO-1") == ["used", "used"]
    reserve(kept, "SO-3", "S3")
    ship(world, "SO-3", "S4")
    assert states(kept, "SO-3") == ["open"]


def test_a_reservation_ends_by_hand_once_and_by_itself_when_its_time_is_over(
    world: World, kept: Reservations, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = clock.now() + 60 * clock.MICROS_PER_SECOND
    reserve(kept, "SO-1", "S1", expires_at=soon)
    reserve(kept, "SO-2", "S2", lines=[("SKU", 1, {})])
    assert (kept.release(SYSTEM, "SO-2"), kept.release(SYSTEM, "SO-2")) == (2, 0)
    with pytest.raises(ConflictError):
        ship(world, "SO-9", "S1")
    later = soon + 1
    monkeypatch.setattr(clock, "now", lambda: later)
    assert kept.page(SYSTEM, document="SO-1")[0] == []
    assert states(kept, "SO-1") == ["expired"]
    assert [row["item"] for row in kept.propose(SYSTEM, [Line("WM", Decimal(1))])[0]["rows"]] == ["S1"]
    reserve(kept, "SO-3", "S1")
    assert states(kept, "SO-1") == ["expired"]
    ship(world, "SO-3", "S1")


def test_the_same_key_reserves_once(world: World, kept: Reservations) -> None:
    first = reserve(kept, "SO-1", lines=[("SKU", 2, {})], client_key="k")
    assert reserve(kept, "SO-1", lines=[("SKU", 2, {})], client_key="k") == first
    assert len(kept.page(SYSTEM)[0]) == 1
    with pytest.raises(ConflictError, match="client_key_reused"):
        reserve(kept, "SO-1", lines=[("SKU", 3, {})], client_key="k")


def test_every_fault_of_a_request_is_named(world: World, kept: Reservations) -> None:
    lines = [("NO", 1, {}), ("WM", "1.5", {}), ("BT", 1, {"batch": "X"}), ("SKU", 0, {}), ("SKU", 1, {"place": "NO"})]
    with pytest.raises(InvalidInputError) as error:
        reserve(kept, "SO-1", lines=lines)
    assert [(one.pointer, one.code) for one in error.value.problems] == [
        ("/lines/0/product", "unknown_product"), ("/lines/1/quantity", "reserve_whole_pieces"),
        ("/lines/2/batch", "unknown_batch"), ("/lines/3/quantity", "bad_quantity"), ("/lines/4/place", "unknown_place"),
    ]  # fmt: skip
    with pytest.raises(InvalidInputError) as error:
        reserve(kept, "", expires_at=1)
    assert [one.code for one in error.value.problems] == ["reserve_no_document", "nothing_to_do", "reserve_over"]
    with pytest.raises(ForbiddenError):
        kept.reserve(Actor("x"), ReserveRequest("SO-1", [ItemRef("S1")]))


def test_reserved_quantities_stay_reserved_when_they_get_batches_and_not_when_they_become_pieces(
    world: World, kept: Reservations
) -> None:
    changes = TrackingChanges(world.db, CodeRules(world.db, Counters(world.db)), world.item_ids, world.event_ids)
    reserve(kept, "SO-1", lines=[("SKU", 8, {"place": "A-01"})])
    changes.change(SYSTEM, "SKU", Wish(to="batch", batch="Q1"))
    (row,) = kept.page(SYSTEM, document="SO-1")[0]
    assert (row["batch"], row["place"], row["left"]) == ("Q1", "A-01", 8)
    with pytest.raises(ConflictError) as error:
        ship(world, "SO-2", from_="A-01", quantities=[QuantityLine("SKU", Decimal(3), batch="Q1")])
    assert refusals(error) == [("reserved", "SKU")]
    CodeRules(world.db, Counters(world.db)).create(SYSTEM, {
        "code": "R", "name": "R", "segments": [{"kind": "constant", "value": "R"}, {"kind": "counter", "width": 4}],
    })  # fmt: skip
    changes.change(SYSTEM, "SKU", Wish(to="serial", rule="R"))
    assert kept.page(SYSTEM, document="SO-1")[0] == []
    assert states(kept, "SO-1") == ["moved", "gone"]
