"""Filling in what the server works out, in the records that are there when it is published: page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, AddSlot, Convert, Layout, ShowGrid, ShowSlot, Slot, Step
from mazhi.engines.forms.live.entries import Entry, Row
from mazhi.engines.forms.live.graph import Graph, Node, graph
from mazhi.engines.forms.live.plan import Plan, plan_of
from mazhi.engines.forms.live.working import work_out
from mazhi.engines.forms.model import Form
from mazhi.engines.forms.publishing import store
from mazhi.engines.forms.records.outside import Database
from mazhi.engines.forms.records.preparing import present
from mazhi.engines.forms.rules.judging import same
from mazhi.kernel.db import Tx


def compute(tx: Tx, form_id: int, before: Form | None, after: Form, layout: Layout, steps: Sequence[Step]) -> None:
    """Work out anew what a version of a form defines otherwise, and what hangs on values that it changes."""
    plan = plan_of(after)
    wanted = _wanted(before, after, plan, steps)
    if not wanted:
        return
    # Rules set fields when records are saved; publishing alone changes nothing that people have written.
    some = tuple(one for one in plan.steps if one.derive is not None or one.of.id in wanted)
    _Filling(tx, form_id, replace(plan, steps=some), layout, wanted).run()


def _wanted(before: Form | None, after: Form, plan: Plan, steps: Sequence[Step]) -> frozenset[str]:
    """Return the ids of the fields that must be worked out anew."""
    changed: set[str] = set()
    for step in steps:
        match step:
            case AddSlot(slot) | ShowSlot(slot):
                changed.add(slot.field)
            case Convert(field):
                changed.add(field.id)
            case ShowGrid(grid):
                changed |= {one.of.id for one in plan.steps if one.rows == grid.field}
            case _:
                pass
    was = _nodes(graph(before.fields, before.rules, field_kinds)) if before is not None else {}
    for key, node in _nodes(graph(after.fields, after.rules, field_kinds)).items():
        if key not in was or was[key] != node:
            changed.add(key)
    return plan.computed & (changed | plan.used_by(changed))


def _nodes(found: Graph) -> dict[str, Any]:
    """Return how each field is worked out, without what it is called."""
    return {key: _definition(node) for key, node in found.nodes.items() if not node.sets}


def _definition(node: Node) -> tuple[Any, ...]:
    table = node.table.id if node.table is not None else ""
    return (node.of.kind, dict(node.of.options), node.of.stored_as, table, node.needs)


class _Filling:
    """Fills one form's columns in the caller's transaction."""

    def __init__(self, tx: Tx, form_id: int, plan: Plan, layout: Layout, wanted: frozenset[str]) -> None:
        self._tx = tx
        self._form_id = form_id
        self._plan = plan
        self._wanted = wanted
        self._columns = {
            grid.number: [slot for slot in layout.slots if slot.table == grid.number and slot.live]
            for grid in layout.grids
            if grid.live
        }
        self._tables = {grid.field: grid.number for grid in layout.grids if grid.live and grid.number != MAIN}

    def run(self) -> None:
        outside, at = Database(self._tx), present()
        own = self._columns[MAIN]
        for page in store.every(self._tx, self._form_id, own):
            entries = {}
            for number, *values in page:
                row = _row(own, values)
                entries[number] = Entry(row, at, before=dict(row), mark=number)
            first, last = page[0][0], page[-1][0]
            for key, table in self._tables.items():
                columns = self._columns[table]
                for entry in entries.values():
                    entry.lines[key] = []
                for number, record, *values in store.lines_between(
                    self._tx, self._form_id, table, columns, first, last
                ):
                    row = _row(columns, values)
                    outer = entries[record]
                    outer.lines[key].append(Entry(row, at, before=dict(row), outer=outer, mark=number))
            work_out(self._plan, list(entries.values()), outside)
            self._write(MAIN, list(entries.values()))
            for key, table in self._tables.items():
                self._write(table, [line for entry in entries.values() for line in entry.lines[key]])

    def _write(self, table: int, entries: Sequence[Entry]) -> None:
        slots = [slot for slot in self._columns[table] if slot.field in self._wanted]
        if not slots:
            return
        rows = [
            (entry.mark, *((entry.row.get(slot.field) or (None,))[0] for slot in slots))
            for entry in entries
            if any(not same(entry.row.get(slot.field), (entry.before or {}).get(slot.field)) for slot in slots)
        ]
        store.fill(self._tx, self._form_id, table, slots, rows)


def _row(columns: Sequence[Slot], values: Sequence[Any]) -> Row:
    found: Row = {}
    for slot, value in zip(columns, values, strict=True):
        found[slot.field] = (*found.get(slot.field, ()), value)
    return {key: held for key, held in found.items() if any(value is not None for value in held)}
