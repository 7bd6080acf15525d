"""Functions that work with texts; lengths and places count characters (code points), the first is 1."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mazhi.engines.formula.comparing import fold_case, same
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.formats import format_value, read_amount
from mazhi.engines.formula.function import Function, Parameter
from mazhi.engines.formula.values import LONGEST_TEXT, Value, is_empty, shown, to_text

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_CAPITALS = str.maketrans(_LOWER, _LOWER.upper())


def _count(number: int, name: str, least: int = 0) -> int:
    if number < least:
        raise FaultError("formula_bad_argument", value=number, name=name)
    return number


def _bounded(parts: list[str], separator: str = "") -> str:
    if sum(map(len, parts)) + len(separator) * max(len(parts) - 1, 0) > LONGEST_TEXT:
        raise FaultError("formula_text_too_long", most=LONGEST_TEXT)
    return separator.join(parts)


def _left(text: str, count: int = 1) -> str:
    return text[: _count(count, "count")]


def _right(text: str, count: int = 1) -> str:
    return text[max(len(text) - _count(count, "count"), 0) :]


def _mid(text: str, start: int, count: int) -> str:
    first = _count(start, "start", 1) - 1
    return text[first : first + _count(count, "count")]


def _trim(text: str) -> str:
    return " ".join(part for part in text.replace("\u3000", " ").replace("\t", " ").split(" ") if part)


def _flat(values: tuple[Value, ...]) -> list[str]:
    found: list[str] = []
    for value in values:
        found += [to_text(one) for one in value] if isinstance(value, tuple) else [to_text(value)]
    return found


def _concat(*values: Value) -> str:
    return _bounded(_flat(values))


def _textjoin(separator: str, skip: bool, *values: Value) -> str:
    parts = [one for one in _flat(values) if one or not skip]
    return _bounded(parts, separator)


def _substitute(text: str, old: str, new: str, which: int = 0) -> str:
    if not old:
        return text
    if which == 0:
        count = text.count(old)
        if len(text) + count * (len(new) - len(old)) > LONGEST_TEXT:
            raise FaultError("formula_text_too_long", most=LONGEST_TEXT)
        return text.replace(old, new)
    at = -len(old)
    for _ in range(_count(which, "which", 1)):
        at = text.find(old, at + len(old))
        if at < 0:
            return text
    return text[:at] + new + text[at + len(old) :]


def _replace(text: str, start: int, count: int, new: str) -> str:
    first = _count(start, "start", 1) - 1
    return text[:first] + new + text[first + _count(count, "count") :]


def _find(wanted: str, text: str, start: int = 1) -> Decimal:
    found = text.find(wanted, _count(start, "start", 1) - 1)
    if found < 0:
        raise FaultError("formula_not_found", value=shown(wanted))
    return Decimal(found + 1)


def _search(wanted: str, text: str, start: int = 1) -> Decimal:
    return _find(fold_case(wanted), fold_case(text), start)


def _contains(held: Value, wanted: Value) -> bool:
    if isinstance(held, tuple):
        if isinstance(wanted, tuple):
            raise FaultError("formula_list")
        return any(same(wanted, one) for one in held)
    return to_text(wanted) in to_text(held)


def _rept(text: str, count: int) -> str:
    if len(text) * _count(count, "count") > LONGEST_TEXT:
        raise FaultError("formula_text_too_long", most=LONGEST_TEXT)
    return text * count if text else ""


def _padding(text: str, length: int, fill: str) -> str:
    if length > LONGEST_TEXT:
        raise FaultError("formula_text_too_long", most=LONGEST_TEXT)
    if not fill:
        raise FaultError("formula_bad_argument", value='""', name="fill")
    missing = max(length - len(text), 0)
    return (fill * (missing // len(fill) + 1))[:missing]


def _padleft(text: str, length: int, fill: str = "0") -> str:
    return _padding(text, length, fill) + text


def _padright(text: str, length: int, fill: str = " ") -> str:
    return text + _padding(text, length, fill)


def _text(value: Value, pattern: str) -> str:
    if isinstance(value, str | date | Decimal) or is_empty(value):
        return format_value(value, pattern)
    return to_text(value)


def _value(value: Value) -> Decimal:
    return read_amount(value)


_TEXT = Parameter("text", "文本", "text")
_ANY = Parameter("value", "值")
_START = Parameter("start", "开始位置", "integer")
_WANTED = Parameter("wanted", "要找的文本", "text")
_FROM = Parameter("start", "开始位置", "integer", optional=True)
_COUNT = Parameter("count", "个数", "integer")
_LENGTH = Parameter("length", "长度", "integer")
_FILL = Parameter("fill", "填充", "text", optional=True)

FUNCTIONS = (
    Function(
        "LEN", "长度", "text", (_TEXT,), "number", "文本的字符数；一个汉字算一个。", "The number of characters.",
        ('LEN("智能水表")', "4"), lambda text: Decimal(len(text)),
    ),
    Function(
        "LEFT", "左取", "text", (_TEXT, Parameter("count", "个数", "integer", optional=True)), "text",
        "最前面的若干个字符，默认 1 个。", "The first characters, 1 by default.", ('LEFT("SN2611", 2)', "SN"), _left,
    ),
    Function(
        "RIGHT", "右取", "text", (_TEXT, Parameter("count", "个数", "integer", optional=True)), "text",
        "最后面的若干个字符，默认 1 个。", "The last characters, 1 by default.", ('RIGHT("SN2611", 4)', "2611"), _right,
    ),
    Function(
        "MID", "截取", "text", (_TEXT, _START, _COUNT), "text",
        "从开始位置（从 1 数起）起的若干个字符。", "Characters from a place (counted from 1) on.",
        ('MID("SN2611", 3, 2)', "26"), _mid,
    ),
    Function(
        "UPPER", "转大写", "text", (_TEXT,), "text", "把 a–z 变成 A–Z，其他字符不变。",
        "Turns a–z into capitals and leaves all else.", ('UPPER("sn-1a")', "SN-1A"),
        lambda text: text.translate(_CAPITALS),
    ),
    Function(
        "LOWER", "转小写", "text", (_TEXT,), "text", "把 A–Z 变成 a–z，其他字符不变。",
        "Turns A–Z into small letters and leaves all else.", ('LOWER("SN-1A")', "sn-1a"), fold_case,
    ),
    Function(
        "TRIM", "去空格", "text", (_TEXT,), "text",
        "去掉两端的空格，中间连续的空格变成一个；全角空格和制表符也算空格。",
        "Without blanks at the ends, several in between become one; wide blanks and tabs count too.",
        ('TRIM("  a   b ")', "a b"), _trim,
    ),
    Function(
        "CONCAT", "连接", "text", (_ANY,), "text", "把各个值连成一个文本；列表逐个连接。",
        "Joins all values to one text; lists value by value.", ('CONCAT("A", 1, "B")', "A1B"), _concat, rest=(_ANY,),
    ),
    Function(
        "TEXTJOIN", "合并文本", "text",
        (Parameter("separator", "分隔符", "text"), Parameter("skip_empty", "跳过空值", "boolean"), _ANY), "text",
        "用分隔符把各个值连成一个文本，可跳过空值。",
        "Joins values with a separator between them, without empty ones if asked.",
        ('TEXTJOIN("/", TRUE, "a", "", "b")', "a/b"), _textjoin, rest=(_ANY,),
    ),
    Function(
        "SUBSTITUTE", "替换", "text",
        (_TEXT, Parameter("old", "旧文本", "text"), Parameter("new", "新文本", "text"),
         Parameter("which", "第几个", "integer", optional=True)), "text",
        "把旧文本换成新文本；给出“第几个”时只换那一个。区分大小写。",
        "Puts a new text in place of an old one, everywhere or only in its n-th place; case matters.",
        ('SUBSTITUTE("1-2-3", "-", "/")', "1/2/3"), _substitute,
    ),
    Function(
        "REPLACE", "改写", "text", (_TEXT, _START, _COUNT, Parameter("new", "新文本", "text")), "text",
        "把从开始位置起的若干个字符换成新文本。", "Puts a new text in place of some characters from a place on.",
        ('REPLACE("ABCD", 2, 2, "x")', "AxD"), _replace,
    ),
    Function(
        "FIND", "查找", "text", (_WANTED, _TEXT, _FROM), "number",
        "要找的文本第一次出现的位置（从 1 数起），区分大小写；找不到是错误。",
        "The place (from 1) where a text first stands; case matters; a fault if it is not there.",
        ('FIND("-", "AB-1")', "3"), _find,
    ),
    Function(
        "SEARCH", "搜索", "text", (_WANTED, _TEXT, _FROM), "number", "同“查找”，但不区分 A–Z 的大小写。",
        "Like FIND, without the case of A–Z.", ('SEARCH("b", "AB-1")', "2"), _search,
    ),
    Function(
        "CONTAINS", "包含", "text", (Parameter("text", "文本或列表"), Parameter("wanted", "要找的")), "boolean",
        "文本里有要找的文本时为 TRUE，区分大小写；列表里有要找的值时为 TRUE。",
        "TRUE if a text holds another (case matters), or a list holds a value.", ('CONTAINS("AB-1", "-")', "TRUE"),
        _contains,
    ),
    Function(
        "STARTSWITH", "开头是", "text", (_TEXT, _WANTED), "boolean", "文本以此开头时为 TRUE，区分大小写。",
        "TRUE if a text begins so; case matters.", ('STARTSWITH("SN-1", "SN")', "TRUE"),
        lambda text, wanted: text.startswith(wanted),
    ),
    Function(
        "ENDSWITH", "结尾是", "text", (_TEXT, _WANTED), "boolean", "文本以此结尾时为 TRUE，区分大小写。",
        "TRUE if a text ends so; case matters.", ('ENDSWITH("SN-1", "-1")', "TRUE"),
        lambda text, wanted: text.endswith(wanted),
    ),
    Function(
        "REPT", "重复", "text", (_TEXT, _COUNT), "text", "把文本重复若干次。", "A text so many times.",
        ('REPT("=", 3)', "==="), _rept,
    ),
    Function(
        "PADLEFT", "左补", "text", (_TEXT, _LENGTH, _FILL), "text",
        "在左边补足到指定长度，默认补 0；已够长的不变。", "Fills up on the left to a length, with 0 by default.",
        ("PADLEFT(42, 6)", "000042"), _padleft,
    ),
    Function(
        "PADRIGHT", "右补", "text", (_TEXT, _LENGTH, _FILL), "text",
        "在右边补足到指定长度，默认补空格；已够长的不变。",
        "Fills up on the right to a length, with blanks by default.",
        ('PADRIGHT("AB", 4, "*")', "AB**"), _padright,
    ),
    Function(
        "TEXT", "格式", "text", (_ANY, Parameter("format", "格式", "text")), "text",
        "按格式写数字（0.00、#,##0、000000、0%）或日期（yyyy-MM-dd、yyyy年M月d日 HH:mm）；空值为空。",
        "Writes a number (0.00, #,##0, 000000, 0%) or a date (yyyy-MM-dd, HH:mm) in a format; empty stays empty.",
        ('TEXT(1234.5, "#,##0.00")', "1,234.50"), _text,
    ),
    Function(
        "VALUE", "转数字", "text", (_ANY,), "number", "把文本读成数字；允许千分位逗号和末尾的 %。",
        "Reads a text as a number; thousands separators and a % at the end are allowed.",
        ('VALUE("1,234.5")', "1234.5"), _value,
    ),
    Function(
        "EXACT", "完全相同", "text", (_TEXT, Parameter("other", "另一文本", "text")), "boolean",
        "两个文本完全相同（含大小写）时为 TRUE。", "TRUE if two texts are the same, case included.",
        ('EXACT("a", "A")', "FALSE"), lambda text, other: text == other,
    ),
)  # fmt: skip
