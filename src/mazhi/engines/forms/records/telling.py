"""What of the history of a record (修改记录) a reader may know: never more than they see of the record today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.rights.model import State

SECRET: frozenset[State] = frozenset({"hidden", "masked"})

Changes = Mapping[str, Mapping[str, Any]]
"""By the id of a field what it was (``from``) and what it is (``to``)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a record.

    Attributes:
        version: The version that it made.
        at: Moment, µs.
        by: Name of the user.
        action: ``change`` or ``delete``.
        fields: By the id of the field what it was (``from``) and what it is (``to``).
    """

    version: int
    at: int
    by: str
    action: str
    fields: Mapping[str, Mapping[str, Any]]


def told(
    form: Form, states: Mapping[str, State], changes: Changes, *, everything: bool
) -> dict[str, Mapping[str, Any]]:
    """Leave out fields, and columns within sub-tables, that the reader does not see whole.

    Of what the form no longer has, nobody knows who may see it: that is told only to those who may see everything.
    """
    if everything:
        return dict(changes)
    fields = {one.id: one for one in flat(form.fields, field_kinds) if states[one.id] not in SECRET}
    seen = {
        key: {side: _within(fields[key], states, value) for side, value in change.items()}
        for key, change in changes.items()
        if key in fields
    }
    # Where only hidden columns changed, nothing did for this reader.
    return {key: change for key, change in seen.items() if change.get("from") != change.get("to")}


def _within(one: Field, states: Mapping[str, State], value: Any) -> Any:
    if field_kinds[one.kind].holds != "rows" or not isinstance(value, list):
        return value
    seen = {inner.code for inner in flat(one.fields, field_kinds) if states[inner.id] not in SECRET}
    return [{code: cell for code, cell in line.items() if code in seen} for line in value]
