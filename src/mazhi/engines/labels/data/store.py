"""Every statement about the data of labels; each is one statement however many labels there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row

from mazhi.kernel.db import Tx
from mazhi.kernel.settings.store import read_setting, write_setting

HOST = "labels.digital_link_host"
DEFAULT_HOST = "https://id.gs1.org"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,100}(:[0-9]{1,5})?(/[A-Za-z0-9._~-]{1,60}){0,5}")


class Found(NamedTuple):
    """An item behind an identifier."""

    namespace: str
    item_id: int
    place_id: int


def behind(tx: Tx, values: Iterable[str]) -> dict[str, list[Found]]:
    """Return the items behind these identifiers, in any namespace."""
    rows = tx.rows(
        "SELECT value, namespace, item_id FROM identifier WHERE value ANY(:values, text) ORDER BY value, namespace",
        values=sorted(set(values)),
    )
    places = dict(
        tuple(row)
        for row in tx.rows(
            "SELECT id, place_id FROM item WHERE id ANY(:ids, bigint)", ids=sorted({row.item_id for row in rows})
        )
    )
    found: dict[str, list[Found]] = {}
    for value, namespace, item_id in rows:
        found.setdefault(value, []).append(Found(namespace, item_id, places.get(item_id, 0)))
    return found


def latest_code(tx: Tx, product: str, areas: frozenset[int] | None) -> str | None:
    """Return the code of a product's latest item at these places (None: anywhere), or None."""
    row = tx.row(
        "SELECT code, place_id FROM item WHERE product_id = (SELECT id FROM product WHERE code = :product) "
        "ORDER BY id DESC LIMIT 1",
        product=product,
    )
    return None if row is None or not (areas is None or row.place_id in areas) else row.code


def inside(tx: Tx, parent_ids: Iterable[int]) -> Sequence[Row[Any]]:
    """Return what is directly inside these items, whether packed or built in."""
    return tx.rows(
        "SELECT id, code, kind, product_id, batch_id, parent_id, state FROM item "
        "WHERE parent_id ANY(:ids, bigint) ORDER BY id",
        ids=sorted(parent_ids),
    )


def quantities(tx: Tx, parent_ids: Iterable[int]) -> Sequence[Row[Any]]:
    """Return the quantities of batches and products that are built into these items now."""
    return tx.rows(
        "SELECT parent_id, child_kind, child_id FROM part_of WHERE parent_id ANY(:ids, bigint) "
        "AND child_kind <> 'item' AND until_event IS NULL ORDER BY parent_id, child_kind, child_id",
        ids=sorted(parent_ids),
    )


class Tally(NamedTuple):
    """What is in a package: pieces, and product and batch where all have the same (else 0)."""

    pieces: int
    product_id: int
    batch_id: int


def tallies(tx: Tx, package_ids: Iterable[int]) -> dict[int, Tally]:
    """Count the pieces in packages however deep; a level of boxes is two statements."""
    root = {package_id: package_id for package_id in package_ids}
    kinds: dict[int, set[tuple[int, int]]] = {package_id: set() for package_id in root}
    pieces = dict.fromkeys(root, 0)
    level = list(root)
    while level:
        asked = {"ids": sorted(level)}
        for row in tx.rows(
            "SELECT parent_id, product_id, batch_id, count(*) AS pieces FROM item "
            "WHERE parent_id ANY(:ids, bigint) AND kind <> 'package' AND state <> 'built_in' "
            "GROUP BY parent_id, product_id, batch_id",
            **asked,
        ):
            outer = root[row.parent_id]
            pieces[outer] += row.pieces
            kinds[outer].add((row.product_id, row.batch_id))
        level = []
        for child, parent in tx.rows(
            "SELECT id, parent_id FROM item WHERE parent_id ANY(:ids, bigint) AND kind = 'package'", **asked
        ):
            root[child] = root[parent]
            level.append(child)
    return {one: Tally(pieces[one], _common(kinds[one], 0), _common(kinds[one], 1)) for one in pieces}


def _common(kinds: set[tuple[int, int]], place: int) -> int:
    found = {kind[place] for kind in kinds}
    return found.pop() if len(found) == 1 else 0


def host(tx: Tx) -> str:
    """Return the address that digital links begin with."""
    return read_setting(tx, HOST) or DEFAULT_HOST


def is_host(value: str) -> bool:
    """Tell whether digital links may begin so."""
    return _ADDRESS.fullmatch(value) is not None


def set_host(tx: Tx, value: str) -> None:
    """Set the address that digital links begin with."""
    write_setting(tx, HOST, value)
