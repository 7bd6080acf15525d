from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mazhi.bootstrap import Settings, System, build
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.making import drawing
from mazhi.kernel.making.model import MOST_AT_ONCE, Made, MakeRequest
from mazhi.kernel.products.model import Capture, Product


@pytest.fixture
def system(db_url: str, tmp_path: Path) -> Iterator[System]:
    system = build(Settings(database_url=db_url, data=tmp_path))
    system.products.create(SYSTEM, Product(code="WM", name="水表", tracking="serial", capture=Capture(pattern="*")))
    system.products.create(SYSTEM, Product(code="MASK", name="水表", tracking="serial", capture=Capture(pattern="M##")))
    system.products.create(SYSTEM, Product(code="SKU", name="螺丝", tracking="sku"))
    system.batches.create(SYSTEM, Batch(code="B1"), product="WM")
    _rule(system, "C", {"kind": "constant", "value": "C"}, {"kind": "counter", "width": 5})
    yield system
    system.db.close()


def _rule(system: System, code: str, *segments: dict[str, object]) -> None:
    system.codes.create(SYSTEM, {"code": code, "name": code, "segments": list(segments)})


def _made(system: System, **request: object) -> Made:
    made = system.making.make(SYSTEM, MakeRequest(**request))  # type: ignore[arg-type]
    assert isinstance(made, Made)
    return made


def _codes(error: PlatformError) -> list[str]:
    return [problem.code for problem in error.problems]


def test_codes_by_a_rule_are_born_coded_in_the_order_of_their_numbers(system: System) -> None:
    made = _made(system, product="WM", rule="C", count=3, batch="B1")
    assert (made.count, made.first, made.last, list(made.codes)) == (
        3,
        "C00001",
        "C00003",
        ["C00001", "C00002", "C00003"],
    )
    item = system.items.find(SYSTEM, "C00002")
    assert (item["state"], item["batch"], item["product"], item["seq"]) == ("coded", "B1", "WM", 1)
    assert list(verify(system.db)) == []


def test_the_same_key_makes_once_and_another_body_is_refused(system: System) -> None:
    first = _made(system, product="WM", rule="C", count=3, client_key="k")
    assert _made(system, product="WM", rule="C", count=3, client_key="k") == first
    with pytest.raises(ConflictError) as caught:
        _made(system, product="WM", rule="C", count=4, client_key="k")
    assert caught.value.code == "client_key_reused"
    assert _made(system, product="WM", rule="C", count=1).first == "C00004"


def test_every_typed_code_that_exists_is_named_and_none_is_made(system: System) -> None:
    _made(system, product="WM", codes="A2, A4")
    with pytest.raises(ConflictError) as caught:
        _made(system, product="WM", codes="A1-A5")
    assert [problem.item for problem in caught.value.problems] == ["A2", "A4"]
    with system.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM item") == 2


def test_the_same_code_in_another_namespace_is_another_item(system: System) -> None:
    _made(system, product="WM", codes="A1")
    _made(system, product="WM", codes="A1", namespace="supplier")
    with pytest.raises(ConflictError) as caught:
        system.items.find(SYSTEM, "A1")
    assert caught.value.code == "ambiguous_item"
    assert system.items.find(SYSTEM, "A1", "supplier")["identifiers"] == [{"namespace": "supplier", "value": "A1"}]


def test_a_random_code_that_is_taken_is_drawn_again(system: System) -> None:
    segments = ({"kind": "constant", "value": "Z"}, {"kind": "random", "length": 2, "alphabet": "digits"})
    _rule(system, "Z", *segments)
    old = {f"Z{number:02d}" for number in range(10)}
    _made(system, product="WM", codes="Z00~Z09")
    made = _made(system, product="WM", rule="Z", count=20).codes
    assert len(set(made)) == 20
    assert not set(made) & old


def test_the_last_free_random_codes_are_found_and_then_none_is_left(system: System) -> None:
    _rule(system, "Z", {"kind": "constant", "value": "Z"}, {"kind": "random", "length": 2, "alphabet": "digits"})
    _made(system, product="WM", codes="Z00~Z89")
    with pytest.raises(ConflictError) as caught:
        _made(system, product="WM", rule="Z", count=11)
    assert (caught.value.code, caught.value.params["left"], caught.value.params["count"]) == ("rule_exhausted", 10, 11)
    assert set(_made(system, product="WM", rule="Z", count=10).codes) == {f"Z{number}" for number in range(90, 100)}
    with pytest.raises(ConflictError) as caught:
        _made(system, product="WM", rule="Z", count=1)
    assert (caught.value.code, caught.value.params["left"]) == ("rule_exhausted", 0)


