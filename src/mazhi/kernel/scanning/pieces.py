"""From scanned texts to pieces: for one scan or a hundred thousand, always a few statements for many texts.

What a form's scan lists and a flow's scan steps both begin with: a text was scanned; which item, package, or quantity
of a product or batch is that, and what is known of it?
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.model import Facts
from mazhi.kernel.scanning.model import clean, is_warning
from mazhi.kernel.scanning.reading import Reading
from mazhi.kernel.scanning.service import read_many

RIGHT = "items.view"
MILLION = 1_000_000
_GUESSES = frozenset({"near_miss", "suffix"})
"""Ways of reading that only guess: a person has to agree."""
_MOST_MEANT = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """What a scan leads to: an item, a package, or a quantity of a product or batch.

    Attributes:
        box: The package that it came out of; 0 for a scan of its own.
        told: Whether the quantity stood in the code.
        facts: Of an item or package: everything that decides what may happen to it.
    """

    kind: Literal["item", "package", "goods"]
    item_id: int = 0
    code: str = ""
    product_id: int = 0
    product: str = ""
    batch_id: int = 0
    state: str = ""
    place_id: int = 0
    place: str = ""
    marks: str = ""
    tracking: str = ""
    quantity: int = MILLION
    box: int = 0
    told: bool = False
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a text was found to be: a piece, or why it is none and what it may have been."""

    piece: Piece | None = None
    problem: Problem | None = None
    meant: tuple[str, ...] = ()


def find(tx: Tx, actor: Actor, raws: Sequence[str]) -> dict[str, Found]:
    """Return what each text is.

    What stands as it is among the identifiers needs no parsing: our own codes go before every other reading anyway.
    """
    found = identified(tx, actor, raws)
    rest = [raw for raw in dict.fromkeys(raws) if raw not in found]
    return found | by_reading(tx, actor, read_many(tx, rest, actor=actor)) if rest else found


def identified(tx: Tx, actor: Actor, raws: Sequence[str]) -> dict[str, Found]:
    """Return what those texts are that stand as they are among the identifiers, and mean one thing alone."""
    texts = {raw: clean(raw) for raw in dict.fromkeys(raws)}
    known = _identified(tx, texts.values())
    single = {text: next(iter(ids)) for text, ids in known.items() if len(ids) == 1}
    pieces = items(tx, actor, single.values())
    return {raw: Found(pieces[single[text]]) for raw, text in texts.items() if single.get(text) in pieces}


def by_reading(tx: Tx, actor: Actor, readings: Mapping[str, Sequence[Reading]]) -> dict[str, Found]:
    """Return what texts are by their readings, the likeliest first."""
    chosen = {raw: some[0] for raw, some in readings.items()}
    pieces = items(tx, actor, {one.item_id for one in chosen.values() if one.item_id is not None})
    goods = _goods(tx, chosen.values())
    found = {}
    for raw, one in chosen.items():
        problem = _doubt(raw, one, readings[raw])
        if problem is not None:
            found[raw] = Found(None, problem, _meant(readings[raw]))
        elif one.item_id is not None and one.item_id in pieces:
            found[raw] = Found(pieces[one.item_id])
        elif one.kind in ("product", "batch") and one.product in goods:
            found[raw] = Found(_of_goods(one, goods[one.product]))
        elif one.kind in ("place", "partner"):
            found[raw] = Found(None, Problem("scan_no_goods", {"item": one.place or one.partner or raw}))
        else:
            found[raw] = Found(None, Problem("unknown_item", {"item": one.value[:80]}))
    return found


def _doubt(raw: str, one: Reading, readings: Sequence[Reading]) -> Problem | None:
    meant = _meant(readings)
    if meant and (one.via in _GUESSES or one.kind == "unknown"):
        code = "scan_ending" if one.via == "suffix" else "scan_near"
        return Problem(code, {"item": raw[:80], "meant": "、".join(meant)})
    return next((problem for problem in one.problems if not is_warning(problem.code)), None)


def _meant(readings: Sequence[Reading]) -> tuple[str, ...]:
    codes = [one.item["code"] if one.item else one.value for one in readings if one.via in _GUESSES]
    return tuple(dict.fromkeys(codes))[:_MOST_MEANT]


