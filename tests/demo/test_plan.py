from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.demo import company
from mazhi.demo.days import Days, at, day_of
from mazhi.demo.plan import write_leak, write_story
from mazhi.demo.production import batches
from mazhi.demo.story import Delivery, Entry, Handling, Machine, Making, Opening, Person, Post, Story
from mazhi.demo.supplies import filter_batches
from mazhi.kernel.barcodes.check_digits import luhn
from mazhi.kernel.clock import MICROS_PER_DAY
from mazhi.kernel.life_cycles.defaults import GOODS
from mazhi.kernel.posting.kinds import operation_kinds

SATURDAY = date(2026, 11, 21)
SUNDAY = date(2026, 11, 22)
PURIFIERS = {company.R800, company.R600}


@pytest.fixture(scope="module")
def full() -> Story:
    return write_story(SATURDAY, company.FULL)


def states(entries: Sequence[Entry]) -> dict[Machine, str]:
    """Walk every machine through the life cycle of goods; whatever it refuses fails the test."""
    found: dict[Machine, str] = {}
    for entry in entries:
        if isinstance(entry, Opening | Handling):
            continue
        if not isinstance(entry, Post):
            assert not found.keys() & set(entry.machines)
            found |= dict.fromkeys(entry.machines, GOODS.birth)
            continue
        choice = entry.data.get("to") if operation_kinds[entry.kind].chooses else None
        for machine in entry.machines:
            target = GOODS.target(entry.kind, found[machine], choice)
            assert isinstance(target, str), (entry, found[machine])
            found[machine] = target
        for part in (*entry.parts, *([entry.into] if entry.into else ())):
            target = GOODS.target("assemble:component", found[part])
            assert isinstance(target, str), (entry, found[part])
            found[part] = target
        if entry.out is not None:
            assert found[entry.out] == "built_in"
            found[entry.out] = "returned"
        if entry.new is not None:
            target = GOODS.target("exchange:new", found[entry.new])
            assert isinstance(target, str), (entry, found[entry.new])
            found[entry.new] = target
    return found


def shape(story: Story) -> list[tuple[object, ...]]:
    return [
        (
            entry.at,
            type(entry).__name__,
            getattr(entry, "kind", ""),
            len(entry.machines),
            entry.paper and entry.paper.text,
        )
        for entry in story.entries
    ]


def test_two_lines_of_140_a_day_make_20160_machines_in_72_days(full: Story) -> None:
    made = [entry for entry in full.entries if isinstance(entry, Making) and not entry.typed]
    assert {(day_of(entry.at), entry.place): len(entry.machines) for entry in made} == {
        (day, line): 140 for day in full.days.working for line in company.LINES
    }
    assert len(full.days.working) == 72
    products = Counter(machine.product for entry in made for machine in entry.machines)
    assert products == {company.R800: 13_440, company.R600: 6_720}
    assert all(len(entry.machines) <= company.MOST_PER_LINE_AND_DAY for entry in made)


def test_every_step_of_every_life_is_legal_and_the_figures_add_up(full: Story) -> None:
    found = states(full.entries)
    counts = Counter(state for machine, state in found.items() if machine.product in PURIFIERS)
    assert sum(counts.values()) == company.FULL
    assert 4_000 < counts["in_stock"] + counts["picked"] < 5_000
    assert 7_500 < counts["shipped"] + counts["at_dealer"] < 9_000
    assert 6_700 < counts["sold"] < 7_600
    assert 250 < counts["returned"] + counts["in_repair"] + counts["scrapped"] < 500
    assert counts["lost"] == 1


def test_nothing_happens_before_the_first_day_or_after_the_end_and_time_runs_forward(full: Story) -> None:
    moments = [entry.at for entry in full.entries]
    assert moments == sorted(moments)
    assert at(full.days.first, 0) < moments[0]
    assert moments[-1] <= full.days.end
    assert day_of(moments[-1]) == SATURDAY


def test_the_same_arguments_tell_the_same_story_and_another_seed_another() -> None:
    once, again = write_story(SATURDAY, 300), write_story(SATURDAY, 300)
    assert shape(once) == shape(again)
    assert shape(once) != shape(write_story(SATURDAY, 300, seed=1))


@settings(max_examples=25, deadline=None)
@given(items=st.integers(1, 400), last=st.dates(date(2024, 1, 1), date(2031, 1, 1)))
def test_a_story_of_any_size_and_day_is_legal_and_complete(items: int, last: date) -> None:
    story = write_story(last, items)
    found = states(story.entries)
    assert sum(machine.product in PURIFIERS for machine in found) == items
    assert all(
        entry.machines or isinstance(entry, Opening) or (isinstance(entry, Post) and entry.quantities)
        for entry in story.entries
    )
    assert all(entry.at <= story.days.end for entry in story.entries)
    known = {code for _, code, _ in batches(story.days)} | {code for code, *_ in company.PUMP_BATCHES}
    assert {machine.batch for machine in found if machine.batch} <= known


@settings(max_examples=10, deadline=None)
@given(last=st.dates(date(2024, 1, 1), date(2031, 1, 1)))
def test_quantities_never_go_below_zero_nor_out_of_an_expired_batch(last: date) -> None:
    story = write_story(last, 10)
    expiry = {batch.code: batch.expires_on for batch in filter_batches(story.days)}
    assert len(expiry) == len(list(filter_batches(story.days)))
    left: Counter[tuple[str, str | None, str | None]] = Counter()
    for entry in story.entries:
        for line in entry.quantities if isinstance(entry, Post) else ():
            incoming = entry.kind == "receive"
            key = line.product, line.batch, entry.place if incoming or entry.kind == "adjust" else entry.source
            left[key] += int(line.quantity) * (1 if incoming or entry.kind == "adjust" else -1)
            assert left[key] >= 0, entry
            if entry.kind == "ship":
                assert day_of(entry.at) <= expiry[line.batch or ""]


