"""Where the files of records are to be had: said with every value that names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.files.binding import FILES
from mazhi.engines.forms.model import Field, Form

if TYPE_CHECKING:
    from mazhi.engines.forms.records.rows import Record


def has_files(form: Form) -> bool:
    """Tell whether any field of a form holds files."""
    return any(field_kinds[one.kind].reference is FILES for one in form.walk())


def add_addresses(form: Form, code: str, records: Sequence[Record]) -> None:
    """Complete the files of records of the form ``qc/card`` with where they are to be had."""
    app, _, name = code.partition("/")
    for record in records:
        where = f"/api/v1/apps/{quote(app)}/forms/{quote(name)}/records/{record.id}/files"
        for one in _files(form.fields, record.values):
            one["url"] = f"{where}/{one['id']}"
            one["thumbnail"] = f"{one['url']}?size=small" if one.pop("drawn") else None


def _files(fields: tuple[Field, ...], values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in fields:
        kind, value = field_kinds[one.kind], values.get(one.code)
        if kind.holds == "layout":
            yield from _files(one.fields, values)
        elif kind.holds == "rows":
            for row in value if isinstance(value, list) else ():
                yield from _files(one.fields, row)
        elif kind.reference is FILES and isinstance(value, list):
            # Each record has a text of its own: what was looked up once is shared by all that name it.
            value[:] = [dict(file) for file in value if isinstance(file, dict)]
            yield from value
