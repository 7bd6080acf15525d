"""The template of a label (标签模板): what stands in its JSON, read with all faults at once.

Lengths are millimetres, sizes of type points. ``x``, ``y``, ``w``, ``h`` are the box as it lies on the label; with
``rotation`` the content is turned clockwise inside that box, so a text turned by 90 degrees runs along ``h``.
Elements stand in the order of their layers, the lowest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from mazhi.engines.labels import elements as kinds
from mazhi.engines.labels.element import Element
from mazhi.engines.labels.marks import Rotation
from mazhi.engines.labels.properties import Choice, Property
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.registry import Registry

FORMAT = 1
"""The newest format that this version writes and reads."""

MOST_ELEMENTS = 500

element_kinds: Registry[Element] = Registry(kinds)


@dataclass(frozen=True, slots=True)
class Placed:
    """One element of a template: where it lies and what its kind's properties say."""

    id: str
    kind: str
    name: str
    x: float
    y: float
    w: float
    h: float
    rotation: Rotation = 0
    hidden: bool = False
    locked: bool = False
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of labels (整页标签): rows and columns of them, in millimetres."""

    paper: str = "A4"
    width_mm: float = 210.0
    height_mm: float = 297.0
    rows: int = 1
    columns: int = 1
    left_mm: float = 0.0
    top_mm: float = 0.0
    gap_x_mm: float = 0.0
    gap_y_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How a printer is to print it; darkness and speed in the printer's own scale, absent: as the printer is set."""

    darkness: int | None = None
    speed: int | None = None
    cut: Literal["none", "each", "end"] = "none"
    peel: bool = False
    rotate: Literal[0, 180] = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A label's template, checked and complete."""

    width_mm: float
    height_mm: float
    gap_mm: float = 2.0
    sheet: Sheet | None = None
    printing: PrintSettings = field(default_factory=PrintSettings)
    elements: tuple[Placed, ...] = ()
    format: int = FORMAT


def _number(name: str, zh: str, en: str, least: float, most: float, default: object = "") -> Property:
    return Property(name, zh, en, "number", default, least=least, most=most, unit="mm", required=default == "")


def _whole(name: str, zh: str, en: str, least: int, most: int, default: object) -> Property:
    return Property(name, zh, en, "integer", default, least=least, most=most)


LABEL = (
    _number("width_mm", "标签宽", "label width", 3, 500),
    _number("height_mm", "标签高", "label height", 3, 1000),
    _number("gap_mm", "间隙", "gap", 0, 100, 2.0),
)
SHEET = (
    Property("paper", "纸张", "paper", "plain", "A4"),
    _number("width_mm", "纸宽", "paper width", 20, 1500, 210.0),
    _number("height_mm", "纸高", "paper height", 20, 2000, 297.0),
    _whole("rows", "行数", "rows", 1, 100, 1),
    _whole("columns", "列数", "columns", 1, 100, 1),
    _number("left_mm", "左边距", "left margin", 0, 500, 0.0),
    _number("top_mm", "上边距", "top margin", 0, 500, 0.0),
    _number("gap_x_mm", "列间距", "gap between columns", 0, 200, 0.0),
    _number("gap_y_mm", "行间距", "gap between rows", 0, 200, 0.0),
)
CUT = (Choice("none", "不切", "none"), Choice("each", "每张", "each"), Choice("end", "最后", "at the end"))
PRINTING = (
    _whole("darkness", "浓度", "darkness", 0, 30, None),
    _whole("speed", "速度", "speed", 1, 14, None),
    Property("cut", "切纸", "cut", "choice", "none", choices=CUT),
    Property("peel", "剥离", "peel", "boolean", False),
    Property("rotate", "整张旋转", "turned", "integer", 0, least=0, most=180),
)
PLACE = (
    _number("x", "X", "X", -1000, 2000),
    _number("y", "Y", "Y", -1000, 2000),
    _number("w", "宽", "width", 0, 2000),
    _number("h", "高", "height", 0, 2000),
    Property("rotation", "旋转", "rotation", "integer", 0, least=0, most=270),
    Property("hidden", "隐藏", "hidden", "boolean", False),
    Property("locked", "锁定", "locked", "boolean", False),
    Property("name", "名称", "name", "plain", ""),
)
_TURNS = {"rotation": (0, 90, 180, 270), "rotate": (0, 180)}

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By the format that a template has: what brings it to the next one."""


def parse(document: Mapping[str, Any]) -> Template:
    """Read a template.

    Raises:
        InvalidInputError: Something is wrong (``label_template_wrong``); ``problems`` name every fault with a pointer.
    """
    document = upgraded(document)
    faults = list(_faults(document))
    if faults:
        raise InvalidInputError("label_template_wrong", problems=faults, count=len(faults))
    sheet = document.get("sheet")
    return Template(
        **_values(LABEL, document),
        sheet=None if sheet is None else Sheet(**_values(SHEET, sheet)),
        printing=PrintSettings(**_values(PRINTING, document.get("printing") or {})),
        elements=tuple(_placed(one, number) for number, one in enumerate(document.get("elements", []))),
    )


def upgraded(document: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a template of an older format to the present one.

    Raises:
        InvalidInputError: Its format is newer than this version knows (``label_format_newer``), or none at all.
    """
    found = document.get("format", FORMAT)
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        fault = Problem("label_format_wrong", {"found": str(found)}, "/format")
        raise InvalidInputError("label_template_wrong", problems=[fault], count=1)
    if found > FORMAT:
        fault = Problem("label_format_newer", {"found": found, "known": FORMAT}, "/format")
        raise InvalidInputError("label_format_newer", problems=[fault], found=found, known=FORMAT)
    changed = dict(document)
    for number in range(found, FORMAT):
        changed = UPGRADES[number](changed)
    return changed | {"format": FORMAT}


