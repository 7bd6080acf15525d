"""From cells to values and back: as people write them, by what the columns of a field hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.kernel import clock
from mazhi.kernel.spreadsheets import model as sheet
from mazhi.kernel.spreadsheets.dates import date_of, moment_of
from mazhi.kernel.spreadsheets.model import Fault, Odd, Value
from mazhi.kernel.spreadsheets.writing import Cell

_SEPARATORS = re.compile(r"[、;；,，\n]")
_JOINED = "、"
_YES = {"是", "对", "有", "√", "✓", "✔", "yes", "y", "true", "t", "1", "on", "开"}
_NO = {"否", "不", "不是", "无", "×", "✗", "✘", "no", "n", "false", "f", "0", "off", "关"}
_MOJIBAKE = ("锟斤拷", "烫烫烫", "\ufffd")
"""What is left of Chinese that was read in one encoding and stored in another."""
_RANGE = re.compile(r"\s*(?:~|～|至|到|—{1,2}|–|\bto\b|\s-\s)\s*")
_POINT = re.compile(r"(-?[0-9.]+)\s*[,，]\s*(-?[0-9.]+)\s*(.*)", re.DOTALL)
_REGION = re.compile(r"([0-9]{6})\s*(.*)", re.DOTALL)
_EXACT_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
_LAST_YEAR = 9999
CUT = "…〔太长，没有写完 cut〕"
"""Ends a cell that a workbook cannot hold whole; such a cell is never read back."""

Read = str | int | float | bool | list[Any] | dict[str, Any] | Fault | None


def read(field: Field, kind: FieldKind, value: Value, *, base_1904: bool = False) -> Read:
    """Return a cell's value as clients would give it, None where it is blank, or what is wrong with the cell.

    What can be read as nothing better stays a text, and the field says what is wrong with it.
    """
    if value is None or (isinstance(value, str) and (not value or value.isspace())):
        return None
    if isinstance(value, Odd) and value.kind != "shown":
        return Fault("cell_error" if value.kind == "error" else "formula_without_value", {"value": value.text})
    if isinstance(value, str) and not value.isascii():
        if any(sign in value for sign in _MOJIBAKE):
            return Fault("text_damaged", {"value": value[:100]})
        if value.endswith(CUT):
            return Fault("import_cut_cell", {})
        if sheet.is_blank(value):
            return None
    return _READERS.get(_shape(kind.name), _structured)(field, kind, value, base_1904)


def write(field: Field, kind: FieldKind, value: Any, *, workbook: bool) -> Cell:
    """Write a value as clients get it into a cell: numbers and days as such in a workbook, all else as people write."""
    if value is None or value in ("", []):
        return None
    # What is masked is no longer what its kind says.
    masked = isinstance(value, str) and "*" in value
    cell: Cell = value if masked else _WRITERS.get(_shape(kind.name), _plain)(field, value)
    if workbook:
        return _fitting(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "microseconds" if cell.microsecond else "seconds")
    return cell.isoformat() if isinstance(cell, date) else cell


@cache
def _shape(name: str) -> str:
    """Name what the columns of a kind hold; those of several columns are told apart by what they are called."""
    kind = field_kinds[name]
    if len(kind.columns) != 1:
        return "/".join(column.suffix for column in kind.columns)
    if kind.reference is not None:
        return "codes" if kind.reference.many else "code"
    return kind.columns[0].type


def _text_of(value: Value) -> str | Fault:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and not value.is_integer():
        return sheet.shown(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta | bool):
        return sheet.shown(value)
    return sheet.code_of(value)


def _text(_field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    return _text_of(value)


def _code(_field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    found = _text_of(value)
    return found if isinstance(found, Fault) else sheet.clean(found)


def _number(_field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    if isinstance(value, bool):
        return sheet.shown(value)
    if isinstance(value, str):
        return re.sub(r"(?<=[0-9])[ ,'](?=[0-9]{3})", "", sheet.narrow(value))
    # What a spreadsheet program reckons has noise behind the fifteenth digit.
    return sheet.shown(value)


def _boolean(field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    if isinstance(value, bool):
        return value
    text = sheet.clean(sheet.shown(value))
    if text in {field.options.get("yes"), field.options.get("no")}:
        return text == field.options.get("yes")
    word = text.lower()
    return True if word in _YES else False if word in _NO else text


def _day(_field: Field, _kind: FieldKind, value: Value, base: bool) -> Read:
    found = date_of(value, base_1904=base)
    return found if isinstance(found, Fault) else found.isoformat()


def _moment(_field: Field, _kind: FieldKind, value: Value, base: bool) -> Read:
    if isinstance(value, str):
        try:
            exact = datetime.fromisoformat(value.strip())
        except ValueError:
            pass
        else:
            return (exact if exact.tzinfo else exact.replace(tzinfo=clock.DEFAULT_ZONE)).isoformat()
    found = moment_of(value, base_1904=base)
    return found if isinstance(found, Fault) else found.isoformat()


def _list(field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    text = _text_of(value)
    if isinstance(text, Fault):
        return text
    given: list[Any] | None = _from_json(text, list)
    if given is not None:
        return given
    if text.strip() in field.options.get("choices", ()):
        return [text.strip()]
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _range(_field: Field, _kind: FieldKind, value: Value, base: bool) -> Read:
    parts = _RANGE.split(sheet.narrow(_shown(value)))
    if len(parts) != 2:
        return Fault("import_not_a_range", {"value": _shown(value)[:100]})
    days = [date_of(part, base_1904=base) for part in parts]
    wrong = next((one for one in days if isinstance(one, Fault)), None)
    if wrong is not None:
        return wrong
    first, last = (one.isoformat() for one in days if not isinstance(one, Fault))
    return {"from": first, "to": last}


def _point(_field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    found = _POINT.fullmatch(sheet.clean(_shown(value)))
    if found is None:
        return Fault("import_not_a_point", {"value": _shown(value)[:100]})
    return {"longitude": found[1], "latitude": found[2], "name": found[3]}


def _address(_field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    text = _shown(value).strip()
    found = _REGION.fullmatch(text)
    return {"region": found[1], "detail": found[2]} if found else {"region": None, "detail": text}


def _structured(_field: Field, _kind: FieldKind, value: Value, _base: bool) -> Read:
    """Read what no other shape is for: as JSON where it is, else as text."""
    text = _text_of(value)
    if isinstance(text, Fault):
        return text
    found = _from_json(text, dict | list)
    return text if found is None else found


def _from_json(text: str, wanted: Any) -> Any:
    if not text.lstrip().startswith(("[", "{")):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, wanted) else None


def _shown(value: Value) -> str:
    return sheet.shown(value)


_READERS: Mapping[str, Callable[[Field, FieldKind, Value, bool], Read]] = {
    "text": _text, "code": _code, "codes": _list, "number": _number, "boolean": _boolean, "date": _day,
    "moment": _moment, "json": _list, "from/to": _range, "value/good": _number,
    "longitude/latitude/name": _point, "region/detail": _address,
}  # fmt: skip


def _plain(_field: Field, value: Any) -> Cell:
    if isinstance(value, list):
        # Steps of a path: the column holds one text.
        value = "/".join(map(str, value)) if all(isinstance(one, str) for one in value) else _json(value)
    return _json(value) if isinstance(value, dict) else value


def _write_list(_field: Field, value: Any) -> Cell:
    if isinstance(value, list) and all(isinstance(one, dict) and "name" in one for one in value):
        # Of files their names: the bytes stay where rights are asked.
        return _JOINED.join(str(one["name"]) for one in value)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return _json(value)
    joined = _JOINED.join(value)
    if any(_SEPARATORS.search(one) or one != one.strip() or not one for one in value) or joined.startswith(("[", "{")):
        return _json(value)
    return joined


def _write_boolean(field: Field, value: Any) -> Cell:
    word = field.options.get("yes" if value else "no")
    return str(word) if word else bool(value)


def _write_moment(_field: Field, value: Any) -> Cell:
    return datetime.fromisoformat(value).astimezone(clock.DEFAULT_ZONE).replace(tzinfo=None)


def _write_address(_field: Field, value: Any) -> Cell:
    return f"{value.get('region') or ''} {value.get('detail') or ''}".strip()


def _write_point(_field: Field, value: Any) -> Cell:
    return f"{value['longitude']}, {value['latitude']} {value.get('name') or ''}".strip()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_WRITERS: Mapping[str, Callable[[Field, Any], Cell]] = {
    "boolean": _write_boolean, "date": lambda _field, value: date.fromisoformat(value), "moment": _write_moment,
    "json": _write_list, "codes": _write_list, "from/to": lambda _field, value: f"{value['from']} ~ {value['to']}",
    "value/good": lambda _field, value: value["value"], "longitude/latitude/name": _write_point,
    "region/detail": _write_address,
}  # fmt: skip


def _fitting(cell: Cell) -> Cell:
    """Write as text what a workbook would not give back as it was: very long numbers, early days, parts of seconds."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float) and len(re.sub(r"e.*|[^0-9]", "", repr(cell)).strip("0")) > _EXACT_DIGITS:
        return repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.microsecond or cell.date() < _FIRST_DAY else cell
    if isinstance(cell, date):
        return cell.isoformat() if cell < _FIRST_DAY else cell
    if isinstance(cell, str) and len(cell) > sheet.LONGEST_CELL:
        return cell[: sheet.LONGEST_CELL - len(CUT)] + CUT
    return cell
