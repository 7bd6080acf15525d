"""Values that go from the columns of one kind of field into those of another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.model import FieldError, FieldKind, Values
from mazhi.engines.forms.references import codes_of, found, numbers_of, told
from mazhi.engines.forms.showing import shown as shown_as
from mazhi.kernel.db import Tx
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


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one value: the columns' new values, or why there are none."""

    values: Values | None
    shown: Any
    problem: Problem | None = None


def convert(
    tx: Tx, values: Sequence[Values], old: FieldKind, new: FieldKind, options: Mapping[str, Any]
) -> list[Converted]:
    """Convert many values of one kind to what another stores, with a statement or two for all of them.

    What is shown to people is what counts: it is taken as it is, else as the text that they read.
    """
    codes: dict[str, Mapping[int, str]] = {}
    if old.reference:
        held = {number for one in values for number in numbers_of(one, many=old.reference.many)}
        codes[old.name] = told(tx, old.reference, held)
    shown = [shown_as(old, one, codes) for one in values]
    if new.reference is None:
        return [_cleaned(one, new, options) for one in shown]
    named = [codes_of(one if isinstance(one, list) else as_text(one), many=new.reference.many) for one in shown]
    numbers = found(tx, new.reference, (code for one in named if one for code in one), options)
    return [_named(one, wanted, numbers, new) for one, wanted in zip(shown, named, strict=True)]


def _cleaned(shown: Any, new: FieldKind, options: Mapping[str, Any]) -> Converted:
    for attempt in (shown, as_text(shown)):
        try:
            return Converted(new.clean(attempt, options), shown)
        except FieldError as error:
            problem = Problem(error.code, error.params)
    return Converted(None, shown, problem)


def _named(shown: Any, codes: list[str] | None, numbers: Mapping[str, int], new: FieldKind) -> Converted:
    missing = [code for code in codes or [] if code not in numbers]
    if new.reference is None or codes is None or missing:
        code = new.reference.unknown if new.reference else "entry_not_a_code"
        return Converted(None, shown, Problem(code, {"item": "、".join(missing)}))
    ids = [numbers[code] for code in codes]
    return Converted((json.dumps(ids),) if new.reference.many else (ids[0],), shown)


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
