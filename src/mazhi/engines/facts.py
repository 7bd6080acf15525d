"""What engines tell each other about forms: facts only, so that they need not know one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem

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
        derived: Whether its value is never stored, but found each time that the record is read.
    """

    id: str
    code: str
    title: str
    kind: str
    names: str = ""
    table: str = ""
    table_code: str = ""
    holds: str = "value"
    derived: bool = False


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


@dataclass(frozen=True, slots=True)
class Saved:
    """One record that is written. Values are JSON by codes, as clients get them.

    Attributes:
        number: Its number; 0 where it is only looked at, before a new one is written.
        before: What it held; None where it is new.
        after: What it holds then.
        changed: The fields that are another than before, columns of sub-tables too, each by its id and by its code
            (a column's behind that of its sub-table, with a dot between).
    """

    number: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Saving:
    """Records of one form that are written together.

    Attributes:
        app: The code of the app.
        form: The code of the form.
        form_id: The form's design.
        saved: The records.
        scope: Gives formulas the fields of a record by their (dotted) names, from its values.
        soon: Whether whoever saves waits for what comes of it; else it may be left to the jobs.
    """

    app: str
    form: str
    form_id: int
    saved: Sequence[Saved]
    scope: Callable[[Mapping[str, Any]], Callable[[str], object]]
    soon: bool = False


class Watcher(Protocol):
    """Who wants to know of records that are written, within the transaction that writes them."""

    def watches(self, tx: Tx, form_id: int) -> bool:
        """Tell whether a form is watched; what it held and holds is only worked out then."""
        ...

    def refuses(self, tx: Tx, saving: Saving) -> Sequence[Sequence[Problem]]:
        """Say of each record why it must not be written, before it is."""
        ...

    def saved(self, tx: Tx, actor: Actor, saving: Saving) -> Callable[[], object] | None:
        """Take what was written; what is returned is called when the transaction has been committed."""
        ...


@dataclass(frozen=True, slots=True)
class Goods:
    """Things that stand in a field of a record: items by their codes, and quantities of products.

    Attributes:
        items: Codes.
        quantities: Product, batch (empty for none) and how much.
    """

    items: Sequence[str] = ()
    quantities: Sequence[tuple[str, str, Decimal]] = ()
