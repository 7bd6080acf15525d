"""What a scan list takes, and what it says about one scan; pure rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.marks import read_marks
from mazhi.kernel.scanning.pieces import MILLION, Piece

MOST = 100_000
"""So many codes are taken at once."""
MOST_LINES = 1_000_000
"""So many lines a list may have."""
CHUNK = 5_000
"""So many codes are looked up, judged and written at once; each has a transaction of its own."""

Answer = Literal["right", "wrong", "duplicate", "box", "undone"]
"""``box``: a package whose content was counted in its place; ``undone``: taken back."""

_BLOCKING = ("held", "recalled")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a list takes, from the options of its field and what stands in the other fields of the form.

    Attributes:
        takes: ``items``, ``goods`` (batches and products by quantity), or ``both``.
        boxes: What a package means: ``explode`` its content, ``whole`` itself, ``refuse`` nothing.
        product: The id of the only product; 0 for any, -1 where what is named is not there.
        products: Codes of the only products; empty for any.
        states: Codes of the only states; empty for any.
        places: Ids of the only places; None for any.
        blocked: Whether held and recalled items are taken.
        expected: How many there should be, in millionths; None where nobody says.
        over: Whether more than expected are taken.
        listed: The list that says what should come; 0 for none.
        once: Whether an item may stand in one record of the form only.
        names: What states are called, in Chinese and English.
    """

    takes: str = "items"
    boxes: str = "explode"
    product: int = 0
    product_code: str = ""
    products: Collection[str] = ()
    states: Collection[str] = ()
    places: Collection[int] | None = None
    place_code: str = ""
    blocked: bool = False
    expected: int | None = None
    over: bool = False
    listed: int = 0
    once: bool = False
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One line of a list as it is written.

    Attributes:
        raw: The text as it was scanned.
        answer: What was said to it.
        problem: Why it was not counted.
        piece: What it is, if anything.
        within: The place, among the lines that are written, of the box that it came out of; None for a scan of its own.
        source: The number of the row in what was pasted or sent as a file; 0 for a scan.
        meant: Codes that it may have been.
    """

    raw: str
    answer: Answer
    problem: Problem | None = None
    piece: Piece | None = None
    within: int | None = None
    source: int = 0
    meant: tuple[str, ...] = ()


def refusal(piece: Piece, wanted: Conditions) -> Problem | None:
    """Say why a piece is not taken, if it is not; what depends on the other lines is not looked at."""
    if piece.kind == "goods":
        return _refused_goods(piece, wanted)
    if wanted.takes == "goods":
        return Problem("scan_goods_only", {"item": piece.code})
    if piece.kind == "package" and wanted.boxes == "refuse":
        return Problem("scan_no_boxes", {"item": piece.code})
    return _wrong_product(piece, wanted) or _wrong_condition(piece, wanted)


def _refused_goods(piece: Piece, wanted: Conditions) -> Problem | None:
    if wanted.takes == "items" or piece.tracking == "serial":
        return Problem("scan_items_only", {"product": piece.product})
    if piece.tracking == "batch" and not piece.batch_id:
        return Problem("scan_batch_needed", {"product": piece.product})
    return _wrong_product(piece, wanted)


def _wrong_product(piece: Piece, wanted: Conditions) -> Problem | None:
    allowed = {wanted.product_code} if wanted.product else set(wanted.products)
    if not allowed or (piece.kind == "package" and not piece.product_id):
        return None
    right = piece.product_id == wanted.product if wanted.product else piece.product in allowed
    if right:
        return None
    named = "、".join(sorted(allowed))
    return Problem("scan_wrong_product", {"item": piece.code, "product": piece.product, "wanted": named})


def _wrong_condition(piece: Piece, wanted: Conditions) -> Problem | None:
    if wanted.states and piece.state not in wanted.states:
        params: dict[str, object] = {"item": piece.code, "state": piece.state}
        for place, language in enumerate(("zh", "en")):
            params[f"state_{language}"] = wanted.names.get(piece.state, (piece.state,) * 2)[place]
            params[f"wanted_{language}"] = "、".join(wanted.names.get(one, (one,) * 2)[place] for one in wanted.states)
        return Problem("scan_wrong_state", params)
    if wanted.places is not None and piece.place_id not in wanted.places:
        return Problem(
            "scan_wrong_place" if piece.place else "scan_no_place",
            {"item": piece.code, "place": piece.place, "wanted": wanted.place_code},
        )
    marks = [] if wanted.blocked or not piece.marks else [mark for mark, _, _ in read_marks(piece.marks)]
    for mark in _BLOCKING:
        if mark in marks:
            return Problem(f"scan_{mark}", {"item": piece.code})
    return None


@dataclass(slots=True)
class Standing:
    """What a list held before some lines were written: enough to tell what is there twice or too much.

    Attributes:
        taken: Items of the list, with the number of their line.
        elsewhere: Items that stand in another record of the form, with its number.
        listed: Items that should come; None where nobody says.
        quantity: How much is counted already, in millionths.
    """

    taken: dict[int, int] = field(default_factory=dict)
    elsewhere: Mapping[int, int] = field(default_factory=dict)
    listed: Collection[int] | None = None
    quantity: int = 0


def settle(line: Line, piece: Piece, wanted: Conditions, standing: Standing) -> None:
    """Answer one line for good: whether it is there already, should be there at all, and still fits."""
    line.piece = piece
    if piece.kind != "goods":
        if piece.item_id in standing.taken:
            line.answer, line.problem = "duplicate", Problem("scan_again", {"item": piece.code})
            return
        if piece.item_id in standing.elsewhere:
            params = {"item": piece.code, "record": standing.elsewhere[piece.item_id]}
            line.answer, line.problem = "duplicate", Problem("scan_elsewhere", params)
            return
        if standing.listed is not None and piece.item_id not in standing.listed:
            line.answer, line.problem = "wrong", Problem("scan_not_listed", {"item": piece.code})
            return
    over = wanted.expected is not None and standing.quantity + piece.quantity > wanted.expected
    if over and not wanted.over:
        params = {"item": piece.code or piece.product, "expected": amount(wanted.expected or 0)}
        line.answer, line.problem = "wrong", Problem("scan_over", params)
        return
    line.answer = "right"
    standing.quantity += piece.quantity
    if piece.kind != "goods":
        standing.taken[piece.item_id] = 0


def amount(millionths: int) -> int | float:
    """Write a quantity as people do: whole where it is whole."""
    whole, rest = divmod(millionths, MILLION)
    return whole if rest == 0 else millionths / MILLION


def context_of(options: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a form's values what the conditions of a list depend on."""
    named = {name: str(options.get(name) or "") for name in ("product", "place", "expected", "list_record")}
    found = {name: values.get(code) for name, code in named.items() if code}
    return {name: value for name, value in found.items() if isinstance(value, str | int | float)}


def params_of(problem: Problem) -> dict[str, Any]:
    """Return what fills the texts of a problem, ready to be kept as JSON."""
    return {name: value if isinstance(value, int | float) else str(value) for name, value in problem.params.items()}


def spread(lines: Sequence[Line]) -> dict[str, int]:
    """Count lines by what was said to them."""
    found = dict.fromkeys(("right", "wrong", "duplicate", "box"), 0)
    for line in lines:
        found[line.answer] += 1
    return found
