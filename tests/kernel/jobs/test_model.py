from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import Problem
from mazhi.kernel.jobs.model import (
    ERRORS_KEPT,
    Pauses,
    dump_actor,
    dump_problems,
    load_actor,
    load_problems,
    new_id,
)

_areas = st.none() | st.frozensets(st.integers(1, 2**60))


@given(
    st.builds(
        Actor, name=st.text(), user_id=st.integers(0, 2**60), rights=st.dictionaries(st.text(), _areas),
        everything=st.booleans(), device=st.text(),
    )
)  # fmt: skip
def test_an_actor_is_read_back_as_it_was_written(actor: Actor) -> None:
    assert load_actor(dump_actor(actor)) == actor


@given(st.lists(st.builds(Problem, st.text(), st.dictionaries(st.text(), st.integers() | st.text()))))
def test_problems_are_read_back_as_they_were_written(problems: list[Problem]) -> None:
    assert load_problems(dump_problems(problems)) == problems


def test_a_job_keeps_a_limited_number_of_problems() -> None:
    assert len(load_problems(dump_problems([Problem("x")] * (ERRORS_KEPT + 5)))) == ERRORS_KEPT


@given(st.integers(1, 10_000))
def test_a_pause_grows_but_not_for_ever(attempt: int) -> None:
    pauses = Pauses(first=100, longest=10_000)
    whole = min(10_000, 100 * 2 ** (attempt - 1))
    assert whole // 2 <= pauses.after(attempt) <= whole * 3 // 2


def test_ids_sort_in_order_of_creation_and_never_repeat() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert [one[:13] for one in ids] == sorted(one[:13] for one in ids)
