"""What is wrong with a thing (故障码): a code out of a tree of faults, searched, chosen or scanned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option
from mazhi.kernel.master_data.model import Checks

_LINE = re.compile(r"(?P<code>\S{1,40})\s+(?P<path>\S.*)")


def tree(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Read the faults: code, then after a blank the way to it with slashes between the steps."""
    found = {}
    for line in lines:
        parts = _LINE.fullmatch(line.strip())
        if parts is not None:
            steps = tuple(step.strip() for step in parts["path"].split("/") if step.strip())
            found[parts["code"]] = steps
    return found


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    text = raw.strip() if isinstance(raw, str) else ""
    codes = tree(options["faults"])
    # A scanner may be set to other capitals than the dictionary.
    known = {code.casefold(): code for code in codes} | {code: code for code in codes}
    found = known.get(text) or known.get(text.casefold())
    if found is None:
        raise FieldError("entry_unknown_fault", value=str(raw)[:100])
    return (found,)


def _check(options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    at = f"{pointer}/faults"
    codes: set[str] = set()
    for line in options["faults"]:
        parts = _LINE.fullmatch(line.strip())
        if parts is None or not parts["path"].strip("/ "):
            checks.fault(at, "form_bad_fault_line", value=line[:100])
        elif parts["code"].casefold() in codes:
            checks.fault(at, "form_fault_twice", value=parts["code"])
        else:
            codes.add(parts["code"].casefold())


KIND = FieldKind(
    name="fault_code",
    zh="故障码",
    en="Fault code",
    zh_hint="按产品系列一级一级选故障，能搜能扫，统计不走样。",
    en_hint="A fault out of a tree by family of product, searched or scanned.",
    group="serial",
    icon="Bug",
    example=({"faults": ["WM-01 水表/计量/不走字", "WM-02 水表/外观/表盖破裂", "VA-01 阀门/漏水"]}, "WM-02"),
    options=(
        Option(
            "faults", "故障", "Faults", "texts", ["F-01 系列/故障"], 1, 5_000,
            zh_hint="一行一个：故障码，空格，再写系列/故障，用 / 分级；可以从 Excel 粘贴。",
            en_hint="One on each line: the code, a blank, then family/fault with slashes between the steps.",
        ),
        Option(
            "product", "按产品先列", "Family by the product in", "field", "", kinds=("product", "item", "asset"),
            zh_hint="产品的分类和第一级同名时，先列这一支。",
            en_hint="The branch that is called like the product's category comes first.",
        ),
    ),
    check=_check,
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)  # fmt: skip
