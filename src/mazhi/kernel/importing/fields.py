"""The fields that a column may fill, the words by which people call them, and how a mapping is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.spreadsheets.headers import Column, title_key

CODE = "code"
FREE = "identifier:"
"""``identifier:invoice_no`` puts a column's values into the namespace ``invoice_no``."""
_NAMESPACE = re.compile(r"[a-z][a-z0-9_]{0,31}")
IGNORE = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field (字段) of an import; ``words`` are titles that mean it, besides its names.

    They are written without blanks, as titles are compared.
    """

    name: str
    zh: str
    en: str
    kind: Literal["code", "date", "word"]
    words: str = ""
    example: str = ""
    needed: bool = False

    @property
    def is_identifier(self) -> bool:
        """Whether its values are further identifiers of the item."""
        return self.name in IDENTIFIERS


IDENTIFIERS = ("imei1", "imei2", "mac", "supplier_sn", "customer_sn", "asset_tag")
"""Fields whose values become identifiers in a namespace of the same name (both IMEI share ``imei``)."""

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field(
            CODE, "序列号", "Serial number", "code",
            "编码 条码 条形码 sn sn码 sn号 s/n serial serialno 机身编码 机身码 机身号 产品序列号 序列编号 "
            "一物一码 唯一码 物码 code barcode item 机号 出厂编号",
            "RO260908L010037", needed=True,
        ),
        Field(
            "product", "产品", "Product", "code",
            "产品编码 产品代码 产品编号 物料 物料编码 物料代码 物料号 料号 型号 产品型号 规格型号 商品 商品编码 "
            "存货编码 sku productcode model material itemcode partno partnumber",
            "CY-R800", needed=True,
        ),
        Field(
            "batch", "批次", "Batch", "code",
            "批号 批次号 生产批号 生产批次 lot lotno batchno batchcode 周次", "B2637",
        ),
        Field("state", "状态", "State", "word", "生命周期状态 当前状态 库存状态 status", "in_stock"),
        Field(
            "place", "库位", "Place", "code",
            "仓库 仓位 货位 地点 位置 库位编码 仓库编码 储位 location warehouse bin", "F-02-1",
        ),
        Field("quality", "质量", "Quality", "word", "质量状态 品质 质检状态 检验状态 qualitystatus", "released"),
        Field("owner", "货主", "Owner", "code", "所有者 所有人 货主编码 ownercode"),
        Field(
            "holder", "持有方", "Holder", "code",
            "持有人 客户 客户编码 经销商 经销商编码 使用人 保管人 领用人 customer dealer user",
        ),
        Field("namespace", "编码类型", "Namespace", "code", "命名空间 码类型 codetype", "own"),
        Field(
            "born_at", "生产日期", "Made on", "date",
            "下线日期 下线日 制造日期 出厂日期 入库日期 生产时间 日期 productiondate madeat manufactured date "
            "bornat", "2026-09-08",
        ),
        Field(
            "warranty_start", "质保开始", "Warranty start", "date",
            "质保起 保修开始 质保开始日期 保修起始日期 保修开始日期 warrantyfrom warrantybegin",
        ),
        Field(
            "warranty_end", "质保结束", "Warranty end", "date",
            "质保止 质保到期 保修结束 质保到期日 质保结束日期 保修到期日期 保修到期 warrantyuntil warrantyto",
        ),
        Field("imei1", "IMEI 1", "IMEI 1", "code", "imei imei1 imei号 imei码", "490154203237518"),
        Field("imei2", "IMEI 2", "IMEI 2", "code", "imei2 副imei"),
        Field("mac", "MAC 地址", "MAC address", "code", "mac mac码 网卡地址 macaddr", "00:1B:44:11:3A:B7"),
        Field(
            "supplier_sn", "供应商序列号", "Supplier's serial", "code",
            "供应商sn 供应商编码 原厂序列号 原厂sn 厂家序列号 suppliersn vendorsn manufacturersn",
        ),
        Field("customer_sn", "客户序列号", "Customer's serial", "code", "客户sn 客户编号 customersn"),
        Field("asset_tag", "资产编号", "Asset tag", "code", "资产编码 资产标签 资产号 固定资产编号 assetno"),
    )
}  # fmt: skip


def namespace_of(name: str) -> str | None:
    """Return the namespace that a field's values go into; None for fields that are no identifiers."""
    if name.startswith(FREE):
        return name.removeprefix(FREE)
    if name in {"imei1", "imei2"}:
        return "imei"
    return name if name in IDENTIFIERS else None


def is_namespace(name: str) -> bool:
    """Tell whether something may be the name of a namespace."""
    return _NAMESPACE.fullmatch(name) is not None


