"""The fields that a label may show, declared as data: for the designer, for checks, and for whoever loads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

FieldType = Literal["text", "number", "date", "datetime"]

GROUPS: dict[str, tuple[str, str]] = {
    "item": ("物品", "Item"),
    "product": ("产品", "Product"),
    "batch": ("批次", "Batch"),
    "package": ("包装", "Package"),
    "contents": ("箱内物品", "Contents"),
    "parts": ("部件", "Parts"),
    "print": ("打印", "Print run"),
}
LISTS = frozenset({"contents", "parts"})
"""Groups that are lists: in a table ``row.code`` is one of them, in a formula ``contents.code`` are all."""
OPEN = frozenset({"identifier", "record"})
"""Groups whose fields are not known beforehand: identifiers by namespace, and the fields of records."""


@dataclass(frozen=True, slots=True)
class LabelField:
    """One field (字段) of label data.

    Attributes:
        name: Dotted name, ``product.name``.
        zh: Chinese name, which may stand in a formula instead.
        en: English title.
        type: What kind of value it is; of a list, what each is.
        example: What it may be, shown while nothing real is chosen.
    """

    name: str
    zh: str
    en: str
    type: FieldType
    example: object

    @property
    def group(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]

    def described(self) -> dict[str, Any]:
        """Write it as plain data."""
        example = self.example
        shown = example.isoformat() if isinstance(example, date) else example
        return {
            "name": self.name,
            "zh": self.zh,
            "en": self.en,
            "group": self.group,
            "type": self.type,
            "list": self.group in LISTS,
            "example": str(shown),
        }


_MADE = datetime(2026, 11, 21, 8, 0)  # noqa: DTZ001 - wall-clock time, as formulas see it

FIELDS = (
    LabelField("item.code", "序列号", "Code", "text", "SN2611210001"),
    LabelField("item.digital_link", "数字链接", "GS1 Digital Link", "text",
               "https://id.gs1.org/01/06901234567892/21/SN2611210001"),
    LabelField("item.kind", "物品类型", "Kind", "text", "serial"),
    LabelField("item.state", "状态", "State", "text", "in_stock"),
    LabelField("item.state_name", "状态名称", "Name of the state", "text", "在库"),
    LabelField("item.quality", "质量", "Quality", "text", "released"),
    LabelField("item.born_at", "赋码时间", "Commissioned at", "datetime", _MADE),
    LabelField("item.place", "库位编码", "Place", "text", "WH1-A-01"),
    LabelField("item.place_name", "库位名称", "Name of the place", "text", "成品仓 A 区 01"),
    LabelField("item.holder", "持有人编码", "Holder", "text", "D-GD-01"),
    LabelField("item.holder_name", "持有人名称", "Name of the holder", "text", "广东经销商"),
    LabelField("item.owner", "货主编码", "Owner", "text", "C-001"),
    LabelField("item.owner_name", "货主名称", "Name of the owner", "text", "寄售客户"),
    LabelField("item.parent", "上级编码", "Inside of", "text", "BOX0001"),
    LabelField("item.warranty_start", "质保开始", "Warranty from", "date", date(2026, 11, 21)),
    LabelField("item.warranty_end", "质保截止", "Warranty until", "date", date(2028, 11, 20)),
    LabelField("product.code", "产品编码", "Product", "text", "WM-20"),
    LabelField("product.name", "产品名称", "Name of the product", "text", "智能水表 DN20"),
    LabelField("product.gtin", "商品条码", "GTIN", "text", "06901234567892"),
    LabelField("product.unit", "单位", "Unit", "text", "台"),
    LabelField("product.category", "产品分类", "Category", "text", "水表"),
    LabelField("product.warranty_days", "质保天数", "Days of warranty", "number", Decimal(730)),
    LabelField("product.shelf_life_days", "保质期天数", "Days of shelf life", "number", Decimal(365)),
    LabelField("batch.code", "批号", "Batch", "text", "B2611"),
    LabelField("batch.made_on", "生产日期", "Made on", "date", date(2026, 11, 21)),
    LabelField("batch.expires_on", "有效期至", "Expires on", "date", date(2028, 11, 20)),
    LabelField("batch.supplier_batch", "供应商批号", "Supplier's batch", "text", "S-77"),
    LabelField("batch.supplier", "供应商编码", "Supplier", "text", "S-001"),
    LabelField("batch.supplier_name", "供应商名称", "Name of the supplier", "text", "华东阀门厂"),
    LabelField("package.count", "装箱数量", "Pieces inside", "number", Decimal(24)),
    LabelField("package.sscc", "物流箱号", "SSCC", "text", "069012345000000011"),
    LabelField("package.type", "包装规格编码", "Package type", "text", "BOX24"),
    LabelField("package.type_name", "包装规格", "Name of the package type", "text", "24 台纸箱"),
    LabelField("contents.code", "箱内序列号", "Code inside", "text", "SN2611210001"),
    LabelField("contents.product", "箱内产品编码", "Product inside", "text", "WM-20"),
    LabelField("contents.product_name", "箱内产品名称", "Name of the product inside", "text", "智能水表 DN20"),
    LabelField("contents.batch", "箱内批号", "Batch inside", "text", "B2611"),
    LabelField("parts.code", "部件序列号", "Code of the part", "text", "PU00017"),
    LabelField("parts.product", "部件编码", "Product of the part", "text", "PUMP"),
    LabelField("parts.product_name", "部件名称", "Name of the part", "text", "增压泵"),
    LabelField("parts.batch", "部件批号", "Batch of the part", "text", "P2610"),
    LabelField("print.now", "打印时间", "Printed at", "datetime", _MADE),
    LabelField("print.number", "打印序号", "Number within the run", "number", Decimal(1)),
    LabelField("print.total", "打印总数", "Labels in the run", "number", Decimal(10)),
    LabelField("print.user", "打印人", "Printed by", "text", "admin"),
    LabelField("print.printer", "打印机", "Printer", "text", "ZD421"),
)  # fmt: skip


class Catalogue:
    """All fields, by either name."""

    def __init__(self, fields: tuple[LabelField, ...]) -> None:
        self._fields = fields
        self._by_name = {name: one for one in fields for name in (one.name, one.zh)}
        self._parts = {name: tuple(one.name.split(".")) for name, one in self._by_name.items()}

    def __iter__(self) -> Iterator[LabelField]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def find(self, name: str) -> LabelField | None:
        """Return the field of that name, dotted or Chinese."""
        return self._by_name.get(name)

    def parts(self, name: str) -> tuple[str, ...]:
        """Return group and name within it of a field, by either name; nothing where it is unknown."""
        return self._parts.get(name, ())

    def canonical(self, name: str) -> str:
        """Return the dotted name of a field; an unknown one stays as it is."""
        found = self._by_name.get(name)
        return found.name if found else name

    def knows(self, name: str) -> bool:
        """Tell whether there can be such a field at all."""
        return name in self._by_name or name.partition(".")[0] in OPEN


catalogue = Catalogue(FIELDS)
