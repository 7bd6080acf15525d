"""An asset (资产): an item whose product lives the life of an asset, with where it is and who has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mazhi.engines.forms.kernel_references import ITEM
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.references import Detail

if TYPE_CHECKING:
    from mazhi.kernel.db import Tx

LIFE_CYCLE = "assets"
"""The life cycle that every system has for assets; where no product has it, any item may stand here."""


def _find(tx: Tx, codes: Collection[str], options: Mapping[str, Any]) -> Mapping[str, int]:
    found = ITEM.find(tx, codes, options)
    if not found or not tx.scalar("SELECT 1 FROM product WHERE life_cycle = :cycle LIMIT 1", cycle=LIFE_CYCLE):
        return found
    rows = tx.rows(
        "SELECT i.id FROM item i JOIN product p ON p.id = i.product_id WHERE i.id ANY(:ids, bigint) "
        "AND p.life_cycle = :cycle",
        ids=sorted({*found.values()}),
        cycle=LIFE_CYCLE,
    )
    assets = {row.id for row in rows}
    return {code: number for code, number in found.items() if number in assets}


KIND = FieldKind(
    name="asset",
    zh="资产",
    en="Asset",
    zh_hint="扫资产标签；当场看到在哪、谁在用。",
    en_hint="Scanned from its tag; where it is and who has it is shown at once.",
    group="serial",
    icon="Laptop",
    example=({}, "RO-000001"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=replace(
        ITEM,
        find=_find,
        unknown="form_unknown_asset",
        details=(
            *ITEM.details,
            Detail("holder", "使用人", "Holder", "(SELECT h.code FROM partner h WHERE h.id = t.holder_id)"),
            Detail(
                "holder_name", "使用人姓名", "Holder's name", "(SELECT h.name FROM partner h WHERE h.id = t.holder_id)"
            ),
        ),
    ),
)
