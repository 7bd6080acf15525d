"""Telling the kinds of field that want to know what was saved in them."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Values
from mazhi.engines.forms.records.model import Cleaned, flat
from mazhi.engines.forms.records.opened import Opened
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx


def tell(tx: Tx, actor: Actor, opened: Opened, records: Sequence[tuple[int, Cleaned]]) -> None:
    """Tell every kind of field that asks what now stands in its fields: those that records or changes name.

    ``records`` are the numbers with what was written; one call for a field, however many records.
    """
    for one in flat(opened.form.fields, field_kinds):
        kind = field_kinds[one.kind]
        if kind.holds == "rows":
            some = [(number, cleaned.lines[one.id]) for number, cleaned in records if one.id in cleaned.lines]
            for inner in flat(one.fields, field_kinds) if some else ():
                if field_kinds[inner.kind].saved is None:
                    continue
                _tell(tx, actor, inner, [pair for number, rows in some for pair in _of_rows(number, rows, inner)])
        elif kind.saved is not None:
            _tell(
                tx, actor, one, [(number, row[one.id]) for number, cleaned in records if one.id in (row := cleaned.own)]
            )


def _of_rows(number: int, rows: Sequence[dict[str, Values]], one: Field) -> list[tuple[int, Values]]:
    held = [(number, row[one.id]) for row in rows if row.get(one.id)]
    return held or [(number, ())]


def _tell(tx: Tx, actor: Actor, one: Field, saved: Sequence[tuple[int, Values]]) -> None:
    told = field_kinds[one.kind].saved
    if told is not None and saved:
        told(tx, actor, one, saved)
