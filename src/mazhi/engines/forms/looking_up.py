"""Facts of what fields name (他表字段), looked up for many rows at once and only as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    known = _facts(reading, reference, fact, [code for code in codes if code])
    return [known.get(code) if code else None for code in codes]


def _of_records(reading: Reading, form: str, fact: str, codes: Sequence[str | None]) -> list[Any]:
    numbers = {code: int(code) for code in codes if code and code.isascii() and code.isdigit()}
    seen = reading.linked(form, set(numbers.values()))
    return [seen.get(numbers[code], {}).get(fact) if code in numbers else None for code in codes]


def _facts(reading: Reading, reference: Reference, fact: str, codes: Sequence[str]) -> Mapping[str, Any]:
    detail = next((one for one in reference.details if one.name == fact), None)
    if detail is None or (reference.placed and not reading.actor.may(VIEW)):
        return {}
    ids = found(reading.tx, reference, codes)
    place = "(SELECT o.path FROM place o WHERE o.id = t.place_id)" if reference.placed else "''"
    rows = reading.tx.rows(
        f"SELECT t.id, {detail.sql} AS fact, {place} AS path FROM {reference.table} t WHERE t.id ANY(:ids, bigint)",
        ids=sorted({*ids.values()}),
    )
    areas = reading.actor.areas(VIEW) if reference.placed else None
    facts = {row.id: row.fact for row in rows if areas is None or _within(row.path, areas)}
    return {code: facts.get(number) for code, number in ids.items()}


def _within(path: str | None, areas: frozenset[int]) -> bool:
    """Tell whether a place, by its path such as ``/1/7/``, lies in one of some areas."""
    return any(f"/{area}/" in (path or "") for area in areas)
