"""How fields name what the kernel keeps: one reference for each kind of thing, with what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mazhi.engines.forms.references import Detail, Reference, by_table
from mazhi.kernel.scanning.model import is_warning
from mazhi.kernel.scanning.service import read_many

if TYPE_CHECKING:
    from mazhi.kernel.db import Tx

NAME = Detail("name", "名称", "Name", "t.name")

PRODUCT = by_table(
    "product",
    "unknown_product",
    details=(
        NAME,
        Detail("unit", "单位", "Unit", "t.unit"),
        Detail("category", "分类", "Category", "t.category"),
        Detail("gtin", "商品条码", "GTIN", "t.gtin"),
        Detail("warranty_days", "质保天数", "Warranty days", "t.warranty_days", "number"),
        Detail("shelf_life_days", "保质天数", "Shelf life in days", "t.shelf_life_days", "number"),
    ),
)
PLACE = by_table("place", "unknown_place", details=(NAME, Detail("kind", "类型", "Kind", "t.kind")))
_PARTNER = (NAME, Detail("kind", "类型", "Kind", "t.kind"), Detail("region", "地区", "Region", "t.region"))
PARTNER = by_table("partner", "unknown_partner", details=_PARTNER)
MEMBER = by_table("user_account", "unknown_user", key="username", details=(NAME,))
DEPARTMENT = by_table("department", "unknown_department", details=(NAME,))
ROLE = by_table("role", "unknown_role", details=(NAME,))


def partner_of(kind: str, unknown: str) -> Reference:
    """Make the reference to the partners of one kind."""
    return by_table("partner", unknown, only=f"kind = '{kind}'", details=_PARTNER)


def several(reference: Reference) -> Reference:
    """Make a reference to many out of one to a single thing."""
    return replace(reference, many=True)


_BATCH = "SELECT b.id, b.code, p.code AS product FROM batch b JOIN product p ON p.id = b.product_id"


def _find_batches(tx: Tx, codes: Collection[str], _options: Mapping[str, Any]) -> Mapping[str, int]:
    """Find batches by code, or where products share it by ``code@product``."""
    plain = {code: code.partition("@")[0] for code in codes}
    rows = tx.rows(f"{_BATCH} WHERE b.code ANY(:codes, text)", codes=sorted({*plain.values(), *codes}))
    by_code: dict[str, list[int]] = {}
    found: dict[str, int] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row.id)
        found[f"{row.code}@{row.product}"] = row.id
    return found | {code: ids[0] for code, ids in by_code.items() if len(ids) == 1}


def _tell_batches(tx: Tx, ids: Collection[int]) -> Mapping[int, str]:
    rows = tx.rows(
        "SELECT b.id, b.code, p.code AS product, (SELECT count(*) FROM batch o WHERE o.code = b.code) AS times "
        "FROM batch b JOIN product p ON p.id = b.product_id WHERE b.id ANY(:ids, bigint)",
        ids=list(ids),
    )
    return {row.id: row.code if row.times == 1 else f"{row.code}@{row.product}" for row in rows}


BATCH = Reference(
    _find_batches,
    _tell_batches,
    "form_unknown_batch",
    table="batch",
    details=(
        Detail("product", "产品", "Product", "(SELECT p.code FROM product p WHERE p.id = t.product_id)"),
        Detail("made_on", "生产日期", "Made on", "t.made_on", "date"),
        Detail("expires_on", "有效期至", "Expires on", "t.expires_on", "date"),
        Detail("supplier_batch", "供应商批号", "Supplier's batch", "t.supplier_batch"),
    ),
)


def _find_items(tx: Tx, codes: Collection[str], _options: Mapping[str, Any]) -> Mapping[str, int]:
    """Find items by any identifier; our own code goes before others, and one that leads to several finds none."""
    rows = tx.rows("SELECT value, namespace, item_id FROM identifier WHERE value ANY(:codes, text)", codes=list(codes))
    own: dict[str, int] = {}
    others: dict[str, set[int]] = {}
    for row in rows:
        if row.namespace == "own":
            own[row.value] = row.item_id
        others.setdefault(row.value, set()).add(row.item_id)
    found = {value: next(iter(ids)) for value, ids in others.items() if len(ids) == 1} | own
    return found | _read_items(tx, [code for code in codes if code not in others])


def _read_items(tx: Tx, codes: Collection[str]) -> dict[str, int]:
    """Find the items of what is no identifier as it stands, such as a GS1 code with its serial number inside."""
    readings = read_many(tx, list(codes)) if codes else {}
    best = {code: some[0] for code, some in readings.items()}
    return {
        code: one.item_id
        for code, one in best.items()
        if one.item_id is not None and all(is_warning(problem.code) for problem in one.problems)
    }


def _tell_items(tx: Tx, ids: Collection[int]) -> Mapping[int, str]:
    rows = tx.rows("SELECT id, code FROM item WHERE id ANY(:ids, bigint)", ids=list(ids))
    return {row.id: row.code for row in rows}


ITEM = Reference(
    _find_items,
    _tell_items,
    "form_unknown_item",
    table="item",
    placed=True,
    details=(
        Detail("product", "产品", "Product", "(SELECT p.code FROM product p WHERE p.id = t.product_id)"),
        Detail("product_name", "产品名称", "Product name", "(SELECT p.name FROM product p WHERE p.id = t.product_id)"),
        Detail("batch", "批次", "Batch", "(SELECT b.code FROM batch b WHERE b.id = t.batch_id)"),
        Detail("place", "库位", "Place", "(SELECT o.code FROM place o WHERE o.id = t.place_id)"),
        Detail("state", "状态", "State", "t.state"),
        Detail("quality", "质量", "Quality", "t.quality"),
        Detail("warranty_start", "质保开始", "Warranty from", "t.warranty_start", "date"),
        Detail("warranty_end", "质保截止", "Warranty until", "t.warranty_end", "date"),
    ),
)
