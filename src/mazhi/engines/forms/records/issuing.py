"""Values that nobody gives: numbers that are made when records are created (流水号), and defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Form, Values
from mazhi.engines.forms.records.cleaning import Cleaner
from mazhi.engines.forms.records.model import Cleaned, flat
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.rights.model import State
from mazhi.kernel.codes.service import CodeRules

Issued = Mapping[str, list[Values]]
"""What was made, by the id of the field."""


def issuing(opened: Opened) -> list[Field]:
    """Return the fields of the form itself whose values are issued."""
    return [one for one in flat(opened.form.fields, field_kinds) if field_kinds[one.kind].issue is not None]


def issue(rules: CodeRules, opened: Opened, values: Sequence[Any]) -> Issued:
    """Make a value of each such field for each new record, one call for a field, before the transaction that writes."""
    found: dict[str, list[Values]] = {}
    for one in issuing(opened):
        make = field_kinds[one.kind].issue
        if make is not None and values:
            found[one.id] = list(make(rules, one, len(values)))
    return found


def put_defaults(form: Form, states: Mapping[str, State], records: Sequence[Cleaned], places: Sequence[str]) -> None:
    """Put the defaults of fields into new records whose writer may not write them; ``places`` is where each stands."""
    fields = tuple(
        one
        for one in flat(form.fields, field_kinds)
        if one.default is not None and states.get(one.id, "writable") != "writable"
    )
    cleaner = Cleaner(Form(fields))
    for place, record in zip(places, records, strict=True) if fields else ():
        usual = cleaner.new({}, place).cleaned
        record.own |= usual.own
        record.named += [replace(one, row=record.own) for one in usual.named]


def put_issued(issued: Issued, records: Sequence[Cleaned]) -> None:
    """Put the values that were made into the records."""
    for key, made in issued.items():
        for record, values in zip(records, made, strict=True):
            record.own[key] = values
