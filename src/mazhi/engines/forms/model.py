"""A form as it was drawn: fields with stable ids, kinds and options; read from JSON with all faults at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mazhi.engines import options as declared
from mazhi.engines.forms.references import Reference
from mazhi.engines.options import Option
from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.registry import Registry

if TYPE_CHECKING:
    from mazhi.engines.forms.deriving import Compute, Derive, Issue, Saved
    from mazhi.engines.forms.rules.model import Rule

MOST_FIELDS = 1_000
"""PostgreSQL takes 1,600 columns in a table, SQLite 2,000; some fields need two, and old ones stay."""
DEEPEST = 4
LONGEST_TITLE = 100
WIDEST = 12

ColumnType = Literal["text", "number", "boolean", "date", "moment", "json", "reference"]
"""What a column holds: number in millionths, date as ``YYYY-MM-DD``, moment in µs UTC, json as text, reference as the
number of what it names."""

Holds = Literal["value", "rows", "layout"]
"""Whether a field of a kind stores a value, rows of a table of its own, or nothing."""


Group = Literal["common", "serial", "link", "advanced", "layout"]
"""Where the designer's palette shows a kind: 常用, 序列号, 关联, 高级, 布局."""

Common = Literal[
    "hint", "default", "required", "unique", "read_only", "hidden", "hidden_when_new", "width", "mask",
    "scan_to_fill", "indexed",
]  # fmt: skip
"""What fields of many kinds have besides id, code, kind and title."""