def write(template: Template) -> dict[str, Any]:
    """Return a template as JSON, with every property; reading it gives the same template."""
    return {
        "format": template.format,
        **{one.name: getattr(template, one.name) for one in LABEL},
        "sheet": {one.name: getattr(template.sheet, one.name) for one in SHEET} if template.sheet else None,
        "printing": {one.name: getattr(template.printing, one.name) for one in PRINTING},
        "elements": [
            {"id": one.id, "kind": one.kind, **{prop.name: getattr(one, prop.name) for prop in PLACE}, **one.values}
            for one in template.elements
        ],
    }


def _values(properties: Sequence[Property], given: Mapping[str, Any]) -> dict[str, Any]:
    found = {one.name: given.get(one.name, one.default) for one in properties}
    whole = {one.name for one in properties if one.type == "integer"}
    return {name: int(value) if name in whole and value is not None else value for name, value in found.items()}


def _placed(given: Mapping[str, Any], number: int) -> Placed:
    kind = element_kinds[given["kind"]]
    place = _values(PLACE, given)
    name = place.pop("name") or f"{kind.zh} {number + 1}"
    return Placed(id=given.get("id") or f"e{number + 1}", kind=kind.name, name=name, values=kind.filled(given), **place)


def _faults(document: Mapping[str, Any]) -> Iterator[Problem]:
    own = {"format", "sheet", "printing", "elements"}
    yield from _checked(LABEL, document, "", own)
    if (sheet := document.get("sheet")) is not None:
        yield from _sheet_faults(sheet, document)
    if (printing := document.get("printing")) is not None:
        yield from _object(PRINTING, printing, "/printing", set(), nullable={"darkness", "speed"})
    elements = document.get("elements", [])
    if not isinstance(elements, list) or len(elements) > MOST_ELEMENTS:
        yield Problem("label_elements_wrong", {"most": MOST_ELEMENTS}, "/elements")
        return
    seen: set[str] = set()
    for number, element in enumerate(elements):
        yield from _element_faults(element, f"/elements/{number}", seen)


def _object(
    properties: Sequence[Property], given: object, pointer: str, own: set[str], nullable: set[str] | None = None
) -> Iterator[Problem]:
    if isinstance(given, Mapping):
        yield from _checked(properties, given, pointer, own, nullable or set())
    else:
        yield Problem("label_not_an_object", {}, pointer)


def _checked(
    properties: Sequence[Property],
    given: Mapping[str, Any],
    pointer: str,
    own: set[str],
    nullable: set[str] = frozenset(),  # type: ignore[assignment]  # an empty set that nobody changes
) -> Iterator[Problem]:
    """Yield the faults of an object: properties that are unknown, missing or wrong."""
    known = {one.name for one in properties}
    for name in given:
        if name not in known and name not in own:
            yield Problem("label_property_unknown", {"property": str(name)}, f"{pointer}/{_escaped(str(name))}")
    for one in properties:
        value = given.get(one.name, one.default)
        if value is None and one.name in nullable:
            continue
        found = list(one.faults(value, f"{pointer}/{one.name}"))
        yield from found
        if not found and one.name in _TURNS and value not in _TURNS[one.name]:
            wanted = ", ".join(str(turn) for turn in _TURNS[one.name])
            params: dict[str, object] = {"property": one.zh, "wanted": wanted, "wanted_en": wanted}
            yield Problem("label_property_wrong", params, f"{pointer}/{one.name}")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _sheet_faults(sheet: object, document: Mapping[str, Any]) -> Iterator[Problem]:
    found = list(_object(SHEET, sheet, "/sheet", set()))
    yield from found
    if found or any(list(one.faults(document.get(one.name, one.default), "")) for one in LABEL):
        return
    values = _values(SHEET, cast(Mapping[str, Any], sheet))
    wide = values["left_mm"] + values["columns"] * (document["width_mm"] + values["gap_x_mm"]) - values["gap_x_mm"]
    high = values["top_mm"] + values["rows"] * (document["height_mm"] + values["gap_y_mm"]) - values["gap_y_mm"]
    room = values["width_mm"], values["height_mm"]
    if wide > room[0] + 0.05:
        yield Problem("label_sheet_too_narrow", {"needed": f"{wide:g}", "room": f"{room[0]:g}"}, "/sheet/columns")
    if high > room[1] + 0.05:
        yield Problem("label_sheet_too_short", {"needed": f"{high:g}", "room": f"{room[1]:g}"}, "/sheet/rows")


def _element_faults(element: object, pointer: str, seen: set[str]) -> Iterator[Problem]:
    if not isinstance(element, Mapping):
        yield Problem("label_not_an_object", {}, pointer)
        return
    name = element.get("id")
    if name is not None and (not isinstance(name, str) or not 1 <= len(name) <= 64):
        yield Problem("label_id_wrong", {}, f"{pointer}/id")
    elif name in seen:
        yield Problem("label_id_twice", {"id": name}, f"{pointer}/id")
    elif name:
        seen.add(name)
    kind = element.get("kind")
    if not isinstance(kind, str) or kind not in element_kinds:
        known = ", ".join(one.name for one in element_kinds)
        yield Problem("label_kind_unknown", {"kind": str(kind), "known": known}, f"{pointer}/kind")
        return
    known_kind = element_kinds[kind]
    found = list(_checked((*PLACE, *known_kind.properties), element, pointer, {"id", "kind"}))
    yield from found
    if not found:
        yield from known_kind.faults(known_kind.filled(element), pointer)
