"""Schedules and dates of records: each moment once, also after a sleep and when clocks jump."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.bootstrap import build
from mazhi.engines.flows.triggers import timing
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from tests.engines.flows.shop import APP, Shop, field
from tests.engines.flows.triggers.test_records import instances, work

MOMENTS = st.integers(min_value=0, max_value=4_000_000_000_000_000)
TIMES = st.times(timezones=st.none()).map(lambda one: one.replace(second=0, microsecond=0))


@given(MOMENTS, TIMES)
def test_every_day_is_the_first_such_time_after_a_moment(after: int, at: time) -> None:
    found = timing.every_day(after, at)
    assert after < found <= after + clock.MICROS_PER_DAY * 1.05
    assert clock.to_datetime(found, clock.DEFAULT_ZONE).time() == at


@given(MOMENTS, TIMES, st.sets(st.integers(1, 7), min_size=1))
def test_every_week_is_one_of_its_days_and_none_lies_between(after: int, at: time, days: set[int]) -> None:
    found = timing.every_week(after, at, days)
    assert found > after
    assert timing.day_of(found).isoweekday() in days
    day = timing.day_of(after)
    while day < timing.day_of(found):
        assert day.isoweekday() not in days or timing.moment_of(day, at) <= after
        day += timedelta(days=1)


@given(MOMENTS, TIMES, st.sets(st.integers(1, 31), min_size=1))
def test_every_month_has_its_days_or_its_last(after: int, at: time, days: set[int]) -> None:
    found = timing.day_of(timing.every_month(after, at, days))
    last = (found + timedelta(days=1)).day == 1
    assert found.day in days or (last and max(days) > found.day)


@given(MOMENTS, st.integers(5, 1440))
def test_every_so_many_minutes_comes_after_and_no_later(after: int, minutes: int) -> None:
    found = timing.every_minutes(after, minutes)
    assert after < found <= after + minutes * timing.MINUTE


def test_the_last_day_of_a_short_month_stands_for_the_31st() -> None:
    first = timing.moment_of(date(2027, 2, 1), time(9))
    assert timing.day_of(timing.every_month(first, time(8), [31])) == date(2027, 2, 28)


class Clock:
    """What time it is, for jobs and triggers."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.at = timing.moment_of(date(2026, 11, 20), time(12))

    def __call__(self) -> int:
        return self.at

    def go(self, day: date, at: time) -> int:
        """Let it be that time, and do what is due."""
        self.at = timing.moment_of(day, at)
        return self.shop.system.jobs.run_pending()


