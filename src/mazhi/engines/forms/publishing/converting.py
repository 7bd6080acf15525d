"""Values that go from the columns of one kind of field into those of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.model import FieldError, FieldKind, Values
from mazhi.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that the new kind does not take; it stays in the old column.

    Attributes:
        field: The id of the field.
        row: The id of the row: of the record, or of the row of a sub-table.
        value: The value as it is shown.
        problem: Why it does not fit.
    """

    field: str
    row: int
    value: Any
    problem: Problem


def convert(values: Values, old: FieldKind, new: FieldKind, options: Mapping[str, Any]) -> Values:
    """Return values of one kind as another stores them.

    What is shown to people is what counts: it is taken as it is, else as the text that they read.

    Raises:
        FieldError: The new kind does not take it.
    """
    shown = old.show(values)
    try:
        return new.clean(shown, options)
    except FieldError:
        if isinstance(shown, str):
            raise
        return new.clean(as_text(shown), options)


def as_text(shown: Any) -> str:
    """Write a value as people read it."""
    match shown:
        case bool():
            return "是" if shown else "否"
        case list():
            return "、".join(as_text(one) for one in shown)
        case Mapping():
            return " ~ ".join(as_text(one) for one in shown.values())
        case _:
            return str(shown)
