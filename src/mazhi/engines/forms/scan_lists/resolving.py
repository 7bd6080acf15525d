"""From scanned texts to pieces: for one scan or a hundred thousand, always a few statements for many texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mazhi.engines.forms.scan_lists.model import MILLION, Found, Piece
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.scanning.model import clean, is_warning
from mazhi.kernel.scanning.reading import Reading
from mazhi.kernel.scanning.service import read_many

RIGHT = "items.view"
_GUESSES = frozenset({"near_miss", "suffix"})
"""Ways of reading that only guess: a person has to agree."""
_MOST_MEANT = 3


def find(tx: Tx, actor: Actor, raws: Sequence[str]) -> dict[str, Found]:
    """Return what each text is.

    What stands as it is among the identifiers needs no parsing: our own codes go before every other reading anyway.
    """
    found: dict[str, Found] = {}
    texts = {raw: clean(raw) for raw in dict.fromkeys(raws)}
    known = _identified(tx, texts.values())
    pieces = items(tx, actor, {next(iter(ids)) for ids in known.values() if len(ids) == 1})
    for raw, text in texts.items():
        ids = known.get(text, set())
        if len(ids) == 1 and (piece := pieces.get(next(iter(ids)))) is not None:
            found[raw] = Found(piece)
    rest = [raw for raw in texts if raw not in found]
    return found | by_reading(tx, actor, read_many(tx, rest, actor=actor)) if rest else found


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


_PIECE = """
SELECT i.id, i.kind, i.code, i.product_id, p.code, i.batch_id, i.state, i.place_id, o.code, i.marks
FROM item i LEFT JOIN product p ON p.id = i.product_id LEFT JOIN place o ON o.id = i.place_id
"""


def items(tx: Tx, actor: Actor, ids: Collection[int]) -> dict[int, Piece]:
    """Return items and packages by number, as far as somebody may see them."""
    if not ids or not actor.may(RIGHT):
        return {}
    rows = tx.tuples(f"{_PIECE} WHERE i.id ANY(:ids, bigint) AND i.state <> ''", ids=sorted(ids))
    return _seen(actor, [_piece(row) for row in rows])


def _seen(actor: Actor, pieces: Sequence[Piece]) -> dict[int, Piece]:
    areas = actor.areas(RIGHT)
    return {one.item_id: one for one in pieces if areas is None or one.place_id == 0 or one.place_id in areas}


def _piece(row: tuple[Any, ...], box: int = 0) -> Piece:
    return Piece(
        "package" if row[1] == "package" else "item", row[0], row[2], row[3], row[4] or "", row[5], row[6], row[7],
        row[8] or "", row[9], box=box,
    )  # fmt: skip


def contents(tx: Tx, boxes: Collection[int]) -> dict[int, list[Piece]]:
    """Return every single piece in each of some packages, however deep; a level is one statement."""
    root = {box: box for box in boxes}
    found: dict[int, list[Piece]] = {box: [] for box in root}
    level = list(root)
    while level:
        rows = tx.tuples(
            f"{_PIECE.replace('i.marks', 'i.marks, i.parent_id', 1)} WHERE i.parent_id ANY(:ids, bigint) "
            "AND i.state NOT IN ('built_in', '') ORDER BY i.id",
            ids=sorted(level),
        )
        level = []
        for row in rows:
            outer = root[row[10]]
            if row[1] == "package":
                root[row[0]] = outer
                level.append(row[0])
            else:
                found[outer].append(_piece(row, outer))
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
    quantity = int(text) * MILLION if text.isascii() and text.isdigit() and 0 < int(text) < 10**9 else MILLION
    return Piece(
        "goods", product_id=number, product=one.product or "", batch_id=batches.get((number, one.batch or ""), 0),
        tracking=tracking, quantity=quantity,
    )  # fmt: skip
