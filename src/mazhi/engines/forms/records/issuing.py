"""Values that are made when records are created (流水号): taken before the transaction that writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Values
from mazhi.engines.forms.records.model import Cleaned, flat
from mazhi.engines.forms.records.opened import Opened
from mazhi.kernel.codes.service import CodeRules

Issued = Mapping[str, list[Values]]
"""What was made, by the id of the field."""


def issuing(opened: Opened) -> list[Field]:
    """Return the fields of the form itself whose values are issued."""
    return [one for one in flat(opened.form.fields, field_kinds) if field_kinds[one.kind].issue is not None]


def issue(rules: CodeRules, opened: Opened, values: Sequence[Any]) -> Issued:
    """Make a value of each such field for each new record, one call for a field."""
    found: dict[str, list[Values]] = {}
    for one in issuing(opened):
        make = field_kinds[one.kind].issue
        if make is not None and values:
            found[one.id] = list(make(rules, one, len(values)))
    return found


def put_issued(issued: Issued, records: Sequence[Cleaned]) -> None:
    """Put the values that were made into the records."""
    for key, made in issued.items():
        for record, values in zip(records, made, strict=True):
            record.own[key] = values