def test_a_large_space_that_is_nearly_full_says_how_full(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "WHOLE", 10)
    monkeypatch.setattr(drawing, "MEASURED", 300)
    monkeypatch.setattr(drawing, "LEAST_FREE", 0.05)
    _rule(system, "Z", {"kind": "constant", "value": "Z"}, {"kind": "random", "length": 2, "alphabet": "digits"})
    _made(system, product="WM", codes="Z00~Z79")
    assert len(set(_made(system, product="WM", rule="Z", count=18).codes)) == 18
    with pytest.raises(ConflictError) as caught:
        _made(system, product="WM", rule="Z", count=3)
    assert caught.value.code == "random_crowded"
    assert 95 < float(str(caught.value.params["full"])) < 100


def test_numbers_that_are_taken_are_passed_however_many_they_are(system: System) -> None:
    _made(system, product="WM", codes="C00002-C00200")
    assert _made(system, product="WM", rule="C", count=2).codes[0] == "C00001"
    assert int(_made(system, product="WM", rule="C", count=1).first[1:]) > 200


def test_a_batch_need_not_be_given_twice(system: System) -> None:
    _rule(
        system, "B", {"kind": "field", "name": "batch", "width": 2}, {"kind": "counter", "width": 3, "per": ["batch"]}
    )
    assert _made(system, product="WM", rule="B", count=1, batch="B1").first == "B1001"


@pytest.mark.parametrize(
    ("request_", "problems"),
    [
        (MakeRequest(product="WM"), ["rule_or_codes", "field_needed"]),
        (MakeRequest(product="WM", rule="C", codes="A1"), ["rule_or_codes"]),
        (MakeRequest(rule="C", count=1), ["field_needed"]),
        (MakeRequest(product="WM", rule="C", count=0), ["count_range"]),
        (MakeRequest(product="WM", rule="C", count=1_000_001), ["count_range"]),
        (MakeRequest(product="NO", rule="C", count=1), ["unknown_product"]),
        (MakeRequest(product="SKU", rule="C", count=1), ["wrong_product"]),
        (MakeRequest(product="WM", rule="C", count=1, batch="NO", place="NO"), ["unknown_batch", "unknown_place"]),
        (MakeRequest(product="WM", codes="A1 A2", count=3), ["count_differs"]),
        (MakeRequest(product="WM", codes="A1 A1"), ["duplicate_in_request"]),
        (MakeRequest(product="MASK", codes="M12 M1X"), ["code_pattern"]),
        (MakeRequest(kind="package", rule="C", count=1, product="WM"), ["package_without_product"]),
    ],
)
def test_a_wrong_request_names_what_is_wrong_and_makes_nothing(
    system: System, request_: MakeRequest, problems: list[str]
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        system.making.make(SYSTEM, request_)
    assert _codes(caught.value) == problems
    with system.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM item") == 0


def test_packages_are_born_without_product_and_count_in_no_stock(system: System) -> None:
    made = _made(system, kind="package", rule="C", count=2)
    assert system.items.find(SYSTEM, made.first)["kind"] == "package"
    assert system.stock.balances(SYSTEM, {}) == []


def test_who_may_make_only_in_one_place_makes_nowhere_else(system: System) -> None:
    keeper = Actor(name="k", rights={"items.make": frozenset({7})})
    with pytest.raises(ForbiddenError):
        system.making.make(keeper, MakeRequest(product="WM", rule="C", count=1))


def test_a_large_order_is_a_job_that_tells_its_events(system: System) -> None:
    count = MOST_AT_ONCE + 500
    job = system.making.make(SYSTEM, MakeRequest(product="WM", rule="C", count=count, client_key="big"))
    assert isinstance(job, str)
    assert system.making.make(SYSTEM, MakeRequest(product="WM", rule="C", count=count, client_key="big")) == job
    system.jobs.run_pending()
    done = system.jobs.get(SYSTEM, job)
    assert (done.state, done.done, done.total) == ("done", count, count)
    assert done.result is not None
    assert (done.result["count"], done.result["first"], done.result["last"]) == (count, "C00001", f"C{count:05d}")
    assert len(done.result["events"]) == 2
    assert len(done.result["codes"]) == MOST_AT_ONCE
    assert list(verify(system.db)) == []


def test_an_order_that_the_rule_cannot_fill_is_refused_before_anything_is_made(system: System) -> None:
    for count in (100_000, 99_999 + 1):
        with pytest.raises(ConflictError) as caught:
            system.making.make(SYSTEM, MakeRequest(product="WM", rule="C", count=count))
        assert caught.value.code == "rule_exhausted"
    assert _made(system, product="WM", rule="C", count=1).first == "C00001"


def test_a_job_with_typed_codes_is_refused_whole(system: System) -> None:
    _made(system, product="WM", codes="T10777")
    job = system.making.make(SYSTEM, MakeRequest(product="WM", codes="T00001~T10777"))
    assert isinstance(job, str)
    system.jobs.run_pending()
    done = system.jobs.get(SYSTEM, job)
    assert (done.state, done.done, [problem.item for problem in done.errors]) == ("failed", 0, ["T10777"])
    with system.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM item") == 1
