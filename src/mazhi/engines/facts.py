"""What engines tell each other about forms: facts only, so that they need not know one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["hidden", "masked", "read_only", "writable", "required"]
"""How a step sees a field; ``required``: writable, and must hold something when the step is handed in."""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field as flows see it.

    Attributes:
        id: UUID.
        code: What formulas and the API call it by.
        title: What people read.
        kind: Name of its kind.
        names: What its values are codes of: a table of the kernel (``user_account``, ``product`` …), or an app and a
            form (``qc/card``); empty where it holds plain values.
        table: The id of the sub-table that it is a column of; empty for the form itself.
        table_code: The code of that sub-table.
        holds: ``value`` or ``rows``; what only lays out is left out.
    """

    id: str
    code: str
    title: str
    kind: str
    names: str = ""
    table: str = ""
    table_code: str = ""
    holds: str = "value"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A published form as flows see it."""

    id: int
    code: str
    name: str
    version: int
    fields: tuple[FieldFacts, ...]

    def field(self, key: str) -> FieldFacts | None:
        """Return a field by its id."""
        return next((one for one in self.fields if one.id == key), None)

    def by_code(self, code: str, table_code: str = "") -> FieldFacts | None:
        """Return a field by its code."""
        return next((one for one in self.fields if one.code == code and one.table_code == table_code), None)
