"""Binding codes while counting (边盘边贴码): a count that stays open until every unit has its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem
from mazhi.kernel.items.model import check_code
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.posting import store as posting
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product
from mazhi.kernel.tracking_change import carrying, store
from mazhi.kernel.tracking_change.model import Line, Wish, carried, unfit
from mazhi.kernel.tracking_change.service import SHOWN, Changed, allowed


@dataclass(frozen=True, slots=True)
class Count:
    """How far a count is; ``bound`` says by line how many codes there are."""

    id: int
    state: str
    product: str
    lines: tuple[Line, ...]
    bound: dict[int, int]
    event: int | None


class Counting:
    """Counts that bind codes to the units of a product that becomes serial."""

    def __init__(self, db: Database, item_ids: Ids, event_ids: Ids) -> None:
        self._db = db
        self._item_ids = item_ids
        self._event_ids = event_ids

    def get(self, actor: Actor, change_id: int) -> Count:
        """Say how far a count is, by the stock as it is now.

        Raises:
            NotFoundError: There is no such count.
        """
        actor.require("items.make")
        with self._db.read() as tx:
            row, product = _open(tx, change_id)
            lines, _ = _lines(tx, row, product)
            return Count(row.id, row.state, product.code, tuple(lines), store.counted(tx, change_id), row.event_id)

    def bind(self, actor: Actor, change_id: int, line: int, codes: Sequence[str]) -> tuple[int, list[Problem]]:
        """Bind scanned codes to units of a line; return how many are new, and every refusal.

        The same code again for the same line is no fault: a scan may be sent twice.

        Raises:
            ConflictError: The count is closed (``count_closed``).
            NotFoundError: There is no such count, or no such line.
        """
        actor.require("items.make")
        with self._db.write() as tx:
            row, product = _open(tx, change_id, locked=True, closed=False)
            lines = {one.number: one for one in _keep_lines(tx, row, product)}
            if line not in lines:
                raise NotFoundError("unknown_line", line=line)
            bound = store.codes(tx, change_id)
            taken = posting.resolve(tx, list(codes)) if codes else {}
            left = lines[line].units - sum(1 for on in bound.values() if on == line)
            good: list[str] = []
            refused: list[Problem] = []
            for place, code in enumerate(codes):
                if bound.get(code) == line:
                    continue
                wrong = check_code(code, f"/codes/{place}") or _wrong(code, place, bound, taken, product)
                if wrong is None and len(good) >= left:
                    wrong = Problem(
                        "over_quantity", {"line": line, "units": lines[line].units}, f"/codes/{place}", code
                    )
                if wrong is not None:
                    refused.append(wrong)
                    continue
                bound[code] = line
                good.append(code)
            store.bind(tx, change_id, line, good, actor.name)
            return len(good), refused

    def unbind(self, actor: Actor, change_id: int, codes: Sequence[str]) -> int:
        """Take codes away that were bound by mistake; return how many."""
        actor.require("items.make")
        with self._db.write() as tx:
            _open(tx, change_id, locked=True, closed=False)
            return store.unbind(tx, change_id, list(codes))

    def cancel(self, actor: Actor, change_id: int) -> None:
        """Give a count up; its codes are free again."""
        actor.require("products.edit")
        with self._db.write() as tx:
            _open(tx, change_id, locked=True, closed=False)
            store.end(tx, change_id, "cancelled", actor.name)

    def finish(self, actor: Actor, change_id: int) -> Changed:
        """Make the product serial, every unit with the code that was bound to it; again it gives the same answer.

        Raises:
            ConflictError: Some units have no code, or codes have no unit (``count_open_lines``, a problem a line).
            InvalidInputError: Balances cannot be turned into pieces (half units, held stock).
        """
        with self._db.read() as tx:
            row, product = _open(tx, change_id)
            size = len(store.codes(tx, change_id))
        wish = Wish("serial", scan=True, reason=row.reason)
        allowed(actor, wish)
        event_ids = self._event_ids.take(2)
        item_ids = self._item_ids.take(size) if size else range(0)
        with self._db.write() as tx:
            row, product = _open(tx, change_id, locked=True)
            bound = store.codes(tx, change_id)
            if row.state == "done":
                return Changed((row.event_id, row.event_id + 1), len(bound), tuple(list(bound)[:SHOWN]))
            _still_open(row)
            master_data.lock(tx, products.product, product.id)
            posting.lock_pool(tx, [product.id])
            lines = _keep_lines(tx, row, product)
            _check_whole(lines, bound, size)
            carrying.change_product(tx, actor, product, wish, with_batches=product.has_batches)
            chosen = {
                line: [code for code, on in bound.items() if on == line.number] for line in lines if line.quantity
            }
            if chosen:
                carrying.into_pieces(tx, actor, product, wish, chosen, event_ids, item_ids)
            store.end(tx, change_id, "done", actor.name, event_ids[0])
            return Changed(tuple(event_ids), len(bound), tuple(list(bound)[:SHOWN]))


def _open(tx: Tx, change_id: int, *, locked: bool = False, closed: bool = True) -> tuple[Row[Any], Product]:
    row = store.by_id(tx, change_id, locked=locked)
    if row is None:
        raise NotFoundError("unknown_count", count=change_id)
    if not closed:
        _still_open(row)
    return row, products.by_ids(tx, [row.product_id])[row.product_id]


def _still_open(row: Row[Any]) -> None:
    if row.state != "open":
        raise ConflictError("count_closed", count=row.id, state=row.state)


def _lines(tx: Tx, row: Row[Any], product: Product) -> tuple[list[Line], list[Any]]:
    """Return the lines by the present stock, known ones under their number, and the keys that are new."""
    numbers = store.lines(tx, row.id, product.id)
    balances = store.pool(tx, product.id)
    wanted = set(carried("serial", balances)) if row.state == "open" else set()
    new = sorted(wanted - numbers.keys())
    found = [Line(number, key, balances[key] if key in wanted else 0) for key, number in numbers.items()]
    found += [Line(len(numbers) + place, key, balances[key]) for place, key in enumerate(new, 1)]
    return found, new


def _keep_lines(tx: Tx, row: Row[Any], product: Product) -> list[Line]:
    lines, new = _lines(tx, row, product)
    store.add_lines(tx, row.id, new, len(lines) - len(new) + 1)
    return lines


def _wrong(code: str, place: int, bound: dict[str, int], taken: Any, product: Product) -> Problem | None:
    pointer = f"/codes/{place}"
    if code in bound:
        return Problem("duplicate_in_request", {"first": code}, pointer, code)
    if any(space == "own" for space, _ in taken.get(code, ())):
        return Problem("already_exists", {"code": code, "namespace": "own"}, pointer, code)
    if not product.capture.fits(code):
        return Problem("code_pattern", {"pattern": product.capture.pattern}, pointer, code)
    return None


def _check_whole(lines: Sequence[Line], bound: dict[str, int], size: int) -> None:
    """Refuse a count in which codes and units do not match."""
    problems = unfit(lines)
    if problems:
        raise ConflictError("count_open_lines", problems=problems)
    on: dict[int, int] = {}
    for line in bound.values():
        on[line] = on.get(line, 0) + 1
    problems = [
        Problem("units_differ", {"line": line.number, "units": line.units, "bound": on.get(line.number, 0)})
        for line in lines
        if line.units != on.get(line.number, 0)
    ]
    if problems or len(bound) != size:
        raise ConflictError("count_open_lines", problems=problems)
