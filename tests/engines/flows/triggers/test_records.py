"""Records that start flows, and records that must not be saved."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.people.store import managers
from mazhi.engines.flows.state import Instance
from mazhi.engines.flows.triggers.starting import PAGE
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.flows.shop import APP, Shop, field, ident, members, node


def instances(shop: Shop, record: int | None = None) -> list[Instance]:
    with shop.db.read() as tx:
        only = "" if record is None else f" WHERE record_id = {record}"
        rows = tx.rows(f"SELECT id FROM flow_instance{only} ORDER BY id")
    return [shop.instance(row.id) for row in rows]


def work(key: str = "a", who: str = "chen", **more: Any) -> dict[str, Any]:
    return node("approve", key, who=members(who), **more)


def named() -> list[dict[str, Any]]:
    """Describe work for whom the record names, which begins only where it names somebody."""
    there = {"field": "checker", "is": "equal", "from": "checker"}
    find = node("find_records", "find", form=f"{APP}/receipt", filter=there, none="fail")
    return [find, node("approve", "a", who={"ways": [{"kind": "field", "field": "checker"}]})]


def test_a_new_record_that_fits_starts_the_flow_and_the_task_is_there_at_once(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created", "when": "amount > 10"}])
    shop.record(amount=5)
    assert instances(shop) == []
    number = shop.record(amount=11)
    (one,) = instances(shop)
    assert (one.record_id, one.origin, one.depth) == (number, "record", 0)
    assert [task.instance_id for task in shop.todo("chen")] == [one.id]


def test_who_saves_starts(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created"}])
    shop.system.records.create(shop.actors["boss"], APP, "receipt", [{"no": "1"}])
    assert instances(shop)[0].starter == "boss"


def test_only_a_change_of_the_named_fields_starts_and_only_as_it_is_and_was(shop: Shop) -> None:
    trigger = {"kind": "record_changed", "fields": [ident("amount")], "when": "amount > 10", "before": "amount <= 10"}
    shop.draw(work(), triggers=[trigger])
    number = shop.record(amount=1)
    records = shop.system.records

    def change(version: int, **values: Any) -> int:
        records.change(SYSTEM, APP, "receipt", number, version, values)
        return len(instances(shop, number))

    assert change(1, note="x") == 0, "another field"
    assert change(2, amount=9) == 0, "not as it should be"
    assert change(3, amount=11) == 1
    shop.act("chen", "approve")
    assert change(4, amount=12) == 1, "it was so before"


def test_a_column_of_a_sub_table_is_a_field(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_changed", "fields": [ident("qty")]}])
    number = shop.record(lines=[{"qty": 1}])
    shop.system.records.change(SYSTEM, APP, "receipt", number, 1, {"note": "x"})
    assert instances(shop) == []
    shop.system.records.change(SYSTEM, APP, "receipt", number, 2, {"lines": [{"qty": 2}]})
    assert len(instances(shop)) == 1


def test_an_empty_field_in_a_condition_counts_as_no(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created", "when": "amount > 10"}])
    shop.record(no="1")
    assert instances(shop) == []


def test_a_flow_does_not_start_again_on_a_record_where_it_runs_unless_it_may(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created"}, {"kind": "record_changed"}])
    number = shop.record(no="1")
    shop.system.records.change(SYSTEM, APP, "receipt", number, 1, {"no": "2"})
    assert len(instances(shop)) == 1
    with pytest.raises(ConflictError, match="flow_runs_already"):
        shop.start(record=number)
    shop.draw(work(), triggers=[{"kind": "record_changed"}], again=True)
    shop.system.records.change(SYSTEM, APP, "receipt", number, 2, {"no": "3"})
    assert len(instances(shop)) == 2


def test_what_a_published_version_no_longer_says_no_longer_starts(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created"}])
    shop.record(no="1")
    shop.draw(work(), triggers=[])
    shop.record(no="2")
    assert len(instances(shop)) == 1


def test_a_record_and_its_start_are_saved_together_or_not_at_all(shop: Shop) -> None:
    shop.form("unique", [field("no", unique=True)])
    shop.draw(work(), form="unique", triggers=[{"kind": "record_created"}])
    shop.record("unique", no="1")
    with pytest.raises(ConflictError):
        shop.system.records.create(SYSTEM, APP, "unique", [{"no": "2"}, {"no": "1"}])
    shop.system.jobs.run_pending()
    assert len(instances(shop)) == 1


def test_the_same_client_key_again_starts_nothing(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created"}])
    for _ in range(2):
        shop.system.records.create(SYSTEM, APP, "receipt", [{"no": "1"}], client_key="k")
    assert len(instances(shop)) == 1


def test_many_records_at_once_are_one_job_that_starts_them_in_pages(shop: Shop) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created", "when": "amount > 0"}])
    count = PAGE * 2 + 3
    shop.system.records.create_good(SYSTEM, APP, "receipt", [{"amount": n % 4} for n in range(count)])
    with shop.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM job WHERE kind = 'flow_start'") == 1
    assert instances(shop) == [], "nobody waits for them"
    shop.system.jobs.run_pending()
    started = [one.record_id for one in instances(shop)]
    assert len(started) == len(set(started)) == sum(n % 4 > 0 for n in range(count))
    assert shop.system.jobs.run_pending() == 0


def test_a_job_that_is_interrupted_in_the_middle_of_a_page_starts_everything_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.draw(work(), triggers=[{"kind": "record_created"}])
    made = shop.system.records.create_good(SYSTEM, APP, "receipt", [{"amount": n} for n in range(PAGE + 20)]).done
    start, left = shop.system.running.start_within, [made[PAGE + 10]]

    def dying(*rest: Any, **more: Any) -> Instance:
        if left and rest[-1] == left[0]:
            left.clear()
            raise RuntimeError("the power went")
        return start(*rest, **more)

    monkeypatch.setattr(shop.system.running, "start_within", dying)
    shop.system.jobs.run_pending()
    assert len(instances(shop)) == PAGE, "whole pages only"
    later = clock.now() + clock.MICROS_PER_DAY
    monkeypatch.setattr(shop.system.jobs._runner, "_now", lambda: later)
    shop.system.jobs.run_pending()
    started = [one.record_id for one in instances(shop)]
    assert len(started) == len(set(started)) == PAGE + 20


def test_a_start_that_cannot_go_on_is_failed_and_visible_and_spoils_no_other(shop: Shop) -> None:
    shop.draw(*named(), triggers=[{"kind": "record_created"}])
    shop.system.records.create_good(SYSTEM, APP, "receipt", [{"checker": "chen"}, {"no": "2"}, {"checker": "li"}])
    shop.system.jobs.run_pending()
    found = {one.record_id: one for one in instances(shop)}
    assert [one.state for one in sorted(found.values(), key=lambda one: one.record_id)] == [
        "running", "failed", "running",
    ]  # fmt: skip
    failed = next(one for one in found.values() if one.state == "failed")
    (step,) = shop.steps(failed.id)
    assert (step.kind, step.state, step.data["problems"][0]["code"]) == ("start", "failed", "flow_no_record")
    with shop.db.read() as tx:
        told = {row[0] for row in tx.tuples("SELECT user_id FROM notice WHERE kind = 'notice_flow_failed'")}
        assert told == set(managers(tx))
    assert ("fail", "start") in shop.trail(failed.id)
    shop.system.records.change(SYSTEM, APP, "receipt", failed.record_id, 1, {"checker": "chen"})
    shop.system.managing.act(shop.actors["boss"], failed.id, "retry", Asked())
    assert (shop.instance(failed.id).state, shop.open(failed.id)) == ("running", ["a"])


def test_a_condition_refuses_a_save_whoever_saves(shop: Shop) -> None:
    """People, imports and the API go through the same door, and so do flows."""
    trigger = {"kind": "before_save", "when": "amount > 100", "message": "数量 {amount} 太多", "field": "amount"}
    shop.draw(work(fields={ident("amount"): "writable"}), triggers=[trigger])
    records = shop.system.records
    with pytest.raises(InvalidInputError) as caught:
        shop.record(amount=101)
    (problem,) = caught.value.problems
    assert (problem.code, problem.pointer, problem.params) == (
        "flow_save_refused", "/values/amount", {"message": "数量 101 太多"},
    )  # fmt: skip
    assert records.check(SYSTEM, APP, "receipt", [{"amount": 101}])[0][0].code == "flow_save_refused"
    outcome = records.create_good(SYSTEM, APP, "receipt", [{"amount": 101}, {"amount": 1}])
    assert ([one.place for one in outcome.refused], len(outcome.done)) == ([0], 1)
    number = outcome.done[0]
    with pytest.raises(InvalidInputError):
        records.change(SYSTEM, APP, "receipt", number, 1, {"amount": 200})
    shop.start(record=number)
    with pytest.raises(InvalidInputError):
        shop.act("chen", "approve", values={"amount": 300})
    assert shop.values(number)["amount"] == 1


def test_a_check_before_saving_can_be_for_new_records_or_for_certain_changes(shop: Shop) -> None:
    said = {"kind": "before_save", "message": "不行"}
    shop.draw(
        work(),
        triggers=[
            {**said, "id": "new", "on": "create", "when": "amount = 7"},
            {**said, "id": "was", "on": "change", "when": "amount < 5", "before": "amount >= 5"},
        ],
    )
    with pytest.raises(InvalidInputError):
        shop.record(amount=7)
    number = shop.record(amount=6)
    shop.system.records.change(SYSTEM, APP, "receipt", number, 1, {"amount": 7})
    with pytest.raises(InvalidInputError):
        shop.system.records.change(SYSTEM, APP, "receipt", number, 2, {"amount": 4})


@pytest.mark.parametrize(
    ("filter_", "code"),
    [
        ({"field": "gone", "is": "equal", "value": 1}, "record_unknown_field"),
        ({"field": "amount", "is": "like", "value": 1}, "filter_unknown_comparison"),
        ({"and": [{"field": "amount", "is": "more", "value": "many"}]}, "filter_not_a_number"),
    ],
)
def test_a_filter_of_a_schedule_is_read_before_it_is_published(
    shop: Shop, filter_: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        shop.draw(work(), triggers=[{"kind": "schedule", "filter": filter_}])
    assert [problem.code for problem in caught.value.problems] == [code]
    assert str(caught.value.problems[0].pointer).startswith("/options/triggers/0/filter")


def test_what_is_wrong_with_triggers_stands_in_the_way_of_publishing(shop: Shop) -> None:
    triggers = [
        {"kind": "record_created", "when": "nothing > 1"}, {"kind": "never"}, {"kind": "before_save"},
        {"kind": "record_changed", "fields": ["gone"]}, {"kind": "schedule", "at": "25:00"},
        {"kind": "schedule", "every": "week", "days": ["9"]}, {"kind": "date", "field": "no"}, {"kind": "scan"},
        {"kind": "webhook", "mapping": [{"field": "gone"}]}, {"kind": "button", "id": "x"}, {"kind": "api", "id": "x"},
        {"kind": "button", "more": 1},
    ]  # fmt: skip
    with pytest.raises(InvalidInputError) as caught:
        shop.draw(work(), triggers=triggers)
    found = {(problem.pointer, problem.code) for problem in caught.value.problems}
    begin = "/options/triggers"
    assert found >= {
        (f"{begin}/1/kind", "flow_unknown_trigger"), (f"{begin}/2/when", "flow_trigger_no_condition"),
        (f"{begin}/2/message", "flow_trigger_no_message"), (f"{begin}/3/fields/0", "flow_field_gone"),
        (f"{begin}/4/at", "flow_trigger_no_time"), (f"{begin}/5/days", "flow_trigger_bad_days"),
        (f"{begin}/6/field", "flow_trigger_not_a_date"), (f"{begin}/7/field", "flow_trigger_no_field"),
        (f"{begin}/8/mapping/0/field", "flow_field_gone"), (f"{begin}/8/mapping/0/path", "flow_trigger_no_path"),
        (f"{begin}/10/id", "flow_trigger_twice"), (f"{begin}/11/more", "form_unknown_option"),
    }  # fmt: skip
    assert any(pointer.startswith(f"{begin}/0/when") for pointer, _ in found)
