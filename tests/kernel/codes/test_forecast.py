from __future__ import annotations

from typing import Any

import pytest

from mazhi.kernel.codes.forecast import alternatives, forecast
from tests.kernel.codes.small_rules import rule_of

COUNTER: dict[str, Any] = {"kind": "counter", "width": 4}


def test_a_counter_is_used_up_but_never_meets_an_old_code() -> None:
    found = forecast(rule_of(COUNTER), planned=20_160, per_period=140)
    assert (found.capacity, found.redraws, found.collision, found.guessing) == (9999, 0, 0, "easy")
    assert found.share == pytest.approx(0.014, abs=1e-3)


def test_eight_random_characters_meet_an_old_code_about_every_second_million() -> None:
    found = forecast(rule_of({"kind": "random", "length": 8}))
    assert found.redraws == pytest.approx(0.4547, abs=1e-3)
    assert found.collision == pytest.approx(0.365, abs=1e-2)
    assert found.guessing == "hard"


def test_fifteen_random_characters_hold_a_billion_codes_against_ten_years_of_guessing() -> None:
    found = forecast(rule_of({"kind": "random", "length": 15}), planned=10**9)
    assert found.hits < 0.001


def test_more_codes_than_there_are_is_said() -> None:
    found = forecast(rule_of({"kind": "random", "length": 2}), planned=5000)
    assert (found.redraws, found.collision, found.guess) == (None, 1.0, 1.0)


def test_a_random_part_beside_a_counter_only_makes_it_hard_to_guess() -> None:
    found = forecast(rule_of(COUNTER, {"kind": "random", "length": 4}))
    assert (found.redraws, found.guess, found.guessing) == (0, 32.0**-4, "hard")
    assert forecast(rule_of(COUNTER, {"kind": "random", "length": 3})).guessing == "fair"


def test_alternatives_are_compared_and_can_be_saved() -> None:
    rule = rule_of({"kind": "constant", "value": "RO"}, COUNTER, {"kind": "check", "method": "luhn"})
    found = alternatives(rule, per_period=140)
    assert [other.forecast.capacity for other in found] == [32**4 - 1, 99_999, 32**8, 32**12, 32**15]
    for other in found:
        assert rule_of(*other.segments).capacity == other.forecast.capacity
        assert other.zh
        assert other.en
    drawn = alternatives(rule_of({"kind": "random", "length": 8, "alphabet": "base32"}))
    assert [other.forecast.capacity for other in drawn] == [32**12, 32**15]


def test_an_alternative_that_would_be_wrong_is_left_out() -> None:
    wide = {"kind": "constant", "value": "A" * 40}
    found = alternatives(rule_of(wide, {"kind": "constant", "value": "B" * 10}, {"kind": "counter", "width": 9}))
    assert [other.forecast.capacity for other in found] == [32**9 - 1, 10**10 - 1, 32**8]
