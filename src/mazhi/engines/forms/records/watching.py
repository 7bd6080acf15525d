"""Who watches the records of forms: they may refuse what is about to be written, and are told what was.

What a record held and holds is only worked out for forms that somebody watches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.facts import Saved, Saving, Watcher
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.live.entries import Row
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.deriving import records
from mazhi.engines.forms.records.model import flat, show
from mazhi.engines.forms.records.opened import Opened, codes_in, look_up
from mazhi.engines.forms.records.preparing import Prepared
from mazhi.engines.forms.records.scoping import scope_over
from mazhi.engines.forms.rights.compiling import reach
from mazhi.engines.forms.rules.judging import same
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Tx


class Watchers:
    """Everybody who watches; one for all who write records."""

    def __init__(self) -> None:
        self._all: list[Watcher] = []

    def add(self, watcher: Watcher) -> None:
        """Let somebody watch."""
        self._all.append(watcher)

    def open(self, tx: Tx, actor: Actor, app: str, form: str, opened: Opened, *, soon: bool = False) -> Watching:
        """Ask once in a transaction who watches a form; ``soon`` says that whoever saves waits for what comes of it."""
        return Watching(tx, actor, app, form, opened, [one for one in self._all if one.watches(tx, opened.id)], soon)


@dataclass(slots=True)
class Watching:
    """Those who watch one form, in one transaction."""

    tx: Tx
    actor: Actor
    app: str
    form: str
    opened: Opened
    watchers: Sequence[Watcher]
    soon: bool
    _later: list[Callable[[], object]] = field(default_factory=list)

    def judge(self, found: Sequence[Prepared]) -> None:
        """Note with each record that is good so far why somebody refuses it."""
        good = [one for one in found if not one.problems]
        if not self.watchers or not good:
            return
        saving = self._saving(good, [0 if one.stored is None else one.stored.id for one in good], None)
        for watcher in self.watchers:
            for one, problems in zip(good, watcher.refuses(self.tx, saving), strict=True):
                one.problems.extend(problems)

    def saved(self, found: Sequence[Prepared], numbers: Sequence[int]) -> None:
        """Tell everybody what was written, in its transaction."""
        if not self.watchers or not found:
            return
        opened = self.opened
        may = reach(self.tx, SYSTEM, opened.id, opened.form, opened.layout.slots, look_up(self.tx))
        rows = store.read(self.tx, opened.id, opened.columns(MAIN), may, list(numbers))
        held = {one.id: one.values for one in records(self.tx, opened, may, rows)}
        saving = self._saving(found, numbers, held)
        for watcher in self.watchers:
            later = watcher.saved(self.tx, self.actor, saving)
            if later is not None:
                self._later.append(later)

    def then(self) -> None:
        """Do what is left to be done when the transaction has been committed."""
        while self._later:
            self._later.pop(0)()

    def _saving(
        self, found: Sequence[Prepared], numbers: Sequence[int], held: Mapping[int, Mapping[str, Any]] | None
    ) -> Saving:
        told = codes_in(self.tx, self.opened, [row for one in found for row in _rows(one)])
        fields = self.opened.form.fields

        def after(number: int, one: Prepared) -> Mapping[str, Any]:
            if held is not None and number in held:
                return held[number]
            lines = {table: [line.row for line in some] for table, some in one.entry.lines.items()}
            return show(fields, one.entry.row, lines, field_kinds, told)

        def before(one: Prepared) -> Mapping[str, Any] | None:
            if one.stored is None:
                return None
            return show(fields, one.stored.row, one.entry.lines_before, field_kinds, told)

        saved = [
            Saved(number, before(one), after(number, one), frozenset(_changed(fields, one)))
            for number, one in zip(numbers, found, strict=True)
        ]
        scope = scope_over(self.tx, self.opened)
        return Saving(self.app, self.form, self.opened.id, saved, scope, self.soon)


def _rows(one: Prepared) -> list[Row]:
    rows = [one.entry.row, *(line.row for lines in one.entry.lines.values() for line in lines)]
    if one.stored is not None:
        rows += [one.stored.row, *(row for some in one.entry.lines_before.values() for row in some)]
    return rows


def _changed(fields: Sequence[Field], one: Prepared) -> Iterator[str]:
    """Give the fields that are another than before, by their ids and codes."""
    held: Row = {} if one.stored is None else one.stored.row
    for asked in flat(tuple(fields), field_kinds):
        if field_kinds[asked.kind].holds != "rows":
            if not same(held.get(asked.id), one.entry.row.get(asked.id)):
                yield from (asked.id, asked.code)
            continue
        was = one.entry.lines_before.get(asked.id, [])
        now = [line.row for line in one.entry.lines.get(asked.id, ())]
        for inner in flat(asked.fields, field_kinds):
            pairs = zip(was, now, strict=False)
            if len(was) != len(now) or any(not same(a.get(inner.id), b.get(inner.id)) for a, b in pairs):
                yield from (asked.id, asked.code, inner.id, f"{asked.code}.{inner.code}")
