"""Any number of scans (批量扫描框), kept in a table of their own and answered one by one as they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.references import Detail, by_table
from mazhi.engines.forms.scan_lists.binding import bind
from mazhi.engines.options import Choice, Option
from mazhi.kernel.master_data.model import Checks

_TAKES = (
    Choice("items", "单件（序列号、箱码）", "Items and boxes"),
    Choice("goods", "批次和数量", "Batches and quantities"),
    Choice("both", "都可以", "Both"),
)
_BOXES = (
    Choice("explode", "展开成箱里的每一件", "Every piece inside"),
    Choice("whole", "箱子本身算一件", "The box itself"),
    Choice("refuse", "不收箱码", "Not taken"),
)

LIST = by_table(
    "scan_list",
    "scan_list_elsewhere",
    key="uuid",
    details=(
        Detail("count", "件数", "Count", "t.good"),
        Detail("quantity", "数量", "Quantity", "CAST(t.quantity / 1000000.0 AS double precision)"),
        Detail("wrong", "错的", "Wrong", "t.wrong"),
        Detail("duplicates", "重复的", "Duplicates", "t.duplicates"),
    ),
)


def _check(options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    if bool(options["list_record"]) != bool(options["list_field"]):
        missing = "list_field" if options["list_record"] else "list_record"
        checks.fault(f"{pointer}/{missing}", "form_option_missing", option="应到清单", option_en="What should come")


KIND = FieldKind(
    name="scan_list",
    zh="批量扫描框",
    en="Scan list",
    zh_hint="连续扫码，多少件都行：对、错、重复当场回答，扫箱码自动展开。",
    en_hint="Any number of scans, each answered at once; boxes count with their content.",
    group="serial",
    icon="Scan",
    example=({}, "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5c01"),
    options=(
        Option("takes", "收什么", "Takes", "choice", "items", choices=_TAKES),
        Option("boxes", "扫到箱码", "Boxes", "choice", "explode", choices=_BOXES),
        Option(
            "product", "只收这个产品", "Only the product in", "field", "", kinds=("product",),
            zh_hint="表单里的产品字段；不填就不限。", en_hint="A field of the form; empty: any.",
        ),
        Option(
            "products", "只收这些产品", "Only these products", "texts", [], 0, 200,
            zh_hint="产品编码，一行一个；不填就不限。", en_hint="Codes, one a line; none: any.",
        ),
        Option(
            "states", "只收这些状态", "Only in these states", "texts", [], 0, 50,
            zh_hint="状态的代号，如 in_stock；不填就不限。", en_hint="Codes of states such as in_stock; none: any.",
        ),
        Option(
            "place", "必须在这个库位", "Only at the place in", "field", "", kinds=("place",),
            zh_hint="表单里的库位字段，下级库位也算。", en_hint="A field of the form; places below count.",
        ),
        Option(
            "blocked", "冻结和召回的也收", "Held and recalled too", "flag", False,
            zh_hint="平时不收；处理召回的单据才打开。", en_hint="Only for papers that deal with recalls.",
        ),
        Option(
            "expected", "应扫数量", "How many", "field", "", kinds=("number", "formula", "rollup"),
            zh_hint="表单里的数字字段，计数器按它显示。", en_hint="A number of the form that the counter goes by.",
        ),
        Option("over", "允许多扫", "More than that", "flag", False),
        Option(
            "complete", "扫齐才能保存", "Must be complete", "flag", False,
            zh_hint="数量和应扫数量一致才能保存。", en_hint="Saved only with exactly as many.",
        ),
        Option(
            "list_record", "应到清单：关联字段", "Expected: linked record", "field", "", kinds=("record",),
            zh_hint="只收那条记录的扫描框里有的。", en_hint="Only what stands in the scan list of that record.",
        ),
        Option("list_field", "应到清单：那边的扫描框", "Expected: its scan list", "form_field", ""),
        Option(
            "once", "不得和别的记录重复", "Not in other records", "flag", False,
            zh_hint="同一件只能出现在一条记录里。", en_hint="An item may stand in one record only.",
        ),
    ),
    check=_check,
    columns=(Column("reference"),),
    reference=LIST,
    saved=bind,
)  # fmt: skip
