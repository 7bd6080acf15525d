"""Label rolls: made before their items, given out, bound by one scan, spoiled, returned; always balanced."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from mazhi.bootstrap import System
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.posting.model import ItemRef, PostRequest
from mazhi.kernel.rolls.binding import BindRequest, Bound
from mazhi.kernel.rolls.model import NewPart, NewRoll, Scan
from mazhi.kernel.rolls.service import Given, Range

BODY = NewPart(name="机身", kind="piece", rule="W")
FAMILY = (
    NewPart(name="机身", kind="piece", count=4, rule="W"),
    NewPart(name="彩盒", kind="alias", count=4, rule="B", namespace="colour_box"),
    NewPart(name="外箱", kind="package", count=1, rule="C", package_type="CTN"),
)
"""子母标: four machines, each with its colour box, and the carton around them."""


def make(system: System, code: str = "R1", sets: int | None = 3, parts: Any = FAMILY, product: str = "WM") -> None:
    system.rolls.make(SYSTEM, NewRoll(code=code, name="", product=product, sets=sets, parts=parts))


def issued(system: System, **rest: Any) -> None:
    make(system, **rest)
    system.rolls.issue(SYSTEM, rest.get("code", "R1"), Given(place="L1", line="A"))


def bind(system: System, *labels: str, whole_set: bool = False, item: str | None = None, **rest: Any) -> Bound:
    ref = None if item is None else ItemRef(item)
    scans = [Scan(label, ref, whole_set) for label in labels]
    return system.roll_binding.bind(SYSTEM, BindRequest(scans=scans, **rest))


def balance(system: System, code: str = "R1") -> dict[str, Any]:
    found: dict[str, Any] = system.roll_reading.get(code)["balance"]
    return found


def problems(error: PlatformError) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.pointer) for problem in error.problems]


def item(system: System, code: str) -> dict[str, Any]:
    return system.items.find(SYSTEM, code)


def test_one_scan_of_a_child_lets_the_piece_be_born_and_links_it_to_its_mother(system: System) -> None:
    issued(system)
    bound = bind(system, "W00002", place="L1")
    assert [(one["label"], one["kind"], one["package"]) for one in bound.labels] == [
        ("W00002", "piece", "C00001"),
        ("C00001", "package", None),
    ]
    machine = item(system, "W00002")
    assert (machine["product"], machine["state"], machine["place"], machine["parent"]) == (
        "WM",
        "coded",
        "L1",
        "C00001",
    )
    assert item(system, "B00002")["code"] == "W00002"  # its colour box leads to it
    bind(system, "B00003", place="L1")  # the colour box's label stands for its machine
    assert item(system, "W00003")["parent"] == "C00001"
    assert system.packaging.look(SYSTEM, "C00001")["count"] == 2
    assert system.packaging.look(SYSTEM, "C00001")["type"]["code"] == "CTN"
    assert [event["operation"] for event in system.items.history(SYSTEM, "W00002")[0]] == ["commission", "pack"]
    assert list(verify(system.db)) == []
    assert balance(system) == {
        "made": 27, "ready": 0, "spoiled_before": 0, "issued": 27, "bound": 5, "spoiled": 0, "returned": 0,
        "left": 22, "missing": 0, "adds_up": True,
    }  # fmt: skip


def test_one_scan_binds_a_whole_set_and_the_mother_stands_for_what_is_in_it(system: System) -> None:
    issued(system)
    assert len(bind(system, "W00001", whole_set=True).labels) == 5
    assert system.packaging.look(SYSTEM, "C00001")["pieces"] == 4
    bind(system, "C00002")
    assert system.packaging.look(SYSTEM, "C00002")["pieces"] == 4
    with pytest.raises(ConflictError) as caught:
        bind(system, "C00002")
    assert problems(caught.value) == [("label_bound", "/scans/0")]
    assert balance(system)["bound"] == 18
    assert list(verify(system.db)) == []


def test_nested_packages_are_packed_from_the_inside_out(system: System) -> None:
    parts = (
        NewPart(name="机身", kind="piece", count=4, rule="W"),
        NewPart(name="中盒", kind="package", count=2, rule="B"),
        NewPart(name="外箱", kind="package", count=1, rule="C"),
    )
    issued(system, sets=1, parts=parts)
    bind(system, "W00003")
    assert (item(system, "W00003")["parent"], item(system, "B00002")["parent"]) == ("B00002", "C00001")
    system.rolls.spoil(SYSTEM, ["B00001"], "torn")
    bind(system, "W00001")  # its own box's label is torn: it goes into the carton as it is
    assert item(system, "W00001")["parent"] == "C00001"


def test_a_label_stuck_on_a_piece_that_exists_becomes_its_code(system: System) -> None:
    issued(system, parts=(BODY,))
    system.making.make(SYSTEM, MakeRequest(product="WM", codes="OLD1"))
    bind(system, "W00001", item="OLD1")
    found = item(system, "OLD1")
    assert found["code"] == "W00001"
    assert [event["operation"] for event in system.items.history(SYSTEM, "W00001")[0]] == ["commission", "relabel"]
    system.making.make(SYSTEM, MakeRequest(product="CY", codes="CY1"))
    with pytest.raises(ConflictError) as caught:
        bind(system, "W00002", item="CY1")
    assert problems(caught.value) == [("label_of_other_product", "/scans/0/item")]
    assert balance(system)["bound"] == 1


def test_a_label_is_never_bound_twice_nor_before_it_was_given_out_nor_for_another_product(system: System) -> None:
    make(system, parts=(BODY,), sets=5)
    with pytest.raises(ConflictError) as caught:
        bind(system, "W00001")
    assert problems(caught.value) == [("label_not_issued", "/scans/0")]
    system.rolls.issue(SYSTEM, "R1", Given(sets=Range(first=1, last=4)))
    bind(system, "W00001")
    system.rolls.spoil(SYSTEM, ["W00003"], "torn")
    with pytest.raises(ConflictError) as caught:
        bind(system, "W00001", "W00002", "W00002", "W00003", "W00005", "W99999")
    assert problems(caught.value) == [
        ("label_bound", "/scans/0"),
        ("duplicate_in_request", "/scans/2"),
        ("label_spoiled", "/scans/3"),
        ("label_not_issued", "/scans/4"),
        ("not_on_a_roll", "/scans/5"),
    ]
    for rest, code in (({"product": "CY"}, "label_for_other_product"), ({"roll": "R9"}, "label_of_other_roll")):
        with pytest.raises(ConflictError) as caught:
            bind(system, "W00002", **rest)
        assert problems(caught.value) == [(code, "/scans/0")]
    assert balance(system)["bound"] == 1


def test_codes_of_a_roll_are_kept_from_every_other_way_of_making_items(system: System) -> None:
    make(system, parts=(NewPart(name="机身", kind="piece", codes="A1-A3"),), sets=None)
    with pytest.raises(ConflictError) as caught:
        system.making.make(SYSTEM, MakeRequest(product="CY", codes="A2, A9"))
    assert [problem.item for problem in caught.value.problems] == ["A2"]
    system.making.make(SYSTEM, MakeRequest(product="WM", codes="X1"))
    with pytest.raises(ConflictError) as caught:
        system.posting.post(SYSTEM, PostRequest("relabel", [ItemRef("X1")], data={"new": "A2", "reason": "r"}))
    assert caught.value.problems[0].code == "already_exists"
    # Another namespace is another world.
    system.making.make(SYSTEM, MakeRequest(product="CY", codes="A2", namespace="supplier"))


def test_labels_cannot_have_codes_of_items_or_of_other_rolls(system: System) -> None:
    system.making.make(SYSTEM, MakeRequest(product="WM", codes="A2"))
    make(system, code="R0", parts=(NewPart(name="机身", kind="piece", codes="A5"),), sets=None)
    with pytest.raises(ConflictError) as caught:
        make(system, parts=(NewPart(name="机身", kind="piece", codes="A1-A6"),), sets=None)
    assert [problem.item for problem in caught.value.problems] == ["A2", "A5"]
    # A rule's codes that are taken are drawn again.
    system.making.make(SYSTEM, MakeRequest(product="WM", codes="W00002"))
    make(system, parts=(BODY,), sets=3)
    labels, _ = system.roll_reading.labels("R1")
    assert [label["code"] for label in labels] == ["W00001", "W00003", "W00004"]


def test_a_roll_that_cannot_be_is_refused_with_everything_that_is_wrong(system: System) -> None:
    parts = (
        NewPart(name="机身", kind="piece", count=4, rule="W", codes="A1"),
        NewPart(name="机身", kind="alias", count=3, rule="B"),
        NewPart(name="箱", kind="package", count=3, rule="C", package_type="?"),
    )
    with pytest.raises(InvalidInputError) as caught:
        make(system, parts=parts, product="SKU", code=" ")
    assert {code for code, _ in problems(caught.value)} == {
        "bad_code", "rule_or_codes", "roll_same_name", "roll_alias_count", "roll_alias_namespace",
        "roll_package_count", "no_package_type", "wrong_product", "count_differs",
    }  # fmt: skip
    with pytest.raises(InvalidInputError) as caught:
        make(system, parts=(FAMILY[2],))
    assert ("roll_one_piece_part", "/parts") in problems(caught.value)
    make(system)
    with pytest.raises(ConflictError) as again:
        make(system)
    assert again.value.code == "already_exists"


def test_what_comes_back_can_be_given_out_again_and_the_balance_still_adds_up(system: System) -> None:
    make(system, parts=(BODY,), sets=10)
    assert system.rolls.issue(SYSTEM, "R1", Given(place="L1", line="A", document="WO-1")) == (1, 10)
    bind(system, "W00001", "W00002", "W00005")
    system.rolls.spoil(SYSTEM, ["W00003"], "misprint", "缺墨")
    assert balance(system)["missing"] == 1  # W00004 was passed over
    missing, _ = system.roll_reading.labels("R1", state="missing")
    assert [label["code"] for label in missing] == ["W00004"]
    assert system.rolls.take_back(SYSTEM, "R1", Range(first=6)) == 5
    assert system.rolls.issue(SYSTEM, "R1", Given(sets=Range(last=7))) == (2, 2)
    found = system.roll_reading.get("R1")
    assert [(one["issued"], one["bound"], one["spoiled"], one["returned"], one["left"]) for one in found["issues"]] == [
        (10, 3, 1, 5, 1),
        (2, 0, 0, 0, 2),
    ]
    assert found["issues"][0] | {"place": "L1", "line": "A", "document": "WO-1"} == found["issues"][0]
    total = found["balance"]
    assert (total["issued"], total["returned"], total["left"], total["ready"]) == (12, 5, 3, 3)
    assert total["adds_up"]
    kinds = [entry["kind"] for entry in system.roll_reading.log("R1")[0]]
    assert kinds == ["issued", "returned", "spoiled", "bound", "issued", "made"]
    with pytest.raises(ConflictError) as caught:
        system.rolls.take_back(SYSTEM, "R1", Range(), ["W00001", "W00003", "W00004", "?"])
    assert problems(caught.value) == [("label_bound", None), ("label_spoiled", None), ("not_on_a_roll", "/labels")]
    for wrong in (lambda: system.rolls.issue(SYSTEM, "R1", Given(sets=Range(first=1, last=2))),
                  lambda: system.rolls.take_back(SYSTEM, "R1", Range(first=9))):  # fmt: skip
        with pytest.raises(ConflictError, match="nothing_to"):
            wrong()
    with pytest.raises(InvalidInputError):
        system.rolls.issue(SYSTEM, "R1", Given(sets=Range(first=9, last=11)))


def test_spoiling_names_what_cannot_be_spoiled_and_changes_nothing_then(system: System) -> None:
    issued(system)
    bind(system, "W00001")
    with pytest.raises(ConflictError) as caught:
        system.rolls.spoil(SYSTEM, ["W00002", "W00001", "?"], "torn")
    assert [problem.code for problem in caught.value.problems] == ["not_on_a_roll", "label_bound"]
    assert balance(system)["spoiled"] == 0
    assert system.rolls.spoil(SYSTEM, ["B00005"], "trial", whole_set=True) == 9
    with pytest.raises(ConflictError, match="labels_refused"):
        system.rolls.spoil(SYSTEM, ["B00006"], "trial", whole_set=True)
    assert system.rolls.spoil(SYSTEM, ["W00002"], "torn", whole_set=True) == 6  # what is bound stays
    with pytest.raises(InvalidInputError):
        system.rolls.spoil(SYSTEM, ["W00009"], "other")
    assert balance(system)["adds_up"]


def test_a_scan_of_an_unbound_label_says_which_roll_it_is_of_and_what_to_do(system: System) -> None:
    make(system, parts=(BODY,))
    (reading,) = system.scanning.read("W00001")
    assert (reading.kind, reading.problems[0].code, reading.product) == ("unknown", "label_not_issued", "WM")
    system.rolls.issue(SYSTEM, "R1", Given())
    (reading,) = system.scanning.read("W00001")
    assert (reading.problems[0].code, reading.problems[0].params["roll"]) == ("label_not_bound", "R1")
    with pytest.raises(ConflictError) as caught:
        system.posting.post(SYSTEM, PostRequest("receive", [ItemRef("W00001"), ItemRef("?")], place="L1"))
    assert problems(caught.value) == [("label_not_bound", "/items/0"), ("unknown_item", "/items/1")]
    bind(system, "W00001")
    assert system.scanning.read("W00001")[0].kind == "item"


def test_the_same_request_again_binds_nothing_anew(system: System) -> None:
    issued(system, parts=(BODY,))
    first = bind(system, "W00001", client_key="k")
    assert bind(system, "W00001", client_key="k") == first
    with pytest.raises(ConflictError, match="client_key_reused"):
        bind(system, "W00002", client_key="k")
    assert balance(system)["bound"] == 1


def test_rights_are_asked_for(system: System) -> None:
    with pytest.raises(ForbiddenError):
        system.rolls.make(
            Actor("x", rights={"items.make": None}), NewRoll(code="R", product="WM", sets=1, parts=[BODY])
        )
    issued(system)
    with pytest.raises(ForbiddenError):
        system.roll_binding.bind(Actor("x"), BindRequest(scans=[Scan("W00001")]))
    with pytest.raises(ForbiddenError):  # it may make pieces, and not pack them
        system.roll_binding.bind(Actor("x", rights={"items.make": None}), BindRequest(scans=[Scan("W00001")]))
    assert balance(system)["bound"] == 0


def test_what_the_ledger_refuses_leaves_every_label_as_it_was(system: System) -> None:
    issued(system)
    bind(system, "W00001", place="L1")
    system.posting.post(SYSTEM, PostRequest("receive", [ItemRef("C00001")], place="L1"))
    with pytest.raises(ConflictError) as caught:
        bind(system, "W00002", place="L1")
    assert (caught.value.code, problems(caught.value)) == ("operation_refused", [("wrong_state", "/scans/0")])
    assert balance(system)["bound"] == 3


def test_of_rivals_one_binds_and_the_others_are_told(system: System) -> None:
    issued(system, sets=4)
    system.db.read  # noqa: B018 - the pool is there before the threads are
    done: list[str] = []
    refused: list[str] = []

    def scan(number: int) -> None:
        for label in ("W00001", "W00005", "W00002", "C00003"):
            try:
                bind(system, label, whole_set=number % 2 == 0)
                done.append(label)
            except ConflictError as error:
                refused.append(error.problems[0].code)

    threads = [threading.Thread(target=scan, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(refused) == {"label_bound"}
    assert len(done) + len(refused) == 16
    assert balance(system)["adds_up"]
    with system.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM item") == tx.scalar(
            "SELECT count(*) FROM roll_label l JOIN identifier i ON i.value = l.code AND i.namespace = l.namespace "
            "WHERE l.state = 'bound' AND l.namespace = 'own'"
        )
    assert list(verify(system.db)) == []


def test_a_label_that_was_turned_to_another_item_is_named(system: System) -> None:
    issued(system, parts=(BODY,))
    bind(system, "W00001", "W00002")
    with system.db.write() as tx:
        tx.run("UPDATE roll_label SET item_id = 424242 WHERE code = 'W00001'")
        tx.run("UPDATE roll_label SET state = 'spoiled' WHERE code = 'W00002'")
    assert [(fault.code, fault.subject) for fault in verify(system.db)] == [
        ("label_astray", "W00001"),
        ("label_astray", "W00002"),
    ]
