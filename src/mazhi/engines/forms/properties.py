"""What fields of many kinds have (通用属性): hint, default, width and so on, declared like a kind's own options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import USUAL, WIDEST, Common, FieldError, FieldKind
from mazhi.engines.forms.references import codes_of
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks

WIDTHS = (3, 4, 6, 9, WIDEST)

COMMON: Mapping[Common, Option] = {
    "hint": Option(
        "hint", "提示", "Hint", "long_text", "", zh_hint="填写时显示在标题下面。", en_hint="Stands below the title."
    ),
    "default": Option(
        "default", "默认值", "Default", "value", None, zh_hint="新增时没有填就用它。",
        en_hint="What a new record has where nothing is given.",
    ),
    "required": Option("required", "必填", "Required", "flag", False, zh_hint="没有填不能保存。",
                       en_hint="A record without it is refused."),
    "unique": Option("unique", "不重复", "Unique", "flag", False, zh_hint="两条记录不能有相同的值，由数据库保证。",
                     en_hint="No two records share its value; the database holds to it."),
    "read_only": Option("read_only", "只读", "Read-only", "flag", False, zh_hint="页面上只能看；谁能改由权限决定。",
                        en_hint="Screens only show it; who may write is said by rights."),
    "hidden": Option("hidden", "隐藏", "Hidden", "flag", False, zh_hint="页面上不显示，仍可由规则和接口填写。",
                     en_hint="Screens leave it out; rules and the API still fill it."),
    "hidden_when_new": Option("hidden_when_new", "新增时隐藏", "Hidden when new", "flag", False,
                              zh_hint="保存以后才显示。", en_hint="Shown once the record is there."),
    "width": Option(
        "width", "宽度", "Width", "choice", WIDEST,
        choices=(
            Choice(3, "四分之一", "A quarter"), Choice(4, "三分之一", "A third"), Choice(6, "一半", "Half"),
            Choice(9, "四分之三", "Three quarters"), Choice(WIDEST, "整行", "Full"),
        ),
        zh_hint="在手机上总是整行。", en_hint="On a phone always the whole row.",
    ),
    "mask": Option(
        "mask", "掩码", "Mask", "choice", "",
        choices=(
            Choice("", "通常", "As usual"), Choice("all", "全部遮住", "All"),
            Choice("ends", "只留首尾", "Keep the ends"),
            Choice("last_four", "只留后四位", "Keep the last four"),
            Choice("first", "只留第一个字", "Keep the first sign"),
        ),
        zh_hint="权限里设为“掩码”的角色看到的样子。", en_hint="What roles see that are given the field masked.",
    ),
    "scan_to_fill": Option("scan_to_fill", "扫码录入", "Fill by scanning", "flag", False,
                           zh_hint="旁边有扫码按钮，扫到的内容填进来。",
                           en_hint="A button beside it scans, and what is read is filled in."),
    "indexed": Option("indexed", "索引", "Index", "flag", False, zh_hint="经常按它筛选或排序时打开。",
                      en_hint="Switch it on where lists often filter or sort by it."),
}  # fmt: skip
"""Each of them, in the order of the designer's panel."""

_OLDER = {"required", "unique", "indexed"}
"""What the reader of a form has always looked at itself."""


def read_common(
    raw: Mapping[str, Any], kind: FieldKind, options: Mapping[str, Any] | None, checks: Checks, pointer: str
) -> dict[str, Any]:
    """Read the common properties of one field; without its options the default is not looked at."""
    found: dict[str, Any] = {}
    for name, option in COMMON.items():
        if name in _OLDER or name not in raw or raw[name] == USUAL[name]:
            continue
        at, value = f"{pointer}/{name}", raw[name]
        if name not in kind.common:
            checks.fault(at, "form_property_unfit", property=option.zh, property_en=option.en, kind=kind.zh)
            continue
        known = len(checks.problems)
        option.check(value, checks, at)
        if name == "default" and options is not None:
            _check_default(value, kind, options, checks, at)
        if len(checks.problems) == known:
            found[name] = value
    return found


def _check_default(value: Any, kind: FieldKind, options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    if kind.reference is not None:
        if codes_of(value, many=kind.reference.many) is None:
            checks.fault(pointer, "entry_not_a_code", field="")
        return
    try:
        kind.clean(value, options)
    except FieldError as error:
        checks.problems.append(Problem(error.code, {"field": "", **error.params}, pointer))
