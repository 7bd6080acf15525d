"""What becomes of the records of a file: added, changed, passed over, the same already, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.engines.forms.exchange import store
from mazhi.engines.forms.exchange.model import Draft, Request
from mazhi.engines.forms.exchange.reading import Reader
from mazhi.engines.forms.exchange.targets import NUMBER, Target
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, FieldError
from mazhi.engines.forms.records.model import is_empty
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.records.rows import Record
from mazhi.engines.forms.references import codes_of, found
from mazhi.engines.forms.rights.compiling import Reach, by_code
from mazhi.kernel.db import Tx

Action = Literal["add", "change", "same", "skip", "bad"]
_LARGEST = 2**63 - 1


@dataclass(slots=True)
class Plan:
    """What becomes of one record of a file; ``values`` are those that are written."""

    draft: Draft
    action: Action
    values: dict[str, Any]
    number: int | None = None
    version: int = 0


class Decider:
    """Decides over the records of one file in their order; remembers keys, so that repetitions are found."""

    def __init__(self, request: Request, reader: Reader, known: Mapping[str, Target], mapped: Sequence[str]) -> None:
        self._request = request
        self._reader = reader
        self._keys = [known[key] for key in request.keys]
        # What is mapped for finding records only is not written.
        self._written = {name: known[name] for name in mapped if known[name].writable}
        self._only_keys = {key.name for key in self._keys if not key.writable}
        self._unique = [one for one in self._written.values() if one.table is None and one.field and one.field.unique]
        self._seen: dict[tuple[str, str], int] = {}

    def remember(self, draft: Draft) -> None:
        """Note a record that was brought in before a restart."""
        self._repeated(draft)

    def decide(self, tx: Tx, opened: Opened, may: Reach, drafts: Sequence[Draft]) -> list[Plan]:
        """Decide over some records; what they name is looked up for all at once."""
        keys = self._keys_of(tx, drafts)
        slots = by_code(opened.form, opened.layout.slots)
        there: Mapping[tuple[Any, ...], list[int]] = {}
        if self._keys:
            columns = [None if one.name == NUMBER else slots[one.name] for one in self._keys]
            wanted = sorted({key for key in keys if key is not None}, key=repr)
            there = store.by_keys(tx, opened.id, columns, may, wanted)
        plans = []
        for draft, key in zip(drafts, keys, strict=True):
            for name, code, params in self._repeated(draft):
                draft.faults.append(self._reader.fault(draft, name, code, params))
            plans.append(self._one(draft, there.get(key, []) if key is not None else []))
        return plans

    def compare(self, plans: Sequence[Plan], records: Mapping[int, Record]) -> None:
        """Leave out changes that change nothing."""
        fields = {one.name: one.field for one in self._written.values() if one.table is None and one.field}
        tables = {one.table.code: one.table for one in self._written.values() if one.table is not None}
        for plan in plans:
            record = records.get(plan.number or 0)
            if plan.action != "change" or record is None:
                continue
            plan.version = record.version
            known = {**fields, **tables}
            plan.values = {
                code: value
                for code, value in plan.values.items()
                if code not in known or not _equal(known[code], value, record.values.get(code))
            }
            if not plan.values and not plan.draft.faults:
                plan.action = "same"

    def values_of(self, draft: Draft) -> dict[str, Any]:
        """Return what is written of a record."""
        return {code: value for code, value in draft.values.items() if code not in self._only_keys}

    def _one(self, draft: Draft, numbers: Sequence[int]) -> Plan:
        values = self.values_of(draft)
        if len(numbers) > 1:
            self._fault(draft, "import_key_ambiguous", count=len(numbers))
        elif numbers and self._request.existing == "skip":
            return Plan(draft, "skip", {}, numbers[0])
        elif numbers and self._request.existing == "refuse":
            self._fault(draft, "import_exists", record=numbers[0])
        elif not numbers and draft.number and NUMBER in self._request.keys:
            self._fault(draft, "unknown_record", item=draft.number)
        elif not numbers and self._keys and self._request.missing == "skip":
            return Plan(draft, "skip", {})
        elif numbers:
            if self._request.clear:
                values |= self._cleared(draft)
            return Plan(draft, "change", values, numbers[0])
        return Plan(draft, "add", values)

    def _cleared(self, draft: Draft) -> dict[str, Any]:
        """Return the fields that are mapped and blank."""
        found: dict[str, Any] = {}
        for one in self._written.values():
            code = one.table.code if one.table else one.field.code if one.field else ""
            if code not in draft.values and one.name not in draft.spoiled:
                found[code] = [] if one.table else None
        return found

    def _fault(self, draft: Draft, code: str, **params: object) -> None:
        name = self._keys[0].name if self._keys else ""
        draft.faults.append(self._reader.fault(draft, name, code, params))

    def _repeated(self, draft: Draft) -> list[tuple[str, str, dict[str, object]]]:
        """Find keys and unique values that stood in the file before."""
        told = []
        if self._keys:
            words = [draft.number if one.name == NUMBER else str(draft.values.get(one.name, "")) for one in self._keys]
            first = self._seen.setdefault(("", "\0".join(words)), draft.row) if any(words) else draft.row
            if first != draft.row:
                params: dict[str, object] = {"first": first, "item": " ".join(words)}
                told.append((self._keys[0].name, "import_key_twice", params))
        for one in self._unique:
            value = draft.values.get(one.name)
            if value is None or one in self._keys:
                continue
            first = self._seen.setdefault((one.name, str(value).strip()), draft.row)
            if first != draft.row:
                told.append((one.name, "duplicate_in_file", {"first": first, "item": str(value)}))
        return told

    def _keys_of(self, tx: Tx, drafts: Sequence[Draft]) -> list[tuple[Any, ...] | None]:
        """Return the key of each record as the database has it; None where there is none."""
        columns = [self._stored(tx, one, drafts) for one in self._keys]
        keys: list[tuple[Any, ...] | None] = []
        for place, draft in enumerate(drafts):
            parts = tuple(column[place] for column in columns)
            given = [draft.number if one.name == NUMBER else draft.values.get(one.name) for one in self._keys]
            # What says nothing of any key is new; what says some of it could be anything.
            if not all(given) and any(given) and not draft.faults:
                self._fault(draft, "import_key_blank")
            keys.append(None if None in parts or not parts else parts)
        return keys

    def _stored(self, tx: Tx, key: Target, drafts: Sequence[Draft]) -> list[Any]:
        if key.field is None or key.kind is None:
            numbers = [one.number for one in drafts]
            return [int(one) if one.isascii() and one.isdigit() and int(one) <= _LARGEST else None for one in numbers]
        values = [one.values.get(key.name) for one in drafts]
        if key.kind.reference is not None:
            codes = {str(one).strip() for one in values if one is not None}
            known = found(tx, key.kind.reference, codes, key.field.options)
            return [None if one is None else known.get(str(one).strip(), 0) for one in values]
        return [_cleaned(key.field, one) for one in values]


def _cleaned(one: Field, value: Any) -> Any:
    if is_empty(value):
        return None
    try:
        return field_kinds[one.kind].clean(value, one.options)[0]
    except FieldError:
        return None


def _equal(one: Field, given: Any, present: Any) -> bool:
    """Tell whether a value of a file is what stands there already."""
    if field_kinds[one.kind].holds != "rows":
        return bool(_shown(one, given) == _shown(one, present))
    columns = {inner.code: inner for inner in one.fields if field_kinds[inner.kind].holds == "value"}
    return _rows(columns, given) == _rows(columns, present)


def _rows(columns: Mapping[str, Field], rows: Any) -> list[dict[str, Any]]:
    """Return the rows of a sub-table as they compare: what is worked out and what is empty left out."""
    found = []
    for row in rows or []:
        kept = {
            code: shown
            for code, value in row.items()
            if code in columns and not _made(columns[code]) and (shown := _shown(columns[code], value)) is not None
        }
        if kept:
            found.append(kept)
    return found


def _made(one: Field) -> bool:
    kind = field_kinds[one.kind]
    return kind.derive is not None or kind.compute is not None


def _shown(one: Field, value: Any) -> Any:
    kind = field_kinds[one.kind]
    if is_empty(value):
        return None
    if kind.reference is not None:
        return codes_of(value, many=kind.reference.many) or value
    try:
        found = kind.clean(value, one.options)
    except FieldError:
        return ("not taken", str(value))
    return None if all(part is None for part in found) else found