def is_field(name: str) -> bool:
    """Tell whether a mapping may name it."""
    return name in FIELDS or (name.startswith(FREE) and is_namespace(name.removeprefix(FREE)))


def kind_of(name: str) -> str:
    """Return what a field's cells are taken as."""
    return FIELDS[name].kind if name in FIELDS else "code"


_EXACT = {
    title_key(word): field.name
    for field in FIELDS.values()
    for word in (*field.words.split(), field.zh, field.en, field.name)
}
_LONG_WORDS = sorted((word for word in _EXACT if len(word) >= 2 and not word.isascii()), key=len, reverse=True)
_AMBIGUOUS = re.compile(r"名称|name|备注|数量|单位|序号$")


def field_of(title: str) -> str | None:
    """Return the field that a title means by itself, None where it says nothing."""
    key = title_key(title)
    return _EXACT.get(key)


def knows(title: str) -> bool:
    """Tell whether a title is one of ours; it makes a row a header."""
    return field_of(title) is not None


def guess(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> dict[int, str]:
    """Guess which field each column fills: by its whole title, by a word in it, by what stands below.

    Returns the fields by column number; a field is given to one column only, the first that fits best.
    """
    found: dict[int, str] = {}
    for column in columns:
        name = field_of(column.title)
        if name is not None and name not in found.values():
            found[column.number] = name
    for column in columns:
        if column.number not in found:
            name = _by_word(title_key(column.title))
            if name is not None and name not in found.values():
                found[column.number] = name
    if CODE not in found.values():
        by_content = _looks_like_codes(columns, samples, found)
        if by_content is not None:
            found[by_content] = CODE
    return found


def _by_word(key: str) -> str | None:
    if not key or _AMBIGUOUS.search(key):
        return None
    return next((_EXACT[word] for word in _LONG_WORDS if word in key), None)


def _looks_like_codes(
    columns: Sequence[Column], samples: Sequence[Sequence[str]], taken: Mapping[int, str]
) -> int | None:
    """Return the first free column whose samples are all different and look like serials."""
    for column in columns:
        cells = [row[column.number - 1] if column.number <= len(row) else "" for row in samples]
        filled = [cell for cell in cells if cell]
        if column.number in taken or len(filled) < max(1, len(cells) // 2) or len(set(filled)) < len(filled):
            continue
        if all(re.fullmatch(r"(?=.*[0-9])[0-9A-Za-z./-]{5,40}", cell) for cell in filled):
            return column.number
    return None


def read_mapping(mapping: Mapping[str, str], columns: Sequence[Column], defaults: Mapping[str, str]) -> dict[int, str]:
    """Turn a mapping by titles, letters or numbers into one by column number.

    Numbers count from 1, or from 0 where one of them is 0. A mapping the other way round (field → column) is
    understood too.

    Raises:
        InvalidInputError: Every column that is not there, every unknown field, fields given twice.
    """
    base = 0 if "0" in mapping and all(column.title != "0" for column in columns) else 1
    if mapping and all(is_field(key) and _column(key, columns, base) is None for key in mapping):
        mapping = {column: name for name, column in mapping.items()}
    problems: list[Problem] = []
    found: dict[int, str] = {}
    for given, name in mapping.items():
        if name == IGNORE:
            continue
        number = _column(given, columns, base)
        wrong = _mapping_fault(given, name, number, found, columns)
        if wrong is not None:
            problems.append(wrong)
        elif number is not None:
            found[number] = name
    for name in defaults:
        if name == CODE or name not in FIELDS or FIELDS[name].is_identifier:
            problems.append(Problem("unknown_field", {"field": name, "known": ", ".join(FIELDS)}, f"/defaults/{name}"))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return found


def _mapping_fault(
    given: str, name: str, number: int | None, found: Mapping[int, str], columns: Sequence[Column]
) -> Problem | None:
    pointer = "/mapping/" + given.replace("~", "~0").replace("/", "~1")
    if number is None:
        titles = ", ".join(one.name for one in columns if one.title)
        return Problem("unknown_column", {"column": given, "known": titles}, pointer)
    if not is_field(name):
        return Problem("unknown_field", {"field": name, "known": ", ".join(FIELDS)}, pointer)
    if name in found.values():
        return Problem("field_twice", {"field": name}, pointer)
    if number in found:
        return Problem("column_twice", {"column": given}, pointer)
    return None


def _column(given: str, columns: Sequence[Column], base: int) -> int | None:
    wanted = given.strip()
    for column in columns:
        if wanted in {column.name, column.title} and wanted:
            return column.number
    if wanted.isdigit() and wanted.isascii():
        number = int(wanted) + 1 - base
        return number if 1 <= number <= len(columns) else None
    return next((column.number for column in columns if column.letters == wanted.upper()), None)
