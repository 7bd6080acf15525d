"""Scan steps and their lines as callers get them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.flows.scans.model import POLICIES, Policy, Rules, amount
from mazhi.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """One line of what should be scanned, and how much of it is there."""

    line: int
    product: str | None
    product_name: str | None
    batch: str | None
    item: str | None
    place: str | None
    expected: int | float
    done: int | float

    @property
    def title(self) -> str:
        """What people read."""
        return self.item or self.product_name or self.product or ""


@dataclass(frozen=True, slots=True)
class StepView:
    """How far a scan step is.

    Attributes:
        expected: How much should come; 0 where nobody says.
        done: How much is right.
        missing: How much is missing.
        wrong: Scans that were wrong.
        duplicates: Scans that were there already.
        lines: What should come, as far as it is shown; ``next`` is where the next page begins.
        policies: What follows from what is wrong.
        manual: Whether codes may be typed.
        closed: Whether it is over.
    """

    expected: int | float
    done: int | float
    missing: int | float
    wrong: int
    duplicates: int
    lines: Sequence[ExpectedView]
    next: int | None
    policies: Mapping[str, Policy]
    manual: str
    continuous: bool
    photo: str
    boxes: str
    ask: bool
    free: bool
    operation: str
    overrides: Sequence[Mapping[str, Any]]
    closed: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """One scan, what was said to it, and what it leads to now."""

    seq: int
    answer: str
    raw: str
    problem: Problem | None
    policy: str
    item: str | None
    kind: str | None
    product: str | None
    product_name: str | None
    batch: str | None
    state: str | None
    place: str | None
    quantity: int | float
    box: str | None
    manual: bool
    at: int
    by: str
    meant: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one scan.

    Attributes:
        answer: ``right``, ``wrong`` or ``duplicate``.
        stop: Whether scanning waits until somebody has looked at it.
        ask: Whether the quantity is wanted first; nothing was written down.
        done: How much is right with it.
        expected: How much should come; None where nobody says.
        missing: How much is missing by now.
    """

    answer: str
    problem: Problem | None
    stop: bool
    ask: bool
    done: int | float
    expected: int | float | None
    line: LineView | None
    missing: int | float


def step_view(row: Any, rules: Rules, lines: Sequence[Any], limit: int, *, closed: bool) -> StepView:
    """Describe a step."""
    shown = [
        ExpectedView(
            one.line, one.product, one.product_name, one.batch, one.item, one.place, amount(one.expected),
            amount(one.done),
        )
        for one in lines[:limit]
    ]  # fmt: skip
    return StepView(
        amount(row.expected), amount(row.done), amount(row.expected - row.matched), row.wrong, row.duplicates, shown,
        shown[-1].line if len(lines) > limit else None, {name: rules.policy(name) for name in POLICIES}, rules.manual,
        rules.continuous, rules.photo, rules.boxes, rules.ask, rules.free,
        rules.operation.kind if rules.operation else "", json.loads(row.overrides), closed,
    )  # fmt: skip


def line_view(row: Any) -> LineView:
    """Describe a line."""
    params = json.loads(row.params) if row.params else {}
    meant = params.pop("meant", [])
    return LineView(
        row.seq, row.answer, row.raw, Problem(row.code, params, item=row.raw) if row.code else None, row.policy,
        row.item, row.item_kind, row.product, row.product_name, row.batch, row.item_state, row.place,
        amount(row.quantity), row.box, bool(row.manual), row.at, row.actor, meant,
    )  # fmt: skip


def said(row: Any, rules: Rules, expected: int, missing: int) -> Said:
    """Describe the answer that a line was."""
    line = line_view(row)
    stop = row.said != "right" and (not row.policy or rules.policy(row.policy) == "refuse")
    return Said(
        row.said, line.problem, stop, False, amount(row.done), amount(expected) if expected else None, line,
        amount(missing),
    )  # fmt: skip
