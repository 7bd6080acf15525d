"""What the columns of a spreadsheet stand for: the fields of a form, those of its sub-tables, the record's number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, FieldKind, Form
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import Action, State
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.spreadsheets.headers import Column, title_key
from mazhi.kernel.texts import Language

NUMBER = "#"
"""The record's own number; no field can be called so."""
IGNORED = ""
NUMBER_TITLE: Mapping[Language, str] = {"zh": "编号", "en": "Record no."}
_NUMBER_KEYS = {title_key(title) for title in (*NUMBER_TITLE.values(), "记录编号", "record id")}


@dataclass(frozen=True)
class Target:
    """What a column can stand for (列对应).

    Attributes:
        name: ``#``, the code of a field, or ``table.field`` for a column of a sub-table.
        title: What people read.
        field: The field; None for the record's number.
        table: The sub-table that the field is a column of.
        writable: Whether values can be brought in; others only tell which record is meant.
    """

    name: str
    title: str
    field: Field | None = None
    table: Field | None = None
    writable: bool = False

    @cached_property
    def kind(self) -> FieldKind | None:
        """The kind of its field."""
        return None if self.field is None else field_kinds[self.field.kind]

    @property
    def required(self) -> bool:
        """Whether a new record must have it."""
        return self.field is not None and self.writable and self.field.required and self.field.default is None

    @property
    def can_be_key(self) -> bool:
        """Whether a record can be found by it."""
        if self.table is not None:
            return False
        kind = self.kind
        if kind is None:
            return True
        return len(kind.columns) == 1 and kind.columns[0].type in {"text", "number", "date", "reference"}


def targets(form: Form, state: Callable[[str], State], language: Language = "zh") -> dict[str, Target]:
    """Return what columns can stand for, as far as the user sees the fields, in the order of the form."""
    found = {NUMBER: Target(NUMBER, NUMBER_TITLE[language])}
    for one in flat(form.fields, field_kinds):
        if state(one.id) == "hidden":
            continue
        if field_kinds[one.kind].holds == "rows":
            for inner in flat(one.fields, field_kinds):
                if state(inner.id) != "hidden":
                    name = f"{one.code}.{inner.code}"
                    can = _can(inner) and state(one.id) == state(inner.id) == "writable"
                    found[name] = Target(name, f"{one.title}·{inner.title}", inner, one, can)
        else:
            found[one.code] = Target(one.code, one.title, one, None, _can(one) and state(one.id) == "writable")
    return _apart(found)


def _can(one: Field) -> bool:
    """Tell whether values can come from a file: not those that are made or worked out, and not files themselves."""
    kind = field_kinds[one.kind]
    return kind.issue is None and kind.derive is None and kind.compute is None and kind.saved is None


def _apart(found: Mapping[str, Target]) -> dict[str, Target]:
    """Tell those of the same title apart by their codes."""
    counts: dict[str, int] = {}
    for one in found.values():
        counts[one.title] = counts.get(one.title, 0) + 1
    return {
        name: one
        if counts[one.title] == 1
        else Target(name, f"{one.title} [{name}]", one.field, one.table, one.writable)
        for name, one in found.items()
    }


def states(opened: Opened, may: Reach, action: Action) -> dict[str, State]:
    """Return how somebody may use each field in what an action allows; hidden where nothing is allowed."""
    places = [place for place, grant in enumerate(may.grants) if action in grant.actions]
    return {one.id: may.state(one.id, places, action) for one in opened.form.walk()}


def tables(known: Iterable[Target]) -> dict[str, Field]:
    """Return the sub-tables that some of the targets belong to, by their codes."""
    return {one.table.code: one.table for one in known if one.table is not None}


def knows(known: Mapping[str, Target]) -> Callable[[str], bool]:
    """Make the function that tells whether a title is one of the form's; it makes a row a header."""
    keys = {title_key(one.title) for one in known.values()} | {title_key(name) for name in known} | _NUMBER_KEYS
    return lambda title: title_key(title) in keys


def guess(columns: Sequence[Column], known: Mapping[str, Target], *, table: str = "") -> dict[int, str]:
    """Guess what each column stands for: by its whole title, by the code, then by titles that differ by little.

    With the code of a sub-table the titles of its columns stand for themselves.
    """
    words: list[dict[str, str]] = [{}, {}, {}]
    for name, one in known.items():
        inside = one.table is not None and one.table.code == table
        if table and not inside and one.table is not None:
            continue
        titles = [one.title, *([one.field.title] if inside and one.field is not None else [])]
        codes = [name, *([one.field.code] if inside and one.field is not None else [])]
        for title in titles:
            words[0].setdefault(title, name)
            words[2].setdefault(title_key(title), name)
        for code in codes:
            words[1].setdefault(code.lower(), name)
    for key in _NUMBER_KEYS:
        words[2].setdefault(key, NUMBER)
    found: dict[int, str] = {}
    ways: tuple[Callable[[str], str], ...] = (str, str.lower, title_key)
    for place, how in enumerate(ways):
        for column in columns:
            # A template marks what is required with a star.
            title = column.title.rstrip("*＊ ")
            named = words[place].get(how(title)) if title else None
            if named is not None and column.number not in found and named not in found.values():
                found[column.number] = named
    return found


def read_mapping(
    mapping: Mapping[str, str], columns: Sequence[Column], known: Mapping[str, Target], keys: Sequence[str]
) -> dict[int, str]:
    """Turn a mapping by the names of columns into one by their numbers.

    Raises:
        InvalidInputError: Every column that is not there, every unknown field, fields given twice, and fields that
            nobody may write and that are no key.
    """
    by_name = {column.name: column.number for column in columns}
    problems: list[Problem] = []
    found: dict[int, str] = {}
    for given, name in mapping.items():
        pointer = "/mapping/" + given.replace("~", "~0").replace("/", "~1")
        target = known.get(name)
        if name == IGNORED:
            continue
        if given not in by_name:
            titles = ", ".join(one.name for one in columns if one.title)
            problems.append(Problem("unknown_column", {"column": given, "known": titles}, pointer))
        elif target is None:
            problems.append(Problem("record_unknown_field", {"item": name}, pointer))
        elif name in found.values():
            problems.append(Problem("field_twice", {"field": target.title}, pointer))
        elif not target.writable and name not in keys:
            if name != NUMBER:
                problems.append(Problem("import_not_writable", {"field": target.title}, pointer))
        else:
            found[by_name[given]] = name
    problems += _key_faults(keys, known, found)
    if not problems and not any(known[name].writable for name in found.values()):
        problems.append(Problem("import_nothing_mapped", {}, "/mapping"))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return found


def _key_faults(keys: Sequence[str], known: Mapping[str, Target], found: Mapping[int, str]) -> list[Problem]:
    problems = []
    for place, key in enumerate(keys):
        target = known.get(key)
        if target is None or not target.can_be_key:
            problems.append(Problem("import_bad_key", {"field": target.title if target else key}, f"/keys/{place}"))
        elif key not in found.values():
            problems.append(Problem("import_key_not_mapped", {"field": target.title}, f"/keys/{place}"))
    return problems