@pytest.fixture
def now(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Give a clock that only goes when it is told to."""
    found = Clock(shop)
    monkeypatch.setattr(clock, "now", found)
    monkeypatch.setattr(shop.system.jobs, "_now", found)
    monkeypatch.setattr(shop.system.jobs._runner, "_now", found)
    monkeypatch.setattr(shop.system.triggers.clockwork, "_now", found)
    yield found


def test_a_schedule_starts_on_every_record_that_fits_once_a_day(shop: Shop, now: Clock) -> None:
    fits = {"field": "amount", "is": "more", "value": 1}
    shop.draw(work(), triggers=[{"kind": "schedule", "at": "08:00", "filter": fits}], again=True)
    one, two = shop.record(amount=2), shop.record(amount=3)
    shop.record(amount=1)
    now.go(date(2026, 11, 20), time(23))
    assert instances(shop) == []
    now.go(date(2026, 11, 21), time(8))
    assert {found.record_id for found in instances(shop)} == {one, two}
    assert {found.origin for found in instances(shop)} == {"schedule"}
    now.go(date(2026, 11, 21), time(20))
    assert len(instances(shop)) == 2
    now.go(date(2026, 11, 25), time(9))
    assert len(instances(shop)) == 4, "what was slept through is taken together"


def test_a_schedule_can_begin_with_a_new_record(shop: Shop, now: Clock) -> None:
    values = [{"field": "no", "value": "盘点"}, {"field": "amount", "formula": "1 + 2"}]
    shop.draw(work(), triggers=[{"kind": "schedule", "every": "minutes", "minutes": 30, "on": "new", "values": values}])
    now.go(date(2026, 11, 20), time(12, 30))
    (one,) = instances(shop)
    assert (shop.values(one.record_id)["no"], str(shop.values(one.record_id)["amount"])) == ("盘点", "3")
    now.go(date(2026, 11, 20), time(13))
    assert len(instances(shop)) == 2


def test_publishing_anew_keeps_the_moment_and_a_schedule_that_is_gone_is_gone(shop: Shop, now: Clock) -> None:
    schedule = {"kind": "schedule", "at": "08:00"}
    shop.record(no="1")
    shop.draw(work(), triggers=[schedule])
    shop.draw(work(), triggers=[schedule])
    now.go(date(2026, 11, 21), time(9))
    assert len(instances(shop)) == 1
    shop.draw(work(), triggers=[])
    shop.act("chen", "approve")
    now.go(date(2026, 11, 22), time(9))
    assert len(instances(shop)) == 1


def test_a_clock_that_was_wrong_is_set_right(shop: Shop, now: Clock) -> None:
    shop.record(no="1")
    shop.draw(work(), triggers=[{"kind": "schedule", "at": "08:00"}], again=True)
    now.go(date(2031, 1, 1), time(9))
    assert len(instances(shop)) == 1
    now.go(date(2026, 11, 22), time(9))
    assert len(instances(shop)) == 1, "the next moment lies in 2031"
    assert shop.system.triggers.clockwork.wind() == 1
    now.go(date(2026, 11, 23), time(9))
    assert len(instances(shop)) == 2
    assert shop.system.triggers.clockwork.wind() == 0


GOODS = [field("due", "date"), field("at", "datetime"), field("ok", "switch")]


def test_a_date_starts_so_many_days_before_and_each_record_and_date_once(shop: Shop, now: Clock) -> None:
    shop.form("goods", GOODS)
    trigger = {"kind": "date", "field": "due", "days": -3, "at": "08:00", "when": "ok"}
    shop.draw(work(), form="goods", triggers=[trigger], again=True)
    one = shop.record("goods", due="2026-11-25", ok=True)
    shop.record("goods", due="2026-11-25", ok=False)
    later = shop.record("goods", due="2026-11-26", ok=True)
    now.go(date(2026, 11, 21), time(9))
    assert instances(shop) == []
    now.go(date(2026, 11, 22), time(9))
    assert [found.record_id for found in instances(shop)] == [one]
    now.go(date(2026, 11, 24), time(9))
    assert [found.record_id for found in instances(shop)] == [one, later], "the 23rd was slept through"
    version = shop.system.records.get(SYSTEM, APP, "goods", [one])[0].version
    shop.system.records.change(SYSTEM, APP, "goods", one, version, {"due": "2026-11-29"})
    now.go(date(2026, 11, 26), time(9))
    assert [found.record_id for found in instances(shop)] == [one, later, one], "another date is another time"
    assert shop.system.triggers.skipped(APP, "goods", one) == []
    shop.draw(work(), form="goods", triggers=[{**trigger, "at": "10:00"}], again=True)
    now.go(date(2026, 11, 26), time(11))
    assert len(instances(shop)) == 3, "it has had that date"


def test_a_moment_of_a_record_counts_by_its_day(shop: Shop, now: Clock) -> None:
    shop.form("goods", GOODS)
    shop.draw(work(), form="goods", triggers=[{"kind": "date", "field": "at", "days": 1, "at": "08:00"}])
    moment: Any = datetime(2026, 11, 21, 23, 30, tzinfo=clock.DEFAULT_ZONE).isoformat()
    shop.record("goods", at=moment)
    now.go(date(2026, 11, 22), time(7))
    assert instances(shop) == []
    now.go(date(2026, 11, 22), time(8))
    assert len(instances(shop)) == 1


def test_a_date_whose_moment_had_passed_when_the_record_was_saved_starts_at_once_or_is_shown_as_skipped(
    shop: Shop, now: Clock
) -> None:
    shop.form("goods", GOODS)
    before = {"kind": "date", "id": "b", "field": "due", "days": -3, "at": "08:00", "when": "ok"}
    after = {"kind": "date", "id": "a", "field": "at", "days": 2, "at": "08:00"}
    old = shop.record("goods", due="2026-11-22", ok=True)
    shop.draw(work(), form="goods", triggers=[before, after], again=True)

    def skipped(record: int) -> list[str]:
        return [one.day.isoformat() for one in shop.system.triggers.skipped(APP, "goods", record)]

    def moment(day: int, hour: int) -> Any:
        return datetime(2026, 11, day, hour, tzinfo=clock.DEFAULT_ZONE).isoformat()

    def started() -> list[tuple[int, str]]:
        return [(found.record_id, found.origin) for found in instances(shop)]

    # It is the 20th, noon. What comes before a date counts until that day is over; else for a day.
    day, three = shop.record("goods", due="2026-11-20", ok=True), shop.record("goods", due="2026-11-23", ok=True)
    assert started() == [(day, "date"), (three, "date")], "at once, for whoever has saved it"
    over, other = shop.record("goods", due="2026-11-19", ok=True), shop.record("goods", due="2026-11-19", ok=False)
    fresh, stale = shop.record("goods", at=moment(18, 23)), shop.record("goods", at=moment(17, 23))
    assert started()[2:] == [(fresh, "date")]
    assert [skipped(one) for one in (day, over, other, fresh, stale)] == [[], ["2026-11-19"], [], [], ["2026-11-17"]]
    assert skipped(old) == ["2026-11-22"], "its moment came before the flow was published"
    # Other changes start nothing; another date does, once.
    records = shop.system.records
    for values, count in (
        ({"ok": False}, 3),
        ({"ok": True}, 3),
        ({"due": "2026-11-21"}, 4),
        ({"due": "2026-11-23"}, 4),
    ):
        version = records.get(SYSTEM, APP, "goods", [three])[0].version
        records.change(SYSTEM, APP, "goods", three, version, values)
        assert len(started()) == count, values
    now.go(date(2026, 11, 21), time(9))
    now.go(date(2026, 11, 22), time(9))
    assert len(started()) == 4, "the clock does not count them again"


def test_clocks_that_jump_and_servers_that_were_down_count_each_moment_once(
    shop: Shop, now: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.record(no="1")
    daily, often = {"kind": "schedule", "id": "d", "at": "08:00"}, {"kind": "schedule", "id": "m", "every": "minutes"}
    shop.draw(work(), triggers=[daily], again=True)
    shop.draw(work(), code="g", triggers=[often], again=True)

    def started() -> list[int]:
        flows = [one.flow for one in instances(shop)]
        return [flows.count("f"), flows.count("g")]

    now.go(date(2026, 11, 21), time(8))
    assert started() == [1, 1], "the hours of the night together"
    # Put back by some minutes or hours, with a restart: what was counted is not counted again.
    for back in (time(7, 59), time(2)):
        now.at = timing.moment_of(date(2026, 11, 21), back)
        assert shop.system.triggers.clockwork.wind() == 0
        now.go(date(2026, 11, 21), time(8))
    assert started() == [1, 1]
    # Put forward over many moments: once; and put right again, each goes on by the right time.
    now.go(date(2027, 3, 1), time(12))
    assert started() == [2, 2]
    now.at = timing.moment_of(date(2026, 11, 21), time(9, 1))
    shop.system.jobs._runner.sweep()
    now.go(date(2026, 11, 21), time(10))
    now.go(date(2026, 11, 22), time(8))
    assert started() == [3, 4]
    # Down for three days: another process takes them up, once.
    down = build(shop.system.settings)
    for one in (down.jobs, down.jobs._runner, down.triggers.clockwork):
        monkeypatch.setattr(one, "_now", now)
    now.at = timing.moment_of(date(2026, 11, 25), time(12))
    down.triggers.start()
    down.jobs.run_pending()
    assert started() == [4, 5]
    assert (down.jobs.run_pending(), shop.system.jobs.run_pending()) == (0, 0)
    down.db.close()