def _identified(tx: Tx, texts: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    # PostgreSQL takes no NUL, and nothing is called so.
    wanted = [text for text in texts if text and "\0" not in text and text.isprintable()]
    for value, item_id in tx.tuples(
        "SELECT value, item_id FROM identifier WHERE value ANY(:values, text)", values=wanted
    ):
        found.setdefault(value, set()).add(item_id)
    return found


_FACTS = ", ".join(f"i.{name}" for name in Facts._fields)
_AT, _PARENT = len(Facts._fields), Facts._fields.index("parent_id")
_PIECE = f"""
SELECT {_FACTS}, i.id, i.code, p.code, o.code
FROM item i LEFT JOIN product p ON p.id = i.product_id LEFT JOIN place o ON o.id = i.place_id
"""


def items(tx: Tx, actor: Actor, ids: Collection[int]) -> dict[int, Piece]:
    """Return items and packages by number, as far as somebody may see them."""
    if not ids or not actor.may(RIGHT):
        return {}
    rows = tx.tuples(f"{_PIECE} WHERE i.id ANY(:ids, bigint) AND i.state <> ''", ids=sorted(ids))
    return {one.item_id: one for one in map(_piece, rows) if is_visible(actor, one)}


def is_visible(actor: Actor, piece: Piece) -> bool:
    """Tell whether somebody may see an item or package; products and batches everybody may."""
    if piece.kind == "goods":
        return True
    areas = actor.areas(RIGHT)
    return actor.may(RIGHT) and (areas is None or piece.place_id == 0 or piece.place_id in areas)


def _piece(row: tuple[Any, ...], box: int = 0) -> Piece:
    facts = Facts(*row[:_AT])
    number, code, product, place = row[_AT : _AT + 4]
    kind: Literal["item", "package"] = "package" if facts.kind == "package" else "item"
    return Piece(
        kind, number, code, facts.product_id, product or "", facts.batch_id, facts.state, facts.place_id, place or "",
        facts.marks, box=box, facts=facts,
    )  # fmt: skip


def contents(tx: Tx, boxes: Collection[int]) -> dict[int, list[Piece]]:
    """Return every single piece in each of some packages, however deep; a level is one statement."""
    found: dict[int, list[Piece]] = {box: [] for box in boxes}
    level = {box: {box} for box in found}
    while level:
        rows = tx.tuples(
            f"{_PIECE} WHERE i.parent_id ANY(:ids, bigint) AND i.state NOT IN ('built_in', '') ORDER BY i.id",
            ids=sorted(level),
        )
        inner: dict[int, set[int]] = {}
        for row in rows:
            for outer in level[row[_PARENT]]:
                piece = _piece(row, outer)
                if piece.kind == "package":
                    inner.setdefault(piece.item_id, set()).add(outer)
                else:
                    found[outer].append(piece)
        level = inner
    return found


def _goods(tx: Tx, readings: Collection[Reading]) -> dict[str | None, Any]:
    products = sorted({one.product for one in readings if one.item_id is None and one.product})
    if not products:
        return {}
    rows = tx.rows("SELECT id, code, tracking FROM product WHERE code ANY(:codes, text)", codes=products)
    batches = sorted({one.batch for one in readings if one.item_id is None and one.batch})
    known = tx.tuples("SELECT product_id, code, id FROM batch WHERE code ANY(:codes, text)", codes=batches)
    by_product = {(product, code): number for product, code, number in known}
    return {row.code: (row.id, row.tracking, by_product) for row in rows}


def _of_goods(one: Reading, known: tuple[int, str, Mapping[tuple[int, str], int]]) -> Piece:
    number, tracking, batches = known
    text = one.elements.get("30") or one.elements.get("37") or "1"
    good = text.isascii() and text.isdigit() and 0 < int(text) < 10**9
    return Piece(
        "goods", product_id=number, product=one.product or "", batch_id=batches.get((number, one.batch or ""), 0),
        tracking=tracking, quantity=int(text) * MILLION if good else MILLION,
        told=good and ("30" in one.elements or "37" in one.elements),
    )  # fmt: skip
