"""A view: its parts as JSON, by the codes of fields for clients and by their ids where it is kept.

It is kept by ids, so that a field may be called otherwise tomorrow. What names a field that is gone, or that the
reader may not see, is left out when the view is opened, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.engines.forms.model import ColumnType
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.registry import Registry

LONGEST_NAME = 60
MOST_COLUMNS = 1_000
MOST_ON_A_CARD = 8
NARROWEST, WIDEST = 40, 1_200
SYSTEM_COLUMNS = ("#id", "#created_by", "#created_at", "#updated_by", "#updated_at")
"""What every record has besides its fields; a list can show it."""

OptionType = Literal["field", "fields", "totals", "word", "flag"]
Use = Literal["shown", "compared", "sorted"]
"""What a view does with a field: shows it, compares it in its filter, or sorts, groups or adds up by it."""


@dataclass(frozen=True, slots=True)
class ViewOption:
    """One thing that can be set for views of a kind.

    Attributes:
        name: As in the view.
        type: ``field`` is the code of a field, ``fields`` several, ``totals`` by code how a field is added up.
        words: Of a word: which it may be.
        stores: Of a field: what its column may hold; empty: anything.
        kinds: Of a field: which kinds it may be of; empty: any.
        required: Whether there is no such view without it.
        use: What is done with the field.
    """

    name: str
    type: OptionType
    words: tuple[str, ...] = ()
    stores: tuple[ColumnType, ...] = ()
    kinds: tuple[str, ...] = ()
    required: bool = False
    use: Use = "shown"


CARD = (ViewOption("title", "field"), ViewOption("fields", "fields"), ViewOption("cover", "field"))
"""What a card shows: what it is called, a few fields, and a picture."""


@dataclass(frozen=True, slots=True)
class ViewKind:
    """One kind of view: its name in both languages, and what can be set."""

    name: str
    zh: str
    en: str
    options: tuple[ViewOption, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field that a view names and its reader does not get: what it was called, and why (deleted or hidden)."""

    title: str
    why: Literal["deleted", "hidden"]


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as its reader gets it.

    Attributes:
        id: UUID from birth.
        name: What its tab says.
        kind: Name of the kind.
        body: Filter, sort, group, columns and options, by the codes of fields.
        shared: Whether all who may see the form have it.
        default: Whether the form opens with it.
        version: Grows by one with each change.
        updated_at: Moment, µs.
        updated_by: Name of the user.
        left_out: What it names and the reader does not get.
    """

    id: str
    name: str
    kind: str
    body: Mapping[str, Any]
    shared: bool
    default: bool
    version: int
    updated_at: int
    updated_by: str
    left_out: tuple[LeftOut, ...] = ()


Rename = Callable[[str, Use], str | None]
"""From one name of a field to another; None where the part that names it must go."""


@dataclass(frozen=True, slots=True)
class Named:
    """A field as views see it: what its column holds, and its kind."""

    stores: ColumnType | None
    kind: str


_SHAPES: Mapping[OptionType, type] = {"field": str, "fields": list, "totals": dict, "word": str, "flag": bool}


@dataclass(slots=True)
class Reading:
    """Checks a view as clients give it, by the codes of fields."""

    fields: Mapping[str, Named]
    checks: Checks
    named: set[str] = field(default_factory=set)

    def body(self, raw: Mapping[str, Any], kind: ViewKind) -> None:
        """Note everything that is wrong with columns and options; filter, order and groups are checked as asked."""
        columns = raw.get("columns") or []
        if len(columns) > MOST_COLUMNS:
            self.checks.fault("/columns", "view_too_many_columns", limit=MOST_COLUMNS)
            return
        for place, one in enumerate(columns):
            self._column(one, f"/columns/{place}")
        options = raw.get("options") or {}
        known = {one.name: one for one in kind.options}
        for name in options.keys() - known.keys():
            self.checks.fault(f"/options/{name}", "view_unknown_option", name=name)
        for name, option in known.items():
            self._option(option, options.get(name), f"/options/{name}")

    def _column(self, one: Mapping[str, Any], pointer: str) -> None:
        code, width = str(one.get("field")), one.get("width")
        if code not in SYSTEM_COLUMNS:
            self._field(code, f"{pointer}/field")
        if code in self.named:
            self.checks.fault(f"{pointer}/field", "view_column_twice", item=code)
        self.named.add(code)
        if width is not None and not NARROWEST <= width <= WIDEST:
            self.checks.fault(f"{pointer}/width", "view_bad_width", least=NARROWEST, most=WIDEST)

    def _option(self, option: ViewOption, value: Any, pointer: str) -> None:
        if value in (None, [], {}):
            if option.required:
                self.checks.fault(pointer, "view_option_missing", name=option.name)
            return
        shape = _SHAPES[option.type]
        good = isinstance(value, shape) and (option.type != "word" or value in option.words)
        if not good or (option.type == "fields" and len(value) > MOST_ON_A_CARD):
            self.checks.fault(pointer, "view_bad_option", name=option.name)
        elif option.type == "field":
            self._field(value, pointer, option)
        elif option.type in {"fields", "totals"}:
            for place, one in enumerate(value):
                self._field(one, f"{pointer}/{place if option.type == 'fields' else one}")

    def _field(self, code: Any, pointer: str, option: ViewOption | None = None) -> None:
        found = self.fields.get(code) if isinstance(code, str) else None
        if found is None:
            self.checks.fault(pointer, "record_unknown_field", item=str(code))
        elif option is not None:
            unfit = (option.stores and found.stores not in option.stores) or (
                option.kinds and found.kind not in option.kinds
            )
            if unfit:
                self.checks.fault(pointer, "view_field_unfit", item=code, name=option.name)


def renamed(body: Mapping[str, Any], kind: ViewKind, rename: Rename) -> dict[str, Any]:
    """Write a view's parts with other names of fields; parts whose field has none are left out."""

    def way(raw: str) -> str | None:
        found = rename(raw.removeprefix("-"), "sorted")
        return None if found is None else ("-" if raw.startswith("-") else "") + found

    sort = body.get("sort")
    return {
        "filter": _filter(body.get("filter"), rename),
        "sort": way(sort) if sort else None,
        "group": [
            {**one, "field": found}
            for one in body.get("group") or []
            if (found := rename(one["field"], "sorted")) is not None
        ],
        "columns": [
            {**one, "field": found}
            for one in body.get("columns") or []
            if (found := one["field"] if one["field"] in SYSTEM_COLUMNS else rename(one["field"], "shown"))
        ],
        "options": _options(body.get("options") or {}, kind, rename),
    }


def _filter(raw: Any, rename: Rename) -> Any:
    if not isinstance(raw, Mapping):
        return None
    for word in ("and", "or"):
        if word in raw:
            parts = [part for one in raw[word] if (part := _filter(one, rename)) is not None]
            return (parts[0] if len(parts) == 1 else {word: parts}) if parts else None
    found = rename(str(raw.get("field")), "compared")
    return None if found is None else {**raw, "field": found}


def _options(options: Mapping[str, Any], kind: ViewKind, rename: Rename) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for option in kind.options:
        value = options.get(option.name)
        if value is None:
            continue
        match option.type:
            case "field":
                found[option.name] = rename(value, option.use)
            case "fields":
                found[option.name] = [one for code in value if (one := rename(code, "shown")) is not None]
            case "totals":
                found[option.name] = {
                    one: how for code, how in value.items() if (one := rename(code, "sorted")) is not None
                }
            case _:
                found[option.name] = value
    return {name: value for name, value in found.items() if value is not None}


def kind_of(raw: str, kinds: Registry[ViewKind], checks: Checks) -> ViewKind | None:
    """Return the kind of that name; note it where there is none."""
    if raw in kinds:
        return kinds[raw]
    checks.fault("/kind", "view_unknown_kind", item=raw)
    return None
