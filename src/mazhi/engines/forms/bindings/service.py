"""What a user asks about parts: whether those that were scanned fit the item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.bindings import store
from mazhi.engines.forms.bindings.model import Compared, Part, compare
from mazhi.engines.forms.kernel_references import ITEM
from mazhi.engines.forms.references import LONGEST_LIST
from mazhi.kernel.access.model import Actor
from mazhi.kernel.boms import store as boms
from mazhi.kernel.db import Database
from mazhi.kernel.errors import TooLargeError
from mazhi.kernel.items.service import Items

RIGHT = "items.view"


@dataclass(frozen=True, slots=True)
class PartCheck:
    """Parts compared with the bill of an item.

    Attributes:
        item: The code of the item.
        product: The code of its product; None for a package.
        bom: The version of the bill; None where there is none, and any part is right.
        compared: What came of it.
        products: Rows of the products of the bill, by number.
    """

    item: str
    product: str | None
    bom: int | None
    compared: Compared
    products: dict[int, Any]


class Bindings:
    """Compares what was scanned with what belongs together."""

    def __init__(self, db: Database, items: Items) -> None:
        """Work on that database."""
        self._db = db
        self._items = items

    def check_parts(self, actor: Actor, item: str, codes: Sequence[str]) -> PartCheck:
        """Compare parts with the bill of materials of an item; nothing is changed.

        Raises:
            NotFoundError: There is no such item within the actor's reach.
            ConflictError: Several items have the code.
        """
        if len(codes) > LONGEST_LIST:
            raise TooLargeError("scan_list_full", limit=LONGEST_LIST)
        with self._db.read() as tx:
            found = ITEM.find(tx, [item], {}) if item.isprintable() else {}
            named = next(iter(store.parts(tx, found.values()).values()), None) if found else None
            unit = self._items.resolve(tx, actor, named.code if named is not None else item)
            head = store.parts(tx, [unit])[unit]
            wanted = [code for code in dict.fromkeys(codes) if code.isprintable()]
            numbers = ITEM.find(tx, wanted, {}) if wanted else {}
            rows = store.parts(tx, numbers.values()) if numbers else {}
            areas = actor.areas(RIGHT)
            if areas is not None:
                rows = {key: row for key, row in rows.items() if row.place_id == 0 or row.place_id in areas}
            parts = [_part(code, rows.get(numbers.get(code, 0))) for code in codes]
            version = boms.latest(tx, head.product_id) if head.product_id else 0
            bom = boms.read(tx, head.product_id, version) if version else None
            compared = compare(unit, parts, bom, boms.inside(tx, unit))
            products = store.products(tx, {one.product_id for one in compared.needs}) if compared.needs else {}
        return PartCheck(head.code, head.product, version or None, compared, products)


def _part(raw: str, row: Any) -> Part:
    if row is None:
        return Part(raw)
    return Part(
        raw, row.id, row.code, row.product_id, row.product or "", row.state, row.parent_id or 0, row.parent or "",
        row.marks,
    )  # fmt: skip
