"""Which fields of a row somebody sees whole, as a condition in SQL: what a file is had by."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records.asking import Where
from mazhi.engines.forms.rights.compiling import Reach


def whole(may: Reach, form: Form, wanted: Collection[str]) -> Where:
    """Return the condition that ``u.field`` is one of the wanted fields and that it is seen whole in its row.

    A column of a sub-table is seen where both are, itself and the sub-table.
    """
    parts, params = [], {}
    for place, chain in enumerate(one for one in _chains(form.fields, ()) if one[-1] in wanted):
        condition = f"u.field = :k{place}"
        params[f"k{place}"] = chain[-1]
        for field_id in reversed(chain):
            condition = may.seen(field_id, condition)
        parts.append(condition)
    return Where(f"({' OR '.join(parts)})" if parts else "1 = 0", params)


def _chains(fields: tuple[Field, ...], outer: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the ids of every field that holds values, with those of the sub-table around it first."""
    for one in fields:
        match field_kinds[one.kind].holds:
            case "value":
                yield (*outer, one.id)
            case "rows":
                yield from _chains(one.fields, (*outer, one.id))
            case "layout":
                yield from _chains(one.fields, outer)
