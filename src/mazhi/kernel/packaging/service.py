"""What a user does with packages: draw up their types, look into one, check one against what was scanned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.items.service import Items
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import Checks, Page, already_exists, page_of
from mazhi.kernel.packaging import store
from mazhi.kernel.packaging.model import MOST_INSIDE, PackageType, check_type
from mazhi.kernel.posting import store as posting

RIGHT = "products.edit"
SHOWN = 1_000
"""So many of a package's direct contents are named at the most; all of them are counted."""


class Packaging:
    """Package types, and what is in a package."""

    def __init__(self, db: Database, items_service: Items) -> None:
        self._db = db
        self._items = items_service

    def create(self, actor: Actor, new: PackageType) -> PackageType:
        """Add a package type.

        Raises:
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: The code is taken (``already_exists``).
        """
        actor.require(RIGHT)
        checks = Checks()
        check_type(new, checks)
        checks.done()
        with self._db.write() as tx:
            found = master_data.insert(tx, store.package_type, new.facts())
            if found is None:
                raise already_exists(new.code)
            audit.record(tx, actor, subject="package_type", key=new.code, action="create", after=new.facts())
        return replace(new, id=found, version=1)

    def change(self, actor: Actor, code: str, version: int, changes: Mapping[str, Any]) -> PackageType:
        """Change some fields of the version that the user saw.

        Raises:
            NotFoundError: There is no such type.
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: Somebody else changed it meanwhile (code ``edit_conflict``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = _known(tx, code)
            master_data.claim(tx, store.package_type, old.id, version)
            new = replace(old, **changes)
            checks = Checks()
            check_type(new, checks)
            checks.done()
            master_data.update(tx, store.package_type, old.id, new.facts())
            audit.record(
                tx, actor, subject="package_type", key=code, action="change", before=old.facts(), after=new.facts()
            )
        return replace(new, version=version + 1)

    def types(self, *, after: str | None = None, limit: int = 100) -> Page[PackageType]:
        """Return one page of package types in the order of their codes."""
        with self._db.read() as tx:
            rows = store.find(tx, after, limit)
        return page_of(rows, limit, [row.code for row in rows])

    def look(self, actor: Actor, identifier: str, namespace: str | None = None) -> dict[str, Any]:
        """Describe a package: its type, what is directly in it, and all pieces in it by product and batch.

        Raises:
            NotFoundError: There is no such item.
            ConflictError: It is no package (code ``not_a_package``), or several items have the identifier.
        """
        with self._db.read() as tx:
            box, item = self._package(tx, actor, identifier, namespace)
            kind = store.types_of(tx, [box]).get(box)
            direct = store.inside(tx, [box])
            pieces = store.within(tx, [box])[box]
            sums = Counter((row.product_id, row.batch_id) for row in pieces)
            products = items.codes_of(tx, "product", {product for product, _ in sums})
            batches = items.codes_of(tx, "batch", {batch for _, batch in sums})
        capacity = kind.capacity if kind else None
        return {
            **{name: item[name] for name in ("code", "state", "place", "holder", "parent", "marks")},
            "type": None if kind is None else {name: getattr(kind, name) for name in ("code", "name", "level")},
            "capacity": capacity,
            "count": len(direct),
            "pieces": len(pieces),
            "full": capacity is not None and len(direct) >= capacity,
            "tail": capacity is not None and 0 < len(direct) < capacity,
            "mixed": len(sums) > 1,
            "contents": [
                {"product": products.get(product), "batch": batches.get(batch), "count": count}
                for (product, batch), count in sorted(sums.items())
            ],
            "inside": [
                {"code": row.code, "kind": row.kind, "product": products.get(row.product_id)} for row in direct[:SHOWN]
            ],
        }

    def check(
        self, actor: Actor, identifier: str, codes: Sequence[str], namespace: str | None = None
    ) -> dict[str, Any]:
        """Compare what is directly in a package with the codes that were scanned out of it (箱内核对).

        Raises:
            NotFoundError: There is no such item.
            ConflictError: It is no package, or several items have the identifier.
        """
        if len(codes) > MOST_INSIDE:
            raise InvalidInputError("invalid_input", problems=[Problem("too_many_items", {"most": MOST_INSIDE})])
        with self._db.read() as tx:
            box, item = self._package(tx, actor, identifier, namespace)
            expected = {row.id: row.code for row in store.inside(tx, [box])}
            named = list(dict.fromkeys(code for code in codes if "\0" not in code))
            known = posting.resolve(tx, named) if named else {}
            seen: set[int] = set()
            foreign: dict[str, int] = {}
            unknown: list[str] = []
            for code in named:
                ids = {item_id for _, item_id in known.get(code, ())}
                hit = ids & expected.keys()
                if hit:
                    seen |= hit
                elif ids:
                    foreign[code] = min(ids)
                else:
                    unknown.append(code)
            strays = store.packed(tx, foreign.values()) if foreign else {}
            holders = items.item_codes(tx, {row.parent_id for row in strays.values() if row.parent_id})
        return {
            "package": item["code"],
            "expected": len(expected),
            "matched": len(seen),
            "agrees": len(seen) == len(expected) and not foreign and not unknown,
            "missing": [code for item_id, code in expected.items() if item_id not in seen],
            "foreign": [
                {"code": code, "item": strays[one].code, "inside": holders.get(strays[one].parent_id or 0)}
                for code, one in foreign.items()
            ],
            "unknown": unknown,
        }

    def _package(self, tx: Tx, actor: Actor, identifier: str, namespace: str | None) -> tuple[int, dict[str, Any]]:
        box = self._items.resolve(tx, actor, identifier, namespace)
        item = self._items.by_ids(tx, [box])[box]
        if item["kind"] != "package":
            raise ConflictError("not_a_package", item=item["code"])
        return box, item


def _known(tx: Tx, code: str) -> PackageType:
    found = store.by_code(tx, code)
    if found is None:
        raise NotFoundError("no_package_type", item=code)
    return found
