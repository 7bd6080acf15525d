"""Filling the columns of a field's new kind from those of its old ones, page by page, without losing a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from mazhi.engines.forms.layout import Convert, Slot
from mazhi.engines.forms.model import FieldError, FieldKind, Values
from mazhi.engines.forms.publishing import store
from mazhi.engines.forms.publishing.converting import Misfit, convert
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.registry import Registry

MOST_MISFITS = 1_000
"""So many are named one by one; the rest is counted."""


@dataclass(slots=True)
class Filled:
    """What came of it: how many values were taken over, and which were not."""

    converted: int = 0
    misfits: int = 0
    named: list[Misfit] = field(default_factory=list)


class Filling:
    """Fills one field's columns in the caller's transaction."""

    def __init__(self, step: Convert, kinds: Registry[FieldKind]) -> None:
        """Take the step that says which columns."""
        self._step = step
        self._kinds = kinds
        self._columns = [*step.new, *(slot for source in step.sources for slot in source)]
        self.result = Filled()

    def run(self, tx: Tx, form_id: int) -> Filled:
        """Convert every value that the new columns do not hold yet.

        What they do hold comes from when the field was of this kind before, and nobody has changed the value since.
        """
        step = self._step
        for page in store.filled(tx, form_id, step.table, self._columns):
            rows = [(row[0], *values) for row in page if (values := self._row(row[0], row[1:])) is not None]
            store.fill(tx, form_id, step.table, step.new, rows)
        return self.result

    def _row(self, number: int, values: Values) -> Values | None:
        """Return what the new columns must hold; None where they need not change."""
        place = len(self._step.new)
        if _says(values[:place]):
            self.result.converted += 1
            return None
        for source in self._step.sources:
            old = values[place : place + len(source)]
            place += len(source)
            if _says(old):
                return self._converted(number, old, source)
        return None

    def _converted(self, number: int, old: Values, source: tuple[Slot, ...]) -> Values | None:
        one = self._step.field
        was = self._kinds[source[0].kind]
        try:
            values = convert(old, was, self._kinds[one.kind], one.options)
        except FieldError as error:
            self.result.misfits += 1
            if len(self.result.named) < MOST_MISFITS:
                self.result.named.append(Misfit(one.id, number, was.show(old), Problem(error.code, error.params)))
            return None
        self.result.converted += 1
        return values


def _says(values: Values) -> bool:
    return any(value is not None for value in values)
