"""Scan lists and their lines as callers get them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.scan_lists.model import Answer, Conditions, amount
from mazhi.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class ListView:
    """A list and how far it is.

    Attributes:
        id: Its UUID, which is the value of the field.
        field: The id of the field.
        state: ``open`` while it is scanned into, ``bound`` as a record's content, ``replaced`` by a later one.
        record: The record that it belongs to; None while there is none.
        maker: Who opened it.
        shared: Whether others may scan into it too.
        count: Right lines.
        done: How many pieces they are, or how much.
        expected: How many there should be; None where nobody says.
        wrong: Lines that were wrong.
        duplicates: Lines that were there already.
        listed: Whether another record's list says what should come.
    """

    id: str
    field: str
    state: str
    record: int | None
    maker: str
    shared: bool
    count: int
    done: int | float
    expected: int | float | None
    wrong: int
    duplicates: int
    listed: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A line and what it leads to, as that is now."""

    line: int
    answer: Answer
    raw: str
    problem: Problem | None
    item: str | None
    kind: str | None
    product: str | None
    product_name: str | None
    batch: str | None
    state: str | None
    place: str | None
    quantity: int | float
    box: str | None
    source: int
    done: int | float
    at: int
    by: str
    meant: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ScanView:
    """The answer to one scan."""

    line: LineView
    done: int | float
    expected: int | float | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """The answer to many codes at once; ``first`` and ``last`` are the numbers of the lines that they made."""

    right: int
    wrong: int
    duplicate: int
    boxes: int
    first: int
    last: int
    done: int | float
    expected: int | float | None


def list_view(row: Any, wanted: Conditions | None) -> ListView:
    """Describe a list."""
    expected = None if wanted is None or wanted.expected is None else amount(wanted.expected)
    return ListView(
        row.uuid, row.field, row.state, row.record_id or None, row.maker, bool(row.shared), row.good,
        amount(int(row.quantity)), expected, row.wrong, row.duplicates, bool(wanted and wanted.listed),
    )  # fmt: skip


def line_view(row: Any) -> LineView:
    """Describe a line."""
    params = json.loads(row.params) if row.params else {}
    meant = params.pop("meant", [])
    return LineView(
        row.seq, row.answer, row.raw, Problem(row.code, params, item=row.raw) if row.code else None, row.item,
        row.item_kind, row.product, row.product_name, row.batch, row.state, row.place, amount(int(row.quantity)),
        row.box, row.source, amount(int(row.done)), row.at, row.actor, meant,
    )  # fmt: skip
