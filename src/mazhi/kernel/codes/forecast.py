"""What a rule is good for: how many codes, how often a drawn one exists already, how easily one is guessed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.kernel.codes.model import CodeRule, parse_rule
from mazhi.kernel.codes.segment import NumberSegment, RandomSegment

PLANNED = 1_000_000
GUESSES = 3_650_000_000
"""A million guesses a day for ten years."""
EASY, HARD = 1e-4, 1e-6
"""From one hit in 10,000 guesses on codes are easy to guess, below one in a million hard."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected when a number of codes is made.

    Attributes:
        planned: Codes that are ever made.
        per_period: Codes made in one period for one value that is counted apart; None if not told.
        capacity: How many there can be in that.
        share: How much of that is used, 1 is all; None if not told.
        redraws: How many codes are expected to be drawn again because they exist; None if there are not enough.
        collision: How likely it is that this happens at all.
        guess: How likely a guess that looks right hits a code that exists.
        hits: How many hits a million guesses a day bring in ten years.
        guessing: The same in a word.
    """

    planned: int
    per_period: int | None
    capacity: int
    share: float | None
    redraws: float | None
    collision: float
    guess: float
    hits: float
    guessing: Literal["easy", "fair", "hard"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to make the codes unique, for comparison."""

    zh: str
    en: str
    segments: list[dict[str, Any]]
    forecast: Forecast


def forecast(rule: CodeRule, *, planned: int = PLANNED, per_period: int | None = None) -> Forecast:
    """Foresee what comes of a rule."""
    space = rule.random_space
    redraws: float | None = 0.0
    if rule.number is None:
        redraws = planned * (planned - 1) / 2 / space if planned <= space else None
    live = planned if rule.number is None else 1  # with a running number each code has a random part of its own
    guess = min(1.0, live / space)
    share = None if per_period is None else per_period / rule.capacity
    return Forecast(
        planned=planned,
        per_period=per_period,
        capacity=rule.capacity,
        share=share,
        redraws=redraws,
        collision=1.0 if redraws is None else -math.expm1(-redraws),
        guess=guess,
        hits=guess * GUESSES,
        guessing="easy" if guess > EASY else "fair" if guess > HARD else "hard",
    )


def alternatives(rule: CodeRule, *, planned: int = PLANNED, per_period: int | None = None) -> list[Alternative]:
    """Compare a rule with a few others that differ in what makes the codes unique."""
    found = []
    for place, segment in enumerate(rule.segments):
        if not isinstance(segment, (NumberSegment, RandomSegment)):
            continue
        for zh, en, body in _instead(segment.body):
            segments = rule.body()
            segments[place] = body
            if body == dict(segment.body) or parse_rule({"code": "x", "name": "x", "segments": segments}).problems:
                continue
            other = parse_rule({"code": "x", "name": "x", "segments": segments}).rule()
            found.append(Alternative(zh, en, segments, forecast(other, planned=planned, per_period=per_period)))
        break
    return found


def _instead(body: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if body["kind"] == "counter":
        width = body["width"]
        plain = {name: value for name, value in body.items() if name != "end"}
        yield f"{width} 位 32 进制流水", f"counter of {width}, base 32", {**plain, "base": 32}
        yield f"{width + 1} 位流水", f"counter of {width + 1}", {**plain, "width": width + 1}
    for length in (8, 12, 15):
        yield (
            f"{length} 位随机，32 种字符",
            f"random part of {length}, 32 characters",
            {"kind": "random", "length": length, "alphabet": "base32"},
        )
