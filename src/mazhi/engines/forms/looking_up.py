"""Facts of what fields name (他表字段), looked up for many rows at once and only as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.references import Reference, found

VIEW = "items.view"


def look_up(reading: Reading, source: str, fact: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return a fact of what the field ``source`` names in each row; None where it names nothing or is not seen."""
    field = reading.fields.get(source)
    reference = reading.kinds[field.kind].reference if field is not None else None
    codes = [value if isinstance(value := row.get(source), str) else None for row in rows]
    if field is None or reference is None:
        return [None] * len(rows)
    if reference.by_options:
        return _of_records(reading, str(field.options["form"]), fact, codes)
    known = reading.known.setdefault(source, {})
    missing = {code for code in codes if code} - known.keys()
    if missing:
        facts = _facts(reading, reference, missing)
        known |= {code: facts.get(code, {}) for code in missing}
    return [known.get(code, {}).get(fact) if code else None for code in codes]


def _of_records(reading: Reading, form: str, fact: str, codes: Sequence[str | None]) -> list[Any]:
    numbers = {code: int(code) for code in codes if code and code.isascii() and code.isdigit()}
    seen = reading.linked(form, set(numbers.values()))
    return [seen.get(numbers[code], {}).get(fact) if code in numbers else None for code in codes]


def _facts(reading: Reading, reference: Reference, codes: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return everything that is known of some things, by their codes: two statements, however many."""
    if not reference.details or (reference.placed and not reading.actor.may(VIEW)):
        return {}
    ids = found(reading.tx, reference, codes)
    place = "(SELECT o.path FROM place o WHERE o.id = t.place_id)" if reference.placed else "''"
    facts = ", ".join(f"{detail.sql} AS d_{detail.name}" for detail in reference.details)
    rows = reading.tx.rows(
        f"SELECT t.id, {place} AS path, {facts} FROM {reference.table} t WHERE t.id ANY(:ids, bigint)",
        ids=sorted({*ids.values()}),
    )
    areas = reading.actor.areas(VIEW) if reference.placed else None
    names = [detail.name for detail in reference.details]
    seen = {
        row.id: dict(zip(names, tuple(row)[2:], strict=True))
        for row in rows
        if areas is None or _within(row.path, areas)
    }
    return {code: seen.get(number, {}) for code, number in ids.items()}


def _within(path: str | None, areas: frozenset[int]) -> bool:
    """Tell whether a place, by its path such as ``/1/7/``, lies in one of some areas."""
    return any(f"/{area}/" in (path or "") for area in areas)