def test_some_goods_are_old_on_the_shelf_and_filters_expire(full: Story) -> None:
    place: dict[Machine, tuple[str | None, int]] = {}
    for entry in full.entries:
        if isinstance(entry, Post) and (entry.place or entry.kind in {"ship", "activate"}):
            place |= dict.fromkeys(entry.machines, (entry.place, entry.at))
    found = states(full.entries)
    old = [m for m, state in found.items() if state == "in_stock" and full.days.end - place[m][1] > 60 * MICROS_PER_DAY]
    assert 60 < len(old) < 400
    expired, soon, *_ = filter_batches(full.days)
    assert expired.expires_on < full.days.last < soon.expires_on <= full.days.last + timedelta(days=46)


def test_persons_have_numbers_that_nobody_has() -> None:
    persons = [Person("王女士", "440600", number) for number in range(1, 5_000)]
    assert len({person.phone for person in persons}) == len({person.code for person in persons}) == len(persons)
    assert all(len(person.phone) == 11 and person.phone.startswith("12") for person in persons)


def test_the_assemblers_machines_bring_right_imeis(full: Story) -> None:
    rows = [row for entry in full.entries if isinstance(entry, Delivery) for row in entry.rows]
    assert len(rows) == 240
    assert len({row[0] for row in rows}) == len({row[2] for row in rows}) == len({row[3] for row in rows}) == 240
    assert all(len(imei) == 15 and luhn(imei[:-1]) == imei[-1] for _, _, imei, _, _ in rows)


def test_a_story_that_ends_on_a_sunday_works_until_saturday() -> None:
    days = Days.until(SUNDAY)
    assert (days.working[-1], days.last, days.first) == (SATURDAY, SUNDAY, date(2026, 8, 31))
    assert all(day.weekday() < 6 for day in days.working)


def test_every_place_and_partner_that_the_story_names_exists(full: Story) -> None:
    places = {place.code for place, _ in company.places()}
    partners = {partner.code for partner in company.partners()}
    posts = [entry for entry in full.entries if isinstance(entry, Post)]
    assert {code for post in posts for code in (post.place, post.source) if code} <= places
    assert {post.partner for post in posts if isinstance(post.partner, str)} <= partners
    assert {inside for _, inside in company.places() if inside} <= places
    assert len(partners) == len(list(company.partners()))
    assert {worker.name for worker in {entry.by for entry in full.entries}} <= {name for name, _ in company.USERS}


def test_the_bad_batch_is_in_572_machines_of_which_503_are_done(full: Story) -> None:
    pumps = [one for entry in full.entries if isinstance(entry, Making) for one in entry.machines]
    bad = [pump for pump in pumps if pump.batch == company.BAD_BATCH]
    assert len(bad) == 600
    built_in = {part for e in full.entries if isinstance(e, Post) for part in e.parts if part in bad}
    spares = {e.into for e in full.entries if isinstance(e, Post) and e.into in bad}
    scrapped = {part for e in full.entries if isinstance(e, Post) and e.kind == "scrap" for part in e.machines} & set(
        bad
    )
    assert (len(built_in), len(spares), len(scrapped), len(set(bad) - built_in - spares - scrapped)) == (568, 4, 6, 22)
    days = {
        machine.day for e in full.entries if isinstance(e, Post) and built_in & set(e.parts) for machine in e.machines
    }
    assert days == set(range(7, 14))
    made = [m for e in full.entries if isinstance(e, Making) for m in e.machines if m.day in days]
    assert len(made) == 1_960
    assert sum(len(e.machines) for e in full.entries if isinstance(e, Handling) and e.kind == "rework") == 503
    left = {e.kind: len(e.machines) for e in full.entries if isinstance(e, Handling) and e.due}
    assert left == {"returning": 7, "schedule": 38, "contact": 11, "unreachable": 9, "refuse": 4}


def test_nothing_but_the_recall_happens_to_a_machine_that_is_recalled(full: Story) -> None:
    opening = next(entry for entry in full.entries if isinstance(entry, Opening))
    recalled = {m for entry in full.entries if isinstance(entry, Handling) for m in entry.machines}
    after = [e for e in full.entries if isinstance(e, Post) and e.at > opening.at and recalled & set(e.machines)]
    assert {entry.kind for entry in after} == {"swap"}


def test_what_the_recall_is_about_stands_by_itself_until_somebody_opens_it() -> None:
    story = write_leak(SATURDAY)
    found = states(story.entries)
    machines = [machine for machine in found if machine.product in PURIFIERS]
    bad = {machine for machine in found if machine.batch == company.BAD_BATCH}
    posts = [entry for entry in story.entries if isinstance(entry, Post)]
    with_bad = {m for e in posts if bad & {*e.parts, *([e.into] if e.into else ())} for m in e.machines}
    assert (len(bad), len(with_bad), sum(machine.day in range(7, 14) for machine in machines)) == (600, 572, 1_960)
    assert len(machines) < 2_100
    assert not any(isinstance(entry, Opening | Handling) for entry in story.entries)
    leaks = [entry for entry in posts if entry.note == "漏水，水泵密封圈"]
    assert len(leaks) == 10
    assert all(machine in with_bad for entry in leaks for machine in entry.machines)
