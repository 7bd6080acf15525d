"""What a user does with bills of materials: read one, publish the next version of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.boms import store
from mazhi.kernel.boms.model import MILLION, MOST_LINES, MOST_SUBSTITUTES, Bom, BomLine, BomView, NamedLine
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.items import store as items
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import LONGEST_NAME, Checks, edit_conflict
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product

RIGHT = "products.edit"


class Boms:
    """Reads and publishes bills of materials."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, code: str, version: int | None = None) -> BomView:
        """Return a version, the latest if none is named.

        Raises:
            NotFoundError: There is no such product, or it has no such version (code ``no_bom``).
        """
        with self._db.read() as tx:
            product = _known(tx, code)
            wanted = store.latest(tx, product.id) if version is None else version
            bom = store.read(tx, product.id, wanted)
            if bom is None:
                raise NotFoundError("no_bom", item=code)
            return _view(tx, product, bom)

    def versions(self, code: str) -> list[dict[str, Any]]:
        """Return all versions of a product's bill, the latest first."""
        with self._db.read() as tx:
            return [
                {
                    "version": row.version,
                    "note": row.note,
                    "published_at": clock.to_text(row.published_at),
                    "actor": row.actor,
                    "lines": row.lines,
                }
                for row in store.versions(tx, _known(tx, code).id)
            ]

    def publish(self, actor: Actor, code: str, base: int, lines: Sequence[NamedLine], note: str = "") -> BomView:
        """Publish the version after ``base`` (0: the first); without lines anything may be built in again.

        Raises:
            NotFoundError: There is no such product.
            InvalidInputError: Some lines are wrong; all faults are named.
            ConflictError: Somebody else has published one meanwhile (code ``edit_conflict``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            product = _known(tx, code)
            master_data.lock(tx, products.product, product.id)
            present = store.latest(tx, product.id)
            if present != base:
                raise edit_conflict(base, present)
            checks = Checks()
            checked = _checked(tx, product, lines, checks)
            checks.text("/note", note, limit=LONGEST_NAME)
            checks.done()
            bom = Bom(product.id, present + 1, tuple(checked), note.strip(), clock.now(), actor.name)
            before = store.read(tx, product.id, present)
            store.insert(tx, bom)
            view = _view(tx, product, bom)
            old = None if before is None else _view(tx, product, before).facts()
            audit.record(tx, actor, subject="bom", key=code, action="publish", before=old, after=view.facts())
            return view


def _checked(tx: Tx, product: Product, lines: Sequence[NamedLine], checks: Checks) -> list[BomLine]:
    if len(lines) > MOST_LINES:
        checks.fault("/lines", "number_out_of_range", value=len(lines), least=0, most=MOST_LINES)
        return []
    named = {one for line in lines for one in (line.component, *line.substitutes)}
    known = products.by_codes(tx, named) if named else {}
    master_data.mark_used(tx, products.product, known.values())
    found: list[BomLine] = []
    seen: set[str] = set()
    for place, line in enumerate(lines):
        pointer = f"/lines/{place}"
        if line.component in seen:
            checks.fault(f"{pointer}/component", "bom_line_twice", item=line.component)
        seen.add(line.component)
        for where, one in _names(line):
            if one not in known:
                checks.fault(f"{pointer}/{where}", "unknown_product", item=one)
            elif known[one].id == product.id:
                checks.fault(f"{pointer}/{where}", "bom_of_itself", item=one)
        if len(line.substitutes) > MOST_SUBSTITUTES or len(set(line.substitutes)) < len(line.substitutes):
            checks.fault(f"{pointer}/substitutes", "bom_substitutes", most=MOST_SUBSTITUTES)
        checks.text(f"{pointer}/note", line.note)
        scaled = line.quantity * MILLION
        if not line.quantity.is_finite() or scaled != scaled.to_integral_value() or not 0 < scaled <= 10**15:
            checks.fault(f"{pointer}/quantity", "bad_quantity", quantity=str(line.quantity))
        elif not checks.problems:
            subs = tuple(known[one].id for one in line.substitutes)
            found.append(BomLine(known[line.component].id, int(scaled), subs, line.note.strip()))
    return found


def _names(line: NamedLine) -> list[tuple[str, str]]:
    return [("component", line.component), *((f"substitutes/{i}", one) for i, one in enumerate(line.substitutes))]


def _known(tx: Tx, code: str) -> Product:
    found = products.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_product", item=code)
    return found


def _view(tx: Tx, product: Product, bom: Bom) -> BomView:
    ids = {one for line in bom.lines for one in (line.component_id, *line.substitutes)}
    return BomView(product.code, bom, items.codes_of(tx, "product", ids))
