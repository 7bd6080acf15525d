"""The page about formulas, written from their declarations: ``python -m mazhi.engines.formula.reference``."""

from __future__ import annotations

import sys

from mazhi.engines.formula.function import FAMILIES
from mazhi.engines.formula.functions import functions

_HEAD = """\
# 公式

公式写法同电子表格；函数、字段都可以用中文名，标点可以用全角。这一页由函数的声明生成。

- 字段：`产品名称`、`product.name`；名称里有空格、符号或以数字开头时加方括号或花括号：`[规格/型号]`、`{2号仓}`。
- 子表的一列是一个列表：`求和(明细.数量)`、`{明细.数量}`。
- 文本放在引号里：`"件"` 或 `“件”`；连接用 `&`：`数量 & "件"`。
- 运算：`+ - * / ^ %`，也可写 `× ÷`；比较：`= <> < > <= >=`，也可写 `≠ ≤ ≥`。
- 文字里嵌公式用花括号：`SN {序列号}`；要花括号本身写两个：`{{`、`}}`。
- 空值在计算中为 0，在连接中为空；除以零等错误会指出位置，用 `出错时(…)` 处理。
"""


def reference() -> str:
    """Write the page."""
    lines = [_HEAD]
    for family, (zh, en) in FAMILIES.items():
        lines += [f"## {zh} {en}", "", "| 函数 | 用法 | 作用 | 例子 |", "|---|---|---|---|"]
        for one in functions:
            if one.family == family:
                example = f"`{one.example[0]}` → `{one.example[1]}`".replace("|", "\\|")
                lines.append(
                    f"| {one.zh}<br>{one.name} | `{one.usage('zh')}` | {one.doc_zh}<br>{one.doc_en} | {example} |"
                )
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(reference())
