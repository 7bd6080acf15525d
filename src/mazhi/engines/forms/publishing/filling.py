"""Filling the columns of a field's new kind from those of its old ones, page by page, without losing a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.layout import Convert, Slot
from mazhi.engines.forms.model import FieldKind, Values
from mazhi.engines.forms.publishing import store
from mazhi.engines.forms.publishing.converting import Misfit, convert
from mazhi.kernel.db import Tx
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
            waiting: dict[int, list[tuple[int, Values]]] = {}
            for row in page:
                self._sort(row[0], row[1:], waiting)
            for place, some in waiting.items():
                rows = self._converted(tx, step.sources[place], some)
                store.fill(tx, form_id, step.table, step.new, rows)
        return self.result

    def _sort(self, number: int, values: Values, waiting: dict[int, list[tuple[int, Values]]]) -> None:
        """Put a row where its value comes from; one that the new columns hold already waits for nothing."""
        start = len(self._step.new)
        if _says(values[:start]):
            self.result.converted += 1
            return
        for place, source in enumerate(self._step.sources):
            old = values[start : start + len(source)]
            start += len(source)
            if _says(old):
                waiting.setdefault(place, []).append((number, old))
                return

    def _converted(self, tx: Tx, source: tuple[Slot, ...], some: Sequence[tuple[int, Values]]) -> list[tuple[Any, ...]]:
        one = self._step.field
        found = convert(tx, [old for _, old in some], self._kinds[source[0].kind], self._kinds[one.kind], one.options)
        rows: list[tuple[Any, ...]] = []
        for (number, _), became in zip(some, found, strict=True):
            if became.values is not None:
                self.result.converted += 1
                rows.append((number, *became.values))
            elif became.problem is not None:
                self.result.misfits += 1
                if len(self.result.named) < MOST_MISFITS:
                    self.result.named.append(Misfit(one.id, number, became.shown, became.problem))
        return rows


def _says(values: Values) -> bool:
    return any(value is not None for value in values)
