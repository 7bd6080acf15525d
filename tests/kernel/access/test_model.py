from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.access.model import (
    PER_ADDRESS,
    PER_USER,
    Actor,
    LockOut,
    address_group,
    fold_username,
    is_username,
    password_fault,
)
from mazhi.kernel.errors import ForbiddenError

RIGHTS = st.sampled_from(["items.view", "operation.receive", "users.manage"])
AREAS = st.none() | st.frozensets(st.integers(1, 9))


@given(rights=st.dictionaries(RIGHTS, AREAS), right=RIGHTS, place=st.integers(0, 9))
def test_a_right_holds_where_it_was_given_and_nowhere_else(
    rights: dict[str, frozenset[int] | None], right: str, place: int
) -> None:
    actor = Actor("a", rights=rights)
    areas = actor.areas(right)
    assert actor.may(right) == (right in rights)
    assert actor.holds(right, place) == (right in rights and (areas is None or place in areas))
    if right not in rights:
        assert areas == frozenset()
        with pytest.raises(ForbiddenError) as refused:
            actor.require(right)
        assert (refused.value.code, refused.value.params) == ("no_right", {"right": right})
    else:
        actor.require(right)


@given(right=st.text(), place=st.integers(0))
def test_who_may_everything_may_it_everywhere(right: str, place: int) -> None:
    actor = Actor("a", everything=True)
    actor.require(right)
    assert actor.areas(right) is None
    assert actor.holds(right, place)


def test_a_right_for_some_places_is_not_one_for_everywhere() -> None:
    assert not Actor("a", rights={"items.view": frozenset({1, 2})}).holds("items.view", 0)


@pytest.mark.parametrize(
    ("typed", "kept"), [("Admin", "admin"), (" li ", "li"), ("ＬＩ", "li"), ("STRASSE", "strasse"), ("陈敏", "陈敏")]
)
def test_user_names_are_kept_without_case_width_and_blanks(typed: str, kept: str) -> None:
    assert fold_username(typed) == kept
    assert is_username(kept)


@pytest.mark.parametrize("typed", ["", " ", "a b", "a/b", "a:b", ".", "..", "x" * 65, "a\n", "a\x00"])
def test_names_that_would_break_an_address_are_no_user_names(typed: str) -> None:
    assert not is_username(typed)


@given(st.text())
def test_folding_twice_changes_nothing(typed: str) -> None:
    once = fold_username(typed)
    if is_username(once):
        assert fold_username(once) == once


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("1234567", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("PassWord", "password_too_common"),
        ("88888888", "password_too_common"),
        ("chenmin.li", "password_too_common"),
        ("correct horse", None),
        ("一物一码有始有终", None),
    ],
)
def test_passwords_that_are_guessed_first_are_refused(password: str, fault: str | None) -> None:
    assert password_fault(password, "chenmin.li") == fault


@given(rule=st.sampled_from([PER_USER, PER_ADDRESS]), failures=st.integers(0, 10**6))
def test_the_wait_grows_and_is_bounded(rule: LockOut, failures: int) -> None:
    assert 0 <= rule.wait(failures) <= rule.wait(failures + 1) <= rule.longest * 1_000_000
    assert (rule.wait(failures) == 0) == (failures < rule.free)


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a:b", "a:b"),
        ("", ""),
    ],
)
def test_addresses_of_one_household_count_as_one(address: str, group: str) -> None:
    assert address_group(address) == group
