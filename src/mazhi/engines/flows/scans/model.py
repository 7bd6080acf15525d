"""The rules of scan steps: which expected line a piece belongs to, and what is said to it. No database here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.marks import read_marks
from mazhi.kernel.scanning.pieces import MILLION, Piece

Answer = Literal["right", "wrong", "duplicate", "box", "undone"]
"""``box``: a package whose content was counted in its place; ``undone``: taken back."""

Policy = Literal["refuse", "warn", "pass"]
POLICIES = (
    "missing", "extra", "duplicate", "wrong_product", "wrong_batch", "wrong_state", "wrong_place", "held", "recalled",
    "unknown",
)  # fmt: skip
"""What can be wrong with a piece, or with the whole, and is judged by what the flow says."""
NEVER_COUNTED = frozenset({"duplicate", "unknown"})
"""Whatever the flow says: here it only says whether scanning stops."""
MOST_LINES = 100_000
"""So many scans a step may have."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The operation that is posted when the step is completed, as far as it decides what may be scanned."""

    kind: str
    place_id: int = 0
    from_id: int = 0
    partner_id: int = 0
    partner_kind: str = ""
    document: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a step takes; frozen when it is entered.

    Attributes:
        free: Whether nothing is expected: whatever fits otherwise is right.
        policies: What follows from each thing that can be wrong.
        missing: How much of a line may be missing, in percent.
        extra: How much more than expected is taken, in percent.
        boxes: What a package means: ``explode`` its content, ``whole`` itself, ``refuse`` nothing.
        states: Codes of the only states; empty for any.
        place_id: The place where everything must stand; 0 for anywhere.
        place: Its code.
        manual: Whether codes may be typed: ``allow``, ``right``, ``forbid``.
        ask: Whether the quantity of batch and SKU goods is asked for where the code does not say it.
        photo: The field of the record that must hold a picture.
        continuous: Whether the camera stays on between scans.
        operation: What is posted at the end.
        title: What the step is for: the title of the instance.
        boxes_of: Codes of the boxes whose content is expected.
    """

    free: bool = False
    policies: Mapping[str, Policy] = field(default_factory=dict)
    missing: float = 0
    extra: float = 0
    boxes: str = "explode"
    states: Sequence[str] = ()
    place_id: int = 0
    place: str = ""
    manual: str = "allow"
    ask: bool = True
    photo: str = ""
    continuous: bool = True
    operation: Posting | None = None
    title: str = ""
    boxes_of: Sequence[str] = ()

    def policy(self, name: str) -> Policy:
        """Return what follows from something that is wrong."""
        return self.policies.get(name, "refuse")

    def eased(self, names: Collection[str]) -> Rules:
        """Return the rules after somebody who may has let some things pass: they are told, and taken."""
        softer: dict[str, Policy] = {name: "warn" for name in names if self.policy(name) == "refuse"}
        return replace(self, policies={**self.policies, **softer}) if softer else self

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        return asdict(self)

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Rules:
        """Read what ``body`` wrote."""
        operation = body.get("operation")
        return cls(**{**body, "operation": Posting(**operation) if operation else None})


@dataclass(slots=True)
class Want:
    """One line of what should be scanned.

    Attributes:
        line: Its number.
        item_id: Exactly this item; 0 for any that fits.
        product_id: Of this product; 0 for a package.
        batch_id: Of this batch; 0 for any.
        expected: How much, in millionths.
        done: How much was scanned; more than expected where that is let pass.
    """

    line: int
    item_id: int
    product_id: int
    batch_id: int
    expected: int
    done: int = 0

    @property
    def room(self) -> int:
        """How much of it is missing."""
        return max(0, self.expected - self.done)

    @property
    def matched(self) -> int:
        """How much of it is there."""
        return min(self.done, self.expected)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a piece goes.

    Attributes:
        shares: How much of it goes to which lines.
        exact: The line that names this very item; 0 for none.
        fault: What is wrong with it: ``extra``, ``wrong_product``, ``wrong_batch``, ``not_listed``; empty for nothing.
    """

    shares: tuple[tuple[int, int], ...] = ()
    exact: int = 0
    fault: str = ""