Mask = Literal["", "all", "ends", "last_four", "first"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a field needs; the suffix tells those of one field apart (``from``, ``to``)."""

    type: ColumnType
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field (字段) of a form.

    Attributes:
        id: UUID from birth; what is stored belongs to it, whatever it is called later.
        code: What formulas, the API and imports call it by, unique within its table.
        kind: Name of the kind.
        title: What people read.
        required: Whether a record must have it.
        unique: Whether no two records may share its value.
        indexed: Whether lists filter and sort by it often.
        hint: What people read while they fill it in.
        default: What a new record has where nothing is given.
        read_only: Whether screens let nobody write it; who may is said by rights.
        hidden: Whether screens leave it out.
        hidden_when_new: Whether screens leave it out until the record is there.
        width: Of the 12 columns of the page.
        mask: What is left of the value for those who see it masked; empty: as is usual.
        scan_to_fill: Whether a scan fills it.
        options: What its kind declares, settled.
        fields: What it contains: the columns of a sub-table, or what is laid out within it.
        stored_as: Of what the server works out: the kind whose columns hold it.
    """

    id: str
    code: str
    kind: str
    title: str
    required: bool = False
    unique: bool = False
    indexed: bool = False
    hint: str = ""
    default: Any = None
    read_only: bool = False
    hidden: bool = False
    hidden_when_new: bool = False
    width: int = WIDEST
    mask: Mask = ""
    scan_to_fill: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    stored_as: str = ""


class FieldError(InvalidInputError):
    """A value that a field does not take; code and params say why."""


Values = tuple[Any, ...]
"""What the columns of one field hold in one record, in the order of the kind's columns; None is empty."""


def _takes_nothing(_raw: Any, _options: Mapping[str, Any]) -> Values:
    raise FieldError("entry_takes_nothing")


def _shows_nothing(_values: Values) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKind:
    """One kind of field (控件).

    Attributes:
        name: The kind's name.
        zh: Chinese title.
        en: English title.
        zh_hint: What it is for.
        en_hint: The same in English.
        group: Where the palette shows it.
        icon: Name of its icon, as Ant Design calls it.
        holds: What a field of it stores.
        contains: Whether other fields stand within it.
        example: Options and a value that it takes.
        options: What can be set for it.
        check: Notes what is wrong with settled options that fit one by one; given options, checks and pointer.
        columns: Its columns.
        clean: From a value as clients give it, never empty, to the columns' values; raises ``FieldError``.
        show: From the columns' values, not all empty, to the value as clients get it.
        can_be_unique: Whether it makes sense to ask that no two records share its value.
        reference: How it names something else; then ``clean`` and ``show`` have nothing to do.
        derive: How it is worked out from the other fields whenever a record is read; then it has no columns.
        issue: How its values are made when records are created; then nobody gives them.
        pretend: What stands in for the so-manieth of them in a trial, which uses none up.
        saved: Told of what was saved in fields of it.
        compute: How the server works it out at every save; then nobody gives it, and it is kept as ``kept_as`` says.
        kept_as: Of what the server works out: the kind whose columns hold it, given the field and those around it.
    """

    name: str
    zh: str
    en: str
    zh_hint: str
    en_hint: str
    group: Group
    icon: str
    holds: Holds = "value"
    contains: bool = False
    example: tuple[Mapping[str, Any], Any]
    options: tuple[Option, ...] = ()
    check: Callable[[Mapping[str, Any], Checks, str], None] | None = None
    columns: tuple[Column, ...] = ()
    clean: Callable[[Any, Mapping[str, Any]], Values] = _takes_nothing
    show: Callable[[Values], Any] = _shows_nothing
    can_be_unique: bool = False
    reference: Reference | None = None
    derive: Derive | None = None
    issue: Issue | None = None
    pretend: Callable[[Field, int], Values] | None = None
    saved: Saved | None = None
    compute: Compute | None = None
    kept_as: Callable[[Field, Mapping[str, Field]], str] | None = None

    def settle(self, given: Mapping[str, Any], checks: Checks, pointer: str) -> Mapping[str, Any]:
        """Complete given options; faults go to the checks at the pointer."""
        known = len(checks.problems)
        found = declared.settle(self.options, given, checks, pointer)
        if self.check is not None and len(checks.problems) == known:
            self.check(found, checks, pointer)
        return found

    @property
    def common(self) -> tuple[Common, ...]:
        """What fields of this kind have of what many have, in the order of the designer's panel."""
        if self.holds == "layout":
            return ("hidden", "width")
        if self.holds == "rows":
            return ("hint", "required", "read_only", "hidden", "hidden_when_new", "width")
        if self.derive is not None:
            return ("hint", "hidden", "hidden_when_new", "width")
        if self.compute is not None:
            return ("hint", "hidden", "hidden_when_new", "width", "mask", "indexed")
        types = {column.type for column in self.columns}
        found: list[Common] = ["hint", "default", "required"] if self.issue is None else ["hint"]
        found += ["unique"] if self.can_be_unique else []
        found += ["read_only", "hidden", "hidden_when_new", "width", "mask"]
        if self.issue is None and types & {"text", "reference", "number"}:
            found.append("scan_to_fill")
        return (*found, "indexed") if "json" not in types else tuple(found)


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form."""

    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()

    def walk(self) -> Iterator[Field]:
        """Give every field at any depth, the outer before the inner."""
        yield from _walk(self.fields)

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        found: dict[str, Any] = {"fields": [_body(one) for one in self.fields]}
        if self.rules:
            found["rules"] = [rule.body() for rule in self.rules]
        return found


def keeper(one: Field, kinds: Registry[FieldKind]) -> FieldKind:
    """Return the kind whose columns hold the values of a field, and that shows them."""
    return kinds[one.stored_as or one.kind]


def _walk(fields: tuple[Field, ...]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from _walk(one.fields)


def _body(one: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.id, "code": one.code, "kind": one.kind, "title": one.title}
    found |= {name: getattr(one, name) for name, usual in USUAL.items() if getattr(one, name) != usual}
    if one.options:
        found["options"] = dict(one.options)
    if one.fields:
        found["fields"] = [_body(inner) for inner in one.fields]
    return found


_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CODE = re.compile(r"[^\W\d]\w{0,62}")
USUAL: Mapping[Common, Any] = {
    "required": False, "unique": False, "indexed": False, "hint": "", "default": None, "read_only": False,
    "hidden": False, "hidden_when_new": False, "width": WIDEST, "mask": "", "scan_to_fill": False,
}  # fmt: skip
"""The common properties as they are where a form says nothing."""
_KNOWN = {"id", "code", "kind", "title", "options", "fields", *USUAL}


class _Reading:
    """Reads one body and notes everything that is wrong with it."""

    def __init__(self, kinds: Registry[FieldKind], checks: Checks) -> None:
        # Here, since what they are checked with needs this module.
        from mazhi.engines.forms.properties import read_common

        self._common = read_common
        self._kinds = kinds
        self._checks = checks
        self._ids: set[str] = set()
        self.count = 0

    def fields(self, raw: object, pointer: str, codes: set[str], depth: int, *, rows: bool) -> tuple[Field, ...]:
        if not isinstance(raw, list):
            self._checks.fault(pointer, "form_not_a_list")
            return ()
        if depth > DEEPEST:
            self._checks.fault(pointer, "form_too_deep", limit=DEEPEST)
            return ()
        found = [self._field(one, f"{pointer}/{place}", codes, depth, rows=rows) for place, one in enumerate(raw)]
        return tuple(one for one in found if one is not None)

    def _field(self, raw: object, pointer: str, codes: set[str], depth: int, *, rows: bool) -> Field | None:
        self.count += 1
        if not isinstance(raw, Mapping):
            self._checks.fault(pointer, "form_not_a_field")
            return None
        for name in raw.keys() - _KNOWN:
            self._checks.fault(f"{pointer}/{name}", "form_unknown_property", name=name)
        named = raw.get("kind")
        if not isinstance(named, str) or named not in self._kinds:
            self._checks.fault(f"{pointer}/kind", "form_unknown_kind", kind=str(named))
            return None
        kind = self._kinds[named]
        if rows and kind.holds == "rows":
            self._checks.fault(f"{pointer}/kind", "form_table_in_table")
            return None
        if rows and kind.issue is not None:
            self._checks.fault(f"{pointer}/kind", "form_issued_in_table", kind=kind.zh, kind_en=kind.en)
        given = raw.get("options", {})
        if not isinstance(given, Mapping):
            self._checks.fault(f"{pointer}/options", "form_not_options")
            given = {}
        known = len(self._checks.problems)
        options = kind.settle(given, self._checks, f"{pointer}/options")
        good = len(self._checks.problems) == known
        one = Field(
            id=self._id(raw.get("id"), f"{pointer}/id"),
            code=self._code(raw.get("code"), f"{pointer}/code", codes),
            kind=kind.name,
            title=self._title(raw.get("title"), f"{pointer}/title"),
            required=self._flag(raw, "required", pointer) and kind.holds != "layout",
            unique=self._flag(raw, "unique", pointer) or kind.issue is not None,
            indexed=self._flag(raw, "indexed", pointer),
            options=options,
            fields=self._inner(raw, kind, pointer, codes, depth, rows=rows),
            **self._common(raw, kind, options if good else None, self._checks, pointer),
        )
        if one.unique and not kind.can_be_unique:
            self._checks.fault(f"{pointer}/unique", "form_cannot_be_unique", kind=kind.name)
        return one

    def _inner(
        self, raw: Mapping[str, Any], kind: FieldKind, pointer: str, codes: set[str], depth: int, *, rows: bool
    ) -> tuple[Field, ...]:
        if not kind.contains:
            if raw.get("fields"):
                self._checks.fault(f"{pointer}/fields", "form_holds_no_fields", kind=kind.name)
            return ()
        # The columns of a sub-table have names of their own; what is only laid out shares those around it.
        inner = set[str]() if kind.holds == "rows" else codes
        return self.fields(
            raw.get("fields", []), f"{pointer}/fields", inner, depth + 1, rows=rows or kind.holds == "rows"
        )

    def _id(self, raw: object, pointer: str) -> str:
        if not isinstance(raw, str) or not _UUID.fullmatch(raw):
            self._checks.fault(pointer, "form_bad_id")
            return ""
        if raw in self._ids:
            self._checks.fault(pointer, "form_id_twice")
        self._ids.add(raw)
        return raw

    def _code(self, raw: object, pointer: str, codes: set[str]) -> str:
        if not isinstance(raw, str) or not _CODE.fullmatch(raw):
            self._checks.fault(pointer, "form_bad_code", value=str(raw))
            return ""
        if raw in codes:
            self._checks.fault(pointer, "form_code_twice", value=raw)
        codes.add(raw)
        return raw

    def _title(self, raw: object, pointer: str) -> str:
        if not isinstance(raw, str):
            self._checks.fault(pointer, "text_missing")
            return ""
        self._checks.text(pointer, raw, limit=LONGEST_TITLE, needed=True)
        return raw.strip()

    def _flag(self, raw: Mapping[str, Any], name: str, pointer: str) -> bool:
        value = raw.get(name, False)
        if not isinstance(value, bool):
            self._checks.fault(f"{pointer}/{name}", "form_not_a_flag")
            return False
        return value


def read(body: Mapping[str, Any], kinds: Registry[FieldKind]) -> Form:
    """Read a form from its JSON.

    Raises:
        InvalidInputError: Something is wrong with it; every fault is named with its pointer.
    """
    checks = Checks()
    reading = _Reading(kinds, checks)
    fields = reading.fields(body.get("fields"), "/fields", set(), 1, rows=False)
    if reading.count > MOST_FIELDS:
        checks.fault("/fields", "form_too_many_fields", limit=MOST_FIELDS, count=reading.count)
    rules: tuple[Rule, ...] = ()
    if not checks.problems:
        # Here, since they need this module; and only now, since places of fields are those of what was given.
        from mazhi.engines.forms.referring import check, settled
        from mazhi.engines.forms.rules.model import read_rules

        check(fields, kinds, checks)
        fields = settled(fields, kinds)
        rules = read_rules(body.get("rules", []), fields, kinds, checks)
    if not checks.problems:
        from mazhi.engines.forms.live.graph import check_circles

        check_circles(fields, rules, kinds, checks)
    checks.done()
    return Form(fields, rules)
