"""Properties of elements, declared as data: the designer's panel, the checks and the docs all come from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.nodes import Field
from mazhi.engines.formula.parsing import parse
from mazhi.engines.labels.carriers.family import carriers
from mazhi.kernel.errors import Problem

PropertyType = Literal[
    "text", "formula", "field", "plain", "number", "integer", "boolean", "choice", "carrier", "image", "columns", "rows"
]
"""``text`` holds formulas in braces, ``formula`` is one formula, ``field`` the dotted name of one field."""

LONGEST_TEXT = 4000
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that can be chosen."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a kind of element.

    Attributes:
        name: As in the template.
        zh: Chinese title.
        en: English title.
        type: What it takes.
        default: What holds where the template says nothing.
        choices: What can be chosen, for ``choice``.
        least: The least number.
        most: The greatest number.
        unit: Of a number: ``mm``, ``pt`` or nothing.
        zh_hint: What it does, where the title does not say it.
        en_hint: The same in English.
        required: Whether it must say something.
    """

    name: str
    zh: str
    en: str
    type: PropertyType
    default: object = ""
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    unit: str = ""
    zh_hint: str = ""
    en_hint: str = ""
    required: bool = False

    def but(self, *, default: object) -> Property:
        """Return the same property with another default."""
        return replace(self, default=default)

    def faults(self, value: object, pointer: str) -> Iterator[Problem]:
        """Yield everything that is wrong with a value."""
        if self.required and (value is None or value == ""):
            yield Problem("label_property_empty", {"property": self.zh}, pointer)
            return
        yield from _FAULTS[self.type](self, value, pointer)


def _wrong(property_: Property, pointer: str, wanted_zh: str, wanted_en: str) -> Problem:
    params: dict[str, object] = {"property": property_.zh, "wanted": wanted_zh, "wanted_en": wanted_en}
    return Problem("label_property_wrong", params, pointer)


def _plain(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _wrong(property_, pointer, "文字", "a text")
    elif len(value) > LONGEST_TEXT:
        yield _wrong(property_, pointer, f"不超过 {LONGEST_TEXT} 字", f"at most {LONGEST_TEXT} characters")


def _formula_fault(error: FormulaError, property_: Property, pointer: str) -> Problem:
    params = {**error.params, "property": property_.zh, "start": error.start, "end": error.end}
    return Problem(error.code, params, pointer)


def _text(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    found = list(_plain(property_, value, pointer))
    yield from found
    if not found:
        try:
            parse_text(str(value))
        except FormulaError as error:
            yield _formula_fault(error, property_, pointer)


def _formula(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    found = list(_plain(property_, value, pointer))
    yield from found
    if not found and value:
        try:
            parse(str(value))
        except FormulaError as error:
            yield _formula_fault(error, property_, pointer)


def _field(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str) or (value and not is_field(value)):
        yield _wrong(property_, pointer, "字段名，如 item.code 或 序列号", "the name of a field, such as item.code")


def is_field(name: str) -> bool:
    """Tell whether a text can be the name of a field."""
    try:
        return isinstance(parse(name), Field)
    except FormulaError:
        return False


def _number(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -_LARGEST < value < _LARGEST:
        yield _wrong(property_, pointer, "数字", "a number")
    elif property_.type == "integer" and value != int(value):
        yield _wrong(property_, pointer, "整数", "a whole number")
    elif (property_.least is not None and value < property_.least) or (
        property_.most is not None and value > property_.most
    ):
        between = f"{property_.least:g}–{property_.most:g}" if property_.most is not None else f"≥ {property_.least:g}"
        yield _wrong(property_, pointer, f"{between} {property_.unit}".strip(), f"{between} {property_.unit}".strip())


def _boolean(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield _wrong(property_, pointer, "是或否", "true or false")


def _choice(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in {choice.value for choice in property_.choices}:
        zh = "、".join(choice.value for choice in property_.choices)
        yield _wrong(property_, pointer, zh, zh)


def _carrier(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in carriers:
        known = ", ".join(kind.name for kind in carriers)
        yield _wrong(property_, pointer, known, known)


def _image(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _wrong(property_, pointer, "已上传的图片", "an uploaded picture")


def _columns(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, list) or not 1 <= len(value) <= 20:
        yield _wrong(property_, pointer, "1–20 列", "1–20 columns")
        return
    share = Property("share", "列宽份数", "share", "number", least=0.1, most=1000)
    align = Property("align", "列对齐", "alignment", "choice", choices=ALIGN)
    for number, column in enumerate(value):
        if not isinstance(column, Mapping) or set(column) - {"share", "align"}:
            yield _wrong(property_, f"{pointer}/{number}", '{"share", "align"}', '{"share", "align"}')
            continue
        yield from share.faults(column.get("share", 1), f"{pointer}/{number}/share")
        yield from align.faults(column.get("align", "left"), f"{pointer}/{number}/align")


def _rows(property_: Property, value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, list) or len(value) > 100 or any(not isinstance(row, list) for row in value):
        yield _wrong(property_, pointer, "最多 100 行，每行是各格的文字", "up to 100 rows, each a list of texts")
        return
    cell = replace(property_, type="text", zh="表格", en="table", required=False)
    for number, row in enumerate(value):
        for place, text in enumerate(row):
            yield from cell.faults(text, f"{pointer}/{number}/{place}")


_FAULTS: dict[PropertyType, Callable[[Property, object, str], Iterable[Problem]]] = {
    "text": _text,
    "formula": _formula,
    "field": _field,
    "plain": _plain,
    "number": _number,
    "integer": _number,
    "boolean": _boolean,
    "choice": _choice,
    "carrier": _carrier,
    "image": _image,
    "columns": _columns,
    "rows": _rows,
}

ALIGN = (Choice("left", "左", "left"), Choice("center", "中", "centre"), Choice("right", "右", "right"))
VALIGN = (Choice("top", "上", "top"), Choice("middle", "中", "middle"), Choice("bottom", "下", "bottom"))