def match(piece: Piece, wants: Sequence[Want], rules: Rules, *, listed: bool = False) -> Match:
    """Find the lines that a piece belongs to: the very item before its batch before its product, each in its order.

    ``wants`` are the line that names the item, if there is one, and those of its product that name none; ``listed``
    tells whether other items of its product are expected.
    """
    if rules.free:
        return Match()
    exact = next((one for one in wants if one.item_id and one.item_id == piece.item_id), None)
    if exact is not None:
        return Match(((exact.line, MILLION),), exact.line)
    of_product = [one for one in wants if not one.item_id and one.product_id == piece.product_id and piece.product_id]
    if not of_product:
        return Match(fault="not_listed" if listed else "wrong_product")
    fitting = fits(of_product, piece.batch_id)
    if not fitting:
        return Match(fault="wrong_batch")
    shares, over = fill(fitting, piece.quantity)
    if over:
        shares[fitting[-1].line] = shares.get(fitting[-1].line, 0) + over
    before = sum(max(0, one.done - one.expected) for one in fitting)
    most = int(sum(one.expected for one in fitting) * rules.extra / 100)
    return Match(tuple(shares.items()), 0, "extra" if over and before + over > most else "")


def fits(wants: Iterable[Want], batch_id: int) -> list[Want]:
    """Return the lines of a product that goods of a batch may fill, in the order in which they are filled."""
    lines = [*wants]
    of_batch = [one for one in lines if one.batch_id and one.batch_id == batch_id]
    return of_batch + [one for one in lines if not one.batch_id]


def fill(wants: Sequence[Want], quantity: int) -> tuple[dict[int, int], int]:
    """Divide a quantity among lines in their order; return the shares and what is left over."""
    shares: dict[int, int] = {}
    for one in wants:
        share = min(one.room, quantity)
        if share:
            shares[one.line] = share
            quantity -= share
    return shares, quantity


def divide(wants: Sequence[Want], totals: Mapping[int, int]) -> dict[int, int]:
    """Divide what was scanned of a product, by batch, among its lines anew; return what each line has then.

    It comes to the same as taking the scans one by one, in whatever order.
    """
    lines = [replace(one, done=0) for one in wants]
    for batch_id, quantity in sorted(totals.items()):
        fitting = fits(lines, batch_id)
        shares, over = fill(fitting, quantity)
        for one in fitting:
            one.done += shares.get(one.line, 0)
        if over and fitting:
            fitting[-1].done += over
    return {one.line: one.done for one in lines}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that is wrong with a piece.

    Attributes:
        policy: By which policy it is judged; empty: it is refused whatever the flow says.
        problem: What.
    """

    policy: str
    problem: Problem


def about(piece: Piece, order: str) -> dict[str, object]:
    """Return what is told of a piece that does not belong here: what it is, and where it is to go."""
    return {
        "item": piece.code or piece.product, "product": piece.product, "order": order, "place": piece.place,
        "back_zh": f"放回 {piece.place}" if piece.place else "放到一边",
        "back_en": f"Put it back to {piece.place}" if piece.place else "Put it aside",
    }  # fmt: skip


def shape_fault(piece: Piece, rules: Rules) -> Problem | None:
    """Say why something is not the kind of thing that can be scanned here."""
    if piece.kind == "package" and rules.boxes == "refuse":
        return Problem("scan_no_boxes", {"item": piece.code})
    if piece.kind != "goods":
        return None
    if piece.tracking == "serial":
        return Problem("scan_items_only", {"product": piece.product})
    if piece.tracking == "batch" and not piece.batch_id:
        return Problem("scan_batch_needed", {"product": piece.product})
    return None


def mark_faults(piece: Piece) -> list[Reason]:
    """Say that a piece is held or recalled, the graver first."""
    marks = {mark: cause for mark, cause, _ in reversed(read_marks(piece.marks))} if piece.marks else {}
    return [
        Reason(mark, Problem(mark, {"item": piece.code, "cause": marks[mark]}))
        for mark in ("recalled", "held")
        if mark in marks
    ]


def verdict(reasons: Sequence[Reason], rules: Rules) -> tuple[bool, Problem | None]:
    """Say whether a piece is taken, and what is told: the gravest that refuses it, else the first that warns."""
    for one in reasons:
        if not one.policy or rules.policy(one.policy) == "refuse":
            return False, one.problem
    for one in reasons:
        if rules.policy(one.policy) == "warn":
            return True, one.problem
    return True, None


def missing(wants: Iterable[Want], rules: Rules) -> list[Want]:
    """Return the lines of which more is missing than may be."""
    return [one for one in wants if one.room > int(one.expected * rules.missing / 100)]


def amount(millionths: int) -> int | float:
    """Write a quantity as people do: whole where it is whole."""
    whole, rest = divmod(millionths, MILLION)
    return whole if rest == 0 else millionths / MILLION
