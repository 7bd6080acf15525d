"""Scan lists that nobody scanned into here: what was scanned elsewhere becomes the content of a field."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from mazhi.engines.facts import Goods
from mazhi.engines.forms.scan_lists import store
from mazhi.engines.forms.scan_lists.model import Line
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.scanning.pieces import MILLION, Piece, find


def keep(tx: Tx, actor: Actor, form_id: int, field: str, goods: Goods) -> str:
    """Make an open list of goods for a field, which is bound when a record that names it is saved."""
    found = find(tx, SYSTEM, goods.items) if goods.items else {}
    lines = [Line(code, "right", piece=found[code].piece) for code in goods.items if found[code].piece is not None]
    lines += [Line(one.product, "right", piece=one) for one in _quantities(tx, goods)]
    total = sum(one.piece.quantity for one in lines if one.piece is not None)
    at, name = clock.now(), str(uuid.uuid4())
    number = store.add(
        tx, uuid=name, form_id=form_id, field=field, state="open", base_id=0, copied=True, maker_id=actor.user_id,
        maker=actor.name, shared=False, context="{}", last=len(lines), good=len(lines), quantity=total, wrong=0,
        duplicates=0, created_at=at, updated_at=at,
    )  # fmt: skip
    store.write(tx, number, 1, lines, key="", at=at, by=actor.name, done=total)
    return name


def _quantities(tx: Tx, goods: Goods) -> Sequence[Piece]:
    if not goods.quantities:
        return []
    products = dict(
        tx.tuples(
            "SELECT code, id FROM product WHERE code ANY(:codes, text)", codes=[one[0] for one in goods.quantities]
        )
    )
    rows = tx.tuples(
        "SELECT product_id, code, id FROM batch WHERE code ANY(:codes, text)",
        codes=[one[1] for one in goods.quantities],
    )
    batches = {(product, code): number for product, code, number in rows}
    return [
        Piece(
            "goods", product_id=products[product], product=product, batch_id=batches.get((products[product], batch), 0),
            quantity=int(quantity * MILLION),
        )
        for product, batch, quantity in goods.quantities
        if product in products
    ]  # fmt: skip
