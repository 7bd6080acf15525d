"""What a count session (盘点单) is, and the rules by which what was found is judged.

**What is expected.** When a session opens, the pieces and quantities that stand in its places are frozen as rows.
Pieces that are built in, lost, scrapped or voided stand nowhere; packages are not judged themselves: a scanned one
means everything in it.

*Snapshot* (静态盘点): goods should not move while they are counted, and everything is judged against the frozen rows:

* a piece found where it stood is right; found elsewhere, it is in the ``wrong_place``; not found, it is ``missing``;
* a piece that was not there when it opened is judged by the books at the moment of its scan: standing elsewhere it is
  in the ``wrong_place``, standing nowhere (shipped, sold, lost …) it is ``surplus``; and if the books have brought it
  here since, it is ``surplus`` and ``moved``;
* a quantity is compared with the frozen one.

*Live* (动态盘点): work goes on, and everything is judged against the ledger as of each scan:

* a piece is right if at the moment of its scan the books had it there; else ``wrong_place`` or ``surplus`` as above;
* a piece is ``missing`` if it stood there when the session opened, was not found, and nothing has changed its place or
  state since. What left meanwhile and what came meanwhile is not expected, whether it was found or not;
* a quantity is compared with what the books had at the *last* scan of that line (place, product, batch). A line that
  nobody counted is missing as it was frozen; if the books changed it meanwhile, it is told as ``moved``.

**Moved**: the books changed the place or state of a piece after what it is judged against (its frozen row, or its
scan), the books changed a frozen quantity (snapshot), or changed it between two scans of the same line (live). Such a
difference is shown and not adjusted: it is to be counted again.

A piece counts once in a session: whoever scans it again is told so. Quantities add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from mazhi.kernel.errors import Problem
from mazhi.kernel.life_cycles.model import NOT_LIVE, VOID

MANAGE = "counts.manage"
APPROVE = "counts.approve"
COUNT = "operation.count"
VISIT = "place"
"""How a scan is answered that only says where somebody is."""
GONE = (VOID, *sorted(NOT_LIVE))
"""The states in which a thing stands nowhere."""
TRACKINGS = ("serial", "batch", "sku")
MOST_PLACES = 20_000
MOST_PRODUCTS = 20_000
MOST_DECISIONS = 10_000

Kind = Literal["snapshot", "live"]
State = Literal["open", "counted", "approved", "posting", "posted", "cancelled"]
STATES = {
    "open": ("盘点中", "being counted"), "counted": ("已盘完", "counted"), "approved": ("已审核", "approved"),
    "posting": ("过账中", "being posted"), "posted": ("已过账", "posted"), "cancelled": ("已取消", "cancelled"),
}  # fmt: skip
Difference = Literal["missing", "surplus", "wrong_place", "quantity", "unknown"]
ACTIONS: dict[str, tuple[str, ...]] = {
    "missing": ("lost", "leave"),
    "surplus": ("in_stock", "leave"),
    "wrong_place": ("move", "leave"),
    "quantity": ("adjust", "leave"),
    "unknown": ("leave",),
}
"""What may be done about a difference; the first is what is done unless somebody decides otherwise."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What is to be counted, and how.

    Attributes:
        places: Their codes; what lies within them counts too.
        products: Only these; empty: all.
        tracking: Only pieces, batches or mere quantities.
        kind: ``snapshot`` or ``live``; see above.
        blind: Who counts is not told what is expected (盲盘).
        same_counter: Whoever counted may also count again, and approve.
        only: Only places that the books have goods at (``stocked``), or that they call empty (``empty``).
        sample: Only so many in a hundred of the places, drawn by chance; 0: all.
        abc: Only products of these classes, by how often they left; none: all.
        days: Within so many days.
        title: What people call it.
        document: What it is opened for.
        client_key: The same key opens it once.
    """

    places: Sequence[str]
    products: Sequence[str] = ()
    tracking: Sequence[str] = TRACKINGS
    kind: Kind = "snapshot"
    blind: bool = False
    same_counter: bool = False
    only: str = ""
    sample: int = 0
    abc: Sequence[str] = ()
    days: int = 90
    title: str = ""
    document: str = ""
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """One scan of somebody who counts.

    Attributes:
        raw: What the scanner sent.
        symbology: What the device calls the symbol.
        place: Where; may be missing if the session has only one place.
        quantity: Of batch and SKU goods; missing: what the code says, else 1. Zero: nothing is there.
        client_key: The same key gives the same answer.
    """

    raw: str
    symbology: str | None = None
    place: str | None = None
    quantity: Decimal | None = None
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted again: a product at a place, or (product None) the whole place."""

    place: str
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done about a difference."""

    line: int
    action: str
    reason: str = ""


@dataclass(slots=True)
class ScanLine:
    """What becomes of a scan; in the order of the columns of its row."""

    answer: str
    raw: str
    counted: int = 0
    problem: Problem | None = None
    item_id: int = 0
    product_id: int = 0
    batch_id: int = 0
    quantity: int = 0
    book_place: int = 0
    book_state: str = ""
    book_seq: int = 0
    book_quantity: int = 0
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What a found piece is judged against: where it was, and whether that is a frozen row or the books of now."""

    place_id: int
    state: str
    frozen: bool


def judge_piece(kind: str, reference: Reference, place_id: int) -> str:
    """Say of a piece that was found at a place: ``right``, ``wrong_place`` or ``surplus``."""
    standing = reference.place_id != 0 and reference.state not in GONE
    if not standing:
        return "surplus"
    if reference.place_id != place_id:
        return "wrong_place"
    return "right" if reference.frozen or kind == "live" else "surplus"


@dataclass(frozen=True, slots=True)
class QuantityLine:
    """Everything that is known of a quantity (place, product, batch), in millionths.

    Attributes:
        frozen: What stood there when the session opened.
        now: What the books have now.
        counted: What was counted; None: nobody was there.
        last: What the books had at the last scan.
        least: The least that they had at any scan.
        most: The most.
    """

    frozen: int
    now: int
    counted: int | None = None
    last: int = 0
    least: int = 0
    most: int = 0


def judge_quantity(kind: str, line: QuantityLine) -> tuple[int, int, bool] | None:
    """Return what was expected, what was counted and whether it moved; None where there is no difference."""
    counted = line.counted or 0
    if kind == "snapshot":
        return None if counted == line.frozen else (line.frozen, counted, line.now != line.frozen)
    if line.counted is None:
        if line.now == 0:
            return None
        return line.now, 0, line.now != line.frozen
    return None if counted == line.last else (line.last, counted, line.least != line.most)


def named(prefix: str, *states: str) -> dict[str, Any]:
    """Say states in both languages, for a text: ``{prefix_zh, prefix_en}``."""
    zh, en = zip(*(STATES.get(state, (state, state)) for state in states), strict=True)
    return {f"{prefix}_zh": "、".join(zh), f"{prefix}_en": ", ".join(en)}


def accuracy(right: int, differences: int) -> float | None:
    """Return how many in a hundred were as the books said; None where there was nothing to compare."""
    total = right + differences
    return round(100 * right / total, 2) if total else None


def told(problem: Problem | None) -> dict[str, Any]:
    """Write a problem as plain data."""
    return {"code": problem.code if problem else "", "params": dict(problem.params) if problem else {}}
