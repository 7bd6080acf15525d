"""Fields that nobody fills in: worked out when a record is read or saved, or issued when it is created."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mazhi.engines.forms.model import Field, FieldKind, Values
    from mazhi.engines.formula.evaluating import Situation
    from mazhi.engines.formula.values import Value
    from mazhi.kernel.access.model import Actor
    from mazhi.kernel.codes.service import CodeRules
    from mazhi.kernel.db import Tx
    from mazhi.kernel.registry import Registry

Linked = Callable[[str, Collection[int]], Mapping[int, Mapping[str, Any]]]
"""From a form (``qc/card``) and numbers of records to their values, as far as the reader may see them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a field may look at while it is worked out.

    Attributes:
        tx: The transaction.
        actor: Who reads.
        fields: The fields of the same table and of those around it, by their codes.
        linked: Records of other forms.
        kinds: Every kind of field.
        known: What was looked up already, so that several fields of one source look once.
    """

    tx: Tx
    actor: Actor
    fields: Mapping[str, Field]
    linked: Linked
    kinds: Registry[FieldKind]
    known: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)


Derive = Callable[[Reading, "Field", Sequence[Mapping[str, Any]]], Sequence[Any]]
"""From the values of many rows, as the reader sees them, to the value of the field in each; None is empty."""

Saved = Callable[["Tx", "Actor", "Field", Sequence[tuple[int, "Values"]]], None]
"""Told of what was saved in a field, in the transaction that saves it: record numbers and what the columns now hold.

A record whose value was taken out is told with no values (``()``). Of a column of a sub-table there is a pair for each
row that holds one, and a single pair without values where none is left; the number is that of the record.
"""


@dataclass(frozen=True, slots=True)
class Computation:
    """How the server works a field out at every save.

    Attributes:
        names: The dotted names that it reads where it stands.
        work: From the record or row, and the rows of the table, to the value; raises ``FaultError``.
        table: Code of the sub-table whose rows it goes through, if it does.
        inner: The names that it reads in each of those rows.
    """

    names: frozenset[str]
    work: Callable[[Situation, Sequence[Situation]], Value]
    table: str = ""
    inner: frozenset[str] = frozenset()


Compute = Callable[["Field"], Computation]
"""Makes a field ready to be worked out, once for a form."""

Issue = Callable[["CodeRules", "Field", int], Sequence["Values"]]
"""Makes so many values that were never made before; called before the transaction that writes them."""
