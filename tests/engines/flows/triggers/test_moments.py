"""Schedules and dates of records: each moment once, also after a sleep and when clocks jump."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
